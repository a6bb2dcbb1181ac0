/** The figures of an economy in an order in which they can be read. */

import { percent, type Figure } from "../society/figures";
import type { Language } from "../wire";
import { localeOf, percentOf, yuan } from "./money";
import type { Economy } from "./wire";

/** How the town does now; what its last day came to, only if one was settled. */
export function meansOf(
  economy: Economy,
  language: Language,
): (Figure & { isMoney: boolean })[] {
  const { last_day: last } = economy;
  const figure = (name: string, value: string) => ({ name, value, isMoney: false });
  const money = (name: string, value: number) => ({
    name,
    value: yuan(Math.round(value), language),
    isMoney: true,
  });
  const decimal = (value: number) =>
    value.toLocaleString(localeOf(language), { maximumFractionDigits: 2 });
  return [
    money("wealth", economy.wealth_total),
    money("mean", economy.wealth_mean),
    figure("gini", decimal(economy.gini)),
    figure("unemployment", percent(economy.unemployment, language)),
    figure("employed", String(economy.employed)),
    figure("seekers", String(economy.seekers)),
    figure("price", percentOf(economy.price_level, language)),
    figure("rent", percentOf(economy.rent_level, language)),
    figure("businesses", String(economy.businesses)),
    ...(economy.closed_businesses > 0
      ? [figure("closed", String(economy.closed_businesses))]
      : []),
    ...(last
      ? [
          money("income", last.income),
          money("spending", last.spending),
          figure("velocity", decimal(last.velocity)),
        ]
      : []),
  ];
}
