// One sentence on what is shown and what is not, with a click to the rest.

import type { App, Part } from "./app.ts";
import { button, byId, make, plain } from "./dom.ts";
import { FEW } from "./filter.ts";
import { DRAWN_WELL } from "./scene.ts";
import { say } from "./words.ts";

export class Summary implements Part {
  constructor(private readonly app: App) {}

  show(): void {
    const { model, passing, scene, state } = this.app;
    const { totals } = model.graph;
    const parts: (Node | string)[] = [];
    const counts = { nodes: passing.nodeCount, edges: passing.edgeCount, statements: passing.statementCount };
    if (!model.count) parts.push(say("empty"));
    else if (!passing.nodeCount) parts.push(say("nothing-passes"));
    else parts.push(this.scopeText(counts));
    const left = totals.connected - passing.nodeCount;
    const small = totals.connected <= FEW && state.scope.kind === "telling";
    if (left > 0 && !small) parts.push(" ", say("not-shown", { count: left }));
    if (state.scope.kind !== "telling") parts.push(" ", button(say("to-telling"), () => this.app.change({ scope: { kind: "telling" } }, { fit: true, push: true }), { class: "link" }));
    if (state.scope.kind !== "all" && !small) parts.push(" ", button(say("to-all", { count: model.graph.edges.from.length ? connected(this.app) : 0 }), () => this.app.change({ scope: { kind: "all" } }, { fit: true, push: true }), { class: "link", id: "show-all" }));
    if (state.hidden.size) parts.push(" ", say("hidden", { count: state.hidden.size }), button(say("unhide"), () => this.app.change({ hidden: new Set() }), { class: "link" }));
    if (scene.closed) parts.push(" ", say("closed", { count: scene.closed }), button(say("open-all"), () => this.app.change({ grouped: "no" }, { fit: true }), { class: "link" }));
    else if (passing.nodeCount > DRAWN_WELL || state.grouped === "no" || state.opened.size) parts.push(" ", button(say("close-all"), () => this.app.change({ grouped: "yes", opened: new Set() }, { fit: true }), { class: "link" }));
    if (totals.connected > connected(this.app)) parts.push(" ", say("cut", { all: totals.connected, shown: connected(this.app) }));
    byId("summary").replaceChildren(make("p", {}, ...parts));
  }

  private scopeText(counts: { nodes: number; edges: number; statements: number }): string {
    const { model, state } = this.app;
    const { scope } = state;
    const name = (node: number) => plain(model.graph.nodes.label[node]);
    if (scope.kind === "around") return say(`around-${scope.steps}`, { ...counts, name: name(scope.node) });
    if (scope.kind === "path") return say("on-paths", { ...counts, from: name(scope.from), to: name(scope.to) });
    return say(scope.kind === "all" || connected(this.app) <= FEW ? "shown-all" : "shown-telling", counts);
  }
}

/** Entities of this page that have a statement. */
function connected(app: App): number {
  let count = 0;
  for (const edges of app.model.ofNode) count += edges.length ? 1 : 0;
  return count;
}
