"""Statements from mentions: who, does what, to whom, done or promised.

Everything Chinese, and every class and predicate, stands in records:

patterns/relations.jsonl, one object a line, three kinds of it, told by their keys:

    {"id":"near","fragment":"[^，。；：、！？（）@]{0,12}?"}
        a piece of pattern, put in by {near} wherever it is named
    {"id":"joining","words":["加入","加盟"]}
        words, put in by naming the id among the cues of a rule; the model too learns by the lists that words are in
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
                before), title (what the last line of a single name names), jurisdiction, issuer, doer (the
                issuer, but of a document that tells others what to do)
    unless      a pattern that must not occur in the match
    status      what it usually is, done if not told
    weak        true: idle where another rule joins the same two
    confidence  of what the match says in full; filled: of what was filled in

What the rules say, and every other pair of anchors near each other, is then judged by a trained model (ranker.py): it
drops claims that it hardly believes, adds statements (rule “ranker.predicate”) and gives all of them their confidence;
a rule's own confidence is one of the signs that it goes by.

patterns/statuses.jsonl: {"id","mode","status","unless"?} for a section's mode; {"id","pattern","reach","status"} for
words, reach sentence (anywhere), clause (in the match's clauses), before (before its end; the last one decides, but for
those that have their unless before them in the clauses since the last semicolon). Status none: no statement.

patterns/times.jsonl: {"id","pattern","shift"?,"month"?} with groups year, month, day, until; shift counts from the year
of the reply; {"id","kind":"amount","pattern"} for sums and counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from pathlib import Path

from ecograph.model import Document, Linked, Mention, Statement
from ecograph.ontology import Ontology
from ecograph.relating.bearings import Statuses, Times
from ecograph.relating.claims import Claim, Claimer
from ecograph.relating.columns import Columns
from ecograph.relating.hints import Case, Hints
from ecograph.relating.marking import Sentence
from ecograph.relating.pairs import Pairer
from ecograph.relating.passages import Passages
from ecograph.relating.ranker import MODEL, Ranker
from ecograph.relating.review import Reviewer
from ecograph.relating.rules import Grammar

__all__ = ["Relater"]

Key = tuple[str, str, str, str]


class Relater:
    """Relates the mentions of documents by the records of patterns/{relations,statuses,times}.jsonl and the model.

    `model` None: by the records alone. Raises OntologyError, naming file and record, when they are not sound.
    """

    def __init__(self, ontology: Ontology, model: Path | None = MODEL) -> None:
        self._ontology = ontology
        self._grammar = Grammar(ontology)
        self._statuses = Statuses(ontology, self._grammar)
        self._times = Times(ontology, self._grammar.alphabet)
        self._reviewer = Reviewer(ontology, Ranker(model)) if model else None

    def relate(self, document: Document, mentions: Sequence[Mention], linked: Linked) -> tuple[Statement, ...]:
        """The document's statements in the order of their evidence, denied ones included.

        Each claim is stated once for each status, with the words that say it best.
        """
        sentences = tuple(self._grammar.marker.sentences(document, mentions, linked))
        passages = Passages(document, sentences, self._grammar.clause)
        best: dict[Key, Statement] = {}
        for sentence, claims in self._claims(sentences, linked):
            for claim in claims:
                statement = self._statement(claim, sentence, document, passages)
                if statement is not None:
                    key = self._key(statement)
                    if key not in best or best[key].confidence < statement.confidence:
                        best[key] = statement
        return tuple(sorted(best.values(), key=lambda s: (s.evidence, s.predicate, s.subject, s.object, s.status)))

    def cases(
        self, document: Document, mentions: Sequence[Mention], linked: Linked, columns: Columns, worth: Set[str] | None = None
    ) -> Iterator[tuple[Sentence, Iterator[Case], Hints]]:
        """Sentence by sentence, the pairs that some column may join (those worth a look), and what the rules say of them."""
        sentences = tuple(self._grammar.marker.sentences(document, mentions, linked))
        pairer = Pairer(self._grammar, linked, columns.allowed, worth)
        for sentence, claims in self._said(sentences, linked):
            hints = Hints(self._ontology, claims, list(_well_founded(claims)))
            yield sentence, hints.cases(pairer.pairs(sentence, hints.told)), hints

    def status(self, claim: Claim, sentence: Sentence, document: Document) -> str | None:
        """The status that a claim of a sentence would have; None when it would be no statement."""
        section = document.section_at(sentence.starts[claim.start])
        return self._statuses.status(sentence.marked, claim, section.mode if section else None)

    def _said(self, sentences: Sequence[Sentence], linked: Linked) -> Iterator[tuple[Sentence, list[Claim]]]:
        claimer = Claimer(self._grammar, self._ontology, linked)
        for sentence in sentences:
            yield sentence, list(claimer.claims(sentence))

    def _claims(self, sentences: Sequence[Sentence], linked: Linked) -> Iterator[tuple[Sentence, Iterator[Claim]]]:
        """Sentence by sentence, the rules' claims, or what the reviewer makes of them."""
        if self._reviewer is None:
            yield from ((sentence, _well_founded(claims)) for sentence, claims in self._said(sentences, linked))
            return
        pairer = Pairer(self._grammar, linked, self._reviewer.columns.allowed, self._reviewer.worth)
        for sentence, claims in self._said(sentences, linked):
            founded = list(_well_founded(claims))
            hints = Hints(self._ontology, claims, founded)
            yield sentence, self._reviewer.claims(hints.cases(pairer.pairs(sentence, hints.told)), hints, founded)

    def _key(self, statement: Statement) -> Key:
        one, other = statement.subject, statement.object
        if self._ontology.predicate(statement.predicate).symmetric:
            one, other = sorted((one, other))
        return one, statement.predicate, other, statement.status

    def _statement(self, claim: Claim, sentence: Sentence, document: Document, passages: Passages) -> Statement | None:
        status = self.status(claim, sentence, document)
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
