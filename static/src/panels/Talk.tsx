/** Who talks with whom just now, and who did lately. */

import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useShown } from "../store";
import type { ConversationPage } from "../talk/wire";
import type { Town } from "../town/state";
import { whenOf } from "../words/thoughts";
import type { Conversation } from "../wire";
import { useDoor } from "./answers";
import type { Page } from "./App";
import { useLanguage } from "./language";
import { Pager } from "./Pager";
import { Transcript } from "./Transcript";
import { WhoKnows } from "./WhoKnows";

const LIMIT = 20;

export function Talk({ page }: { page: Page }) {
  const { t } = useTranslation();
  const town = useShown(({ town }) => town);
  const [reading, setReading] = useState<string | null>(null);
  useShown(({ version }) => version);
  if (!town) return null;
  const going = [...town.conversations.values()].sort((a, b) => b.since - a.since);
  return (
    <div className="talks">
      {page.operator && <WhoKnows world={page.world} />}
      <h3>{t("talk.now", { count: going.length })}</h3>
      {going.length === 0 && <p className="empty">{t("talk.nobody")}</p>}
      <ul className="list">
        {going.map((each) => (
          <li key={each.id}>
            <Going conversation={each} town={town} onRead={setReading} />
          </li>
        ))}
      </ul>
      <h3>{t("talk.lately")}</h3>
      <Lately key={town.epoch} world={page.world} onRead={setReading} />
      {reading !== null && (
        <Transcript
          id={reading}
          world={page.world}
          operator={page.operator}
          onClose={() => {
            setReading(null);
          }}
        />
      )}
    </div>
  );
}

interface Row {
  conversation: Conversation;
  town: Town;
  onRead: (id: string) => void;
}

function Going({ conversation, town, onRead }: Row) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = (id: number) => town.residents.get(id)?.name[language] ?? "";
  const { id, people, place, latest, thinking } = conversation;
  return (
    <button
      className="row"
      data-testid="talk"
      onClick={() => {
        onRead(id);
      }}
    >
      <strong>{people.map(nameOf).join(t("talk.and"))}</strong>
      <span className="deed">{town.places.get(place)?.name[language]}</span>
      {latest && (
        <span className="thought">
          {t("talk.said", { name: nameOf(latest.speaker), text: latest.text[language] })}
        </span>
      )}
      {thinking > 0 && (
        <span className="small">{t("talk.thinking", { name: nameOf(thinking) })}</span>
      )}
    </button>
  );
}

function Lately({ world, onRead }: { world: string; onRead: (id: string) => void }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const [asked, setAsked] = useState(0);
  const path = `/api/conversations/history?limit=${LIMIT}&page=${page}&again=${asked}`;
  const { answer, failure } = useDoor<ConversationPage>(path, world);
  const ended = answer?.conversations.filter(({ ended_at }) => ended_at !== null);
  return (
    <>
      <p className="failure" role="alert">
        {failure}
      </p>
      <button
        className="quiet again"
        onClick={() => {
          setAsked(asked + 1);
        }}
      >
        {t("talk.again")}
      </button>
      <ul className="list">
        {ended?.map(({ id, started_at, participants, location, topic, latest_message }) => (
          <li key={id}>
            <button
              className="row"
              data-testid="talked"
              onClick={() => {
                onRead(id);
              }}
            >
              <time className="when">{whenOf(started_at)}</time>
              <strong>{participants.map(({ name }) => name).join(t("talk.and"))}</strong>
              <span className="deed">
                {location.name} · {t(`topic.${topic}`)}
              </span>
              {latest_message && <span className="thought">{latest_message.text}</span>}
            </button>
          </li>
        ))}
      </ul>
      <Pager page={page} total={answer?.total ?? 0} limit={LIMIT} onPage={setPage} />
    </>
  );
}
