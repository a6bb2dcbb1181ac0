/** A conversation, word for word, and what it did to those who had it. */

import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useShown } from "../store";
import type { Message, TieChange, WholeConversation } from "../talk/wire";
import { whenOf } from "../words/thoughts";
import { useDoor } from "./answers";
import { AnswerStatus } from "./AnswerStatus";
import { Dialog } from "./Dialog";
import { ThoughtDetail } from "./ThoughtDetail";

interface Shown {
  id: string;
  world: string;
  /** Whether the reader may see what models were asked. */
  operator: boolean;
  onClose: () => void;
}

export function Transcript({ id, world, operator, onClose }: Shown) {
  const { t } = useTranslation();
  const [thought, setThought] = useState<string | null>(null);
  return (
    <Dialog title={t("talk.title")} onClose={onClose}>
      <div hidden={thought !== null}>
        <Whole id={id} world={world} onThought={operator ? setThought : undefined} />
      </div>
      {thought !== null && (
        <ThoughtDetail
          id={thought}
          world={world}
          onBack={() => {
            setThought(null);
          }}
        />
      )}
    </Dialog>
  );
}

interface Read {
  id: string;
  world: string;
  /** Opens the thought from which a model's words come; not offered without it. */
  onThought?: ((id: string) => void) | undefined;
}

export function Whole({ id, world, onThought }: Read) {
  const { t } = useTranslation();
  // While it goes on, every sentence that comes is a reason to ask again.
  const said = useShown(({ town }) => town?.conversations.get(id)?.message_count ?? 0);
  const { answer, failure } = useDoor<WholeConversation>(
    `/api/conversations/${encodeURIComponent(id)}?said=${String(said)}`,
    world,
  );
  return (
    <div data-testid="transcript">
      <AnswerStatus answer={answer} failure={failure} />
      {answer && (
        <>
          <p className="small">
            {[
              whenOf(answer.started_at),
              answer.location.name,
              t(`why.${answer.reason}`),
              answer.topic !== "none" && t(`topic.${answer.topic}`),
              answer.ended_at ? t(`ending.${answer.ending}`) : t("talk.goesOn"),
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
          <ol className="said">
            {answer.messages.map((message) => (
              <Said
                key={message.turn}
                message={message}
                left={message.speaker.id === answer.participants[0]?.id}
                onThought={message.thought ? onThought : undefined}
              />
            ))}
          </ol>
          {answer.relationship_change.length > 0 && <h3>{t("talk.after")}</h3>}
          <ul className="changes">
            {answer.relationship_change.map((change) => (
              <li key={`${change.agent.id}-${change.other.id}-${change.reason}`}>
                <Change change={change} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface Sentence {
  message: Message;
  left: boolean;
  onThought: ((id: string) => void) | undefined;
}

function Said({ message, left, onThought }: Sentence) {
  const { t } = useTranslation();
  const { speaker, listener, text, emotion, source, stand_in, thought, time } = message;
  return (
    <li className={left ? "left" : "right"}>
      <span className="small">
        {t("talk.to", { speaker: speaker.name, listener: listener.name })} ·{" "}
        <time>{whenOf(time).slice(-5)}</time>
        {emotion !== "neutral" && ` · ${t(`emotion.${emotion}`)}`}
        {source === "model" && ` · ${t("source.model")}`}
        {stand_in && ` · ${t("talk.stoodIn", { reason: t(`standIn.${stand_in}`) })}`}
      </span>
      <p>{text}</p>
      {onThought && (
        <button
          className="quiet"
          onClick={() => {
            onThought(thought);
          }}
        >
          {t("talk.thought", { name: speaker.name })}
        </button>
      )}
    </li>
  );
}

/** How one came to see the other differently. */
export function Change({ change }: { change: TieChange }) {
  const { t } = useTranslation();
  const { agent, other, before, after, reason, because } = change;
  const told = t("tie.change", {
    agent: agent.name,
    other: other.name,
    before: Math.round(before),
    after: Math.round(after),
    reason: t(`change.${reason}`),
  });
  return (
    <>
      {told}
      {because && <span className="small"> {because}</span>}
    </>
  );
}
