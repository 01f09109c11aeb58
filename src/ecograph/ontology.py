"""The ontology folder as classes, predicates, concepts and pattern records; it refuses what isn't declared.

The folder holds `ecograph.ttl` (classes, predicates, attributes), `schemes/*.ttl` (SKOS) and
`patterns/*.jsonl` (one record a line, each with an `id`). `data/names/` lies beside it. In a checkout both
are read from there; the wheel carries copies inside the package.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox

from ecograph.errors import OntologyError, UndeclaredTerm

NS = "https://ecograph.example/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"

T = TypeVar("T")
Record = Mapping[str, Any]
Label = Mapping[str, str]  # by language: zh, en

# What a block of ecograph.ttl may be.
TERM_KINDS = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")

# Keys of a pattern record whose values name terms of the ontology.
CLASS_KEYS = ("class", "classes", "subject", "object", "head", "unless_class")
PREDICATE_KEYS = ("predicate", "predicates")


@dataclass(frozen=True, slots=True)
class Class:
    """An entity class; `ancestors` holds its own name and those above it."""

    name: str
    label: Label
    comment: Label
    colour: str
    group: str
    ancestors: frozenset[str]
    role: str | None


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate; `domain` and `range` name classes, subclasses included by `Ontology.allows`."""

    name: str
    label: Label
    comment: Label
    domain: frozenset[str]
    range: frozenset[str]
    symmetric: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """A SKOS concept; `marks` are the names of its eco: attributes that are true."""

    iri: str
    name: str
    scheme: str
    label: str
    labels: tuple[str, ...]
    broader: tuple[str, ...]
    marks: frozenset[str]


def packaged(folder: str) -> Path:
    """The folder `ontology` or `data/names` of the checkout, or the copy that the wheel carries."""
    inside = Path(__file__).parent / folder
    return inside if inside.is_dir() else Path(__file__).parents[2] / folder


class Ontology:
    """The loaded folder. Raises OntologyError, naming the file and the entry, when it is not sound."""

    def __init__(self, root: Path | None = None, names: Path | None = None) -> None:
        self.root = root or packaged("ontology")
        beside = self.root.parent / "data" / "names"
        self.names = names or (beside if root and beside.is_dir() else packaged("data/names"))
        main = self.root / "ecograph.ttl"
        if not main.is_file():
            raise OntologyError(f"{main}: not found; --ontology wants the folder that holds ecograph.ttl")
        graph = _Turtle(main)
        self.classes: Mapping[str, Class] = {c.name: c for c in _classes(graph)}
        self.predicates: Mapping[str, Predicate] = {p.name: p for p in _predicates(graph)}
        self.attributes = frozenset(graph.local(f"{OWL}DatatypeProperty") + graph.local(f"{OWL}AnnotationProperty"))
        self.terms = frozenset(name for kind in TERM_KINDS for name in graph.local(OWL + kind))
        self._check()

    def cls(self, name: str) -> Class:
        """The class of that name, or UndeclaredTerm."""
        return _declared(self.classes, name, "class")

    def predicate(self, name: str) -> Predicate:
        """The predicate of that name, or UndeclaredTerm."""
        return _declared(self.predicates, name, "predicate")

    def iri(self, name: str) -> str:
        """The IRI of any declared term (class, predicate, attribute, kind of node), or UndeclaredTerm."""
        if name not in self.terms:
            raise UndeclaredTerm(f"{name}: not declared in {self.root / 'ecograph.ttl'}")
        return NS + name

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether `cls` is `ancestor` or below it."""
        return ancestor in self.cls(cls).ancestors

    def allows(self, predicate: str, subject: str, obj: str) -> bool:
        """Whether classes `subject` and `obj` may stand on the two sides of `predicate`."""
        p = self.predicate(predicate)
        return bool(p.domain & self.cls(subject).ancestors and p.range & self.cls(obj).ancestors)

    def with_role(self, role: str) -> str:
        """The name of the class that has this eco:role."""
        for c in self.classes.values():
            if c.role == role:
                return c.name
        raise UndeclaredTerm(f"no class has eco:role {role!r} in {self.root / 'ecograph.ttl'}")

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """Every concept of schemes/*.ttl by IRI, in the order of IRIs."""
        found: dict[str, Concept] = {}
        for path in sorted((self.root / "schemes").glob("*.ttl")):
            for concept in _concepts(_Turtle(path)):
                if concept.iri in found:
                    raise OntologyError(f"{path}: {concept.iri} stands in another scheme too")
                found[concept.iri] = concept
        return dict(sorted(found.items()))

    def scheme(self, name: str) -> tuple[Concept, ...]:
        """The concepts of one scheme, such as `statuses`."""
        return tuple(c for c in self.concepts.values() if c.scheme == name)

    @cached_property
    def statuses(self) -> Mapping[str, bool]:
        """Each status's name, and whether its statements are facts (their plain triple is drawn)."""
        return {c.name: "factual" in c.marks for c in self.scheme("statuses")}

    def records(self, name: str) -> tuple[Record, ...]:
        """The records of patterns/NAME.jsonl, checked: ids are unique, classes and predicates declared."""
        path = self.root / "patterns" / f"{name}.jsonl"
        if not path.is_file():
            raise OntologyError(f"{path}: not found")
        records = tuple(self._record(path, number, line) for number, line in _lines(path))
        seen: set[str] = set()
        for record in records:
            if record["id"] in seen:
                raise OntologyError(f"{path}: id {record['id']!r} is used twice")
            seen.add(record["id"])
        return records

    def table(self, name: str) -> tuple[Mapping[str, str], ...]:
        """The rows of data/names/NAME.tsv by column name."""
        path = self.names / f"{name}.tsv"
        if not path.is_file():
            raise OntologyError(f"{path}: not found")
        (_, head), *rows = _lines(path)
        columns = head.split("\t")
        for number, row in rows:
            if len(row.split("\t")) != len(columns):
                raise OntologyError(f"{path}:{number}: {len(row.split(chr(9)))} columns, the head has {len(columns)}")
        return tuple(dict(zip(columns, row.split("\t"), strict=True)) for _, row in rows)

    def fingerprint(self, *parts: str) -> str:
        """SHA-256 over the named files (paths relative to the ontology folder, or `names` for all of it)."""
        digest = hashlib.sha256()
        for part in sorted(parts):
            base = self.names if part == "names" else self.root / part
            files = sorted(p for p in base.rglob("*") if p.is_file()) if base.is_dir() else [base]
            for path in files:
                digest.update(f"{part}/{path.name}\n".encode() + path.read_bytes())
        return digest.hexdigest()

    def _record(self, path: Path, number: int, line: str) -> Record:
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise OntologyError(f"{path}:{number}: not JSON: {error}") from error
        if not isinstance(record, dict) or not isinstance(record.get("id"), str):
            raise OntologyError(f"{path}:{number}: wants an object with an id")
        try:
            for key in CLASS_KEYS:
                for name in _names(record.get(key)):
                    self.cls(name)
            for key in PREDICATE_KEYS:
                for name in _names(record.get(key)):
                    self.predicate(name)
        except UndeclaredTerm as error:
            raise UndeclaredTerm(f"{path}:{number}: {record['id']}: {error}") from error
        return record

    def _check(self) -> None:
        for p in self.predicates.values():
            for side, names in (("schema:domainIncludes", p.domain), ("schema:rangeIncludes", p.range)):
                if not names:
                    raise OntologyError(f"{p.name}: needs at least one class as {side}, has 0")
                for name in names:
                    if name not in self.classes:
                        raise UndeclaredTerm(f"{p.name}: {side} names {name}, which is no declared class")


def _declared(terms: Mapping[str, T], name: str, kind: str) -> T:
    try:
        return terms[name]
    except KeyError:
        raise UndeclaredTerm(f"{name}: no declared {kind}; known: {', '.join(sorted(terms))}") from None


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


def _lines(path: Path) -> list[tuple[int, str]]:
    """Lines that say something, numbered from 1; `#` starts a line that is only for people."""
    text = path.read_text(encoding="utf-8")
    return [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]


class _Turtle:
    """One Turtle file, indexed by subject and predicate."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._objects: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = {}
        self._types: dict[str, list[str]] = {}
        self._marks: dict[str, list[str]] = {}
        try:
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                self._add(quad)
        except SyntaxError as error:
            raise OntologyError(f"{path}: not Turtle: {error}") from error

    def _add(self, quad: ox.Quad) -> None:
        if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, ox.BlankNode | ox.Triple):
            raise OntologyError(f"{self.path}: blank nodes are not allowed: {quad}")
        self._objects.setdefault((quad.subject.value, quad.predicate.value), []).append(quad.object)
        if quad.predicate.value.startswith(NS) and quad.object.value == "true":
            self._marks.setdefault(quad.subject.value, []).append(quad.predicate.value.removeprefix(NS))
        if quad.predicate.value == f"{RDF}type":
            self._types.setdefault(quad.object.value, []).append(quad.subject.value)

    def values(self, subject: str, predicate: str) -> list[str]:
        return sorted(o.value for o in self._objects.get((subject, predicate), []))

    def label(self, subject: str, predicate: str) -> Label:
        objects = self._objects.get((subject, predicate), [])
        found = {o.language or "": o.value for o in objects if isinstance(o, ox.Literal)}
        for language in ("zh", "en"):
            if language not in found:
                raise OntologyError(f"{self.path}: {subject}: needs {predicate} in language {language!r}")
        return found

    def one(self, subject: str, predicate: str) -> str:
        values = self.values(subject, predicate)
        if len(values) != 1:
            raise OntologyError(f"{self.path}: {subject}: needs exactly one {predicate}, has {len(values)}")
        return values[0]

    def of_type(self, cls: str) -> list[str]:
        return sorted(self._types.get(cls, []))

    def local(self, cls: str) -> list[str]:
        return [iri.removeprefix(NS) for iri in self.of_type(cls) if iri.startswith(NS)]

    def marks(self, subject: str) -> list[str]:
        return self._marks.get(subject, [])


def _classes(graph: _Turtle) -> Iterator[Class]:
    known = [name for name in graph.local(f"{OWL}Class") if graph.values(NS + name, f"{NS}group")]
    for name in known:
        ancestors, todo = {name}, [name]
        while todo:
            for above in graph.values(NS + todo.pop(), f"{RDFS}subClassOf"):
                local = above.removeprefix(NS)
                if above.startswith(NS) and local not in ancestors:
                    if local not in known:
                        raise UndeclaredTerm(f"{graph.path}: {name}: rdfs:subClassOf names {local}, which is no declared class")
                    ancestors.add(local)
                    todo.append(local)
        role = graph.values(NS + name, f"{NS}role")
        yield Class(
            name,
            graph.label(NS + name, f"{RDFS}label"),
            graph.label(NS + name, f"{RDFS}comment"),
            graph.one(NS + name, f"{NS}colour"),
            graph.one(NS + name, f"{NS}group"),
            frozenset(ancestors),
            role[0] if role else None,
        )


def _predicates(graph: _Turtle) -> Iterator[Predicate]:
    symmetric = set(graph.local(f"{OWL}SymmetricProperty"))
    for name in graph.local(f"{OWL}ObjectProperty"):
        domain, range_ = (
            frozenset(v.removeprefix(NS) for v in graph.values(NS + name, SCHEMA + side)) for side in ("domainIncludes", "rangeIncludes")
        )
        if not domain and not range_:
            continue  # a property of statement nodes, not a predicate of statements
        label, comment = (graph.label(NS + name, RDFS + part) for part in ("label", "comment"))
        yield Predicate(name, label, comment, domain, range_, name in symmetric)


def _concepts(graph: _Turtle) -> Iterator[Concept]:
    for iri in graph.of_type(f"{SKOS}Concept"):
        labels = graph.label(iri, f"{SKOS}prefLabel")
        others = [v for v in graph.values(iri, f"{SKOS}altLabel") if v != labels["zh"]]
        yield Concept(
            iri,
            iri.rsplit("/", 1)[-1],
            graph.one(iri, f"{SKOS}inScheme").rsplit("/", 1)[-1],
            labels["zh"],
            (labels["zh"], *others),
            tuple(graph.values(iri, f"{SKOS}broader")),
            frozenset(graph.marks(iri)),
        )
