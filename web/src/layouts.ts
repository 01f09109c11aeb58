// Where the nodes stand: the places computed in the build, or one of some arrangements that a look may ask for.

import type { Model } from "./model.ts";
import type { Layout } from "./state.ts";

export interface Places {
  x: Float64Array;
  y: Float64Array;
}

const STEP = 58;

/** Places of all nodes; the same for the same model. */
export function placesFor(model: Model, layout: Layout): Places {
  const { x, y } = model.graph.nodes;
  if (layout === "forces") return { x: Float64Array.from(x), y: Float64Array.from(y) };
  const places = { x: new Float64Array(model.count), y: new Float64Array(model.count) };
  const order = model.graph.nodes.iri.map((_, node) => node);
  ({ circle, rings, columns, years })[layout](model, order, places);
  return places;
}

/** One circle, those of a community side by side. */
function circle(model: Model, order: number[], { x, y }: Places): void {
  const { community, cls } = model.graph.nodes;
  order.sort((a, b) => community[a] - community[b] || cls[a] - cls[b] || a - b);
  const radius = Math.max(200, (order.length * 30) / (2 * Math.PI));
  order.forEach((node, n) => {
    const turn = (2 * Math.PI * n) / order.length - Math.PI / 2;
    x[node] = Math.round(radius * Math.cos(turn));
    y[node] = Math.round(radius * Math.sin(turn));
  });
}

/** Rings around the busiest, communities as sectors. */
function rings(model: Model, order: number[], { x, y }: Places): void {
  const { degree, community } = model.graph.nodes;
  order.sort((a, b) => degree[b] - degree[a] || a - b);
  for (let ring = 0, first = 0; first < order.length; ring += 1) {
    const held = order.slice(first, first + Math.max(1, ring * 9)).sort((a, b) => community[a] - community[b] || a - b);
    held.forEach((node, n) => {
      const turn = (2 * Math.PI * n) / held.length + ring;
      x[node] = Math.round(ring * 115 * Math.cos(turn));
      y[node] = Math.round(ring * 90 * Math.sin(turn));
    });
    first += held.length;
  }
}

/** A block of columns for each class, the busiest on top. */
function columns(model: Model, order: number[], places: Places): void {
  const { cls } = model.graph.nodes;
  const groups = new Map<number, number[]>();
  for (const node of order) groups.set(cls[node], [...(groups.get(cls[node]) || []), node]);
  blocks([...groups].sort(([a], [b]) => a - b).map(([, nodes]) => nodes), model, places);
}

/** A block of columns for each year in which an entity is first spoken of; those without a year come last. */
function years(model: Model, order: number[], places: Places): void {
  const groups = new Map<number, number[]>();
  for (const node of order) {
    const told = model.ofNode[node].flatMap((edge) => model.ofEdge[edge]).map((statement) => Number(model.years[model.yearOf[statement]]) || 9999);
    const first = told.reduce((least, year) => Math.min(least, year), 9999);
    groups.set(first, [...(groups.get(first) || []), node]);
  }
  blocks([...groups].sort(([a], [b]) => a - b).map(([, nodes]) => nodes), model, places);
}

function blocks(groups: number[][], model: Model, { x, y }: Places): void {
  const { degree } = model.graph.nodes;
  const rows = Math.max(6, Math.ceil(Math.sqrt(model.count / 2.2)));
  let left = 0;
  for (const nodes of groups) {
    nodes.sort((a, b) => degree[b] - degree[a] || a - b);
    nodes.forEach((node, n) => {
      x[node] = left + Math.floor(n / rows) * STEP * 2.4;
      y[node] = (n % rows) * STEP + (Math.floor(n / rows) % 2) * (STEP / 2);
    });
    left += Math.ceil(nodes.length / rows) * STEP * 2.4 + STEP * 1.5;
  }
}
