/** People on the map: where each of them is drawn at a moment, as sprites of one texture. */

import { Container, Graphics, Sprite, type Renderer, type Texture } from "pixi.js";

import type { Resident, Town } from "../town/state";
import { pointOf } from "../town/walking";
import type { Place, Point } from "../wire";
import { ACCENT, hash, INK, pick, SHIRTS } from "./palette";

/** px on the map from a person's feet to the top of the head. */
export const TALL = 26;

export class People {
  readonly layer = new Container({ sortableChildren: true });
  private readonly sprites = new Map<number, Sprite>();
  private readonly ring = new Graphics().ellipse(0, 0, 15, 8).stroke({ width: 4, color: ACCENT });
  private readonly texture: Texture;
  private readonly bubble: Texture;
  /** Over the heads of those who are or were thinking. */
  private readonly bubbles = new Map<number, Sprite>();

  constructor(
    renderer: Renderer,
    private readonly town: Town,
  ) {
    this.texture = renderer.generateTexture({ target: figure(), resolution: 3 });
    this.bubble = renderer.generateTexture({ target: thinking(), resolution: 3 });
    this.layer.addChild(this.ring);
  }

  /** Put everybody where they are at a game time; `zoom` keeps them large enough to be seen. */
  place(time: number, zoom: number, selected: number | null): void {
    const size = Math.min(2.4, Math.max(1, 0.62 / zoom));
    this.ring.visible = false;
    for (const resident of this.town.residents.values()) {
      const sprite = this.sprites.get(resident.id) ?? this.welcome(resident.id);
      const [x, y] = this.pointOf(resident, time);
      sprite.position.set(x, y);
      sprite.scale.set(size);
      sprite.zIndex = y;
      sprite.alpha = resident.activity === "sleep" ? 0.55 : 1;
      this.think(resident, sprite);
      if (resident.id === selected) {
        this.ring.visible = true;
        this.ring.position.set(x, y - 1);
        this.ring.scale.set(size);
        this.ring.zIndex = y - 1;
      }
    }
    if (this.sprites.size > this.town.residents.size) this.takeAway();
  }

  /** Where somebody is drawn, px on the map. */
  pointOf(resident: Resident, time: number): Point {
    if (resident.route) return pointOf(resident.route, time);
    const place = this.town.places.get(resident.place);
    return place ? spotIn(place, resident.id) : beside([resident.x, resident.y], resident.id);
  }

  /** Who is drawn nearest to a point of the map, within reach. */
  at([x, y]: Point, time: number, zoom: number): Resident | null {
    let nearest: Resident | null = null;
    let best = 24 / zoom;
    for (const resident of this.town.residents.values()) {
      const [left, feet] = this.pointOf(resident, time);
      const distance = Math.hypot(left - x, feet - TALL / 2 - y);
      if (distance < best) [nearest, best] = [resident, distance];
    }
    return nearest;
  }

  destroy(): void {
    this.layer.destroy({ children: true });
    this.texture.destroy(true);
    this.bubble.destroy(true);
  }

  private welcome(id: number): Sprite {
    const sprite = new Sprite({ texture: this.texture, anchor: { x: 0.5, y: 1 } });
    sprite.tint = pick(SHIRTS, hash(id));
    this.sprites.set(id, sprite);
    this.layer.addChild(sprite);
    return sprite;
  }

  /** Nobody is drawn who has moved away. */
  private takeAway(): void {
    for (const sprites of [this.sprites, this.bubbles]) {
      for (const [id, sprite] of sprites) {
        if (this.town.residents.has(id)) continue;
        sprite.destroy();
        sprites.delete(id);
      }
    }
  }

  private think({ id, thinking }: Resident, { x, y, scale }: Sprite): void {
    let sprite = this.bubbles.get(id);
    if (thinking > 0 && !sprite) {
      sprite = new Sprite({ texture: this.bubble, anchor: { x: 0.5, y: 1 } });
      this.bubbles.set(id, sprite);
      this.layer.addChild(sprite);
    }
    if (!sprite) return;
    sprite.visible = thinking > 0;
    sprite.position.set(x, y - (TALL + 2) * scale.y);
    sprite.scale.set(scale.x);
    sprite.zIndex = y + 1;
  }
}

/** A spot of one's own: all over an open place, along the front of a building. */
function spotIn(place: Place, id: number): Point {
  const luck = hash(id * 31 + place.id);
  const across = 10 + (luck % Math.max(1, place.width - 20));
  const down = place.outdoor
    ? 20 + (hash(luck) % Math.max(1, place.height - 28))
    : place.height - 2 + (hash(luck) % 14);
  return [place.x + across, place.y + down];
}

function beside([x, y]: Point, id: number): Point {
  const luck = hash(id);
  return [x - 8 + (luck % 17), y - 4 + (hash(luck) % 9)];
}

function figure(): Container {
  const drawn = new Graphics();
  drawn.ellipse(10, 25, 8, 3).fill({ color: INK, alpha: 0.25 });
  drawn.roundRect(3.5, 10, 13, 15, 5).fill(0xffffff).stroke({ width: 1.5, color: INK });
  drawn.circle(10, 6.5, 5.5).fill(0xffe6cf).stroke({ width: 1.5, color: INK });
  return drawn;
}

function thinking(): Container {
  const drawn = new Graphics();
  drawn.poly([9, 11, 15, 11, 12, 16]).fill(0xffffff).stroke({ width: 1.5, color: INK });
  drawn.roundRect(1, 1, 22, 11, 5.5).fill(0xffffff).stroke({ width: 1.5, color: INK });
  for (const x of [6.5, 12, 17.5]) drawn.circle(x, 6.5, 1.8).fill(INK);
  return drawn;
}
