"""Identity across replies as quads: …/graph/canonical says which thing each reply's entity is, and what it is called."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from ecograph.across import Identity, Link, Node, Witness
from ecograph.extraction import Extraction, Roll
from ecograph.graph.iris import CANONICAL_GRAPH, identity_iri, reply_iri, span_iri
from ecograph.graph.words import Triples, Words, decimal
from ecograph.model import Span
from ecograph.ontology import NS, OWL, RDF, RDFS, Ontology

# An IRI and the canonical one that it stands for, in some replies.
Use = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a use means its canonical IRI: the first link on the way there, and the weakest confidence on it."""

    link: Link
    confidence: float


def identity_quads(identity: Identity, extractions: Iterable[Extraction | Roll], ontology: Ontology) -> list[ox.Quad]:
    """The quads of …/graph/canonical that identity makes, sorted and without blank nodes.

    One eco:Identity for each IRI and the other one that it means, with the replies that use it so; owl:sameAs where all
    replies do that use it; the preferred labels and classes; and the words of the replies that are given as reasons.
    """
    replies = {e.document.id: e for e in extractions}
    uses = _uses(identity)
    reasons = _reasons(identity)
    triples = {
        *(t for use, documents in uses.items() for t in _node(use, documents, reasons.get(use), ontology)),
        *_same(identity, replies.values()),
        *((iri, f"{RDFS}label", ox.Literal(label, language="zh")) for iri, label in identity.labels.items()),
        *((iri, f"{RDF}type", ox.NamedNode(NS + ontology.cls(cls).name)) for iri, cls in identity.classes.items()),
        *(t for w in _witnesses(reasons[use] for use in uses if use in reasons) for t in _words(w, replies, ontology)),
    }
    return sorted((ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o, CANONICAL_GRAPH) for s, p, o in triples), key=str)


def _uses(identity: Identity) -> dict[Use, list[str]]:
    """Each IRI that is not canonical, with the canonical one and the replies that use it so."""
    found: dict[Use, list[str]] = {}
    for (document, iri), canonical in sorted(identity.canonical.items()):
        found.setdefault((iri, canonical), []).append(document)
    return found


def _node(use: Use, documents: Sequence[str], reason: Reason | None, ontology: Ontology) -> Triples:
    term = ontology.iri
    node = identity_iri(hashlib.sha256("\x1f".join(use).encode()).hexdigest()[:20])
    yield node, f"{RDF}type", ox.NamedNode(term("Identity"))
    yield node, term("variant"), ox.NamedNode(use[0])
    yield node, term("canonical"), ox.NamedNode(use[1])
    for document in documents:
        yield node, term("reply"), ox.NamedNode(reply_iri(document))
    if reason:
        yield node, term("reason"), ox.Literal(reason.link.reason)
        yield node, term("confidence"), decimal(reason.confidence)
        for witness in reason.link.witnesses:
            span = Span(witness.evidence.start, witness.evidence.end)
            yield node, term("evidence"), ox.NamedNode(span_iri(witness.document, span))


def _same(identity: Identity, extractions: Iterable[Extraction | Roll]) -> Triples:
    """owl:sameAs for an IRI by which no reply means anything else."""
    meant: dict[str, set[str]] = {}
    for extraction in extractions:
        for entity in extraction.linked.entities:
            meant.setdefault(entity.iri, set()).add(identity.of(extraction.document.id, entity.iri))
    for iri, things in sorted(meant.items()):
        if len(things) == 1 and iri not in things:
            yield iri, f"{OWL}sameAs", ox.NamedNode(next(iter(things)))


def _reasons(identity: Identity) -> Mapping[Use, Reason]:
    """For each use the link that leads towards the canonical IRI; links join uses of one canonical IRI."""
    beside: dict[Use, list[tuple[Use, Link]]] = {}
    for link in identity.links:
        one, other = _use(link.one, identity), _use(link.other, identity)
        if one[1] == other[1]:
            beside.setdefault(one, []).append((other, link))
            beside.setdefault(other, []).append((one, link))
    found: dict[Use, Reason] = {}
    reached = {use: 1.0 for use in beside if use[0] == use[1]}
    waiting = deque(sorted(reached))
    while waiting:
        here = waiting.popleft()
        for use, link in sorted(beside[here], key=lambda b: (-b[1].confidence, b[1].reason, b[0])):
            if use not in reached:
                reached[use] = min(reached[here], link.confidence)
                found[use] = Reason(link, reached[use])
                waiting.append(use)
    for use, links in beside.items():  # a common word, whose canonical IRI no reply uses itself
        if use not in reached:
            found[use] = min((Reason(link, link.confidence) for _, link in links), key=lambda r: (-r.confidence, r.link.reason))
    return found


def _use(node: Node, identity: Identity) -> Use:
    return node[1], identity.of(*node)


def _witnesses(reasons: Iterable[Reason]) -> Iterator[Witness]:
    for reason in reasons:
        yield from reason.link.witnesses


def _words(witness: Witness, replies: Mapping[str, Extraction | Roll], ontology: Ontology) -> Triples:
    """The witness's words as a passage, whether or not the reply's own graph has them too."""
    span = Span(witness.evidence.start, witness.evidence.end)
    return Words(replies[witness.document].document, ontology).at(span, "Passage")
