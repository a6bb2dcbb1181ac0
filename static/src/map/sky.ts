/** The sky over the map: the light of the hour, and rain. */

import { Container, Graphics } from "pixi.js";

/** Hour of the day, colour by which the map is multiplied. */
const LIGHT: readonly [number, number][] = [
  [0, 0x5a6aa8],
  [4.5, 0x5a6aa8],
  [6, 0xd9b8a8],
  [7.5, 0xffffff],
  [17.5, 0xffffff],
  [19.5, 0xf0b890],
  [21.5, 0x7a80b8],
  [24, 0x5a6aa8],
];

const DROPS = 90;

export class Sky {
  readonly layer = new Container();
  private readonly light = new Graphics();
  private readonly rain = new Graphics();
  private shown = -1;

  constructor() {
    this.light.blendMode = "multiply";
    this.layer.addChild(this.light, this.rain);
  }

  /** Draw the light of a second of the day over so many px, and rain if there is some. */
  draw(second: number, raining: boolean, width: number, height: number, now: number): void {
    const color = lightAt(second / 3600);
    this.light.visible = color !== 0xffffff;
    if (color !== this.shown || this.light.width !== width || this.light.height !== height) {
      this.light.clear().rect(0, 0, width, height).fill(color);
      this.shown = color;
    }
    this.rain.clear();
    if (!raining) return;
    for (let drop = 0; drop < DROPS; drop += 1) {
      const x = (drop * 97.3 + now * 0.05) % width;
      const y = (drop * 61.7 + now * (0.5 + (drop % 5) * 0.06)) % height;
      this.rain.moveTo(x, y).lineTo(x - 3, y + 11);
    }
    this.rain.stroke({ width: 1.4, color: 0xcfe3f2, alpha: 0.6 });
  }
}

function lightAt(hour: number): number {
  const index = Math.max(1, LIGHT.findIndex(([at]) => at >= hour));
  const [from, dark] = LIGHT[index - 1] ?? [0, 0xffffff];
  const [to, bright] = LIGHT[index] ?? [24, 0xffffff];
  const part = to > from ? (hour - from) / (to - from) : 0;
  const mix = (shift: number) => {
    const [a, b] = [(dark >> shift) & 255, (bright >> shift) & 255];
    return Math.round(a + (b - a) * part) << shift;
  };
  return mix(16) | mix(8) | mix(0);
}
