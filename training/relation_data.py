"""The annotated texts as pairs with right answers, for train_relations.py."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any

from corpus import Sources

from ecograph.evaluation.alignment import form, squeeze
from ecograph.linking import Linker
from ecograph.model import Document, Linked, Mention
from ecograph.ontology import Ontology
from ecograph.reading import Reader
from ecograph.relating import Relater
from ecograph.relating.claims import Claim
from ecograph.relating.columns import Columns
from ecograph.relating.ranker import RULE

Triple = tuple[str, str, str]
DENIED = "denied"
RIGHT, WRONG, OPEN = 1, 0, -1  # OPEN: optional, or said by other words than these


@dataclass(frozen=True, slots=True)
class Example:
    """A document with the mentions to relate, and its relations as the annotation gives them."""

    name: str
    family: str
    document: Document
    mentions: tuple[Mention, ...]
    linked: Linked
    gold: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """What the ranker sees of two anchors, and what it may be asked: `columns`, whether rules say so, the answers.

    `triples` holds for each pair of anchors that looks so what an answer yes would state, column by column.
    """

    features: tuple[str, ...]
    columns: tuple[int, ...]
    ruled: tuple[bool, ...]
    answers: tuple[int, ...]
    triples: list[tuple[Triple, ...]]
    signature: str

    @property
    def weight(self) -> float:
        """How much it counts: the members of a long list say little new."""
        return float(len(self.triples) ** 0.5)


def load(ontology: Ontology, sources: Sources) -> list[Example]:
    """Every annotated text with its own mentions, the gold ones first."""
    reader, linker, told = Reader(ontology), Linker(ontology), sources.golds()
    examples: list[Example] = []
    for text in sources.read(reader):
        spans = sorted((*text.asked, *text.optional), key=lambda s: (s[0], -s[1], s[2]))
        mentions = tuple(Mention(a, b, cls, "annotated", 1.0) for a, b, cls in spans)
        examples.append(Example(text.name, text.family, text.document, mentions, linker.link(text.document, mentions), told[text.name]))
    return examples


class Answers:
    """The relations of one annotated text, asked for by the IRIs that its names were linked to."""

    def __init__(self, example: Example, symmetric: set[str]) -> None:
        names: dict[str, set[str]] = defaultdict(set)
        for entity in example.linked.entities:
            for label in (entity.label, *entity.aliases):
                names[form(label)].add(entity.iri)
        ends = {e["id"]: {iri for s in (e["name"], *e["surfaces"]) for iri in names.get(form(s), ())} for e in example.gold["entities"]}
        self._said: dict[Triple, list[tuple[int, int, bool]]] = defaultdict(list)
        for relation in (*example.gold["relations"], *({**r, "optional": True} for r in example.gold.get("denied", ()))):
            start = relation.get("start", -1)
            span = (start, start + len(relation["evidence"])) if start >= 0 else (0, 10**9)
            for one in ends.get(relation["subject"], ()):
                for other in ends.get(relation["object"], ()):
                    p = relation["predicate"]
                    for triple in {(one, p, other), (other, p, one) if p in symmetric else (one, p, other)}:
                        self._said[triple].append((*span, bool(relation.get("optional"))))
        self._places = squeeze(example.document.text)[1]

    def of(self, triple: Triple, start: int, end: int) -> int:
        """Whether the stretch of the document says it."""
        said = self._said.get(triple)
        if not said:
            return WRONG
        a, b = self._places[start], self._places[end]
        if any(not optional and left < b and a < right for left, right, optional in said):
            return RIGHT
        return OPEN


def classes_joined(examples: Iterable[Example]) -> Counter[tuple[str, str, str]]:
    """How often each predicate joins each two classes."""
    found: Counter[tuple[str, str, str]] = Counter()
    for example in examples:
        cls = {e["id"]: e["type"] for e in example.gold["entities"]}
        found.update((cls[r["subject"]], r["predicate"], cls[r["object"]]) for r in example.gold["relations"])
    return found


def rows(example: Example, relater: Relater, columns: Columns, symmetric: set[str], worth: Set[str] | None = None) -> Iterator[Row]:
    """All pairs of one text that could be stated, and not as denied."""
    answers = Answers(example, symmetric)
    for sentence, cases, hints in relater.cases(example.document, example.mentions, example.linked, columns, worth):
        start, end = sentence.span(0, len(sentence.marked))
        same: dict[tuple[object, ...], Row] = {}
        for case in cases:
            asked: list[tuple[int, Triple, bool]] = []
            for number in columns.allowed(case.one.cls, case.other.cls):
                one, predicate, other = columns.all[number].ends(case)
                claim = Claim(one, predicate, other, RULE, case.pair.start, case.pair.end)
                if relater.status(claim, sentence, example.document) not in (None, DENIED):
                    triple = one.entity, predicate, other.entity
                    asked.append((number, triple, bool(hints.founded(*triple))))
            if asked:
                right = tuple(answers.of(triple, start, end) for _, triple, _ in asked)
                numbers, ruled = tuple(number for number, _, _ in asked), tuple(said for _, _, said in asked)
                key = case.pair.features, case.hints, numbers, right
                if key not in same:
                    same[key] = Row((*case.pair.features, *case.hints), numbers, ruled, right, [], case.pair.blocks[-1][0])
                same[key].triples.append(tuple(triple for _, triple, _ in asked))
        yield from same.values()
