"""What holds for the mentions of any text."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecograph.model import Document, OffsetMap
from ecograph.naming import Namer
from ecograph.ontology import Ontology

NAMERS = {"trained": Namer(Ontology()), "bare": Namer(Ontology(), None)}
PIECES = (
    "北湖区|《数据条例》|《|》|“双千”工程|“|”|（试行）|（|）|、|，|。|；|等12家银行|等企业|宁波银行|科大讯飞|云鲲科技|北湖区数据局|区科委|浙江大学|人工智能|产业"
    "|由|和|与|举办|世界人工智能大会|获|国家科技进步奖|（以下简称“北数”）|2031年|12|AI|Plug and Play"
    "|\n| |·|𠮷|é|公司|基金|平台|园|联盟|标准"
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES.split("|")), max_size=60).map("".join))


def document(text: str) -> Document:
    """The text as it is, without a reader's improvements."""
    return Document("one", "one.txt", text, OffsetMap(((0, 0, max(1, len(text))),)))


@pytest.mark.parametrize("namer", NAMERS.values(), ids=NAMERS)
@given(text=TEXTS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_mentions_lie_in_the_text_and_never_overlap(namer: Namer, text: str) -> None:
    """Whatever the text, mentions are spans of it, sorted, none empty, none over another, confidence between 0 and 1."""
    mentions = namer.find(document(text))
    assert all(0 <= m.start < m.end <= len(text) and 0 <= m.confidence <= 1 for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@given(text=TEXTS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_text_has_the_same_mentions(text: str) -> None:
    """A Namer keeps nothing from one document to the next."""
    namer = NAMERS["trained"]
    assert namer.find(document(text)) == namer.find(document(text))


@pytest.mark.parametrize("piece", ["《", "“", "（", "、", "北", "大学", "云鲲科技、", "《甲》", "“甲”", "和"])
def test_long_monotonous_text_is_no_trouble(piece: str) -> None:
    """Ten thousand equal pieces are read without recursion or backtracking."""
    mentions = NAMERS["trained"].find(document(piece * (20000 // len(piece))))
    assert all(m.end - m.start < 20000 for m in mentions)
