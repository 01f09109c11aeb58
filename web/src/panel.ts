// The panel: what is known of the chosen entity, edge or path, always with the sentences that say it.

import type { App, Part } from "./app.ts";
import { announce, button, byId, make, plain } from "./dom.ts";
import { common, paths, type Path } from "./filter.ts";
import type { Sentence } from "./model.ts";
import { statusRanks } from "./scene.ts";
import { badge, classSign, className, entityLink } from "./signs.ts";
import { cards, growing, source } from "./statements.ts";
import type { Scope } from "./state.ts";
import { either, number, say } from "./words.ts";

export class Panel implements Part {
  private shown = "";
  /** List what the filters leave out too. */
  private everything = false;
  /** An entity from which a path, or common neighbours, are looked for. */
  mate: number | null = null;

  constructor(private readonly app: App) {}

  show(): void {
    const { selected, scope } = this.app.state;
    // A table takes the room of a panel that has nothing to tell.
    byId("body").classList.toggle("wide", this.app.state.view !== "graph" && !selected && scope.kind !== "path");
    const about = JSON.stringify([selected, scope.kind === "path" ? scope : 0]);
    const panel = byId("panel-body");
    const { scrollTop } = panel;
    if (about !== this.shown) this.everything = false;
    const content = !selected && scope.kind === "path" ? this.path(scope) : !selected ? this.overview() : "node" in selected ? this.entity(selected.node) : this.edge(selected.edge);
    const key = (document.activeElement as HTMLElement | null)?.dataset.act;
    panel.replaceChildren(...content.filter((part): part is HTMLElement => Boolean(part)));
    panel.scrollTop = about === this.shown ? scrollTop : 0;
    // What was pressed keeps the focus though the panel is made anew.
    if (key && about === this.shown) panel.querySelector<HTMLElement>(`[data-act="${key}"]`)?.focus();
    if (about !== this.shown && selected) {
      byId("panel").classList.add("open");
      if ("node" in selected) announce(this.told(selected.node));
    }
    this.shown = about;
  }

  private told(node: number): string {
    const { nodes } = this.app.model.graph;
    return say("chosen", { name: plain(nodes.label[node]), class: className(this.app, node), count: nodes.degree[node] });
  }

  private passes(statement: number): boolean {
    return this.everything || this.app.passing.statements[statement] === 1;
  }

  private closing(): HTMLElement {
    return button("\u00d7", () => {
      const { scope } = this.app.state;
      this.app.change({ selected: null, ...(scope.kind === "path" && !this.app.state.selected ? { scope: { kind: "telling" } } : {}) }, { push: true });
      byId("graph").focus();
    }, { class: "close", "aria-label": say("close"), title: say("close"), "data-act": "close" });
  }

  private entity(node: number): (HTMLElement | null)[] {
    const { model } = this.app;
    const { label, cls, aliases, iri, degree } = model.graph.nodes;
    const told = model.ofNode[node].flatMap((edge) => model.ofEdge[edge]);
    const listed = told.filter((statement) => this.passes(statement));
    const files = new Set(told.map((statement) => model.replyOf(statement)));
    const leftOut = model.ofNode[node].reduce((sum, edge) => sum + model.graph.edges.total[edge] - model.ofEdge[edge].length, 0);
    return [
      this.closing(),
      make("h2", { dir: "auto", tabindex: -1 }, plain(label[node])),
      make("p", { class: "lead" }, badge(this.app, cls[node])),
      aliases[node].length ? make("p", { class: "lead", dir: "auto" }, say("aliases", { names: aliases[node].map(plain).join(say("comma")) })) : null,
      make("p", { class: "lead" }, told.length ? say("told", { count: told.length, replies: files.size }) : say("untold")),
      this.deeds(node),
      this.mateBox(node),
      told.length ? this.key() : null,
      ...this.grouped(node, listed),
      ...this.notShown(told.length - listed.length, leftOut, degree[node] - model.ofNode[node].length),
      ...this.promises(node),
      ...this.mentions(node),
      make("p", { class: "lead iri", title: say("iri") }, iri[node]),
    ];
  }

  /** What can be done with an entity: by mouse, touch and keyboard alike. */
  private deeds(node: number): HTMLElement {
    const { app } = this;
    const { scope, pinned, expanded } = app.state;
    const toggled = (set: Set<number>) => {
      const next = new Set(set);
      if (!next.delete(node)) next.add(node);
      return next;
    };
    const around = scope.kind === "around" && scope.node === node ? scope.steps : 0;
    const steps = [1, 2].map((wanted) => {
      const next: Scope = around === wanted ? { kind: "telling" } : { kind: "around", node, steps: wanted };
      return button(say(`steps-${wanted}`), () => app.change({ scope: next }, { fit: true }), { "aria-pressed": String(around === wanted), "data-act": `steps-${wanted}` });
    });
    return make("div", { class: "steps", role: "group", "aria-label": say("deeds") },
      ...steps,
      button(say("expand"), () => app.change({ expanded: toggled(expanded) }), { "aria-pressed": String(expanded.has(node)), "data-act": "expand" }),
      button(say("pin"), () => app.change({ pinned: toggled(pinned) }), { "aria-pressed": String(pinned.has(node)), "data-act": "pin" }),
      button(say("hide"), () => app.change({ hidden: new Set([...app.state.hidden, node]), selected: null }, { announce: say("hidden-one", { name: plain(app.model.graph.nodes.label[node]) }) }), { "data-act": "hide" }),
      button(say("remember"), () => { this.mate = node; this.show(); announce(say("remembered", { name: plain(app.model.graph.nodes.label[node]) })); }, { "aria-pressed": String(this.mate === node), "data-act": "mate" }));
  }

  /** From the remembered entity to this one: paths between them, and neighbours in common. */
  private mateBox(node: number): HTMLElement | null {
    const { mate, app } = this;
    if (mate === null) return null;
    const name = plain(app.model.graph.nodes.label[mate]);
    if (mate === node) return make("p", { class: "note" }, say("remembered", { name }));
    const shared = common(app.model, mate, node);
    return make("div", { class: "note" },
      button(say("paths-from", { name }), () => app.change({ scope: { kind: "path", from: mate, to: node }, selected: null }, { fit: true, push: true }), { class: "plain", "data-act": "paths" }),
      make("p", { class: "lead" }, say("common", { name, count: shared.length })),
      ...growing(shared, (one) => make("li", {}, classSign(app, app.model.graph.nodes.cls[one]), entityLink(app, one)), 8));
  }

  private key(): HTMLElement {
    const sign = (side: string) => make("span", {}, make("mark", { class: side }, say(side)));
    return make("p", { class: "key" }, sign("subject"), sign("object"), make("span", {}, say("marked")));
  }

  /** Statements under headings: predicate and direction first, then the status. */
  private grouped(node: number, list: number[]): HTMLElement[] {
    const { model } = this.app;
    const ranks = statusRanks(model);
    const groups = new Map<number, number[]>();
    for (const statement of list) {
      const edge = model.graph.statements.edge[statement];
      const predicate = model.graph.edges.predicate[edge];
      const outward = model.lexicon.predicates[predicate].symmetric || model.graph.edges.from[edge] === node;
      const key = (outward ? 0 : model.lexicon.predicates.length) + predicate;
      groups.set(key, [...(groups.get(key) || []), statement]);
    }
    return [...groups].sort(([a], [b]) => a - b).flatMap(([key, held]) => {
      const { label, symmetric } = model.lexicon.predicates[key % model.lexicon.predicates.length];
      const title = say(symmetric ? "with" : key < model.lexicon.predicates.length ? "outward" : "inward", { predicate: either(label) });
      held.sort((a, b) => ranks[model.graph.statements.status[a]] - ranks[model.graph.statements.status[b]] || a - b);
      return [make("h3", {}, title, make("span", { class: "count" }, number(held.length))), ...this.byStatus(held, node)];
    });
  }

  private byStatus(held: number[], node: number): HTMLElement[] {
    const { statuses } = this.app.model.lexicon;
    const of = (statement: number) => this.app.model.graph.statements.status[statement];
    const kinds = [...new Set(held.map(of))];
    return kinds.flatMap((status) => {
      const own = held.filter((statement) => of(statement) === status);
      const title = kinds.length > 1 && statuses[status] ? [make("h4", {}, either(statuses[status].label), " ", make("span", { class: "count" }, number(own.length)))] : [];
      return [...title, ...cards(this.app, own, node)];
    });
  }

  private notShown(filtered: number, leftOut: number, outside: number): HTMLElement[] {
    const notes: HTMLElement[] = [];
    if (filtered > 0) notes.push(make("p", { class: "lead" }, say("filtered-out", { count: filtered }), " ", button(say("list-too"), () => { this.everything = true; this.show(); }, { class: "link", "data-act": "everything" })));
    if (leftOut > 0) notes.push(make("p", { class: "lead" }, say("left-out", { count: leftOut })));
    if (outside > 0) notes.push(make("p", { class: "lead" }, say("outside", { count: outside })));
    return notes;
  }

  private promises(node: number): HTMLElement[] {
    const { model } = this.app;
    const { things, actor, passage } = model.graph.commitments;
    const found = actor.map((_, n) => n).filter((n) => actor[n] === node || things[n].includes(node));
    if (!found.length) return [];
    const one = (n: number) => make("li", { class: "card planned" }, make("blockquote", { dir: "auto", lang: "zh" }, plain(model.quote(model.passage(passage[n])))), source(this.app, model.passage(passage[n])));
    return [make("h3", {}, say("commitments"), make("span", { class: "count" }, number(found.length))), ...growing(found, one, 5)];
  }

  /** Every place where the replies name it, each with the sentence around. */
  private mentions(node: number): HTMLElement[] {
    const { model } = this.app;
    const places = model.graph.nodes.mentions[node];
    if (!places.length) return [];
    const list: Sentence[] = [];
    for (let n = 0; n < places.length; n += 3) list.push({ reply: places[n], start: places[n + 1], end: places[n + 2], section: "", marks: [] });
    const one = (mention: Sentence) => {
      const [start, end] = model.texts[mention.reply].sentence(mention.start, mention.end);
      const cut = (from: number, to: number) => plain(model.texts[mention.reply].slice(from, to));
      return make("li", { class: "card mention" }, make("blockquote", { dir: "auto", lang: "zh" }, cut(start, mention.start), make("mark", { class: "subject" }, cut(mention.start, mention.end)), cut(mention.end, end)), source(this.app, mention));
    };
    const box = make("details", { class: "mentions" }, make("summary", {}, say("mentions", { count: list.length })));
    // Made when it is opened: a busy entity is named hundreds of times.
    box.addEventListener("toggle", () => { if (box.open && box.children.length === 1) box.append(...growing(list, one, 15)); });
    return [box];
  }

  private edge(edge: number): (HTMLElement | null)[] {
    const { model } = this.app;
    const { from, to, predicate, total } = model.graph.edges;
    const { label, comment, symmetric } = model.lexicon.predicates[predicate[edge]];
    const told = model.ofEdge[edge].filter((statement) => this.passes(statement));
    const beside = model.ofNode[from[edge]].filter((other) => other !== edge && model.other(other, from[edge]) === to[edge]).flatMap((other) => model.ofEdge[other]).filter((statement) => this.passes(statement));
    const between = ` ${either(label)} ${symmetric ? "\u2014" : "\u2192"} `;
    return [
      this.closing(),
      make("h2", { tabindex: -1 }, entityLink(this.app, from[edge]), make("span", { class: "lead" }, between), entityLink(this.app, to[edge])),
      make("p", { class: "lead" }, either(comment)),
      this.key(),
      ...cards(this.app, told),
      ...this.notShown(model.ofEdge[edge].length - told.length, total[edge] - model.ofEdge[edge].length, 0),
      ...(beside.length ? [make("h3", {}, say("between")), ...cards(this.app, beside)] : []),
    ];
  }

  private path({ from, to }: { from: number; to: number }): (HTMLElement | null)[] {
    const { model, passing } = this.app;
    const { label } = model.graph.nodes;
    const found = paths(model, from, to, (edge) => passing.edges[edge] > 0 || model.ofEdge[edge].some((statement) => passing.statements[statement]));
    const names = { from: plain(label[from]), to: plain(label[to]) };
    return [
      this.closing(),
      make("h2", { tabindex: -1 }, say("paths-title", names)),
      make("p", { class: "lead" }, say(found.length ? "paths-found" : "paths-none", { count: found.length })),
      ...found.map((path, n) => this.onePath(path, n)),
    ];
  }

  private onePath(path: Path, n: number): HTMLElement {
    const { app } = this;
    const { model } = app;
    const way = path.flatMap(([node, edge]) => [plain(model.graph.nodes.label[node]), edge >= 0 ? either(model.lexicon.predicates[model.graph.edges.predicate[edge]].label) : ""]).filter(Boolean);
    const steps = path.slice(0, -1).flatMap(([node], k) => {
      const next = path[k + 1][0];
      return model.ofNode[node].filter((edge) => model.other(edge, node) === next).flatMap((edge) => model.ofEdge[edge]).filter((statement) => app.passing.statements[statement]);
    });
    return make("details", { class: "path", open: n === 0 }, make("summary", {}, way.join(" \u2013 ")), ...cards(app, steps));
  }

  private overview(): (HTMLElement | null)[] {
    const { app } = this;
    const { degree, cls, label } = app.model.graph.nodes;
    const busiest = degree.map((_, node) => node).filter((node) => app.model.ofNode[node].length).sort((a, b) => degree[b] - degree[a] || a - b).slice(0, 12);
    const rows = busiest.map((node) => make("li", {}, make("button", { type: "button", class: "entry", click: () => app.select({ node }, { centre: true }) },
      classSign(app, cls[node]), make("span", { class: "name", dir: "auto" }, plain(label[node])), make("span", { class: "count" }, say("degree", { count: degree[node] })))));
    return [
      make("h2", {}, say("start")),
      make("ul", { class: "tips" }, ...[1, 2, 3, 4, 5].map((tip) => make("li", {}, say(`tip-${tip}`)))),
      busiest.length ? make("h3", {}, say("busiest")) : make("p", { class: "lead" }, say("no-relations")),
      make("ul", {}, ...rows),
    ];
  }
}
