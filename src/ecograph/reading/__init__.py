"""File → Document: the text with its lines rejoined and the way back to the source, its header, sections and contacts."""

from __future__ import annotations

from pathlib import Path, PurePath

from ecograph.errors import ReadError
from ecograph.model import Document
from ecograph.ontology import Ontology
from ecograph.reading.files import READERS, read_source
from ecograph.reading.header import HeaderReader
from ecograph.reading.layout import Rules, assemble, drop_furniture, join_title, read_lines
from ecograph.reading.script import ScriptCheck
from ecograph.reading.sections import SectionReader
from ecograph.reading.wrapping import rejoin

__all__ = ["READERS", "Reader"]

SITES = frozenset({".html", ".htm"})


class Reader:
    """Reads replies by the records of patterns/layout.jsonl, header.jsonl and sections.jsonl."""

    def __init__(self, ontology: Ontology) -> None:
        self._rules = Rules(ontology)
        self._script = ScriptCheck(ontology)
        self._headers = HeaderReader(ontology)
        self._sections = SectionReader(ontology)

    def read(self, path: Path, *, id: str | None = None) -> Document:  # noqa: A002 - the name that Document gives it
        """The document of a file. ReadError, one line with the file's name, when it can't be read."""
        try:
            source = read_source(path)
        except ReadError as error:
            raise ReadError(f"{path}: {error}") from error
        return self._document(source, str(path), path.name, id)

    def parse(self, source: str, name: str, *, id: str | None = None) -> Document:  # noqa: A002 - the name that Document gives it
        """The document of a text as it was decoded; offsets of `origin` count characters of `source`.

        Document.id is `name` without its suffix unless given. ReadError when the text is empty or not Simplified Chinese.
        """
        return self._document(source, name, name, id)

    def _document(self, source: str, shown: str, name: str, given: str | None) -> Document:
        rules = self._rules
        lines = drop_furniture(read_lines(source, rules), rules, site=PurePath(name).suffix.lower() in SITES)
        text, origin = assemble(rejoin(join_title(lines, rules), rules))
        try:
            self._script.check(text)
        except ReadError as error:
            raise ReadError(f"{shown}: {error}") from error
        zones = self._headers.zones(text)
        header = self._headers.read(text, zones)
        sections = self._sections.read(text, zones, header)
        known = given or name.removesuffix(PurePath(name).suffix)
        return Document(known, name, text, origin, header, sections, self._headers.contacts(text))
