/** Something that a resident remembers: what kind of thing, how much it matters, and where it is from. */

import { useTranslation } from "react-i18next";

import { figuresOf } from "../memories/scores";
import type { Evidence, Memory, Scores } from "../memories/wire";
import { whenOf } from "../words/thoughts";
import { KindMark } from "./KindMark";
import { MemoryWords } from "./MemoryWords";

interface Shown {
  memory: Memory;
  onRead: (conversation: string) => void;
}

export function MemoryRow({ memory, onRead }: Shown) {
  const { t } = useTranslation();
  return (
    <article className="memory" data-testid="memory">
      <p className="small">
        <time>{whenOf(memory.time)}</time> <KindMark kind={memory.kind} />{" "}
        <span className="weight">
          <meter min={0} max={100} value={memory.importance} aria-hidden />{" "}
          {t("memory.importance", { value: memory.importance })}
        </span>
      </p>
      <p>{memory.text}</p>
      <Origin memory={memory} />
      {memory.scores && <Why scores={memory.scores} />}
      <Drawn from={memory.evidence} />
      <MemoryWords memory={memory} onRead={onRead} />
    </article>
  );
}

function Origin({ memory }: { memory: Memory }) {
  const { t } = useTranslation();
  const { kind, people, location, source, replaced, recalls, last_recalled, stand_in } = memory;
  const names = people.map(({ name }) => name).join(t("talk.and"));
  const told = [
    names && t(kind === "conversation" ? "memory.with" : "memory.about", { names }),
    location && t("memory.place", { place: location.name }),
    source && t("memory.heard", { name: source.name }),
    replaced &&
      t("memory.stands", {
        memories: replaced.memories,
        since: whenOf(replaced.since),
        until: whenOf(replaced.until),
      }),
    stand_in && t("memory.standIn", { reason: t(`standIn.${stand_in}`) }),
    last_recalled && t("memory.recalled", { times: recalls, when: whenOf(last_recalled) }),
  ].filter(Boolean);
  return told.length > 0 && <p className="small">{told.join(" · ")}</p>;
}

/** What a reflection was drawn from, to be opened. */
function Drawn({ from }: { from: Evidence[] }) {
  const { t } = useTranslation();
  if (from.length === 0) return null;
  return (
    <details data-testid="evidence">
      <summary>{t("memory.evidence", { count: from.length })}</summary>
      <ul className="small">
        {from.map(({ id, time, kind, text }) => (
          <li key={id}>
            <time>{whenOf(time)}</time> <KindMark kind={kind} /> {text}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Why({ scores }: { scores: Scores }) {
  const { t } = useTranslation();
  return (
    <ul className="scores small" aria-label={t("memory.why")} data-testid="scores">
      {figuresOf(scores).map(({ part, percent }) => (
        <li key={part}>
          {t(`memory.score.${part}`)} <meter min={0} max={100} value={percent} aria-hidden />{" "}
          {t("memory.percent", { percent })}
        </li>
      ))}
    </ul>
  );
}
