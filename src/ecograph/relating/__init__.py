"""Statements from mentions: who, does what, to whom, done or promised.

Everything Chinese, and every class and predicate, stands in records:

patterns/relations.jsonl, one object a line, three kinds of it, told by their keys:

    {"id":"near","fragment":"[^，。；：、！？（）@]{0,12}?"}
        a piece of pattern, put in by {near} wherever it is named
    {"id":"joining","words":["加入","加盟"]}
        words, put in by naming the id among the cues of a rule
    {"id":"member.enter","cue":["joining"],"pattern":"{free}<a>{near}{cue}了?_<o>","states":["a memberOf o"]}
        a rule: what its pattern matches in one sentence states something

Patterns are regular expressions over marked text, in which every mention or reference (quotes and gloss with it) is
one character. Beside the usual signs there are

    <a>  a list of anchors (A、B和C等N家企业: all its members), of the classes that the states allow in that slot
    <a+> the same, with two members or more, or with 等N家; <a.> one anchor alone
    <:Place>  one anchor of that class, <> any anchor, @ (inside [^…]) anchors
    _    a short gap; ~ a long one; {cue} any of the cues, one of which must be in the sentence; {name} a fragment

The same slot twice adds up. Other keys of a rule:

    states      “a predicate o”, or “a predicate o if o Class”, “… if o not Class”; “a p a” joins the first to the others
    slots       {"a":["Fund"]}: narrower classes; without it those of the predicates' domains and ranges
    fill        {"a":["topic","jurisdiction"]}: where a slot that the match leaves out is filled from, in this order:
                topic (who acts, earlier in the sentence), before (nearest before), first (first since a semicolon),
                previous and earlier (first, last of its class up to three sentences back), heading (a short line
                before), jurisdiction, issuer
    unless      a pattern that must not occur in the match
    status      what it usually is, done if not told
    weak        true: idle where another rule joins the same two
    confidence  of what the match says in full; filled: of what was filled in

patterns/statuses.jsonl: {"id","mode","status","unless"?} for a section's mode; {"id","pattern","reach","status"} for
words, reach sentence (anywhere), clause (in the match's clauses), before (before its end; the last one decides, but for
those that have their unless before them in the clauses since the last semicolon). Status none: no statement.

patterns/times.jsonl: {"id","pattern","shift"?,"month"?} with groups year, month, day, until; shift counts from the year
of the reply; {"id","kind":"amount","pattern"} for sums and counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ecograph.model import Document, Linked, Mention, Statement
from ecograph.ontology import Ontology
from ecograph.relating.bearings import Statuses, Times
from ecograph.relating.claims import Claim, Claimer
from ecograph.relating.columns import Columns
from ecograph.relating.hints import Case, Hints
from ecograph.relating.marking import Sentence
from ecograph.relating.pairs import Pairer
from ecograph.relating.passages import Passages
from ecograph.relating.rules import Grammar

__all__ = ["Relater"]

Key = tuple[str, str, str, str]


class Relater:
    """Relates the mentions of documents by the records of patterns/{relations,statuses,times}.jsonl.

    Raises OntologyError, naming file and record, when they are not sound.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._grammar = Grammar(ontology)
        self._statuses = Statuses(ontology, self._grammar)
        self._times = Times(ontology, self._grammar.alphabet)
        self.columns = Columns(ontology)

    def relate(self, document: Document, mentions: Sequence[Mention], linked: Linked) -> tuple[Statement, ...]:
        """The document's statements in the order of their evidence, denied ones included.

        Each claim is stated once for each status, with the words that say it best.
        """
        claimer = Claimer(self._grammar, self._ontology, linked)
        best: dict[Key, Statement] = {}
        sentences = tuple(self._grammar.marker.sentences(document, mentions, linked))
        passages = Passages(document, sentences, self._grammar.clause)
        for sentence in sentences:
            for claim in _well_founded(list(claimer.claims(sentence))):
                statement = self._statement(claim, sentence, document, passages)
                if statement is not None:
                    key = self._key(statement)
                    if key not in best or best[key].confidence < statement.confidence:
                        best[key] = statement
        return tuple(sorted(best.values(), key=lambda s: (s.evidence, s.predicate, s.subject, s.object, s.status)))

    def cases(self, document: Document, mentions: Sequence[Mention], linked: Linked) -> Iterator[tuple[Sentence, Iterator[Case]]]:
        """Sentence by sentence, all pairs of anchors that may have something to do with each other."""
        claimer = Claimer(self._grammar, self._ontology, linked)
        pairer = Pairer(self._grammar, linked, self.columns.allowed)
        for sentence in self._grammar.marker.sentences(document, mentions, linked):
            claims = list(claimer.claims(sentence))
            hints = Hints(self._ontology, claims, list(_well_founded(claims)))
            yield sentence, hints.cases(pairer.pairs(sentence))

    def questions(self, case: Case, sentence: Sentence, document: Document) -> Iterator[tuple[int, Claim, bool]]:
        """What may be stated of the case: the column's number, the claim, and whether a rule makes it."""
        section = document.section_at(sentence.starts[case.pair.start])
        for number in self.columns.allowed(case.one.cls, case.other.cls):
            column = self.columns.all[number]
            one, other = (case.other, case.one) if column.back else (case.one, case.other)
            claim = Claim(one, column.predicate, other, "ranker", case.pair.start, case.pair.end)
            if self._statuses.status(sentence.marked, claim, section.mode if section else None) not in (None, "denied"):
                yield number, claim, any(h.startswith(f"F{column.name}") for h in case.hints)

    def _key(self, statement: Statement) -> Key:
        one, other = statement.subject, statement.object
        if self._ontology.predicate(statement.predicate).symmetric:
            one, other = sorted((one, other))
        return one, statement.predicate, other, statement.status

    def _statement(self, claim: Claim, sentence: Sentence, document: Document, passages: Passages) -> Statement | None:
        section = document.section_at(sentence.starts[claim.start])
        status = self._statuses.status(sentence.marked, claim, section.mode if section else None)
        if status is None:
            return None
        date = document.header.date
        year = int(date.value[:4]) if date and date.value[:4].isdecimal() else None
        return Statement(
            claim.subject,
            claim.predicate,
            claim.object,
            passages.evidence(sentence, claim.start, claim.end, (claim.one, claim.other)),
            document.id,
            status,
            claim.rule,
            round(claim.confidence, 3),
            self._times.time(sentence.marked, claim.start, claim.end, year),
            self._times.amount(sentence.marked, claim.start, claim.end),
        )


def _well_founded(claims: Sequence[Claim]) -> Iterator[Claim]:
    """All claims but those that a better founded one of the sentence makes idle.

    One whose other end was filled in yields to one that names both ends of the same predicate, or that names its
    thing in a match around its own; one by a weak rule yields to any other that joins the same two.
    """
    strong = [c for c in claims if not c.weak]
    named = [c for c in strong if c.named is None]
    joined = {frozenset((c.subject, c.object)) for c in strong}
    for claim in claims:
        if claim.weak and frozenset((claim.subject, claim.object)) in joined:
            continue
        if claim.named is None or not any(_settles(other, claim) for other in named):
            yield claim


def _settles(other: Claim, filled: Claim) -> bool:
    if other.rule == filled.rule and other.start == filled.start:
        return False
    if (other.subject if filled.named == filled.subject else other.object) != filled.named:
        return False
    return other.predicate == filled.predicate or (other.start <= filled.start and filled.end <= other.end)
