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

SERIES = Path(__file__).parents[1] / "series"
STATES = ("fulfilled", "repeated", "dropped", "undone", "silent")

Words = tuple[str, str]
Claim = tuple[str, Words, Words | None]
Facts = dict[str, Any]

# What can't be followed yet because a name of it is not recognised, by series and state.
UNREAD = {"c": {"fulfilled": 4, "repeated": 3, "undone": 1}}


@pytest.fixture(scope="module", params=("a", "b", "c"))
def read(request: pytest.FixtureRequest) -> tuple[Facts, list[Claim]]:
    """A series' facts, and what the ledger says of it: state, the promise's document and words, those that tell."""
    folder = SERIES / request.param
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    return {"name": request.param, **facts}, _claims(folder)


def _claims(folder: Path) -> list[Claim]:
    ontology = Ontology()
    pipeline = Pipeline(ontology)
    replies = [pipeline.extract(pipeline.read(path)) for path in sorted(folder.glob("*.txt"))]
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
def test_the_facts_are_found(read: tuple[Facts, list[Claim]], state: str, missing: int) -> None:
    """Nearly all that a reader found, with words of both sides."""
    facts, claims = read
    lacking = [fact for fact in facts[state] if not _found(state, fact, claims)]
    assert len(lacking) <= missing + UNREAD.get(facts["name"], {}).get(state, 0), lacking


def test_little_is_claimed_beyond_the_facts(read: tuple[Facts, list[Claim]]) -> None:
    """At most three outcomes with a witness of which no reader noted that, or that the same thing was planned at both ends."""
    facts, claims = read
    beyond = [c for c in claims if c[2] and not any(_found(state, fact, [c]) for state in STATES for fact in facts[state])]
    again = [side for fact in facts["repeated"] for side in (fact["promise"], fact["outcome"])]
    planned = [c for c in beyond if c[0] == "repeated" and any(_meets(s, c[1]) for s in again) and any(_meets(s, c[2]) for s in again)]
    assert len(beyond) - len(planned) <= 3, beyond
