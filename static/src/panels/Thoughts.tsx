/** For operators: what a resident's model was asked and what it said, in a dialog. */

import { X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { dollars } from "../minds/budget";
import type { ThoughtLine, ThoughtPage } from "../minds/wire";
import type { Resident } from "../town/state";
import { outcomeOf, whenOf } from "../words/thoughts";
import { useDoor } from "./answers";
import { useLanguage } from "./language";
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
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const left = useRef<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, []);
  useEffect(() => {
    if (chosen === null && left.current) document.getElementById(rowOf(left.current))?.focus();
    left.current = chosen;
  }, [chosen]);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={title} onClose={onClose}>
      <header>
        <h2 id={title}>{t("thoughts.title", { name: resident.name[language] })}</h2>
        <button
          className="quiet"
          aria-label={t("thoughts.close")}
          onClick={() => dialog.current?.close()}
        >
          <X aria-hidden />
        </button>
      </header>
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
    </dialog>
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
      <p role="status">
        {!answer && !failure && t("thoughts.loading")}
        {answer && total === 0 && t("thoughts.none")}
        {total > 0 &&
          t("thoughts.range", {
            from: (page - 1) * LIMIT + 1,
            to: Math.min(page * LIMIT, total),
            total,
          })}
      </p>
      <p className="failure" role="alert">
        {failure}
      </p>
      <ul className="thoughts">
        {answer?.thoughts.map((thought) => (
          <li key={thought.id}>
            <Row thought={thought} onChoose={props.onChoose} />
          </li>
        ))}
      </ul>
      {(total > LIMIT || page > 1) && (
        <Pager page={page} last={answer ? Math.ceil(total / LIMIT) : page} onPage={setPage} />
      )}
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

function Pager(props: { page: number; last: number; onPage: (page: number) => void }) {
  const { t } = useTranslation();
  const step = (label: string, to: number) => (
    <button
      aria-disabled={to < 1 || to > props.last}
      onClick={() => {
        if (to >= 1 && to <= props.last) props.onPage(to);
      }}
    >
      {label}
    </button>
  );
  return (
    <nav className="actions" aria-label={t("thoughts.pages")}>
      {step(t("thoughts.newer"), props.page - 1)}
      {step(t("thoughts.older"), props.page + 1)}
    </nav>
  );
}

function rowOf(id: string): string {
  return `thought-${id}`;
}
