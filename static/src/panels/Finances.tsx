/** What somebody owns, earns, spends and owes, how they stand at work, and every movement of money. */

import { useTranslation } from "react-i18next";

import { yuan } from "../economy/money";
import type { Detail, LoanPage } from "../economy/wire";
import { useShown } from "../store";
import { whenOf } from "../words/thoughts";
import { useDoor } from "./answers";
import { AnswerStatus } from "./AnswerStatus";
import { Businesses } from "./Businesses";
import { Dialog } from "./Dialog";
import { useLanguage } from "./language";
import { Transactions } from "./Transactions";

interface Shown {
  who: number;
  name: string;
  world: string;
  onClose: () => void;
}

export function Finances({ who, name, world, onClose }: Shown) {
  const { t } = useTranslation();
  const { answer, failure } = useDoor<Detail>(`/api/agents/${String(who)}`, world);
  return (
    <Dialog title={t("finances.title", { name })} onClose={onClose}>
      <div data-testid="finances">
        <AnswerStatus answer={answer} failure={failure} />
        {answer && <Standing detail={answer} />}
        <Businesses world={world} owner={who} onChoose={onClose} />
        <Loans who={who} world={world} />
        <Transactions who={who} world={world} />
      </div>
    </Dialog>
  );
}

function Standing({ detail }: { detail: Detail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useShown(({ town }) => town?.snapshot.words);
  const { economy, work } = detail.state;
  const money = (amount: number) => t("yuan", { amount: yuan(amount, language) });
  const { workplace } = detail.profile;
  const seeking = detail.occupation === "unemployed";
  const told = [
    words?.occupations[detail.occupation]?.[language] ?? detail.occupation,
    ...(workplace ? [workplace.name] : []),
    ...(workplace && work.hired_at ? [t("finances.since", { when: whenOf(work.hired_at) })] : []),
    ...(work.performance === null
      ? []
      : [t("finances.performance", { points: Math.round(work.performance) })]),
    ...(work.warnings > 0 ? [t("finances.warnings", { count: work.warnings })] : []),
    ...(seeking
      ? [t("finances.jobless", { count: work.jobless_days, hours: Math.round(work.hours_sought) })]
      : []),
    ...(work.artworks > 0 ? [t("finances.artworks", { count: work.artworks })] : []),
  ];
  const rows = [
    ["balance", money(economy.balance)],
    ["status", words?.classes[economy.status]?.[language] ?? economy.status],
    [
      "today",
      t("finances.moved", {
        income: money(economy.income_today),
        expense: money(economy.expense_today),
      }),
    ],
    ["work", told.join(" · ")],
  ] as const;
  return (
    <dl>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`finances.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Loans({ who, world }: { who: number; world: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const path = `/api/agents/${String(who)}/loans?limit=20`;
  const { answer, failure } = useDoor<LoanPage>(path, world);
  const money = (amount: number) => t("yuan", { amount: yuan(amount, language) });
  return (
    <section>
      <h3>{t("finances.loans")}</h3>
      <AnswerStatus answer={answer} failure={failure}>
        {answer?.loans.length === 0 && t("finances.noLoans")}
      </AnswerStatus>
      <ul className="plain">
        {answer?.loans.map((loan) => {
          const lent = loan.lender.id === who;
          const other = lent ? loan.borrower : loan.lender;
          return (
            <li key={loan.id} data-testid="loan">
              {t(lent ? "finances.lent" : "finances.borrowed", {
                name: other.name,
                amount: money(loan.amount),
              })}{" "}
              <span className="small">
                {t(`finances.loan.${loan.state}`, {
                  owed: money(loan.owed),
                  due: whenOf(loan.due_at),
                })}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
