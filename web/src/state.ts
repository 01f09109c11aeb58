// What the analyst has chosen. Everything the page shows follows from the model and this.

import { FACETS, type Facet, type Model } from "./model.ts";

export type Look = { colour: "class" | "community"; size: "degree" | "betweenness" | "mentions"; layout: Layout };
export type Layout = "forces" | "circle" | "rings" | "columns" | "years";
export type View = "graph" | "entities" | "statements" | "commitments";
export type Scope = { kind: "telling" } | { kind: "all" } | { kind: "around"; node: number; steps: number } | { kind: "path"; from: number; to: number };
export type Selected = { node: number } | { edge: number } | null;
export type Span = { from: number; to: number; clock: "own" | "reply" };

export interface State {
  view: View;
  scope: Scope;
  selected: Selected;
  /** What is filtered out, so that what a later build adds is shown. */
  off: Record<Facet, Set<number>>;
  span: Span | null;
  isolated: boolean;
  hidden: Set<number>;
  pinned: Set<number>;
  expanded: Set<number>;
  look: Look;
  grouped: "auto" | "yes" | "no";
  opened: Set<number>;
  moved: Map<number, [number, number]>;
  camera: { x: number; y: number; scale: number } | null;
}

export interface Step {
  caption: string;
  /** A state as the address has it. */
  at: string;
}

export function startState(model: Model): State {
  const off = Object.fromEntries(FACETS.map((facet) => [facet, new Set<number>()])) as Record<Facet, Set<number>>;
  model.lexicon.statuses.forEach((status, n) => { if (status.name === "denied") off.statuses.add(n); });
  return {
    view: "graph",
    scope: { kind: "telling" },
    selected: null,
    off,
    span: null,
    isolated: false,
    hidden: new Set(),
    pinned: new Set(),
    expanded: new Set(),
    look: { colour: "class", size: "degree", layout: "forces" },
    grouped: "auto",
    opened: new Set(),
    moved: new Map(),
    camera: null,
  };
}
