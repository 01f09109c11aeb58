"use strict";
// The right side: what is known of the selected entity or edge, each statement with its sentence.

const PAGE = 40;
const opened = { all: false };

function badge(cls) {
  return make("span", { class: "badge", title: classes[cls].comment }, sign(cls), classes[cls].label);
}

function entityLink(id) {
  return make("button", { type: "button", class: "link", click: () => selectEntity(id, { centre: true }) }, entities[id].label);
}

/** The quote with its subject and object marked. Offsets count characters, not UTF-16 units. */
function quoted({ quote, marks }) {
  const letters = Array.from(quote);
  const parts = [];
  let at = 0;
  for (const [start, end, side] of marks) {
    parts.push(letters.slice(at, start).join(""));
    parts.push(make("mark", { class: side ? "object" : "subject", title: say(side ? "object" : "subject") }, letters.slice(start, end).join("")));
    at = end;
  }
  parts.push(letters.slice(at).join(""));
  return make("blockquote", {}, ...parts);
}

function source({ reply, start, end, section }) {
  const [name, title, replyNumber, session, date] = replies[reply];
  const about = [title, session, replyNumber && say("number", { number: replyNumber }), date].filter(Boolean).join(say("about-comma"));
  const place = [name, section, say("place", { start: number(start + 1), end: number(end) })].filter(Boolean).join(" · ");
  return make("p", { class: "source", title: about }, place);
}

function tags(statement) {
  const status = statuses[statement.status];
  return [
    status ? make("span", { class: `tag ${status.name}` }, status.label) : null,
    statement.time ? make("span", { class: "tag fact", title: say("time") }, statement.time.replace("/", say("until"))) : null,
    statement.amount ? make("span", { class: "tag fact", title: say("amount") }, statement.amount) : null,
  ];
}

/** One statement. `side` is the entity whose panel this is; without it both ends are named. */
function card(statement, side) {
  const { edge } = statement;
  const status = statuses[statement.status];
  const verb = make("span", { class: "verb" }, predicates[edge.predicate].label);
  const head = make("div", { class: "head" });
  if (side === undefined) head.append(entityLink(edge.from), verb, entityLink(edge.to));
  else head.append(sign(entities[edge.from === side ? edge.to : edge.from].cls), entityLink(edge.from === side ? edge.to : edge.from));
  head.append(...tags(statement).filter(Boolean));
  const box = make("li", { class: `card ${status ? status.name : ""}` }, head);
  if (statement.rule) box.title = say("rule", { rule: statement.rule, percent: Math.round(statement.confidence * 100) });
  for (const passage of statement.evidence) box.append(quoted(passage), source(passage));
  return box;
}

/** Cards of a list, PAGE at a time. */
function cards(list, side) {
  const box = make("ul");
  const more = make("button", { type: "button", class: "plain" });
  let shown = 0;
  const grow = () => {
    for (const statement of list.slice(shown, shown + PAGE)) box.append(card(statement, side));
    shown = Math.min(list.length, shown + PAGE);
    more.textContent = say("more", { next: Math.min(PAGE, list.length - shown), left: number(list.length - shown) });
    more.hidden = shown >= list.length;
  };
  more.addEventListener("click", grow);
  grow();
  return [box, more];
}

function closing() {
  return make("button", { type: "button", class: "close", "aria-label": say("close"), title: say("close"), click: () => selectNothing() }, "×");
}

function signs() {
  const key = (side) => make("span", {}, make("mark", { class: side }, say(side)), say("marked"));
  return make("p", { class: "key" }, key("subject"), key("object"));
}

function focusButtons(id) {
  const steps = state.focus && state.focus.id === id ? state.focus.steps : 0;
  const button = (label, wanted) =>
    make("button", { type: "button", "aria-pressed": String(steps === wanted), click: () => focusOn(wanted ? id : null, wanted) }, label);
  return make("div", { class: "steps", role: "group", "aria-label": say("focus") }, ...[0, 1, 2].map((wanted) => button(say(`steps-${wanted}`), wanted)));
}

function notShown(hiddenCount, leftOut, outside = 0) {
  const notes = [];
  if (hiddenCount) {
    const show = make("button", { type: "button", class: "link", click: () => { opened.all = true; showPanel(); } }, say("list-too"));
    notes.push(make("p", { class: "lead" }, say("filtered-out", { count: number(hiddenCount) }), show));
  }
  if (leftOut) notes.push(make("p", { class: "lead" }, say("left-out", { count: number(leftOut) })));
  if (outside > 0) notes.push(make("p", { class: "lead" }, say("outside", { count: number(outside) })));
  return notes;
}

function entityPanel(id) {
  const entity = entities[id];
  const told = entity.edges.flatMap((edge) => edge.statements);
  const listed = opened.all ? told : told.filter(passes);
  const files = new Set(told.map((statement) => statement.reply));
  const content = [closing(), make("h2", {}, entity.label), make("p", { class: "lead" }, badge(entity.cls))];
  if (entity.aliases.length) content.push(make("p", { class: "lead" }, say("aliases", { names: entity.aliases.join(say("comma")) })));
  content.push(make("p", { class: "lead" }, told.length ? say("told", { count: number(told.length), replies: number(files.size) }) : say("untold")));
  if (told.length) content.push(focusButtons(id), signs());
  for (const [title, group] of grouped(id, listed)) content.push(make("h3", {}, title, make("span", { class: "count" }, number(group.length))), ...cards(group, id));
  const leftOut = entity.edges.reduce((sum, edge) => sum + edge.total - edge.statements.length, 0);
  content.push(...notShown(told.length - listed.length, leftOut, entity.degree - entity.edges.length), make("p", { class: "lead iri", title: say("iri") }, entity.iri));
  return content;
}

/** Statements of an entity under headings: predicate and direction, the entity as the subject first. */
function grouped(id, list) {
  const groups = new Map();
  for (const statement of list) {
    const { edge } = statement;
    const { label, symmetric } = predicates[edge.predicate];
    const out = symmetric || edge.from === id;
    const key = (out ? 0 : predicates.length) + edge.predicate;
    const title = say(symmetric ? "with" : out ? "outward" : "inward", { predicate: label });
    if (!groups.has(key)) groups.set(key, [title, []]);
    groups.get(key)[1].push(statement);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
}

function edgePanel(id) {
  const edge = edges[id];
  const { label, symmetric } = predicates[edge.predicate];
  const told = opened.all ? edge.statements : edge.statements.filter(passes);
  const beside = entities[edge.from].edges.filter((other) => other.id !== id && (other.from === edge.to || other.to === edge.to));
  const content = [
    closing(),
    make("h2", {}, entityLink(edge.from), make("span", { class: "lead" }, symmetric ? ` —${label}— ` : ` —${label}→ `), entityLink(edge.to)),
    make("p", { class: "lead" }, badge(entities[edge.from].cls), " ", badge(entities[edge.to].cls)),
    make("p", { class: "lead" }, predicates[edge.predicate].comment),
    signs(),
    ...cards(told),
    ...notShown(edge.statements.length - told.length, edge.total - edge.statements.length),
  ];
  if (beside.length) content.push(make("h3", {}, say("between")), ...cards(beside.flatMap((other) => other.statements.filter(passes))));
  return content;
}

function overview() {
  const busiest = entities.filter((entity) => entity.degree > 0).slice(0, 12);
  const rows = busiest.map((entity) =>
    make("li", {}, make("button", { type: "button", class: "entry", click: () => selectEntity(entity.id, { centre: true }) },
      sign(entity.cls), make("span", { class: "name" }, entity.label), make("span", { class: "count" }, say("degree", { count: number(entity.degree) })))));
  const tips = [1, 2, 3, 4].map((tip) => say(`tip-${tip}`));
  return [
    make("h2", {}, say("start")),
    make("ul", { class: "tips" }, ...tips.map((tip) => make("li", {}, tip))),
    busiest.length ? make("h3", {}, say("busiest")) : make("p", { class: "lead" }, say("no-relations")),
    make("ul", {}, ...rows),
  ];
}

/** Fill the panel for what is selected. */
function showPanel() {
  const { selected } = state;
  const panel = byId("panel");
  const content = !selected ? overview() : selected.edge === undefined ? entityPanel(selected.node) : edgePanel(selected.edge);
  panel.replaceChildren(...content);
  panel.scrollTop = 0;
}
