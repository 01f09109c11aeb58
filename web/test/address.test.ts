import assert from "node:assert/strict";
import { test } from "node:test";
import { pack, read, write } from "../src/address.ts";
import { startState } from "../src/state.ts";
import { example } from "./example.ts";

const model = example();

test("the start has no address, and a chosen entity a readable one", () => {
  const state = startState(model);
  assert.equal(write(model, { state, story: [], step: -1 }), "");
  state.selected = { node: 1 };
  assert.equal(decodeURIComponent(write(model, { state, story: [], step: -1 })), "organization/乙");
});

test("every choice survives the address", () => {
  const state = startState(model);
  state.view = "statements";
  state.scope = { kind: "path", from: 0, to: 3 };
  state.selected = { edge: 2 };
  state.off.years.add(0);
  state.off.statuses.clear();
  state.off.communities.add(1);
  state.span = { from: 2021, to: 2024, clock: "reply" };
  state.isolated = true;
  state.hidden.add(4);
  state.pinned.add(1);
  state.expanded.add(2);
  state.look = { colour: "community", size: "mentions", layout: "rings" };
  state.grouped = "yes";
  state.opened.add(1);
  state.moved.set(0, [5, -6]);
  state.camera = { x: 10, y: 20, scale: 0.5 };
  const story = [{ caption: "一", at: "" }, { caption: "<b>", at: "v1=x" }];
  assert.deepEqual(read(model, write(model, { state, story, step: 1 })), { state, story, step: 1 });
});

test("an address of another build loses only what this page doesn't know", () => {
  const found = read(model, `v1=${pack({ node: "organization/nobody", off: { classes: ["Gone", "Fund"] }, hidden: ["organization/丁", 7], look: { colour: "javascript:" } })}`);
  assert.equal(found?.state.selected, null);
  assert.deepEqual([...found!.state.off.classes], [1]);
  assert.deepEqual([...found!.state.hidden], [3]);
  assert.equal(found!.state.look.colour, "class");
});

test("nonsense is no address", () => {
  for (const hash of ["v1=", "v1=%%%", "v1=AAAA", "nobody", "%E0%A4%A", `v1=${pack(null)}`, `v1=${pack([1, 2])}`]) {
    const found = read(model, hash);
    assert.ok(found === null || found.state.selected === null, hash);
  }
});
