"""Whatever the text is, quantities and terms are sound, and time stays linear."""

from __future__ import annotations

import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.measuring import Dater, Measurer
from ecograph.model import Document, Entity, Field, Header, Linked, Mention, OffsetMap, Section, Span, Statement
from ecograph.model import Evidence as Words
from ecograph.ontology import Ontology

ONTOLOGY = Ontology()
MEASURER, DATER = Measurer(ONTOLOGY), Dater(ONTOLOGY)
CLASSES = sorted(ONTOLOGY.classes)
PIECES = ["15", "家", "1.5亿元", "2023年", "底", "百余", "由", "增至", "等", "、", "，", "。", "\n", "《", "》", "“", "”", "（", "）", "不少于", "同比增长",
          "印发", "废止", "有效期", "三年", "到期", "自", "起施行", "企业", "成员", "规模", "去年", "全年", "第", "\ue001", "-", "8", "%", "取代", "的"]  # fmt: skip
VALUE = re.compile(r"\d+(?:\.\d*[1-9])?")
TIME = re.compile(r"\d{4}(-\d\d){0,2}(/(\d{4}(-\d\d){0,2})?)?|/\d{4}(-\d\d){0,2}")


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, list[Mention], Linked, tuple[Statement, ...]]:
    """Text of telling pieces, with mentions and references anywhere, overlapping ones too, and statements between them."""
    text = "".join(draw(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), min_size=1, max_size=50))) or "。"
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 8)).map(lambda p: (p[0], min(p[0] + p[1], len(text))))
    entities = [Entity(f"e{i}", f"e{i}", draw(st.sampled_from(CLASSES))) for i in range(draw(st.integers(1, 5)))]
    mentions = {}
    for start, end in draw(st.lists(spans, max_size=10)):
        entity = draw(st.sampled_from(entities))
        mentions[Mention(start, end, entity.cls, "random", 0.5)] = entity.iri
    iris = [e.iri for e in entities]
    references = tuple((Span(*span), draw(st.sampled_from(iris))) for span in draw(st.lists(spans, max_size=3)))
    linked = Linked(tuple(entities), mentions, references, draw(st.sampled_from([None, *iris])))
    words = (Words(0, len(text), text),)
    statements = tuple(Statement(a, "memberOf", b, words, "d", "done", "r", 1.0) for a in iris for b in iris if a != b)
    header = Header(date=draw(st.sampled_from([None, Field("2024-05-20", Span(0, 1)), Field("2024", Span(0, 1)), Field("x", Span(0, 1))])))
    mode = draw(st.sampled_from(["body", "plan", "problem", "header"]))
    document = Document("d", "d", text, OffsetMap(((0, 0, len(text)),)), header, (Section("", 1, mode, 0, len(text)),))
    return document, sorted(mentions, key=lambda m: (m.start, -m.end)), linked, statements


@settings(max_examples=250, deadline=None)
@given(documents())
def test_any_text_gives_sound_quantities(case: tuple[Document, list[Mention], Linked, tuple[Statement, ...]]) -> None:
    """Nothing raises; spans quote the text, the number lies in its evidence, values and times have their form, entities exist."""
    document, _, linked, statements = case
    iris = {e.iri for e in linked.entities}
    for q in MEASURER.measure(*case):
        for words in (q.words, q.evidence):
            assert document.text[words.start : words.end] == words.quote
        assert q.evidence.start <= q.words.start < q.words.end <= q.evidence.end
        assert VALUE.fullmatch(q.value)
        assert q.time is None or TIME.fullmatch(q.time)
        assert q.status in ONTOLOGY.statuses
        assert q.bound in {"exact", "least", "most", "about"}
        assert {*q.about, *q.named} <= iris
        assert set(q.statements) <= {s.id for s in statements}
        assert 0 < q.confidence <= 1


@settings(max_examples=250, deadline=None)
@given(documents())
def test_any_text_gives_sound_terms(case: tuple[Document, list[Mention], Linked, tuple[Statement, ...]]) -> None:
    """Nothing raises; spans quote the text, only policies are dated, kinds and statuses are declared."""
    document, _, linked, _ = case
    cls = {e.iri: e.cls for e in linked.entities}
    kinds = {c.name for c in ONTOLOGY.scheme("terms")}
    for term in DATER.date(*case):
        assert document.text[term.evidence.start : term.evidence.end] == term.evidence.quote
        assert cls[term.policy] == ONTOLOGY.with_role("titled")
        assert term.kind in kinds
        assert term.status in ONTOLOGY.statuses
        assert TIME.fullmatch(term.time)


def test_time_grows_with_length_only() -> None:
    """Eight times the text takes less than twenty times as long, be it one endless sentence of numbers."""
    took = []
    for repeats in (400, 3200):
        text = "由甲、乙等15家单位不少于18.7亿元增至2023年底到期的有效期" * repeats
        document = Document("d", "d", text, OffsetMap(((0, 0, len(text)),)), Header(date=Field("2024-05-20", Span(0, 1))))
        linked = Linked((Entity("e", "e", "Policy"),), {})
        begin = time.process_time()
        MEASURER.measure(document, [], linked, ())
        DATER.date(document, [], linked, ())
        took.append(time.process_time() - begin)
    assert took[1] < 20 * max(took[0], 0.02)
