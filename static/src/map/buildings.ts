/** Buildings: walls, roofs and a sign with the name, for every place that has a roof. */

import { Container, Graphics, Text } from "pixi.js";

import type { Language, Place } from "../wire";
import { hash, INK, pick, roofOf, WALLS } from "./palette";

const FONT = 'Inter, "Segoe UI", Helvetica, Arial, "Noto Sans CJK SC", "PingFang SC", sans-serif';

/** px of the view that a place must be wide to have its name written. */
const READABLE = 34;

export class Buildings {
  readonly layer = new Container();
  readonly signs = new Container();
  /** The widest places first: where two names would overlap, theirs is written. */
  private readonly labels: [Place, Text][] = [];
  private written = "";

  constructor(places: Iterable<Place>) {
    for (const place of places) {
      if (!place.outdoor) this.layer.addChild(building(place));
      const label = new Text({
        text: "",
        style: {
          fontFamily: FONT,
          fontSize: 17,
          fontWeight: "600",
          fill: INK,
          stroke: { color: 0xf7f3e9, width: 4, join: "round" },
        },
        anchor: { x: 0.5, y: 1 },
        x: place.x + place.width / 2,
        y: place.y - 4,
      });
      this.labels.push([place, label]);
      this.signs.addChild(label);
    }
    this.labels.sort(([one], [other]) => other.width - one.width);
  }

  /** Write the signs in a language, as large as they can be read at this zoom, none across another. */
  write(language: Language, zoom: number): void {
    const asked = `${language} ${String(zoom)}`;
    if (asked === this.written) return;
    this.written = asked;
    const size = Math.min(2.2, Math.max(0.8, 0.72 / zoom));
    const written: Text[] = [];
    for (const [place, label] of this.labels) {
      label.text = place.name[language];
      label.scale.set(size);
      label.visible =
        place.width * zoom > READABLE && !written.some((other) => overlap(label, other));
      if (label.visible) written.push(label);
    }
  }
}

/** Whether two signs, each centred above its place, share any part of the map. */
function overlap(one: Text, other: Text): boolean {
  return (
    2 * Math.abs(one.x - other.x) < one.width + other.width &&
    2 * Math.abs(one.y - other.y) < one.height + other.height
  );
}

function building(place: Place): Graphics {
  const { x, y, width, height } = place;
  const front = Math.min(46, height * 0.42);
  const roof = roofOf(place);
  const wall = pick(WALLS, hash(place.id));
  const drawn = new Graphics();
  drawn.roundRect(x + 8, y + 10, width, height, 6).fill({ color: INK, alpha: 0.16 });
  drawn.rect(x, y + height - front, width, front).fill(wall);
  windows(drawn, place, front);
  drawn.roundRect(x - 5, y - 4, width + 10, height - front + 8, 5).fill(roof);
  drawn.rect(x - 5, y + (height - front) / 2, width + 10, 3).fill({ color: 0xffffff, alpha: 0.28 });
  drawn
    .rect(x - 5, y + (height - front) / 2 + 3, width + 10, (height - front) / 2 + 1)
    .fill({ color: INK, alpha: 0.12 });
  drawn
    .roundRect(x + width / 2 - 8, y + height - 24, 16, 24, 2)
    .fill(0x7d5a3c);
  return drawn;
}

function windows(drawn: Graphics, { x, y, width, height }: Place, front: number): void {
  const count = Math.max(2, Math.floor(width / 34));
  const step = width / count;
  for (let index = 0; index < count; index += 1) {
    const left = x + step * (index + 0.5) - 6;
    if (Math.abs(left + 6 - x - width / 2) < 16) continue;
    drawn.rect(left, y + height - front + 12, 12, 14).fill(0xbfdce8);
    drawn.rect(left, y + height - front + 12, 12, 14).stroke({ width: 2, color: 0xffffff });
  }
}
