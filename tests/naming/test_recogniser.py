"""Labels, sentences, words and models of the recogniser."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.errors import OntologyError
from ecograph.naming import Namer
from ecograph.naming.kinds import groups
from ecograph.naming.recogniser import LONGEST, Recogniser, decode, encode, sentences
from ecograph.naming.words import Words
from ecograph.ontology import Ontology

GROUPS = ("organization", "place")
WORDS = Words(Ontology())


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, str]]]:
    """A length and spans within it that don't overlap."""
    found, at = [], 0
    for gap, size, group in draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5), st.sampled_from(GROUPS)), max_size=8)):
        found.append((at + gap, at + gap + size, group))
        at += gap + size
    return at + draw(st.integers(0, 3)), found


@given(spans())
def test_labels_give_back_the_spans(given_: tuple[int, list[tuple[int, int, str]]]) -> None:
    """Spans of any length, side by side or apart, survive their labels."""
    length, wanted = given_
    assert list(decode(encode(length, wanted))) == wanted


@given(st.lists(st.sampled_from(["O", *(f"{place}-{group}" for place in "BIE" for group in GROUPS)]), max_size=12))
def test_any_labels_give_sound_spans(labels: list[str]) -> None:
    """Labels in an order that makes no sense give no overlapping or empty spans."""
    found = list(decode(labels))
    assert all(0 <= a < b <= len(labels) and labels[a] == f"B-{group}" for a, b, group in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))


@pytest.mark.parametrize("labels", [["B-place", "I-place", "O"], ["I-place", "E-place"], ["B-place", "E-organization"]])
def test_broken_sequences_name_nothing(labels: list[str]) -> None:
    """A name needs its beginning and its end, of one group."""
    assert list(decode(labels)) == []


@given(st.text(alphabet="甲乙。；\n，", max_size=60))
def test_sentences_cover_the_text(text: str) -> None:
    """Put together they are the text."""
    assert "".join(text[a:b] for a, b in sentences(text)) == text


def test_an_endless_sentence_is_cut() -> None:
    """A sentence without an end is labelled in pieces."""
    assert max(b - a for a, b in sentences("甲" * (3 * LONGEST))) <= LONGEST + 1


@given(st.text(alphabet="人工智能产业AI12、𠮷\n", max_size=40))
def test_words_cover_the_text(text: str) -> None:
    """Every character is in one word, from left to right."""
    assert "".join(text[a:b] for a, b, _ in WORDS.cut(text)) == text


def test_words_are_the_likeliest_ones() -> None:
    """Known words are preferred to their characters."""
    text = "我们支持人工智能产业，投资2000万元建设AI平台"
    cut = [text[a:b] for a, b, _ in WORDS.cut(text)]
    assert {"我们", "支持", "产业", "投资", "2000", "万元", "建设", "AI", "平台"} <= set(cut)


def test_several_classes_share_the_group_of_organizations() -> None:
    """Only there the model of kinds has to choose."""
    assert [group for group, of in groups(Ontology()).items() if len(of) > 1] == ["organization"]


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    """The error says which file and how to make it."""
    with pytest.raises(OntologyError, match=r"none\.crfsuite.*training/train\.py"):
        Recogniser(tmp_path / "none.crfsuite")


def test_a_spoilt_model_is_named(tmp_path: Path) -> None:
    """What is no model is refused, not read as an empty one."""
    path = tmp_path / "spoilt.crfsuite"
    path.write_bytes(b"no model")
    with pytest.raises(OntologyError, match=r"spoilt\.crfsuite"):
        Namer(Ontology(), path)
