"""What conversion and copying do to a reply touches the names of the damaged sentence and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecograph.naming import Namer
from ecograph.ontology import Ontology
from ecograph.reading import Reader

SAMPLE = (Path(__file__).parents[1] / "data" / "replies" / "061.txt").read_text(encoding="utf-8")
HALF = {"，": ",", "（": "(", "）": ")", "：": ":", "；": ";", "！": "!", "？": "?"}
PUT_IN = {"line break": "\n", "page number": "\n— 3 —\n", "bare page number": "\n12\n"}
STOP = "。"
SENTENCES = SAMPLE.split(STOP)
ONTOLOGY = Ontology()
READER, NAMER = Reader(ONTOLOGY), Namer(ONTOLOGY)
Named = set[tuple[int, int, str]]


def names(source: str, original: Mapping[int, int]) -> Named:
    """The mentions of a source text: first character, end and class, in offsets of the original source."""
    document = READER.parse(source, "x.txt")
    found = set()
    for mention in NAMER.find(document):
        places = (document.origin.source(i) for i in range(mention.start, mention.end))
        known = [original[place] for place in places if place in original]
        found.add((min(known), max(known) + 1, mention.cls))
    return found


WHOLE = names(SAMPLE, {i: i for i in range(len(SAMPLE))})


def elsewhere(changed: Named, places: Sequence[int]) -> Named:
    """The names that no damage is near: what stands beside a name helps to find it, and so do the same words elsewhere."""
    damaged = {SAMPLE.count(STOP, 0, place) for place in places}
    words = "".join("".join(SENTENCES[number].split()) for number in damaged)
    away = {name for name in changed if SAMPLE.count(STOP, 0, name[0]) not in damaged}
    return {name for name in away if "".join(SAMPLE[name[0] : name[1]].split()) not in words}


def put_in(places: Sequence[int], mark: str) -> tuple[str, dict[int, int]]:
    """The sample with a mark before each of these characters, and where its own characters stand in the original."""
    parts, original, length = [], {}, 0
    for i, char in enumerate(SAMPLE):
        for part in [mark] * places.count(i) + [char]:
            parts.append(part)
            length += len(part)
        original[length - 1] = i
    return "".join(parts), original


@pytest.mark.parametrize("mark", PUT_IN.values(), ids=PUT_IN)
@given(places=st.lists(st.integers(0, len(SAMPLE) - 1), min_size=1, max_size=5))
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_breaks_and_page_numbers_change_only_the_names_of_their_sentence(mark: str, places: list[int]) -> None:
    """A line break or a page number anywhere leaves the names of other sentences as they were, but for one doubtful word at most."""
    source, original = put_in(places, mark)
    # A doubtful word may tip over when the evidence of the whole document changes by a hair: counted once lost, once found.
    assert len(elsewhere(names(source, original) ^ WHOLE, places)) <= 2


@given(picked=st.sets(st.integers(0, len(SAMPLE) - 1), min_size=1, max_size=200))
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_the_width_of_punctuation_changes_no_name(picked: set[int]) -> None:
    """Half-width commas, brackets and colons in any places name the same things."""
    source = "".join(HALF.get(char, char) if i in picked else char for i, char in enumerate(SAMPLE))
    assert names(source, {i: i for i in range(len(source))}) == WHOLE


def test_the_sample_names_something() -> None:
    """The tests of this file look at more than a few names, and at punctuation that has two widths."""
    assert len(WHOLE) > 50
    assert sum(char in HALF for char in SAMPLE) > 20
