"use strict";
// The canvas: what is shown under the present filters, focus and selection.

const all = (list) => new Set(list.map((_, n) => n));
const denied = (status) => status.name === "denied";
const defaults = () => ({
  classes: all(classes),
  predicates: all(predicates),
  statuses: new Set(statuses.map((_, n) => n).filter((n) => !denied(statuses[n]))),
  reply: -1,
  isolated: false,
});
const state = { filter: defaults(), focus: null, selected: null };
const view = { touched: [], nodes: [], edges: [], near: null, hovered: null }; // what follows from the state

const plainNodes = data.nodes.map((node) => ({ ...node, label: undefined }));
const shownNodes = new vis.DataSet(plainNodes);
const shownEdges = new vis.DataSet(data.edges);
const network = new vis.Network(byId("graph"), { nodes: shownNodes, edges: shownEdges }, data.options);
const drawnNodes = new Map();
const drawnEdges = new Map();
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const move = still ? false : { duration: 350, easingFunction: "easeInOutQuad" };

/** Whether a statement passes the filters of predicate, status and reply. */
function passes(statement) {
  const { filter } = state;
  return filter.predicates.has(statement.edge.predicate)
    && (statement.status < 0 || filter.statuses.has(statement.status))
    && (filter.reply < 0 || statement.reply === filter.reply);
}

function withinSteps(start, steps, alive) {
  const near = new Set([start]);
  let rim = [start];
  for (let step = 0; step < steps; step++) {
    const next = [];
    for (const id of rim) {
      for (const edge of entities[id].edges) {
        const other = edge.from === id ? edge.to : edge.from;
        if (alive[edge.id] && view.nodes[other] && !near.has(other)) {
          near.add(other);
          next.push(other);
        }
      }
    }
    rim = next;
  }
  return near;
}

/** Work out which nodes and edges are shown. */
function consider() {
  const { filter, focus, selected } = state;
  const alive = edges.map((edge) => edge.statements.some(passes));
  view.touched = entities.map((entity) => entity.edges.some((edge) => alive[edge.id]));
  view.nodes = entities.map((e) => filter.classes.has(e.cls) && (view.touched[e.id] || (filter.isolated && e.degree === 0)));
  const kept = [focus && focus.id, selected && selected.node, selected && edges[selected.edge]?.from, selected && edges[selected.edge]?.to];
  for (const id of kept) if (Number.isInteger(id)) view.nodes[id] = true; // what was asked for by name is shown
  if (focus) {
    const near = withinSteps(focus.id, focus.steps, alive);
    for (const id of kept) if (Number.isInteger(id)) near.add(id);
    view.nodes = view.nodes.map((shown, id) => shown && near.has(id));
  }
  view.edges = edges.map((edge) => alive[edge.id] && view.nodes[edge.from] && view.nodes[edge.to]);
  view.near = nearSelection();
}

function nearSelection() {
  const { selected } = state;
  if (!selected) return null;
  if (selected.edge !== undefined) return new Set([edges[selected.edge].from, edges[selected.edge].to]);
  const near = new Set([selected.node]);
  for (const edge of entities[selected.node].edges) if (view.edges[edge.id]) near.add(edge.from).add(edge.to);
  return near;
}

function isLit(edge) {
  const { selected } = state;
  if (!selected) return true;
  return selected.edge !== undefined ? edge.id === selected.edge : edge.from === selected.node || edge.to === selected.node;
}

function edgeLook(edge) {
  if (!view.edges[edge.id]) return { hidden: true };
  const told = edge.statements.filter(passes);
  const line = lineOf((told.find(factual) || told[0]).status);
  const strong = state.selected && isLit(edge);
  const colour = strong && line === FACT ? "#3f4d5c" : line.colour;
  return {
    hidden: false,
    dashes: line.dashes,
    width: Math.min(4, 1.2 + Math.log2(told.length) * 0.7) + (strong ? 0.6 : 0),
    color: { color: colour, hover: "#1a5fa8", highlight: "#1a5fa8", opacity: !isLit(edge) ? 0.1 : strong || edges.length < 1500 ? 0.85 : 0.4 },
  };
}

function update(set, drawn, count, look) {
  const changes = [];
  for (let id = 0; id < count; id++) {
    const wanted = look(id);
    const key = JSON.stringify(wanted);
    if (drawn.get(id) !== key) {
      drawn.set(id, key);
      changes.push({ id, ...wanted });
    }
  }
  if (changes.length) set.update(changes);
}

/** Bring the canvas in line with the state. */
function refresh() {
  consider();
  update(shownNodes, drawnNodes, entities.length, (id) => {
    if (!view.nodes[id]) return { hidden: true };
    return { hidden: false, opacity: !view.near || view.near.has(id) ? 1 : 0.16 };
  });
  update(shownEdges, drawnEdges, edges.length, (id) => edgeLook(edges[id]));
  const { selected } = state;
  if (!selected) network.unselectAll();
  else network.setSelection(selected.edge === undefined ? { nodes: [selected.node] } : { edges: [selected.edge] }, { highlightEdges: false });
}

const shownIds = () => entities.filter((entity) => view.nodes[entity.id]).map((entity) => entity.id);

function fit(animation = move) {
  const nodes = shownIds();
  if (!nodes.length) return;
  const before = { position: network.getViewPosition(), scale: network.getScale() };
  network.fit({ nodes, maxZoomLevel: 1.4, animation: false });
  const wanted = { position: network.getViewPosition(), scale: network.getScale() * 0.9 }; // names stand out over the rim
  if (animation) network.moveTo({ ...before, animation: false });
  network.moveTo({ ...wanted, animation });
}

/** Bring an entity into the middle, its neighbours in view where they are not too far. */
function centre(id) {
  const stage = byId("graph");
  const { x, y } = network.getPosition(id);
  const near = network.getPositions([...view.near]);
  let scale = 1.2;
  for (const other of Object.values(near)) {
    scale = Math.min(scale, (0.44 * stage.clientWidth) / Math.abs(other.x - x || 1), (0.44 * stage.clientHeight) / Math.abs(other.y - y || 1));
  }
  network.focus(id, { scale: Math.max(scale, 0.5), animation: move, offset: drawerOffset() });
}

/** Where an entity stands on the screen, in pixels of the graph's element. */
const whereabouts = (id) => network.canvasToDOM(network.getPosition(id));

function spotsInView(width, height) {
  const scale = network.getScale();
  const { selected } = state;
  const spots = [];
  for (const entity of entities) {
    if (!view.nodes[entity.id] || (view.near && !view.near.has(entity.id) && view.hovered !== entity.id)) continue;
    const { x, y } = whereabouts(entity.id);
    if (x < -80 || y < -30 || x > width + 80 || y > height + 30) continue;
    const chosen = (selected && selected.node === entity.id) || view.hovered === entity.id;
    const near = Boolean(view.near && view.near.has(entity.id) && view.near.size < 60);
    spots.push({ x, y, r: entity.size * scale, label: entity.label, bold: chosen || entity.size >= 20, forced: chosen ? "always" : near, chosen });
  }
  return spots.sort((a, b) => b.chosen - a.chosen); // the rest stays in order of degree
}

function verbsInView() {
  const { selected } = state;
  if (!selected) return [];
  const verbs = [];
  for (const edge of edges) {
    const line = view.edges[edge.id] && isLit(edge) && network.body.edges[edge.id];
    if (!line || !line.connected) continue;
    const [from, to] = [whereabouts(edge.from), whereabouts(edge.to)];
    if (Math.hypot(to.x - from.x, to.y - from.y) < 70) continue;
    const along = selected.node === edge.from ? 0.6 : selected.node === edge.to ? 0.4 : 0.5; // away from the crowd round a hub
    verbs.push({ ...network.canvasToDOM(line.edgeType.getPoint(along)), label: predicates[edge.predicate].label });
  }
  return verbs;
}

network.on("afterDrawing", (ctx) => {
  const ratio = ctx.getTransform().a / network.getScale();
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const [width, height] = [ctx.canvas.width / ratio, ctx.canvas.height / ratio];
  drawLabels(ctx, width, height, spotsInView(width, height), verbsInView());
  ctx.restore();
});
