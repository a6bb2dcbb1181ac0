/** What a resident is to others, and what made it so, down to the words. */

import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Relationship, RelationshipPage, WholeRelationship } from "../talk/wire";
import type { Resident } from "../town/state";
import { whenOf } from "../words/thoughts";
import { useDoor } from "./answers";
import { AnswerStatus } from "./AnswerStatus";
import { useLanguage } from "./language";
import { Pager } from "./Pager";
import { ToWords } from "./ToWords";
import { Change } from "./Transcript";
import { WordsDialog } from "./WordsDialog";

const LIMIT = 20;

interface Shown {
  resident: Resident;
  world: string;
  onClose: () => void;
}

export function Relations({ resident, world, onClose }: Shown) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [other, setOther] = useState<number | null>(null);
  const back = (
    <button
      onClick={() => {
        setOther(null);
      }}
    >
      <ArrowLeft aria-hidden /> {t("thoughts.back")}
    </button>
  );
  return (
    <WordsDialog title={t("tie.title", { name: resident.name[language] })} world={world} onClose={onClose}>
      {(onRead) => (
        <>
          {other === null && <List resident={resident.id} world={world} onChoose={setOther} />}
          {other !== null && back}
          {other !== null && <Tie one={resident.id} other={other} world={world} onRead={onRead} />}
        </>
      )}
    </WordsDialog>
  );
}

function List(props: { resident: number; world: string; onChoose: (id: number) => void }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const path = `/api/agents/${String(props.resident)}/relationships?limit=${LIMIT}&page=${page}`;
  const { answer, failure } = useDoor<RelationshipPage>(path, props.world);
  return (
    <>
      <AnswerStatus answer={answer} failure={failure}>
        {answer && t("tie.count", { count: answer.total })}
      </AnswerStatus>
      <ul className="list">
        {answer?.relationships.map((tie) => (
          <li key={tie.agent.id}>
            <button
              className="row"
              data-testid="tie"
              onClick={() => {
                props.onChoose(tie.agent.id);
              }}
            >
              <strong>{tie.agent.name}</strong>
              <Strength tie={tie} />
            </button>
          </li>
        ))}
      </ul>
      <Pager page={page} total={answer?.total ?? 0} limit={LIMIT} onPage={setPage} />
    </>
  );
}

function Strength({ tie }: { tie: Relationship }) {
  const { t } = useTranslation();
  return (
    <span className="deed">
      <meter min={0} max={100} value={tie.strength} aria-label={t("tie.strength")} />{" "}
      {[
        `${tie.kind_name} ${String(Math.round(tie.strength))}`,
        t(regardOf(tie.regard)),
        tie.quarrelled && t("tie.quarrelled"),
      ]
        .filter(Boolean)
        .join(" · ")}
    </span>
  );
}

function regardOf(regard: number): string {
  if (regard >= 20) return "tie.fond";
  return regard <= -20 ? "tie.averse" : "tie.even";
}

function Tie(props: { one: number; other: number; world: string; onRead: (id: string) => void }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const path = `/api/agents/${String(props.one)}/relationships/${String(props.other)}`;
  const { answer, failure } = useDoor<WholeRelationship>(
    `${path}?limit=${LIMIT}&page=${page}`,
    props.world,
  );
  return (
    <div data-testid="whole-tie">
      <AnswerStatus answer={answer} failure={failure} />
      {answer && (
        <>
          <h3>{answer.mine.agent.name}</h3>
          <p>
            <Strength tie={answer.mine} />
          </p>
          {answer.theirs && (
            <p className="small">
              {t("tie.back")} <Strength tie={answer.theirs} />
            </p>
          )}
          <p className="small">
            {answer.mine.last_talk
              ? t("tie.talks", { count: answer.mine.talks, when: whenOf(answer.mine.last_talk) })
              : t("tie.never")}
          </p>
          <ul className="list">
            {answer.history.map((change, index) => (
              <li key={index}>
                <time className="small">{whenOf(change.time)}</time> <Change change={change} />{" "}
                {change.conversation && (
                  <ToWords conversation={change.conversation} onRead={props.onRead} />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <Pager page={page} total={answer?.total ?? 0} limit={LIMIT} onPage={setPage} />
    </div>
  );
}
