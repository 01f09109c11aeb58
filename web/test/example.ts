// A small invented graph: a chain of four with a shortcut, two replies of two districts.

import type { Graph, Lexicon } from "../src/contract.ts";
import { Model } from "../src/model.ts";

const pair = (name: string): [string, string] => [`${name}-zh`, name];

export const lexicon: Lexicon = {
  format: 1,
  measured: "",
  words: {},
  classes: ["Firm", "Fund"].map((name) => ({ name, label: pair(name), comment: pair(name), colour: "#123456", shape: "dot" })),
  predicates: [{ name: "invests", label: pair("invests"), comment: pair(""), symmetric: false }, { name: "works", label: pair("works"), comment: pair(""), symmetric: true }],
  statuses: ["denied", "done", "planned"].map((name) => ({ name, label: pair(name), factual: name === "done" })),
  outcomes: [{ name: "fulfilled", label: pair("fulfilled") }],
};

const texts = ["甲投资乙。乙与丙合作。𠮷日，丙投资丁。", "甲将投资丙。甲未投资丁。"];

export function graph(): Graph {
  const labels = ["甲", "乙", "丙", "丁", "戊"];
  const ends: [number, number, number][] = [[0, 1, 0], [1, 2, 1], [2, 3, 0], [0, 2, 0], [0, 3, 0]];
  const spans: [number, number, number][] = [[0, 0, 4], [0, 5, 10], [0, 11, 18], [1, 0, 5], [1, 6, 11]];
  return {
    nodes: {
      iri: labels.map((label) => `https://e.example/id/organization/${label}`), label: labels, cls: [0, 0, 1, 0, 1], aliases: [["甲公司", "A"], [], [], [], []],
      x: [0, 100, 200, 300, 400], y: [0, 0, 50, 0, 0], size: [10, 10, 10, 10, 6], degree: [3, 2, 3, 2, 0], betweenness: [500, 0, 1000, 0, 0], community: [0, 0, 1, 1, 2],
      mentions: [[0, 0, 1, 1, 0, 1], [0, 2, 3], [0, 8, 9], [], []],
    },
    edges: { from: ends.map(([a]) => a), to: ends.map(([, b]) => b), predicate: ends.map(([, , p]) => p), total: ends.map(() => 1) },
    statements: { edge: [0, 1, 2, 3, 4], status: [1, 1, 1, 2, 0], time: ["", "2021/2022", "", "2025", ""], amount: ["", "", "", "", ""], rule: [0, 0, 0, 0, 0], confidence: [1, 1, 1, 1, 1], evidence: ends.map((_, n) => [[n]]) },
    rules: ["r"],
    passages: { reply: spans.map(([reply]) => reply), start: spans.map(([, start]) => start), end: spans.map(([, , end]) => end), section: spans.map(() => 0) },
    sections: [""],
    replies: { iri: ["r/1", "r/2"], name: ["1.txt", "2.txt"], title: ["", ""], number: ["", ""], session: ["", ""], date: ["2023-04-01", "2024-04-01"], district: ["东区", "西区"], pieces: texts.map((text) => [0, text]) },
    commitments: { actor: [], name: [], action: [], target: [], due: [], things: [], passage: [], confidence: [], outcomes: [] },
    options: {},
    totals: { entities: 5, connected: 4, statements: 5, replies: 2 },
  };
}

export const example = (): Model => new Model(lexicon, graph());
