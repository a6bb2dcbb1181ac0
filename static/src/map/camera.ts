/** The camera: which part of the map is seen, and how large. */

import type { Container } from "pixi.js";

import type { Point } from "../wire";

const CLOSEST = 3;
const STEP = 1.25;

export class Camera {
  zoom = 1;
  private x = 0;
  private y = 0;
  private width = 1;
  private height = 1;

  constructor(
    private readonly world: Container,
    private readonly mapWidth: number,
    private readonly mapHeight: number,
  ) {
    this.x = mapWidth / 2;
    this.y = mapHeight / 2;
  }

  /** The view has another size, px. The first time the whole town is shown. */
  resize(width: number, height: number): void {
    const first = this.width === 1;
    [this.width, this.height] = [width, height];
    if (first) this.showAll();
    else this.apply();
  }

  showAll(): void {
    this.zoom = this.widest();
    [this.x, this.y] = [this.mapWidth / 2, this.mapHeight / 2];
    this.apply();
  }

  /** Zoom in (above 0) or out by steps, about a point of the view or its middle. */
  zoomBy(steps: number, about: Point = [this.width / 2, this.height / 2]): void {
    const before = this.toMap(about);
    this.zoom = Math.min(CLOSEST, Math.max(this.widest(), this.zoom * STEP ** steps));
    const after = this.toMap(about);
    this.x += before[0] - after[0];
    this.y += before[1] - after[1];
    this.apply();
  }

  /** Move by px of the view. */
  pan(right: number, down: number): void {
    this.x += right / this.zoom;
    this.y += down / this.zoom;
    this.apply();
  }

  /** Look at a point of the map. */
  lookAt([x, y]: Point, zoom = this.zoom): void {
    this.zoom = Math.max(zoom, this.widest());
    [this.x, this.y] = [x, y];
    this.apply();
  }

  toMap([left, top]: Point): Point {
    return [
      this.x + (left - this.width / 2) / this.zoom,
      this.y + (top - this.height / 2) / this.zoom,
    ];
  }

  private widest(): number {
    return Math.min(this.width / this.mapWidth, this.height / this.mapHeight);
  }

  private apply(): void {
    this.x = Math.min(this.mapWidth, Math.max(0, this.x));
    this.y = Math.min(this.mapHeight, Math.max(0, this.y));
    this.world.scale.set(this.zoom);
    this.world.position.set(
      this.width / 2 - this.x * this.zoom,
      this.height / 2 - this.y * this.zoom,
    );
  }
}
