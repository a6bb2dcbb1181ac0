/** Ways from a memory to the conversations that it comes from. */

import { useTranslation } from "react-i18next";

import type { Memory } from "../memories/wire";
import { ToWords } from "./ToWords";

interface Shown {
  memory: Memory;
  onRead: (conversation: string) => void;
}

export function MemoryWords({ memory: { conversation, replaced }, onRead }: Shown) {
  const { t } = useTranslation();
  const among = replaced?.conversations ?? [];
  return (
    <>
      {conversation && <ToWords conversation={conversation} onRead={onRead} />}
      {among.length > 0 && (
        <details>
          <summary>{t("memory.manyWords", { count: among.length })}</summary>
          <ol className="actions">
            {among.map((id, index) => (
              <li key={id}>
                <ToWords conversation={id} number={index + 1} onRead={onRead} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}
