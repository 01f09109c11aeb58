// Search as you type: names, other names and quotes, by their letters (Chinese has no words to index).

import type { Model } from "./model.ts";

export interface Hit {
  node: number;
  /** The name that was found where it isn't the label. */
  alias: string;
  rank: number;
}

export interface Found {
  names: Hit[];
  /** Statements whose quote holds the words. */
  statements: number[];
}

export const folded = (text: string): string => text.normalize("NFKC").toLowerCase();

/** Texts in one string, so that one pass of the engine's own search goes through all. */
class Haystack {
  private readonly text: string;
  private readonly starts: number[] = [];

  constructor(readonly items: string[]) {
    let length = 0;
    for (const item of items) {
      this.starts.push(length);
      length += item.length + 1;
    }
    this.text = items.join("\u0000");
  }

  /** Positions of the items that hold every word, at most `most`. */
  find(words: string[], most: number): number[] {
    const [longest, ...others] = [...words].sort((a, b) => b.length - a.length);
    const found: number[] = [];
    let at = this.text.indexOf(longest);
    while (at >= 0 && found.length < most) {
      const item = this.itemAt(at);
      if (others.every((word) => this.items[item].includes(word))) found.push(item);
      if (item + 1 >= this.starts.length) break;
      at = this.text.indexOf(longest, this.starts[item + 1]);
    }
    return found;
  }

  private itemAt(position: number): number {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

export class Search {
  private readonly names: Haystack;
  private readonly owners: number[] = [];
  private quotes: Haystack | null = null;

  constructor(private readonly model: Model) {
    const { label, aliases } = model.graph.nodes;
    const names: string[] = [];
    label.forEach((name, node) => {
      for (const one of [name, ...aliases[node]]) {
        names.push(folded(one));
        this.owners.push(node);
      }
    });
    this.names = new Haystack(names);
  }

  find(text: string): Found {
    const query = folded(text.trim());
    const words = query.split(/\s+/u).filter(Boolean);
    if (!words.length) return { names: [], statements: [] };
    return { names: this.findNames(query, words), statements: this.findQuotes(words) };
  }

  private findNames(query: string, words: string[]): Hit[] {
    const best = new Map<number, Hit>();
    const { label, degree, aliases } = this.model.graph.nodes;
    for (const n of this.names.find(words, 5000)) {
      const node = this.owners[n];
      const first = n === 0 || this.owners[n - 1] !== node;
      const name = this.names.items[n];
      const rank = (first ? 0 : 0.5) + (name === query ? 0 : name.startsWith(query) ? 1 : name.includes(query) ? 2 : 3);
      const alias = first ? "" : aliases[node].find((other) => folded(other) === name) || "";
      const held = best.get(node);
      if (!held || rank < held.rank) best.set(node, { node, alias, rank });
    }
    return [...best.values()].sort((a, b) => a.rank - b.rank || degree[b.node] - degree[a.node] || label[a.node].length - label[b.node].length || a.node - b.node);
  }

  /** The index of quotes is made when it is first asked: the page is usable before. */
  private findQuotes(words: string[]): number[] {
    const { model } = this;
    this.quotes ||= new Haystack(
      model.graph.statements.edge.map((_, statement) => folded(model.sentences(statement).map((sentence) => model.quote(sentence)).join(" "))));
    return this.quotes.find(words, 200);
  }
}
