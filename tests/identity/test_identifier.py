"""Identity as a whole: a function of the set, a person's judgements, labels and classes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecograph.across import Identity
from ecograph.identity import Identifier
from ecograph.model import Evidence, Statement

# Names of a small world in which much may be joined: class and name.
WORLD = [
    ("Policy", "云溪区促进海洋装备发展的若干措施"),
    ("Policy", "云溪区促进海洋装备发展的实施办法"),
    ("Policy", "海装24条"),
    ("Policy", "实施办法"),
    ("Platform", "“海帆汇”平台"),
    ("Platform", "“海帆汇”知识产权平台"),
    ("Platform", "“海帆汇”2.0版"),
    ("Company", "岚屿智联"),
    ("Company", "青岛岚屿智联科技有限公司"),
    ("Company", "岚屿智联海洋装备有限公司"),
    ("Fund", "引导基金"),
    ("Fund", "云溪区产业引导基金"),
    ("GovernmentBody", "云溪区科学技术局"),
    ("GovernmentBody", "云溪区科技局"),
    ("Platform", "专利驿站"),
    ("Platform", "云溪区专利驿站"),
    ("InnovationSite", "专利驿站"),
]
PLACES = ["云溪区", "崂山区", "青岛市"]
DATES = [None, "2022-05-01", "2023-05-01", "2024-05-01"]


def made(replies: Any, described: list[tuple[str, str | None, list[int]]]) -> Any:
    """Replies that name parts of the world."""
    for place, date, names in described:
        chosen = [WORLD[n] for n in names]
        text = "。".join(name for _, name in chosen) + "。"
        replies.say(text, place=place, date=date, **{f"n{i}": n for i, n in enumerate(chosen)})
    return replies


described = st.lists(
    st.tuples(
        st.sampled_from(PLACES), st.sampled_from(DATES), st.lists(st.integers(0, len(WORLD) - 1), min_size=1, max_size=6, unique=True)
    ),
    min_size=1,
    max_size=6,
)
quiet = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quiet
@given(described=described, data=st.data())
def test_the_order_of_replies_does_not_matter(new: Any, identifier: Identifier, described: Any, data: st.DataObject) -> None:
    """Identity is a function of the set of replies, links and candidates included."""
    replies = made(new(), described)
    assert identifier.identify(data.draw(st.permutations(replies.made))) == replies.identity()


@quiet
@given(described=described)
def test_what_it_says_hangs_together(new: Any, described: Any) -> None:
    """Links join one thing's nodes, candidates different things', only real nodes are mapped, and none to itself."""
    replies = made(new(), described)
    identity = replies.identity()
    nodes = {(e.document.id, entity.iri) for e in replies.made for entity in e.linked.entities}
    assert identity.canonical.keys() <= nodes
    assert all(iri != canonical for (_, iri), canonical in identity.canonical.items())
    assert all(identity.of(*link.one) == identity.of(*link.other) for link in identity.links)
    assert all(identity.of(*link.one) != identity.of(*link.other) for link in identity.candidates)
    texts = {e.document.id: e.document.text for e in replies.made}
    words = [w for link in (*identity.links, *identity.candidates) for w in link.witnesses]
    assert all(texts[w.document][w.evidence.start : w.evidence.end] == w.evidence.quote for w in words)


@quiet
@given(described=described)
def test_two_full_names_never_meet(new: Any, described: Any) -> None:
    """Whatever short forms stand between: two official titles, two firms, two jurisdictions' bodies stay two."""
    replies = made(new(), described)
    identity = replies.identity()
    for one, other in ((0, 1), (8, 9)):
        named = [(e.document.id, x.iri) for e in replies.made for x in e.linked.entities]
        first, second = ({identity.of(d, iri) for d, iri in named if iri == replies.iri(*WORLD[n])} for n in (one, other))
        assert not first & second


def test_nothing_gives_nothing(identifier: Identifier) -> None:
    """No reply, no identity."""
    assert identifier.identify([]) == Identity({})


def test_a_judgement_joins_what_no_rule_does(replies: Any) -> None:
    """`same` on two IRIs holds in every reply that uses them, and says so in its link."""
    documents = [replies.say("蓝湾汇举办。", n=("Event", "蓝湾汇")) for _ in range(2)]
    replies.say("港湾夜话举办。", n=("Event", "港湾夜话"))
    blue, harbour = replies.iri("Event", "蓝湾汇"), replies.iri("Event", "港湾夜话")
    identity = replies.identity(same=[(blue, harbour)])
    assert {identity.of(d, blue) for d in documents} == {identity.of("r3", harbour)}
    assert [link.reason for link in identity.links] == ["decided"]


def test_a_judgement_on_a_node_leaves_the_others(replies: Any) -> None:
    """`different` on one reply's use of an IRI takes it out of its thing; the other replies' uses stay together."""
    documents = [replies.say("蓝湾汇举办。", n=("Event", "蓝湾汇")) for _ in range(3)]
    iri = replies.iri("Event", "蓝湾汇")
    identity = replies.identity(different=[((documents[0], iri), (documents[1], iri))])
    first, second, third = (identity.of(d, iri) for d in documents)
    assert first != second
    assert third in (first, second)


def test_a_judgement_takes_a_merge_apart(replies: Any) -> None:
    """What a rule joins, also through a third name, `different` keeps apart."""
    replies.say("“海帆汇”知识产权平台上线。", n=("Platform", "“海帆汇”知识产权平台"))
    replies.say("“海帆汇”2.0版上线。", n=("Platform", "“海帆汇”2.0版"))
    replies.say("“海帆汇”平台上线。", n=("Platform", "“海帆汇”平台"))
    full, version = replies.iri("Platform", "“海帆汇”知识产权平台"), replies.iri("Platform", "“海帆汇”2.0版")
    assert replies.identity().of("r2", version) == full
    identity = replies.identity(different=[(full, version)])
    assert identity.of("r2", version) != identity.of("r1", full)
    assert all({c.one[1], c.other[1]} != {full, version} for c in identity.candidates)


def test_a_judgement_may_name_the_iri_of_a_reply_s_own_word(replies: Any) -> None:
    """An IRI that identity made for a common word is understood when a person uses it."""
    document = replies.say("落实《实施办法》。", n=("Policy", "实施办法"))
    title = "云溪区促进海洋装备发展的实施办法"
    replies.say(f"《{title}》施行。", n=("Policy", title))
    own, full = replies.iri("Policy", "实施办法"), replies.iri("Policy", title)
    identity = replies.identity(same=[(f"{own}@{document}", full)])
    assert identity.of(document, own) == full


def test_judgements_that_contradict_each_other_are_shown(replies: Any) -> None:
    """Of three judgements that can't all hold, the pair that gave way is a candidate again."""
    for name in ("蓝湾汇", "港湾夜话", "岚屿集"):
        replies.say(f"{name}举办。", n=("Event", name))
    a, b, c = (replies.iri("Event", name) for name in ("蓝湾汇", "港湾夜话", "岚屿集"))
    identity = replies.identity(same=[(a, b), (b, c)], different=[(a, c)])
    assert identity.of("r1", a) != identity.of("r3", c)
    assert [link.reason for link in identity.candidates] == ["decided-apart"]


def test_judgements_on_what_no_reply_names_are_passed_over(replies: Any) -> None:
    """A judgement waits for its reply without disturbing the others."""
    replies.say("蓝湾汇举办。", n=("Event", "蓝湾汇"))
    gone = replies.iri("Event", "港湾夜话")
    pair = (replies.iri("Event", "蓝湾汇"), gone)
    assert replies.identity(same=[pair], different=[(gone, ("r9", gone))]) == replies.identity()


def test_labels_and_classes_of_a_person_win(replies: Any) -> None:
    """What a person calls a thing and takes it for holds for the whole of it."""
    replies.say("云溪区专利驿站开张。", n=("Platform", "云溪区专利驿站"))
    replies.say("专利驿站扩容。", n=("Platform", "专利驿站"))
    short, full = replies.iri("Platform", "专利驿站"), replies.iri("Platform", "云溪区专利驿站")
    identity = replies.identity(labels={short: "云溪专利驿站"}, classes={full: "InnovationSite"})
    assert identity.labels == {full: "云溪专利驿站"}
    assert identity.classes == {full: "InnovationSite"}


def test_the_class_of_most_replies_holds(replies: Any) -> None:
    """Where replies differ in the class of one name, the thing has one."""
    for cls in ("Platform", "ResearchOrganization", "Platform"):
        replies.say("国际海洋开放中心启用。", n=(cls, "国际海洋开放中心"))
    identity = replies.identity()
    assert identity.classes == {replies.iri("Platform", "国际海洋开放中心"): "Platform"}


@pytest.mark.parametrize("confidence", [0.9, 0.3])
def test_what_a_statement_joins_is_two_things(replies: Any, confidence: float) -> None:
    """A firm that invests in another is not that other; a doubtful statement says nothing."""

    def invests(iri: Any, document: str) -> list[Statement]:
        evidence = (Evidence(0, 4, "岚屿智联"),)
        return [Statement(iri("岚屿智联"), "investsIn", iri("青岛岚屿智联科技有限公司"), evidence, document, "done", "hand", confidence)]

    names = {"b": ("Company", "青岛岚屿智联科技有限公司"), "a": ("Company", "岚屿智联")}
    replies.say("岚屿智联向另一家企业即青岛岚屿智联科技有限公司增资。", statements=invests, **names)
    assert bool(replies.identity().canonical) is (confidence < 0.5)


def test_of_several_decisions_on_one_thing_the_last_counts(replies: Any) -> None:
    """Two labels and two classes for two names of one thing: those that were decided last, whatever they are; a class brings its label."""
    replies.say("云溪区专利驿站开张。", n=("Platform", "云溪区专利驿站"))
    replies.say("专利驿站扩容。", n=("Platform", "专利驿站"))
    short, full = replies.iri("Platform", "专利驿站"), replies.iri("Platform", "云溪区专利驿站")
    for first, last in ((short, full), (full, short)):
        identity = replies.identity(labels={first: "甲驿站", last: "乙驿站"}, classes={first: "Project", last: "InnovationSite"})
        assert (set(identity.labels.values()), set(identity.classes.values())) == ({"乙驿站"}, {"InnovationSite"})
    identity = replies.identity(classes={short: "InnovationSite"})
    assert identity.labels.keys() == identity.classes.keys()
