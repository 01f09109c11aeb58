"""Statements as RDF: quads, canonical files, the dataset, and what a sound graph looks like."""

from ecograph.graph.files import join_nquads, write_nquads, write_trig
from ecograph.graph.iris import graph_iri, reply_iri
from ecograph.graph.reply import quads
from ecograph.graph.store import open_dataset
from ecograph.graph.vocabulary import ontology_quads

__all__ = [
    "graph_iri",
    "join_nquads",
    "ontology_quads",
    "open_dataset",
    "quads",
    "reply_iri",
    "write_nquads",
    "write_trig",
]
