// The story: the analyst's own ordered views, each with a caption, kept in the page's address.

import type { App, Part } from "./app.ts";
import { announce, button, byId, make, plain } from "./dom.ts";
import { say } from "./words.ts";

export class Story implements Part {
  constructor(private readonly app: App) {
    byId("keep-step").addEventListener("submit", (event) => {
      event.preventDefault();
      const field = byId<HTMLInputElement>("caption");
      app.keep(field.value.trim() || say("step", { number: app.story.length + 1 }));
      announce(say("step-kept", { count: app.story.length }));
      field.value = "";
    });
    byId("copy-link").addEventListener("click", () => this.copy());
    byId("show-story").addEventListener("click", () => this.open(byId("story").hidden === true));
    byId("close-story").addEventListener("click", () => this.open(false));
  }

  show(): void {
    const { story, step } = this.app;
    byId("steps").replaceChildren(...story.map(({ caption }, n) => make("li", { class: n === step ? "now" : "" },
      button(plain(caption), () => this.app.tell(n), { class: "link", "aria-current": n === step ? "step" : undefined }),
      button("\u2191", () => this.move(n, -1), { "aria-label": say("earlier", { name: plain(caption) }), disabled: n === 0 }),
      button("\u2193", () => this.move(n, 1), { "aria-label": say("later", { name: plain(caption) }), disabled: n === story.length - 1 }),
      button("\u00d7", () => this.drop(n), { "aria-label": say("drop", { name: plain(caption) }) }))));
    const caption = byId("telling");
    caption.hidden = !(step >= 0 && story[step]);
    if (caption.hidden) return;
    caption.replaceChildren(
      button("\u2039", () => this.app.tell(step - 1), { "aria-label": say("step-back"), disabled: step === 0 }),
      make("span", {}, `${step + 1}/${story.length} ${plain(story[step].caption)}`),
      button("\u203a", () => this.app.tell(step + 1), { "aria-label": say("step-on"), disabled: step === story.length - 1 }));
  }

  private open(wanted: boolean): void {
    byId("story").hidden = !wanted;
    byId("show-story").setAttribute("aria-expanded", String(wanted));
    (wanted ? byId("caption") : byId("show-story")).focus();
  }

  private move(n: number, by: number): void {
    const story = [...this.app.story];
    [story[n], story[n + by]] = [story[n + by], story[n]];
    this.set(story, this.app.step === n ? n + by : this.app.step === n + by ? n : this.app.step);
  }

  private drop(n: number): void {
    const { step } = this.app;
    this.set(this.app.story.filter((_, k) => k !== n), step === n ? -1 : step > n ? step - 1 : step);
  }

  private set(story: App["story"], step: number): void {
    Object.assign(this.app, { story, step });
    this.app.write(true);
    for (const part of this.app.parts) part.show();
  }

  /** The link goes to the clipboard where the browser allows it, else into a field to copy from. */
  private copy(): void {
    this.app.write(true);
    const field = byId<HTMLInputElement>("link");
    field.value = location.href;
    field.hidden = false;
    field.select();
    navigator.clipboard?.writeText(location.href).then(() => announce(say("copied")), () => announce(say("copy-yourself")));
  }
}
