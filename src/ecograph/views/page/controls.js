"use strict";
// Search, legend with filters, notices, selection and its address in the location bar.

const folded = (text) => text.normalize("NFKC").toLowerCase();
const searchable = entities.map((entity) => ({ entity, names: [entity.label, ...entity.aliases].map(folded) }));
const search = { results: [], at: -1 };

/** Rank of a match: the label before other names, whole before beginning before part; -1 if a word is missing. */
function rank(names, query) {
  const words = query.split(/\s+/u).filter(Boolean);
  if (!words.length || !words.every((word) => names.some((name) => name.includes(word)))) return -1;
  const ranks = names.map((name, n) => (n ? 0.5 : 0) + (name === query ? 0 : name.startsWith(query) ? 1 : name.includes(query) ? 2 : 3));
  return Math.min(...ranks);
}

function find(text) {
  const query = folded(text.trim());
  const hits = searchable.map(({ entity, names }) => ({ entity, rank: rank(names, query), names })).filter((hit) => hit.rank >= 0);
  return hits.sort((a, b) => a.rank - b.rank || b.entity.degree - a.entity.degree || a.entity.id - b.entity.id);
}

function showFound() {
  const text = byId("query").value;
  const list = byId("found");
  const hits = text.trim() ? find(text) : [];
  search.results = hits.slice(0, 12).map((hit) => hit.entity);
  search.at = search.results.length ? 0 : -1;
  const rows = search.results.map((entity, n) => {
    const alias = folded(entity.label).includes(folded(text.trim())) ? undefined : entity.aliases.find((name) => folded(name).includes(folded(text.trim())));
    return make("li", { role: "option", id: `found-${n}`, mousedown: (event) => { event.preventDefault(); choose(n); } },
      sign(entity.cls), make("span", { class: "name" }, entity.label, alias ? make("span", { class: "count" }, say("search-alias", { name: alias })) : null),
      make("span", { class: "count" }, say(entity.degree ? "search-degree" : "search-isolated", { class: classes[entity.cls].label, count: number(entity.degree) })));
  });
  if (text.trim() && !hits.length) rows.push(make("li", { class: "note" }, say("search-nothing", { text: shortened(text.trim(), 30) })));
  if (hits.length > rows.length) rows.push(make("li", { class: "note" }, say("search-more", { count: number(hits.length) })));
  list.replaceChildren(...rows);
  list.hidden = !rows.length;
  markFound();
}

function markFound() {
  const field = byId("query");
  const list = byId("found");
  field.setAttribute("aria-expanded", String(!list.hidden));
  list.querySelectorAll('[role="option"]').forEach((row, n) => row.setAttribute("aria-selected", String(n === search.at)));
  const row = byId(`found-${search.at}`);
  if (row && !list.hidden) {
    field.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

function choose(n) {
  const entity = search.results[n];
  if (!entity) return;
  byId("query").value = entity.label;
  closeFound();
  selectEntity(entity.id, { centre: true });
}

function closeFound() {
  byId("found").hidden = true;
  markFound();
}

function searchKey(event) {
  const count = search.results.length;
  if (event.isComposing) return; // Enter then belongs to the input method
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
    event.preventDefault();
    if (byId("found").hidden) byId("found").hidden = false;
    else search.at = (search.at + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
    markFound();
  } else if (event.key === "Enter") {
    event.preventDefault();
    choose(search.at);
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (byId("found").hidden) byId("query").value = "";
    closeFound();
  }
}

function filterRow(group, n, picture, label, comment, count) {
  const chosen = state.filter[group];
  const box = make("input", { type: "checkbox", "data-group": group, "data-n": n, change: () => {
    if (box.checked) chosen.add(n);
    else chosen.delete(n);
    filtered();
  } });
  box.checked = chosen.has(n);
  const alone = () => chosen.size === 1 && chosen.has(n);
  const only = make("button", { type: "button", class: "only", tabindex: -1, "aria-label": say("only-this", { name: label }), click: () => {
    state.filter[group] = alone() ? defaults()[group] : new Set([n]);
    filtered();
    document.querySelector(`#${group} [data-only="${n}"]`).focus();
  }, "data-only": n }, say(alone() ? "restore" : "only"));
  return make("div", { class: count ? "row" : "row none" },
    make("label", { title: comment }, box, picture, make("span", { class: "name" }, label)), only, make("span", { class: "count" }, number(count)));
}

function filterGroup(group, title, rows) {
  const size = { classes, predicates, statuses }[group].length;
  const full = state.filter[group].size === size;
  const toggle = make("button", { type: "button", click: () => {
    state.filter[group] = full ? new Set() : new Set(Array.from({ length: size }, (_, n) => n));
    filtered();
    byId(group).querySelector("h2 button").focus();
  } }, say(full ? "none" : "all"));
  byId(group).replaceChildren(make("h2", {}, title, toggle), ...rows);
}

const totalOf = (group, n) => (group === "classes" ? entities.filter((e) => e.cls === n).length : statements.filter((s) => s.edge.predicate === n).length);
const common = (list, group) => list.map((_, n) => n).sort((a, b) => totalOf(group, b) - totalOf(group, a) || a - b);
const order = {
  classes: common(classes, "classes"),
  predicates: common(predicates, "predicates"),
  statuses: statuses.map((_, n) => n).sort((a, b) => statuses[b].factual - statuses[a].factual || denied(statuses[a]) - denied(statuses[b]) || a - b),
};

/** The legend is the filter: each class, status and predicate with its sign and how many there are now. */
function showFilters() {
  const focused = document.activeElement?.dataset;
  const ofClass = classes.map((_, n) => entities.filter((e) => e.cls === n && (view.touched[e.id] || (state.filter.isolated && !e.degree))).length);
  const inReply = statements.filter((s) => state.filter.reply < 0 || s.reply === state.filter.reply);
  const tally = (list, key) => inReply.reduce((counts, s) => { counts[key(s)]++; return counts; }, list.map(() => 0));
  const ofPredicate = tally(predicates, (s) => s.edge.predicate);
  const ofStatus = statuses.map((_, n) => inReply.filter((s) => s.status === n).length);
  filterGroup("classes", say("classes"), order.classes.map((n) => filterRow("classes", n, sign(n), classes[n].label, classes[n].comment, ofClass[n])));
  filterGroup("statuses", say("statuses"), order.statuses.map((n) => filterRow("statuses", n, stroke(n), statuses[n].label, "", ofStatus[n])));
  filterGroup("predicates", say("predicates"), order.predicates.map((n) => filterRow("predicates", n, "", predicates[n].label, predicates[n].comment, ofPredicate[n])));
  byId("isolated").checked = state.filter.isolated;
  byId("reply").value = String(state.filter.reply);
  if (focused?.group) document.querySelector(`#${focused.group} [data-n="${focused.n}"]`)?.focus();
}

function filtered() {
  opened.all = false;
  refresh();
  showFilters();
  showNotices();
  if (state.selected) showPanel();
}

function showNotices() {
  const { totals } = data;
  const chips = [];
  if (state.focus) {
    const name = shortened(entities[state.focus.id].label, 20);
    const text = say(`focus-${state.focus.steps}`, { name, count: number(shownIds().length) });
    chips.push(make("span", { class: "chip" }, text, make("button", { type: "button", click: () => focusOn(null) }, say("whole"))));
  }
  const shown = entities.filter((entity) => entity.degree > 0).length;
  if (totals.connected > shown) {
    chips.push(make("span", { class: "chip plain-note" }, say("cut", { all: number(totals.connected), shown: number(shown) })));
  }
  if (!shownIds().length) {
    const empty = say(entities.length ? "nothing-passes" : "empty");
    chips.push(make("span", { class: "chip" }, empty, make("button", { type: "button", click: resetFilters }, say("reset"))));
  }
  byId("notices").replaceChildren(...chips);
}

function resetFilters() {
  state.filter = defaults();
  filtered();
}

/** Show only what lies within some steps of an entity, or everything again. */
function focusOn(id, steps = 1) {
  state.focus = id === null || id === undefined ? null : { id, steps };
  if (state.focus && state.selected?.node !== id) state.selected = { node: id };
  refresh();
  showNotices();
  showPanel();
  fit();
}

function selected(what, key) {
  state.selected = what;
  opened.all = false;
  if (state.focus && what && what.node !== undefined && !view.nodes[what.node]) state.focus = null;
  refresh();
  showNotices();
  showPanel();
  if (what) openDrawer("panel", true);
  const hash = key ? `#${key}` : ""; // a part of an IRI, so nothing in it needs escaping
  if (unescaped(location.hash) !== unescaped(hash)) history.pushState(null, "", hash || location.pathname + location.search);
}

function selectEntity(id, { centre: centred = false } = {}) {
  selected({ node: id }, entities[id].key);
  if (centred) centre(id);
}

const selectEdge = (id) => selected({ edge: id }, "");
const selectNothing = () => selected(null, "");

function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a % that escapes nothing
  }
}

/** Select the entity that the address names by key, label or other name. */
function followHash() {
  const wanted = unescaped(location.hash.slice(1));
  if (!wanted) return selectNothing();
  const hit = entities.find((e) => unescaped(e.key) === wanted) || entities.find((e) => e.label === wanted) || entities.find((e) => e.aliases.includes(wanted));
  if (hit && state.selected?.node !== hit.id) selectEntity(hit.id, { centre: true });
}

/** On a narrow window the two sides lie over the graph, one at a time. */
function openDrawer(name, open) {
  for (const side of ["filters", "panel"]) {
    const shown = side === name ? open : open ? false : byId(side).classList.contains("open");
    byId(side).classList.toggle("open", shown);
    byId(`show-${side}`).setAttribute("aria-expanded", String(shown));
  }
}

const narrow = () => window.matchMedia("(max-width: 900px)").matches;
const drawerOffset = () => (narrow() ? { x: 0, y: -byId("stage").clientHeight * 0.28 } : { x: 0, y: 0 });

function showHint(pointer, lines) {
  const hint = byId("hint");
  hint.hidden = !lines;
  if (!lines) return;
  hint.replaceChildren(...lines.map((line, n) => make("div", { class: n ? "sub" : "" }, line)));
  const stage = byId("stage");
  hint.style.left = `${Math.max(4, Math.min(pointer.x + 14, stage.clientWidth - hint.offsetWidth - 6))}px`;
  hint.style.top = `${Math.max(4, Math.min(pointer.y + 16, stage.clientHeight - hint.offsetHeight - 6))}px`;
}
