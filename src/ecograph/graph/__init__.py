"""Statements as RDF: quads, canonical files, the dataset, and what a sound graph looks like."""

from ecograph.graph.files import as_nquads, as_trig, join_nquads, join_trig, trig_of, write_nquads, write_trig
from ecograph.graph.iris import graph_iri, reply_iri
from ecograph.graph.reply import quads
from ecograph.graph.store import open_dataset
from ecograph.graph.vocabulary import ontology_quads

__all__ = [
    "as_nquads",
    "as_trig",
    "graph_iri",
    "join_nquads",
    "join_trig",
    "ontology_quads",
    "open_dataset",
    "quads",
    "reply_iri",
    "trig_of",
    "write_nquads",
    "write_trig",
]
