// A reply's full text with the passage highlighted, in a dialog of its own.

import type { App } from "./app.ts";
import { button, byId, make, plain } from "./dom.ts";
import type { Sentence } from "./model.ts";
import { number, say } from "./words.ts";

/** Open the reply where the sentence stands. */
export function read(app: App, sentence: Sentence): void {
  const { name, title, session, number: numbers, date } = app.model.graph.replies;
  const { reply } = sentence;
  const text = app.model.texts[reply];
  const dialog = byId<HTMLDialogElement>("reader");
  const about = [session[reply], numbers[reply] && say("number", { number: numbers[reply] }), date[reply]].filter(Boolean).map(plain).join(" \u00b7 ");
  const pieces = text.pieces.flatMap((piece, n) => [n || piece.start ? gap(n ? text.pieces[n - 1].end : 0, piece.start) : null, paragraph(piece, sentence)]);
  dialog.replaceChildren(
    make("header", {},
      make("h2", { id: "reader-title" }, plain(title[reply] || name[reply])),
      button("\u00d7", () => dialog.close(), { class: "close", "aria-label": say("close-text"), title: say("close-text") })),
    make("p", { class: "lead" }, [plain(name[reply]), about].filter(Boolean).join(" \u00b7 ")),
    text.whole ? "" : make("p", { class: "note" }, say("only-quotes")),
    make("div", { class: "text", lang: "zh", tabindex: 0, role: "region", "aria-labelledby": "reader-title" }, ...pieces.filter((piece): piece is HTMLElement => Boolean(piece))));
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("mark.here")?.scrollIntoView({ block: "center" });
}

function gap(from: number, to: number): HTMLElement {
  return make("p", { class: "gap" }, say("gap", { count: number(to - from) }));
}

function paragraph(piece: { start: number; end: number; slice(start: number, end: number): string }, { start, end, marks }: Sentence): HTMLElement {
  if (start < piece.start || end > piece.end) return make("p", { dir: "auto" }, plain(piece.slice(piece.start, piece.end)));
  const here = make("mark", { class: "here" });
  let at = start;
  for (const [first, last, side] of marks) {
    here.append(plain(piece.slice(at, start + first)), make("b", { class: side ? "object" : "subject" }, plain(piece.slice(start + first, start + last))));
    at = start + last;
  }
  here.append(plain(piece.slice(at, end)));
  return make("p", { dir: "auto" }, plain(piece.slice(piece.start, start)), here, plain(piece.slice(end, piece.end)));
}
