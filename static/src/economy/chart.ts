/** Charts of values over days as points of a drawing. Pure: what draws them is in `panels/Chart.tsx`. */

export const WIDTH = 320;
export const HEIGHT = 120;

export interface Line {
  /** The key of what it shows. */
  name: string;
  values: number[];
}

export interface Scale {
  least: number;
  most: number;
}

/** Between what values a chart goes: round ones around all of these, nothing among them where it is near. */
export function scaleOf(values: number[]): Scale {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return { least: 0, most: 1 };
  let [least, most] = [Math.min(...known), Math.max(...known)];
  if (least > 0 && least < most * 0.6) least = 0;
  if (most < 0) most = 0;
  if (least === most) [least, most] = least === 0 ? [0, 1] : [Math.min(0, least), Math.max(0, most)];
  const step = stepOf(most - least);
  return { least: Math.floor(least / step) * step, most: Math.ceil(most / step) * step };
}

/** A round step of which a span has some four. */
function stepOf(span: number): number {
  const rough = span / 4;
  const ten = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 2.5, 5, 10].map((factor) => factor * ten).find((step) => step >= rough) ?? rough;
}

/** Where a value is on the drawing, from the top. */
export function heightOf(value: number, { least, most }: Scale): number {
  return HEIGHT - ((value - least) / (most - least)) * HEIGHT;
}

/** Where a day is on the drawing, from the left; a single one in the middle. */
export function placeOf(day: number, days: number): number {
  return days < 2 ? WIDTH / 2 : (day / (days - 1)) * WIDTH;
}

/** The points of a line, for `polyline`. */
export function pointsOf(values: number[], scale: Scale): string {
  return values
    .map((value, day) => `${round(placeOf(day, values.length))},${round(heightOf(value, scale))}`)
    .join(" ");
}

/** The mean of the week that ends with each value, or of as much of it as there is. */
export function weekly(values: number[]): number[] {
  return values.map((_, day) => {
    const week = values.slice(Math.max(0, day - 6), day + 1);
    return week.reduce((sum, value) => sum + value, 0) / week.length;
  });
}

/** Shares on top of each other, as areas for `polygon`; the first one is on top. */
export function stackOf(lines: Line[]): { name: string; points: string }[] {
  const scale = { least: 0, most: 1 };
  let floor: number[] = [];
  return [...lines]
    .reverse()
    .map(({ name, values }) => {
      const bottom = floor;
      const top = values.map((value, day) => value + (bottom[day] ?? 0));
      floor = top;
      const back = values.map((_, day) => bottom[day] ?? 0).reverse();
      const days = values.length;
      const under = back.map(
        (value, index) =>
          `${round(placeOf(days - 1 - index, days))},${round(heightOf(value, scale))}`,
      );
      return { name, points: [pointsOf(top, scale), ...under].join(" ") };
    })
    .reverse();
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
