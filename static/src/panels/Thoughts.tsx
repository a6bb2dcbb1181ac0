/** For operators: what a resident's model was asked and what it said, in a dialog. */

import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { dollars } from "../minds/budget";
import type { ThoughtLine, ThoughtPage } from "../minds/wire";
import type { Resident } from "../town/state";
import { outcomeOf, whenOf } from "../words/thoughts";
import { useDoor } from "./answers";
import { AnswerStatus } from "./AnswerStatus";
import { Dialog } from "./Dialog";
import { useLanguage } from "./language";
import { Pager } from "./Pager";
import { ThoughtDetail } from "./ThoughtDetail";

const LIMIT = 10;

interface Shown {
  resident: Resident;
  world: string;
  onClose: () => void;
}

export function Thoughts({ resident, world, onClose }: Shown) {
  const { t } = useTranslation();
  const language = useLanguage();
  const left = useRef<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    if (chosen === null && left.current) document.getElementById(rowOf(left.current))?.focus();
    left.current = chosen;
  }, [chosen]);
  return (
    <Dialog title={t("thoughts.title", { name: resident.name[language] })} onClose={onClose}>
      <div hidden={chosen !== null}>
        <List resident={resident.id} world={world} onChoose={setChosen} />
      </div>
      {chosen !== null && (
        <ThoughtDetail
          id={chosen}
          world={world}
          onBack={() => {
            setChosen(null);
          }}
        />
      )}
    </Dialog>
  );
}

function List(props: { resident: number; world: string; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const path = `/api/agents/${String(props.resident)}/thoughts?limit=${LIMIT}&page=${page}`;
  const { answer, failure } = useDoor<ThoughtPage>(path, props.world);
  const total = answer?.total ?? 0;
  return (
    <>
      <AnswerStatus answer={answer} failure={failure}>
        {answer && total === 0 && t("thoughts.none")}
        {total > 0 &&
          t("thoughts.range", {
            from: (page - 1) * LIMIT + 1,
            to: Math.min(page * LIMIT, total),
            total,
          })}
      </AnswerStatus>
      <ul className="thoughts">
        {answer?.thoughts.map((thought) => (
          <li key={thought.id}>
            <Row thought={thought} onChoose={props.onChoose} />
          </li>
        ))}
      </ul>
      <Pager page={page} total={total} limit={LIMIT} onPage={setPage} />
    </>
  );
}

function Row({ thought, onChoose }: { thought: ThoughtLine; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const said = [
    t(`thoughts.purpose.${thought.purpose}`),
    outcomeOf(thought, t),
    thought.model,
    dollars(thought.cost_usd, language),
  ];
  return (
    <button
      id={rowOf(thought.id)}
      className="row"
      data-testid="thought"
      onClick={() => {
        onChoose(thought.id);
      }}
    >
      <time className="when">{whenOf(thought.asked_at)}</time>
      <span>
        {said.filter(Boolean).join(" · ")}
      </span>
      {thought.thought && <span className="thought">{thought.thought}</span>}
    </button>
  );
}

function rowOf(id: string): string {
  return `thought-${id}`;
}
