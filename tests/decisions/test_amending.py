"""What decisions make of a reply as the rules read it, also when the reply has changed since."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.decisions import Decisions
from ecograph.extraction import Extraction
from ecograph.graph import quads
from ecograph.graph.check import check_graph
from ecograph.iris import entity_iri
from ecograph.judgement import Claim, Decision, Matter, Naming, Placing, Thing
from ecograph.ontology import Ontology

Decide = Callable[..., Decision]
Reply = Callable[..., Extraction]
Named = Callable[..., Thing]
Claiming = Callable[..., Claim]

FIRM, UNION, FIELD, AREA, FUND = "云杉科技有限公司", "星河创新联盟", "人工智能", "星河区", "启元基金"
MEMBER = "云杉科技有限公司已加入星河创新联盟"
WORKS = "云杉科技有限公司专注于人工智能"
PLAN = "星河区将设立启元基金"
TEXT = f"一、主要做法\n{MEMBER}。\n{WORKS}。\n{PLAN}。"
CLASSES = {FIRM: "Company", UNION: "Association", FIELD: "Industry", AREA: "Place", FUND: "Fund"}


def said(extraction: Extraction) -> set[tuple[str, str, str]]:
    """What the reply says, without the words: predicate, status and rule of each statement."""
    return {(s.predicate, s.status, s.rule.split(":")[0]) for s in extraction.statements}


def states(decisions: Decisions, extraction: Extraction, ontology: Ontology) -> list[str]:
    """What is to be looked at again."""
    return [r.state for r in decisions.reports([extraction], ontology)]


def test_nothing_decided_changes_nothing(reply: Reply, ontology: Ontology) -> None:
    """Without decisions a reply is what the rules read."""
    assert Decisions().amend(reply(), ontology) == reply()


def test_a_wrong_statement_goes(reply: Reply, decide: Decide, claim: Claiming, ontology: Ontology) -> None:
    """It is found by what it says and its words, the others stay."""
    decisions = Decisions([decide("wrong", claim(FIRM, "memberOf", UNION, MEMBER))])
    assert said(decisions.amend(reply(), ontology)) == said(reply()) - {("memberOf", "done", "test")}
    assert states(decisions, reply(), ontology) == []


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (f"据悉，{MEMBER}", []),
        ("云杉科技有限公司 已加入\n星河创新联盟", []),
        ("云杉科技有限公司现已加入星河创新联盟", ["changed"]),
    ],
)
def test_it_stays_out_of_a_changed_reply(
    words: str, state: list[str], *, reply: Reply, decide: Decide, claim: Claiming, ontology: Ontology
) -> None:
    """Text around it, spaces and a wider evidence make no difference; a changed word is told."""
    again = reply(f"新的开头。{words}。", [(FIRM, "memberOf", UNION, "done", words)])
    decisions = Decisions([decide("wrong", claim(FIRM, "memberOf", UNION, MEMBER))])
    assert said(decisions.amend(again, ontology)) == set()
    assert states(decisions, again, ontology) == state


def test_other_words_are_not_judged(reply: Reply, decide: Decide, claim: Claiming, ontology: Ontology) -> None:
    """The same claim by another sentence stands, and the decision is reported."""
    words = "2024年起，星河创新联盟吸收云杉科技有限公司为理事单位"
    again = reply(words, [(FIRM, "memberOf", UNION, "done", words)])
    decisions = Decisions([decide("wrong", claim(FIRM, "memberOf", UNION, MEMBER))])
    assert said(decisions.amend(again, ontology)) == said(again)
    assert states(decisions, again, ontology) == ["unfound"]


def test_a_statement_is_known_by_its_id(reply: Reply, decide: Decide, claim: Claiming, ontology: Ontology) -> None:
    """The id is enough, whatever else is told."""
    statement = reply().statements[0]
    judged = replace(claim(FIRM, "memberOf", UNION, "别的话"), id=statement.id)
    assert statement not in Decisions([decide("wrong", judged)]).amend(reply(), ontology).statements


def test_a_thing_is_known_by_its_name(reply: Reply, decide: Decide, claim: Claiming, ontology: Ontology) -> None:
    """When better linking gives an entity another IRI, its label still finds it."""
    judged = claim(FIRM, "memberOf", UNION, MEMBER)
    moved = replace(judged, subject=replace(judged.subject, iri="https://ecograph.example/id/organization/old"))
    assert said(Decisions([decide("wrong", moved)]).amend(reply(), ontology)) == said(reply()) - {("memberOf", "done", "test")}


def test_a_promise_goes_with_its_statement(reply: Reply, decide: Decide, claim: Claiming, ontology: Ontology) -> None:
    """A commitment that rests on nothing but a wrong statement is none."""
    wrong = Decisions([decide("wrong", claim(AREA, "establishes", FUND, PLAN, "planned"))])
    other = Decisions([decide("wrong", claim(FIRM, "memberOf", UNION, MEMBER))])
    assert (len(wrong.amend(reply(), ontology).commitments), len(other.amend(reply(), ontology).commitments)) == (0, 1)


def test_a_missing_statement_comes_in(reply: Reply, decide: Decide, claim: Claiming, ontology: Ontology) -> None:
    """It has the words of the text as they stand there, the decision as its rule, and full confidence."""
    decision = decide("missing", claim(FIRM, "basedIn", AREA, "云杉科技有限公司落户 星河区", time="2024"))
    text = "云杉科技有限公司落户\n星河区。"
    (statement,) = Decisions([decision]).amend(reply(text, []), ontology).statements
    (evidence,) = statement.evidence
    assert (statement.rule, statement.confidence, statement.time) == (f"decision:{decision.id}", 1.0, "2024")
    assert text[evidence.start : evidence.end] == evidence.quote == "云杉科技有限公司落户\n星河区"


def test_a_missing_thing_comes_too(reply: Reply, decide: Decide, claim: Claiming, ontology: Ontology) -> None:
    """An entity that the rules didn't see is in the reply as the decision tells it, and the graph is sound."""
    classes = {FIRM: "Company"}
    decisions = Decisions([decide("missing", claim(FIRM, "basedIn", AREA, "云杉科技有限公司落户星河区"))])
    raw = reply("云杉科技有限公司落户星河区。", [], classes=classes)
    e = decisions.amend(raw, ontology)
    assert {entity.label for entity in e.linked.entities} == {FIRM, AREA}
    assert states(decisions, raw, ontology) == []
    assert check_graph(quads(e.document, e.mentions, e.linked, e.statements, ontology), e.document.text, ontology) == []


@pytest.mark.parametrize(
    ("text", "extracted", "state"),
    [
        ("云杉科技有限公司迁出星河区。", [], "unfound"),
        ("云杉科技有限公司落户星河区。", [(FIRM, "basedIn", AREA, "done", "云杉科技有限公司落户星河区")], "contradicted"),
        ("云杉科技有限公司落户星河区。", [(FIRM, "basedIn", AREA, "planned", "云杉科技有限公司落户星河区")], "contradicted"),
    ],
)
def test_a_missing_statement_that_is_settled_is_told(
    text: str, extracted: list[object], state: str, *, reply: Reply, decide: Decide, claim: Claiming, ontology: Ontology
) -> None:
    """Words that are gone, and a statement that the rules now find: never twice in the reply, as decided where both tell."""
    decisions = Decisions([decide("missing", claim(FIRM, "basedIn", AREA, "云杉科技有限公司落户星河区"))])
    amended = decisions.amend(reply(text, extracted), ontology)
    assert [s.status for s in amended.statements] == (["done"] if extracted else [])
    assert states(decisions, reply(text, extracted), ontology) == [state]


def test_what_the_ontology_does_not_allow_is_told(reply: Reply, decide: Decide, claim: Claiming, ontology: Ontology) -> None:
    """A predicate that is not declared, or that can't join the two, makes no statement and no error."""
    for predicate in ("likes", "drafts"):
        decisions = Decisions([decide("missing", claim(FIRM, predicate, AREA, MEMBER))])
        assert decisions.amend(reply(), ontology) == reply()
        assert states(decisions, reply(), ontology) == ["contradicted"]


def test_another_class(reply: Reply, decide: Decide, thing: Named, ontology: Ontology) -> None:
    """The entity and its mentions have it, the IRI stays; what can't be said of that class goes and is told."""
    decisions = Decisions([decide("class", thing(UNION), "Organization")])
    e = decisions.amend(reply(), ontology)
    (entity,) = (entity for entity in e.linked.entities if entity.label == UNION)
    assert (entity.iri, entity.cls) == (thing(UNION).iri, "Organization")
    assert {m.cls for m in e.mentions if e.linked.entity_of[m] == entity.iri} == {"Organization"}
    assert said(e) == said(reply()) - {("memberOf", "done", "test")}
    assert states(decisions, reply(), ontology) == ["contradicted"]
    assert check_graph(quads(e.document, e.mentions, e.linked, e.statements, ontology), e.document.text, ontology) == []


def test_a_class_for_one_reply_only(reply: Reply, decide: Decide, thing: Named, ontology: Ontology) -> None:
    """The word about one reply holds there, before the word about all."""
    decisions = Decisions([decide("class", thing(FIRM, "012"), "FinancialInstitution"), decide("class", thing(FIRM), "Organization")])
    classes = [{e.label: e.cls for e in decisions.amend(reply(name=name), ontology).linked.entities}[FIRM] for name in ("012", "033")]
    assert classes == ["FinancialInstitution", "Organization"]


def test_a_term_that_is_no_industry(reply: Reply, decide: Decide, ontology: Ontology) -> None:
    """Its entity, its mentions and what is said of it are gone."""
    decisions = Decisions([decide("industry", FIELD, None)])
    e = decisions.amend(reply(), ontology)
    assert FIELD not in {entity.label for entity in e.linked.entities}
    assert len(e.mentions) == len(reply().mentions) - 1 == len(e.linked.entity_of)
    assert said(e) == said(reply()) - {("operatesIn", "ongoing", "test")}


def test_a_placed_term_stays(reply: Reply, decide: Decide, ontology: Ontology) -> None:
    """Placing a term changes no reply."""
    assert Decisions([decide("industry", FIELD, "urn:x")]).amend(reply(), ontology) == reply()


def test_the_digest_tells_what_touches(decide: Decide, thing: Named, claim: Claiming) -> None:
    """A decision changes the digest of the documents that it may change, and of no other."""
    wrong = Decisions([decide("wrong", claim(FIRM, "memberOf", UNION, MEMBER))])
    everywhere = Decisions([decide("class", thing(FIRM), "Organization")])
    neither = Decisions([decide("same", thing(FIRM), thing(UNION)), decide("label", thing(FIRM), "云杉")])
    empty = Decisions().digest("012")
    assert [d.digest("012") == empty for d in (wrong, everywhere, neither)] == [False, False, True]
    assert [d.digest("033") == empty for d in (wrong, everywhere, neither)] == [True, False, True]
    assert everywhere.digest("033", {UNION}) == empty != everywhere.digest("033", {FIRM})


LABELS = (FIRM, UNION, FIELD, AREA, FUND)
KINDS = ("wrong", "missing", "class", "industry")


@st.composite
def judgements(draw: st.DrawFn, ontology: Ontology) -> list[Decision]:
    """Decisions of any kind about things and stretches of the example, sensible or not."""
    things = [Thing(entity_iri(ontology.cls(CLASSES[label]).group, label), None, label, CLASSES[label]) for label in LABELS]
    unknown = Thing("urn:x", None, draw(st.sampled_from(["", "未名"])), draw(st.sampled_from(["", "Company", "Nothing"])))
    some = st.sampled_from([*things, unknown])
    made = []
    for kind in draw(st.lists(st.sampled_from(KINDS), max_size=6)):
        start = draw(st.integers(0, len(TEXT) - 2))
        quote = TEXT[start : draw(st.integers(start + 1, len(TEXT)))]
        predicate = draw(st.sampled_from(["memberOf", "basedIn", "operatesIn", "establishes", "cooperatesWith", "nothing"]))
        status = draw(st.sampled_from(["done", "planned", "denied", "sometime"]))
        matter: Matter = Claim(draw(some), predicate, draw(some), "012", quote, status)
        if kind == "class":
            matter = Naming(draw(some), draw(st.sampled_from(["Company", "Association", "Place", "Nothing"])))
        elif kind == "industry":
            matter = Placing(draw(st.sampled_from(LABELS)), None)
        made.append(Decision(kind, matter, "li", f"2026-03-{len(made) + 1:02}", "x"))
    return made


@given(st.data())
def test_a_reply_stays_sound(reply: Reply, ontology: Ontology, data: st.DataObject) -> None:
    """Whatever was decided: ends are entities of the reply, words stand in its text, the ontology allows it, each mention is linked."""
    decisions = Decisions(data.draw(judgements(ontology)))
    e = decisions.amend(reply(), ontology)
    classes = {entity.iri: entity.cls for entity in e.linked.entities}
    for s in e.statements:
        assert ontology.allows(s.predicate, classes[s.subject], classes[s.object])
        assert s.status in ontology.statuses
        assert s.subject != s.object
        assert all(e.document.text[w.start : w.end] == w.quote for w in s.evidence)
    assert set(e.mentions) == set(e.linked.entity_of)
    assert all(classes[iri] == m.cls for m, iri in e.linked.entity_of.items())
    assert len({s.id for s in e.statements}) == len(e.statements)
    assert {s for c in e.commitments for s in c.statements} <= {s.id for s in e.statements}
    assert e == decisions.amend(reply(), ontology)
    told = {r.decision.id for r in decisions.reports([reply()], ontology)}
    made = {s.rule.removeprefix("decision:") for s in e.statements}
    assert all(d.id in told | made for d in decisions.active if d.kind == "missing")
