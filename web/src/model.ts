// The page's data with what is derived from it once: adjacency, years, who says what of whom.

import { inflateSync, strFromU8 } from "fflate";
import type { Graph, Lexicon } from "./contract.ts";
import { Text } from "./text.ts";

export interface Sentence {
  reply: number;
  start: number;
  end: number;
  section: string;
  /** Start and end in the quote, side 0 (subject) or 1 (object). */
  marks: [number, number, number][];
}

/** Facets by which statements (or, for classes and communities, their ends) are filtered. */
export const FACETS = ["classes", "statuses", "predicates", "districts", "years", "replies", "communities"] as const;
export type Facet = (typeof FACETS)[number];

export class Model {
  readonly count: number;
  readonly edgeCount: number;
  readonly statementCount: number;
  readonly texts: Text[];
  /** Statements of each edge, edges of each node. */
  readonly ofEdge: number[][];
  readonly ofNode: number[][];
  readonly communities: number[][];
  readonly years: string[];
  readonly districts: string[];
  /** Per statement: position in `years`, and first and last year by its own time (0: none); per reply: district and year. */
  readonly yearOf: Int16Array;
  readonly ownYears: [number, number][];
  readonly replyYear: number[];
  readonly districtOf: number[];
  readonly mentionCount: number[];
  readonly byIri: Map<string, number>;

  constructor(
    readonly lexicon: Lexicon,
    readonly graph: Graph,
  ) {
    const { nodes, edges, statements, replies } = graph;
    this.count = nodes.iri.length;
    this.edgeCount = edges.from.length;
    this.statementCount = statements.edge.length;
    this.texts = replies.pieces.map((pieces) => new Text(pieces));
    this.ofEdge = edges.from.map(() => []);
    this.ofNode = nodes.iri.map(() => []);
    this.communities = [];
    statements.edge.forEach((edge, statement) => { this.ofEdge[edge].push(statement); });
    edges.from.forEach((from, edge) => {
      this.ofNode[from].push(edge);
      this.ofNode[edges.to[edge]].push(edge);
    });
    nodes.community.forEach((community, node) => {
      this.communities[community] ||= [];
      this.communities[community].push(node);
    });
    this.replyYear = replies.date.map((date) => Number(date.slice(0, 4)) || 0);
    this.ownYears = statements.time.map(yearsOf);
    const told = statements.edge.map((_, n) => this.ownYears[n][0] || this.replyYear[this.replyOf(n)] || 0);
    const found = [...new Set(told)].sort((a, b) => a - b);
    this.years = found.map((year) => (year ? String(year) : ""));
    this.yearOf = Int16Array.from(told, (year) => found.indexOf(year));
    this.districts = [...new Set(replies.district)].sort();
    this.districtOf = replies.district.map((district) => this.districts.indexOf(district));
    this.mentionCount = nodes.mentions.map((places) => places.length / 3);
    this.byIri = new Map(nodes.iri.map((iri, node) => [iri, node]));
  }

  /** The reply that a statement is from. */
  replyOf(statement: number): number {
    return this.graph.passages.reply[this.graph.statements.evidence[statement][0][0]];
  }

  sentences(statement: number): Sentence[] {
    return this.graph.statements.evidence[statement].map((citation) => {
      const sentence = this.passage(citation[0]);
      for (let n = 1; n < citation.length; n += 3) sentence.marks.push([citation[n], citation[n + 1], citation[n + 2]]);
      return sentence;
    });
  }

  passage(n: number): Sentence {
    const { reply, start, end, section } = this.graph.passages;
    return { reply: reply[n], start: start[n], end: end[n], section: this.graph.sections[section[n]], marks: [] };
  }

  quote({ reply, start, end }: Sentence): string {
    return this.texts[reply].slice(start, end);
  }

  other(edge: number, node: number): number {
    const { from, to } = this.graph.edges;
    return from[edge] === node ? to[edge] : from[edge];
  }
}

/** First and last year of a time as the graph writes it: 2023, 2023-05, 2023/2025. */
export function yearsOf(time: string): [number, number] {
  const found = (time.match(/\b(?:19|20)\d\d\b/g) || []).map(Number);
  return found.length ? [Math.min(...found), Math.max(...found)] : [0, 0];
}

/** The page's two data blocks; the larger may be deflated in base64. */
export function readModel(lexicon: string, data: string): Model {
  const graph = data.startsWith("{") ? data : strFromU8(inflateSync(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))));
  return new Model(JSON.parse(lexicon) as Lexicon, JSON.parse(graph) as Graph);
}
