"""One reply as quads."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.errors import BuildError, UndeclaredTerm
from ecograph.graph import graph_iri, ontology_quads, quads, reply_iri
from ecograph.model import Contact, Document, Entity, Evidence, Field, Header, Linked, Mention, OffsetMap, Span, Statement
from ecograph.ontology import NS, RDF, RDFS, SKOS, Ontology

Say = Callable[..., Statement]
Iri = Callable[[str], str]
BASE = "https://ecograph.example/"
PRIVATE = ("孙丽雅", "55667788", "青石路")


def objects(quads: Iterable[ox.Quad], subject: str, predicate: str) -> list[str]:
    """What a subject has at a predicate."""
    return sorted(q.object.value for q in quads if q.subject.value == subject and q.predicate.value == predicate)


def triples(quads: Iterable[ox.Quad], predicate: str) -> set[tuple[str, str]]:
    """Subject and object of each triple of a predicate."""
    return {(q.subject.value, q.object.value) for q in quads if q.predicate.value == predicate}


def test_all_stands_in_the_replys_own_graph_and_nothing_is_blank(reply: Any, ontology: Ontology) -> None:
    """One named graph per reply, IRIs only."""
    found = reply.quads(ontology)
    assert {q.graph_name.value for q in found} == {f"{BASE}graph/reply/012"}
    assert not [q for q in found if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]


def test_every_term_is_declared_or_published(reply: Any, ontology: Ontology) -> None:
    """Each eco: term that a graph uses stands in ecograph.ttl."""
    used = {term.value.removeprefix(NS) for q in reply.quads(ontology) for term in (q.predicate, q.object) if term.value.startswith(NS)}
    assert "refersTo" in used
    assert used <= ontology.terms


def test_header_fields_are_the_replys(reply: Any, ontology: Ontology) -> None:
    """The reply says its number, signatory, addressee, date, length and jurisdiction."""
    found, iri = reply.quads(ontology), f"{BASE}reply/012"
    assert objects(found, iri, f"{NS}number") == ["012"]
    assert objects(found, iri, f"{NS}signatory") == ["周平"]
    assert objects(found, iri, f"{NS}addressee") == ["李明"]
    assert objects(found, iri, f"{NS}textLength") == [str(len(reply.document.text))]
    assert objects(found, iri, f"{NS}jurisdiction") == [f"{BASE}id/place/云溪区"]
    assert objects(found, iri, f"{NS}outcome") == []
    [date] = [q.object for q in found if q.predicate.value == "http://purl.org/dc/terms/date"]
    assert (date.value, date.datatype.value) == ("2023-05-08", "http://www.w3.org/2001/XMLSchema#date")


@pytest.mark.parametrize(("value", "kind"), [("2023-05", "gYearMonth"), ("2023", "gYear"), ("今年", "string")])
def test_a_date_says_only_what_is_known(reply: Any, ontology: Ontology, value: str, kind: str) -> None:
    """A month is no day, and words are no date."""
    document = replace(reply.document, header=Header(date=Field(value, Span(0, 4))))
    found = quads(document, (), Linked((), {}), (), ontology)
    [date] = [q.object for q in found if q.predicate.value == "http://purl.org/dc/terms/date"]
    assert date.datatype.value.endswith(f"#{kind}")


def test_an_entity_has_one_class_a_label_and_other_names(reply: Any, ontology: Ontology, iri: Iri) -> None:
    """Class, rdfs:label and skos:altLabel of an entity."""
    found, company = reply.quads(ontology), iri("云溪智算有限公司")
    assert objects(found, company, f"{RDF}type") == [f"{NS}Company"]
    assert objects(found, company, f"{RDFS}label") == ["云溪智算有限公司"]
    assert objects(found, company, f"{SKOS}altLabel") == ["云溪智算"]


def test_a_mention_tells_its_place_its_words_and_its_entity(reply: Any, ontology: Ontology, iri: Iri) -> None:
    """The span's own IRI has offsets in text and source, the quote, the section."""
    mention = reply.mentions[1]
    found, node = reply.quads(ontology), f"{BASE}reply/012#char={mention.start},{mention.end}"
    assert objects(found, node, f"{NS}quote") == ["东岭大学"]
    assert objects(found, node, f"{NS}refersTo") == [iri("东岭大学")]
    assert objects(found, node, "http://www.w3.org/ns/oa#start") == [str(mention.start)]
    assert objects(found, node, f"{NS}sourceStart") == [str(mention.start + 10)]
    assert objects(found, node, f"{NS}section") == ["一、主要做法"]
    assert objects(found, node, "http://www.w3.org/ns/prov#wasQuotedFrom") == [f"{BASE}reply/012"]
    assert objects(found, node, f"{NS}confidence") == ["0.75"]


def test_words_that_stand_for_an_entity_are_references(reply: Any, ontology: Ontology, iri: Iri) -> None:
    """我区 refers to the district and is no mention."""
    place = reply.linked.references[0][0]
    found, node = reply.quads(ontology), f"{BASE}reply/012#char={place.start},{place.end}"
    assert objects(found, node, f"{RDF}type") == [f"{NS}Reference"]
    assert objects(found, node, f"{NS}refersTo") == [iri("云溪区")]


def test_only_facts_are_plain_triples(reply: Any, ontology: Ontology) -> None:
    """A planned or denied statement has its node, but no triple."""
    found = reply.quads(ontology)
    assert len(triples(found, f"{NS}status")) == 3
    assert not triples(found, f"{NS}supports")
    assert not triples(found, f"{NS}establishes")


def test_a_symmetric_fact_holds_both_ways_with_one_statement(reply: Any, ontology: Ontology, iri: Iri) -> None:
    """The triple is drawn in both directions, so that a query needs no UNION."""
    found = reply.quads(ontology)
    one, other = iri("云溪智算有限公司"), iri("东岭大学")
    assert triples(found, f"{NS}cooperatesWith") == {(one, other), (other, one)}
    assert len([o for _, o in triples(found, f"{RDF}predicate") if o == f"{NS}cooperatesWith"]) == 1


def test_a_statement_tells_what_is_known_of_it(reply: Any, ontology: Ontology) -> None:
    """Time, rule, confidence, status and evidence hang on the statement's node."""
    statement = reply.statements[0]
    found, node = reply.quads(ontology), f"{BASE}statement/{statement.id}"
    [words] = statement.evidence
    assert objects(found, node, f"{NS}time") == ["2023"]
    assert objects(found, node, f"{NS}amount") == []
    assert objects(found, node, f"{NS}status") == [f"{BASE}id/status/done"]
    assert objects(found, node, f"{NS}evidence") == [f"{BASE}reply/012#char={words.start},{words.end}"]


def test_the_same_claim_twice_is_one_statement(reply: Any, ontology: Ontology) -> None:
    """The better founded one stands, with the places of both and what either knows."""
    first = reply.statements[1]
    again = replace(
        first, evidence=(Evidence(3, 3 + len(first.evidence[0].quote), first.evidence[0].quote),), confidence=0.4, amount="5亿元"
    )
    assert first.id == again.id
    found, node = reply.saying(again, first).quads(ontology), f"{BASE}statement/{first.id}"
    assert objects(found, node, f"{NS}confidence") == ["0.9"]
    assert objects(found, node, f"{NS}amount") == ["5亿元"]
    assert len(objects(found, node, f"{NS}evidence")) == 2


def test_order_of_what_goes_in_does_not_matter(reply: Any, ontology: Ontology) -> None:
    """The quads come sorted and without repetition."""
    turned = replace(reply, mentions=reply.mentions[::-1], statements=reply.statements[::-1] * 2)
    assert turned.quads(ontology) == reply.quads(ontology)
    assert sorted(map(str, reply.quads(ontology))) == [str(q) for q in reply.quads(ontology)]


def test_an_undeclared_class_or_predicate_is_refused(reply: Any, ontology: Ontology) -> None:
    """What the ontology doesn't declare never becomes a term."""
    fact = reply.statements[0]
    with pytest.raises(UndeclaredTerm, match="Compnay"):
        quads(reply.document, (), Linked((Entity(f"{BASE}id/x/y", "y", "Compnay"),), {}), (), ontology)
    with pytest.raises(UndeclaredTerm, match="cooperates"):
        reply.saying(replace(fact, predicate="cooperates")).quads(ontology)
    with pytest.raises(BuildError, match=r"status 'hoped' is none of denied, done, ongoing, planned"):
        reply.saying(replace(fact, status="hoped")).quads(ontology)


def test_an_address_that_is_none_names_the_document(reply: Any, ontology: Ontology) -> None:
    """An IRI with a space is reported in one line."""
    with pytest.raises(BuildError, match=r"^012\.txt: "):
        quads(reply.document, (), Linked((Entity("a b", "y", "Company"),), {}), (), ontology)


def test_the_contact_person_is_left_out(reply: Any, ontology: Ontology, iri: Iri) -> None:
    """Name, telephone and address are nowhere in the graph, the district that the address names is."""
    text = "\n".join(map(str, reply.quads(ontology)))
    assert not [detail for detail in PRIVATE if detail in text]
    assert iri("云溪区") in text


def test_contacts_can_be_kept(reply: Any, ontology: Ontology, iri: Iri) -> None:
    """With contacts=True the contact person is an entity like any other."""
    assert objects(reply.quads(ontology, contacts=True), iri("孙丽雅"), f"{RDF}type") == [f"{NS}Person"]


def test_statements_whose_words_hold_a_contact_are_dropped(reply: Any, ontology: Ontology, state: Say) -> None:
    """Words that reach into the contact's line, or repeat a telephone, are no evidence."""
    overlapping = state("云溪区", "establishes", "云溪基金", "未设立云溪基金。\n联系人：孙丽雅")
    repeating = replace(overlapping, evidence=(Evidence(0, 14, "请致电021-55667788"),))
    found = reply.saying(overlapping, repeating).quads(ontology)
    assert not triples(found, f"{RDF}subject")


def test_what_only_the_contact_line_names_is_left_out(reply: Any, ontology: Ontology, state: Say) -> None:
    """A statement about an entity that only the contact's line names goes with it."""
    found = reply.saying(state("孙丽雅", "memberOf", "东岭大学", "东岭大学")).quads(ontology)
    assert not triples(found, f"{RDF}subject")


def test_a_public_name_stays_though_the_contact_has_it_too(reply: Any, ontology: Ontology) -> None:
    """The deputy 王军良 stays where the contact is called 王军."""
    text = "王军良代表：\n联系人：王军\n"
    document = Document(
        "1", "1.txt", text, OffsetMap(()), Header(addressees=(Field("王军良", Span(0, 3)),)), (), (Contact("person", Span(11, 13)),)
    )
    deputy, contact = Mention(0, 3, "Person", "r", 1.0), Mention(11, 13, "Person", "r", 1.0)
    entities = (Entity(f"{BASE}id/person/王军良", "王军良", "Person"), Entity(f"{BASE}id/person/王军", "王军", "Person"))
    found = quads(document, (deputy, contact), Linked(entities, {deputy: entities[0].iri, contact: entities[1].iri}), (), ontology)
    assert {o for _, o in triples(found, f"{RDFS}label")} == {"王军良"}
    assert objects(found, reply_iri("1"), f"{NS}addressee") == ["王军良"]


@given(st.text(min_size=1, max_size=40).filter(lambda s: not any(0xD800 <= ord(c) < 0xE000 for c in s)))
def test_any_file_name_becomes_an_address(name: str) -> None:
    """Whatever a file is called, its reply and its graph have IRIs, and different names different ones."""
    for iri in (reply_iri(name), graph_iri(name)):
        assert list(ox.parse(f"<{iri}> <a:b> <{iri}> .", format=ox.RdfFormat.N_TRIPLES))
    assert reply_iri(name) != reply_iri(name + "%")


def test_addresses_stay_readable() -> None:
    """Chinese, brackets and folders stay as they are; only what an IRI forbids is encoded."""
    assert reply_iri("2023/第061号（A类）") == f"{BASE}reply/2023/第061号（A类）"
    assert reply_iri('a b"<c>#?%') == f"{BASE}reply/a%20b%22%3Cc%3E%23%3F%25"


def test_the_ontology_has_two_graphs_of_its_own(ontology: Ontology) -> None:
    """Terms and concepts are quads without blank nodes."""
    found = ontology_quads(ontology)
    assert {q.graph_name.value for q in found} == {f"{BASE}graph/ontology", f"{BASE}graph/schemes"}
    assert not [q for q in found if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]
