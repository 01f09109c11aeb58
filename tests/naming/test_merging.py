"""How the recogniser's names and the patterns' come together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.naming.candidates import Candidate
from ecograph.naming.merging import Merger, balanced
from ecograph.ontology import Ontology

MERGER = Merger(Ontology())
RECOGNISER = "recogniser"


def candidate(text: str, name: str, cls: str = "Company", rule: str = RECOGNISER, confidence: float = 0.9) -> Candidate:
    """The first place of a name in the text."""
    start = text.index(name)
    return Candidate(start, start + len(name), cls, rule, confidence)


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("出台《数据条例》。", "数据条例", "《数据条例》"),
        ("在“云谷”开园。", "云谷", "云谷"),
        ("实施“云谷”战略。", "云谷”战略", "“云谷”战略"),
        ("中心“云光”已建成。", "中心“云光", "中心“云光”"),
        ("《甲》和《乙》", "甲》和《乙", "《甲》和《乙》"),
        ("云谷", "云谷", "云谷"),
    ],
)
def test_marks_come_in_pairs(text: str, name: str, wanted: str) -> None:
    """A mark that a name holds brings its partner, book marks stay with the title, quotation marks that enclose it don't."""
    found = balanced(text, candidate(text, name))
    assert text[found.start : found.end] == wanted


def test_what_the_header_says_stands() -> None:
    """The header's person is kept where the recogniser saw something else."""
    text = "李明代表"
    person = candidate(text, "李明", "Person", "header-person")
    assert MERGER.merge(text, [candidate(text, "李明代表")], [person]) == [person]


def test_unlikely_names_are_dropped_and_other_patterns_give_way() -> None:
    """A recognised name needs some confidence; a pattern that completes nothing isn't asked."""
    text = "云谷科技与山海银行"
    unlikely, likely = candidate(text, "云谷科技", confidence=0.1), candidate(text, "山海银行")
    assert MERGER.merge(text, [unlikely, likely], [candidate(text, "云谷科技", rule="company-brand")]) == [likely]


def test_a_declared_short_form_takes_its_class_wherever_it_stands() -> None:
    """What the recogniser took for a firm is the platform whose short form the text declares."""
    text = "实验装置（EAST）建成，EAST运行"
    second = Candidate(text.rindex("EAST"), text.rindex("EAST") + 4, "Company", RECOGNISER, 0.9)
    alias = candidate(text, "EAST", "Platform", "alias-latin")
    told = MERGER.declared(text, [candidate(text, "EAST"), second], [alias])
    assert [(c.start, c.cls) for c in told] == [(alias.start, "Platform"), (second.start, "Platform")]


@given(st.floats(0, 1), st.floats(0, 1))
def test_calibration_keeps_the_order(one: float, other: float) -> None:
    """What was more confident stays so, between 0 and 1."""
    low, high = (MERGER.calibrated(Candidate(0, 1, "Place", RECOGNISER, c)).confidence for c in sorted((one, other)))
    assert 0 <= low <= high <= 1


def test_a_patterns_confidence_is_left_alone() -> None:
    """It is a share of right ones already."""
    known = Candidate(0, 1, "Place", "header-person", 0.99)
    assert MERGER.calibrated(known) == known
