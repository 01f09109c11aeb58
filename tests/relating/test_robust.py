"""Whatever the mentions are, statements stay sound, and time stays linear."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.model import Document, Entity, Linked, Mention, OffsetMap, Span
from ecograph.ontology import Ontology
from ecograph.relating import Relater

WORDS = "由与和、，。；：（）《》“”的在被将已 \n共同成立设立印发举办参加获投资落户牵头参与合作等15家企业联合加入认定为2023年\ue001甲乙丙丁"
ONTOLOGY = Ontology()
RELATER = Relater(ONTOLOGY)
CLASSES = sorted(ONTOLOGY.classes)


@st.composite
def linked_documents(draw: st.DrawFn) -> tuple[Document, list[Mention], Linked]:
    """Text of telling words, with mentions and references anywhere, overlapping ones too."""
    text = draw(st.text(st.sampled_from(WORDS), min_size=1, max_size=120))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 8)).map(lambda p: (p[0], min(p[0] + p[1], len(text))))
    entities = [Entity(f"e{i}", f"e{i}", draw(st.sampled_from(CLASSES))) for i in range(draw(st.integers(1, 6)))]
    iris = [entity.iri for entity in entities]
    mentions = {}
    for start, end in draw(st.lists(spans, max_size=10)):
        entity = draw(st.sampled_from(entities))
        mentions[Mention(start, end, entity.cls, "random", 0.5)] = entity.iri
    references = tuple((Span(*span), draw(st.sampled_from(iris))) for span in draw(st.lists(spans, max_size=3)))
    given_ = st.sampled_from([None, *iris])
    linked = Linked(tuple(entities), mentions, references, draw(given_), draw(given_))
    return Document("d", "d", text, OffsetMap(((0, 0, len(text)),))), sorted(mentions, key=lambda m: (m.start, -m.end)), linked


@settings(max_examples=150, deadline=None)
@given(linked_documents())
def test_any_mentions_give_sound_statements(case: tuple[Document, list[Mention], Linked]) -> None:
    """Random mentions never raise; evidence quotes the text, ends differ, domain and range hold, confidence is one."""
    document, mentions, linked = case
    cls = {entity.iri: entity.cls for entity in linked.entities}
    for statement in RELATER.relate(document, mentions, linked):
        for evidence in statement.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.quote
        assert statement.subject != statement.object
        assert ONTOLOGY.allows(statement.predicate, cls[statement.subject], cls[statement.object])
        assert 0 < statement.confidence <= 1
        assert statement.status in ONTOLOGY.statuses


def long_list(members: int) -> tuple[Document, list[Mention], Linked]:
    """One endless sentence: a list of firms, each of them a mention."""
    text = "、".join(f"公司{i:06d}" for i in range(members)) + "等企业共同成立联盟甲"
    mentions = [Mention(i * 9, i * 9 + 8, "Company", "t", 1.0) for i in range(members)]
    mentions.append(Mention(len(text) - 3, len(text), "Association", "t", 1.0))
    entities = tuple(Entity(f"e{i}", f"e{i}", m.cls) for i, m in enumerate(mentions))
    linked = Linked(entities, {m: e.iri for m, e in zip(mentions, entities, strict=True)})
    return Document("d", "d", text, OffsetMap(((0, 0, len(text)),))), mentions, linked


def test_time_grows_with_length_only() -> None:
    """Eight times the list takes less than twenty-four times as long: nothing backtracks over all of it."""
    took = []
    for members in (500, 4000):
        case = long_list(members)
        begin = time.process_time()
        RELATER.relate(*case)
        took.append(time.process_time() - begin)
    assert took[1] < 24 * max(took[0], 0.02)
