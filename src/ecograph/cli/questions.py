"""From what was typed after `ecograph query` to a query text and its bindings."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TextIO

from ecograph.errors import QueryError, UsageError
from ecograph.queries import Query

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's name with its parameters, or SPARQL given as text, as a file or on standard input."""

    name: str | None
    parameters: tuple[str, ...]
    sparql: str | None
    file: TextIO | None

    @property
    def nothing(self) -> bool:
        """Whether nothing was typed at all."""
        return self.name is None and self.sparql is None and self.file is None

    def resolve(self, questions: Mapping[str, Query]) -> tuple[str, Mapping[str, str]]:
        """The query text and the value of each parameter. UsageError tells what would have been right."""
        if [self.name, self.sparql, self.file].count(None) != 2:
            raise UsageError("one question at a time: a name, `-`, --sparql TEXT or --file FILE")
        if self.sparql is not None:
            return self.sparql, {}
        if self.file is not None or self.name == STDIN:
            return _all_of(self.file or sys.stdin), {}
        return self._canned(questions)

    def _canned(self, questions: Mapping[str, Query]) -> tuple[str, Mapping[str, str]]:
        name = str(self.name)
        if name not in questions:
            near = get_close_matches(name, questions, n=1)
            sparql = "; SPARQL goes behind --sparql" if "{" in name else ""
            raise UsageError(f"{name}: no such question{sparql}{f'; did you mean {near[0]}?' if near else ''} `ecograph query` lists them")
        wanted = tuple(questions[name].parameters)
        if len(self.parameters) > len(wanted):
            takes = " ".join(_signature(questions[name])[1:]) or "no parameter"
            raise UsageError(f"{name} takes {takes}; {len(self.parameters)} given; a parameter of several words stands in quotes")
        return questions[name].text, dict(zip(wanted, self.parameters, strict=False))


def listing(questions: Mapping[str, Query]) -> str:
    """Each question with its parameters; below it what it answers and what to give."""
    return "\n".join(line for _, query in sorted(questions.items()) for line in _listed(query))


def _listed(query: Query) -> list[str]:
    parameters = [f"      {parameter.upper()}: {what}" for parameter, what in query.parameters.items() if what]
    return [" ".join(_signature(query)), f"    {query.summary}", *parameters]


def _signature(query: Query) -> list[str]:
    return [query.name, *(f"[{parameter.upper()}]" for parameter in query.parameters)]


def _all_of(stream: TextIO) -> str:
    try:
        return stream.read()
    except UnicodeDecodeError as error:
        raise QueryError(f"{stream.name}: not UTF-8 text ({error.reason}); save the query as UTF-8") from error
