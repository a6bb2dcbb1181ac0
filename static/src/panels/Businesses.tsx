/** The businesses of the town, or of somebody: whether they trade, what they charge, how they do. */

import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { percentOf, yuan } from "../economy/money";
import type { Business, BusinessPage } from "../economy/wire";
import { useShown } from "../store";
import { whenOf } from "../words/thoughts";
import { useDoor } from "./answers";
import { AnswerStatus } from "./AnswerStatus";
import { useLanguage } from "./language";
import { Pager } from "./Pager";

const LIMIT = 20;

interface Shown {
  world: string;
  /** Only those of this resident. */
  owner?: number;
  /** Called when a place was chosen. */
  onChoose: () => void;
}

export function Businesses({ world, owner, onChoose }: Shown) {
  const { t } = useTranslation();
  const label = useId();
  const [page, setPage] = useState(1);
  const whose = owner === undefined ? "" : `&owner=${String(owner)}`;
  const path = `/api/businesses?limit=${String(LIMIT)}&page=${String(page)}${whose}`;
  const { answer, failure } = useDoor<BusinessPage>(path, world);
  // Most residents own none, which is not worth a word.
  if (owner !== undefined && answer?.total === 0) return null;
  return (
    <section aria-labelledby={label}>
      <h3 id={label}>{t(owner === undefined ? "economy.businesses" : "finances.businesses")}</h3>
      <AnswerStatus answer={answer} failure={failure}>
        {answer?.total === 0 && t("economy.noBusinesses")}
      </AnswerStatus>
      <ul className="list">
        {answer?.businesses.map((business) => (
          <li key={business.id}>
            <Row business={business} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      <Pager page={page} total={answer?.total ?? 0} limit={LIMIT} onPage={setPage} />
    </section>
  );
}

function Row({ business, onChoose }: { business: Business; onChoose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const select = useShown(({ select }) => select);
  const { location, owner, trading, closed_at, days_in_debt, staff, posts } = business;
  const told = trading
    ? [
        t("economy.prices", { percent: percentOf(business.price_level, language) }),
        t("economy.till", { amount: t("yuan", { amount: yuan(business.balance, language) }) }),
        t("economy.sold", {
          amount: t("yuan", { amount: yuan(business.sales_today, language) }),
          count: business.customers_today,
        }),
        t("economy.staff", { staff, posts }),
        ...(days_in_debt > 0 ? [t("economy.indebted", { count: days_in_debt })] : []),
      ]
    : [];
  return (
    <button
      className="row"
      data-testid="business"
      onClick={() => {
        select({ kind: "place", id: location.id });
        onChoose();
      }}
    >
      <strong>{business.name}</strong>{" "}
      <span className="deed">
        {trading ? t("economy.trading") : t("economy.closedSince", { when: whenOf(closed_at ?? "") })}
        {" · "}
        {owner ? t("economy.owner", { name: owner.name }) : t("economy.ofTown")}
      </span>
      {told.length > 0 && <span className="deed block">{told.join(" · ")}</span>}
    </button>
  );
}
