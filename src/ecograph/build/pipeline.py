"""One reply's way through the rooms: read, find, link, relate, and then its quads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from ecograph.build.extraction import as_json
from ecograph.errors import ReadError
from ecograph.extraction import Extraction
from ecograph.graph import quads
from ecograph.model import Document
from ecograph.ontology import Ontology


class Pipeline:
    """The rooms over one ontology. Making it loads spaCy and every pattern, which takes seconds."""

    def __init__(self, ontology: Ontology) -> None:
        # Loaded here and not above: a build that finds nothing changed doesn't wait for spaCy.
        from ecograph.commitments import Promises
        from ecograph.linking import Linker
        from ecograph.measuring import Dater, Measurer
        from ecograph.naming import Namer
        from ecograph.reading import Reader
        from ecograph.relating import Relater

        self._ontology = ontology
        self._reader = Reader(ontology)
        self._namer = Namer(ontology)
        self._linker = Linker(ontology)
        self._relater = Relater(ontology)
        self._measurer = Measurer(ontology)
        self._dater = Dater(ontology)
        self._promises = Promises(ontology)

    def read(self, path: Path, *, id: str | None = None) -> Document:  # noqa: A002 -- the document's field is called so
        """The file as a Document. ReadError when the file can't be opened or isn't a reply that can be read."""
        with reading(path):
            return self._reader.read(path, id=id)

    def extract(self, document: Document) -> Extraction:
        """Everything that the document says."""
        mentions = self._namer.find(document)
        linked = self._linker.link(document, mentions)
        statements = self._relater.relate(document, mentions, linked)
        quantities = self._measurer.measure(document, mentions, linked, statements)
        terms = self._dater.date(document, mentions, linked, statements)
        commitments = self._promises.find(document, mentions, linked, statements, quantities)
        return Extraction(document, mentions, linked, statements, quantities, terms, commitments)

    def quads(self, extraction: Extraction, *, contacts: bool = False) -> list[ox.Quad]:
        """The reply's named graph; `contacts` keeps a contact person's details in it."""
        return graph_of(extraction, self._ontology, contacts=contacts)


def graph_of(extraction: Extraction, ontology: Ontology, *, contacts: bool) -> list[ox.Quad]:
    """The named graph of one reply."""
    e = extraction
    return quads(
        e.document,
        e.mentions,
        e.linked,
        e.statements,
        ontology,
        quantities=e.quantities,
        terms=e.terms,
        commitments=e.commitments,
        contacts=contacts,
    )


def extract(path: Path, pipeline: Pipeline) -> dict[str, Any]:
    """One reply in the form that `ecograph extract` prints. ReadError when it can't be read."""
    return as_json(pipeline.extract(pipeline.read(path)), path.name)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns an OSError into a ReadError that names the file: it is that file's trouble and stops no other."""
    try:
        yield
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error
