// The legend: what there is, how much of it beside the other filters, and the filters themselves.

import type { App, Part } from "./app.ts";
import { button, byId, make, plain } from "./dom.ts";
import { sizesOf } from "./filter.ts";
import { FACETS, type Facet } from "./model.ts";
import { statusRanks } from "./scene.ts";
import { classSign, communitySign, statusSign } from "./signs.ts";
import { startState } from "./state.ts";
import { either, number, say } from "./words.ts";

const FIRST = 8; // rows of a long list before the rest is asked for

/** What a value of a facet is called, with what it means. */
export function nameOf(app: App, facet: Facet, n: number): [name: string, comment: string] {
  const { lexicon, graph } = app.model;
  switch (facet) {
    case "classes": case "predicates": return [either(lexicon[facet][n].label), either(lexicon[facet][n].comment)];
    case "statuses": return [either(lexicon.statuses[n].label), ""];
    case "replies": return [plain(graph.replies.name[n]), plain([graph.replies.title[n], graph.replies.date[n]].filter(Boolean).join(" "))];
    case "districts": return [plain(app.model.districts[n]) || say("unknown"), ""];
    case "years": return [app.model.years[n] || say("unknown"), ""];
    default: {
      const members = app.model.communities[n];
      return [say("community-name", { name: plain(graph.nodes.label[members[0]]) }), say("community-size", { count: members.length })];
    }
  }
}

export class Legend implements Part {
  private readonly long = new Set<Facet>();
  private readonly orders = new Map<Facet, number[]>();

  constructor(private readonly app: App) {
    for (const facet of FACETS) byId("facets").append(make("details", { id: `facet-${facet}`, open: ["classes", "statuses", "predicates"].includes(facet) }));
    const isolated = byId<HTMLInputElement>("isolated");
    isolated.addEventListener("change", () => app.change({ isolated: isolated.checked }));
    byId("reset").addEventListener("click", () => {
      const { off, span, isolated: alone, hidden } = startState(app.model);
      app.change({ off, span, isolated: alone, hidden }, { announce: say("reset-done") });
    });
  }

  show(): void {
    for (const facet of FACETS) this.showFacet(facet);
    byId<HTMLInputElement>("isolated").checked = this.app.state.isolated;
  }

  /** Values by how many there are in the whole graph, so that rows don't change places under the mouse. */
  private order(facet: Facet): number[] {
    let order = this.orders.get(facet);
    if (!order) {
      const { model } = this.app;
      const all = new Int32Array(sizesOf(model)[facet]);
      if (facet === "classes") for (const cls of model.graph.nodes.cls) all[cls] += 1;
      else if (facet === "predicates") for (const edge of model.graph.statements.edge) all[model.graph.edges.predicate[edge]] += 1;
      order = [...all.keys()];
      if (facet === "classes" || facet === "predicates") order.sort((a, b) => all[b] - all[a] || a - b);
      if (facet === "statuses") order.sort((a, b) => statusRanks(model)[a] - statusRanks(model)[b]);
      if (facet === "communities") order = order.filter((n) => model.communities[n].length > 1);
      this.orders.set(facet, order);
    }
    return order;
  }

  private showFacet(facet: Facet): void {
    const box = byId<HTMLDetailsElement>(`facet-${facet}`);
    const order = this.order(facet);
    box.hidden = order.length < 2 && this.app.state.off[facet].size === 0;
    const focused = box.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.key : undefined;
    const rows = (this.long.has(facet) ? order : order.slice(0, FIRST)).map((n) => this.row(facet, n));
    const rest = order.length - rows.length;
    const more = rest > 0 || this.long.has(facet) ? button(rest > 0 ? say("rest", { count: rest }) : say("fewer"), () => {
      if (!this.long.delete(facet)) this.long.add(facet);
      this.showFacet(facet);
    }, { class: "link more", "data-key": "more" }) : null;
    const off = this.app.state.off[facet].size;
    const all = button(say(off ? "all" : "none"), () => this.set(facet, off ? [] : order), { class: "link", "data-key": "all" });
    const title = make("summary", { "data-key": "title" }, say(facet), off ? make("span", { class: "count" }, say("off-count", { count: off })) : null);
    box.replaceChildren(title, ...rows, make("div", { class: "ends" }, all, more));
    if (focused) box.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
  }

  private set(facet: Facet, off: Iterable<number>): void {
    this.app.change({ off: { ...this.app.state.off, [facet]: new Set(off) } });
  }

  private row(facet: Facet, n: number): HTMLElement {
    const { app } = this;
    const off = app.state.off[facet];
    const [name, comment] = nameOf(app, facet, n);
    const count = app.passing.counts[facet][n];
    const sign = facet === "classes" ? classSign(app, n) : facet === "statuses" ? statusSign(app, n) : facet === "communities" ? communitySign(app, n) : null;
    const box = make("input", { type: "checkbox", "data-key": `box-${n}`, change: () => {
      const next = new Set(off);
      if (!next.delete(n)) next.add(n);
      this.set(facet, next);
    } });
    box.checked = !off.has(n);
    const order = this.order(facet);
    const alone = !off.has(n) && off.size >= order.length - 1 && order.length > 1;
    const only = button(say(alone ? "restore" : "only"), () => this.set(facet, alone ? startState(app.model).off[facet] : order.filter((other) => other !== n)),
      { class: "only", "aria-label": say("only-this", { name }), "data-key": `only-${n}` });
    return make("div", { class: count ? "row" : "row none" },
      make("label", { title: comment }, box, sign, make("span", { class: "name", dir: "auto" }, name), make("span", { class: "count" }, number(count))), only);
  }
}
