/** Somebody who was chosen and does not live here any more: when and why they left, and their books. */

import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Detail } from "../economy/wire";
import { useShown } from "../store";
import { whenOf } from "../words/thoughts";
import { useDoor } from "./answers";
import { AnswerStatus } from "./AnswerStatus";
import { Finances } from "./Finances";
import { useLanguage } from "./language";

export function Departed({ who, world }: { who: number; world: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [money, setMoney] = useState(false);
  const occupations = useShown(({ town }) => town?.snapshot.words.occupations);
  const { answer, failure } = useDoor<Detail>(`/api/agents/${String(who)}`, world);
  return (
    <>
      {answer && <h2>{answer.name}</h2>}
      <AnswerStatus answer={answer} failure={failure}>
        {answer?.departed &&
          t("departed.gone", { when: whenOf(answer.departed.at), why: answer.departed.text })}
      </AnswerStatus>
      {answer && (
        <>
          <p>
            {t("residents.age", { age: answer.age })} ·{" "}
            {occupations?.[answer.occupation]?.[language] ?? answer.occupation}
          </p>
          <div className="actions">
            <button
              aria-haspopup="dialog"
              onClick={() => {
                setMoney(true);
              }}
            >
              {t("finances.open")}
            </button>
          </div>
          {money && (
            <Finances
              who={who}
              name={answer.name}
              world={world}
              onClose={() => {
                setMoney(false);
              }}
            />
          )}
        </>
      )}
    </>
  );
}
