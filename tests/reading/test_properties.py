"""What holds for any text and any damage to a reply."""

from __future__ import annotations

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.errors import ReadError
from ecograph.model import Document, Field
from ecograph.ontology import Ontology
from ecograph.reading import Reader

READER = Reader(Ontology())
PIECES = (
    "北湖区|《数据条例》|“双千”工程|（试行）|（|》|“|2031年5月9日|一、|（二）|1.|附件|联系人：方以南|电话：5550123|代表：|收悉，现答复如下："
    "|对第061号建议的答复|北湖区数据局|感谢您|下一步，我局将|——|AI|Plug and Play|12|。|，| |\u3000|\n|\n\n|\r\n|\f|\t|\x00|\u200b|— 3 —"
    "|\n2\n|第 2 页|臺"
)
WORDS = st.sampled_from(PIECES.split("|"))
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=60).map("".join))


def sound(source: str, document: Document) -> None:
    """The invariants of a document."""
    text = document.text
    covered = set()
    for start, origin, length in document.origin.runs:
        assert length > 0
        assert text[start : start + length] == source[origin : origin + length]
        covered.update(range(start, start + length))
    assert {text[i] for i in range(len(text)) if i not in covered} <= {"\n", " "}
    places = [document.origin.source(i) for i in sorted(covered)]
    assert places == sorted(set(places))
    header = document.header
    fields = [getattr(header, name) for name in header.__dataclass_fields__ if name != "addressees"]
    spans = [f.span for f in (*fields, *header.addressees) if isinstance(f, Field)] + [c.span for c in document.contacts]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(f.value.strip() == f.value != "" for f in fields if f)
    for i, section in enumerate(document.sections):
        assert 0 <= section.start < section.end <= len(text) + 1
        for other in document.sections[i + 1 :]:
            assert other.start >= section.start
            assert other.start >= section.end or (other.level > section.level and other.end <= section.end)
    assert all(document.section_at(i) for i in range(len(text)))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_read_soundly_or_refused(source: str) -> None:
    """Offsets lead back, spans lie in the text, sections nest; nothing but ReadError is raised."""
    try:
        document = READER.parse(source, "x.txt")
    except ReadError as error:
        assert "\n" not in str(error)  # noqa: PT017 - the property is about both ways out
        return
    sound(source, document)


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(), breaks=st.integers(0, 40), spaces=st.integers(0, 40), pages=st.integers(0, 6))
def test_a_damaged_reply_keeps_its_words(invented: str, seed: int, breaks: int, spaces: int, pages: int) -> None:
    """Line breaks, spaces and page numbers put in anywhere change no character of the words."""
    damage = random.Random(seed)  # noqa: S311 - no secret
    source = invented
    for mark, times in (("\n", breaks), (" ", spaces), ("\f\n— 4 —\n", pages)):
        for _ in range(times):
            place = damage.randrange(len(source) + 1)
            source = source[:place] + mark + source[place:]
    document = READER.parse(source, "x.txt")
    sound(source, document)
    # A digit that a break on either side left alone on its line may be taken for a page number.
    assert re.sub(r"[\d—\s]", "", document.text) == re.sub(r"[\d—\s]", "", source)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_reading_twice_changes_nothing(source: str) -> None:
    """The same source gives the same document."""
    try:
        first = READER.parse(source, "x.txt")
    except ReadError:
        return
    second = READER.parse(source, "x.txt")
    assert (first, first.header, first.sections, first.contacts) == (second, second.header, second.sections, second.contacts)
