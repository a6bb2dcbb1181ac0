/** For operators: a talk with a resident, of which the town knows nothing unless it is to. */

import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { messageOf, post } from "../rest";
import type { Answered } from "../talk/wire";
import type { Resident } from "../town/state";
import { whenOf } from "../words/thoughts";
import { Dialog } from "./Dialog";
import { useLanguage } from "./language";

/** Characters of a question at most, and exchanges that are told again with the next one. */
const LONGEST = 500;
const BEFORE = 20;

interface Shown {
  resident: Resident;
  world: string;
  onClose: () => void;
}

export function Interview({ resident, world, onClose }: Shown) {
  const { t } = useTranslation();
  const language = useLanguage();
  const box = useRef<HTMLTextAreaElement>(null);
  const [told, setTold] = useState<Answered[]>([]);
  const [remember, setRemember] = useState(false);
  const [asking, setAsking] = useState("");
  const [failure, setFailure] = useState("");
  const ask = async () => {
    const question = box.current?.value.trim() ?? "";
    if (!question || asking) return;
    setAsking(question);
    setFailure("");
    try {
      const before = told.slice(-BEFORE).map(({ question, answer }) => ({ question, answer }));
      const path = `/api/agents/${String(resident.id)}/interview`;
      const answer = await post<Answered>(path, world, language, { question, before, remember });
      setTold((known) => [...known, answer]);
      if (box.current) box.current.value = "";
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setAsking("");
      box.current?.focus();
    }
  };
  return (
    <Dialog title={t("interview.title", { name: resident.name[language] })} onClose={onClose}>
      <p className="small">{t(remember ? "interview.kept" : "interview.traceless")}</p>
      <ol className="said" data-testid="interview">
        {told.map((each, index) => (
          <Exchange key={index} told={each} />
        ))}
      </ol>
      <p role="status">{asking && t("interview.thinking", { name: resident.name[language] })}</p>
      <p className="failure" role="alert">
        {failure}
      </p>
      <form
        className="interview"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <textarea
          ref={box}
          rows={2}
          maxLength={LONGEST}
          aria-label={t("interview.question")}
          placeholder={t("interview.example")}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void ask();
          }}
        />
        <label>
          <input
            type="checkbox"
            checked={remember}
            onChange={(event) => {
              setRemember(event.target.checked);
            }}
          />{" "}
          {t("interview.remember")}
        </label>
        <button type="submit" aria-disabled={asking !== ""}>
          {t("interview.ask")}
        </button>
      </form>
    </Dialog>
  );
}

function Exchange({ told }: { told: Answered }) {
  const { t } = useTranslation();
  const whose = told.stand_in
    ? t("talk.stoodIn", { reason: t(`standIn.${told.stand_in}`) })
    : told.source === "model"
      ? told.model
      : t("source.instinct");
  return (
    <>
      <li className="right">
        <p>{told.question}</p>
      </li>
      <li className="left">
        <span className="small">
          {told.agent.name} · {whenOf(told.world_time)} · {whose}
          {told.remembered_at && ` · ${t("interview.remembers")}`}
        </span>
        <p>{told.answer}</p>
      </li>
    </>
  );
}
