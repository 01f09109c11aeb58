// What the page says, in the two languages of ontology/patterns/page.jsonl, and numbers as each writes them.

import type { Pair } from "./contract.ts";

export type Language = "zh" | "en";

let texts: Record<string, Pair> = {};
let language: Language = "zh";

export function useWords(table: Record<string, Pair>, wanted: Language): void {
  texts = table;
  language = wanted;
}

export const languageNow = (): Language => language;
export const either = (pair: Pair): string => pair[language === "zh" ? 0 : 1];
export const number = (value: number): string => value.toLocaleString(language === "zh" ? "zh-CN" : "en");

/** A text of the table; {name} stands for a value. */
export function say(id: string, values: Record<string, string | number> = {}): string {
  const pair = texts[id];
  if (!pair) throw new Error(`page.jsonl has no text ${id}`);
  return either(pair).replace(/\{([a-z]+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}
