"""The last look at the names that were chosen."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.naming.candidates import Candidate
from ecograph.naming.mending import Mender, apart, bracketed
from ecograph.ontology import Ontology

MENDER = Mender(Ontology())
CLASSES = ("Company", "Person", "Place", "Platform", "InnovationSite", "Programme", "Event")


def named(text: str, *names: tuple[str, str]) -> list[Candidate]:
    """The first place of each name, one behind the other."""
    found, at = [], 0
    for name, cls in names:
        at = text.index(name, at)
        found.append(Candidate(at, at + len(name), cls, "recogniser", 0.9))
        at += len(name)
    return found


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("云创（有限合伙）出资", [("云创（有限合伙", "Company")], [("云创（有限合伙）", "Company")]),
        ("云光科技新近加入", [("云光科技新近", "Company")], [("云光科技", "Company")]),
        ("云光科技创始人李明远分享", [("云光科技创始人李明远", "Company")], [("云光科技", "Company"), ("李明远", "Person")]),
        ("在云谷院士小镇", [("云谷院士小镇", "InnovationSite")], [("云谷院士小镇", "InnovationSite")]),
        (
            "国家高新技术企业云光（北湖）科技有限公司",
            [("国家高新技术企业云光（北湖）科技有限公司", "Company")],
            [("云光（北湖）科技有限公司", "Company")],
        ),
        ("甲山市乙水区的经验", [("甲山市", "Place"), ("乙水区", "Place")], [("甲山市乙水区", "Place")]),
        ("甲山、乙水", [("甲山", "Place"), ("乙水", "Place")], [("甲山", "Place"), ("乙水", "Place")]),
        ("与甲山重工•起重集团签约", [("甲山重工", "Company"), ("起重集团", "Company")], [("甲山重工•起重集团", "Company")]),
        ("云谷二期开工", [("云谷", "InnovationSite")], [("云谷二期", "InnovationSite")]),
        ("云谷二期间", [("云谷", "InnovationSite")], [("云谷", "InnovationSite")]),
        ("世界云大会北湖分会场", [("世界云大会", "Event"), ("北湖", "Place")], [("世界云大会北湖分会场", "Event")]),
        ("推进“数云”战略", [("数云", "Programme")], [("“数云”战略", "Programme")]),
        ("推进“数云”战略合作", [("数云", "Programme")], [("数云", "Programme")]),
        (
            "“云谷”首席技术官联盟",
            [("云谷", "InnovationSite"), ("首席技术官联盟", "Association")],
            [("“云谷”首席技术官联盟", "Association")],
        ),
        (
            "“云易通”（北湖贸易平台）上线",
            [("“云易通”（北湖贸易平台", "Platform")],
            [("“云易通”", "Platform"), ("北湖贸易平台", "Platform")],
        ),
        (
            "与Harbor Lab（云港实验室）签约",
            [("Harbor Lab（云港实验室）", "Company")],
            [("Harbor Lab", "Company"), ("云港实验室", "Company")],
        ),
        ("县领导李明远、王大山等出席", [("李明远", "Company")], [("李明远", "Person"), ("王大山", "Person")]),
        ("领导企业、银行等出席", [], []),
    ],
)
def test_a_name_is_mended(text: str, names: list[tuple[str, str]], wanted: list[tuple[str, str]]) -> None:
    """Each kind of record does what it says, and leaves alone what only looks like it."""
    assert [(text[c.start : c.end], c.cls) for c in MENDER.mend(text, named(text, *names))] == wanted


@given(st.text(alphabet="“”（）、云光谷市区战略二期•创始人李明领导等", max_size=60), st.data())
def test_mended_names_never_overlap(text: str, data: st.DataObject) -> None:
    """Whatever was chosen, the names lie in the text, none over another, and mending twice changes nothing more of their order."""
    ends = st.integers(0, len(text))
    drawn = data.draw(st.lists(st.tuples(ends, ends, st.sampled_from(CLASSES)), max_size=8))
    names = apart([Candidate(a, b, cls, "recogniser", 0.9) for a, b, cls in drawn if a < b])
    mended = MENDER.mend(text, names)
    assert all(0 <= c.start < c.end <= len(text) for c in mended)
    assert all(a.end <= b.start for a, b in pairwise(mended))


def test_a_bracket_of_the_surroundings_is_left_out() -> None:
    """A closing bracket that opened before the name is no part of it."""
    text = "（云光科技）"
    found = bracketed(text, Candidate(1, 6, "Company", "recogniser", 0.9))
    assert text[found.start : found.end] == "云光科技"
