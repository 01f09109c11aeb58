// One statement as a card: who and what, its status, and each sentence with both ends marked.

import type { App } from "./app.ts";
import { button, make, plain } from "./dom.ts";
import type { Sentence } from "./model.ts";
import { classSign, entityLink } from "./signs.ts";
import { either, say } from "./words.ts";

const PAGE = 20;

/** The quote with its subject and object marked; offsets count characters. */
export function quoted(app: App, sentence: Sentence): HTMLElement {
  const words = app.model.quote(sentence);
  const letters = Array.from(words);
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const [start, end, side] of sentence.marks) {
    parts.push(plain(letters.slice(at, start).join("")));
    parts.push(make("mark", { class: side ? "object" : "subject", title: say(side ? "object" : "subject") }, plain(letters.slice(start, end).join(""))));
    at = end;
  }
  parts.push(plain(letters.slice(at).join("")));
  return make("blockquote", { dir: "auto", lang: "zh" }, ...parts);
}

/** Where the words stand, and the way there. */
export function source(app: App, sentence: Sentence): HTMLElement {
  const { name, title, session, number, date } = app.model.graph.replies;
  const about = [title[sentence.reply], session[sentence.reply], number[sentence.reply], date[sentence.reply]].filter(Boolean).map(plain).join(" \u00b7 ");
  const place = [name[sentence.reply], sentence.section, say("place", { start: sentence.start + 1, end: sentence.end })].filter(Boolean).map(plain).join(" \u00b7 ");
  const open = button(say("open-text"), () => document.dispatchEvent(new CustomEvent("read", { detail: sentence })), { class: "link open-text" });
  return make("p", { class: "source", title: about }, place, " ", open);
}

export function statusTag(app: App, status: number): HTMLElement | null {
  const found = app.model.lexicon.statuses[status];
  return found ? make("span", { class: `tag ${found.name}` }, either(found.label)) : null;
}

export const timeText = (time: string): string => plain(time).replace("/", say("until"));

/** One statement; `side` is the entity whose panel this is, without it both ends are named. */
export function card(app: App, statement: number, side = -1): HTMLElement {
  const { graph, lexicon } = app.model;
  const { edge, status, time, amount, rule, confidence } = graph.statements;
  const [from, to, predicate] = [graph.edges.from[edge[statement]], graph.edges.to[edge[statement]], graph.edges.predicate[edge[statement]]];
  const head = make("div", { class: "head" });
  if (side < 0) head.append(entityLink(app, from), make("span", { class: "verb" }, either(lexicon.predicates[predicate].label)), entityLink(app, to));
  else {
    const other = from === side ? to : from;
    head.append(classSign(app, graph.nodes.cls[other]), entityLink(app, other));
  }
  const tags = [
    statusTag(app, status[statement]),
    time[statement] && make("span", { class: "tag fact", title: say("time") }, timeText(time[statement])),
    amount[statement] && make("span", { class: "tag fact", title: say("amount") }, plain(amount[statement])),
  ];
  head.append(...tags.filter((tag): tag is HTMLElement => Boolean(tag)));
  const box = make("li", { class: `card ${lexicon.statuses[status[statement]]?.name || ""}` }, head);
  for (const sentence of app.model.sentences(statement)) box.append(quoted(app, sentence), source(app, sentence));
  box.append(make("p", { class: "source" }, say("rule", { rule: graph.rules[rule[statement]], percent: Math.round(confidence[statement] * 100) })));
  return box;
}

/** A list that grows on demand. */
export function growing<T>(items: T[], one: (item: T) => HTMLElement, page = PAGE): HTMLElement[] {
  const box = make("ul");
  let shown = 0;
  const more = button("", () => grow(), { class: "plain" });
  function grow(): void {
    for (const item of items.slice(shown, shown + page)) box.append(one(item));
    shown = Math.min(items.length, shown + page);
    more.textContent = say("more", { next: Math.min(page, items.length - shown), left: items.length - shown });
    more.hidden = shown >= items.length;
  }
  grow();
  return [box, more];
}

export const cards = (app: App, statements: number[], side = -1): HTMLElement[] => growing(statements, (statement) => card(app, statement, side));
