/** The map: draws the town as it is at every moment, and says what was clicked. */

import "pixi.js/unsafe-eval";
import { Application, Container } from "pixi.js";

import type { Selected } from "../store";
import { dayOf, shownTime, type HeardClock } from "../town/clock";
import type { Town } from "../town/state";
import type { Language, Point } from "../wire";
import { Bubbles } from "./bubbles";
import { Buildings } from "./buildings";
import { Camera } from "./camera";
import { drawGround } from "./ground";
import { People } from "./people";
import { Sky } from "./sky";

const CLICK_WITHIN = 5;
const CLOSE_UP = 1.1;
const PAN_STEP = 80;

/** What the map asks of the page at every moment. */
export interface Look {
  heard: HeardClock | null;
  language: Language;
  selected: Selected;
  following: boolean;
}

export class TownMap {
  private readonly app = new Application();
  private readonly sky = new Sky();
  private world = new Container();
  private camera: Camera | null = null;
  private people: People | null = null;
  private bubbles: Bubbles | null = null;
  private buildings: Buildings | null = null;
  private town: Town | null = null;
  private time = 0;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly look: () => Look,
    private readonly onSelect: (selected: Selected) => void,
  ) {}

  /** Begin to draw into an element. `low`: for slow machines. */
  async start(host: HTMLElement, low: boolean): Promise<void> {
    await this.app.init({
      resizeTo: host,
      background: 0x86b368,
      antialias: !low,
      resolution: low ? 1 : Math.min(2, window.devicePixelRatio),
      autoDensity: true,
      preference: "webgl",
      preserveDrawingBuffer: low,
    });
    this.app.canvas.setAttribute("aria-hidden", "true");
    host.append(this.app.canvas);
    this.app.stage.addChild(this.world, this.sky.layer);
    this.app.ticker.add(() => {
      this.draw();
    });
    document.addEventListener("visibilitychange", this.rest);
    this.listen(host);
  }

  stop(): void {
    this.stopListening();
    document.removeEventListener("visibilitychange", this.rest);
    this.app.destroy({ removeView: true }, { children: true });
  }

  /** Show another town, or the same one anew; the camera stays where it was on the same map. */
  show(town: Town): void {
    const { map } = town.snapshot;
    this.people?.destroy();
    this.bubbles?.destroy();
    const across = map.columns * map.width;
    const down = Math.ceil(map.districts / map.columns) * map.height;
    const known = this.town?.epoch === town.epoch;
    this.town = town;
    this.people = new People(this.app.renderer, town);
    this.bubbles = new Bubbles(town, (id) => {
      const resident = town.residents.get(id);
      return resident && this.people ? this.people.pointOf(resident, this.time) : null;
    });
    if (known && this.buildings) {
      this.world.addChildAt(this.people.layer, 2);
      this.world.addChild(this.bubbles.layer);
      return;
    }
    this.world.destroy({ children: true });
    this.world = new Container();
    this.app.stage.addChildAt(this.world, 0);
    this.buildings = new Buildings(town.places.values());
    this.world.addChild(drawGround(map, town.places.values()));
    this.world.addChild(this.buildings.layer, this.people.layer, this.buildings.signs);
    this.world.addChild(this.bubbles.layer);
    this.camera = new Camera(this.world, across, down);
  }

  zoom(steps: number): void {
    this.camera?.zoomBy(steps);
  }

  showAll(): void {
    this.camera?.showAll();
  }

  /** Bring somebody or something into the middle. */
  centre(selected: Selected): void {
    const point = this.pointOf(selected);
    if (point && this.camera) this.camera.lookAt(point, Math.max(this.camera.zoom, CLOSE_UP));
  }

  private readonly rest = () => {
    if (document.hidden) this.app.ticker.stop();
    else this.app.ticker.start();
  };

  private draw(): void {
    const { heard, language, selected, following } = this.look();
    if (!this.town || !this.camera || !heard) return;
    const { width, height } = this.app.screen;
    const now = performance.now();
    this.time = shownTime(heard, now);
    this.camera.resize(width, height);
    const chosen = selected?.kind === "resident" ? selected.id : null;
    if (following) {
      const point = this.pointOf(selected);
      if (point) this.camera.lookAt(point);
    }
    this.people?.place(this.time, this.camera.zoom, chosen);
    this.buildings?.write(language, this.camera.zoom);
    this.bubbles?.place(this.time, this.camera.zoom, language);
    const raining = this.town.weather.kind === "rain" && !heard.clock.paused;
    this.sky.draw(dayOf(this.time).second, raining, width, height, now);
    document.documentElement.dataset["ready"] = "true";
  }

  private pointOf(selected: Selected): Point | null {
    if (selected?.kind === "place") {
      const place = this.town?.places.get(selected.id);
      return place ? [place.x + place.width / 2, place.y + place.height / 2] : null;
    }
    const resident = selected && this.town?.residents.get(selected.id);
    return (resident && this.people?.pointOf(resident, this.time)) ?? null;
  }

  private listen(host: HTMLElement): void {
    const canvas = this.app.canvas;
    const pointers = new Map<number, Point>();
    let moved = 0;
    const apart = () => {
      const [a, b] = [...pointers.values()];
      return a && b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 0;
    };
    const down = (event: PointerEvent) => {
      canvas.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
      moved = 0;
    };
    const move = (event: PointerEvent) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const wide = apart();
      pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
      moved += Math.hypot(event.offsetX - before[0], event.offsetY - before[1]);
      if (pointers.size === 2 && wide > 0) {
        this.camera?.zoomBy(Math.log(apart() / wide) / Math.log(1.25));
      } else {
        this.camera?.pan(before[0] - event.offsetX, before[1] - event.offsetY);
      }
    };
    const up = (event: PointerEvent) => {
      if (pointers.delete(event.pointerId) && moved < CLICK_WITHIN && event.type === "pointerup") {
        this.click([event.offsetX, event.offsetY]);
      }
    };
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      this.camera?.zoomBy(-event.deltaY / 200, [event.offsetX, event.offsetY]);
    };
    const key = (event: KeyboardEvent) => {
      const steps: Record<string, () => void> = {
        ArrowLeft: () => this.camera?.pan(-PAN_STEP, 0),
        ArrowRight: () => this.camera?.pan(PAN_STEP, 0),
        ArrowUp: () => this.camera?.pan(0, -PAN_STEP),
        ArrowDown: () => this.camera?.pan(0, PAN_STEP),
        "+": () => this.camera?.zoomBy(1),
        "=": () => this.camera?.zoomBy(1),
        "-": () => this.camera?.zoomBy(-1),
        "0": () => this.camera?.showAll(),
      };
      const step = steps[event.key];
      if (!step || event.target !== host) return;
      event.preventDefault();
      step();
    };
    canvas.addEventListener("pointerdown", down);
    canvas.addEventListener("pointermove", move);
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
    canvas.addEventListener("wheel", wheel, { passive: false });
    host.addEventListener("keydown", key);
    this.stopListening = () => {
      host.removeEventListener("keydown", key);
    };
  }

  private click(at: Point): void {
    if (!this.camera || !this.town || !this.people) return;
    const point = this.camera.toMap(at);
    const resident = this.people.at(point, this.time, this.camera.zoom);
    if (resident) {
      this.onSelect({ kind: "resident", id: resident.id });
      return;
    }
    const [x, y] = point;
    const place = [...this.town.places.values()].find(
      (each) =>
        x >= each.x && x <= each.x + each.width && y >= each.y && y <= each.y + each.height,
    );
    this.onSelect(place ? { kind: "place", id: place.id } : null);
  }
}
