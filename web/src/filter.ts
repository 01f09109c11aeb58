// Which nodes, edges and statements pass, and how many of each value there are beside the other filters.

import { FACETS, type Facet, type Model } from "./model.ts";
import type { State } from "./state.ts";

export const TELLING = 300;
export const FEW = 400; // up to here the first view shows all that is connected

export interface Passing {
  /** 1 for what is shown. */
  nodes: Uint8Array;
  statements: Uint8Array;
  /** Statements that pass, of each edge whose ends are shown; 0: the edge isn't. */
  edges: Uint16Array;
  counts: Record<Facet, Int32Array>;
  nodeCount: number;
  edgeCount: number;
  statementCount: number;
}

/** The nodes of the first view: those that join most and lie between most. */
export function tellingNodes(model: Model): number[] {
  const { degree, betweenness } = model.graph.nodes;
  const connected = degree.map((_, node) => node).filter((node) => model.ofNode[node].length);
  if (connected.length <= FEW) return connected;
  const score = (node: number) => degree[node] + betweenness[node] / 25;
  return connected.sort((a, b) => score(b) - score(a) || a - b).slice(0, TELLING);
}

/** For each facet, how a statement or a node stands: its value. */
function valueIn(model: Model, facet: Facet, n: number): number {
  const { statements, edges } = model.graph;
  switch (facet) {
    case "predicates": return edges.predicate[statements.edge[n]];
    case "statuses": return statements.status[n];
    case "replies": return model.replyOf(n);
    case "districts": return model.districtOf[model.replyOf(n)];
    case "years": return model.yearOf[n];
    case "classes": return model.graph.nodes.cls[n];
    default: return model.graph.nodes.community[n];
  }
}

export const OF_NODES: readonly Facet[] = ["classes", "communities"];
const OF_STATEMENTS = FACETS.filter((facet) => !OF_NODES.includes(facet));

export function sizesOf(model: Model): Record<Facet, number> {
  const { lexicon, graph } = model;
  return {
    classes: lexicon.classes.length,
    statuses: lexicon.statuses.length,
    predicates: lexicon.predicates.length,
    districts: model.districts.length,
    years: model.years.length,
    replies: graph.replies.iri.length,
    communities: model.communities.length,
  };
}

/** Whether a statement lies in the chosen years, by its own time or by its reply's date. */
export function inSpan(model: Model, state: State, statement: number): boolean {
  if (!state.span) return true;
  const dated = model.replyYear[model.replyOf(statement)];
  const [first, last] = state.span.clock === "own" && model.ownYears[statement][0] ? model.ownYears[statement] : [dated, dated];
  return first === 0 || (last >= state.span.from && first <= state.span.to);
}

/** -1: passes; a facet's position: fails by that one alone; FACETS.length: fails more than once. */
function failing(model: Model, state: State, statement: number): number {
  if (!inSpan(model, state, statement)) return FACETS.length;
  let by = -1;
  for (const facet of OF_STATEMENTS) {
    if (!state.off[facet].size || !state.off[facet].has(valueIn(model, facet, statement))) continue;
    if (by >= 0) return FACETS.length;
    by = FACETS.indexOf(facet);
  }
  return by;
}

/** The nodes that the scope, and what was expanded, pinned, chosen and hidden, leave. */
export function scopeOf(model: Model, state: State, passes: (edge: number) => boolean): Uint8Array {
  const inside = new Uint8Array(model.count);
  const { scope } = state;
  if (scope.kind === "all") inside.fill(1);
  else if (scope.kind === "telling") for (const node of tellingNodes(model)) inside[node] = 1;
  else if (scope.kind === "around") for (const node of around(model, scope.node, scope.steps, passes)) inside[node] = 1;
  else for (const path of paths(model, scope.from, scope.to, passes)) for (const [node] of path) inside[node] = 1;
  for (const node of state.expanded) for (const other of around(model, node, 1, passes)) inside[other] = 1;
  for (const node of state.pinned) inside[node] = 1;
  if (state.selected && "node" in state.selected) inside[state.selected.node] = 1;
  for (const node of state.hidden) inside[node] = 0;
  return inside;
}

export function filter(model: Model, state: State): Passing {
  const { from, to } = model.graph.edges;
  const { edge: edgeOf } = model.graph.statements;
  const failed = Int8Array.from(edgeOf, (_, statement) => failing(model, state, statement));
  const inside = scopeOf(model, state, (edge) => model.ofEdge[edge].some((statement) => failed[statement] < 0));
  const passed = nodesPassing(model, state);
  const sizes = sizesOf(model);
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Int32Array(sizes[facet])])) as Record<Facet, Int32Array>;
  const told = new Uint8Array(model.count);
  const result: Passing = {
    nodes: new Uint8Array(model.count), statements: new Uint8Array(model.statementCount), edges: new Uint16Array(model.edgeCount),
    counts, nodeCount: 0, edgeCount: 0, statementCount: 0,
  };
  for (let statement = 0; statement < model.statementCount; statement += 1) {
    const edge = edgeOf[statement];
    const [a, b] = [from[edge], to[edge]];
    if (!inside[a] || !inside[b] || failed[statement] === FACETS.length) continue;
    if (failed[statement] < 0) told[a] = told[b] = 1;
    if (!passed[a] || !passed[b]) continue;
    for (const facet of OF_STATEMENTS) {
      if (failed[statement] < 0 || failed[statement] === FACETS.indexOf(facet)) counts[facet][valueIn(model, facet, statement)] += 1;
    }
    if (failed[statement] >= 0) continue;
    result.statements[statement] = 1;
    result.statementCount += 1;
    result.edgeCount += result.edges[edge] ? 0 : 1;
    result.edges[edge] += 1;
    result.nodes[a] = result.nodes[b] = 1;
  }
  showNodes(model, state, inside, told, passed, result);
  return result;
}

/** 1 where neither class nor community is filtered out. */
function nodesPassing(model: Model, state: State): Uint8Array {
  return Uint8Array.from(model.graph.nodes.cls, (_, node) =>
    state.pinned.has(node) || OF_NODES.every((facet) => !state.off[facet].has(valueIn(model, facet, node))) ? 1 : 0);
}

function showNodes(model: Model, state: State, inside: Uint8Array, told: Uint8Array, passed: Uint8Array, result: Passing): void {
  const chosen = state.selected && "node" in state.selected ? state.selected.node : -1;
  for (let node = 0; node < model.count; node += 1) {
    if (!inside[node]) continue;
    const alone = state.isolated && !model.ofNode[node].length;
    if (told[node] || alone) {
      for (const facet of OF_NODES) {
        const others = OF_NODES.every((other) => other === facet || !state.off[other].has(valueIn(model, other, node)));
        if (others) result.counts[facet][valueIn(model, facet, node)] += 1;
      }
    }
    if ((alone && passed[node]) || state.pinned.has(node) || node === chosen || (state.scope.kind === "around" && state.scope.node === node)) result.nodes[node] = 1;
    result.nodeCount += result.nodes[node];
  }
}

/** The nodes within so many steps, itself first. */
export function around(model: Model, node: number, steps: number, passes: (edge: number) => boolean): number[] {
  const found = new Set([node]);
  let rim = [node];
  for (let step = 0; step < steps; step += 1) {
    const next: number[] = [];
    for (const one of rim) {
      for (const edge of model.ofNode[one]) {
        const other = model.other(edge, one);
        if (passes(edge) && !found.has(other)) {
          found.add(other);
          next.push(other);
        }
      }
    }
    rim = next;
  }
  return [...found];
}

/** Neighbours that two nodes share, those with most links first. */
export function common(model: Model, a: number, b: number): number[] {
  const near = (node: number) => new Set(model.ofNode[node].map((edge) => model.other(edge, node)));
  const others = near(b);
  return [...near(a)].filter((node) => others.has(node) && node !== a && node !== b).sort((x, y) => model.graph.nodes.degree[y] - model.graph.nodes.degree[x] || x - y);
}

/** A path as its nodes, each with the edge that leads to the next (-1 at the end). */
export type Path = [node: number, edge: number][];

/** The shortest paths between two nodes, and those one step longer, at most `most`; edges are taken in either direction. */
export function paths(model: Model, from: number, to: number, passes: (edge: number) => boolean, most = 12): Path[] {
  if (from === to) return [];
  const far = distances(model, to, passes);
  if (far[from] < 0) return [];
  const found: Path[] = [];
  const walk = (node: number, left: number, path: Path, seen: Set<number>) => {
    if (found.length >= most) return;
    if (node === to) {
      if (left === 0) found.push([...path, [node, -1]]);
      return;
    }
    const taken = new Set<number>();
    for (const edge of model.ofNode[node]) {
      const other = model.other(edge, node);
      // Parallel edges are one way: the panel lists the statements of all of them.
      if (seen.has(other) || taken.has(other) || !passes(edge) || far[other] < 0 || far[other] > left - 1) continue;
      taken.add(other);
      walk(other, left - 1, [...path, [node, edge]], new Set([...seen, other]));
    }
  };
  for (const longer of [0, 1]) walk(from, far[from] + longer, [], new Set([from]));
  return found;
}

function distances(model: Model, start: number, passes: (edge: number) => boolean): Int32Array {
  const far = new Int32Array(model.count).fill(-1);
  far[start] = 0;
  let rim = [start];
  for (let step = 1; rim.length; step += 1) {
    const next: number[] = [];
    for (const node of rim) {
      for (const edge of model.ofNode[node]) {
        const other = model.other(edge, node);
        if (far[other] < 0 && passes(edge)) {
          far[other] = step;
          next.push(other);
        }
      }
    }
    rim = next;
  }
  return far;
}
