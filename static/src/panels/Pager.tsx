/** Newer and older pages of a list, if it has several. */

import { useTranslation } from "react-i18next";

interface Pages {
  page: number;
  /** How many things there are in all; 0 while nobody knows. */
  total: number;
  /** How many of them a page has. */
  limit: number;
  onPage: (page: number) => void;
}

export function Pager({ page, total, limit, onPage }: Pages) {
  const { t } = useTranslation();
  if (total <= limit && page === 1) return null;
  const last = total > 0 ? Math.ceil(total / limit) : page;
  const step = (label: string, to: number) => (
    <button
      aria-disabled={to < 1 || to > last}
      onClick={() => {
        if (to >= 1 && to <= last) onPage(to);
      }}
    >
      {label}
    </button>
  );
  return (
    <nav className="actions" aria-label={t("thoughts.pages")}>
      {step(t("thoughts.newer"), page - 1)}
      {step(t("thoughts.older"), page + 1)}
    </nav>
  );
}
