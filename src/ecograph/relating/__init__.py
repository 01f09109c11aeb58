"""Statements from mentions: who, does what, to whom, done or promised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ecograph.model import Document, Evidence, Linked, Mention, Statement
from ecograph.ontology import Ontology
from ecograph.relating.bearings import Statuses, Times
from ecograph.relating.claims import Claim, Claimer
from ecograph.relating.marking import Sentence
from ecograph.relating.rules import Grammar

__all__ = ["Relater"]

DONE = "done"


class Relater:
    """Relates the mentions of documents by the records of patterns/{relations,statuses,times}.jsonl."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._grammar = Grammar(ontology)
        self._statuses = Statuses(ontology, self._grammar)
        self._times = Times(ontology, self._grammar)

    def relate(self, document: Document, mentions: Sequence[Mention], linked: Linked) -> tuple[Statement, ...]:
        """The document's statements in the order of their evidence, denied ones included."""
        claimer = Claimer(self._grammar, self._ontology, linked)
        found: dict[tuple[str, str, str, str], Statement] = {}
        for sentence in self._grammar.marker.sentences(document, mentions, linked):
            claims = list(claimer.claims(sentence))
            for claim in _explicit_first(claims):
                statement = self._statement(claim, sentence, document)
                if statement is None:
                    continue
                key = (*sorted((statement.subject, statement.object)), statement.predicate) if self._ontology.predicate(
                    statement.predicate
                ).symmetric else (statement.subject, statement.object, statement.predicate)
                known = found.get((*key, statement.status))
                if known is None or known.confidence < statement.confidence:
                    found[(*key, statement.status)] = statement
        return tuple(sorted(found.values(), key=lambda s: (s.evidence, s.predicate, s.subject, s.object)))

    def _statement(self, claim: Claim, sentence: Sentence, document: Document) -> Statement | None:
        start, end = sentence.span(claim.start, claim.end)
        section = document.section_at(start)
        status = self._statuses.status(sentence.marked, claim.start, claim.end, claim.rule.status or DONE, section.mode if section else None)
        if status is None:
            return None
        date = document.header.date
        year = int(date.value[:4]) if date and date.value[:4].isdigit() else None
        return Statement(
            claim.subject,
            claim.predicate,
            claim.object,
            (Evidence(start, end, document.text[start:end]),),
            document.id,
            status,
            claim.rule.id,
            claim.rule.filled if claim.named else claim.rule.confidence,
            self._times.time(sentence.marked, claim.start, claim.end, year),
            self._times.amount(sentence.marked, claim.start, claim.end),
        )


def _explicit_first(claims: Sequence[Claim]) -> Iterator[Claim]:
    """All claims but those that a better founded one of the sentence makes idle.

    One whose other end was filled in yields to one that names both; one by a weak rule to any that joins the same two.
    """
    strong = [c for c in claims if not c.rule.weak]
    settled = {(c.predicate, end) for c in strong if c.named is None for end in (("s", c.subject), ("o", c.object))}
    joined = {frozenset((c.subject, c.object)) for c in strong}
    for claim in claims:
        side = "s" if claim.named == claim.subject else "o"
        if claim.named is not None and (claim.predicate, (side, claim.named)) in settled:
            continue
        if not claim.rule.weak or frozenset((claim.subject, claim.object)) not in joined:
            yield claim
