/** What the REST doors of money tell; specs/06-api-design.md says what it means. Sums are in yuan. */

import type { Person } from "../talk/wire";

export interface Economy {
  wealth_total: number;
  wealth_mean: number;
  gini: number;
  employed: number;
  seekers: number;
  unemployment: number;
  by_class: Record<string, number>;
  price_level: number;
  rent_level: number;
  businesses: number;
  closed_businesses: number;
  /** Null while no day was settled. */
  last_day: {
    day: string;
    income: number;
    spending: number;
    velocity: number;
    hours_worked: number;
    arrivals: number;
    departures: number;
  } | null;
}

export interface TimeSeries {
  world_time: string;
  days: string[];
  series: Record<string, { unit: string; values: number[] }>;
}

export interface Cause {
  kind: string;
  at: string | null;
  day: string | null;
  loan: number | null;
  event: number | null;
}

export interface Transaction {
  seq: number;
  time: string;
  amount: number;
  balance: number;
  counterparty: Person;
  category: string;
  location: Person | null;
  activity: string | null;
  activity_name: string | null;
  cause: Cause;
}

export interface TransactionPage {
  total: number;
  transactions: Transaction[];
}

export interface Loan {
  id: number;
  lender: Person;
  borrower: Person;
  amount: number;
  owed: number;
  due_at: string;
  state: "active" | "paid" | "defaulted";
}

export interface LoanPage {
  total: number;
  loans: Loan[];
}

export interface Business {
  id: number;
  name: string;
  location: Person;
  owner: Person | null;
  trading: boolean;
  closed_at: string | null;
  price_level: number;
  balance: number;
  sales_today: number;
  customers_today: number;
  days_in_debt: number;
  posts: number;
  staff: number;
}

export interface BusinessPage {
  total: number;
  businesses: Business[];
}

/** What a profile tells of somebody's means and work. */
export interface Detail {
  id: number;
  name: string;
  age: number;
  occupation: string;
  departed: { at: string; reason: string; text: string } | null;
  profile: { workplace: Person | null };
  state: {
    economy: { balance: number; income_today: number; expense_today: number; status: string };
    work: {
      /** Null of whoever is not paid for any work. */
      performance: number | null;
      warnings: number;
      hired_at: string | null;
      hours_sought: number;
      jobless_days: number;
      artworks: number;
    };
  };
}
