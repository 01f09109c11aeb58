"""Dates in the life of policies: when issued, in force, until when, and when ended, as far as the words say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ecograph.errors import OntologyError
from ecograph.extraction import Term
from ecograph.measuring.grammar import Grammar
from ecograph.measuring.marking import Anchor, Sentence
from ecograph.measuring.statuses import Statuses
from ecograph.model import Document, Evidence, Linked, Mention, Statement
from ecograph.ontology import Ontology, Record

FILE = "patterns/terms.jsonl"
ISSUED, IN_FORCE = "issued", "inForce"  # the kinds from which others are reckoned
DONE, PLANNED = "done", "planned"
KEYS = frozenset({"id", "kind", "term", "pattern", "same", "by", "years", "policy", "status"})
FRAGMENT, TERM, TITLE = KINDS = ("fragment", "term", "title")
TOLD, RECKONED, LATEST = 0.9, 0.8, 0.7  # confidence: a date in the words, one reckoned from another, only “by then”


@dataclass(frozen=True, slots=True)
class Rule:
    """One record of terms.jsonl."""

    id: str
    term: str
    regex: re.Pattern[str]
    same: bool
    by: bool
    years: bool
    before: bool
    status: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A term in the making: its place in the sentence orders it among others."""

    place: int
    term: Term


class Dater:
    """Dates policies by patterns/{terms,times,statuses}.jsonl. Raises OntologyError when a record is not sound."""

    def __init__(self, ontology: Ontology) -> None:
        self._grammar = Grammar(ontology)
        self._statuses = Statuses(ontology, self._grammar)
        self._facts = frozenset(name for name, factual in ontology.statuses.items() if factual)
        self._titled = ontology.with_role("titled")
        kinds = {concept.name for concept in ontology.scheme("terms")}
        records = ontology.records("terms")
        fragments = {r["id"]: r["pattern"] for r in records if r.get("kind") == FRAGMENT}
        rules = [(r["kind"], self._rule(r, fragments, kinds, ontology)) for r in records if r.get("kind") != FRAGMENT]
        self._rules = [rule for kind, rule in rules if kind == TERM]
        self._titles = [rule for kind, rule in rules if kind == TITLE]

    def date(self, document: Document, mentions: Sequence[Mention], linked: Linked, statements: Sequence[Statement]) -> tuple[Term, ...]:
        """The document's terms in the order of their evidence, each date of a policy once.

        A date that is only known to lie before the reply's has the form /2024-05-20. What a title plans for is a period, no
        validity; a policy that another follows is not ended by that, only by words that say so.
        """
        del statements  # the words say more exactly than a statement which date is whose
        told = header.value if (header := document.header.date) else None
        found: dict[tuple[str, str, str], Term] = {}
        last: tuple[int, Anchor] | None = None
        for sentence in self._grammar.marker.sentences(document, mentions, linked):
            if any(a.cls == self._titled for a in sentence.anchors.values()) or sentence.times:
                before = last[1] if last and last[0] == sentence.paragraph else None
                for term in self._sentence(document, sentence, told, before, found.values()):
                    found.setdefault((term.policy, term.kind, term.time), term)
            named = [p for p in sentence.anchors if sentence.anchors[p].cls == self._titled]
            last = (sentence.paragraph, sentence.anchors[max(named)]) if named else last
        return tuple(sorted(_telling(found.values()), key=lambda t: (t.evidence, t.policy, t.kind, t.time)))

    def _rule(self, record: Record, fragments: Mapping[str, str], kinds: set[str], ontology: Ontology) -> Rule:
        name = record["id"]
        if record.get("kind") not in KINDS or "pattern" not in record or set(record) - KEYS:
            raise OntologyError(f"{FILE}: {name}: wants kind, term and pattern, and no key but {', '.join(sorted(KEYS))}")
        if record.get("term") not in kinds or record.get("status", next(iter(ontology.statuses))) not in ontology.statuses:
            raise OntologyError(f"{FILE}: {name}: its term or status is in none of schemes/terms.ttl and schemes/statuses.ttl")
        pattern = str(record["pattern"])
        for fragment, text in fragments.items():
            pattern = pattern.replace(f"{{{fragment}}}", text)
        return Rule(
            name,
            record["term"],
            self._grammar.alphabet.compile(name, pattern),
            bool(record.get("same")),
            bool(record.get("by")),
            bool(record.get("years")),
            record.get("policy") == "before",
            record.get("status"),
        )

    def _sentence(
        self, document: Document, sentence: Sentence, told: str | None, before: Anchor | None, known: Iterable[Term]
    ) -> Iterator[Term]:
        begun: list[Found] = []
        dated: set[tuple[str, str]] = set()
        for rule in self._rules:
            for match in rule.regex.finditer(sentence.text):
                for policy in self._policies(rule, sentence, match, before):
                    time, confidence = self._time(rule, sentence, match, policy, begun, known, told)
                    if time is None or (policy, rule.term) in dated:
                        continue
                    status = self._status(rule, sentence, match, time, told)
                    if status is None or (time.startswith("/") and status not in self._facts):
                        continue
                    dated.add((policy, rule.term))
                    evidence = self._evidence(sentence, match)
                    term = Term(document.id, policy, rule.term, time, evidence, status, rule.id, confidence)
                    if rule.term in {ISSUED, IN_FORCE}:
                        begun.append(Found(match.start(), term))
                    yield term
        yield from self._in_titles(document, sentence)

    def _policies(self, rule: Rule, sentence: Sentence, match: re.Match[str], before: Anchor | None) -> Iterator[str]:
        if rule.before:
            earlier = [p for p in sentence.anchors if p < match.start() and sentence.anchors[p].cls == self._titled]
            anchor = sentence.anchors[max(earlier)] if earlier else before
            if anchor:
                yield anchor.entity
            return
        for place in range(match.start("list"), match.end("list")):
            if place in sentence.anchors:
                yield sentence.anchors[place].entity

    def _time(  # noqa: PLR0913, PLR0917 — where a date may come from
        self,
        rule: Rule,
        sentence: Sentence,
        match: re.Match[str],
        policy: str,
        begun: Sequence[Found],
        known: Iterable[Term],
        told: str | None,
    ) -> tuple[str | None, float]:
        """The date that a match gives to a policy, and how surely; None for none."""
        groups = match.groupdict()
        if groups.get("time"):
            time = sentence.times.get(match.start("time"))
            return (time, TOLD) if time and "/" not in time else (None, 0)
        if rule.years:
            years = self._grammar.numerals.read(groups["years"])
            begin = [
                t for t in (*known, *(f.term for f in begun)) if t.policy == policy and t.kind == IN_FORCE and not t.time.startswith("/")
            ]
            return (_after(begin[-1].time, int(years)), RECKONED) if begin and years else (None, 0)
        if rule.same:
            others = [f for f in begun if f.term.policy != policy and f.place < match.end() and not f.term.time.startswith("/")]
            if others:
                return max(others, key=lambda f: f.place).term.time, RECKONED
        return (f"/{told}", LATEST) if rule.by and told else (None, 0)

    def _status(self, rule: Rule, sentence: Sentence, match: re.Match[str], time: str, told: str | None) -> str | None:
        """Done if the date is over when the reply is written; else what the words say of it."""
        left, right = self._clauses(sentence, match)
        status = self._statuses.status(sentence, left, match.end(), right)
        if status is None or not told or time.startswith("/"):
            return status
        if rule.status:
            return rule.status
        over = time + "-99" < told
        return DONE if over and status == PLANNED else status

    def _clauses(self, sentence: Sentence, match: re.Match[str]) -> tuple[int, int]:
        stops = list(self._grammar["clause"].finditer(sentence.text))
        left = max((s.end() for s in stops if s.end() <= match.start()), default=0)
        return left, min((s.start() for s in stops if s.start() >= match.end()), default=len(sentence.text))

    def _evidence(self, sentence: Sentence, match: re.Match[str]) -> Evidence:
        return sentence.evidence(*self._clauses(sentence, match))

    def _in_titles(self, document: Document, sentence: Sentence) -> Iterator[Term]:
        """The years that a policy's own title plans for."""
        for place, anchor in sorted(sentence.anchors.items()):
            if anchor.cls != self._titled:
                continue
            for rule in self._titles:
                match = rule.regex.search(anchor.words)
                if match and rule.status and match["year"] < match["until"]:
                    evidence = sentence.evidence(place, place + 1)
                    time = f"{match['year']}/{match['until']}"
                    yield Term(document.id, anchor.entity, rule.term, time, evidence, rule.status, rule.id, TOLD)


def _telling(terms: Iterable[Term]) -> Iterator[Term]:
    """All but those that only say “by then” where another gives the date."""
    every = list(terms)
    exact = {(t.policy, t.kind) for t in every if not t.time.startswith("/")}
    return (t for t in every if not t.time.startswith("/") or (t.policy, t.kind) not in exact)


def _after(begin: str, years: int) -> str:
    """The last day of a term of so many years; of a month or year that month or year, lest it end too early."""
    year = int(begin[:4]) + years
    if len(begin) < len("2024-05-20"):
        return f"{year:04d}{begin[4:]}"
    month, day = int(begin[5:7]), int(begin[8:10])
    try:
        last = date(year, month, day) - timedelta(days=1)
    except ValueError:  # the 29th of February, or no day at all
        return f"{year:04d}-{month:02d}"
    return last.isoformat()
