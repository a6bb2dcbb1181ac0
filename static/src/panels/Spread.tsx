/** A piece of news: who knows it, from whom, and in which words they were told. */

import { useTranslation } from "react-i18next";

import { branchesOf, type Branch } from "../news/provenance";
import { APART, latestOf } from "../news/stamp";
import type { NewsDetail } from "../news/wire";
import { useShown } from "../store";
import { factsOf, howOf } from "../words/news";
import { whenOf } from "../words/thoughts";
import { useFreshDoor } from "./answers";
import { AnswerStatus } from "./AnswerStatus";
import type { Page } from "./App";
import { ToWords } from "./ToWords";
import { WordsDialog } from "./WordsDialog";

/** Who is listed at most; of what everybody in a big town knows, nobody reads more. */
const SHOWN_AT_MOST = 300;

interface Shown {
  id: number;
  page: Page;
  onClose: () => void;
}

export function Spread({ id, page, onClose }: Shown) {
  const { t } = useTranslation();
  return (
    <WordsDialog title={t("news.spread")} world={page.world} onClose={onClose}>
      {(onRead) => <Told id={id} world={page.world} onRead={onRead} />}
    </WordsDialog>
  );
}

interface Reading {
  id: number;
  world: string;
  onRead: (conversation: string) => void;
}

function Told({ id, world, onRead }: Reading) {
  const { t } = useTranslation();
  const stamp = useShown(
    ({ town, events }) => `${String(town?.snapshot.seq)} ${String(latestOf(events, id))}`,
  );
  const residents = useShown(({ town }) => town?.residents.size ?? 0);
  const now = useShown(({ town }) => town?.worldTime ?? "");
  const { answer, failure } = useFreshDoor<NewsDetail>(
    `/api/world/news/${String(id)}`,
    world,
    stamp,
    APART,
  );
  const facts = answer && factsOf(answer, residents, now, t);
  const hidden = (answer?.spread.length ?? 0) - SHOWN_AT_MOST;
  return (
    <div data-testid="spread">
      {answer && (
        <p>
          <time className="small">{whenOf(answer.time)}</time> <strong>{answer.text}</strong>
        </p>
      )}
      {facts && (
        <p className="small">
          {facts.what} · {facts.until}
        </p>
      )}
      <AnswerStatus answer={answer} failure={failure} className="small">
        {answer?.spread.length === 0 ? t("news.nobodyKnows") : facts?.known}
      </AnswerStatus>
      {answer && (
        <Branches
          branches={branchesOf(answer.spread.slice(0, SHOWN_AT_MOST))}
          news={answer}
          onRead={onRead}
        />
      )}
      {hidden > 0 && <p className="small">{t("news.more", { count: hidden })}</p>}
    </div>
  );
}

interface Tree {
  branches: Branch[];
  news: NewsDetail;
  onRead: (conversation: string) => void;
}

function Branches({ branches, ...rest }: Tree) {
  return (
    <ul className="spread">
      {branches.map((branch) => (
        <li key={branch.knower.agent.id}>
          <Knows {...rest} branch={branch} />
          {branch.others.length > 0 && <Branches {...rest} branches={branch.others} />}
        </li>
      ))}
    </ul>
  );
}

function Knows({ branch, news, onRead }: Omit<Tree, "branches"> & { branch: Branch }) {
  const { t } = useTranslation();
  const select = useShown(({ select }) => select);
  const { knower } = branch;
  const { agent, time, told, conversation } = knower;
  return (
    <p>
      <button
        className="quiet name"
        data-testid="knows"
        onClick={({ currentTarget }) => {
          select({ kind: "resident", id: agent.id });
          currentTarget.closest("dialog")?.close();
        }}
      >
        {agent.name}
      </button>{" "}
      <span className="small">
        {howOf(knower, news, t)} · <time>{whenOf(time)}</time>
        {told > 0 && ` · ${t("news.toldOn", { count: told })}`}
      </span>{" "}
      {conversation && <ToWords conversation={conversation} onRead={onRead} />}
    </p>
  );
}
