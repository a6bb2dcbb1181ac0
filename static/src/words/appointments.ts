/** Appointments as sentences: which one, by what it is and what came of it. */

import type { TownEvent } from "../wire";

/** The key, in `sentence`, of what somebody has agreed to or means to do. */
export function appointmentKeyOf({ other, news }: Partial<TownEvent>): string {
  if (news !== undefined) return other ? "appointment.gathering" : "appointment.host";
  return other ? "appointment.two" : "appointment.alone";
}

/** The key, in `sentence`, of what came of it. */
export function outcomeKeyOf({ other, news, reason = "" }: Partial<TownEvent>): string {
  const kept = reason === "kept";
  const key = () => {
    if (news !== undefined) {
      if (other) return kept ? "came" : "stayed_away";
      return kept ? "gave" : "gave_none";
    }
    if (other) return reason;
    return kept ? "followed" : "dropped";
  };
  return `appointment_over.${key()}`;
}
