import assert from "node:assert/strict";
import { test } from "node:test";
import { around, common, filter, paths } from "../src/filter.ts";
import { startState } from "../src/state.ts";
import { example } from "./example.ts";

const model = example();
const every = () => true;
const shown = (flags: Uint8Array) => [...flags].flatMap((flag, n) => (flag ? [n] : []));

test("the first view shows all that is connected but what is denied", () => {
  const passing = filter(model, startState(model));
  assert.deepEqual(shown(passing.nodes), [0, 1, 2, 3]);
  assert.deepEqual(shown(passing.statements), [0, 1, 2, 3]);
  assert.equal(passing.edges[4], 0);
});

test("a count tells what would be shown if only that value's own filter were lifted", () => {
  const state = startState(model);
  assert.deepEqual([...filter(model, state).counts.statuses], [1, 3, 1]);
  state.off.replies.add(1);
  const { counts } = filter(model, state);
  assert.deepEqual([...counts.statuses], [0, 3, 0]);
  assert.deepEqual([...counts.replies], [3, 1]);
});

test("filters combine: a statement has to pass all of them, its ends too", () => {
  const state = startState(model);
  state.off.districts.add(model.districts.indexOf("西区"));
  state.off.predicates.add(1);
  state.off.classes.add(1);
  assert.deepEqual(shown(filter(model, state).statements), [0]);
  state.off.communities.add(0);
  assert.equal(filter(model, state).nodeCount, 0);
});

test("the years of a statement are its own, else its reply's", () => {
  assert.deepEqual(model.years, ["2021", "2023", "2024", "2025"]);
  const state = startState(model);
  state.span = { from: 2022, to: 2022, clock: "own" };
  assert.deepEqual(shown(filter(model, state).statements), [1]);
  state.span = { from: 2024, to: 2024, clock: "reply" };
  assert.deepEqual(shown(filter(model, state).statements), [3]);
});

test("what is pinned stays, what is hidden goes, what is alone comes when asked for", () => {
  const state = startState(model);
  state.off.classes.add(1);
  state.pinned.add(2);
  assert.ok(filter(model, state).nodes[2]);
  state.hidden.add(0);
  assert.ok(!filter(model, state).nodes[0]);
  const alone = startState(model);
  alone.isolated = true;
  alone.scope = { kind: "all" };
  assert.ok(filter(model, alone).nodes[4]);
});

test("steps around a node follow the edges that pass", () => {
  assert.deepEqual(around(model, 3, 1, every).sort(), [0, 2, 3]);
  assert.deepEqual(around(model, 3, 1, (edge) => edge !== 4).sort(), [2, 3]);
  assert.deepEqual(around(model, 1, 2, every).sort(), [0, 1, 2, 3]);
});

test("paths come shortest first, each node once, and none where nothing leads", () => {
  const nodes = paths(model, 0, 3, every).map((path) => path.map(([node]) => node));
  assert.deepEqual(nodes, [[0, 3], [0, 2, 3]]);
  assert.deepEqual(paths(model, 0, 3, (edge) => edge < 3).map((path) => path.map(([node]) => node)), [[0, 1, 2, 3]]);
  assert.deepEqual(paths(model, 0, 4, every), []);
  assert.deepEqual(paths(model, 0, 0, every), []);
});

test("common neighbours are those that both have", () => {
  assert.deepEqual(common(model, 0, 2), [1, 3]);
});
