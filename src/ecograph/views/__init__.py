"""The graph as a page to look at and as files for other programs.

`write_page` makes one self-contained HTML file. `EXPORTERS` holds every format by its name; each exporter
takes (dataset, ontology, path), reads statement nodes (planned and denied ones too) and writes the whole
file or nothing. Same dataset, same bytes.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from rdflib import Dataset

from ecograph.ontology import Ontology
from ecograph.views.tables import write_csv, write_graphml
from ecograph.views.webpage import write_page

EXPORTERS: Mapping[str, Callable[[Dataset, Ontology, Path], None]] = {
    "csv": write_csv,
    "graphml": write_graphml,
    "html": write_page,
}

__all__ = ["EXPORTERS", "write_csv", "write_graphml", "write_page"]
