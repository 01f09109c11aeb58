// What Python puts on the page (src/ecograph/views/payload.py). Columns hold one value for each thing; numbers are positions.

export type Pair = [zh: string, en: string];

export interface Lexicon {
  format: number;
  measured: string;
  words: Record<string, Pair>;
  classes: { name: string; label: Pair; comment: Pair; colour: string; shape: Shape }[];
  predicates: { name: string; label: Pair; comment: Pair; symmetric: boolean }[];
  statuses: { name: string; label: Pair; factual: boolean }[];
  outcomes: { name: string; label: Pair }[];
}

export type Shape = "dot" | "diamond" | "square" | "triangle" | "hexagon" | "triangleDown" | "star";

/** A passage's number, then start, end and side (0 subject, 1 object) of each name marked in it. */
export type Citation = number[];
/** State, time, passage (-1: none), confidence. */
export type OutcomeRow = [number, string, number, number];

export interface Graph {
  nodes: {
    iri: string[];
    label: string[];
    cls: number[];
    aliases: string[][];
    x: number[];
    y: number[];
    size: number[];
    degree: number[];
    betweenness: number[];
    community: number[];
    /** Reply, start, end of each place where the entity is named. */
    mentions: number[][];
  };
  edges: { from: number[]; to: number[]; predicate: number[]; total: number[] };
  statements: {
    edge: number[];
    status: number[];
    time: string[];
    amount: string[];
    rule: number[];
    confidence: number[];
    evidence: Citation[][];
  };
  rules: string[];
  passages: { reply: number[]; start: number[]; end: number[]; section: number[] };
  sections: string[];
  replies: {
    iri: string[];
    name: string[];
    title: string[];
    number: string[];
    session: string[];
    date: string[];
    district: string[];
    /** Where a piece of the text begins, in characters, and its words, alternating. */
    pieces: (number | string)[][];
  };
  commitments: {
    actor: number[];
    name: string[];
    action: string[];
    target: string[];
    due: string[];
    things: number[][];
    passage: number[];
    confidence: number[];
    outcomes: OutcomeRow[][];
  };
  options: Record<string, unknown>;
  totals: { entities: number; connected: number; statements: number; replies: number };
}
