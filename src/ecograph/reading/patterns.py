"""Pattern records as compiled regexes, checked when they are loaded."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ecograph.errors import OntologyError
from ecograph.ontology import Ontology, Record


def compiled(record: Record, key: str = "pattern") -> re.Pattern[str]:
    """The record's regex; `^` and `$` stand at line ends. OntologyError names the record when it isn't one."""
    pattern = record.get(key)
    if not isinstance(pattern, str):
        raise OntologyError(f"pattern record {record['id']!r}: wants {key!r}, a regular expression")
    try:
        return re.compile(pattern, re.MULTILINE)
    except re.error as error:
        raise OntologyError(f"pattern record {record['id']!r}: {key} is no regular expression: {error}") from error


def of_kind(records: Iterable[Record], kind: str) -> tuple[Record, ...]:
    """The records whose `kind` is this one, in the order of the file."""
    return tuple(record for record in records if record.get("kind") == kind)


def union(records: Iterable[Record], kind: str) -> re.Pattern[str]:
    """One regex for all records of a kind; it matches nothing when there are none."""
    chosen = of_kind(records, kind)
    for record in chosen:
        compiled(record)
    return re.compile("|".join(f"(?:{record['pattern']})" for record in chosen) or r"(?!)")


def characters(ontology: Ontology, kind: str) -> str:
    """The characters that the layout records of a kind list, joined."""
    return "".join(record["characters"] for record in of_kind(ontology.records("layout"), kind))
