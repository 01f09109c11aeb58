"""What a number is said of: the entities behind it, and those that a list before it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from ecograph.measuring.grammar import Grammar
from ecograph.measuring.hits import Hit
from ecograph.measuring.marking import Anchor, Sentence
from ecograph.model import Linked, Statement
from ecograph.ontology import Ontology

# Roles of classes of which nothing is counted where something better is near.
VAGUE = ("authority", "jurisdiction")

DIRECT, LISTED, HINTED, TOPIC, CARRIED, GUESSED = 0.9, 0.9, 0.85, 0.8, 0.7, 0.6


@dataclass(frozen=True, slots=True)
class About:
    """The entities a number is said of, how surely, and where in the sentence the first is named (or None)."""

    entities: tuple[str, ...]
    confidence: float
    place: int | None = None
    cls: str | None = None
    named: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    predicate: str | None = None


@dataclass(slots=True)
class Topic:
    """What the paragraph's last sentence with a name was about."""

    paragraph: int = -1
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """The document's statements by the place of their evidence, and each entity's class."""

    statements: Sequence[Statement]
    cls_of: Mapping[str, str]
    jurisdiction: str | None
    at: Mapping[int, tuple[Statement, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, linked: Linked, statements: Sequence[Statement]) -> Said:
        """Indexed by stretches of 64 characters, so that asking costs little however many there are."""
        at: dict[int, list[Statement]] = {}
        for statement in statements:
            for block in {b for e in statement.evidence for b in range(e.start // 64, (e.end - 1) // 64 + 1)}:
                at.setdefault(block, []).append(statement)
        classes = {entity.iri: entity.cls for entity in linked.entities}
        return cls(statements, classes, linked.jurisdiction, {b: tuple(s) for b, s in at.items()})

    def covering(self, offset: int) -> Iterator[Statement]:
        """The statements whose evidence has the character at `offset`."""
        for statement in self.at.get(offset // 64, ()):
            if any(e.start <= offset < e.end for e in statement.evidence):
                yield statement


class Subjects:
    """Finds what numbers are said of."""

    def __init__(self, ontology: Ontology, grammar: Grammar) -> None:
        self._grammar = grammar
        self._vague = frozenset(ontology.with_role(role) for role in VAGUE)
        self._never = grammar.never
        self._field = ontology.with_role("field")
        self._memberships = frozenset(p for m in grammar.measures for p in m.predicates)

    def about(self, sentence: Sentence, hit: Hit, said: Said, topic: Topic) -> About:
        """The entities that the number is said of, best guess first; none only if the reply has no jurisdiction."""
        listed = self._listed(sentence, hit, said)
        if listed and listed.entities:
            return listed
        besides = frozenset(listed.named) if listed else frozenset()
        direct = None if listed and not hit.behind else self._direct(sentence, hit)
        found = direct or self._hinted(sentence, hit) or self._topic(sentence, hit, topic, besides)
        if found is None:
            own = (said.jurisdiction,) if said.jurisdiction else ()
            found = About(own, GUESSED, None, said.cls_of.get(said.jurisdiction or ""))
        if listed:
            return About(found.entities, found.confidence, found.place, found.cls, listed.named)
        return found

    def topic(self, sentence: Sentence, before: Topic) -> Topic:
        """What this sentence leaves as topic to the next."""
        places = self._candidates(sentence, 0, len(sentence.text))
        anchor = next((p for p in places if sentence.anchors[p].cls not in self._grammar.near), None)
        if anchor is not None:
            return Topic(sentence.paragraph, sentence.anchors[anchor])
        return before if before.paragraph == sentence.paragraph else Topic(sentence.paragraph)

    def _direct(self, sentence: Sentence, hit: Hit) -> About | None:
        """The name among, or right before, the words for what is counted."""
        a, b = hit.counted
        places = [p for p in range(max(a - 1, hit.left), b) if p in sentence.anchors]
        right = [p for p in places if sentence.anchors[p].cls not in self._never]
        if not right or (not hit.behind and right[-1] >= hit.start):
            return None
        order = right if hit.behind or hit.unit.ratio else right[::-1]
        best = next((p for p in order if sentence.anchors[p].cls not in self._vague), order[0])
        if hit.behind and best < a and sentence.anchors[best].cls in self._vague:
            return None
        return self._one(sentence, best, DIRECT)

    def _hinted(self, sentence: Sentence, hit: Hit) -> About | None:
        """The nearest name before of a class that the unit or the clause's words ask for."""
        words = sentence.text[hit.left : hit.right]
        for subject in self._grammar.subjects:
            if (subject.units and hit.name not in subject.units) or not subject.pattern.search(words):
                continue
            fitting = [p for p in sorted(sentence.anchors) if p < hit.start and sentence.anchors[p].cls in subject.classes]
            if fitting:
                since = max((m.end() for m in self._grammar["semicolon"].finditer(sentence.text, 0, hit.start)), default=0)
                near = [p for p in fitting if p >= since] or fitting
                lead = None if subject.nearest else next(iter(self._candidates(sentence, since, hit.start)), None)
                return self._one(sentence, lead if lead in near and lead is not None else near[-1], HINTED)
        return None

    def _topic(self, sentence: Sentence, hit: Hit, topic: Topic, besides: Set[str]) -> About | None:
        """Who acts in the clause, else since the semicolon, else in the sentence, else in the sentence before."""
        since = max((m.end() for m in self._grammar["semicolon"].finditer(sentence.text, 0, hit.start)), default=0)
        for left in dict.fromkeys((hit.left, since, 0)):
            places = [p for p in self._candidates(sentence, left, hit.start) if sentence.anchors[p].entity not in besides]
            if left != hit.left:
                places = [p for p in places if sentence.anchors[p].cls not in self._grammar.near]
            if places:
                return self._together(sentence, places[0])
        vague = [p for p in sorted(sentence.anchors) if p < hit.start and sentence.anchors[p].cls in self._vague]
        if vague:
            return self._one(sentence, vague[0], CARRIED)
        own = hit.counted[0] < hit.counted[1] and hit.counted[0] == hit.left  # the clause has a subject: what is counted
        if topic.anchor and topic.paragraph == sentence.paragraph and not own:
            return About((topic.anchor.entity,), CARRIED, None, topic.anchor.cls)
        places = [p for p, a in sorted(sentence.anchors.items()) if p < hit.start and a.cls not in self._never and a.entity not in besides]
        return self._one(sentence, places[-1], CARRIED) if places else None

    def _candidates(self, sentence: Sentence, left: int, right: int) -> list[int]:
        """Names that something may be said of: no fields or persons, no mere companions, offices and places only if nothing else."""
        places = [p for p in sorted(sentence.anchors) if left <= p < right and sentence.anchors[p].cls not in self._never | self._vague]
        text = sentence.text
        leading = [p for p in places if not self._grammar["companion"].search(text, max(left, p - 4), p)]
        heads = [p for p in leading[1:] if self._grammar["headed"].search(text, p - 1, p)]
        if heads and not self._grammar["clause"].search(text, leading[0], heads[0]):
            return [heads[0], *(p for p in leading if p != heads[0])]
        return leading or ([] if len(places) > 1 else places)

    def _together(self, sentence: Sentence, place: int) -> About:
        """The name at `place` and those joined to it."""
        entities = [sentence.anchors[place].entity]
        while place + 2 in sentence.anchors and self._grammar["joined"].fullmatch(sentence.text[place + 1]):
            place += 2
            entities.append(sentence.anchors[place].entity)
        first = place - 2 * (len(entities) - 1)
        return About(tuple(dict.fromkeys(entities)), TOPIC, first, sentence.anchors[first].cls)

    def _one(self, sentence: Sentence, place: int, confidence: float) -> About:
        anchor = sentence.anchors[place]
        return About((anchor.entity,), confidence, place, anchor.cls)

    def _listed(self, sentence: Sentence, hit: Hit, said: Said) -> About | None:
        """The members that a list before the number names, and what the statements of that list join them to."""
        if hit.unit.ratio or hit.unit.money or hit.role != "alone":
            return None
        match = self._grammar["members-list"].search(sentence.text, hit.left, hit.until)
        if not match:
            return None
        places = [p for p in range(match.start("list"), match.end("list")) if p in sentence.anchors]
        named = tuple(dict.fromkeys(sentence.anchors[p].entity for p in places))
        if not match["etc"] and (match["kind"] or hit.value != str(len(named)) or len(named) < 2):
            return None
        joined: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for statement in said.covering(sentence.starts[hit.start]):
            for member, other in ((statement.subject, statement.object), (statement.object, statement.subject)):
                if member in named and other not in named:
                    joined.setdefault((statement.predicate, other), []).append((member, statement.id))
        if not joined:
            return About((), LISTED, places[0], None, named)

        def worth(key: tuple[str, str]) -> tuple[bool, bool, int, bool, tuple[str, str]]:
            cls = said.cls_of.get(key[1])
            return key[0] not in self._memberships, cls == self._field, -len({m for m, _ in joined[key]}), cls in self._vague, key

        predicate, other = min(joined, key=worth)
        ids = tuple(sorted({i for _, i in joined[predicate, other]}))
        return About((other,), LISTED, places[0], said.cls_of.get(other), named, ids, predicate)
