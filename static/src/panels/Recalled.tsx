/** What had come to mind when a model was asked, and why: the three parts of each score. */

import { useTranslation } from "react-i18next";

import type { Recollection } from "../minds/wire";
import { whenOf } from "../words/thoughts";

export function Recalled({ recalled }: { recalled: Recollection[] }) {
  const { t } = useTranslation();
  if (recalled.length === 0) return null;
  return (
    <section aria-label={t("thoughts.recalled")}>
      <h3>{t("thoughts.recalled")}</h3>
      <ol>
        {recalled.map(({ time, text, source, scores }, index) => (
          <li key={index}>
            {whenOf(time)} {text}
            {source && ` (${t("thoughts.heardFrom", { name: source.name })})`}
            <br />
            <small>{t("thoughts.recalledWhy", rounded(scores))}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}

function rounded(scores: Recollection["scores"]): Record<string, string> {
  return Object.fromEntries(Object.entries(scores).map(([part, value]) => [part, value.toFixed(2)]));
}
