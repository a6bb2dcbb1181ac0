/** Newer and older pages of a list. */

import { useTranslation } from "react-i18next";

export function Pager(props: { page: number; last: number; onPage: (page: number) => void }) {
  const { t } = useTranslation();
  const step = (label: string, to: number) => (
    <button
      aria-disabled={to < 1 || to > props.last}
      onClick={() => {
        if (to >= 1 && to <= props.last) props.onPage(to);
      }}
    >
      {label}
    </button>
  );
  return (
    <nav className="actions" aria-label={t("thoughts.pages")}>
      {step(t("thoughts.newer"), props.page - 1)}
      {step(t("thoughts.older"), props.page + 1)}
    </nav>
  );
}
