/** Ways from a memory to the conversations that it comes from. */

import { useTranslation } from "react-i18next";

import type { Memory } from "../memories/wire";

interface Shown {
  memory: Memory;
  onRead: (conversation: string) => void;
}

export function MemoryWords({ memory: { conversation, replaced }, onRead }: Shown) {
  const { t } = useTranslation();
  const way = (id: string, label: string) => (
    <button
      className="quiet"
      data-testid="words"
      onClick={() => {
        onRead(id);
      }}
    >
      {label}
    </button>
  );
  const among = replaced?.conversations ?? [];
  return (
    <>
      {conversation && way(conversation, t("memory.words"))}
      {among.length > 0 && (
        <details>
          <summary>{t("memory.manyWords", { count: among.length })}</summary>
          <ol className="actions">
            {among.map((id, index) => (
              <li key={id}>{way(id, `${t("memory.words")} ${String(index + 1)}`)}</li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}
