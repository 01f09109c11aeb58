import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { deflateSync, strToU8 } from "fflate";
import { plain, shortened } from "../src/dom.ts";
import { placesFor } from "../src/layouts.ts";
import { readModel, yearsOf } from "../src/model.ts";
import { SvgPen } from "../src/pen.ts";
import { Search } from "../src/search.ts";
import { cell, csv } from "../src/table.ts";
import { Text } from "../src/text.ts";
import { example, graph, lexicon } from "./example.ts";

test("offsets count characters, also where one takes two units", () => {
  const model = example();
  assert.equal(model.quote(model.passage(2)), "𠮷日，丙投资丁");
  assert.deepEqual(model.texts[0].sentence(2, 3), [0, 5]);
});

test("a text in pieces gives what it holds", () => {
  const text = new Text([10, "一二三", 20, "四"]);
  assert.equal(text.slice(11, 13), "二三");
  assert.equal(text.slice(5, 12), "");
  assert.ok(!text.whole);
});

test("data are read plain or deflated", () => {
  const plainData = JSON.stringify(graph());
  const packed = Buffer.from(deflateSync(strToU8(plainData))).toString("base64");
  assert.deepEqual(readModel(JSON.stringify(lexicon), packed).graph, readModel(JSON.stringify(lexicon), plainData).graph);
});

test("search finds names in any width, other names and quotes", () => {
  const search = new Search(example());
  assert.deepEqual(search.find("ａ").names, [{ node: 0, alias: "A", rank: 0.5 }]);
  assert.deepEqual(search.find("甲").names.map(({ node }) => node), [0]);
  assert.deepEqual(search.find("投资 甲").statements, [0, 3, 4]);
  assert.deepEqual(search.find(" "), { names: [], statements: [] });
});

test("a cell is text, whatever it begins with", () => {
  assert.equal(cell("=1+1"), "'=1+1");
  assert.equal(cell('a"b,c'), '"a""b,c"');
  assert.equal(cell(-5), "-5");
  assert.ok(csv([["一"]]).startsWith("\ufeff"));
});

test("SVG holds evil names as text", () => {
  const pen = new SvgPen();
  pen.fillText('</text><script>"&\u0000', 0, 0);
  const svg = pen.toString(0, 0, 10, 10, "#fff");
  assert.ok(!svg.includes("<script") && !svg.includes("\u0000"));
});

test("controls show, and long texts are cut", () => {
  assert.equal(plain("a\u202eb\u200bc"), "a\ufffdb\ufffdc");
  assert.equal(Array.from(shortened("𠮷".repeat(20), 5)).length, 5);
});

test("years are read from times", () => {
  assert.deepEqual(yearsOf("2023-05/2025"), [2023, 2025]);
  assert.deepEqual(yearsOf("soon"), [0, 0]);
});

test("every layout has a place of its own for each node", () => {
  for (const layout of ["forces", "circle", "rings", "columns", "years"] as const) {
    const { x, y } = placesFor(example(), layout);
    assert.equal(new Set([...x].map((value, n) => `${value},${y[n]}`)).size, 5, layout);
  }
});

test("no module is longer than a reader bears, and none makes markup or code of text", () => {
  for (const name of readdirSync("src")) {
    const text = readFileSync(`src/${name}`, "utf-8");
    assert.ok(text.split("\n").length <= 400, name);
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\b|new Function|setHTML/, name);
    assert.doesNotMatch(text, /[\u3400-\u9fff]/, name);
  }
});
