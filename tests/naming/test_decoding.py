"""The recogniser's own arithmetic against CRFsuite's, and against what can be counted."""

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pycrfsuite
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.errors import OntologyError
from ecograph.model import Document, OffsetMap
from ecograph.naming import Namer
from ecograph.naming.context import occurrences
from ecograph.naming.decoding import Decoder
from ecograph.naming.features import Rows
from ecograph.naming.hashing import Pieces, Table, hashes
from ecograph.naming.recogniser import MODEL, Recogniser
from ecograph.ontology import Ontology

NAMER = Namer(Ontology(), None)
RECOGNISER = Recogniser()
TAGGER = pycrfsuite.Tagger()
TAGGER.open(str(MODEL))

# Sentences of this genre with something unheard of in between; CRFsuite itself reads no further than a zero.
UNHEARD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=3)
PARTS = [*"云区科、，。“”《》（）\n等与𠮷A2", "云谷科技", "区科委", "2023年", "产业园"]
TEXTS = st.lists(st.sampled_from(PARTS) | UNHEARD, max_size=40).map("".join)
SHORT = st.text(alphabet="甲乙丙", max_size=12)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_labels_and_probabilities_are_those_of_crfsuite(text: str) -> None:
    """Read by hashes of features, many sentences at a time, a text has the labels and the probabilities that CRFsuite gives it."""
    made = Document("sample", "sample.txt", text, OffsetMap(((0, 0, len(text)),)))
    rows = Rows(NAMER.seen(NAMER.explore(made)))
    features = rows.make(0, len(made.text))  # not sentence by sentence: a quotation mark may stand open
    for reading in RECOGNISER.read(made.text, rows):
        assert TAGGER.tag(features[reading.start : reading.start + len(reading.best)]) == reading.best
        wanted = [[TAGGER.marginal(label, at) for label in reading.labels.names] for at in range(len(reading.best))]
        assert np.allclose(reading.probabilities, wanted, atol=1e-9)


@given(st.integers(0, 10**6), st.lists(st.integers(1, 4), min_size=1, max_size=5), st.floats(0.1, 5))
def test_the_likeliest_labelling_is_the_best_of_all(seed: int, lengths: list[int], spread: float) -> None:
    """Of every labelling that there is; and probabilities are its share and theirs."""
    chance = np.random.default_rng(seed)
    transitions, scores = chance.normal(0, spread, (3, 3)), chance.normal(0, spread, (sum(lengths), 3))
    labels, probabilities = Decoder(transitions).decode(scores, lengths)
    at = 0
    for length in lengths:
        ways = list(product(range(3), repeat=length))
        weights = np.exp(
            [sum(scores[at + n, k] for n, k in enumerate(way)) + sum(transitions[pair] for pair in pairwise(way)) for way in ways]
        )
        assert ways[int(weights.argmax())] == tuple(labels[at : at + length])
        for n in range(length):
            shares = [weights[[way[n] == label for way in ways]].sum() / weights.sum() for label in range(3)]
            assert np.allclose(probabilities[at + n], shares)
        at += length


@given(SHORT, st.data())
def test_a_piece_has_the_hash_of_its_words(text: str, data: st.DataObject) -> None:
    """Wherever it stands."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert Pieces(text).hash(np.array([start]), np.array([end])).tolist() == hashes([text[start:end]]).tolist()


@given(st.lists(st.text(max_size=4), unique=True, max_size=40), st.lists(st.text(max_size=4), min_size=1, max_size=10))
def test_a_table_tells_where_strings_stand(listed: list[str], others: list[str]) -> None:
    """And of others that they aren't there."""
    wanted = [*listed, *others]
    known = {name: number for number, name in enumerate(listed)}
    assert Table(listed).find(hashes(wanted)).tolist() == [known.get(name, len(listed)) for name in wanted]


def test_a_table_refuses_what_it_could_not_tell_apart() -> None:
    """The same string twice."""
    with pytest.raises(ValueError, match="twice"):
        Table(["甲", "乙", "甲"])


@given(SHORT, st.sets(st.text(alphabet="甲乙丙", min_size=2, max_size=4), max_size=5))
def test_names_are_found_wherever_they_stand(text: str, names: set[str]) -> None:
    """From left to right, the longest first, none over another."""
    wanted, at = [], 0
    while at < len(text):
        end = max((at + len(name) for name in names if text.startswith(name, at)), default=at)
        wanted += [(at, end)] if end > at else []
        at = max(end, at + 1)
    assert list(occurrences(text, names)) == wanted


@pytest.mark.parametrize("part", [0.0001, 0.5, 0.999])
def test_a_model_that_was_cut_off_is_named(tmp_path: Path, part: float) -> None:
    """An interrupted copy is no model."""
    path = tmp_path / "cut.crfsuite"
    path.write_bytes(MODEL.read_bytes()[: int(part * MODEL.stat().st_size)])
    with pytest.raises(OntologyError, match=r"cut\.crfsuite"):
        Recogniser(path)
