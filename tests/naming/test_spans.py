"""Proposed spans, the second look at them, and the signs that both models see."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.errors import OntologyError
from ecograph.naming.candidates import Candidate
from ecograph.naming.judging import Judge, Known, Spans
from ecograph.naming.lexicon import Lexicon
from ecograph.naming.recogniser import OUTSIDE, Labels, Reading, encode
from ecograph.naming.repeats import repeated
from ecograph.naming.spans import CHOSEN, Proposals, Span, propose
from ecograph.naming.words import Words
from ecograph.ontology import Ontology

GROUPS = {"Company": "organization", "Place": "place"}
LABELS = Labels([OUTSIDE, *(f"{place}-{group}" for group in GROUPS.values() for place in "BIE")])
LEXICON = Lexicon(Ontology())
WORDS = Words(Ontology())


def reading(text: str, spans: list[tuple[int, int, str]], doubts: Mapping[tuple[str, int], float] | None = None) -> Reading:
    """A text read as one sentence: these spans for certain, but for the probabilities told in `doubts`."""
    best = encode(len(text), spans)
    probabilities = np.array(
        [[(doubts or {}).get((label, at), float(best[at] == label)) for label in LABELS.names] for at in range(len(text))]
    )
    return Reading(0, best, LABELS, probabilities)


def proposed(text: str, one: Reading, found: list[Candidate] | None = None, chosen: list[Candidate] | None = None) -> dict[str, Span]:
    """The proposals by their words."""
    return {text[s.start : s.end]: s for s in propose(text, iter([one]), found or [], chosen or [], GROUPS).spans}


def test_the_best_labelling_is_proposed() -> None:
    """With the least probability of its labels."""
    text = "引进云谷科技"
    span = proposed(text, reading(text, [(2, 6, "organization")], {("I-organization", 4): 0.7}))["云谷科技"]
    assert (span.best, span.score) == (True, 0.7)


def test_a_second_thought_is_proposed_too() -> None:
    """Another end that the recogniser holds for possible makes another span."""
    text = "云谷科技公司"
    doubts = {("E-organization", 3): 0.3, ("I-organization", 3): 0.7, (OUTSIDE, 0): 0.05}
    spans = proposed(text, reading(text, [(0, 6, "organization")], doubts))
    assert {name: span.best for name, span in spans.items()} == {"云谷科技公司": True, "云谷科技": False}


def test_a_pattern_proposes_without_its_marks() -> None:
    """The rules that found a span stand on it, and that the patterns' resolver chose it."""
    text = "在“云谷”落户"
    c = Candidate(1, 5, "Place", "rule", 0.9)
    assert proposed(text, reading(text, []), [c], [c])["云谷"].rules == (CHOSEN, "rule")


def test_what_no_one_believes_is_not_proposed() -> None:
    """A pattern's finding that its resolver dropped, where the recogniser is sure that there is no name."""
    text = "在云谷落户"
    assert proposed(text, reading(text, []), [Candidate(1, 3, "Place", "rule", 0.9)]) == {}


def test_a_likely_name_is_proposed_wherever_it_stands() -> None:
    """Its second place has no score of its own."""
    text = "云谷科技建成。云谷科技扩产"
    one = reading(text, [(0, 4, "organization")])
    spans = propose(text, iter([one]), [], [], GROUPS).spans
    assert [(s.start, s.score, s.best) for s in spans] == [(0, 1.0, True), (7, 0.0, False)]


def test_the_second_look_knows_what_stands_elsewhere() -> None:
    """The features of a repeated name tell how sure the other place is."""
    text = "云谷科技建成。云谷科技扩产"
    proposals = Proposals([Span(0, 4, "organization", 0.99, best=True), Span(7, 11, "organization")], [0.0] * len(text))
    first, second = Spans(text, proposals, tuple(WORDS.cut(text)), Known(LEXICON.brands, "和", lambda name: None)).rows()
    assert [f for f in first if f.startswith("eg")] != [f for f in second if f.startswith("eg")]


def test_a_missing_judge_is_named(tmp_path: Path) -> None:
    """The error says which file and how to make it."""
    with pytest.raises(OntologyError, match=r"none\.crfsuite.*training/train\.py"):
        Judge(tmp_path / "none.crfsuite")


@given(st.text(alphabet="甲乙丙，", max_size=40))
def test_repetitions_are_those_of_the_text(text: str) -> None:
    """What is told to be repeated stands twice, and one character more of it doesn't."""
    for at, (ahead, back) in enumerate(repeated(text)):
        for run in (text[at : at + ahead], text[at + 1 - back : at + 1]):
            assert len(run) == 1 or sum(text.startswith(run, i) for i in range(len(text))) > 1
        longer = text[at : at + ahead + 1]
        assert ahead == 6 or len(longer) == ahead or "，" in longer or sum(text.startswith(longer, i) for i in range(len(text))) == 1


def test_listed_names_give_signs_where_words_end() -> None:
    """The first, inner and last character of a listed name, and the one behind it, bear a sign."""
    brand = min(name for name in LEXICON.brands if len(name) == 3)
    words = [(0, 1, "v"), (1, 4, "n"), (4, 5, "v")]
    assert {(1, "nB3"), (2, "nI3"), (3, "nE3"), (4, "nA")} <= set(LEXICON.signs(f"来{brand}了", words))


def test_missing_lists_are_named(tmp_path: Path) -> None:
    """The error says which file and how to make it."""
    with pytest.raises(OntologyError, match=r"brands\.txt.*training/make_brands\.py"):
        Lexicon(Ontology(None, tmp_path))
