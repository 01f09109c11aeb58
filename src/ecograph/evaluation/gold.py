"""Annotated replies: NAME.json as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecograph.errors import ReadError, UndeclaredTerm, UsageError
from ecograph.evaluation.alignment import form, trim
from ecograph.ontology import Ontology

Forms = frozenset[str]


@dataclass(frozen=True, slots=True)
class GoldMention:
    """An annotated span of the squeezed text, outer marks left out. `group` is the class's kind (see `group_of`)."""

    start: int
    end: int
    cls: str
    group: str
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """An annotated statement: the comparable forms of all names of its two ends."""

    subject: Forms
    predicate: str
    object: Forms
    optional: bool
    words: str

    def joins(self, one: Forms, other: Forms, *, symmetric: bool) -> bool:
        """Whether it says this of two things that bear these names."""
        straight = bool(one & self.subject and other & self.object)
        return straight or (symmetric and bool(other & self.subject and one & self.object))


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated reply. `predicates` are those that were annotated: statements of others aren't judged."""

    name: str
    text: str
    mentions: tuple[GoldMention, ...]
    relations: tuple[GoldRelation, ...]
    predicates: Forms


def load_gold(folder: Path, ontology: Ontology) -> tuple[Gold, ...]:
    """Every NAME.json of a folder, by name. UsageError if there is none, ReadError for one that isn't in the form."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise UsageError(f"{folder}: no annotated reply here; wants a folder of NAME.json files")
    return tuple(_read(path, ontology) for path in paths)


def parse_gold(values: Mapping[str, Any], name: str, ontology: Ontology) -> Gold:
    """Gold from the values of one NAME.json. KeyError, TypeError, ValueError or UndeclaredTerm where they aren't in the form."""
    text = values["squeezed"]
    names = {e["id"]: frozenset(form(s) for s in (e["name"], *e["surfaces"])) for e in values["entities"]}
    relations = tuple(_relation(r, names, ontology) for r in values.get("relations", ()))
    predicates = frozenset(ontology.predicate(p).name for p in values.get("predicates", ())) or frozenset(r.predicate for r in relations)
    return Gold(name, text, tuple(_mention(m, text, ontology) for m in values["mentions"]), relations, predicates)


def group_of(cls: str, ontology: Ontology) -> str:
    """The kind that a class is of: the topmost class of its eco:group (the six kinds of organization are one)."""
    own = ontology.cls(cls)
    above = (ontology.cls(name) for name in own.ancestors)
    return min((c for c in above if c.group == own.group), key=lambda c: len(c.ancestors)).name


def _mention(values: Mapping[str, Any], text: str, ontology: Ontology) -> GoldMention:
    if not 0 <= values["start"] < values["end"] <= len(text):
        raise ValueError(f"the text has {len(text)} characters, a mention stands at {values['start']}–{values['end']}")
    start, end = trim(text, values["start"], values["end"])
    cls = values["type"]
    return GoldMention(start, end, cls, group_of(cls, ontology), bool(values.get("optional")))


def _relation(values: Mapping[str, Any], names: Mapping[str, Forms], ontology: Ontology) -> GoldRelation:
    predicate = ontology.predicate(values["predicate"]).name
    ends = names[values["subject"]], names[values["object"]]
    return GoldRelation(ends[0], predicate, ends[1], bool(values.get("optional")), str(values.get("evidence", "")))


def _read(path: Path, ontology: Ontology) -> Gold:
    try:
        return parse_gold(json.loads(path.read_text(encoding="utf-8")), path.stem, ontology)
    except UndeclaredTerm as error:
        raise ReadError(f"{path}: {error}") from error
    except KeyError as error:
        raise ReadError(f"{path}: no annotated reply: {error} is missing") from error
    except (ValueError, TypeError) as error:
        raise ReadError(f"{path}: no annotated reply: {error}") from error
