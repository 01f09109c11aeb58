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
    """A question's name with its parameters, in order or by name (`--on 2023-12-31`), or SPARQL: text, file, standard input."""

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
        (name, *placed), options = self._typed()
        if [name, self.sparql, self.file].count(None) != 2:
            raise UsageError("one question at a time: a name, `-`, --sparql TEXT or --file FILE")
        if name is None or name == STDIN:
            if options:
                raise UsageError(f"--{min(options)}: no such option; SPARQL takes no parameters, they belong to a question's NAME")
            return (self.sparql, {}) if self.sparql is not None else (_all_of(self.file or sys.stdin), {})
        return self._canned(questions, name, [p for p in placed if p is not None], options)

    def _typed(self) -> tuple[list[str | None], dict[str, str]]:
        """The name (or None) with the parameters given in order, and those given by name: --on 2023-12-31, --on=2023-12-31."""
        placed: list[str | None] = []
        options: dict[str, str] = {}
        words = iter(word for word in (self.name, *self.parameters) if word is not None)
        for word in words:
            if word == STDIN or not word.startswith("-"):
                placed.append(word)
                continue
            option, given, value = word.partition("=")
            name = option.removeprefix("--")
            if name in options:
                raise UsageError(f"{option}: given twice")
            if not given and (value := next(words, "")).startswith("--"):
                value = ""
            if not given and not value:
                raise UsageError(f"{option}: no such option, or it wants a value")
            options[name] = value
        return placed or [None], options

    def _canned(
        self, questions: Mapping[str, Query], name: str, placed: list[str], options: dict[str, str]
    ) -> tuple[str, Mapping[str, str]]:
        if name not in questions:
            near = get_close_matches(name, questions, n=1)
            sparql = "; SPARQL goes behind --sparql" if "{" in name else ""
            raise UsageError(f"{name}: no such question{sparql}{f'; did you mean {near[0]}?' if near else ''} `ecograph query` lists them")
        wanted = tuple(questions[name].parameters)
        takes = " ".join(_signature(questions[name])[1:]) or "no parameter"
        if unknown := sorted(set(options) - set(wanted)):
            raise UsageError(f"--{unknown[0].removeprefix('-')}: no such option; {name} takes {takes}")
        left = [parameter for parameter in wanted if parameter not in options]
        if len(placed) > len(left):
            given = len(placed) + len(options)
            raise UsageError(f"{name} takes {takes}; {given} given; a parameter of several words stands in quotes")
        bindings = {**dict(zip(left, placed, strict=False)), **options}
        try:
            questions[name].check(bindings)
        except QueryError as error:  # what was typed is at fault, not a query
            raise UsageError(str(error)) from error
        return questions[name].text, bindings


def listing(questions: Mapping[str, Query]) -> str:
    """Each question with its parameters; below it what it answers and what to give."""
    return "\n".join(line for _, query in sorted(questions.items()) for line in _listed(query))


def _listed(query: Query) -> list[str]:
    parameters = [f"      {parameter.upper()}: {what}" for parameter, what in query.parameters.items() if what]
    summaries = [f"    {summary}" for summary in (query.summary, query.summary_zh) if summary]
    return [" ".join(_signature(query)), *summaries, *parameters]


def _signature(query: Query) -> list[str]:
    return [query.name, *(f"[{parameter.upper()}]" for parameter in query.parameters)]


def _all_of(stream: TextIO) -> str:
    try:
        return stream.read()
    except UnicodeDecodeError as error:
        raise QueryError(f"{stream.name}: not UTF-8 text ({error.reason}); save the query as UTF-8") from error
