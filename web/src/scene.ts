// What is to be drawn, as flat columns: single nodes, or a community as one node that opens.

import type { Passing } from "./filter.ts";
import type { Places } from "./layouts.ts";
import { nodeColour, radius } from "./look.ts";
import type { Model } from "./model.ts";
import type { State } from "./state.ts";
import { say } from "./words.ts";

export const DRAWN_WELL = 1500; // above, communities are closed unless the analyst opens them

export interface Scene {
  /** Nodes by number; a closed community is -1 minus its number. */
  ids: number[];
  x: Float64Array;
  y: Float64Array;
  r: Float32Array;
  colour: string[];
  shape: string[];
  label: string[];
  /** Positions in the columns above, largest node first. */
  order: number[];
  position: Map<number, number>;
  /** Edges: ends as positions, the edge's number (-1 for many in one), how it bends, status' position, width. */
  from: Int32Array;
  to: Int32Array;
  edge: Int32Array;
  bend: Float32Array;
  status: Int8Array;
  width: Float32Array;
  closed: number;
}

export const isGroup = (id: number): boolean => id < 0;
export const groupOf = (id: number): number => -1 - id;

export function makeScene(model: Model, state: State, passing: Passing, places: Places, dark: boolean): Scene {
  const shown: number[] = [];
  for (let node = 0; node < model.count; node += 1) if (passing.nodes[node]) shown.push(node);
  const grouping = state.grouped === "yes" || (state.grouped === "auto" && shown.length > DRAWN_WELL);
  const idOf = (node: number) => (grouping && !state.opened.has(model.graph.nodes.community[node]) && !state.pinned.has(node) ? -1 - model.graph.nodes.community[node] : node);
  const members = new Map<number, number[]>();
  for (const node of shown) {
    const id = idOf(node);
    const held = members.get(id);
    if (held) held.push(node);
    else members.set(id, [node]);
  }
  // A community of one is the node itself.
  for (const [id, nodes] of members) if (isGroup(id) && nodes.length === 1) { members.delete(id); members.set(nodes[0], nodes); }
  const scene = nodeColumns(model, state, members, places, dark);
  const at = new Int32Array(model.count).fill(-1);
  for (const [id, nodes] of members) for (const node of nodes) at[node] = scene.position.get(id)!;
  return { ...scene, ...edgeColumns(model, passing, at, scene.ids) };
}

type Nodes = Omit<Scene, "from" | "to" | "edge" | "bend" | "status" | "width">;

function nodeColumns(model: Model, state: State, members: Map<number, number[]>, places: Places, dark: boolean): Nodes {
  const ids = [...members.keys()];
  const { label, cls } = model.graph.nodes;
  const nodes: Nodes = {
    ids, x: new Float64Array(ids.length), y: new Float64Array(ids.length), r: new Float32Array(ids.length), colour: [], shape: [], label: [],
    order: ids.map((_, n) => n), position: new Map(ids.map((id, n) => [id, n])), closed: 0,
  };
  ids.forEach((id, n) => {
    const held = members.get(id)!;
    const first = held[0];
    const spot = isGroup(id) ? middle(held, places) : state.moved.get(id) || [places.x[id], places.y[id]];
    [nodes.x[n], nodes.y[n]] = spot;
    nodes.r[n] = isGroup(id) ? 12 + 5 * Math.sqrt(held.length) : radius(model, id, state.look.size);
    nodes.colour.push(nodeColour(model, first, isGroup(id) ? "community" : state.look.colour, dark));
    nodes.shape.push(isGroup(id) ? "group" : model.lexicon.classes[cls[id]].shape);
    nodes.label.push(isGroup(id) ? say("group-label", { name: label[first], count: held.length }) : label[id]);
    nodes.closed += isGroup(id) ? 1 : 0;
  });
  nodes.order.sort((a, b) => nodes.r[b] - nodes.r[a] || a - b);
  return nodes;
}

function middle(nodes: number[], { x, y }: Places): [number, number] {
  const mean = (values: Float64Array) => nodes.reduce((sum, node) => sum + values[node], 0) / nodes.length;
  return [mean(x), mean(y)];
}

type Edges = Pick<Scene, "from" | "to" | "edge" | "bend" | "status" | "width">;

/** The best status that an edge has among those that pass: facts before plans, as the ontology lists them by name. */
function bestStatus(model: Model, passing: Passing, edge: number, rank: number[]): number {
  let best = -1;
  for (const statement of model.ofEdge[edge]) {
    const status = model.graph.statements.status[statement];
    if (passing.statements[statement] && (best < 0 || rank[status] < rank[best])) best = status;
  }
  return best;
}

/** Done before ongoing before planned before denied: what is surest decides how an edge is drawn. */
export function statusRanks(model: Model): number[] {
  const known = ["done", "ongoing", "planned", "denied"];
  return model.lexicon.statuses.map(({ name }) => (known.indexOf(name) + known.length + 1) % (known.length + 1));
}

function edgeColumns(model: Model, passing: Passing, at: Int32Array, ids: number[]): Edges {
  const ranks = statusRanks(model);
  const columns = { from: [] as number[], to: [] as number[], edge: [] as number[], bend: [] as number[], status: [] as number[], width: [] as number[] };
  const many = new Map<number, number>();
  const { from, to } = model.graph.edges;
  const pairs = new Map<number, number[]>();
  for (let edge = 0; edge < model.edgeCount; edge += 1) {
    const [a, b] = [at[from[edge]], at[to[edge]]];
    if (!passing.edges[edge] || a < 0 || b < 0 || a === b) continue;
    const status = bestStatus(model, passing, edge, ranks);
    const key = Math.min(a, b) * model.count + Math.max(a, b);
    const joined = many.get(key);
    const plural = isGroup(ids[a]) || isGroup(ids[b]);
    if (plural && joined !== undefined) {
      columns.width[joined] = Math.min(9, columns.width[joined] + 0.25);
      if (ranks[status] < ranks[columns.status[joined]]) columns.status[joined] = status;
      continue;
    }
    if (plural) many.set(key, columns.from.length);
    else pairs.set(key, [...(pairs.get(key) || []), columns.from.length]);
    columns.from.push(a);
    columns.to.push(b);
    columns.edge.push(plural ? -1 : edge);
    columns.bend.push(0);
    columns.status.push(status);
    columns.width.push(plural ? 1.5 : 1.2 + Math.min(2, 0.35 * (passing.edges[edge] - 1)));
  }
  for (const held of pairs.values()) fan(held, columns);
  return {
    from: Int32Array.from(columns.from), to: Int32Array.from(columns.to), edge: Int32Array.from(columns.edge),
    bend: Float32Array.from(columns.bend), status: Int8Array.from(columns.status), width: Float32Array.from(columns.width),
  };
}

/** Several edges between the same two nodes fan out. */
function fan(held: number[], columns: { from: number[]; to: number[]; bend: number[] }): void {
  if (held.length < 2) return;
  held.forEach((n, place) => {
    const offset = place - (held.length - 1) / 2;
    columns.bend[n] = offset * 0.18 * (columns.from[n] < columns.to[n] ? 1 : -1);
  });
}
