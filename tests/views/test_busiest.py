"""Of a large graph, the page shows the busiest part and tells of the whole."""

from collections import Counter
from pathlib import Path

import pytest
from rdflib import Dataset

from ecograph.ontology import Ontology
from ecograph.views import write_page
from ecograph.views.busiest import busiest
from ecograph.views.payload import PER_EDGE
from ecograph.views.projection import load_projection
from ecograph.views.webpage import read_page


def test_a_small_graph_is_drawn_whole(dataset: Dataset, ontology: Ontology) -> None:
    """There is nothing to choose."""
    assert busiest(dataset, ontology, PER_EDGE) is None


def test_everything_may_be_busy(dataset: Dataset, ontology: Ontology, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is room for all that is connected, links, degrees, statements and totals are those of the whole page."""
    monkeypatch.setattr("ecograph.views.busiest.MANY", 0)
    write_page(dataset, ontology, tmp_path / "page.html")
    (_, whole), (_, cut) = read_page(page), read_page(tmp_path / "page.html")
    assert cut["totals"] == whole["totals"]
    assert cut["edges"] == whole["edges"]
    assert len(cut["statements"]["edge"]) == len(whole["statements"]["edge"])
    assert cut["nodes"]["iri"] == [iri for iri, degree in zip(whole["nodes"]["iri"], whole["nodes"]["degree"], strict=True) if degree]


def test_no_more_links_than_can_be_seen(dataset: Dataset, ontology: Ontology, monkeypatch: pytest.MonkeyPatch) -> None:
    """The drawn entities are the busiest ones, their degrees are those in the whole graph, and few enough links join them."""
    projection = load_projection(dataset, ontology)
    symmetric = {name for name, predicate in ontology.predicates.items() if predicate.symmetric}
    links = {
        (s.predicate, *(sorted((s.subject, s.object)) if s.predicate in symmetric else (s.subject, s.object)))
        for s in projection.statements
        if s.subject != s.object
    }
    degrees = Counter(end for _, *ends in links for end in ends)
    monkeypatch.setattr("ecograph.views.busiest.MANY", 0)
    monkeypatch.setattr("ecograph.views.busiest.LINKS", 3)
    cut = busiest(dataset, ontology, PER_EDGE)
    assert cut is not None
    ranked = sorted(degrees, key=lambda iri: (-degrees[iri], iri))
    assert cut.part.entities == set(ranked[: len(cut.part.entities)])
    assert cut.degrees == {iri: degrees[iri] for iri in cut.part.entities}
    inside = [link for link in links if set(link[1:]) <= cut.part.entities]
    assert 0 < len(inside) <= 3 < len(links)
    assert (cut.connected, cut.statements) == (len(degrees), len(projection.statements))
