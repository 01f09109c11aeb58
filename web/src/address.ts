// The state in the page's address: names instead of numbers, so that a link outlives a rebuild of the page.

import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";
import { FACETS, type Facet, type Model } from "./model.ts";
import { type Look, type Scope, type Span, type State, type Step, startState, type View } from "./state.ts";

const BASE = /^.*?\/id\//u;

/** What the address holds; everything that is as at the start is left out. */
interface Kept {
  view?: View;
  scope?: [string, ...(string | number)[]];
  node?: string;
  edge?: [string, string, string];
  off?: Partial<Record<Facet, string[]>>;
  span?: Span;
  isolated?: boolean;
  hidden?: string[];
  pinned?: string[];
  expanded?: string[];
  look?: Look;
  grouped?: "yes" | "no";
  opened?: string[];
  moved?: Record<string, [number, number]>;
  camera?: [number, number, number];
}

/** Names of a facet's values, in their order; a community is called by its busiest node. */
export function namesOf(model: Model, facet: Facet): string[] {
  const { lexicon, graph } = model;
  if (facet === "classes" || facet === "predicates" || facet === "statuses") return lexicon[facet].map(({ name }) => name);
  if (facet === "replies") return graph.replies.name;
  if (facet === "districts") return model.districts;
  if (facet === "years") return model.years;
  return model.communities.map(([first]) => short(model, first));
}

const short = (model: Model, node: number): string => model.graph.nodes.iri[node].replace(BASE, "");

function names(model: Model, nodes: Iterable<number>): string[] {
  return [...nodes].map((node) => short(model, node));
}

export function keep(model: Model, state: State): Kept {
  const start = startState(model);
  const kept: Kept = {};
  if (state.view !== "graph") kept.view = state.view;
  if (state.scope.kind === "all") kept.scope = ["all"];
  if (state.scope.kind === "around") kept.scope = ["around", short(model, state.scope.node), state.scope.steps];
  if (state.scope.kind === "path") kept.scope = ["path", short(model, state.scope.from), short(model, state.scope.to)];
  if (state.selected && "node" in state.selected) kept.node = short(model, state.selected.node);
  if (state.selected && "edge" in state.selected) kept.edge = edgeName(model, state.selected.edge);
  for (const facet of FACETS) {
    const all = namesOf(model, facet);
    const off = [...state.off[facet]].sort((a, b) => a - b);
    if (off.join() !== [...start.off[facet]].join()) kept.off = { ...kept.off, [facet]: off.map((n) => all[n]) };
  }
  if (state.span) kept.span = state.span;
  if (state.isolated) kept.isolated = true;
  for (const set of ["hidden", "pinned", "expanded"] as const) if (state[set].size) kept[set] = names(model, state[set]);
  if (JSON.stringify(state.look) !== JSON.stringify(start.look)) kept.look = state.look;
  if (state.grouped !== "auto") kept.grouped = state.grouped;
  if (state.opened.size) kept.opened = [...state.opened].map((n) => namesOf(model, "communities")[n]);
  if (state.moved.size) kept.moved = Object.fromEntries([...state.moved].slice(-60).map(([node, spot]) => [short(model, node), spot]));
  if (state.camera) kept.camera = [Math.round(state.camera.x), Math.round(state.camera.y), Number(state.camera.scale.toPrecision(3))];
  return kept;
}

function edgeName(model: Model, edge: number): [string, string, string] {
  const { from, to, predicate } = model.graph.edges;
  return [short(model, from[edge]), model.lexicon.predicates[predicate[edge]].name, short(model, to[edge])];
}

/** A state from what an address held; what this page doesn't know (any more) is left out. */
export function restore(model: Model, kept: Kept): State {
  const state = startState(model);
  const nodes = new Map(model.graph.nodes.iri.map((iri, node) => [iri.replace(BASE, ""), node]));
  const known = (list: unknown): number[] => (Array.isArray(list) ? list.map((name) => nodes.get(String(name))).filter((node) => node !== undefined) : []);
  if (["entities", "statements", "commitments"].includes(String(kept.view))) state.view = kept.view as View;
  state.scope = scopeFrom(kept.scope, nodes) || state.scope;
  const [chosen] = known([kept.node]);
  if (chosen !== undefined) state.selected = { node: chosen };
  const edge = kept.edge ? findEdge(model, kept.edge, nodes) : -1;
  if (edge >= 0) state.selected = { edge };
  for (const facet of FACETS) {
    const off = kept.off?.[facet];
    if (!Array.isArray(off)) continue;
    const all = namesOf(model, facet);
    state.off[facet] = new Set(off.map((name) => all.indexOf(name)).filter((n) => n >= 0));
  }
  if (kept.span && Number.isFinite(kept.span.from) && Number.isFinite(kept.span.to)) state.span = { from: kept.span.from, to: kept.span.to, clock: kept.span.clock === "reply" ? "reply" : "own" };
  state.isolated = kept.isolated === true;
  for (const set of ["hidden", "pinned", "expanded"] as const) state[set] = new Set(known(kept[set]));
  state.look = lookFrom(kept.look, state.look);
  if (kept.grouped === "yes" || kept.grouped === "no") state.grouped = kept.grouped;
  const communities = namesOf(model, "communities");
  state.opened = new Set((kept.opened || []).map((name) => communities.indexOf(name)).filter((n) => n >= 0));
  for (const [name, [x, y]] of Object.entries(kept.moved || {})) {
    const node = nodes.get(name);
    if (node !== undefined && Number.isFinite(x) && Number.isFinite(y)) state.moved.set(node, [x, y]);
  }
  const [x, y, scale] = kept.camera || [];
  if (Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(scale) && scale! > 0) state.camera = { x: x!, y: y!, scale: scale! };
  return state;
}

function scopeFrom(kept: Kept["scope"], nodes: Map<string, number>): Scope | null {
  if (!Array.isArray(kept)) return null;
  const [kind, first, second] = kept;
  const [a, b] = [nodes.get(String(first)), nodes.get(String(second))];
  if (kind === "all") return { kind };
  if (kind === "around" && a !== undefined) return { kind, node: a, steps: second === 2 ? 2 : 1 };
  return kind === "path" && a !== undefined && b !== undefined ? { kind, from: a, to: b } : null;
}

function lookFrom(kept: Look | undefined, start: Look): Look {
  const one = <T extends string>(value: unknown, known: readonly T[], otherwise: T): T => (known.includes(value as T) ? (value as T) : otherwise);
  return {
    colour: one(kept?.colour, ["class", "community"], start.colour),
    size: one(kept?.size, ["degree", "betweenness", "mentions"], start.size),
    layout: one(kept?.layout, ["forces", "circle", "rings", "columns", "years"], start.layout),
  };
}

function findEdge(model: Model, [from, predicate, to]: [string, string, string], nodes: Map<string, number>): number {
  const [a, b] = [nodes.get(from), nodes.get(to)];
  const kind = model.lexicon.predicates.findIndex(({ name }) => name === predicate);
  if (a === undefined || b === undefined) return -1;
  return model.ofNode[a].find((edge) => model.graph.edges.predicate[edge] === kind && model.graph.edges.from[edge] === a && model.graph.edges.to[edge] === b) ?? -1;
}

const letters = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

export const pack = (value: unknown): string => letters(deflateSync(strToU8(JSON.stringify(value)), { level: 9 }));

export function unpack(text: string): unknown {
  const bytes = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  return JSON.parse(strFromU8(inflateSync(bytes))) as unknown;
}

export interface Address {
  state: State;
  story: Step[];
  step: number;
}

/** The part after the number sign. Empty at the start; the path of an entity where nothing else was chosen. */
export function write(model: Model, { state, story, step }: Address): string {
  const kept = keep(model, state);
  const keys = Object.keys(kept);
  if (!keys.length && !story.length) return "";
  if (keys.length === 1 && kept.node && !story.length) return encodeURIComponent(kept.node);
  return `v1=${pack(story.length ? { ...kept, story: story.map(({ caption, at }) => [caption, at]), step } : kept)}`;
}

/** An address read back; null for one that says nothing to this page. */
export function read(model: Model, hash: string): Address | null {
  if (!hash) return { state: startState(model), story: [], step: -1 };
  try {
    const given = hash.startsWith("v1=") ? (unpack(hash.slice(3)) as Kept & { story?: [string, string][]; step?: number }) : { node: entityNamed(model, decodeURIComponent(hash)) };
    if (!given || typeof given !== "object" || ("node" in given && given.node === undefined)) return null;
    const story = "story" in given && Array.isArray(given.story) ? given.story.map(([caption, at]) => ({ caption: String(caption), at: String(at) })) : [];
    return { state: restore(model, given as Kept), story, step: "step" in given && Number.isInteger(given.step) ? given.step! : -1 };
  } catch {
    return null; // an address cut short, or another program's
  }
}

/** Entities may be called by their path, by their label or by another name. */
function entityNamed(model: Model, name: string): string | undefined {
  const { iri, label, aliases } = model.graph.nodes;
  const ways = [iri.findIndex((one) => one.replace(BASE, "") === name), label.indexOf(name), aliases.findIndex((names) => names.includes(name))];
  const found = ways.find((node) => node >= 0);
  return found === undefined ? undefined : short(model, found);
}
