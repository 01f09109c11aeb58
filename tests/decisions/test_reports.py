"""Decisions that the replies no longer bear out are told, each in one line."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ecograph.decisions import Decisions
from ecograph.extraction import Extraction
from ecograph.graph.decisions import decision_quads
from ecograph.judgement import Claim, Decision, Thing
from ecograph.ontology import Ontology

Decide = Callable[..., Decision]
Reply = Callable[..., Extraction]
Named = Callable[..., Thing]
Claiming = Callable[..., Claim]

FIRM, UNION, FIELD, AREA = "云杉科技有限公司", "星河创新联盟", "人工智能", "星河区"
MEMBER = "云杉科技有限公司已加入星河创新联盟"
GONE = Thing("https://ecograph.example/id/organization/无", None, "无")


def test_what_is_gone_is_told(reply: Reply, decide: Decide, thing: Named, claim: Claiming, ontology: Ontology) -> None:
    """Every kind of decision is reported when its object is in no reply."""
    lines = [
        decide("same", thing(FIRM), GONE),
        decide("different", thing(FIRM), thing(UNION, "099")),
        decide("class", GONE, "Company"),
        decide("label", GONE, "有"),
        decide("wrong", claim(FIRM, "memberOf", UNION, MEMBER, document="099")),
        decide("missing", claim(FIRM, "basedIn", AREA, MEMBER, document="099")),
        decide("industry", "量子茶饮", None),
        decide("revoke", "f" * 20),
    ]
    reports = Decisions(lines).reports([reply()], ontology)
    assert [(r.decision, r.state) for r in reports] == [(line, "unfound") for line in lines]
    assert all(line.id in r.line and "\n" not in r.line for line, r in zip(lines, reports, strict=True))


def test_what_stands_is_not_told(reply: Reply, decide: Decide, thing: Named, claim: Claiming, ontology: Ontology) -> None:
    """Decisions that find their object and that no text contradicts need no eye."""
    lines = [
        decide("same", thing(FIRM), thing(AREA, "012")),
        decide("different", thing(FIRM), thing(UNION)),
        decide("label", thing(FIRM), "云杉"),
        decide("class", thing(FIRM), "Company"),
        decide("wrong", claim(FIRM, "memberOf", UNION, MEMBER)),
        decide("revoke", "f" * 20),
    ]
    assert Decisions([*lines[:-1], decide("revoke", lines[0].id)]).reports([reply(), reply(name="033")], ontology) == ()


def test_a_class_that_there_is_not(reply: Reply, decide: Decide, thing: Named, ontology: Ontology) -> None:
    """A class that the ontology doesn't declare is told once for all replies, changes none of them, and stands in no graph."""
    decisions, said = Decisions([decide("class", thing(FIRM), "Kiosk")]), [reply(), reply(name="033")]
    (report,) = decisions.reports(said, ontology)
    assert (report.state, report.message) == ("contradicted", "Kiosk is no class of the ontology")
    assert decisions.amend(said[0], ontology) == said[0]
    assert not any("Kiosk" in str(quad) for quad in decision_quads(decisions.active, ontology))


def test_a_moved_thing_is_hinted_at(reply: Reply, decide: Decide, thing: Named, ontology: Ontology) -> None:
    """When a thing of that name has another IRI now, the report gives it."""
    old = Thing("https://ecograph.example/id/organization/old", None, FIRM)
    (report,) = Decisions([decide("label", old, "云杉")]).reports([reply()], ontology)
    assert thing(FIRM).iri in report.message


def test_two_that_a_reply_tells_apart(reply: Reply, decide: Decide, thing: Named, ontology: Ontology) -> None:
    """`same` is contradicted by a reply in which one does something to the other, with the words; not by a denial."""
    decisions = Decisions([decide("same", thing(UNION), thing(FIRM))])
    (report,) = decisions.reports([reply()], ontology)
    assert (report.state, report.document) == ("contradicted", "012")
    assert MEMBER in report.message
    assert decisions.reports([reply(said=[(FIRM, "memberOf", UNION, "denied", MEMBER)])], ontology) == ()


def test_one_that_a_reply_names_twice(reply: Reply, decide: Decide, thing: Named, ontology: Ontology) -> None:
    """`different` is contradicted by a reply that has both as names of one entity."""
    decisions = Decisions([decide("different", thing(UNION), thing(FIRM))])
    e = reply()
    entities = tuple(replace(x, aliases=(UNION,)) if x.label == FIRM else x for x in e.linked.entities)
    (report,) = decisions.reports([replace(e, linked=replace(e.linked, entities=entities))], ontology)
    assert report.state == "contradicted"


def test_a_reply_can_be_reported_alone(reply: Reply, decide: Decide, claim: Claiming, ontology: Ontology) -> None:
    """The reports of one reply and those across all are what `reports` gives, so that a build may keep the first."""
    decisions = Decisions([decide("wrong", claim(FIRM, "memberOf", AREA, MEMBER)), decide("label", GONE, "有")])
    replies = [reply(), reply(name="033")]
    apart = [r for e in replies for r in decisions.reports_on(e, ontology)] + list(decisions.reports_across(replies, ontology))
    assert set(apart) == set(decisions.reports(replies, ontology))
    assert len(apart) == 2


def test_a_term_that_the_scheme_has_elsewhere(reply: Reply, decide: Decide, ontology: Ontology) -> None:
    """A placing that the scheme of industries now tells otherwise is reported, one that it shares is not."""
    concept = next(c for c in ontology.scheme("industries") if c.label == FIELD)
    lines = [decide("industry", FIELD, concept.broader[0])]
    assert Decisions(lines).reports([reply()], ontology) == ()
    lines = [decide("industry", FIELD, next(c.iri for c in ontology.scheme("industries") if c.iri not in (concept.iri, *concept.broader)))]
    assert [r.state for r in Decisions(lines).reports([reply()], ontology)] == ["contradicted"]


@pytest.mark.parametrize("iri", [GONE.iri, "no iri at all"])
def test_decisions_are_quads(iri: str, decide: Decide, thing: Named, claim: Claiming, ontology: Ontology) -> None:
    """The graph of decisions tells who, when, why and of what; an IRI that is none spoils nothing."""
    odd = Thing(iri)
    lines = [
        decide("different", thing(FIRM), odd),
        decide("class", thing(FIRM), "Organization"),
        decide("wrong", claim(FIRM, "memberOf", UNION, MEMBER, id="0" * 20)),
        decide("industry", "量子茶饮", "https://ecograph.example/id/industry/x"),
    ]
    quads = decision_quads(Decisions(lines).active, ontology)
    assert quads == sorted(quads, key=str)
    assert {q.graph_name.value for q in quads} == {"https://ecograph.example/graph/decisions"}
    nodes = {q.subject.value for q in quads if q.predicate.value == ontology.iri("decidedBy")}
    assert len(nodes) == (4 if iri == GONE.iri else 3)
    placed = [q for q in quads if q.predicate.value.endswith("core#broader")]
    assert [q.subject.value for q in placed] == ["https://ecograph.example/id/industry/量子茶饮"]
    verdicts = {c.iri for c in ontology.scheme("verdicts")}
    assert {q.object.value for q in quads if q.predicate.value == ontology.iri("verdict")} <= verdicts
