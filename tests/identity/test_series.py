"""Whole series of invented replies, from the files to the identity, against facts that were written beside them.

A folder holds replies and facts.json: `same` are lists of {doc, words} that name one thing, `apart` pairs that don't. Words
that naming doesn't find as a mention say nothing about identity and are left out; most must be found.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ecograph.across import Identity
from ecograph.build import Pipeline
from ecograph.extraction import Extraction
from ecograph.identity import Identifier
from ecograph.ontology import Ontology

TESTS = Path(__file__).parents[1]
SERIES = [p.parent for p in sorted([*TESTS.glob("identity/series/*/facts.json"), *TESTS.glob("series/[ac]/facts.json")])]
MARKS = "“”《》"
FOUND = 0.85  # the share of the facts' words that naming has to find
WHOLE = 0.6  # how much of a name has to be read for it to tell things apart
MISREAD = 0.14  # of the rows: the series are read from the text on, so that a name cut short takes its row along


class Series:
    """A folder's replies, their identity and the facts."""

    def __init__(self, folder: Path, pipeline: Pipeline, identifier: Identifier) -> None:
        paths = sorted(folder.glob("*.txt"))
        self.extractions = {p.stem: pipeline.extract(pipeline.read(p)) for p in paths}
        self.identity: Identity = identifier.identify(self.extractions.values())
        self.facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))

    def thing(self, words: dict[str, str], least: float = 0.5) -> str | None:
        """The canonical IRI of the mention that these words are, more than `least` of both; None if none is."""
        extraction = self.extractions[words["doc"]]
        found = max(_meeting(extraction, words["words"]), default=(0.0, ""))
        return self.identity.of(words["doc"], found[1]) if found[0] > least else None


def _meeting(extraction: Extraction, words: str) -> Iterator[tuple[float, str]]:
    """Each mention that meets an occurrence of the words: how much of the two is shared, and the IRI."""
    text = extraction.document.text
    kept = [i for i, c in enumerate(text) if not c.isspace()]
    squeezed, sought = "".join(text[i] for i in kept), "".join(words.split()).strip(MARKS)
    named = [(m.start, m.end, iri) for m, iri in extraction.linked.entity_of.items()]
    named += [(s.start, s.end, iri) for s, iri in extraction.linked.references]
    at = squeezed.find(sought)
    while at >= 0:
        start, end = kept[at], kept[at + len(sought) - 1] + 1
        for a, b, iri in named:
            first, last = a + (text[a] in MARKS), b - (text[b - 1] in MARKS)
            if first < end and start < last:
                yield (min(end, last) - max(start, first)) / (max(end, last) - min(start, first)), iri
        at = squeezed.find(sought, at + 1)


@pytest.fixture(scope="module")
def pipeline(ontology: Ontology) -> Pipeline:
    """The rooms, loaded once."""
    return Pipeline(ontology)


@pytest.fixture(scope="module", params=SERIES, ids=lambda p: p.name)
def series(request: pytest.FixtureRequest, pipeline: Pipeline, identifier: Identifier) -> Series:
    """Each series in turn."""
    return Series(request.param, pipeline, identifier)


def test_one_thing_under_several_names(series: Series) -> None:
    """The rows of `same` have one canonical IRI each, but for the few in which a name was read wrongly."""
    wrong = [
        [(w["doc"], w["words"], series.thing(w)) for w in row]
        for row in series.facts["same"]
        if len({thing for w in row if (thing := series.thing(w))}) > 1
    ]
    assert len(wrong) <= MISREAD * len(series.facts["same"]), wrong


def test_things_that_share_words_stay_apart(series: Series) -> None:
    """Every pair of `apart` has two, where the names were read more or less whole."""
    named = [[series.thing(words, WHOLE) for words in pair] for pair in series.facts["apart"]]
    wrong = [pair for pair, (one, other) in zip(series.facts["apart"], named, strict=True) if one and one == other]
    assert not wrong


def test_most_words_are_found(series: Series) -> None:
    """The two tests above look at something."""
    words: list[Any] = [w for row in (*series.facts["same"], *series.facts["apart"]) for w in row]
    assert sum(series.thing(w) is not None for w in words) >= FOUND * len(words)


def test_nothing_hangs_on_the_order(series: Series, identifier: Identifier) -> None:
    """The last reply first gives the same identity."""
    assert identifier.identify(list(series.extractions.values())[::-1]) == series.identity
