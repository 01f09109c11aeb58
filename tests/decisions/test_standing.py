"""Which decisions count: revoking, later over earlier, two people's files, and no set that contradicts itself."""

import json
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.decisions import Decisions, append, load_decisions
from ecograph.judgement import Decision, Naming, Pair, Placing, Revocation, Thing

Decide = Callable[..., Decision]

A, B, C = Thing("urn:a"), Thing("urn:b"), Thing("urn:c")
things = st.builds(Thing, st.sampled_from(["urn:a", "urn:b", "urn:c", "urn:d"]), st.sampled_from([None, "012"]))
pairs = st.tuples(things, things).filter(lambda p: p[0].ref != p[1].ref).map(lambda p: Pair(*p))
people = st.sampled_from(["li", "wang"])
moments = st.integers(0, 5).map(lambda n: f"2026-03-0{n + 1}")  # few, so that the id often decides
makers = st.one_of(
    st.builds(Decision, st.sampled_from(["same", "different"]), pairs, people, moments, st.just("x")),
    st.builds(Decision, st.just("class"), st.builds(Naming, things, st.sampled_from(["X", "Y"])), people, moments, st.just("x")),
    st.builds(
        Decision, st.just("industry"), st.builds(Placing, st.just("t"), st.sampled_from([None, "urn:i"])), people, moments, st.just("x")
    ),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Decision]:
    """A sequence of decisions, some revoking earlier ones, revocations too."""
    lines: list[Decision] = []
    for revoking in draw(st.lists(st.booleans(), max_size=14)):
        if revoking and lines:
            target = draw(st.sampled_from(lines)).id
            lines.append(Decision("revoke", Revocation(target), draw(people), draw(moments), "x"))
        else:
            lines.append(draw(makers))
    return lines


def shown(decisions: Decisions) -> object:
    """All that others see of a set of decisions."""
    everything = (decisions.same, decisions.different, decisions.labels, decisions.classes, decisions.industries)
    return [d.id for d in decisions.active], decisions.conflicts(), everything, decisions.digest("012")


def components(decisions: Decisions) -> list[set[object]]:
    """What `same` makes of the things, taken to its end."""
    groups: list[set[object]] = []
    for one, other in decisions.same:
        joined = [g for g in groups if one in g or other in g]
        groups = [g for g in groups if g not in joined] + [{one, other}.union(*joined)]
    return groups


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_lines_tells_nothing(lines: list[Decision], random: object) -> None:
    """Shuffled and repeated lines are the same decisions."""
    mixed = [*lines, *lines[: len(lines) // 2]]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert shown(Decisions(mixed)) == shown(Decisions(lines))


@settings(max_examples=30)
@given(one=histories(), other=histories())
def test_two_files_merge_with_cat(one: list[Decision], other: list[Decision], tmp_path_factory: object) -> None:
    """Joined in either order, two people's files are their decisions taken together."""
    folder: Path = tmp_path_factory.mktemp("cat")  # type: ignore[attr-defined]
    for name, lines in (("one", one), ("other", other)):
        (folder / name).touch()
        for line in lines:
            append(folder / name, line)
    contents = [(folder / name).read_bytes() for name in ("one", "other")]
    for number, joined in enumerate((b"".join(contents), b"".join(reversed(contents)))):
        (folder / str(number)).write_bytes(joined)
        assert shown(load_decisions(folder / str(number))) == shown(Decisions([*one, *other]))


def stands(line: Decision, lines: list[Decision]) -> bool:
    """Whether no standing revocation names the line."""
    return not any(stands(r, lines) for r in lines if isinstance(r.matter, Revocation) and r.matter.target == line.id)


@given(histories())
def test_what_is_apart_is_never_joined(lines: list[Decision]) -> None:
    """However things are joined, none of `different` ends up one."""
    decisions = Decisions(lines)
    assert not [pair for pair in decisions.different if any(set(pair) <= group for group in components(decisions))]


@given(histories())
def test_nothing_is_silently_dropped(lines: list[Decision]) -> None:
    """A line either counts, is revoked, revokes, repeats what counts, was changed by its own author, or is listed as a conflict."""
    decisions = Decisions(lines)
    counting = {d.id for d in decisions.active}
    losers = {c.loser.id for c in decisions.conflicts()}
    for line in lines:
        later = [d for d in lines if d.order > line.order and d.subject == line.subject and stands(d, lines)]
        excused = not stands(line, lines) or line.kind == "revoke" or any(d.who == line.who or d.verdict == line.verdict for d in later)
        assert line.id in counting | losers or excused
    assert not counting & losers


@given(histories(), makers, moments)
def test_revoking_undoes(lines: list[Decision], decision: Decision, moment: str) -> None:
    """A decision that is made and revoked leaves everything as it was, and is back when the revocation is revoked."""
    if decision.id in {d.id for d in lines}:
        return
    revocation = Decision("revoke", Revocation(decision.id), "li", moment, "x")
    back = Decision("revoke", Revocation(revocation.id), "li", moment, "x")
    assert shown(Decisions([*lines, decision, revocation])) == shown(Decisions(lines))
    assert shown(Decisions([*lines, decision, revocation, back])) == shown(Decisions([*lines, decision]))


def test_later_wins(decide: Decide) -> None:
    """Of two lines with one subject the later counts; sides of a pair may be swapped; one's own earlier word is no conflict."""
    decisions = Decisions([decide("same", A, B), decide("different", B, A)])
    assert (decisions.same, decisions.different, decisions.conflicts()) == ((), (("urn:b", "urn:a"),), ())


def test_moments_are_compared_and_not_their_spelling(decide: Decide) -> None:
    """Half past eight in Shanghai is before one o'clock in London."""
    early = decide("label", A, "甲", when="2026-03-01T08:30:00+08:00")
    late = decide("label", A, "乙", when="2026-03-01T01:00:00Z")
    assert Decisions([late, early]).labels == {"urn:a": "乙"}


def test_two_peoples_contradiction_is_listed(decide: Decide) -> None:
    """The later counts, and the other's line is named in one line of text."""
    mine, theirs = decide("class", A, "Company", who="li"), decide("class", A, "Programme", who="wang")
    decisions = Decisions([mine, theirs])
    (conflict,) = decisions.conflicts()
    assert (conflict.loser, conflict.winners, decisions.classes) == (mine, (theirs,), {"urn:a": "Programme"})
    assert mine.id in conflict.message
    assert theirs.id in conflict.message


def test_agreement_is_no_conflict(decide: Decide) -> None:
    """Two people may say the same."""
    assert Decisions([decide("same", A, B, who="li"), decide("same", B, A, who="wang")]).conflicts() == ()


def test_a_chain_that_contradicts_is_listed(decide: Decide) -> None:
    """A is B and B is C: an earlier line that A is not C doesn't count, and both others are named; nothing of it is anyone's to guess."""
    apart, *joined = decide("different", A, C), decide("same", A, B), decide("same", B, C)
    decisions = Decisions([*joined, apart])
    (conflict,) = decisions.conflicts()
    assert (conflict.loser, list(conflict.winners), decisions.different) == (apart, joined, ())


def test_a_wrong_merge_can_be_taken_apart(decide: Decide) -> None:
    """The last word that A is not C stands; the older half of the chain gives way."""
    first, second, apart = decide("same", A, B), decide("same", B, C), decide("different", A, C)
    decisions = Decisions([first, second, apart])
    assert (decisions.same, decisions.different) == ((("urn:b", "urn:c"),), (("urn:a", "urn:c"),))
    assert [c.loser for c in decisions.conflicts()] == [first]


def test_one_replys_word_is_not_every_replys(decide: Decide) -> None:
    """A short form may be one thing in one reply and another elsewhere."""
    here = Thing("urn:a", "012")
    decisions = Decisions([decide("same", here, B), decide("different", A, B)])
    assert decisions.same == ((("012", "urn:a"), "urn:b"),)
    assert decisions.different == (("urn:a", "urn:b"),)


def test_a_long_history_is_no_trouble(decide: Decide) -> None:
    """Thousands of revocations of revocations are followed to their end."""
    lines = [decide("label", A, "甲", when="2026-01-01")]
    for _ in range(3001):
        lines.append(Decision("revoke", Revocation(lines[-1].id), "li", "2026-01-01", "x"))
    assert Decisions(reversed(lines)).labels == {}
    assert Decisions(lines[:-1]).labels == {"urn:a": "甲"}


def test_the_line_is_json_with_its_reasons(decide: Decide) -> None:
    """Who, when and why stand on every line."""
    line = json.loads(json.dumps(decide("same", A, B).as_json()))
    assert {"id", "kind", "who", "when", "why", "one", "other"} == set(line)
