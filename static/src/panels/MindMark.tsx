/** A small mark for those who think with a model, and another one while they are thinking. */

import { Brain, MessageCircleMore } from "lucide-react";
import { useTranslation } from "react-i18next";

import { isModel } from "../minds/choices";
import type { Resident } from "../town/state";
import { mindOf } from "../words/decisions";

export function MindMark({ resident }: { resident: Resident }) {
  const { t } = useTranslation();
  if (!isModel(resident.mind)) return null;
  const thinking = resident.thinking > 0;
  const said = thinking ? t("mind.thinking") : mindOf(resident.mind, t);
  return (
    <span className="mark" title={said} data-testid={thinking ? "thinks-now" : "thinks"}>
      {thinking ? <MessageCircleMore aria-hidden /> : <Brain aria-hidden />}
      <span className="unseen">{said}</span>
    </span>
  );
}
