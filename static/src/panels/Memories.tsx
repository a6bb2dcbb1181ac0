/** What a resident remembers, and the words that it comes from. */

import { useState } from "react";
import { useTranslation } from "react-i18next";

import { EVERYTHING, memoriesDoor, wanting, type Wanted } from "../memories/asking";
import type { MemoryPage } from "../memories/wire";
import type { Resident } from "../town/state";
import { useDoor } from "./answers";
import { useLanguage } from "./language";
import { MemoryFilter } from "./MemoryFilter";
import { MemoryRow } from "./MemoryRow";
import { Pager } from "./Pager";
import { WordsDialog } from "./WordsDialog";

const LIMIT = 10;

interface Shown {
  resident: Resident;
  world: string;
  onClose: () => void;
}

export function Memories({ resident, world, onClose }: Shown) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <WordsDialog
      title={t("memory.title", { name: resident.name[language] })}
      world={world}
      onClose={onClose}
    >
      {(onRead) => <Remembered resident={resident.id} world={world} onRead={onRead} />}
    </WordsDialog>
  );
}

interface List {
  resident: number;
  world: string;
  onRead: (conversation: string) => void;
}

function Remembered({ resident, world, onRead }: List) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(EVERYTHING);
  const { answer, failure } = useDoor<MemoryPage>(memoriesDoor(resident, wanted, LIMIT), world);
  const total = answer?.total ?? 0;
  return (
    <>
      <MemoryFilter
        kind={wanted.kind}
        onWant={(more) => {
          setWanted(wanting(wanted, more));
        }}
      />
      <p role="status" data-testid="memories-told">
        {!answer && !failure && t("thoughts.loading")}
        {answer && <Told wanted={wanted} total={total} />}
      </p>
      <p className="failure" role="alert">
        {failure && t("memory.failed", { message: failure })}
      </p>
      <ul className="memories">
        {answer?.memories.map((memory) => (
          <li key={memory.id}>
            <MemoryRow memory={memory} onRead={onRead} />
          </li>
        ))}
      </ul>
      <Pager
        page={wanted.page}
        total={total}
        limit={LIMIT}
        onPage={(page) => {
          setWanted({ ...wanted, page });
        }}
      />
    </>
  );
}

/** Which of how many are shown, or why there are none. */
function Told({ wanted, total }: { wanted: Wanted; total: number }) {
  const { t } = useTranslation();
  const { kind, matter, page } = wanted;
  if (total > 0) {
    return t(matter ? "memory.best" : "memory.range", {
      from: (page - 1) * LIMIT + 1,
      to: Math.min(page * LIMIT, total),
      total,
    });
  }
  const which = { matter, kind: kind && t(`memory.kind.${kind}`) };
  if (matter) return t(kind ? "memory.nothingOfKind" : "memory.nothing", which);
  return t(kind ? "memory.noneOfKind" : "memory.none", which);
}
