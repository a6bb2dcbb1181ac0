/** The ground of the town: meadows, roads, ponds and trees, drawn once. */

import { Container, Graphics } from "pixi.js";

import type { Box, Place, TownMap } from "../wire";
import { GROUND, hash, INK, KERB, pick, ROAD, WATER } from "./palette";

const TREES = 260;

export function drawGround(map: TownMap, places: Iterable<Place>): Container {
  const ground = new Container();
  const all = [...places];
  for (let district = 0; district < map.districts; district += 1) {
    const x = (district % map.columns) * map.width;
    const y = Math.floor(district / map.columns) * map.height;
    const part = new Container({ x, y });
    part.addChild(meadows(map), roads(map), ponds(map.ponds));
    const near = all
      .filter((place) => inside(place, { x, y, width: map.width, height: map.height }))
      .map((place) => ({ ...place, x: place.x - x, y: place.y - y }));
    part.addChild(lawns(near), trees(map, near, district));
    ground.addChild(part);
  }
  return ground;
}

function meadows(map: TownMap): Graphics {
  const meadow = new Graphics().rect(0, 0, map.width, map.height).fill(GROUND[0]);
  for (const [index, zone] of map.zones.entries()) {
    meadow
      .roundRect(zone.x, zone.y, zone.width, zone.height, 40)
      .fill({ color: pick(GROUND, index + 1), alpha: 0.7 });
  }
  return meadow;
}

function roads(map: TownMap): Graphics {
  const drawn = new Graphics();
  for (const [margin, color] of [[10, KERB], [0, ROAD]] as const) {
    for (const { points, width } of map.roads) {
      drawn.poly(points.flat(), false).stroke({
        width: width + margin,
        color,
        cap: "round",
        join: "round",
      });
    }
  }
  for (const { points } of map.roads) {
    for (const [index, to] of points.entries()) {
      const from = points[index - 1];
      if (from) dashes(drawn, from, to);
    }
  }
  return drawn;
}

function dashes(drawn: Graphics, from: [number, number], to: [number, number]): void {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  for (let at = 20; at + 16 < length; at += 44) {
    const [a, b] = [at / length, (at + 16) / length];
    drawn
      .moveTo(from[0] + (to[0] - from[0]) * a, from[1] + (to[1] - from[1]) * a)
      .lineTo(from[0] + (to[0] - from[0]) * b, from[1] + (to[1] - from[1]) * b)
      .stroke({ width: 2, color: 0xe8e4d8, alpha: 0.7 });
  }
}

function ponds(boxes: Box[]): Graphics {
  const drawn = new Graphics();
  for (const { x, y, width, height } of boxes) {
    drawn.ellipse(x + width / 2, y + height / 2, width / 2 + 6, height / 2 + 6).fill(0xcbd8a2);
    drawn.ellipse(x + width / 2, y + height / 2, width / 2, height / 2).fill(WATER);
    drawn.ellipse(x + width * 0.4, y + height * 0.35, width / 5, height / 8).fill(0x9ad0e6);
  }
  return drawn;
}

function lawns(places: Place[]): Graphics {
  const drawn = new Graphics();
  for (const { x, y, width, height, outdoor, kind } of places) {
    if (!outdoor) continue;
    const paved = kind === "plaza";
    drawn.roundRect(x, y, width, height, 24).fill(paved ? 0xd8cdb4 : 0x8fbf6c);
    if (paved) {
      drawn.circle(x + width / 2, y + height / 2, 34).fill(0xc6b998);
      drawn.circle(x + width / 2, y + height / 2, 22).fill(WATER);
    }
    drawn.roundRect(x, y, width, height, 24).stroke({ width: 3, color: 0xffffff, alpha: 0.35 });
  }
  return drawn;
}

function trees(map: TownMap, places: Place[], district: number): Graphics {
  const drawn = new Graphics();
  for (let index = 0; index < TREES; index += 1) {
    const luck = hash(index * 2 + district * 7919 + 1);
    const x = luck % map.width;
    const y = hash(luck) % map.height;
    const spot = { x: x - 26, y: y - 40, width: 52, height: 60 };
    if (places.some((place) => !place.outdoor && overlaps(place, spot))) continue;
    if (map.ponds.some((pond) => overlaps(pond, spot)) || nearRoad(map, x, y)) continue;
    const size = 11 + (luck % 8);
    drawn.ellipse(x + 3, y + 4, size, size / 2.4).fill({ color: INK, alpha: 0.14 });
    drawn.rect(x - 2, y - size / 2, 4, size / 2 + 4).fill(0x8a6a45);
    drawn.circle(x, y - size, size).fill(pick([0x6b9a4c, 0x5f8f45, 0x7aa65a] as const, luck));
    drawn.circle(x - size / 3, y - size * 1.25, size / 2.2).fill({ color: 0xffffff, alpha: 0.12 });
  }
  return drawn;
}

function nearRoad(map: TownMap, x: number, y: number): boolean {
  return map.roads.some(({ points, width }) =>
    points.some((to, index) => {
      const from = points[index - 1];
      return from !== undefined && distance(from, to, x, y) < width / 2 + 24;
    }),
  );
}

function distance(from: [number, number], to: [number, number], x: number, y: number): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(x - from[0] - dx * part, y - from[1] - dy * part);
}

function overlaps(box: Box, other: Box): boolean {
  return (
    box.x < other.x + other.width &&
    other.x < box.x + box.width &&
    box.y < other.y + other.height &&
    other.y < box.y + box.height
  );
}

function inside(box: Box, frame: Box): boolean {
  return (
    box.x >= frame.x &&
    box.x < frame.x + frame.width &&
    box.y >= frame.y &&
    box.y < frame.y + frame.height
  );
}
