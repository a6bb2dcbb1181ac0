/** Every movement of somebody's money, the latest first, and what it comes from. */

import { useState } from "react";
import { useTranslation } from "react-i18next";

import { causeOf } from "../economy/causes";
import { signedYuan, yuan } from "../economy/money";
import type { Transaction, TransactionPage } from "../economy/wire";
import { whenOf } from "../words/thoughts";
import { useDoor } from "./answers";
import { AnswerStatus } from "./AnswerStatus";
import { useLanguage } from "./language";
import { Pager } from "./Pager";

const LIMIT = 20;
const DIRECTIONS = ["all", "in", "out"] as const;

export function Transactions({ who, world }: { who: number; world: string }) {
  const { t } = useTranslation();
  const [{ page, direction }, want] = useState({ page: 1, direction: "all" });
  const which = direction === "all" ? "" : `&direction=${direction}`;
  const path = `/api/agents/${String(who)}/transactions?limit=${String(LIMIT)}&page=${String(page)}${which}`;
  const { answer, failure } = useDoor<TransactionPage>(path, world);
  const total = answer?.total ?? 0;
  return (
    <section>
      <h3>{t("finances.transactions")}</h3>
      <label className="filter">
        {t("finances.filter")}
        <select
          value={direction}
          onChange={({ target }) => {
            want({ page: 1, direction: target.value });
          }}
        >
          {DIRECTIONS.map((each) => (
            <option key={each} value={each}>
              {t(`finances.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <AnswerStatus answer={answer} failure={failure}>
        {answer && (total > 0 ? t("finances.count", { count: total }) : t("finances.none"))}
      </AnswerStatus>
      <ul className="plain">
        {answer?.transactions.map((each) => (
          <li key={each.seq} data-testid="transaction">
            <Row transaction={each} />
          </li>
        ))}
      </ul>
      <Pager
        page={page}
        total={total}
        limit={LIMIT}
        onPage={(page) => {
          want({ page, direction });
        }}
      />
    </section>
  );
}

function Row({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { time, amount, balance, counterparty, category } = transaction;
  return (
    <p className="transaction">
      <time className="when">{whenOf(time)}</time>
      <strong className={amount < 0 ? "paid" : "got"}>{signedYuan(amount, language)}</strong>
      <span>
        {t(`payment.${category}`)} ·{" "}
        {t(amount < 0 ? "finances.to" : "finances.from", { name: counterparty.name })}
      </span>
      <span className="small">
        {causeOf(transaction, t)} · {t("finances.after", { balance: yuan(balance, language) })}
      </span>
    </p>
  );
}
