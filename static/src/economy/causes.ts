/** What a movement of money comes from, in the reader's language. */

import type { TFunction } from "i18next";

import { whenOf } from "../words/thoughts";
import type { Transaction } from "./wire";

export function causeOf({ cause, activity_name, location }: Transaction, t: TFunction): string {
  return t(`finances.cause.${cause.kind}`, {
    at: whenOf(cause.at ?? ""),
    day: cause.day?.slice(5),
    loan: cause.loan,
    activity: activity_name ?? "",
    place: location?.name ?? "",
  });
}
