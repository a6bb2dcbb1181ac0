/** A dialog whose content leads to conversations, and the way back to where one was in it. */

import { ArrowLeft } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Dialog } from "./Dialog";
import { Whole } from "./Transcript";

interface Shown {
  title: string;
  world: string;
  onClose: () => void;
  /** The content, which is kept while a conversation is read. */
  children: (onRead: (conversation: string) => void) => ReactNode;
}

export function WordsDialog({ title, world, onClose, children }: Shown) {
  const { t } = useTranslation();
  const back = useRef<HTMLButtonElement>(null);
  const [left, setLeft] = useState<Element | null>(null);
  const [words, setWords] = useState<string | null>(null);
  useEffect(() => {
    if (words !== null) back.current?.focus();
    else if (left instanceof HTMLElement) left.focus();
  }, [words, left]);
  return (
    <Dialog title={title} onClose={onClose}>
      <div hidden={words !== null}>
        {children((conversation) => {
          setLeft(document.activeElement);
          setWords(conversation);
        })}
      </div>
      {words !== null && (
        <>
          <button
            ref={back}
            data-testid="back-from-words"
            onClick={() => {
              setWords(null);
            }}
          >
            <ArrowLeft aria-hidden /> {t("thoughts.back")}
          </button>
          <Whole id={words} world={world} />
        </>
      )}
    </Dialog>
  );
}
