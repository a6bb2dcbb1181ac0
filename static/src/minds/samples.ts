/** What the REST doors tell of minds, for tests. */

import type { Budget, MindsStatus } from "./wire";

export function budget(more: Partial<Budget> = {}): Budget {
  return {
    spent_today_usd: 0.84,
    daily_cap_usd: 6,
    spent_month_usd: 20,
    monthly_cap_usd: 200,
    used: 0.14,
    state: "fine",
    ...more,
  };
}

export function status(more: Partial<MindsStatus> = {}): MindsStatus {
  return {
    residents: 50,
    asking: 3,
    oldest_seconds: 4.2,
    closed: {},
    cadence_minutes: { "deepseek-reasoner": 10, "deepseek-chat": 10 },
    clock_waits: false,
    budget: budget(),
    ...more,
  };
}
