/** What people tell each other: the town's news, and how many know of each. */

import { Megaphone } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { APART, latestNews } from "../news/stamp";
import type { NewsLine, NewsPage } from "../news/wire";
import { useShown } from "../store";
import { factsOf } from "../words/news";
import { whenOf } from "../words/thoughts";
import { Announce } from "./Announce";
import { useFreshDoor } from "./answers";
import { AnswerStatus } from "./AnswerStatus";
import type { Page } from "./App";
import { Pager } from "./Pager";
import { Spread } from "./Spread";

const LIMIT = 20;

export function News({ page }: { page: Page }) {
  const [reading, setReading] = useState<number | null>(null);
  const [announcing, setAnnouncing] = useState(false);
  const epoch = useShown(({ town }) => town?.epoch);
  return (
    <div className="talks news">
      <Announcing
        page={page}
        onOpen={() => {
          setAnnouncing(true);
        }}
      />
      <List key={epoch} world={page.world} onRead={setReading} />
      {reading !== null && (
        <Spread
          id={reading}
          page={page}
          onClose={() => {
            setReading(null);
          }}
        />
      )}
      {announcing && (
        <Announce
          world={page.world}
          onClose={() => {
            setAnnouncing(false);
          }}
        />
      )}
    </div>
  );
}

function Announcing({ page, onOpen }: { page: Page; onOpen: () => void }) {
  const { t } = useTranslation();
  if (!page.operator) {
    return (
      <p className="small">
        {t("news.operators")} <a href={page.login}>{t("news.login")}</a>
      </p>
    );
  }
  return (
    <button aria-haspopup="dialog" data-testid="announce" onClick={onOpen}>
      <Megaphone aria-hidden /> {t("announcing.open")}
    </button>
  );
}

function List({ world, onRead }: { world: string; onRead: (id: number) => void }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const stamp = useShown(
    ({ town, events }) => `${String(town?.snapshot.seq)} ${String(latestNews(events))}`,
  );
  const path = `/api/world/news?limit=${LIMIT}&page=${page}`;
  const { answer, failure } = useFreshDoor<NewsPage>(path, world, stamp, APART);
  const total = answer?.total ?? 0;
  return (
    <>
      <AnswerStatus answer={answer} failure={failure} className="small">
        {answer && (total > 0 ? t("news.count", { count: total }) : t("news.none"))}
      </AnswerStatus>
      <ol className="list">
        {answer?.news.map((each) => (
          <li key={each.id}>
            <Row news={each} onRead={onRead} />
          </li>
        ))}
      </ol>
      <Pager page={page} total={total} limit={LIMIT} onPage={setPage} />
    </>
  );
}

function Row({ news, onRead }: { news: NewsLine; onRead: (id: number) => void }) {
  const { t } = useTranslation();
  const residents = useShown(({ town }) => town?.residents.size ?? 0);
  const now = useShown(({ town }) => town?.worldTime ?? "");
  const { id, text, time } = news;
  const { what, until, known } = factsOf(news, residents, now, t);
  return (
    <button
      className="row"
      aria-haspopup="dialog"
      data-testid="news"
      onClick={() => {
        onRead(id);
      }}
    >
      <time className="when">{whenOf(time)}</time>
      <strong>{text}</strong>
      <span className="deed">{what}</span>
      <span className="deed">{until}</span>
      <span className="deed">{known}</span>
    </button>
  );
}
