/** One thought, whole: the prompt, the reply as it came, what was understood, and what it cost. */

import { ArrowLeft } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { dollars } from "../minds/budget";
import type { WholeThought } from "../minds/wire";
import { outcomeOf, whenOf, writtenOf } from "../words/thoughts";
import { useDoor } from "./answers";
import { AnswerStatus } from "./AnswerStatus";
import { useLanguage } from "./language";
import { Recalled } from "./Recalled";

interface Shown {
  id: string;
  world: string;
  onBack: () => void;
}

export function ThoughtDetail({ id, world, onBack }: Shown) {
  const { t } = useTranslation();
  const back = useRef<HTMLButtonElement>(null);
  const path = `/api/thoughts/${encodeURIComponent(id)}`;
  const { answer, failure } = useDoor<WholeThought>(path, world);
  useEffect(() => {
    back.current?.focus();
  }, []);
  return (
    <div className="whole" data-testid="whole-thought">
      <button ref={back} onClick={onBack}>
        <ArrowLeft aria-hidden /> {t("thoughts.back")}
      </button>
      <AnswerStatus answer={answer} failure={failure} />
      {answer && <Figures thought={answer} />}
      {answer && <Recalled recalled={answer.recalled} />}
      {answer?.messages.map(({ role, content }, index) => (
        <Text
          key={index}
          title={t("thoughts.message", { number: index + 1, role: t(`thoughts.role.${role}`) })}
          content={content}
        />
      ))}
      {answer?.reasoning && <Text title={t("thoughts.reasoning")} content={answer.reasoning} />}
      {answer && <Text title={t("thoughts.reply")} content={answer.reply} />}
      {answer && <Text title={t("thoughts.parsed")} content={writtenOf(answer.parsed)} />}
    </div>
  );
}

function Figures({ thought }: { thought: WholeThought }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const figures: [string, string][] = [
    ["asked", `${whenOf(thought.asked_at)} · ${t(`thoughts.purpose.${thought.purpose}`)}`],
    ["outcome", outcomeOf(thought, t)],
    ["detail", thought.detail],
    ["thought", thought.thought],
    ["feeling", thought.feeling],
    ["model", [thought.model, thought.via && t(`thoughts.via.${thought.via}`)].filter(Boolean).join(" · ")],
    [
      "tokens",
      t("thoughts.used", {
        input: thought.tokens_in,
        cached: thought.tokens_cached,
        output: thought.tokens_out,
        reasoning: thought.tokens_reasoning,
      }),
    ],
    ["cost", dollars(thought.cost_usd, language)],
    ["latency", t("thoughts.seconds", { seconds: (thought.latency_ms / 1000).toFixed(1) })],
  ];
  return (
    <dl>
      {figures
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{t(`thoughts.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function Text({ title, content }: { title: string; content: string }) {
  const { t } = useTranslation();
  return (
    <>
      <h3>{title}</h3>
      <pre tabIndex={0} role="group" aria-label={title}>
        {content || t("thoughts.nothing")}
      </pre>
    </>
  );
}
