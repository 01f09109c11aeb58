"use strict";
// The data block as objects, and the one way of making elements: text only ever becomes a text node.

const data = JSON.parse(document.getElementById("data").textContent);
const { classes, predicates, statuses, replies } = data;
const BASE = /^.*?\/id\//; // an entity's address in the page is what follows in its IRI

const passages = data.passages.map(([reply, start, end, quote, section]) => ({ reply, start, end, quote, section }));
const entities = data.entities.map(([iri, cls, degree, aliases], id) => ({
  id, iri, cls, degree, aliases, label: data.nodes[id].label, key: iri.replace(BASE, ""), size: data.nodes[id].size, edges: [],
}));
const edges = data.edges.map((edge, id) => ({
  id, from: edge.from, to: edge.to, predicate: data.relations[id][0], total: data.relations[id][1], statements: [],
}));
const statements = data.statements.map(([edge, status, time, amount, rule, confidence, cited], id) => {
  const evidence = cited.map(([passage, marks]) => ({ ...passages[passage], marks }));
  const statement = { id, edge: edges[edge], status, time, amount, rule, confidence, evidence, reply: evidence[0].reply };
  edges[edge].statements.push(statement);
  return statement;
});
for (const edge of edges) {
  entities[edge.from].edges.push(edge);
  entities[edge.to].edges.push(edge);
}

const factual = (statement) => statement.status >= 0 && statuses[statement.status].factual;
/** A sentence of the page (ontology/patterns/page.jsonl) with its values put in. */
function say(id, values = {}) {
  if (!(id in data.texts)) throw new Error(`the page has no text ${id}`);
  return data.texts[id].replace(/\{(\w+)\}/gu, (whole, name) => (name in values ? String(values[name]) : whole));
}
const number = (value) => value.toLocaleString("zh-CN");
const byId = (id) => document.getElementById(id);

/** An element with attributes (functions become listeners) and children (strings become text). */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
const OUTLINES = {
  square: "M3 3H13V13H3Z",
  diamond: "M8 1L15 8L8 15L1 8Z",
  triangle: "M8 1.5L15 14H1Z",
  triangleDown: "M8 14.5L1 2H15Z",
  hexagon: "M4.5 2H11.5L15 8L11.5 14H4.5L1 8Z",
  star: "M8 1L10 6H15L11 9.2L12.6 14.6L8 11.3L3.4 14.6L5 9.2L1 6H6Z",
};

function drawing(name, width, shape) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", name);
  svg.setAttribute("viewBox", `0 0 ${width} 16`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, shape.tag);
  for (const [key, value] of Object.entries(shape)) if (key !== "tag") path.setAttribute(key, value);
  svg.append(path);
  return svg;
}

/** The sign of a class as it is drawn in the graph. */
function sign(cls) {
  const { shape, colour } = classes[cls];
  const outline = OUTLINES[shape];
  return drawing("mark", 16, outline ? { tag: "path", d: outline, fill: colour } : { tag: "circle", cx: 8, cy: 8, r: 6.5, fill: colour });
}

// How an edge is drawn whose statements are all of one status; a status that is not listed and no fact is drawn as planned.
const LINES = { planned: { dashes: [9, 7], colour: "#c98a12" }, denied: { dashes: [2, 6], colour: "#b3261e" } };
const FACT = { dashes: false, colour: "#7d8b9a" };

function lineOf(status) {
  if (status >= 0 && statuses[status].factual) return FACT;
  return LINES[status >= 0 ? statuses[status].name : "planned"] || LINES.planned;
}

function stroke(status) {
  const { dashes, colour } = lineOf(status);
  const shape = { tag: "path", d: "M1 8H25", stroke: colour, "stroke-width": 2 };
  return drawing("stroke", 26, dashes ? { ...shape, "stroke-dasharray": dashes.map((d) => d / 2).join(" ") } : shape);
}
