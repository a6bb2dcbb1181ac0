/** What a resident has agreed to and means to do, and what came of it. */

import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useShown } from "../store";
import type { AppointmentLine, AppointmentPage } from "../talk/wire";
import type { Resident } from "../town/state";
import { whenOf } from "../words/thoughts";
import { useDoor } from "./answers";
import { AnswerStatus } from "./AnswerStatus";
import { useLanguage } from "./language";
import { Pager } from "./Pager";
import { ToWords } from "./ToWords";
import { WordsDialog } from "./WordsDialog";

const LIMIT = 20;

interface Shown {
  resident: Resident;
  world: string;
  onClose: () => void;
}

export function Appointments({ resident, world, onClose }: Shown) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <WordsDialog
      title={t("appointments.title", { name: resident.name[language] })}
      world={world}
      onClose={onClose}
    >
      {(onRead) => <List resident={resident.id} world={world} onRead={onRead} />}
    </WordsDialog>
  );
}

interface Listed {
  resident: number;
  world: string;
  onRead: (conversation: string) => void;
}

function List({ resident, world, onRead }: Listed) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const path = `/api/agents/${String(resident)}/appointments?limit=${LIMIT}&page=${page}`;
  const { answer, failure } = useDoor<AppointmentPage>(path, world);
  const total = answer?.total ?? 0;
  return (
    <>
      <AnswerStatus answer={answer} failure={failure}>
        {answer && (total > 0 ? t("appointments.count", { count: total }) : t("appointments.none"))}
      </AnswerStatus>
      <ul className="list">
        {answer?.appointments.map((entry) => (
          <li key={entry.other?.id ?? 0} data-testid="appointment">
            <Entry entry={entry} onRead={onRead} />
          </li>
        ))}
      </ul>
      <Pager page={page} total={total} limit={LIMIT} onPage={setPage} />
    </>
  );
}

function Entry({ entry, onRead }: { entry: AppointmentLine; onRead: (id: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const activities = useShown(({ town }) => town?.snapshot.words.activities);
  const { other, at, location, activity, state, news, conversation } = entry;
  const party = other ? t("appointments.party", { name: other.name }) : t("appointments.own");
  const what = t("appointments.what", {
    activity: activities?.[activity]?.[language] ?? activity,
    place: location.name,
  });
  return (
    <p>
      <time className="when">{whenOf(at)}</time>{" "}
      <strong>{news === null ? (other?.name ?? t("appointments.alone")) : party}</strong> {what}{" "}
      <span className="small">· {t(`appointments.state.${state}`)}</span>{" "}
      {conversation && <ToWords conversation={conversation} onRead={onRead} />}
    </p>
  );
}
