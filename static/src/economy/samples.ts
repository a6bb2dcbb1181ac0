/** Answers of the doors of money, for tests. */

import type { Economy, TimeSeries, Transaction } from "./wire";

export function economy(told: Partial<Economy> = {}): Economy {
  return {
    wealth_total: 512345.67,
    wealth_mean: 10246.91,
    gini: 0.314,
    employed: 40,
    seekers: 5,
    unemployment: 0.111,
    by_class: { wealthy: 5, stable: 30, tight: 10, struggling: 4, "in-debt": 1 },
    price_level: 1.04,
    rent_level: 0.98,
    businesses: 12,
    closed_businesses: 0,
    last_day: {
      day: "2026-03-02",
      income: 12000,
      spending: 11000,
      velocity: 0.023,
      hours_worked: 300,
      arrivals: 1,
      departures: 0,
    },
    ...told,
  };
}

export function series(told: TimeSeries["series"] = {}): TimeSeries {
  return {
    world_time: "2026-03-05T01:00:00",
    days: ["2026-03-02", "2026-03-03", "2026-03-04"],
    series: {
      income: { unit: "yuan", values: [1000, 1200, 900] },
      spending: { unit: "yuan", values: [800, 1100, 950] },
      gini: { unit: "part", values: [0.2, 0.25, 0.31] },
      share_wealthy: { unit: "part", values: [0.1, 0.2, 0.25] },
      share_stable: { unit: "part", values: [0.9, 0.8, 0.75] },
      ...told,
    },
  };
}

export function transaction(told: Partial<Transaction> = {}): Transaction {
  return {
    seq: 7,
    time: "2026-03-02T12:10:00",
    amount: -50,
    balance: 950,
    counterparty: { id: 20, name: "Cafe" },
    category: "purchase",
    location: { id: 3, name: "the Cafe" },
    activity: "eat",
    activity_name: "eating",
    cause: { kind: "activity", at: "2026-03-02T12:10:00", day: null, loan: null, event: 6 },
    ...told,
  };
}
