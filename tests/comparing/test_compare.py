"""What changed between two graphs, or two days of one, and nothing that did not."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset

from ecograph.changes import ClaimChange, ThingChange
from ecograph.comparing import Scope, compare
from ecograph.ontology import Ontology

Graph = Callable[..., Dataset]
Said = tuple[str, str, str, str, str]
Replies = dict[str, tuple[str, list[Said]]]

PLAN = ("星河区", "establishes", "启元基金", "planned", "星河区将设立启元基金")
DONE = ("星河区", "establishes", "启元基金", "done", "星河区设立了启元基金")
DENIED = ("星河区", "establishes", "启元基金", "denied", "星河区暂不设立启元基金")
MEMBER = ("云杉科技有限公司", "memberOf", "星河创新联盟", "done", "云杉科技有限公司加入星河创新联盟")
SHORT = ("云杉", "memberOf", "星河创新联盟", "done", "云杉加入星河创新联盟")
REVISES = ("星河区若干措施", "revises", "星河区扶持办法", "done", "星河区若干措施替代了星河区扶持办法")
FIRST, SECOND = "2023-05-01", "2024-05-01"


def labels(found: tuple[ThingChange, ...]) -> list[str]:
    """The things' labels."""
    return [change.thing.label for change in found]


def states(found: tuple[ClaimChange, ...]) -> list[tuple[str | None, str | None]]:
    """The status on either side."""
    return [(c.old.status if c.old else None, c.new.status if c.new else None) for c in found]


def test_equal_graphs_have_no_changes(graph: Graph, ontology: Ontology) -> None:
    """Nothing changed is nothing told."""
    one = graph({"a": (FIRST, [PLAN, MEMBER])})
    assert not compare(one, one, ontology)


def test_things_and_claims_that_came_and_went(graph: Graph, ontology: Ontology) -> None:
    """What only one side names or says is told with that side's words."""
    old, new = graph({"a": (FIRST, [PLAN])}), graph({"a": (FIRST, [MEMBER])}, folder="new")
    changes = compare(old, new, ontology, (Scope("去年"), Scope("今年")))
    assert (labels(changes.appeared), labels(changes.gone)) == (["星河创新联盟", "云杉科技有限公司"], ["启元基金", "星河区"])
    assert (states(changes.said), states(changes.unsaid)) == ([(None, "done")], [("planned", None)])
    (words,) = changes.appeared[0].words
    assert (words.quote, words.date, words.reply, words.title) == (MEMBER[-1], FIRST, "a.txt", "第a号答复")
    assert (changes.old.name, changes.new.name, changes.moved) == ("去年", "今年", ())


def test_a_name_that_nothing_is_said_of(graph: Graph, ontology: Ontology) -> None:
    """Where no passage holds a name, its sentence comes from the reply's text, if that is at hand."""
    words = "与会的还有启元基金"
    old, new = graph({"a": (FIRST, [])}), graph({"a": (FIRST, [])}, named={"a": [("启元基金", f"开会。{words}。散会")]}, folder="new")
    texts = {"a": f"开会。{words}。散会"}
    (change,) = compare(old, new, ontology, (Scope("old"), Scope("new", None, texts.get))).appeared
    assert [w.quote for w in change.words] == [words]
    assert [w.quote for w in compare(old, new, ontology).appeared[0].words] == ["启元基金"]


def test_a_thing_that_is_called_otherwise(graph: Graph, ontology: Ontology) -> None:
    """Another label or class of the same thing is told as such."""
    old, new = graph({"a": (FIRST, [SHORT])}), graph({"a": (FIRST, [SHORT])}, labels={"云杉": "云杉集团"}, folder="new")
    changes = compare(old, new, ontology)
    assert {name: n for name, n in changes.parts.items() if n} == {"recast": 1}
    assert (changes.recast[0].old.label, changes.recast[0].new.label) == ("云杉", "云杉集团")


def test_a_status_that_moved(graph: Graph, ontology: Ontology) -> None:
    """What was planned is done: the words of both sides, and no new or gone claim."""
    old, new = graph({"a": (FIRST, [PLAN])}), graph({"a": (FIRST, [PLAN]), "b": (SECOND, [DONE])}, folder="new")
    changes = compare(old, new, ontology)
    (moved,) = changes.moved
    assert moved.old is not None
    assert moved.new is not None
    assert ([w.quote for w in moved.old.words], [w.quote for w in moved.new.words]) == ([PLAN[-1]], [DONE[-1]])
    assert (changes.said, changes.unsaid, changes.appeared) == ((), (), ())


def test_the_latest_reply_counts(graph: Graph, ontology: Ontology) -> None:
    """An old reply that is added later moves nothing; the last word does, whatever the names of the files."""
    old = graph({"z": (SECOND, [DONE])})
    assert states(compare(old, graph({"z": (SECOND, [DONE]), "a": (FIRST, [PLAN])}, folder="n1"), ontology).moved) == []
    new = graph({"z": (SECOND, [DONE]), "a": ("2025-01-01", [DENIED])}, folder="n2")
    assert states(compare(old, new, ontology).moved) == [("done", "denied")]


def test_two_days_of_one_graph(graph: Graph, ontology: Ontology) -> None:
    """A day stands for the replies dated up to it; replies without a date are counted and left out."""
    one = graph({"a": (FIRST, [PLAN]), "b": (SECOND, [DONE, MEMBER]), "c": ("", [REVISES])})
    changes = compare(one, one, ontology, (Scope("old", FIRST), Scope("new", SECOND)))
    assert (changes.old.replies, changes.new.replies, changes.new.undated) == (1, 2, 1)
    assert states(changes.moved) == [("planned", "done")]
    assert labels(changes.appeared) == ["星河创新联盟", "云杉科技有限公司"]
    assert changes.policies == ()
    assert not compare(one, one, ontology, (Scope("old", SECOND), Scope("new", "2030-01-01")))


def test_a_policy_that_was_replaced(graph: Graph, ontology: Ontology) -> None:
    """Its successor is told with the words; a plan to replace it is none."""
    planned = (*REVISES[:3], "planned", "星河区若干措施将替代星河区扶持办法")
    old, new = graph({"a": (FIRST, [planned])}), graph({"a": (FIRST, [planned]), "b": (SECOND, [REVISES])}, folder="new")
    (policy,) = compare(old, new, ontology).policies
    assert policy.successor is not None
    assert (policy.policy.label, policy.successor.label, policy.kind) == ("星河区扶持办法", "星河区若干措施", "replaced")
    assert compare(old, old, ontology).policies == ()


def test_a_thing_that_is_known_better_has_not_come(graph: Graph, ontology: Ontology) -> None:
    """When two names turn out to be one thing that is told as such: no thing appeared, none is gone, no claim either."""
    old = graph({"a": (FIRST, [MEMBER]), "b": (SECOND, [SHORT])})
    new = graph({"a": (FIRST, [MEMBER]), "b": (SECOND, [SHORT])}, {"云杉": "云杉科技有限公司"}, folder="new")
    changes = compare(old, new, ontology)
    assert {name: n for name, n in changes.parts.items() if n} == {"joined": 1}
    assert [t.label for t in changes.joined[0].several] == ["云杉", "云杉科技有限公司"]
    back = compare(new, old, ontology)
    assert [t.label for t in back.parted[0].several] == ["云杉", "云杉科技有限公司"]
    assert (back.appeared, back.gone) == ((), ())


def test_a_thing_whose_iri_moved_is_the_same(graph: Graph, ontology: Ontology) -> None:
    """Of another IRI for what the same words name only the label is told."""
    old = graph({"a": (FIRST, [SHORT])})
    new = graph({"a": (FIRST, [SHORT])}, {"云杉": "云杉科技有限公司"}, folder="new")
    assert {name: n for name, n in compare(old, new, ontology).parts.items() if n} == {"recast": 1}


said = st.builds(
    lambda subject, obj, status: (subject, "establishes", obj, status, f"{subject}设立{obj}"),
    st.sampled_from(["星河区", "云杉科技有限公司"]),
    st.sampled_from(["启元基金", "星河创新联盟"]),
    st.sampled_from(["planned", "ongoing", "done", "denied"]),
)
replies = st.dictionaries(
    st.sampled_from("abcd"), st.tuples(st.sampled_from([FIRST, SECOND, ""]), st.lists(said, min_size=1, max_size=3)), max_size=4
)


@settings(max_examples=25, deadline=None)
@given(old=replies, new=replies)
def test_back_is_the_way_there_reversed(in_memory: Graph, ontology: Ontology, old: Replies, new: Replies) -> None:
    """What is new in one direction is gone in the other, what moved moved back; equal sides have no changes."""
    one, other = (in_memory(side) for side in (old, new))
    there, back = compare(one, other, ontology), compare(other, one, ontology)
    assert (labels(there.appeared), labels(there.gone)) == (labels(back.gone), labels(back.appeared))
    assert [c.claim for c in there.said] == [c.claim for c in back.unsaid]
    assert states(there.moved) == [(b, a) for a, b in states(back.moved)]
    assert not compare(one, one, ontology)
