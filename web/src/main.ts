// Everything put together, and what has no part of its own: keys, tools, language and theme.

import { App } from "./app.ts";
import { byId, make, plain, save } from "./dom.ts";
import { Legend } from "./legend.ts";
import { type Model, readModel, type Sentence } from "./model.ts";
import { Panel } from "./panel.ts";
import { read } from "./reader.ts";
import { groupOf, isGroup } from "./scene.ts";
import { SearchBox } from "./searchbox.ts";
import { className } from "./signs.ts";
import type { Hit } from "./stage.ts";
import type { Look, View } from "./state.ts";
import { Story } from "./story.ts";
import { Summary } from "./summary.ts";
import { Table } from "./table.ts";
import { Timeline } from "./timeline.ts";
import { either, type Language, languageNow, say, useWords } from "./words.ts";

/** Words of the template: what stands in it and what a screen reader is told. */
function speak(): void {
  document.documentElement.lang = languageNow() === "zh" ? "zh-CN" : "en";
  document.title = `${say("title")} \u00b7 ecograph`;
  for (const element of document.querySelectorAll<HTMLElement>("[data-say]")) element.textContent = say(element.dataset.say!);
  for (const element of document.querySelectorAll<HTMLElement>("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label!));
    if (element instanceof HTMLButtonElement) element.title = say(element.dataset.label!);
  }
  byId<HTMLInputElement>("query").placeholder = say("search-example");
}

/** Remembered for the next page, where the browser lets a file remember anything. */
function remembered(key: string, value?: string): string {
  try {
    if (value !== undefined) localStorage.setItem(`ecograph-${key}`, value);
    return localStorage.getItem(`ecograph-${key}`) || "";
  } catch {
    return "";
  }
}

function firstLanguage(): Language {
  const kept = remembered("language");
  return kept === "en" ? kept : "zh"; // the replies are Chinese, and so is a page that nobody has switched
}

function hint(app: App, hit: Hit, spot: { x: number; y: number }): void {
  const box = byId("hint");
  box.hidden = !hit;
  if (!hit) return;
  const { model } = app;
  const { label, degree } = model.graph.nodes;
  let lines: string[];
  if ("edge" in hit) {
    const { from, to, predicate } = model.graph.edges;
    const verb = either(model.lexicon.predicates[predicate[hit.edge]].label);
    lines = [`${label[from[hit.edge]]} ${verb} ${label[to[hit.edge]]}`, say("statement-count", { count: app.passing.edges[hit.edge] })];
  } else if (isGroup(hit.id)) lines = [say("group-label", { name: label[model.communities[groupOf(hit.id)][0]], count: model.communities[groupOf(hit.id)].length }), say("group-hint")];
  else lines = [label[hit.id], say("class-degree", { class: className(app, hit.id), count: degree[hit.id] })];
  box.replaceChildren(...lines.map((line, n) => make("div", { class: n ? "sub" : "", dir: "auto" }, plain(line))));
  const stage = byId("stage");
  box.style.left = `${Math.min(spot.x + 14, stage.clientWidth - box.offsetWidth - 8)}px`;
  box.style.top = `${Math.min(spot.y + 14, stage.clientHeight - box.offsetHeight - 8)}px`;
}

function tools(app: App): void {
  const { stage } = app;
  byId("closer").addEventListener("click", () => stage.zoom(1.4));
  byId("farther").addEventListener("click", () => stage.zoom(1 / 1.4));
  byId("fit").addEventListener("click", () => stage.fit());
  byId("svg").addEventListener("click", () => save("ecograph.svg", new Blob([stage.svg()], { type: "image/svg+xml" })));
  byId("png").addEventListener("click", () => { stage.png().then((blob) => { if (blob) save("ecograph.png", blob); }); });
  for (const name of ["layout", "colour", "size"] as const) {
    const select = byId<HTMLSelectElement>(name);
    select.addEventListener("change", () => app.change({ look: { ...app.state.look, [name]: select.value } as Look, ...(name === "layout" ? { moved: new Map() } : {}) }, { fit: name === "layout" }));
    app.parts.push({ show: () => { select.value = app.state.look[name]; } });
  }
  for (const tab of document.querySelectorAll<HTMLElement>("#views [data-view]")) tab.addEventListener("click", () => app.change({ view: tab.dataset.view as View }));
  for (const side of ["filters", "panel"]) {
    byId(`show-${side}`).addEventListener("click", () => {
      const open = byId(side).classList.toggle("open");
      byId(`show-${side}`).setAttribute("aria-expanded", String(open));
      if (open) byId(side === "filters" ? "panel" : "filters").classList.remove("open");
    });
  }
  byId("language").addEventListener("click", () => {
    const wanted = languageNow() === "zh" ? "en" : "zh";
    remembered("language", wanted);
    useWords(app.model.lexicon.words, wanted);
    speak();
    app.render();
  });
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = app.dark ? "light" : "dark";
    remembered("theme", document.documentElement.dataset.theme);
    app.render();
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => app.render());
  window.addEventListener("resize", () => app.stage.network.redraw());
  document.addEventListener("read", (event) => read(app, (event as CustomEvent<Sentence>).detail));
}

const ARROWS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The drawing by keyboard: arrows go from node to node, with Shift they move the view. */
function drawingKey(app: App, event: KeyboardEvent): boolean {
  const { stage, state } = app;
  const arrow = ARROWS[event.key];
  if (arrow && event.shiftKey) stage.pan(arrow[0] * 80, arrow[1] * 80);
  else if (arrow) {
    const from = state.selected && "node" in state.selected ? state.selected.node : null;
    const next = stage.towards(from, ...arrow);
    if (next === null) return true;
    if (isGroup(next)) app.openGroup(groupOf(next));
    else app.select({ node: next }, { push: false, centre: true });
  } else if (event.key === "+" || event.key === "=") stage.zoom(1.4);
  else if (event.key === "-") stage.zoom(1 / 1.4);
  else if (event.key === "0") stage.fit();
  else if (event.key === "Enter") byId("panel").querySelector<HTMLElement>("h2")?.focus();
  else return false;
  return true;
}

function keys(app: App): void {
  byId("graph").addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && drawingKey(app, event)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/u.test(document.activeElement?.tagName || "");
    if (event.key === "/" && !typing && !event.ctrlKey) {
      event.preventDefault();
      byId("query").focus();
    } else if (event.key === "Escape" && !byId<HTMLDialogElement>("reader").open) {
      for (const side of ["filters", "panel"]) {
        byId(side).classList.remove("open");
        byId(`show-${side}`).setAttribute("aria-expanded", "false");
      }
      if (app.state.selected) app.select(null);
    }
  });
}

function start(model: Model): App {
  useWords(model.lexicon.words, firstLanguage());
  const theme = remembered("theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  speak();
  const app = new App(model);
  app.hovered = (hit, spot) => hint(app, hit, spot);
  const { totals } = model.graph;
  app.parts.push({ show: () => { byId("totals").textContent = say("totals", { replies: totals.replies, entities: totals.entities, statements: totals.statements }); } });
  app.parts.push({ show: () => { byId("language").textContent = say("other-language"); } });
  app.parts.push(new Legend(app), new Panel(app), new SearchBox(app), new Timeline(app), new Table(app), new Story(app), new Summary(app));
  tools(app);
  keys(app);
  app.begin();
  return app;
}

const app = start(readModel(byId("lexicon").textContent || "", byId("data").textContent || ""));
// For whoever drives the page from outside: tests, pictures, benchmarks.
Object.assign(window, { ecograph: app });
app.stage.network.once("afterDrawing", () => { document.documentElement.dataset.ready = "yes"; });
app.stage.network.redraw();
