"""Whether a number tells of something done, going on, planned or denied: the cues of patterns/statuses.jsonl."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ecograph.errors import OntologyError
from ecograph.measuring.grammar import Grammar
from ecograph.measuring.marking import Sentence
from ecograph.ontology import Ontology

NONE, USUAL = "none", "usual"
SENTENCE, CLAUSE, BEFORE = "sentence", "clause", "before"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decide the status of what they stand by, unless certain words stand there too."""

    regex: re.Pattern[str]
    status: str
    unless: re.Pattern[str] | None


class Statuses:
    """The cues and modes of statuses.jsonl, with the additions of quantities.jsonl."""

    def __init__(self, ontology: Ontology, grammar: Grammar) -> None:
        self._grammar = grammar
        self._modes: dict[str, Cue] = {}
        self._cues: dict[str, list[Cue]] = {SENTENCE: [], CLAUSE: [], BEFORE: []}
        self._speaking = frozenset(mode for r in grammar.records("modes") for mode in r["modes"])
        idle = frozenset(cue for r in grammar.records("modes") for cue in r.get("cues", ()))
        compile_ = grammar.alphabet.compile
        for record in ontology.records("statuses"):
            unless = grammar.optional(record, "unless")
            cue = Cue(compile_(record["id"], record.get("pattern", "")), str(record["status"]), unless)
            if "mode" in record:
                self._modes[record["mode"]] = cue
            elif record["id"] not in idle:
                self._cues[record.get("reach", BEFORE)].append(cue)
        if USUAL not in self._modes:
            raise OntologyError(f"patterns/statuses.jsonl: needs a record with mode {USUAL!r}")
        self._unplanned = [compile_(r["id"], r["pattern"]) for r in grammar.records("unplanned")]
        self._own = [
            Cue(compile_(r["id"], r["pattern"]), str(r["status"]), grammar.optional(r, "unless")) for r in grammar.records("status")
        ]

    def status(self, sentence: Sentence, left: int, place: int, right: int) -> str | None:
        """The status of what stands at `place` in the clause from `left` to `right`; None when nothing is told as a fact or plan."""
        text = sentence.text
        found = self._by_words(text, left, right) or self._by_mode(sentence)
        found = found or self._by_own(text, left, right) or self._last_before(text, place) or self._modes[USUAL].status
        return None if found == NONE else found

    def _by_words(self, text: str, left: int, right: int) -> str | None:
        for cue in self._cues[SENTENCE]:
            if cue.regex.search(text):
                return cue.status
        return next((cue.status for cue in self._cues[CLAUSE] if cue.regex.search(text, left, right)), None)

    def _by_mode(self, sentence: Sentence) -> str | None:
        found = self._modes.get(sentence.mode or "")
        if not found or sentence.mode in self._speaking or (found.unless and found.unless.search(sentence.text)):
            return None
        return found.status

    def _by_own(self, text: str, left: int, right: int) -> str | None:
        for cue in self._own:
            if cue.regex.search(text, left, right) and not (cue.unless and cue.unless.search(text, left, right)):
                return cue.status
        return None

    def _last_before(self, text: str, place: int) -> str | None:
        """The last cue before it; its `unless` holds since the last semicolon."""
        since = max((m.end() for m in self._grammar["semicolon"].finditer(text, 0, place)), default=0)
        found = [
            (match.end(), cue.status)
            for cue in self._cues[BEFORE]
            for match in cue.regex.finditer(text, 0, place)
            if not (cue.unless and cue.unless.search(text, since, match.start()))
            and not any(idle.fullmatch(match.group()) for idle in self._unplanned)
        ]
        return max(found)[1] if found else None
