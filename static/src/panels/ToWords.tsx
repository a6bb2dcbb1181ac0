/** The way to a conversation in which something came about. */

import { useTranslation } from "react-i18next";

interface Shown {
  conversation: string;
  /** Which of several it is, counted from 1. */
  number?: number;
  onRead: (conversation: string) => void;
}

export function ToWords({ conversation, number, onRead }: Shown) {
  const { t } = useTranslation();
  return (
    <button
      className="quiet"
      data-testid="words"
      onClick={() => {
        onRead(conversation);
      }}
    >
      {t("talk.words")} {number}
    </button>
  );
}
