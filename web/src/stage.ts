// The canvas: vis-network keeps the camera, the gestures and the nodes that can be dragged; the passes of draw.ts draw.

import { DataSet } from "vis-data/peer";
import { Network } from "vis-network/peer";
import { bendPoint, drawFrame, type Frame } from "./draw.ts";
import { palette } from "./look.ts";
import type { Model } from "./model.ts";
import { SvgPen } from "./pen.ts";
import { isGroup, type Scene } from "./scene.ts";
import type { State } from "./state.ts";
import { either } from "./words.ts";

/** With more nodes than this, they stay where they are: vis-network's own objects for each cost more than all drawing. */
export const DRAGGED = 1500;
// Pixels of the box that the sentence above and the controls below cover.
const ABOVE = 44;
const BELOW = 96;
const STILL = 140; // milliseconds after the last move

export interface Listener {
  clicked(hit: Hit): void;
  doubled(hit: Hit): void;
  hovered(hit: Hit, spot: { x: number; y: number }): void;
  dragged(id: number, spot: [number, number]): void;
  looked(): void;
}

export type Hit = { id: number } | { edge: number } | null;
interface Item { id: number; x: number; y: number; shape: string; size: number; ctxRenderer: (given: { ctx: unknown }) => unknown }

export class Stage {
  readonly network: Network;
  private readonly nodes = new DataSet<Item>();
  private scene: Scene | null = null;
  private state: State | null = null;
  private dark = false;
  private lit: Set<number> | null = null;
  private hover: Hit = null;
  private moving = false;
  private timer = 0;
  /** Milliseconds that the last frame took, and how many there were: for benchmarks. */
  frames = { count: 0, spent: 0 };

  constructor(
    readonly box: HTMLElement,
    private readonly model: Model,
    private readonly listener: Listener,
  ) {
    this.network = new Network(box, { nodes: this.nodes as never, edges: [] }, model.graph.options as never);
    this.network.on("afterDrawing", (pen: CanvasRenderingContext2D) => this.draw(pen));
    for (const event of ["dragging", "zoom", "dragStart"] as const) this.network.on(event, () => this.move());
    this.network.on("dragging", ({ nodes }: { nodes: number[] }) => this.drag(nodes));
    this.network.on("dragEnd", ({ nodes }: { nodes: number[] }) => {
      for (const id of this.drag(nodes)) this.listener.dragged(id, this.spot(id));
      this.listener.looked();
    });
    this.network.on("animationFinished", () => this.listener.looked());
    const taps = [["click", "clicked"], ["hold", "clicked"], ["doubleClick", "doubled"]] as const;
    for (const [event, call] of taps) {
      this.network.on(event, ({ pointer }: { pointer: { canvas: { x: number; y: number } } }) => listener[call](this.hit(pointer.canvas)));
    }
    // The browser's own double click too: where drawing is slow, vis-network takes the second click for another one.
    box.addEventListener("dblclick", (event) => listener.doubled(this.hit(this.network.DOMtoCanvas(this.within(event)))));
    box.addEventListener("mousemove", (event) => this.pointed(event));
    box.addEventListener("mouseleave", () => this.hovering(null, { x: 0, y: 0 }));
  }

  show(scene: Scene, state: State, dark: boolean): void {
    this.scene = scene;
    this.state = state;
    this.dark = dark;
    this.lit = this.litBy(state.selected);
    this.hover = null;
    this.fill(scene);
    this.network.redraw();
  }

  /** vis-network gets only what changed, so that nothing is taken away to come back. */
  private fill(scene: Scene): void {
    const wanted = scene.ids.length <= DRAGGED ? scene.ids : [];
    const keep = new Set(wanted);
    const gone = this.nodes.getIds().filter((id) => !keep.has(id as number));
    if (gone.length) this.nodes.remove(gone);
    const changed: Item[] = [];
    for (const id of wanted) {
      const n = scene.position.get(id)!;
      const held = this.nodes.get(id) as Item | null;
      if (held && held.x === scene.x[n] && held.y === scene.y[n] && held.size === scene.r[n]) continue;
      const size = 2 * scene.r[n];
      changed.push({ id, x: scene.x[n], y: scene.y[n], size: scene.r[n], shape: "custom", ctxRenderer: () => ({ drawNode() {}, nodeDimensions: { width: size, height: size } }) });
    }
    if (changed.length) this.nodes.update(changed as never);
  }

  private litBy(selected: State["selected"]): Set<number> | null {
    const { scene } = this;
    if (!scene || !selected) return null;
    const lit = new Set<number>();
    const at = this.positionOf(selected);
    if (at.node >= 0) lit.add(at.node);
    for (let n = 0; n < scene.from.length; n += 1) {
      if (n === at.edge || (at.node >= 0 && (scene.from[n] === at.node || scene.to[n] === at.node))) lit.add(scene.from[n]).add(scene.to[n]);
    }
    return lit.size ? lit : null;
  }

  private positionOf(hit: Hit | State["selected"]): { node: number; edge: number } {
    const none = { node: -1, edge: -1 };
    if (!hit || !this.scene) return none;
    if ("edge" in hit) return { node: -1, edge: this.scene.edge.indexOf(hit.edge) };
    return { node: this.scene.position.get("id" in hit ? hit.id : hit.node) ?? -1, edge: -1 };
  }

  private frame(pen: Frame["pen"], scale: number, left: number, top: number, right: number, bottom: number): Frame {
    const [chosen, hovered] = [this.positionOf(this.state!.selected), this.positionOf(this.hover)];
    const { predicates, statuses } = this.model.lexicon;
    const { predicate } = this.model.graph.edges;
    return {
      pen, scale, left, top, right, bottom, scene: this.scene!, palette: palette(this.dark), statuses: statuses.map(({ name }) => name), moving: this.moving,
      chosen: chosen.node, chosenEdge: chosen.edge, hovered: hovered.node, hoveredEdge: hovered.edge, lit: this.lit,
      pinned: new Set([...this.state!.pinned].map((node) => this.scene!.position.get(node) ?? -1).filter((n) => n >= 0)),
      edgeLabel: (edge) => either(predicates[predicate[edge]].label),
      arrow: (edge) => !predicates[predicate[edge]].symmetric,
      width: (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 12 : 6.8), 0),
    };
  }

  private draw(pen: CanvasRenderingContext2D): void {
    if (!this.scene) return;
    const begun = performance.now();
    const [{ x: left, y: top }, { x: right, y: bottom }] = this.corners();
    drawFrame(this.frame(pen, this.network.getScale(), left, top, right, bottom));
    this.frames = { count: this.frames.count + 1, spent: performance.now() - begun };
  }

  private corners(): [{ x: number; y: number }, { x: number; y: number }] {
    return [this.network.DOMtoCanvas({ x: 0, y: 0 }), this.network.DOMtoCanvas({ x: this.box.clientWidth, y: this.box.clientHeight })];
  }

  private move(): void {
    this.moving = true;
    this.listener.hovered(null, { x: 0, y: 0 });
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.moving = false;
      this.network.redraw();
      this.listener.looked();
    }, STILL);
  }

  private drag(nodes: number[]): number[] {
    for (const id of nodes) {
      const n = this.scene?.position.get(id);
      const { x, y } = this.network.getPosition(id);
      if (n !== undefined) [this.scene!.x[n], this.scene!.y[n]] = [Math.round(x), Math.round(y)];
    }
    return nodes.filter((id) => !isGroup(id));
  }

  private spot(id: number): [number, number] {
    const n = this.scene!.position.get(id)!;
    return [this.scene!.x[n], this.scene!.y[n]];
  }

  private pointed(event: MouseEvent): void {
    if (event.buttons) return;
    const spot = this.within(event);
    this.hovering(this.hit(this.network.DOMtoCanvas(spot)), spot);
  }

  private within(event: MouseEvent): { x: number; y: number } {
    const rect = this.box.getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  }

  private hovering(hit: Hit, spot: { x: number; y: number }): void {
    if (JSON.stringify(hit) === JSON.stringify(this.hover)) return;
    this.hover = hit;
    this.box.classList.toggle("pointing", hit !== null);
    this.network.redraw();
    this.listener.hovered(hit, spot);
  }

  /** The node at a place of the drawing, or else the edge. */
  hit({ x, y }: { x: number; y: number }): Hit {
    const { scene } = this;
    if (!scene) return null;
    const slack = 5 / this.network.getScale();
    let [best, nearest] = [-1, Infinity];
    for (let n = 0; n < scene.ids.length; n += 1) {
      const far = Math.hypot(scene.x[n] - x, scene.y[n] - y) - scene.r[n] * 1.2;
      if (far < slack && far < nearest) [best, nearest] = [n, far];
    }
    if (best >= 0) return { id: scene.ids[best] };
    const edge = this.edgeAt(x, y, slack * 1.2);
    return edge >= 0 ? { edge } : null;
  }

  private edgeAt(x: number, y: number, slack: number): number {
    const scene = this.scene!;
    let [best, nearest] = [-1, slack];
    for (let n = 0; n < scene.from.length; n += 1) {
      if (scene.edge[n] < 0) continue;
      const [a, b] = [scene.from[n], scene.to[n]];
      const corners: [number, number][] = [[scene.x[a], scene.y[a]], [scene.x[b], scene.y[b]]];
      if (scene.bend[n]) corners.splice(1, 0, curveMiddle(scene, n));
      for (let k = 1; k < corners.length; k += 1) {
        const far = distance(x, y, corners[k - 1], corners[k]);
        if (far < nearest) [best, nearest] = [scene.edge[n], far];
      }
    }
    return best;
  }

  /** Where a node is seen, in pixels of the box. */
  whereabouts(id: number): { x: number; y: number } | null {
    const n = this.scene?.position.get(id);
    return n === undefined ? null : this.network.canvasToDOM({ x: this.scene!.x[n], y: this.scene!.y[n] });
  }

  /** The nearest node in a direction from another (or from the middle of the view). */
  towards(from: number | null, dx: number, dy: number): number | null {
    const { scene } = this;
    if (!scene?.ids.length) return null;
    const start = from === null ? undefined : scene.position.get(from);
    const { x, y } = start === undefined ? this.network.getViewPosition() : { x: scene.x[start], y: scene.y[start] };
    let [best, least] = [-1, Infinity];
    for (let n = 0; n < scene.ids.length; n += 1) {
      const [ox, oy] = [scene.x[n] - x, scene.y[n] - y];
      const along = ox * dx + oy * dy;
      const aside = Math.abs(ox * dy - oy * dx);
      if (n === start || (start !== undefined && along <= 0)) continue;
      const cost = start === undefined ? Math.hypot(ox, oy) : along + 2.5 * aside;
      if (cost < least) [best, least] = [n, cost];
    }
    return best < 0 ? null : scene.ids[best];
  }

  fit(moved = true): void {
    const { scene } = this;
    if (!scene?.ids.length) return;
    const [left, right, top, bottom] = extent(scene);
    const [width, height] = [Math.max(1, right - left), Math.max(1, bottom - top)];
    const scale = Math.min(1.6, (this.box.clientWidth - Math.min(150, this.box.clientWidth / 5)) / width, (this.box.clientHeight - ABOVE - BELOW) / height);
    this.look({ x: (left + right) / 2, y: (top + bottom) / 2 + (BELOW - ABOVE) / 2 / scale }, scale, moved);
  }

  look(position: { x: number; y: number }, scale: number, moved = true): void {
    const calm = !moved || window.matchMedia("(prefers-reduced-motion: reduce)").matches || (this.scene?.ids.length || 0) > DRAGGED;
    this.network.moveTo({ position, scale: Math.min(6, Math.max(0.005, scale)), animation: calm ? false : { duration: 350, easingFunction: "easeInOutQuad" } });
    if (calm) this.listener.looked();
  }

  /** Put a node into the middle of what is seen; `covered` is the share of the box that lies under the panel, at the bottom. */
  centre(id: number, covered = 0): void {
    const n = this.scene?.position.get(id);
    const scale = Math.max(0.8, this.network.getScale());
    if (n !== undefined) this.look({ x: this.scene!.x[n], y: this.scene!.y[n] + (covered * this.box.clientHeight) / 2 / scale }, scale);
  }

  pan(dx: number, dy: number): void {
    const { x, y } = this.network.getViewPosition();
    const scale = this.network.getScale();
    this.look({ x: x + dx / scale, y: y + dy / scale }, scale, false);
  }

  zoom(factor: number): void {
    this.look(this.network.getViewPosition(), this.network.getScale() * factor);
  }

  svg(): string {
    const pen = new SvgPen();
    const [{ x: left, y: top }, { x: right, y: bottom }] = this.corners();
    drawFrame(this.frame(pen, this.network.getScale(), left, top, right, bottom));
    return pen.toString(left, top, right - left, bottom - top, palette(this.dark).ground);
  }

  png(times = 2): Promise<Blob | null> {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [this.box.clientWidth * times, this.box.clientHeight * times];
    const pen = canvas.getContext("2d")!;
    const [{ x: left, y: top }, { x: right, y: bottom }] = this.corners();
    const scale = this.network.getScale();
    pen.fillStyle = palette(this.dark).ground;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.scale(times * scale, times * scale);
    pen.translate(-left, -top);
    drawFrame(this.frame(pen, scale, left, top, right, bottom));
    return new Promise((done) => { canvas.toBlob(done, "image/png"); });
  }
}

function curveMiddle(scene: Scene, n: number): [number, number] {
  const [cx, cy] = bendPoint(scene, n);
  const [a, b] = [scene.from[n], scene.to[n]];
  return [(scene.x[a] + scene.x[b]) / 4 + cx / 2, (scene.y[a] + scene.y[b]) / 4 + cy / 2];
}

function distance(x: number, y: number, [ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const [dx, dy] = [bx - ax, by - ay];
  const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}

function extent({ x, y, r }: Scene): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let n = 0; n < x.length; n += 1) {
    box[0] = Math.min(box[0], x[n] - r[n]);
    box[1] = Math.max(box[1], x[n] + r[n]);
    box[2] = Math.min(box[2], y[n] - r[n]);
    box[3] = Math.max(box[3], y[n] + r[n] + 20);
  }
  return box;
}
