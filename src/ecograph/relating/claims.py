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
REACH = 3  # how many sentences back a subject may be carried
HEADING = 24  # marked characters of a line that may be a heading


@dataclass(frozen=True, slots=True)
class Claim:
    """One reading of one match. `start` and `end` are marked characters; `named` is the one end that the
    match itself names where the other was filled in."""

    subject: str
    predicate: str
    object: str
    rule: Rule
    start: int
    end: int
    named: str | None


class Claimer:
    """Finds the claims of sentences, in order; remembers the sentences before within the paragraph."""

    def __init__(self, grammar: Grammar, ontology: Ontology, linked: Linked) -> None:
        self._grammar = grammar
        self._ontology = ontology
        self._cls = {entity.iri: entity.cls for entity in linked.entities}
        self._givens = {"jurisdiction": linked.jurisdiction, "issuer": linked.issuer}
        self._past: list[Sentence] = []

    def claims(self, sentence: Sentence) -> Iterator[Claim]:
        """What the sentence says. Call once for each sentence, in the document's order."""
        present = {anchor.cls for anchor in sentence.anchors.values()}
        if present:
            for rule in self._grammar.rules:
                if rule.possible(present) and (not rule.cues or any(cue in sentence.marked for cue in rule.cues)):
                    yield from self._apply(rule, sentence)
        self._past = [*[s for s in self._past if s.paragraph == sentence.paragraph][-REACH + 1 :], sentence]

    def _apply(self, rule: Rule, sentence: Sentence) -> Iterator[Claim]:
        for match in rule.regex.finditer(sentence.marked):
            if rule.unless and rule.unless.search(match.group()):
                continue
            said = _members(rule, sentence, match)
            for state in rule.states:
                yield from self._read(rule, state, sentence, match, said)

    def _read(self, rule: Rule, state: State, sentence: Sentence, match: re.Match[str], said: Mapping[str, Members]) -> Iterator[Claim]:
        subjects, objects = (said.get(slot) or self._fill(rule, slot, sentence, match) for slot in (state.subject, state.object))
        if state.slot and not self._holds(state, said.get(state.slot) or (subjects if state.slot == state.subject else objects)):
            return
        together = self._grammar.respectively.search(match.group()) and len(subjects) == len(objects)
        if state.subject == state.object:
            pairs = [(subjects[0], other) for other in subjects[1:]]
        else:
            pairs = list(zip(subjects, objects, strict=True)) if together else list(product(subjects, objects))
        for one, other in pairs:
            if one.entity != other.entity and self._ontology.allows(state.predicate, one.cls, other.cls):
                named = None if state.subject in said and state.object in said else one.entity if state.subject in said else other.entity
                yield Claim(one.entity, state.predicate, other.entity, rule, match.start(), match.end(), named)

    def _holds(self, state: State, members: Members) -> bool:
        cls = state.cls or ""
        return any(self._ontology.is_a(m.cls, cls) for m in members) != state.negated

    def _fill(self, rule: Rule, slot: str, sentence: Sentence, match: re.Match[str]) -> Members:
        classes = rule.slots[slot]
        for way in rule.fills.get(slot, ()):
            found = self._way(way, classes, sentence, match)
            if found:
                return found
        return ()

    def _way(self, way: str, classes: frozenset[str], sentence: Sentence, match: re.Match[str]) -> Members:
        if way in self._givens:
            iri = self._givens[way]
            return (Anchor(0, 1, iri, self._cls[iri]),) if iri in self._cls and self._cls[iri] in classes else ()
        if way == "topic":
            return self._topic(classes, sentence, match.start())
        if way in ("previous", "earlier"):
            for past in reversed(self._past):
                fit = _fitting(past, classes, 0, len(past.marked))
                if fit:
                    return self._group(past, fit[0 if way == "previous" else -1], classes)
            return ()
        if way == "heading":
            return self._heading(classes, sentence)
        since = sentence.marked.rfind(self._grammar.fragments["semicolon"], 0, match.start()) if way == "first" else 0
        start, end = (match.start(), match.end()) if way == "tail" else (max(since, 0), match.start())
        fit = _fitting(sentence, classes, start, end)
        return self._group(sentence, fit[0 if way == "first" else -1], classes) if fit else ()

    def _topic(self, classes: frozenset[str], sentence: Sentence, before: int) -> Members:
        """Who acts before that place: the last anchor that opens a clause since the last semicolon, or, from
        anywhere in the sentence, whoever speaks (the issuer, or the jurisdiction)."""
        since = sentence.marked.rfind(self._grammar.fragments["semicolon"], 0, before) + 1
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
        return found

    def _heading(self, classes: frozenset[str], sentence: Sentence) -> Members:
        """What the nearest short line or sentence before names, if it is of that class and names nothing else."""
        for past in reversed(self._past):
            if len(past.marked) <= HEADING and past.anchors:
                members = tuple(past.anchors[p] for p in past.places)
                return members if all(m.cls in classes for m in members) else ()
        return ()

    def _group(self, sentence: Sentence, place: int, classes: frozenset[str]) -> Members:
        """The anchor at `place` with those that one list joins to it."""
        for match in self._grammar.list.finditer(sentence.marked):
            if match.start() <= place < match.end():
                return tuple(sentence.anchors[p] for p in _fitting(sentence, classes, match.start(), match.end()))
        return (sentence.anchors[place],)


def _members(rule: Rule, sentence: Sentence, match: re.Match[str]) -> dict[str, Members]:
    said: dict[str, Members] = {}
    for group, slot in rule.groups.items():
        start, end = match.span(group)
        if start >= 0:
            said[slot] = (*said.get(slot, ()), *(sentence.anchors[p] for p in _fitting(sentence, rule.slots[slot], start, end)))
    return said


def _fitting(sentence: Sentence, classes: frozenset[str], start: int, end: int) -> list[int]:
    return [p for p in sentence.places if start <= p < end and sentence.anchors[p].cls in classes]
