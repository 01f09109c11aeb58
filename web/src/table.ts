// The table twin of what is shown: entities, statements, commitments; sortable, and as CSV.

import type { App, Part } from "./app.ts";
import { button, byId, make, plain, save } from "./dom.ts";
import { classSign, className, entityLink } from "./signs.ts";
import { quoted, source, statusTag, timeText } from "./statements.ts";
import { either, number, say } from "./words.ts";

type Value = string | number;
interface Column {
  id: string;
  /** What is sorted and written to CSV. */
  value: (row: number) => Value;
  cell?: (row: number) => HTMLElement | string;
}
interface Sheet { name: string; rows: number[]; columns: Column[] }

const PAGE = 100;
const FORMULA = /^[=+\-@\t\r]/; // a spreadsheet would compute a cell that begins so

/** A cell as a spreadsheet reads it: text, whatever it begins with. */
export function cell(value: Value): string {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

export const csv = (lines: Value[][]): string => `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;

export class Table implements Part {
  private readonly sorted = new Map<string, { column: string; down: boolean }>();
  private shown = PAGE;
  private view = "";

  constructor(private readonly app: App) {}

  show(): void {
    const { view } = this.app.state;
    byId("table").hidden = view === "graph";
    for (const tab of document.querySelectorAll<HTMLElement>("#views [data-view]")) tab.setAttribute("aria-pressed", String(tab.dataset.view === view));
    if (view !== this.view) this.shown = PAGE;
    this.view = view;
    if (view !== "graph") this.fill(this.sheet());
  }

  private sheet(): Sheet {
    const { view } = this.app.state;
    return view === "entities" ? this.entities() : view === "statements" ? this.statements() : this.commitments();
  }

  private entities(): Sheet {
    const { model, passing } = this.app;
    const { label, degree, betweenness, aliases, iri, community, cls } = model.graph.nodes;
    const columns: Column[] = [
      { id: "name", value: (n) => label[n], cell: (n) => entityLink(this.app, n) },
      { id: "class", value: (n) => className(this.app, n), cell: (n) => make("span", { class: "badge" }, classSign(this.app, cls[n]), className(this.app, n)) },
      { id: "other-names", value: (n) => aliases[n].join(say("comma")) },
      { id: "links", value: (n) => degree[n] },
      { id: "by-betweenness", value: (n) => betweenness[n] },
      { id: "by-mentions", value: (n) => model.mentionCount[n] },
      { id: "community", value: (n) => label[model.communities[community[n]][0]] },
      { id: "address", value: (n) => iri[n], cell: (n) => make("span", { class: "iri" }, iri[n]) },
    ];
    return { name: "entities", rows: positions(passing.nodes), columns };
  }

  private statements(): Sheet {
    const { model, passing } = this.app;
    const { edge, status, time, amount, confidence } = model.graph.statements;
    const { from, to, predicate } = model.graph.edges;
    const { label } = model.graph.nodes;
    const first = (n: number) => model.sentences(n)[0];
    const columns: Column[] = [
      { id: "subject", value: (n) => label[from[edge[n]]], cell: (n) => entityLink(this.app, from[edge[n]]) },
      { id: "predicate", value: (n) => either(model.lexicon.predicates[predicate[edge[n]]].label), cell: (n) => button(either(model.lexicon.predicates[predicate[edge[n]]].label), () => this.app.select({ edge: edge[n] }, { push: true }), { class: "link" }) },
      { id: "object", value: (n) => label[to[edge[n]]], cell: (n) => entityLink(this.app, to[edge[n]]) },
      { id: "status", value: (n) => (model.lexicon.statuses[status[n]] ? either(model.lexicon.statuses[status[n]].label) : ""), cell: (n) => statusTag(this.app, status[n]) || "" },
      { id: "time", value: (n) => timeText(time[n]) },
      { id: "amount", value: (n) => amount[n] },
      { id: "quote", value: (n) => model.sentences(n).map((sentence) => model.quote(sentence)).join(" "), cell: (n) => quoted(this.app, first(n)) },
      { id: "reply", value: (n) => model.graph.replies.name[model.replyOf(n)], cell: (n) => source(this.app, first(n)) },
      { id: "confidence", value: (n) => Math.round(confidence[n] * 100) },
    ];
    return { name: "statements", rows: positions(passing.statements), columns };
  }

  /** Promises of the replies that are not filtered out, made in the chosen years. */
  private commitments(): Sheet {
    const { model, state } = this.app;
    const { graph, lexicon } = model;
    const promised = graph.commitments;
    const replyOf = (n: number) => graph.passages.reply[promised.passage[n]];
    const year = (n: number) => model.replyYear[replyOf(n)];
    const rows = promised.actor.map((_, n) => n).filter((n) => !state.off.replies.has(replyOf(n)) && !state.off.districts.has(model.districtOf[replyOf(n)])
      && (!state.span || !year(n) || (year(n) >= state.span.from && year(n) <= state.span.to)));
    const outcome = (n: number) => promised.outcomes[n].map(([at, time]) => [either(lexicon.outcomes[at].label), timeText(time)].filter(Boolean).join(" ")).join(say("comma")) || say("open");
    const columns: Column[] = [
      { id: "promised", value: (n) => (year(n) ? String(year(n)) : "") },
      { id: "actor", value: (n) => promised.name[n], cell: (n) => (promised.actor[n] >= 0 ? entityLink(this.app, promised.actor[n]) : plain(promised.name[n])) },
      { id: "promise", value: (n) => model.quote(model.passage(promised.passage[n])), cell: (n) => make("div", {}, quoted(this.app, model.passage(promised.passage[n])), source(this.app, model.passage(promised.passage[n]))) },
      { id: "about", value: (n) => promised.things[n].map((node) => graph.nodes.label[node]).join(say("comma")) || promised.target[n], cell: (n) => this.about(n) },
      { id: "due", value: (n) => timeText(promised.due[n]) },
      { id: "became", value: outcome, cell: (n) => this.became(n, outcome(n)) },
      { id: "confidence", value: (n) => Math.round(promised.confidence[n] * 100) },
    ];
    return { name: "commitments", rows, columns };
  }

  private about(n: number): HTMLElement {
    const { things, target } = this.app.model.graph.commitments;
    const links = things[n].flatMap((node, k) => [k ? say("comma") : "", entityLink(this.app, node)]);
    return make("span", {}, ...(links.length ? links : [plain(target[n])]));
  }

  private became(n: number, text: string): HTMLElement {
    const { model } = this.app;
    const told = model.graph.commitments.outcomes[n].filter(([, , passage]) => passage >= 0).map(([, , passage]) => model.passage(passage));
    const [first] = model.graph.commitments.outcomes[n];
    const tag = make("span", { class: `tag ${first ? model.lexicon.outcomes[first[0]].name : "open"}` }, text);
    return make("div", {}, tag, ...told.flatMap((sentence) => [quoted(this.app, sentence), source(this.app, sentence)]));
  }

  private order({ name, rows, columns }: Sheet): number[] {
    const by = this.sorted.get(name);
    const column = columns.find(({ id }) => id === by?.column);
    if (!by || !column) return rows;
    const values = new Map(rows.map((row) => [row, column.value(row)]));
    const compare = new Intl.Collator("zh-CN", { numeric: true }).compare;
    const order = [...rows].sort((a, b) => {
      const [x, y] = [values.get(a)!, values.get(b)!];
      return typeof x === "number" && typeof y === "number" ? x - y || a - b : compare(String(x), String(y)) || a - b;
    });
    return by.down ? order.reverse() : order;
  }

  private fill(sheet: Sheet): void {
    const order = this.order(sheet);
    const by = this.sorted.get(sheet.name);
    const heads = sheet.columns.map(({ id }) => make("th", { scope: "col", "aria-sort": by?.column === id ? (by.down ? "descending" : "ascending") : "none" },
      button(say(id) + (by?.column === id ? (by.down ? " \u25bc" : " \u25b2") : ""), () => this.sort(sheet, id), { "data-column": id })));
    const body = make("tbody", {}, ...order.slice(0, this.shown).map((row) => make("tr", {}, ...sheet.columns.map(({ value, cell: show }) => make("td", {}, show ? show(row) : shown(value(row)))))));
    const left = order.length - this.shown;
    const more = left > 0 ? button(say("more", { next: Math.min(PAGE, left), left }), () => { this.shown += PAGE; this.fill(sheet); }, { class: "plain", id: "more-rows" }) : null;
    byId("table").replaceChildren(
      make("div", { class: "bar" },
        make("h2", {}, say(sheet.name), " ", make("span", { class: "count" }, number(order.length))),
        button(say("csv"), () => this.save(sheet, order), { class: "plain", id: "csv" })),
      make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": say(sheet.name) }, make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body), more));
  }

  private sort(sheet: Sheet, column: string): void {
    const by = this.sorted.get(sheet.name);
    this.sorted.set(sheet.name, { column, down: by?.column === column && !by.down });
    this.fill(sheet);
    byId("table").querySelector<HTMLElement>(`[data-column="${column}"]`)?.focus();
  }

  private save({ name, columns }: Sheet, order: number[]): void {
    const lines = [columns.map(({ id }) => say(id)), ...order.map((row) => columns.map(({ value }) => value(row)))];
    save(`ecograph-${name}.csv`, new Blob([csv(lines)], { type: "text/csv;charset=utf-8" }));
  }
}

const shown = (value: Value): string => (typeof value === "number" ? number(value) : plain(value));

function positions(flags: Uint8Array): number[] {
  const found: number[] = [];
  for (let n = 0; n < flags.length; n += 1) if (flags[n]) found.push(n);
  return found;
}
