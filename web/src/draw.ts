// The passes of one frame: edges, nodes, labels. At full view of a large graph nodes are batched by colour, culled
// and small ones merged; while the view moves, edges are left out where there are too many.

import { DASHES, type Palette } from "./look.ts";
import { plain, shortened } from "./dom.ts";
import type { Pen } from "./pen.ts";
import type { Scene } from "./scene.ts";

export interface Frame {
  pen: Pen;
  scene: Scene;
  palette: Palette;
  /** Names of the statuses, by position. */
  statuses: string[];
  scale: number;
  /** The part of the drawing that is seen. */
  left: number;
  top: number;
  right: number;
  bottom: number;
  moving: boolean;
  chosen: number;
  hovered: number;
  chosenEdge: number;
  hoveredEdge: number;
  /** Positions that stay bright; null: all. */
  lit: Set<number> | null;
  pinned: Set<number>;
  edgeLabel: (edge: number) => string;
  arrow: (edge: number) => boolean;
  width: (text: string) => number;
}

const MANY_EDGES = 1500; // more are left out while moving
const TINY = 2.2; // pixels: below this radius nodes are squares, and one of a pixel is enough
const LABELS = 140;
const FONT = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif";

export function drawFrame(frame: Frame): void {
  const { scene, moving } = frame;
  const sparing = moving && scene.from.length > MANY_EDGES;
  if (!sparing || inView(frame) < 400) drawEdges(frame, sparing);
  drawNodes(frame);
  drawLabels(frame);
}

const seen = (frame: Frame, n: number): boolean => {
  const { x, y, r } = frame.scene;
  return x[n] + r[n] >= frame.left && x[n] - r[n] <= frame.right && y[n] + r[n] >= frame.top && y[n] - r[n] <= frame.bottom;
};

function inView(frame: Frame): number {
  let count = 0;
  for (let n = 0; n < frame.scene.ids.length; n += 1) count += seen(frame, n) ? 1 : 0;
  return count;
}

/** Where a curve's middle lies; a straight edge's own middle. */
export function bendPoint(scene: Scene, n: number): [number, number] {
  const [ax, ay, bx, by] = [scene.x[scene.from[n]], scene.y[scene.from[n]], scene.x[scene.to[n]], scene.y[scene.to[n]]];
  return [(ax + bx) / 2 - (by - ay) * scene.bend[n], (ay + by) / 2 + (bx - ax) * scene.bend[n]];
}

function trace({ pen, scene }: Frame, n: number): void {
  pen.moveTo(scene.x[scene.from[n]], scene.y[scene.from[n]]);
  if (scene.bend[n]) pen.quadraticCurveTo(...bendPoint(scene, n), scene.x[scene.to[n]], scene.y[scene.to[n]]);
  else pen.lineTo(scene.x[scene.to[n]], scene.y[scene.to[n]]);
}

function crosses(frame: Frame, n: number): boolean {
  const { x, y, from, to } = frame.scene;
  const [a, b] = [from[n], to[n]];
  return Math.max(x[a], x[b]) >= frame.left && Math.min(x[a], x[b]) <= frame.right && Math.max(y[a], y[b]) >= frame.top && Math.min(y[a], y[b]) <= frame.bottom;
}

/** `sparing`: only edges with both ends in view, for long lines cost most. */
function drawEdges(frame: Frame, sparing: boolean): void {
  const { pen, scene, palette, statuses, lit } = frame;
  const strong: number[] = [];
  // One path for each look: a stroke for each edge costs more than all the rest.
  const batches = new Map<string, number[]>();
  for (let n = 0; n < scene.from.length; n += 1) {
    if (!crosses(frame, n) || (sparing && !(seen(frame, scene.from[n]) && seen(frame, scene.to[n])))) continue;
    const bright = isStrong(frame, n);
    if (bright) strong.push(n);
    else {
      const key = `${scene.status[n]}|${Math.round(scene.width[n] * 2) / 2}|${lit && !(lit.has(scene.from[n]) && lit.has(scene.to[n])) ? 0.1 : scene.from.length > 4000 ? 0.35 : 0.75}`;
      const held = batches.get(key);
      if (held) held.push(n);
      else batches.set(key, [n]);
    }
  }
  for (const [key, edges] of batches) {
    const [status, width, alpha] = key.split("|");
    line(frame, statuses[Number(status)] || "", Number(width), Number(alpha), edges);
  }
  for (const n of strong) line(frame, statuses[scene.status[n]] || "", scene.width[n] + 1.2, 1, [n]);
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  if (!frame.moving && frame.scale > 0.3) drawArrows(frame, palette);
}

function isStrong({ scene, chosen, chosenEdge, hoveredEdge }: Frame, n: number): boolean {
  return n === chosenEdge || n === hoveredEdge || (chosen >= 0 && (scene.from[n] === chosen || scene.to[n] === chosen));
}

function line(frame: Frame, status: string, width: number, alpha: number, edges: number[]): void {
  const { pen, palette, scale } = frame;
  pen.beginPath();
  for (const n of edges) trace(frame, n);
  pen.globalAlpha = alpha;
  pen.strokeStyle = palette.lines[status] || palette.lines[""];
  pen.lineWidth = Math.max(width, 0.6 / scale);
  // Dashes of thousands of lines cost seconds, and at that size nobody tells them apart.
  pen.setLineDash(edges.length > 3000 || scale < 0.15 ? [] : DASHES[status] || []);
  pen.stroke();
}

function drawArrows(frame: Frame, palette: Palette): void {
  const { pen, scene, statuses, lit } = frame;
  let count = 0;
  for (let n = 0; n < scene.from.length && count < 600; n += 1) {
    const to = scene.to[n];
    if (scene.edge[n] < 0 || !frame.arrow(scene.edge[n]) || !seen(frame, to)) continue;
    count += 1;
    const [cx, cy] = bendPoint(scene, n);
    const [dx, dy] = [scene.x[to] - cx, scene.y[to] - cy];
    const length = Math.hypot(dx, dy) || 1;
    const [ux, uy] = [dx / length, dy / length];
    const [tipX, tipY] = [scene.x[to] - ux * (scene.r[to] + 1.5), scene.y[to] - uy * (scene.r[to] + 1.5)];
    pen.beginPath();
    pen.moveTo(tipX, tipY);
    pen.lineTo(tipX - ux * 9 - uy * 3.6, tipY - uy * 9 + ux * 3.6);
    pen.lineTo(tipX - ux * 9 + uy * 3.6, tipY - uy * 9 - ux * 3.6);
    pen.closePath();
    pen.globalAlpha = lit && !isStrong(frame, n) && !(lit.has(scene.from[n]) && lit.has(to)) ? 0.1 : 1;
    pen.fillStyle = palette.lines[statuses[scene.status[n]] || ""];
    pen.fill();
  }
  pen.globalAlpha = 1;
}

/** The outline of a node, of the same area whatever the shape. */
export function outline(pen: Pen, shape: string, x: number, y: number, r: number): void {
  const corners = { diamond: 4, square: 4, triangle: 3, triangleDown: 3, hexagon: 6, star: 5 }[shape];
  if (!corners) {
    pen.moveTo(x + r, y);
    pen.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  const turn = { diamond: 0, square: Math.PI / 4, triangle: -Math.PI / 2, triangleDown: Math.PI / 2, hexagon: 0, star: -Math.PI / 2 }[shape] || 0;
  const size = r * ({ 3: 1.35, 4: 1.2, 5: 1.3, 6: 1.08 }[corners] || 1);
  const points = shape === "star" ? corners * 2 : corners;
  for (let n = 0; n < points; n += 1) {
    const reach = shape === "star" && n % 2 ? size * 0.5 : size;
    const angle = turn + (2 * Math.PI * n) / points;
    if (n) pen.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
    else pen.moveTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  pen.closePath();
}

function drawNodes(frame: Frame): void {
  const { pen, scene, scale, palette, lit } = frame;
  const batches = new Map<string, number[]>();
  for (let n = 0; n < scene.ids.length; n += 1) {
    if (!seen(frame, n)) continue;
    const key = lit && !lit.has(n) ? `${scene.colour[n]}|` : scene.colour[n];
    const held = batches.get(key);
    if (held) held.push(n);
    else batches.set(key, [n]);
  }
  const crowded = scene.ids.length > 1200 && scale < 0.35;
  for (const [key, nodes] of batches) {
    pen.globalAlpha = key.endsWith("|") ? 0.18 : 1;
    pen.fillStyle = key.replace("|", "");
    if (crowded) crowd(frame, nodes);
    else single(frame, nodes);
  }
  pen.globalAlpha = 1;
  for (const n of frame.pinned) if (seen(frame, n)) ring(pen, scene, n, palette.ink, 1.6, 3, [2, 3]);
  for (const n of [frame.hovered, frame.chosen]) if (n >= 0) ring(pen, scene, n, palette.accent, Math.max(3, 2 / scale), 2 + 1 / scale, []);
}

function single({ pen, scene, palette }: Frame, nodes: number[]): void {
  pen.beginPath();
  for (const n of nodes) outline(pen, scene.shape[n], scene.x[n], scene.y[n], scene.r[n]);
  pen.fill();
  pen.strokeStyle = palette.rim;
  pen.lineWidth = 1.5;
  pen.stroke();
  const groups = nodes.filter((n) => scene.shape[n] === "group");
  if (!groups.length) return;
  pen.beginPath();
  for (const n of groups) outline(pen, "dot", scene.x[n], scene.y[n], scene.r[n] + 5);
  pen.strokeStyle = pen.fillStyle;
  pen.lineWidth = 2;
  pen.stroke();
}

/** One path for all of a colour; a node of a pixel or two is a square, and a second one on the same spot is none. */
function crowd({ pen, scene, scale }: Frame, nodes: number[]): void {
  const taken = new Set<number>();
  pen.beginPath();
  for (const n of nodes) {
    const [x, y, r] = [scene.x[n], scene.y[n], Math.max(scene.r[n], 1.2 / scale)];
    if (r * scale > TINY) {
      outline(pen, "dot", x, y, r);
      continue;
    }
    const spot = Math.round((x * scale) / 2) * 65536 + Math.round((y * scale) / 2);
    if (taken.has(spot)) continue;
    taken.add(spot);
    pen.rect(x - r, y - r, 2 * r, 2 * r);
  }
  pen.fill();
}

function ring(pen: Pen, scene: Scene, n: number, colour: string, width: number, gap: number, dash: number[]): void {
  pen.beginPath();
  outline(pen, "dot", scene.x[n], scene.y[n], scene.r[n] * 1.15 + gap);
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash(dash);
  pen.stroke();
  pen.setLineDash([]);
}

/** Boxes on a grid of cells; a label whose cells are taken isn't drawn. */
class Room {
  private readonly cells = new Set<number>();

  constructor(private readonly cell: number) {}

  take(left: number, top: number, right: number, bottom: number): boolean {
    const wanted: number[] = [];
    for (let i = Math.floor(left / this.cell); i <= Math.floor(right / this.cell); i += 1) {
      for (let j = Math.floor(top / this.cell); j <= Math.floor(bottom / this.cell); j += 1) {
        const cell = i * 1_000_003 + j;
        if (this.cells.has(cell)) return false;
        wanted.push(cell);
      }
    }
    for (const cell of wanted) this.cells.add(cell);
    return true;
  }
}

/** Names from the largest node down, none on another, at most LABELS; then those of edges, when near or asked for. */
function drawLabels(frame: Frame): void {
  const { pen, scene, scale, palette, lit } = frame;
  const room = new Room(7 / scale);
  pen.textAlign = "center";
  pen.textBaseline = "top";
  pen.lineJoin = "round";
  const first = [frame.hovered, frame.chosen].filter((n) => n >= 0);
  let count = 0;
  for (const n of [...new Set([...first, ...scene.order])]) {
    if (count >= LABELS) break;
    const wanted = first.includes(n);
    if (!seen(frame, n) || (!wanted && (scene.r[n] * scale < 3.2 || (lit && !lit.has(n))))) continue;
    const size = Math.min(15, Math.max(11.5, 8 + scene.r[n] * 0.28)) / scale;
    const text = shortened(plain(scene.label[n]), wanted || scene.shape[n] === "group" ? 40 : 15);
    // Below the node, or where that place is taken, above it.
    const spots = [scene.y[n] + scene.r[n] * 1.12 + 3 / scale, scene.y[n] - scene.r[n] * 1.12 - 3 / scale - size * 1.2];
    if (spots.some((y) => label(frame, room, text, scene.x[n], y, size, wanted ? palette.accent : palette.ink, wanted))) count += 1;
  }
  if (!frame.moving) edgeLabels(frame, room, LABELS - count);
  pen.globalAlpha = 1;
}

function label(frame: Frame, room: Room, text: string, x: number, y: number, size: number, colour: string, bold: boolean): boolean {
  const { pen, palette } = frame;
  const half = (frame.width(text) * size) / 24;
  if (!room.take(x - half, y, x + half, y + size * 1.2)) return false;
  pen.font = `${bold ? "600 " : ""}${size}px ${FONT}`;
  pen.strokeStyle = palette.halo;
  pen.lineWidth = size * 0.28;
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
  return true;
}

function edgeLabels(frame: Frame, room: Room, most: number): void {
  const { scene, scale, palette, statuses } = frame;
  const near = scale > 0.95 && inView(frame) < 90;
  let count = 0;
  for (let n = 0; n < scene.from.length && count < most; n += 1) {
    if (scene.edge[n] < 0 || !(near || isStrong(frame, n))) continue;
    const [cx, cy] = bendPoint(scene, n);
    const middle = scene.bend[n] ? [(scene.x[scene.from[n]] + scene.x[scene.to[n]]) / 4 + cx / 2, (scene.y[scene.from[n]] + scene.y[scene.to[n]]) / 4 + cy / 2] : [cx, cy];
    if (middle[0] < frame.left || middle[0] > frame.right || middle[1] < frame.top || middle[1] > frame.bottom) continue;
    const status = statuses[scene.status[n]] || "";
    const size = 10.5 / scale;
    if (label(frame, room, frame.edgeLabel(scene.edge[n]), middle[0], middle[1] - size / 2, size, palette.lines[status], false)) count += 1;
  }
}
