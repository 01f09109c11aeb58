// The search field: a combobox over names, other names and quotes.

import type { App, Part } from "./app.ts";
import { byId, make, plain, shortened } from "./dom.ts";
import { folded, Search } from "./search.ts";
import { classSign, className } from "./signs.ts";
import { number, say } from "./words.ts";

const NAMES = 10;
const QUOTES = 6;

interface Choice { row: HTMLElement; take: () => void }

export class SearchBox implements Part {
  private readonly search: Search;
  private choices: Choice[] = [];
  private at = -1;
  private readonly field = byId<HTMLInputElement>("query");
  private readonly list = byId("found");

  constructor(private readonly app: App) {
    this.search = new Search(app.model);
    this.field.addEventListener("input", () => this.find());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("focus", () => { if (this.field.value) { this.field.select(); this.find(); } });
    this.field.addEventListener("blur", () => this.close());
  }

  show(): void {
    if (!this.list.hidden) this.find();
  }

  private find(): void {
    const text = this.field.value;
    const found = this.search.find(text);
    const names = found.names.slice(0, NAMES);
    this.choices = names.map(({ node, alias }) => this.nameRow(node, alias));
    const quotes = found.statements.slice(0, QUOTES).map((statement) => this.quoteRow(statement, text));
    const notes: HTMLElement[] = [];
    if (text.trim() && !names.length && !quotes.length) notes.push(note(say("search-nothing", { text: shortened(plain(text.trim()), 30) })));
    if (found.names.length > NAMES) notes.push(note(say("search-more", { count: found.names.length })));
    const rows = [...this.choices.map(({ row }) => row), ...notes];
    if (quotes.length) rows.push(note(say("search-quotes", { count: number(found.statements.length) })), ...quotes.map(({ row }) => row));
    this.choices.push(...quotes);
    this.choices.forEach(({ row }, n) => {
      row.id = `found-${n}`;
      row.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(n); });
    });
    this.at = this.choices.length ? 0 : -1;
    this.list.replaceChildren(...rows);
    this.list.hidden = !rows.length;
    this.mark();
  }

  private nameRow(node: number, alias: string): Choice {
    const { label, degree, cls } = this.app.model.graph.nodes;
    const also = alias ? make("span", { class: "count" }, " ", say("search-alias", { name: plain(alias) })) : null;
    const count = say(degree[node] ? "search-degree" : "search-isolated", { class: className(this.app, node), count: degree[node] });
    const row = make("li", { role: "option" }, classSign(this.app, cls[node]), make("span", { class: "name", dir: "auto" }, plain(label[node]), also), make("span", { class: "count" }, count));
    return { row, take: () => { this.field.value = plain(label[node]); this.app.select({ node }, { centre: true }); } };
  }

  private quoteRow(statement: number, text: string): Choice {
    const { model } = this.app;
    const words = folded(text.trim()).split(/\s+/u)[0];
    const quote = model.sentences(statement).map((sentence) => model.quote(sentence)).join(" ");
    const at = folded(quote).indexOf(words);
    const from = Math.max(0, at - 12);
    const row = make("li", { role: "option" }, make("span", { class: "name quote", dir: "auto" }, `${from ? "\u2026" : ""}${shortened(plain(quote.slice(from)), 60)}`));
    const edge = model.graph.statements.edge[statement];
    return { row, take: () => this.app.select({ edge }, { push: true }) };
  }

  private mark(): void {
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    this.choices.forEach(({ row }, n) => { row.setAttribute("aria-selected", String(n === this.at)); });
    const chosen = this.choices[this.at];
    if (chosen && !this.list.hidden) {
      this.field.setAttribute("aria-activedescendant", chosen.row.id);
      chosen.row.scrollIntoView({ block: "nearest" });
    } else this.field.removeAttribute("aria-activedescendant");
  }

  private take(n: number): void {
    const choice = this.choices[n];
    if (!choice) return;
    this.close();
    choice.take();
  }

  private close(): void {
    this.list.hidden = true;
    this.mark();
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return; // Enter then belongs to the input method
    const count = this.choices.length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      if (this.list.hidden) this.list.hidden = false;
      else this.at = (this.at + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.take(this.at);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (this.list.hidden) this.field.value = "";
      this.close();
    }
  }
}

// A list of choices may hold nothing else: what it is told of isn't one.
const note = (text: string): HTMLElement => make("li", { class: "note", role: "presentation" }, text);
