/** Somebody who was chosen: what they do, whose decision that was, and how they think. */

import { useState } from "react";
import { useTranslation } from "react-i18next";

import { dollars } from "../minds/budget";
import { isModel } from "../minds/choices";
import { useShown } from "../store";
import { dayOf, timeOfDay } from "../town/clock";
import type { Resident, Town } from "../town/state";
import { decidedBy, mindOf } from "../words/decisions";
import { useMind } from "./answers";
import type { Page } from "./App";
import { Appointments } from "./Appointments";
import { Interview } from "./Interview";
import { Finances } from "./Finances";
import { useLanguage } from "./language";
import { Memories } from "./Memories";
import { MindChoice } from "./MindChoice";
import { Plan } from "./Plan";
import { Relations } from "./Relations";
import { deedOf } from "./Residents";
import { Thoughts } from "./Thoughts";
import { Transcript } from "./Transcript";

interface Shown {
  resident: Resident;
  town: Town;
  page: Page;
}

export function ResidentCard({ resident, town, page }: Shown) {
  const { t } = useTranslation();
  const language = useLanguage();
  const following = useShown(({ following }) => following);
  const follow = useShown(({ follow }) => follow);
  const [reading, setReading] = useState(false);
  const [relations, setRelations] = useState(false);
  const [memories, setMemories] = useState(false);
  const [diary, setDiary] = useState(false);
  const [money, setMoney] = useState(false);
  const [asking, setAsking] = useState(false);
  const { occupations } = town.snapshot.words;
  return (
    <>
      <h2>{resident.name[language]}</h2>
      <p>
        {t("residents.age", { age: resident.age })} ·{" "}
        {occupations[resident.occupation]?.[language] ?? resident.occupation}
      </p>
      <p>{deedOf(resident, town, language)}</p>
      <blockquote>{resident.thought[language]}</blockquote>
      <Talking resident={resident} town={town} page={page} />
      <p className="small" data-testid="decided">
        {decidedBy(resident, t)}
      </p>
      <Mind resident={resident} town={town} page={page} />
      <div className="actions">
        <button
          aria-pressed={following}
          onClick={() => {
            follow(!following);
          }}
        >
          {following ? t("residents.unfollow") : t("residents.follow")}
        </button>
        <button
          aria-haspopup="dialog"
          data-testid="relations"
          onClick={() => {
            setRelations(true);
          }}
        >
          {t("tie.open")}
        </button>
        <button
          aria-haspopup="dialog"
          data-testid="memories"
          onClick={() => {
            setMemories(true);
          }}
        >
          {t("memory.open")}
        </button>
        <button
          aria-haspopup="dialog"
          data-testid="appointments"
          onClick={() => {
            setDiary(true);
          }}
        >
          {t("appointments.open")}
        </button>
        <button
          aria-haspopup="dialog"
          data-testid="money"
          onClick={() => {
            setMoney(true);
          }}
        >
          {t("finances.open")}
        </button>
        {page.operator && (
          <button
            aria-haspopup="dialog"
            onClick={() => {
              setReading(true);
            }}
          >
            {t("thoughts.open")}
          </button>
        )}
        {page.operator && (
          <button
            aria-haspopup="dialog"
            data-testid="ask"
            onClick={() => {
              setAsking(true);
            }}
          >
            {t("interview.open")}
          </button>
        )}
      </div>
      {page.operator && <MindChoice key={resident.id} resident={resident} world={page.world} />}
      {relations && (
        <Relations
          key={resident.id}
          resident={resident}
          world={page.world}
          onClose={() => {
            setRelations(false);
          }}
        />
      )}
      {memories && (
        <Memories
          key={resident.id}
          resident={resident}
          world={page.world}
          onClose={() => {
            setMemories(false);
          }}
        />
      )}
      {diary && (
        <Appointments
          key={resident.id}
          resident={resident}
          world={page.world}
          onClose={() => {
            setDiary(false);
          }}
        />
      )}
      {money && (
        <Finances
          key={resident.id}
          who={resident.id}
          name={resident.name[language]}
          world={page.world}
          onClose={() => {
            setMoney(false);
          }}
        />
      )}
      {asking && (
        <Interview
          key={resident.id}
          resident={resident}
          world={page.world}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
      {reading && (
        <Thoughts
          resident={resident}
          world={page.world}
          onClose={() => {
            setReading(false);
          }}
        />
      )}
    </>
  );
}

/** With whom somebody talks just now, and what was said last. */
function Talking({ resident, town, page }: Shown) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [reading, setReading] = useState<string | null>(null);
  useShown(({ version }) => version);
  const talk = town.talkOf(resident.id);
  const nameOf = (id: number) => town.residents.get(id)?.name[language] ?? "";
  return (
    <div role="status" data-testid="talking">
      {talk && (
        <p>
          {t("talk.with", {
            names: talk.people
              .filter((id) => id !== resident.id)
              .map(nameOf)
              .join(t("talk.and")),
          })}{" "}
          <button
            className="quiet"
            aria-haspopup="dialog"
            onClick={() => {
              setReading(talk.id);
            }}
          >
            {t("talk.listen")}
          </button>
          {talk.latest && (
            <span className="thought">
              {t("talk.said", {
                name: nameOf(talk.latest.speaker),
                text: talk.latest.text[language],
              })}
            </span>
          )}
          {talk.thinking > 0 && (
            <span className="small">{t("talk.thinking", { name: nameOf(talk.thinking) })}</span>
          )}
        </p>
      )}
      {reading !== null && (
        <Transcript
          id={reading}
          world={page.world}
          operator={page.operator}
          onClose={() => {
            setReading(null);
          }}
        />
      )}
    </div>
  );
}

function Mind({ resident, town, page }: Shown) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { id, mind, since, thinking, thought } = resident;
  const known = useMind(id, [since, thinking, mind, thought.zh].join(" "), page.world);
  return (
    <>
      <p className="small">{mindOf(mind, t)}</p>
      <p className="small thinking" role="status" data-testid="thinking">
        {thinking > 0 && (
          <>
            {t("mind.since", { since: timeOfDay(dayOf(thinking).second) })}
            <span className="dots" aria-hidden>
              <i />
              <i />
              <i />
            </span>
          </>
        )}
      </p>
      {known?.last && <Plan last={known.last} town={town} />}
      {known && (isModel(mind) || known.asked_today > 0) && (
        <p className="small" data-testid="spent">
          {t("mind.today", {
            times: known.asked_today,
            dollars: dollars(known.spent_today_usd, language),
          })}
        </p>
      )}
    </>
  );
}
