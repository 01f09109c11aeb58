"""Two tiny invented replies: their gold, what somebody found in them, and the figures of the scorer for it.

`figures.json` was written by the scorer that the annotations came with:
`score.py cases/gold --json < cases/found.jsonl`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ecograph.evaluation import Answer
from ecograph.model import Document, Entity, Evidence, Linked, Mention, OffsetMap, Statement
from ecograph.ontology import Ontology

CASES = Path(__file__).parent / "cases"


def answer_of(found: Mapping[str, Any]) -> Answer:
    """What `ecograph extract` prints of a reply, as values again."""
    text, stem = found["text"], Path(found["document"]).stem
    mentions = tuple(Mention(m["start"], m["end"], m["type"], m.get("rule", "hand"), m.get("confidence", 1.0)) for m in found["mentions"])
    entities = tuple(Entity(e["id"], e["label"], e["type"], tuple(e["aliases"])) for e in found["entities"])
    statements = tuple(
        Statement(s["subject"], s["predicate"], s["object"], (Evidence(0, 1, text[0]),), stem, status, "hand", 1.0)
        for key, status in (("denied", "denied"), ("statements", "done"))
        for s in found[key]
    )
    return Answer(Document(stem, found["document"], text, OffsetMap(())), mentions, Linked(entities, {}), statements)


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The classes and predicates."""
    return Ontology()


@pytest.fixture
def answers() -> dict[str, Answer]:
    """What was found, by the reply's name."""
    lines = (CASES / "found.jsonl").read_text(encoding="utf-8").splitlines()
    return {Path(found["document"]).stem: answer_of(found) for found in map(json.loads, lines)}
