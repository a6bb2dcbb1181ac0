/** A conversation, word for word, and what it did to those who had it. */

import { useTranslation } from "react-i18next";

import { useShown } from "../store";
import type { Message, TieChange, WholeConversation } from "../talk/wire";
import { whenOf } from "../words/thoughts";
import { useDoor } from "./answers";
import { Dialog } from "./Dialog";

interface Shown {
  id: string;
  world: string;
  onClose: () => void;
}

export function Transcript({ id, world, onClose }: Shown) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("talk.title")} onClose={onClose}>
      <Whole id={id} world={world} />
    </Dialog>
  );
}

export function Whole({ id, world }: { id: string; world: string }) {
  const { t } = useTranslation();
  // While it goes on, every sentence that comes is a reason to ask again.
  const said = useShown(({ town }) => town?.conversations.get(id)?.message_count ?? 0);
  const { answer, failure } = useDoor<WholeConversation>(
    `/api/conversations/${encodeURIComponent(id)}?said=${String(said)}`,
    world,
  );
  return (
    <div data-testid="transcript">
      <p role="status">{!answer && !failure && t("thoughts.loading")}</p>
      <p className="failure" role="alert">
        {failure}
      </p>
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

function Said({ message, left }: { message: Message; left: boolean }) {
  const { t } = useTranslation();
  const { speaker, listener, text, emotion, source, time } = message;
  return (
    <li className={left ? "left" : "right"}>
      <span className="small">
        {t("talk.to", { speaker: speaker.name, listener: listener.name })} ·{" "}
        <time>{whenOf(time).slice(-5)}</time>
        {emotion !== "neutral" && ` · ${t(`emotion.${emotion}`)}`}
        {source === "model" && ` · ${t("source.model")}`}
      </span>
      <p>{text}</p>
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
