/** Bubbles over the heads of those who talk: what was said last, or that they think of what to say. */

import { Container, Graphics, Text } from "pixi.js";

import "./breaks";
import type { Town } from "../town/state";
import type { Conversation, Language, Point } from "../wire";
import { INK } from "./palette";
import { TALL } from "./people";

/** px on the screen. */
const WIDE = 168;
const PAD = 7;
const AT_MOST = 14;
const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans CJK SC", "PingFang SC", sans-serif';

/** Game seconds for which a sentence stays over a head. */
const STAYS = 150;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

class Bubble {
  readonly layer = new Container();
  readonly more = new Container();
  private readonly paper = new Graphics();
  private readonly text: Text;
  private shown = "";

  constructor() {
    this.text = new Text({
      text: "",
      style: {
        fontFamily: FONT,
        fontSize: 12,
        lineHeight: 16,
        fill: INK,
        wordWrap: true,
        wordWrapWidth: WIDE - 2 * PAD,
        breakWords: true,
      },
      resolution: 2,
    });
    this.text.position.set(PAD, PAD - 2);
    this.layer.addChild(this.paper, this.text);
    const dots = new Graphics().roundRect(-11, -7, 22, 12, 6).fill(0xffffff).stroke({ width: 1.2, color: INK });
    for (const x of [-5, 0, 5]) dots.circle(x, -1, 1.6).fill(INK);
    this.more.addChild(dots);
  }

  write(text: string): void {
    if (text === this.shown) return;
    this.shown = text;
    this.text.text = text;
    const { width, height } = this.size;
    this.paper.clear().roundRect(0, 0, width, height, 8).fill({ color: 0xffffff, alpha: 0.96 });
    this.paper.stroke({ width: 1.2, color: INK });
  }

  get size(): { width: number; height: number } {
    return { width: this.text.width + 2 * PAD, height: this.text.height + 2 * PAD - 4 };
  }
}

export class Bubbles {
  readonly layer = new Container();
  private readonly bubbles = new Map<string, Bubble>();

  constructor(
    private readonly town: Town,
    private readonly pointOf: (resident: number) => Point | null,
  ) {}

  /** Write what was said last; the newest first, each beside the others. */
  place(time: number, zoom: number, language: Language): void {
    const said = [...this.town.conversations.values()]
      .filter(({ latest, thinking }) => thinking || (latest && time - latest.at < STAYS))
      .sort((a, b) => (b.latest?.at ?? 0) - (a.latest?.at ?? 0));
    for (const [id, { layer, more }] of this.bubbles) {
      layer.visible = more.visible = false;
      if (this.town.conversations.has(id)) continue;
      layer.destroy({ children: true });
      more.destroy({ children: true });
      this.bubbles.delete(id);
    }
    const taken: Box[] = [];
    for (const [index, each] of said.entries()) this.show(each, index, zoom, language, taken);
  }

  private show(
    { id, latest, thinking }: Conversation,
    index: number,
    zoom: number,
    language: Language,
    taken: Box[],
  ): void {
    const point = this.pointOf(thinking || (latest?.speaker ?? 0));
    if (!point) return;
    const bubble = this.bubbleOf(id);
    const [x, y] = [point[0] * zoom, (point[1] - TALL) * zoom - 6];
    if (thinking || !latest) {
      bubble.more.visible = true;
      put(bubble.more, x, y, zoom);
      return;
    }
    bubble.write(latest.text[language]);
    const { width, height } = bubble.size;
    const spots: Point[] = [
      [x - width / 2, y - height],
      [x + 8, y - height / 2],
      [x - width - 8, y - height / 2],
      [x - width / 2, y - 2 * height - 4],
    ];
    const free = spots.find(([left, top]) =>
      taken.every((box) => apart(box, { x: left, y: top, width, height })),
    );
    const full = free !== undefined && index < AT_MOST;
    bubble.layer.visible = full;
    bubble.more.visible = !full;
    const place = full ? bubble.layer : bubble.more;
    const [left, top] = full ? free : [x, y];
    put(place, left, top, zoom);
    if (full) taken.push({ x: left, y: top, width, height });
  }

  private bubbleOf(id: string): Bubble {
    let bubble = this.bubbles.get(id);
    if (!bubble) {
      bubble = new Bubble();
      this.bubbles.set(id, bubble);
      this.layer.addChild(bubble.more, bubble.layer);
    }
    return bubble;
  }

  destroy(): void {
    this.layer.destroy({ children: true });
  }
}

/** Put something at a point of the screen, as large at every zoom. */
function put(what: Container, x: number, y: number, zoom: number): void {
  what.scale.set(1 / zoom);
  what.position.set(x / zoom, y / zoom);
}

function apart(a: Box, b: Box): boolean {
  return a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y || b.y + b.height < a.y;
}
