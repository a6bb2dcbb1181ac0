/** Where walkers are: along their path at a constant speed, from departure to arrival. */

import type { Point, Route } from "../wire";

/** The point (px) of a walk at a game time; its ends before it begins and after it is over. */
export function pointOf(route: Pick<Route, "path" | "departs" | "arrives">, time: number): Point {
  const { path, departs, arrives } = route;
  const first = path[0] ?? [0, 0];
  const last = path[path.length - 1] ?? first;
  const part = arrives > departs ? (time - departs) / (arrives - departs) : 1;
  if (part <= 0) return first;
  if (part >= 1) return last;
  const steps = path.slice(1).map((point, index) => {
    const from = path[index] ?? first;
    return Math.hypot(point[0] - from[0], point[1] - from[1]);
  });
  let left = part * steps.reduce((sum, step) => sum + step, 0);
  for (const [index, step] of steps.entries()) {
    const from = path[index] ?? first;
    const to = path[index + 1] ?? last;
    if (left <= step && step > 0) {
      const share = left / step;
      return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
    }
    left -= step;
  }
  return last;
}
