"""Rules applied to a sentence: who the slots are, filled from around where the sentence leaves them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from ecograph.model import Linked
from ecograph.ontology import Ontology
from ecograph.relating.marking import Anchor, Sentence
from ecograph.relating.rules import Grammar, Rule, State

Members = tuple[Anchor, ...]
REACH = 3  # how many sentences back a slot may be filled from
HEADING = 24  # marked characters of a line that may be a heading


@dataclass(frozen=True, slots=True)
class Claim:
    """One reading of a stretch of a sentence, `start` and `end` in marked characters.

    `named` is the one end (an IRI) that the stretch itself names where the other was filled in. `strength` is the
    rule's confidence for what is said or filled in. `usual` is the rule's own status.
    """

    one: Anchor
    predicate: str
    other: Anchor
    rule: str
    start: int
    end: int
    named: str | None = None
    strength: float = 1.0
    usual: str | None = None
    weak: bool = False

    @property
    def subject(self) -> str:
        """The IRI of the one."""
        return self.one.entity

    @property
    def object(self) -> str:
        """The IRI of the other."""
        return self.other.entity

    @property
    def confidence(self) -> float:
        """The strength, times the confidence of the less certain mention."""
        return self.strength * min(self.one.confidence, self.other.confidence)


class Claimer:
    """Finds the claims of one document's sentences, which it must be given in order."""

    def __init__(self, grammar: Grammar, ontology: Ontology, linked: Linked) -> None:
        self._grammar = grammar
        self._ontology = ontology
        self._cls = {entity.iri: entity.cls for entity in linked.entities}
        self._givens = {"jurisdiction": linked.jurisdiction, "issuer": linked.issuer, "doer": linked.issuer}
        self._past: list[Sentence] = []
        self._titles: dict[str, Anchor] = {}  # of each class, what a line last named and nothing else
        self._voice: Members = ()  # who spoke the words before a colon, for the items that follow

    def claims(self, sentence: Sentence) -> Iterator[Claim]:
        """What the sentence says, by every rule that applies."""
        present = frozenset(anchor.cls for anchor in sentence.anchors.values())
        if present:
            for rule in self._grammar.candidates(sentence.marked, present):
                yield from self._apply(rule, sentence)
        self._past = [*[s for s in self._past if s.paragraph == sentence.paragraph][-REACH + 1 :], sentence]
        self._listen(sentence)

    def _listen(self, sentence: Sentence) -> None:
        """Keep, or drop, the one for whom the items of an enumeration are said; who directs others isn't the one who does it."""
        if self._givens["doer"] and self._grammar.directs.search(sentence.marked):
            self._givens["doer"] = None
        if len(sentence.places) == 1 and not any(map(str.isalnum, sentence.marked.replace(sentence.marked[sentence.places[0]], ""))):
            title = sentence.anchors[sentence.places[0]]
            self._titles[title.cls] = title
        if self._grammar.announces.search(sentence.marked):
            spoken = self._topic(frozenset(self._ontology.classes), sentence, len(sentence.marked))
            self._voice = spoken if {m.entity for m in spoken} <= set(self._givens.values()) else ()
        elif sentence.marked.strip() and not self._grammar.item.match(sentence.marked):
            self._voice = ()

    def _apply(self, rule: Rule, sentence: Sentence) -> Iterator[Claim]:
        for match in rule.regex.finditer(sentence.marked):
            if rule.unless and rule.unless.search(match.group()):
                continue
            said = _members(rule, sentence, match)
            for state in rule.states:
                yield from self._read(rule, state, sentence, match, said)

    def _read(self, rule: Rule, state: State, sentence: Sentence, match: re.Match[str], said: Mapping[str, Members]) -> Iterator[Claim]:
        ends = {slot: said.get(slot) or self._fill(rule, slot, sentence, match) for slot in {state.subject, state.object, *state.condition}}
        if not self._holds(state, ends):
            return
        for one, other in self._pairs(ends[state.subject], ends[state.object], state, match.group()):
            if one.entity != other.entity and self._ontology.allows(state.predicate, one.cls, other.cls):
                named = None if state.subject in said and state.object in said else one.entity if state.subject in said else other.entity
                strength = rule.confidence if named is None else rule.filled
                start, end = match.span()
                yield Claim(one, state.predicate, other, rule.id, start, end, named, strength, rule.status, rule.weak)

    def _pairs(self, subjects: Members, objects: Members, state: State, words: str) -> Iterator[tuple[Anchor, Anchor]]:
        if state.subject == state.object:
            yield from product(subjects[:1], subjects[1:])
        elif len(subjects) == len(objects) and self._grammar.respectively.search(words):
            yield from zip(subjects, objects, strict=True)
        else:
            yield from product(subjects, objects)

    def _holds(self, state: State, ends: Mapping[str, Members]) -> bool:
        return all(any(self._ontology.is_a(m.cls, cls) for m in ends[slot]) != state.negated for slot, cls in state.condition.items())

    def _fill(self, rule: Rule, slot: str, sentence: Sentence, match: re.Match[str]) -> Members:
        ways = (self._way(way, rule.slots[slot], sentence, match) for way in rule.fills.get(slot, ()))
        return next((found for found in ways if found), ())

    def _way(self, way: str, classes: frozenset[str], sentence: Sentence, match: re.Match[str]) -> Members:
        if way in self._givens:
            iri = self._givens[way]
            return (Anchor(0, 0, iri, self._cls[iri]),) if iri is not None and self._cls.get(iri) in classes else ()
        if way == "topic":
            return self._topic(classes, sentence, match.start())
        if way == "heading":
            return self._heading(classes)
        if way == "title":
            return max(((t,) for cls, t in self._titles.items() if cls in classes), key=lambda found: found[0].start, default=())
        if way in ("previous", "earlier"):
            fits = ((past, _fitting(past, classes, 0, len(past.marked))) for past in reversed(self._past))
            return next((self._group(past, fit[0 if way == "previous" else -1], classes) for past, fit in fits if fit), ())
        since = self._semicolon(sentence, match.start()) if way == "first" else 0
        fit = _fitting(sentence, classes, since, match.start())
        return self._group(sentence, fit[0 if way == "first" else -1], classes) if fit else ()

    def _semicolon(self, sentence: Sentence, before: int) -> int:
        """Behind the last semicolon before that place."""
        return sentence.marked.rfind(self._grammar.semicolon, 0, before) + 1

    def _topic(self, classes: frozenset[str], sentence: Sentence, before: int) -> Members:
        """Who acts before that place.

        The last anchor that opens a clause since the last semicolon or, from anywhere in the sentence, whoever
        speaks: the issuer, or the jurisdiction.
        """
        since = self._semicolon(sentence, before)
        selves = set(self._givens.values())
        found: Members = ()
        for match in self._grammar.topic.finditer(sentence.marked, 0, before):
            anchor = sentence.anchors.get(match.end() - 1)
            if anchor is None:
                found = self._way("issuer", classes, sentence, match) or found
            elif anchor.cls in classes and (match.end() > since or anchor.entity in selves):
                found = self._group(sentence, match.end() - 1, classes)
            elif match.end() > since and not any(m.entity in selves for m in found):
                found = ()
        voice = self._voice if self._grammar.item.match(sentence.marked) else ()
        return found or tuple(m for m in voice if m.cls in classes)

    def _heading(self, classes: frozenset[str]) -> Members:
        """What the nearest short line or sentence before names, if it is of that class and names nothing else."""
        short = next((past for past in reversed(self._past) if len(past.marked) <= HEADING and past.anchors), None)
        members = tuple(short.anchors[p] for p in short.places) if short else ()
        return members if all(m.cls in classes for m in members) else ()

    def _group(self, sentence: Sentence, place: int, classes: frozenset[str]) -> Members:
        """The anchor at `place` with those that one list joins to it."""
        lists = (m.span() for m in self._grammar.list.finditer(sentence.marked))
        start, end = next(((start, end) for start, end in lists if start <= place < end), (place, place + 1))
        return tuple(sentence.anchors[p] for p in _fitting(sentence, classes, start, end))


def _members(rule: Rule, sentence: Sentence, match: re.Match[str]) -> dict[str, Members]:
    """What each slot of the match holds; slots without a member are left out."""
    said: dict[str, Members] = {}
    for group, slot in rule.groups.items():
        start, end = match.span(group)
        if start >= 0:
            said[slot] = (*said.get(slot, ()), *(sentence.anchors[p] for p in _fitting(sentence, rule.slots[slot], start, end)))
    return said


def _fitting(sentence: Sentence, classes: frozenset[str], start: int, end: int) -> list[int]:
    return [p for p in sentence.places if start <= p < end and sentence.anchors[p].cls in classes]
