// Elements without markup: every text goes in as text.

export type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | undefined>;

export const byId = <T extends HTMLElement = HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found as T;
};

/** An element; functions among the attributes listen to the event of that name, false and undefined leave out. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

export const button = (label: string, click: (event: Event) => void, attributes: Attributes = {}): HTMLButtonElement =>
  make("button", { type: "button", click, ...attributes }, label);

/** A small picture in SVG of our own making. */
export function picture(kind: string, attributes: Record<string, string | number>, box = "0 0 16 16", css = "mark"): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", box);
  svg.setAttribute("class", css);
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(space, kind);
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, String(value));
  svg.append(shape);
  return svg;
}

/** Tell a screen reader what has changed. */
export function announce(text: string): void {
  byId("live").textContent = text;
}

/** A file for the analyst to keep. */
export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const shortened = (text: string, most: number): string => {
  const letters = Array.from(text.length > 4 * most ? text.slice(0, 4 * most) : text);
  return letters.length > most || text.length > 4 * most ? `${letters.slice(0, most - 1).join("")}\u2026` : text;
};

/** Controls that show nothing, or turn the direction of what follows, are shown as a sign of their own. */
export const plain = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "\ufffd");
