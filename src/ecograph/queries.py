"""Questions to the graph: the canned ones of ontology/queries, and SPARQL from outside, as rows of plain strings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph as ox
from rdflib import Dataset
from rdflib.query import Result

from ecograph.errors import OntologyError, QueryError
from ecograph.ontology import Ontology

HEAD = re.compile(r"^#\+ (summary|summary-zh|parameter|form|names): (.+)$", re.MULTILINE)
PARAMETER = re.compile(r"(\w+)(?: — (.+))?")
FORM = re.compile(r"(\w+) — (.+?) — (.+)")
NAMES = re.compile(r"(\w+) — (.+)")
NEAR = 3  # so many names are suggested
ALIKE = 0.4  # difflib's ratio, from 0 to 1: what is less alike is not suggested

# SERVICE's place in the grammar, with spaces and comments in between: SERVICE SILENT? VarOrIri "{". Looked for in
# the raw text, because Oxigraph's grammar and a tokenizer by the book disagree on where some comments and IRIs end.
_GAP = r"(?:\s|#[^\n\r]*(?=[\n\r]))*"
SERVICE = re.compile(
    rf"(?<![:?$/#])service{_GAP}(?:silent{_GAP})?(?:<[^<>]*>|[?$][^\s{{}}]+|[^\s<>{{}}\"']*:[^\s{{}}]*){_GAP}\{{",
    re.IGNORECASE,
)

# The parts of a query where ?name is no variable, and variables.
TOKEN = re.compile(
    r"""(?P<other>"{3}(?:\\.|[^\\])*?"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>"{}|^`\\\x00-\x20]*>|\#[^\n]*)"""
    r"""|[?$](?P<name>\w+)|(?P<prefix>(?:[^\W\d_][\w.-]*)?):(?=[\w%\\])""",
    re.DOTALL,
)
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
PROLOGUE = re.compile(r"(?:\s|#[^\n]*(?:\n|$)|BASE\s*<[^>]*>|PREFIX\s*[^\s:]*:\s*<[^>]*>|VERSION\s*(?:\"[^\"]*\"|'[^']*'))*", re.IGNORECASE)
POSITION = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
SENTENCE = re.compile(r"\b[A-Z]\w* (?:\w+ ){2,}\w+")
KEYWORDS = (
    *FORMS, "WHERE", "FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "BIND", "VALUES", "EXISTS", "DISTINCT", "FROM",
    "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "PREFIX", "BASE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """A canned question: what it answers, its parameters (name → what to give), its SPARQL.

    `forms` gives for a parameter that can't be any text the pattern that it must fit, and in words what that is;
    `names` for one that takes a name the SPARQL pattern by which ?name is any that could be meant.
    """

    name: str
    summary: str
    parameters: Mapping[str, str]
    text: str
    forms: Mapping[str, tuple[re.Pattern[str], str]] = field(default_factory=dict)
    summary_zh: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def check(self, bindings: Mapping[str, str]) -> None:
        """Raise QueryError for the first value that hasn't its parameter's form; an empty one always has."""
        for name, value in bindings.items():
            pattern, what = self.forms.get(name, (None, ""))
            if pattern and value and not pattern.fullmatch(value):
                raise QueryError(f"{self.name}: {name.upper()} is {what}, not {value!r}")


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer as a table of plain strings: literals' text, whole IRIs, "" for what is unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def load_queries(ontology: Ontology) -> Mapping[str, Query]:
    """The canned questions by name, in alphabetical order. Raises OntologyError for one without a summary."""
    return {path.stem: _query(path) for path in sorted((ontology.root / "queries").glob("*.rq"), key=lambda path: path.stem)}


def run(dataset: Dataset, text: str, bindings: Mapping[str, str] | None = None) -> Rows:
    """The answer to a SPARQL query: a SELECT's rows, an ASK's one cell, a CONSTRUCT's or DESCRIBE's triples.

    `bindings` give plain texts to the query's parameters, which its head declares by lines of `#+ parameter:
    name — what`; a parameter that isn't given is the empty text. Raises QueryError, with line and column, for
    what is no query, for updates and for SERVICE: nothing is changed and no other machine is asked.
    """
    if service := SERVICE.search(text):
        raise QueryError(f"line {_line(text, service.start())}: SERVICE is switched off; ecograph asks only its own graph")
    bound = _bind(text, bindings or {})
    try:
        # Not dataset.query: that names the default graph to the store, which then no longer heeds FROM.
        return _rows(dataset.store.query(bound, dict(dataset.namespaces()), {}, ""))
    except SyntaxError as error:
        raise QueryError(_explained(str(error), bound, (name for name, _ in dataset.namespaces()))) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query can't be answered: {' '.join(str(error).split())}") from error


def unknown_names(dataset: Dataset, query: Query, bindings: Mapping[str, str]) -> list[str]:
    """A line for each name given that is no part of any name in the graph, with the nearest that there are."""
    lines = []
    for parameter, pattern in query.names.items():
        value = bindings.get(parameter, "").casefold()
        known = sorted({name for [name] in run(dataset, f"SELECT ?name WHERE {{ {pattern} }}").rows}) if value else []
        if value and not any(value in name.casefold() for name in known):
            near = get_close_matches(value, {name.casefold(): name for name in reversed(known)}, NEAR, ALIKE)
            meant = [next(name for name in known if name.casefold() == one) for one in near]
            suggestion = f"; did you mean {', '.join(meant)}?" if meant else ""
            lines.append(f"{query.name}: no {parameter.upper()} is called {bindings[parameter]!r}{suggestion}")
    return lines


def _query(path: Path) -> Query:
    text = path.read_text(encoding="utf-8")
    head = dict(HEAD.findall(text))
    summary = head.get("summary")
    if not summary or not text.startswith("#+ summary: "):
        raise OntologyError(f"{path}:1: wants a first line '#+ summary: …'")
    return Query(path.stem, summary, _parameters(text), text, _forms(path, text), head.get("summary-zh", ""), _names(path, text))


def _parameters(text: str) -> Mapping[str, str]:
    declared = (PARAMETER.fullmatch(value.strip()) for kind, value in HEAD.findall(text) if kind == "parameter")
    return {match[1]: match[2] or "" for match in declared if match}


def _names(path: Path, text: str) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for kind, value in HEAD.findall(text):
        match = NAMES.fullmatch(value.strip()) if kind == "names" else None
        if kind == "names" and (not match or match[1] not in _parameters(text)):
            raise OntologyError(f"{path}: wants '#+ names: parameter — pattern of ?name', has {value!r}")
        if match:
            names[match[1]] = match[2]
    return names


def _forms(path: Path, text: str) -> Mapping[str, tuple[re.Pattern[str], str]]:
    forms: dict[str, tuple[re.Pattern[str], str]] = {}
    for kind, value in HEAD.findall(text):
        match = FORM.fullmatch(value.strip()) if kind == "form" else None
        if kind == "form" and (not match or match[1] not in _parameters(text)):
            raise OntologyError(f"{path}: wants '#+ form: parameter — pattern — what it is', has {value!r}")
        if match:
            try:
                forms[match[1]] = re.compile(match[2]), match[3]
            except re.error as error:
                raise OntologyError(f"{path}: form of {match[1]}: no sound pattern: {error}") from error
    return forms


def _bind(text: str, bindings: Mapping[str, str]) -> str:
    """The query with each parameter's variable replaced by a literal; what a literal holds can't end it."""
    values = {**dict.fromkeys(_parameters(text), ""), **bindings}
    used = {match["name"] for match in TOKEN.finditer(text) if match["name"]}
    if unknown := sorted(set(bindings) - used):
        known = ", ".join(_parameters(text)) or "none"
        raise QueryError(f"no parameter {unknown[0]!r} in this query; its parameters: {known}")
    try:
        literals = {name: str(ox.Literal(value)) for name, value in values.items()}
    except ValueError as error:
        raise QueryError("a parameter is no Unicode text") from error
    return TOKEN.sub(lambda match: literals.get(match["name"], match[0]) if match["name"] else match[0], text)


def _rows(result: Result) -> Rows:
    if result.type == "ASK":
        return Rows(("answer",), (("true" if result.askAnswer else "false",),))
    if result.graph is not None:
        return Rows(("subject", "predicate", "object"), tuple(sorted((str(s), str(p), str(o)) for s, p, o in result.graph)))
    variables = result.vars or []
    rows = tuple(tuple("" if row.get(v) is None else str(row[v]) for v in variables) for row in result.bindings)
    return Rows(tuple(str(v) for v in variables), rows)


def _explained(message: str, text: str, prefixes: Iterable[str]) -> str:
    """Oxigraph's complaint as one line: where, what stands there, what was expected.

    Its own place and expectations come from the keyword that it tried last; rdflib's parser finds the clause.
    """
    start = re.match(PROLOGUE, text)
    begin = start.end() if start else 0
    word = re.match(r"\w*", text[begin:])
    if word and word[0].upper() not in FORMS:
        return f"line {_line(text, begin)}: expected SELECT, ASK, CONSTRUCT or DESCRIBE, found {(text[begin:].split() or ['the end'])[0]!r}"
    match = POSITION.search(message)
    if not match:
        return " ".join(message.split())
    if "Prefix not found" in message:
        return _undeclared(text, prefixes) or f"line {match[1]}: a prefix is not declared"
    if sentence := SENTENCE.search(" ".join(match[3].split())):
        return f"line {match[1]}: {sentence[0]}"
    # rdflib's grammar has no LATERAL and would complain of that.
    found = None if re.search(r"\blateral\b", text, re.IGNORECASE) else _misplaced(text)
    return found or f"line {match[1]}, column {match[2]}: expected {' '.join(match[3].split())}"


def _misplaced(text: str) -> str | None:
    """Which clause doesn't parse, by rdflib's grammar; None if that finds no fault."""
    from pyparsing import ParseException  # noqa: PLC0415 — the parser loads for a third of a second, for wrong queries only
    from rdflib.plugins.sparql.parser import parseQuery  # noqa: PLC0415

    try:
        parseQuery(text)
    except ParseException as error:
        rest = text[error.loc :]
        found = rest.split("\n")[0].strip()
        return f"line {error.lineno}, column {error.column}: found {found[:40] or 'the end'!r}, expected {_expected(rest)}"
    except (ValueError, RecursionError):  # an escape of no character, or brackets beyond its depth
        return None
    return None


def _expected(rest: str) -> str:
    """What should stand where the rest of a query doesn't parse."""
    word = re.match(r"[A-Za-z]+(?![\w:])", rest)
    if not rest.strip():
        return "'}': an open { is never closed"
    if word and word[0].upper() in KEYWORDS:
        return f"a complete {word[0].upper()} clause"
    if word:
        near = get_close_matches(word[0].upper(), KEYWORDS, 1)
        return near[0] if near else "a pattern (subject predicate object) or a keyword such as FILTER"
    return "a complete pattern (subject predicate object), closed by '.' or '}'"


def _undeclared(text: str, prefixes: Iterable[str]) -> str | None:
    """Which prefix is used but not declared, and where."""
    declared = {*prefixes, *re.findall(r"prefix\s+([\w.-]*):", text, re.IGNORECASE)}
    for match in TOKEN.finditer(text):
        if match["prefix"] is not None and match["prefix"] not in declared:
            return (
                f"line {_line(text, match.start())}: {match['prefix']}: is no known prefix; expected PREFIX {match['prefix']}: <…> above it"
            )
    return None


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
