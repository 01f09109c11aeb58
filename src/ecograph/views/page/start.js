"use strict";
// Listeners, and the first look.

function start() {
  const { totals } = data;
  byId("totals").textContent = say("totals", { replies: number(totals.replies), entities: number(totals.entities), statements: number(totals.statements) });
  byId("isolated-count").textContent = number(entities.filter((entity) => entity.degree === 0).length);
  byId("reply").append(make("option", { value: "-1" }, say("all-replies", { count: number(replies.length) })), ...replies.map(([name, title], n) => make("option", { value: String(n), title }, name)));
  byId("reply-row").hidden = replies.length < 2;
  listenToGraph();
  listenToControls();
  refresh();
  showFilters();
  showNotices();
  showPanel();
  fit(false);
  if (location.hash) followHash();
  network.once("afterDrawing", () => { document.documentElement.dataset.ready = "yes"; });
  network.redraw();
}

function listenToGraph() {
  network.on("click", ({ nodes, edges: lines }) => {
    closeFound();
    if (nodes.length) selectEntity(nodes[0]);
    else if (lines.length) selectEdge(lines[0]);
    else {
      openDrawer("panel", false);
      selectNothing();
    }
  });
  network.on("doubleClick", ({ nodes }) => { if (nodes.length) focusOn(nodes[0], 1); });
  network.on("hoverNode", ({ node, pointer }) => {
    view.hovered = node;
    const entity = entities[node];
    showHint(pointer.DOM, [entity.label, say("class-degree", { class: classes[entity.cls].label, count: number(entity.degree) })]);
  });
  network.on("hoverEdge", ({ edge, pointer }) => {
    const { from, to, predicate, statements: told } = edges[edge];
    showHint(pointer.DOM, [`${entities[from].label} ${predicates[predicate].label} ${entities[to].label}`, say("statement-count", { count: number(told.filter(passes).length) })]);
  });
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) {
    network.on(name, () => {
      view.hovered = null;
      showHint(null, null);
    });
  }
}

function listenToControls() {
  const query = byId("query");
  query.addEventListener("input", showFound);
  query.addEventListener("keydown", searchKey);
  query.addEventListener("focus", () => { if (query.value) { query.select(); showFound(); } });
  query.addEventListener("blur", closeFound);
  byId("isolated").addEventListener("change", (event) => { state.filter.isolated = event.target.checked; filtered(); });
  byId("reply").addEventListener("change", (event) => { state.filter.reply = Number(event.target.value); filtered(); fit(); });
  byId("reset").addEventListener("click", resetFilters);
  byId("fit").addEventListener("click", () => fit());
  for (const [id, factor] of [["closer", 1.4], ["farther", 1 / 1.4]]) {
    byId(id).addEventListener("click", () => network.moveTo({ scale: network.getScale() * factor, animation: move }));
  }
  for (const side of ["filters", "panel"]) {
    byId(`show-${side}`).addEventListener("click", () => openDrawer(side, !byId(side).classList.contains("open")));
  }
  window.addEventListener("hashchange", followHash);
  window.addEventListener("popstate", followHash);
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/u.test(document.activeElement?.tagName || "");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      query.focus();
    } else if (event.key === "Escape") {
      openDrawer("panel", false);
      selectNothing();
    }
  });
}

start();
