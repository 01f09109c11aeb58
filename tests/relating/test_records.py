"""A faulty record is refused, and told by file and id."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ecograph.errors import OntologyError
from ecograph.ontology import Ontology
from ecograph.relating import Relater

FAULTS = {
    "no such predicate": ("relations", {"id": "x", "pattern": "<a>到<o>", "states": ["a visits o"]}, "x: visits"),
    "no such class": ("relations", {"id": "x", "pattern": "<a>到<o>", "states": ["a issues o if o Law"]}, "x: Law"),
    "not a state": ("relations", {"id": "x", "pattern": "<a>到<o>", "states": ["issues"]}, "slot predicate slot"),
    "slot from nowhere": ("relations", {"id": "x", "pattern": "<a>到", "states": ["a issues o"]}, "slot o"),
    "slot in no state": ("relations", {"id": "x", "pattern": "<a><b><o>", "states": ["a issues o"]}, "slot <b>"),
    "no such fragment": ("relations", {"id": "x", "pattern": "<a>{nowhere}<o>", "states": ["a issues o"]}, "nowhere"),
    "not a regular expression": ("relations", {"id": "x", "pattern": "<a>(<o>", "states": ["a issues o"]}, "regular expression"),
    "unknown key": ("relations", {"id": "x", "pattern": "<a><o>", "states": ["a issues o"], "patern": "y"}, "no key but"),
    "unknown way to fill": ("relations", {"id": "x", "pattern": "<o>", "states": ["a issues o"], "fill": {"a": ["guess"]}}, "guess"),
    "unknown status of a rule": ("relations", {"id": "x", "pattern": "<a><o>", "states": ["a issues o"], "status": "maybe"}, "maybe"),
    "unknown status": ("statuses", {"id": "x", "pattern": "或许", "status": "maybe"}, "maybe"),
    "no pattern": ("times", {"id": "x", "shift": 1}, "needs a pattern"),
    "unknown reach": ("statuses", {"id": "x", "pattern": "或许", "status": "planned", "reach": "page"}, "reach"),
}


@pytest.mark.parametrize(("name", "record", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_a_faulty_record_is_named(tmp_path: Path, name: str, record: dict[str, object], words: str) -> None:
    """Loading stops with one line that names the record and what is wrong with it."""
    root = tmp_path / "ontology"
    shutil.copytree(Ontology().root, root)
    path = root / "patterns" / f"{name}.jsonl"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        Relater(Ontology(root))
    assert words in str(caught.value)
    assert "x" in str(caught.value)
    assert "\n" not in str(caught.value)
