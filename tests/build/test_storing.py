"""An extraction goes to disk and comes back as it was."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.build.pipeline import Pipeline
from ecograph.build.privacy import shown
from ecograph.build.shards import Shards
from ecograph.build.storing import Reply, dumps, loads
from ecograph.commitments import Ledger
from ecograph.errors import BuildError
from ecograph.extraction import Extraction
from ecograph.model import Evidence, Span
from ecograph.ontology import Ontology

TEXT = st.text(st.characters(), max_size=8)  # half characters too: a damaged file may hold them
PLAIN: Mapping[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-9, 10**6),
    float: st.floats(allow_nan=False),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False, places=2),
    Span: st.builds(lambda start, length: Span(start, start + length), st.integers(0, 99), st.integers(1, 9)),
    Evidence: st.builds(lambda s, n, q: Evidence(s, s + n, q), st.integers(0, 99), st.integers(1, 9), TEXT.filter(bool)),
}


def some(hint: Any, name: str = "") -> st.SearchStrategy[Any]:  # noqa: PLR0911 -- a line a kind of type
    """Values of a type, by the annotations of its fields."""
    origin, parts = get_origin(hint), get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{f.name: some(hints[f.name], f.name) for f in fields(hint)})
    if origin is UnionType:
        return st.none() | some(next(part for part in parts if part is not NoneType))
    if origin is tuple and parts[-1] is Ellipsis:
        return st.lists(some(parts[0]), min_size=name == "evidence", max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(some, parts))
    if origin is frozenset:
        return st.frozensets(some(parts[0]), max_size=2)
    assert issubclass(origin, Mapping)
    return st.dictionaries(some(parts[0]), some(parts[1]), max_size=2)


def spread(value: Any) -> Any:
    """All that a value holds, fields included that don't count when two are compared, with each part's type."""
    if is_dataclass(value):
        return type(value), [spread(getattr(value, f.name)) for f in fields(value)]
    if isinstance(value, frozenset):
        return type(value), sorted(value)
    if isinstance(value, Mapping):
        return [(spread(key), spread(part)) for key, part in value.items()]
    return (type(value), [spread(part) for part in value]) if isinstance(value, tuple) else (type(value), value)


@settings(max_examples=60, deadline=None)
@given(some(Reply))
def test_any_reply_comes_back(reply: Reply) -> None:
    """Every field of every value is what it was, and writing it again gives the same bytes."""
    content = dumps(reply)
    again = loads(content)
    assert dumps(again) == content
    whole, found = spread(reply), spread(again)
    linked, linked_again = whole[1][0][1][2][1], found[1][0][1][2][1]
    assert sorted(map(repr, linked_again[1])) == sorted(map(repr, linked[1]))  # entity_of comes in the order of the mentions
    linked[1] = linked_again[1] = None
    assert found == whole


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    """What the sample says."""
    pipeline = Pipeline(Ontology())
    return pipeline.extract(pipeline.read(Path(__file__).parents[2] / "data" / "replies" / "061.txt"))


def test_a_real_extraction_comes_back(extraction: Extraction) -> None:
    """The sample's mentions, entities and statements, its offset map and its header."""
    reply = Reply(extraction, Ledger(Ontology()).account(extraction))
    assert reply.account is not None
    assert spread(loads(dumps(reply))) == spread(reply)


def test_what_is_shown_is_shown_again(extraction: Extraction) -> None:
    """Leaving the contact person out twice is leaving it out once; all offsets still fit the text."""
    once = shown(extraction)
    assert spread(shown(once)) == spread(once)
    assert len(once.document.text) == len(extraction.document.text)
    assert all(once.document.text[e.start : e.end] == e.quote for s in once.statements for e in s.evidence)


def test_a_missing_extraction_is_named(tmp_path: Path) -> None:
    """One line says which file is gone and what to do."""
    with pytest.raises(BuildError, match=r"k\.extraction: missing or damaged .*; build again"):
        Shards(tmp_path).reply("k")
