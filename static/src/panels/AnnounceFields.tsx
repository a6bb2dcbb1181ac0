/** The fields of the form in which operators announce something. */

import { useTranslation } from "react-i18next";

import { LONGEST, MOST_DAYS, type Draft, type Fault, type Faults } from "../news/announcement";
import { daysToCome, named } from "../news/choices";
import { URGENCIES } from "../news/wire";
import { useShown } from "../store";
import { dateOf, dayOf } from "../town/clock";
import type { Town } from "../town/state";
import type { Named } from "../wire";
import { Choice, Field } from "./Field";
import { useLanguage } from "./language";

const AUDIENCES = ["everywhere", "place", "one"] as const;

interface Fields {
  draft: Draft;
  faults: Faults;
  onEdit: (changes: Partial<Draft>) => void;
}

export function Texts({ draft, faults, onEdit }: Fields) {
  const { t } = useTranslation();
  const hint = t(
    draft.what === "gathering" ? "announcing.gatheringHint" : "announcing.textHint",
    { longest: LONGEST },
  );
  return (
    <>
      {(["text", "textEn"] as const).map((name) => (
        <Field
          key={name}
          label={t(`announcing.${name}`)}
          hint={name === "textEn" ? hint : undefined}
          fault={sentenceOf(faults[name], draft[name].length, t)}
        >
          {(tied) => (
            <textarea
              {...tied}
              rows={2}
              lang={name === "text" ? "zh-Hans" : "en"}
              value={draft[name]}
              onChange={({ target }) => {
                onEdit({ [name]: target.value });
              }}
            />
          )}
        </Field>
      ))}
    </>
  );
}

export function AudienceFields({ draft, faults, onEdit, town }: Fields & { town: Town }) {
  const { t } = useTranslation();
  return (
    <>
      <Choice
        legend={t("announcing.audience")}
        name="audience"
        value={draft.audience}
        choices={AUDIENCES.map((value) => ({ value, label: t(`announcing.to.${value}`) }))}
        onChoose={(audience) => {
          onEdit({ audience: audience as Draft["audience"] });
        }}
      />
      {draft.audience === "place" && (
        <Place draft={draft} faults={faults} onEdit={onEdit} town={town} />
      )}
      {draft.audience === "one" && (
        <Select
          label={t("announcing.one")}
          fault={sentenceOf(faults.one, 0, t)}
          value={draft.one}
          options={town.residents.values()}
          onChoose={(one) => {
            onEdit({ one });
          }}
        />
      )}
    </>
  );
}

export function UrgencyChoice({ draft, onEdit }: Fields) {
  const { t } = useTranslation();
  const reach = draft.what === "gathering" ? draft.what : draft.audience;
  return (
    <Choice
      legend={t("announcing.urgency")}
      name="urgency"
      value={draft.urgency}
      choices={URGENCIES.map((value) => ({
        value,
        label: t(`news.urgency.${value}`),
        means: t(`announcing.means.${reach}.${value}`),
      }))}
      onChoose={(urgency) => {
        onEdit({ urgency: urgency as Draft["urgency"] });
      }}
    />
  );
}

export function Days({ draft, faults, onEdit }: Fields) {
  const { t } = useTranslation();
  return (
    <Field
      label={t("announcing.days")}
      hint={t(draft.what === "gathering" ? "announcing.partyDaysHint" : "announcing.daysHint")}
      fault={sentenceOf(faults.days, 0, t)}
    >
      {(tied) => (
        <input
          {...tied}
          inputMode="numeric"
          value={draft.days}
          onChange={({ target }) => {
            onEdit({ days: target.value });
          }}
        />
      )}
    </Field>
  );
}

export function GatheringFields({ draft, faults, onEdit, town }: Fields & { town: Town }) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t("announcing.host")}
        hint={t("announcing.hostHint")}
        fault={sentenceOf(faults.host, 0, t)}
        value={draft.host}
        options={town.residents.values()}
        onChoose={(host) => {
          onEdit({ host });
        }}
      />
      <Place draft={draft} faults={faults} onEdit={onEdit} town={town} />
      <div className="start">
        <Day draft={draft} faults={faults} onEdit={onEdit} town={town} />
        <Field label={t("announcing.time")} fault={sentenceOf(faults.time, 0, t)}>
          {(tied) => (
            <input
              {...tied}
              type="time"
              value={draft.time}
              onChange={({ target }) => {
                onEdit({ time: target.value });
              }}
            />
          )}
        </Field>
      </div>
      <Select
        label={t("announcing.guest")}
        fault={sentenceOf(faults.one, 0, t)}
        value={draft.one}
        none={t("announcing.noGuest")}
        options={town.residents.values()}
        onChoose={(one) => {
          onEdit({ one });
        }}
      />
    </>
  );
}

function Place({ draft, faults, onEdit, town }: Fields & { town: Town }) {
  const { t } = useTranslation();
  return (
    <Select
      label={t("announcing.place")}
      fault={sentenceOf(faults.place, 0, t)}
      value={draft.place}
      options={town.places.values()}
      onChoose={(place) => {
        onEdit({ place });
      }}
    />
  );
}

function Day({ draft, faults, onEdit, town }: Fields & { town: Town }) {
  const { t } = useTranslation();
  const today = useShown(({ heard }) => dayOf(heard?.clock.lived_until ?? 0).day);
  const weekdays = t("clock.weekdays", { returnObjects: true }) as unknown as string[];
  const firstDay = town.snapshot.world.first_day;
  return (
    <Field label={t("announcing.day")} fault={sentenceOf(faults.day, 0, t)}>
      {(tied) => (
        <select
          {...tied}
          value={draft.day}
          onChange={({ target }) => {
            onEdit({ day: target.value });
          }}
        >
          <option value="">{t("announcing.choose")}</option>
          {daysToCome(today, Number(draft.day)).map((day) => (
            <option key={day} value={day}>
              {t("clock.day", { day, weekday: weekdays[(day - 1) % 7] })} ·{" "}
              {dateOf(firstDay, day).slice(5)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface Choosing {
  label: string;
  hint?: string;
  fault: string;
  value: string;
  /** What stands for no choice. */
  none?: string;
  options: Iterable<Named>;
  onChoose: (value: string) => void;
}

function Select({ label, hint, fault, value, none, options, onChoose }: Choosing) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(tied) => (
        <select
          {...tied}
          value={value}
          onChange={({ target }) => {
            onChoose(target.value);
          }}
        >
          <option value="">{none ?? t("announcing.choose")}</option>
          {named(options, language).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function sentenceOf(
  fault: Fault | undefined,
  length: number,
  t: ReturnType<typeof useTranslation>["t"],
): string {
  return fault ? t(`announcing.fault.${fault}`, { length, longest: LONGEST, mostDays: MOST_DAYS }) : "";
}
