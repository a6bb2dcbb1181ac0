/** For operators: who in the town remembers something of a matter. */

import { X } from "lucide-react";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { searchDoor } from "../memories/asking";
import { knowersOf, type Knower } from "../memories/knowing";
import type { MemorySearch } from "../memories/wire";
import { useShown } from "../store";
import { whenOf } from "../words/thoughts";
import { useDoor } from "./answers";
import { AskBox } from "./AskBox";

const LIMIT = 50;

export function WhoKnows({ world }: { world: string }) {
  const { t } = useTranslation();
  const label = useId();
  const box = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState({ matter: "", times: 0 });
  const ask = (matter: string) => {
    setAsked(({ times }) => ({ matter: matter.trim(), times: times + 1 }));
  };
  return (
    <section aria-labelledby={label} data-testid="who-knows">
      <h3 id={label}>{t("knowing.label")}</h3>
      <AskBox
        box={box}
        label={t("knowing.label")}
        example={t("knowing.example")}
        ask={t("knowing.ask")}
        onAsk={ask}
      />
      {asked.matter && (
        <>
          <button
            className="quiet"
            onClick={() => {
              if (box.current) box.current.value = "";
              box.current?.focus();
              ask("");
            }}
          >
            <X aria-hidden /> {t("knowing.clear")}
          </button>
          <Found {...asked} world={world} />
        </>
      )}
    </section>
  );
}

function Found({ matter, times, world }: { matter: string; times: number; world: string }) {
  const { t } = useTranslation();
  const { answer, failure } = useDoor<MemorySearch>(searchDoor(matter, LIMIT, times), world);
  const knowers = knowersOf(answer?.memories ?? []);
  return (
    <>
      <p role="status" data-testid="known">
        {!answer && !failure && t("thoughts.loading")}
        {answer &&
          (knowers.length > 0
            ? t("knowing.found", { people: knowers.length, memories: answer.memories.length })
            : t("knowing.nobody", { matter }))}
      </p>
      <p className="failure" role="alert">
        {failure && t("knowing.failed", { message: failure })}
      </p>
      {answer && (
        <p className="small">
          {answer.embedder === "lexical" && t("memory.lexical")} {!answer.exact && t("knowing.partly")}
        </p>
      )}
      <ul className="list">
        {knowers.map((knower) => (
          <li key={knower.agent.id}>
            <Remembering {...knower} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Remembering({ agent, memories }: Knower) {
  const chosen = useShown(
    ({ selected }) => selected?.kind === "resident" && selected.id === agent.id,
  );
  const select = useShown(({ select }) => select);
  return (
    <button
      className="row"
      data-testid="knower"
      aria-pressed={chosen}
      onClick={() => {
        select({ kind: "resident", id: agent.id });
      }}
    >
      <strong>{agent.name}</strong>
      {memories.map(({ id, time, text }) => (
        <span key={id} className="kept">
          <time className="when">{whenOf(time)}</time> {text}
        </span>
      ))}
    </button>
  );
}
