// Small pictures and buttons that several parts show: a class, a status, an entity to go to.

import type { App } from "./app.ts";
import { button, make, picture, plain } from "./dom.ts";
import { outline } from "./draw.ts";
import { communityColour, DASHES, palette } from "./look.ts";
import { SvgPen } from "./pen.ts";
import { either } from "./words.ts";

/** The outline of a class's shape, as SVG's path. */
function pathOf(shape: string): string {
  const pen = new SvgPen();
  pen.beginPath();
  outline(pen, shape, 8, 8, 5.6);
  pen.fill();
  return /d="([^"]*)"/.exec(pen.toString(0, 0, 16, 16, "#fff"))?.[1] || "";
}

const paths = new Map<string, string>();

export function classSign(app: App, cls: number): SVGSVGElement {
  const { shape, colour } = app.model.lexicon.classes[cls];
  if (!paths.has(shape)) paths.set(shape, pathOf(shape));
  return picture("path", { d: paths.get(shape)!, fill: colour });
}

export const communitySign = (app: App, n: number): SVGSVGElement => picture("circle", { cx: 8, cy: 8, r: 5.6, fill: communityColour(n, app.dark) });

export function statusSign(app: App, n: number): SVGSVGElement {
  const name = app.model.lexicon.statuses[n]?.name || "";
  const line = { d: "M1 8H31", stroke: palette(app.dark).lines[name] || palette(app.dark).lines[""], "stroke-width": 2.6, fill: "none" };
  return picture("path", { ...line, "stroke-dasharray": (DASHES[name] || []).join(" ") || "none" }, "0 0 32 16", "stroke");
}

export function badge(app: App, cls: number): HTMLElement {
  return make("span", { class: "badge" }, classSign(app, cls), either(app.model.lexicon.classes[cls].label));
}

/** A name that leads to its entity. */
export function entityLink(app: App, node: number): HTMLButtonElement {
  return button(plain(app.model.graph.nodes.label[node]), () => app.select({ node }, { centre: true }), { class: "link", dir: "auto" });
}

export const className = (app: App, node: number): string => either(app.model.lexicon.classes[app.model.graph.nodes.cls[node]].label);
