/** What kind of thing is remembered, as a mark and in a word. */

import {
  CalendarClock,
  Eye,
  Layers,
  Lightbulb,
  Megaphone,
  MessagesSquare,
  Mic,
  type LucideIcon,
} from "lucide-react";
import { useTranslation } from "react-i18next";

import { isKind, type Kind } from "../memories/kinds";

const MARKS: Record<Kind, LucideIcon> = {
  observation: Eye,
  conversation: MessagesSquare,
  reflection: Lightbulb,
  plan: CalendarClock,
  announcement: Megaphone,
  interview: Mic,
  summary: Layers,
};

export function KindMark({ kind }: { kind: string }) {
  const { t } = useTranslation();
  if (!isKind(kind)) return <strong>{kind}</strong>;
  const Mark = MARKS[kind];
  return (
    <strong className="mark">
      <Mark aria-hidden /> {t(`memory.kind.${kind}`)}
    </strong>
  );
}
