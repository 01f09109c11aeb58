"""Doubtful pairs in the graph: for people to decide."""

import pytest

from ecograph.across import Identity, Link, Witness
from ecograph.extraction import Extraction
from ecograph.graph.candidates import candidate_quads
from ecograph.iris import entity_iri
from ecograph.model import Document, Entity, Evidence, Linked, OffsetMap
from ecograph.ontology import Ontology

FIRM, SHORT, PLAN = (entity_iri("organization", name) for name in ("云杉科技有限公司", "云杉", "本方案"))
TEXT = "云杉是云杉科技有限公司"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    """The ontology of the checkout."""
    return Ontology()


def reply(name: str, *iris: str) -> Extraction:
    """A reply that names these."""
    document = Document(name, f"{name}.txt", TEXT, OffsetMap(((0, 0, len(TEXT)),)))
    return Extraction(document, (), Linked(tuple(Entity(iri, iri.rsplit("/", 1)[-1], "Company") for iri in iris), {}), ())


def test_a_candidate_tells_both_sides_and_why(ontology: Ontology) -> None:
    """Its node has rank, reason, confidence and the words; a word that means another thing elsewhere has its reply."""
    words = (Witness("a", Evidence(0, len(TEXT), TEXT)),)
    links = (Link(("a", SHORT), ("b", FIRM), "firm-brand", 0.7, words), Link(("a", PLAN), ("b", FIRM), "part", 0.5, ()))
    identity = Identity({("a", PLAN): f"{PLAN}@a"}, candidates=links)
    found = candidate_quads(identity, [reply("a", SHORT, PLAN), reply("b", FIRM)], ontology)
    told: dict[str, dict[str, str]] = {}
    for quad in found:
        told.setdefault(quad.subject.value, {})[quad.predicate.value.removeprefix(ontology.iri("one")[:-3])] = quad.object.value
    first, second = sorted((t for t in told.values() if "rank" in t), key=lambda t: t["rank"])
    assert (first["one"], first["other"], first["reason"], first["confidence"]) == (SHORT, FIRM, "firm-brand", "0.7")
    assert told[first["evidence"]]["quote"] == TEXT
    assert "oneIn" not in first
    assert (second["one"], second["oneIn"], "otherIn" in second) == (PLAN, "https://ecograph.example/reply/a", False)
    assert found == sorted(found, key=str)


def test_a_word_of_two_meanings_is_one_replys(ontology: Ontology) -> None:
    """An IRI that two replies use for two things is judged reply by reply."""
    identity = Identity({("a", SHORT): FIRM}, candidates=(Link(("b", SHORT), ("a", PLAN), "part", 0.5, ()),))
    found = candidate_quads(identity, [reply("a", SHORT, PLAN, FIRM), reply("b", SHORT)], ontology)
    assert "https://ecograph.example/reply/b" in {q.object.value for q in found}
