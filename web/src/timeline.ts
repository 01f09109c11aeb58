// The time slider: from which year to which, by the statements' own times or the replies' dates.

import type { App, Part } from "./app.ts";
import { byId, make } from "./dom.ts";
import type { Span } from "./state.ts";
import { say } from "./words.ts";

export class Timeline implements Part {
  private readonly first: number;
  private readonly last: number;
  private readonly from = byId<HTMLInputElement>("from");
  private readonly to = byId<HTMLInputElement>("to");
  private readonly clock = byId<HTMLSelectElement>("clock");

  constructor(private readonly app: App) {
    const { ownYears, replyYear } = app.model;
    const years = [...ownYears.flat(), ...replyYear].filter((year) => year > 0);
    this.first = years.reduce((a, b) => Math.min(a, b), 9999);
    this.last = years.reduce((a, b) => Math.max(a, b), 0);
    byId("time").hidden = this.last <= this.first;
    for (const slider of [this.from, this.to]) {
      slider.min = String(this.first);
      slider.max = String(this.last);
      slider.addEventListener("input", () => this.moved(slider));
    }
    this.clock.addEventListener("change", () => this.moved(null));
    byId("all-time").addEventListener("click", () => app.change({ span: null }));
  }

  show(): void {
    const span = this.app.state.span || { from: this.first, to: this.last, clock: this.clock.value as Span["clock"] };
    this.from.value = String(span.from);
    this.to.value = String(span.to);
    this.clock.value = span.clock;
    byId("span").textContent = this.app.state.span ? say("span", { from: String(span.from), to: String(span.to) }) : say("all-years");
    byId("all-time").hidden = !this.app.state.span;
    this.bars(span);
  }

  /** How much is told of each year, over the slider. */
  private bars({ from, to, clock }: Span): void {
    const { model } = this.app;
    const counts = new Array<number>(Math.max(0, this.last - this.first + 1)).fill(0);
    for (let statement = 0; statement < model.statementCount; statement += 1) {
      const own = clock === "own" ? model.ownYears[statement][0] : 0;
      const year = own || model.replyYear[model.replyOf(statement)];
      if (year) counts[year - this.first] += 1;
    }
    const most = Math.max(1, ...counts);
    byId("bars").replaceChildren(...counts.map((count, n) => {
      const bar = make("i", { class: this.first + n >= from && this.first + n <= to ? "in" : "" });
      bar.style.height = `${Math.round(22 * Math.sqrt(count / most))}px`;
      return bar;
    }));
  }

  private moved(slider: HTMLInputElement | null): void {
    let [from, to] = [Number(this.from.value), Number(this.to.value)];
    if (from > to) [from, to] = slider === this.from ? [from, from] : [to, to];
    const clock = this.clock.value as Span["clock"];
    this.app.change({ span: from === this.first && to === this.last && !this.app.state.span && slider ? null : { from, to, clock } });
  }
}
