"use strict";
// Names beside the nodes, in one size on the screen whatever the zoom: the most important first, none on another.

const CELL = 64;
const MOST = 180;
const TRIES = 700; // of more nodes the rest is too small to be named at this zoom
const HUBS = 16; // so many are named even where their names lie on other nodes
const widths = new Map();

/** Boxes [left, top, right, bottom] in a grid of cells, so that a new one meets only those nearby. */
class Occupied {
  constructor() { this.cells = new Map(); }

  add(box) {
    for (let x = Math.floor(box[0] / CELL); x <= box[2] / CELL; x++) {
      for (let y = Math.floor(box[1] / CELL); y <= box[3] / CELL; y++) {
        const key = x * 65536 + y;
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(box);
      }
    }
  }

  /** How many boxes this one touches, counted no further than `most`. */
  hits(box, most = 1) {
    let count = 0;
    for (let x = Math.floor(box[0] / CELL); x <= box[2] / CELL; x++) {
      for (let y = Math.floor(box[1] / CELL); y <= box[3] / CELL; y++) {
        for (const other of this.cells.get(x * 65536 + y) || []) {
          if (other[0] < box[2] && box[0] < other[2] && other[1] < box[3] && box[1] < other[3] && ++count >= most) return count;
        }
      }
    }
    return count;
  }
}

function shortened(label, most) {
  const letters = Array.from(label.replace(/\s+/gu, " "));
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : letters.join("");
}

function widthOf(ctx, text, font) {
  const key = font + text;
  if (!widths.has(key)) widths.set(key, ctx.measureText(text).width);
  return widths.get(key);
}

function write(ctx, text, x, y, colour) {
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

/** Four places for a label of this width beside a node: below, right, above, left. */
function placesBeside(spot, width, height) {
  const { x, y, r } = spot;
  return [
    [x - width / 2, y + r + 2], [x + r + 4, y - height / 2], [x - width / 2, y - r - height - 2], [x - r - width - 4, y - height / 2],
  ].map(([left, top]) => [left, top, left + width, top + height]);
}

/**
 * Draw labels. `spots` are the nodes in view, the most important first: {x, y, r, label, bold, forced}, in pixels of a screen of `width` by `height`.
 * `verbs` are labels of edges: {x, y, label}.
 */
function drawLabels(ctx, width, height, spots, verbs) {
  const labels = new Occupied();
  const nodes = new Occupied();
  for (const { x, y, r } of spots) nodes.add([x - r, y - r, x + r, y + r]);
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.strokeStyle = "rgba(252,253,254,0.92)";
  ctx.lineWidth = 3.5;
  let drawn = 0;
  let tried = 0;
  for (const [rank, spot] of spots.entries()) {
    if (!spot.forced && (drawn >= MOST || ++tried > TRIES)) break;
    const size = spot.bold ? 14 : 12;
    const font = `${spot.bold ? "600 " : ""}${size}px ${FAMILY}`;
    ctx.font = font;
    const text = shortened(spot.label, spot.forced ? 40 : 14);
    const options = placesBeside(spot, widthOf(ctx, text, font), size + 3);
    let best = null;
    for (const box of options) {
      if (labels.hits(box)) continue;
      const outside = box[0] < 0 || box[1] < 0 || box[2] > width || box[3] > height;
      const cost = nodes.hits(box, spot.forced || rank < HUBS ? 9 : 1) + (outside ? 2 : 0);
      if (!best || cost < best.cost) best = { box, cost };
      if (!cost) break;
    }
    if (!best && spot.forced === "always") best = { box: options[0], cost: 0 };
    if (!best || (best.cost > 0 && !spot.forced && rank >= HUBS)) continue;
    labels.add(best.box);
    write(ctx, text, best.box[0], best.box[1] + 1, spot.bold ? "#111b26" : "#33404d");
    drawn++;
  }
  ctx.font = `11px ${FAMILY}`;
  for (const { x, y, label } of verbs) {
    const half = widthOf(ctx, label, ctx.font) / 2;
    const box = [x - half, y - 7, x + half, y + 7];
    if (labels.hits(box) || nodes.hits(box)) continue;
    labels.add(box);
    write(ctx, label, box[0], box[1] + 1, "#6a4a00");
  }
}

const FAMILY = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif';
