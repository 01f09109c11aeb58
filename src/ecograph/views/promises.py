"""The commitments of a dataset with what became of them, as the page shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import Dataset

from ecograph.model import Evidence
from ecograph.views.projection import Row, rows


@dataclass(frozen=True, slots=True)
class Told:
    """Words of a reply: its IRI, the passage and the heading over it."""

    reply: str
    evidence: Evidence
    section: str


@dataclass(frozen=True, slots=True)
class Became:
    """An outcome: the name of its state, when, how sure, and the words if a reply tells of it."""

    state: str
    time: str
    confidence: float
    told: Told | None


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment: who (IRI and label), what in the reply's words, the things it is about (IRIs), till when, and its outcomes."""

    actor: str
    label: str
    action: str
    target: str
    due: str
    things: tuple[str, ...]
    confidence: float
    told: Told
    outcomes: tuple[Became, ...]


def load_promises(dataset: Dataset) -> tuple[Promise, ...]:
    """All commitments, by the place of their words, then by IRI."""
    outcomes = _outcomes(dataset)
    held: dict[str, list[Row]] = defaultdict(list)
    for row in rows(dataset, "promised"):
        held[row["commitment"]].append(row)
    promises = [(iri, _promise(found, outcomes.get(iri, ()))) for iri, found in sorted(held.items())]
    promises.sort(key=lambda pair: (pair[1].told.reply, pair[1].told.evidence.start, pair[1].told.evidence.end, pair[0]))
    return tuple(promise for _, promise in promises)


def _promise(found: list[Row], outcomes: tuple[Became, ...]) -> Promise:
    row = min(found, key=lambda row: sorted(row.items()))
    label, action, target, due = (row.get(name, "") for name in ("actorLabel", "action", "target", "due"))
    things = tuple(sorted({other["thing"] for other in found if "thing" in other}))
    return Promise(row["actor"], label, action, target, due, things, float(row["confidence"]), _told(row), outcomes)


def _outcomes(dataset: Dataset) -> Mapping[str, tuple[Became, ...]]:
    found: dict[str, dict[str, Became]] = defaultdict(dict)
    for row in sorted(rows(dataset, "outcomes"), key=lambda row: sorted(row.items())):
        told = _told(row) if "quote" in row else None
        state = row["state"].rsplit("/", 1)[-1]
        found[row["commitment"]].setdefault(row["outcome"], Became(state, row.get("time", ""), float(row["confidence"]), told))
    return {iri: tuple(sorted(ends.values(), key=lambda end: (end.time, end.state, str(end.told)))) for iri, ends in found.items()}


def _told(row: Row) -> Told:
    return Told(row["reply"], Evidence(int(row["start"]), int(row["end"]), row["quote"]), row.get("section", ""))
