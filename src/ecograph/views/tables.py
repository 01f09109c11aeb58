"""The statements as files for other programs: CSV (a statement a line) and GraphML."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from rdflib import Dataset

from ecograph.model import Statement
from ecograph.ontology import Ontology
from ecograph.views.files import write_beside
from ecograph.views.projection import Projection, load_projection

COLUMNS = (
    *("subject", "subject_class", "predicate", "object", "object_class", "status", "time", "amount", "quote", "document"),
    *("section", "start", "end", "rule", "confidence", "subject_iri", "predicate_iri", "object_iri"),
)
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML 1.0 can't hold
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute a cell that begins so


def write_csv(dataset: Dataset, ontology: Ontology, path: Path) -> None:
    """Write one line a passage of evidence, in UTF-8 with the mark that spreadsheets know it by.

    Labels and class names are the ontology's Chinese ones; a cell that a spreadsheet would take for a
    formula begins with an apostrophe.
    """
    projection = load_projection(dataset, ontology)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    statuses = {concept.name: concept.label for concept in ontology.scheme("statuses")}
    for statement in projection.statements:
        for line in _lines(statement, statuses.get(statement.status, statement.status), projection, ontology):
            writer.writerow(["'" + cell if cell.startswith(FORMULA) else cell for cell in line])
    write_beside(path, lambda part: part.write_text(text.getvalue(), encoding="utf-8-sig", newline=""))


def _lines(statement: Statement, status: str, projection: Projection, ontology: Ontology) -> Iterator[tuple[str, ...]]:
    subject, obj = projection.entities[statement.subject], projection.entities[statement.object]
    for evidence in statement.evidence:
        yield (
            subject.label,
            ontology.cls(subject.cls).label["zh"],
            ontology.predicate(statement.predicate).label["zh"],
            obj.label,
            ontology.cls(obj.cls).label["zh"],
            status,
            statement.time or "",
            statement.amount or "",
            evidence.quote,
            projection.replies[statement.document].name,
            projection.sections.get((statement.document, evidence.start, evidence.end), ""),
            str(evidence.start),
            str(evidence.end),
            statement.rule,
            f"{statement.confidence:g}",
            subject.iri,
            ontology.iri(statement.predicate),
            obj.iri,
        )


def write_graphml(dataset: Dataset, ontology: Ontology, path: Path) -> None:
    """Write a directed multigraph: a node an entity, an edge a statement with its first passage.

    Characters that XML can't hold are left out.
    """
    import networkx as nx  # noqa: PLC0415  # slow to load, and CSV doesn't need it

    projection = load_projection(dataset, ontology)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, entity in projection.entities.items():
        label = ontology.cls(entity.cls).label["zh"]
        graph.add_node(_xml(iri), label=_xml(entity.label), **{"class": entity.cls, "class_label": label})
    for statement in projection.statements:
        graph.add_edge(
            _xml(statement.subject),
            _xml(statement.object),
            key=statement.id,
            predicate=statement.predicate,
            label=ontology.predicate(statement.predicate).label["zh"],
            status=statement.status,
            time=_xml(statement.time or ""),
            quote=_xml(statement.evidence[0].quote),
            document=_xml(projection.replies[statement.document].name),
        )
    write_beside(path, lambda part: nx.write_graphml(graph, part, encoding="utf-8"))


def _xml(text: str) -> str:
    return NO_XML.sub("", text)
