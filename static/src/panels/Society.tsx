/** The town as a whole: where it is lively, how its people hang together, who they are, how it does. */

import { RotateCw } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { countsOf, figuresOf } from "../society/figures";
import type { Population, Social, Society as Answer } from "../society/wire";
import { useShown } from "../store";
import type { Person } from "../talk/wire";
import { whenOf } from "../words/thoughts";
import { useDoor } from "./answers";
import type { Page } from "./App";
import { Files } from "./Files";
import { HotPlaces } from "./HotPlaces";
import { useLanguage } from "./language";
import { Means } from "./Means";

export function Society({ page }: { page: Page }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(0);
  const epoch = useShown(({ town }) => town?.epoch);
  const path = `/api/stats/society?again=${String(asked)}&epoch=${epoch ?? ""}`;
  const { answer, failure } = useDoor<Answer>(path, page.world);
  return (
    <div className="talks society" data-testid="society">
      <div className="as-of">
        <p role="status">
          {!answer && !failure && t("thoughts.loading")}
          {answer && t("society.asOf", { when: whenOf(answer.world_time) })}
        </p>
        <button
          className="quiet"
          onClick={() => {
            setAsked(asked + 1);
          }}
        >
          <RotateCw aria-hidden /> {t("talk.again")}
        </button>
      </div>
      <p className="failure" role="alert">
        {failure}
      </p>
      <HotPlaces world={page.world} asked={asked} />
      {answer && (
        <>
          <Ties social={answer.social} />
          <People population={answer.population} />
          <Means economy={answer.economy} world={page.world} />
        </>
      )}
      <Files world={page.world} />
    </div>
  );
}

function Ties({ social }: { social: Social }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const ties = useShown(({ town }) => town?.snapshot.words.ties);
  return (
    <Part title={t("society.network")}>
      <dl className="figures" data-testid="figures">
        {figuresOf(social, language).map(({ name, value }) => (
          <Figure key={name} name={t(`society.figure.${name}`)} value={value} />
        ))}
        {countsOf(social.ties_by_kind).map(([kind, count]) => (
          <Figure key={kind} name={ties?.[kind]?.[language] ?? kind} value={String(count)} />
        ))}
      </dl>
      <h3>{t("society.connected")}</h3>
      <ol className="chips">
        {social.most_connected.map(({ agent, ties }) => (
          <li key={agent.id}>
            <Chip person={agent} remark={t("society.tied", { count: ties })} />
          </li>
        ))}
      </ol>
      {social.isolated.length > 0 && (
        <>
          <h3>{t("society.isolated")}</h3>
          <ul className="chips">
            {social.isolated.map((person) => (
              <li key={person.id}>
                <Chip person={person} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Part>
  );
}

function People({ population }: { population: Population }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const occupations = useShown(({ town }) => town?.snapshot.words.occupations);
  return (
    <Part title={t("society.residents", { count: population.total })}>
      <Counts
        counts={population.by_occupation}
        nameOf={(key) => occupations?.[key]?.[language] ?? key}
      />
      <Counts counts={population.by_gender} nameOf={(key) => t(`society.gender.${key}`)} />
      <Counts counts={population.by_age} nameOf={(ages) => t("society.aged", { ages })} />
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const label = useId();
  return (
    <section aria-labelledby={label}>
      <h2 id={label}>{title}</h2>
      {children}
    </section>
  );
}

function Counts(props: { counts: Record<string, number>; nameOf: (key: string) => string }) {
  return (
    <dl className="counts">
      {countsOf(props.counts).map(([key, count]) => (
        <Figure key={key} name={props.nameOf(key)} value={String(count)} />
      ))}
    </dl>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Chip({ person, remark }: { person: Person; remark?: string }) {
  const select = useShown(({ select }) => select);
  return (
    <button
      data-testid="connected"
      onClick={() => {
        select({ kind: "resident", id: person.id });
      }}
    >
      {person.name} {remark && <span className="small">{remark}</span>}
    </button>
  );
}
