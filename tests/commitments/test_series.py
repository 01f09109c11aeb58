"""The ledger on a series of replies that people have read: FACTS of the folder say what became of which promise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ecograph.build import Pipeline
from ecograph.commitments import Ledger
from ecograph.extraction import Extraction
from ecograph.identity import Identifier
from ecograph.model import Evidence
from ecograph.ontology import Ontology

SERIES = Path(__file__).parents[1] / "series" / "a"
FACTS: dict[str, list[Any]] = json.loads((SERIES / "facts.json").read_text(encoding="utf-8"))
STATES = ("fulfilled", "repeated", "dropped", "undone", "silent")

Words = tuple[str, str]
Claim = tuple[str, Words, Words | None]


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    """What the ledger says of the series: state, the promise's document and words, those that tell."""
    ontology = Ontology()
    pipeline = Pipeline(ontology)
    replies = [pipeline.extract(pipeline.read(path)) for path in sorted(SERIES.glob("*.txt"))]
    outcomes = Ledger(ontology).follow(replies, Identifier(ontology).identify(replies))
    said = dict(_said(replies))
    return [
        (o.state, said[o.commitment], (o.witness.document, _squeezed(o.witness.evidence)) if o.witness else None)
        for o in outcomes
        if o.witness or o.confidence >= 0.5
    ]


def _said(replies: list[Extraction]) -> Iterator[tuple[str, Words]]:
    for e in replies:
        yield from ((c.id, (c.document, _squeezed(c.evidence))) for c in e.commitments)
        yield from ((s.id, (s.document, _squeezed(s.evidence[0]))) for s in e.statements)


def _squeezed(evidence: Evidence) -> str:
    return "".join(evidence.quote.split())


def _meets(side: dict[str, str], words: Words | None) -> bool:
    """Whether the words of one side share a third of the shorter with those that the ledger gives."""
    if words is None or side["doc"] != words[0]:
        return False
    one, other = "".join(side["words"].split()), words[1]
    least = max(4, min(len(one), len(other)) // 3)
    return any(one[i : i + least] in other for i in range(len(one) - least + 1))


def _found(state: str, fact: dict[str, Any], claims: list[Claim]) -> bool:
    told = fact.get("outcome")
    return any(s == state and _meets(fact["promise"], p) and (not told or _meets(told, w)) for s, p, w in claims)


@pytest.mark.parametrize(("state", "missing"), [("fulfilled", 2), ("repeated", 1), ("dropped", 0), ("undone", 0), ("silent", 0)])
def test_the_facts_are_found(claims: list[Claim], state: str, missing: int) -> None:
    """Nearly all that a reader found, with words of both sides."""
    lacking = [fact for fact in FACTS[state] if not _found(state, fact, claims)]
    assert len(lacking) <= missing, lacking


def test_little_is_claimed_beyond_the_facts(claims: list[Claim]) -> None:
    """At most three outcomes with a witness that no reader noted."""
    beyond = [c for c in claims if c[2] and not any(_found(state, fact, [c]) for state in STATES for fact in FACTS[state])]
    assert len(beyond) <= 3, beyond
