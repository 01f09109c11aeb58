// Colours, sizes and lines of the drawing, for a light and a dark ground.

import type { Model } from "./model.ts";
import type { Look } from "./state.ts";

export interface Palette {
  ground: string;
  ink: string;
  halo: string;
  faint: string;
  accent: string;
  rim: string;
  /** By a status's name; "" for one that the page doesn't know. */
  lines: Record<string, string>;
}

const LIGHT: Palette = {
  ground: "#fcfdfe", ink: "#1c2733", halo: "rgba(252,253,254,0.92)", faint: "#a7b1bb", accent: "#0b5cad", rim: "#ffffff",
  lines: { done: "#7c8a98", ongoing: "#2f78c4", planned: "#c07a00", denied: "#b3261e", "": "#7c8a98" },
};
const DARK: Palette = {
  ground: "#12181f", ink: "#e6edf3", halo: "rgba(18,24,31,0.92)", faint: "#5a6775", accent: "#6cb6ff", rim: "#6b7885",
  lines: { done: "#8593a1", ongoing: "#5aa2ec", planned: "#e0a13c", denied: "#ff8a80", "": "#8593a1" },
};
/** Dashes tell statuses apart without colour: done is solid, ongoing long dashes, planned short ones, denied dots. */
export const DASHES: Record<string, number[]> = { done: [], ongoing: [11, 3], planned: [5, 5], denied: [1.5, 4], "": [] };

export const palette = (dark: boolean): Palette => (dark ? DARK : LIGHT);

const HUES = [211, 28, 142, 340, 265, 186, 52, 95, 0, 305, 230, 165];

export const communityColour = (n: number, dark: boolean): string =>
  `hsl(${HUES[n % HUES.length]} ${n < 12 ? 55 : 32}% ${(dark ? 62 : 46) + (n % 24 < 12 ? 0 : 8)}%)`;

export function nodeColour(model: Model, node: number, by: Look["colour"], dark: boolean): string {
  const { cls, community } = model.graph.nodes;
  return by === "community" ? communityColour(community[node], dark) : model.lexicon.classes[cls[node]].colour;
}

/** A radius of 6 to 34. */
export function radius(model: Model, node: number, by: Look["size"]): number {
  const { size, betweenness } = model.graph.nodes;
  if (by === "degree") return size[node];
  if (by === "betweenness") return 6 + Math.round(28 * Math.sqrt(betweenness[node] / 1000));
  return Math.min(34, 6 + Math.round(3.2 * Math.sqrt(model.mentionCount[node])));
}
