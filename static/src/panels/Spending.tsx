/** What thinking costs, against the cap that is reached first. */

import { useTranslation } from "react-i18next";

import { dollars, percentOf, shareOf, tighterOf } from "../minds/budget";
import { useShown } from "../store";
import { useLanguage } from "./language";

/** Shares of a cap: from the first on it is nearly used up, beyond the second it is. */
const [NEARLY, FULLY] = [0.9, 0.999];

export function Spending() {
  const { t } = useTranslation();
  const language = useLanguage();
  const minds = useShown(({ minds }) => minds);
  if (!minds || minds.residents === 0) return null;
  const tighter = tighterOf(minds.budget);
  const share = shareOf(tighter);
  const { state } = minds.budget;
  const remark = state === "warning" || state === "exhausted" ? t(`budget.state.${state}`) : "";
  const figures = {
    span: t(`budget.span.${tighter.span}`),
    spent: dollars(tighter.spent, language),
    cap: dollars(tighter.cap, language),
    percent: percentOf(share),
  };
  const words = [t("budget.words", figures), remark].filter(Boolean).join(" · ");
  return (
    <p className="spending" title={words} data-testid="spending">
      <span aria-hidden>{t("budget.label")}</span>
      <meter
        min={0}
        max={1}
        optimum={0}
        high={FULLY}
        low={NEARLY}
        value={share}
        aria-label={t("budget.label")}
        aria-valuetext={words}
      />
      <span aria-hidden>
        {t("budget.spent", figures)}
        {remark && <strong> · {remark}</strong>}
      </span>
    </p>
  );
}
