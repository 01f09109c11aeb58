"""data/decisions.jsonl as a file: what may stand in it, and what is added."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.decisions import append, load_decisions, parse
from ecograph.errors import DecisionError
from ecograph.judgement import KINDS, Claim, Decision, Naming, Pair, Placing, Revocation, Thing

Decide = Callable[..., Decision]

texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12).filter(str.strip)
things = st.builds(Thing, texts, st.none() | texts, st.just("") | texts, st.just("") | texts)
matters = {
    Pair: st.tuples(things, things).filter(lambda p: p[0].ref != p[1].ref).map(lambda p: Pair(*p)),
    Naming: st.builds(Naming, things, texts),
    Claim: st.builds(Claim, things, texts, things, texts, texts, texts, st.none() | texts, st.none() | texts, st.none() | texts),
    Placing: st.builds(Placing, texts, st.none() | texts),
    Revocation: st.builds(Revocation, texts),
}
moments = (
    st.datetimes().map(lambda moment: moment.isoformat())
    | st.dates().map(str)
    | st.datetimes(timezones=st.timezones()).map(lambda m: m.isoformat())
)
decisions = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: st.builds(Decision, st.just(kind), matters[KINDS[kind]], texts, moments, texts)
)
GOOD = {"kind": "same", "who": "li", "when": "2026-03-01", "why": "同一单位", "one": {"iri": "urn:a"}, "other": {"iri": "urn:b"}}


@given(decisions)
def test_a_line_says_all_of_a_decision(decision: Decision) -> None:
    """What is written is read back as the same decision, labels too, with the same id."""
    again = parse(json.dumps(decision.as_json()))
    assert (again, again.id, again.as_json()) == (decision, decision.id, decision.as_json())


@given(
    st.text()
    | st.recursive(st.none() | st.text(), st.lists).map(json.dumps)
    | st.dictionaries(st.sampled_from([*GOOD, "id", "x"]), st.text() | st.none()).map(json.dumps)
)
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever stands in a line, it is a decision or a DecisionError of one line."""
    told = None
    try:
        parse(text)
    except DecisionError as error:
        told = str(error)
    assert told is None or "\n" not in told


def test_no_file_means_no_decision(tmp_path: Path) -> None:
    """Who has decided nothing needs no file."""
    assert load_decisions(tmp_path / "decisions.jsonl").lines == ()


def test_what_is_added_is_read(tmp_path: Path, decide: Decide) -> None:
    """Added lines are read back in their order; the folder is made."""
    path = tmp_path / "data" / "decisions.jsonl"
    made = [decide("label", Thing("urn:a"), "甲"), decide("revoke", "0" * 20)]
    for decision in made:
        append(path, decision)
    assert list(load_decisions(path).lines) == made
    assert path.read_text(encoding="utf-8").count("\n") == 2


def test_a_line_is_never_glued_to_the_last(tmp_path: Path, decide: Decide) -> None:
    """A file that an editor left without a line end stays readable."""
    path = tmp_path / "decisions.jsonl"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    append(path, decide("label", Thing("urn:a"), "甲"))
    assert len(load_decisions(path).lines) == 2


def test_a_hand_written_line_needs_no_id(tmp_path: Path) -> None:
    """Comments, empty lines, byte order marks in the middle and Windows' line ends are put up with."""
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(f"\ufeff# 王的判定\r\n\r\n{json.dumps(GOOD)}\r\n\ufeff{json.dumps(GOOD)}".encode())
    (line,) = load_decisions(path).lines
    assert re.fullmatch("[0-9a-f]{20}", line.id)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "sane"}, "kind"),
        ({"kind": None}, "kind"),
        ({"who": ""}, "who"),
        ({"when": "yesterday"}, "ISO 8601"),
        ({"why": 3}, "why"),
        ({"one": "urn:a"}, "one wants an object"),
        ({"one": {"iri": "urn:a", "lable": "甲"}}, "lable"),
        ({"one": {"iri": "urn:b"}}, "both urn:b"),
        ({"reason": "x"}, "reason"),
        ({"id": "0" * 20}, "changed after it was written"),
        ({"kind": "industry", "term": "智慧医疗"}, "no such key"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, change: dict[str, object], told: str) -> None:
    """The error names the file, the line and what is wrong, in one line."""
    path = tmp_path / "decisions.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n{json.dumps({**GOOD, **change})}\n", encoding="utf-8")
    with pytest.raises(DecisionError, match=re.escape(told)) as caught:
        load_decisions(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    """A file in another encoding is told as such."""
    path = tmp_path / "decisions.jsonl"
    path.write_bytes("# 判定".encode("gb18030"))
    with pytest.raises(DecisionError, match=r"decisions\.jsonl:1: not UTF-8"):
        load_decisions(path)


def test_a_folder_is_no_file(tmp_path: Path, decide: Decide) -> None:
    """What can't be opened or written is told in one line."""
    with pytest.raises(DecisionError, match="can't be read"):
        load_decisions(tmp_path)
    with pytest.raises(DecisionError, match="not kept"):
        append(tmp_path, decide("revoke", "x"))


@pytest.mark.skipif(os.name == "nt", reason="no lock there")
def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    """Commands that decide at one moment leave whole lines, none lost."""
    code = """
import sys
from pathlib import Path
from ecograph.decisions import append
from ecograph.judgement import Decision, Naming, Thing
for n in range(25):
    append(Path(sys.argv[1]), Decision("label", Naming(Thing("urn:a"), sys.argv[2] * 2000), sys.argv[2], f"2026-01-01T00:00:{n:02}", "x"))
"""
    path = tmp_path / "decisions.jsonl"
    writers = [subprocess.Popen([sys.executable, "-c", code, path, str(n)]) for n in range(4)]
    assert [w.wait() for w in writers] == [0] * 4
    assert len(load_decisions(path).lines) == 100
