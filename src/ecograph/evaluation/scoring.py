"""What was found in one reply, held against its annotation.

`strict`   same span and same group (the six kinds of organization are one group)
`typed`    same span and same class
`overlap`  same group, and the spans have at least half of their union in common
`relation` same predicate, and both ends known by one of the annotated names
`class`    the same as `typed`, counted by class instead of by group
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import Generic, TypeVar

from ecograph.evaluation.alignment import aligner, form, squeeze, trim
from ecograph.evaluation.gold import Forms, Gold, GoldMention, GoldRelation, group_of
from ecograph.evaluation.rooms import Answer
from ecograph.model import Mention, Statement
from ecograph.ontology import Ontology

DENIED = "denied"  # the status of statements that are listed apart: nobody is asked for what is not so
ALL = "all"  # the row that sums up the others

Tally = Counter[tuple["Verdict", str]]
Same = Callable[["Placed", GoldMention], bool]
G = TypeVar("G", GoldMention, GoldRelation)
F_co = TypeVar("F_co", covariant=True)


class Verdict(Enum):
    """What the annotation says of something found, or of something asked for."""

    RIGHT = auto()
    OPTIONAL = auto()  # annotated as something that one may find
    ASIDE = auto()  # inside a name that was found as well, or beside an optional one: not counted
    WRONG = auto()
    MISSED = auto()


@dataclass(frozen=True, slots=True)
class Figures:
    """How often right, wrong and missed, and the rates that follow, rounded to four digits."""

    tp: int
    fp: int
    fn: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return round(_share(self.tp, self.fp), 4)

    @property
    def recall(self) -> float:
        """The share of what was asked for that was found."""
        return round(_share(self.tp, self.fn), 4)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = _share(self.tp, self.fp), _share(self.tp, self.fn)
        return round(2 * p * r / (p + r), 4) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention in offsets of the gold text, outer marks left out."""

    start: int
    end: int
    group: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class Judged(Generic[F_co]):
    """Something found with the verdict on it."""

    found: F_co
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Score:
    """One reply's tallies by measure, the verdict on each mention and statement, and what was missed.

    Mentions are judged by `typed`: the class counts. `unplaced` counts the mentions whose words the gold text
    doesn't have; they aren't judged.
    """

    name: str
    tallies: Mapping[str, Tally]
    mentions: tuple[Judged[Placed], ...]
    statements: tuple[Judged[Statement], ...]
    missed_mentions: tuple[GoldMention, ...]
    missed_relations: tuple[GoldRelation, ...]
    unplaced: int


@dataclass(frozen=True, slots=True)
class Run:
    """One annotated reply: what was asked for, what was found, and how good that is."""

    gold: Gold
    answer: Answer
    score: Score


def score(answer: Answer, gold: Gold, ontology: Ontology) -> Score:
    """Hold what was found in a reply against its gold."""
    placed, unplaced = place(answer.document.text, answer.mentions, gold, ontology)
    matches = {measure: match(placed, gold.mentions, same) for measure, same in SPANS.items()}
    tallies = {measure: _tally(placed, *matched) for measure, matched in matches.items()}
    statements, missed_relations = relate(answer, gold, ontology)
    said = [(judged.verdict, judged.found.predicate) for judged in statements]
    tallies["relation"] = Counter(said + [(Verdict.MISSED, r.predicate) for r in missed_relations])
    verdicts, missed = matches["typed"]
    tallies["class"] = Counter(
        [(v, p.mention.cls) for p, v in zip(placed, verdicts, strict=True)] + [(Verdict.MISSED, g.cls) for g in missed]
    )
    mentions = tuple(Judged(p, verdict) for p, verdict in zip(placed, verdicts, strict=True))
    return Score(gold.name, tallies, mentions, statements, missed, missed_relations, unplaced)


def figures(tallies: Iterable[Tally]) -> dict[str, Figures]:
    """The sum of tallies: figures for each group or predicate that was right, wrong or missed, and for all."""
    total: Tally = Counter()
    for tally in tallies:
        total.update(tally)
    counted = (Verdict.RIGHT, Verdict.WRONG, Verdict.MISSED)
    rows = sorted({row for verdict, row in total if verdict in counted})
    found = {row: Figures(*(total[verdict, row] for verdict in counted)) for row in rows}
    found[ALL] = Figures(*(sum(n for (v, _), n in total.items() if v is verdict) for verdict in counted))
    return found


def place(text: str, mentions: Sequence[Mention], gold: Gold, ontology: Ontology) -> tuple[tuple[Placed, ...], int]:
    """The mentions in offsets of the gold text, each span and class once, and how many have no place there."""
    squeezed, where = squeeze(text)
    carry = aligner(squeezed, gold.text)
    found: dict[tuple[int, int, str], Placed] = {}
    unplaced = 0
    for m in mentions:
        a, b = trim(squeezed, where[m.start], where[m.end])
        if a >= b:
            continue
        start, last = carry(a), carry(b - 1)
        if start is None or last is None:
            unplaced += 1
        else:
            found[start, last + 1, m.cls] = Placed(start, last + 1, group_of(m.cls, ontology), m)
    return tuple(found.values()), unplaced


def match(found: Sequence[Placed], gold: Sequence[GoldMention], same: Same) -> tuple[tuple[Verdict, ...], tuple[GoldMention, ...]]:
    """The verdict on each mention, and the gold that was asked for and missed. Each gold mention is found once."""
    free = list(gold)
    hits = [_take(free, partial(same, f)) for f in found]
    matched = [hit for hit in hits if hit is not None]
    optional = [g for g in gold if g.optional]
    verdicts = tuple(_verdict(f, hit, matched, optional) for f, hit in zip(found, hits, strict=True))
    return verdicts, tuple(g for g in free if not g.optional)


def relate(answer: Answer, gold: Gold, ontology: Ontology) -> tuple[tuple[Judged[Statement], ...], tuple[GoldRelation, ...]]:
    """The verdict on each statement of an annotated predicate, each claim once, and the relations that were missed."""
    names = {e.iri: frozenset(form(s) for s in (e.label, *e.aliases)) for e in answer.linked.entities}
    claims = {(s.subject, s.predicate, s.object): s for s in reversed(answer.statements) if s.status != DENIED}
    free = list(gold.relations)
    judged = []
    for s in answer.statements:
        if s.predicate not in gold.predicates or claims.get((s.subject, s.predicate, s.object)) is not s:
            continue
        one, other = names.get(s.subject, Forms()), names.get(s.object, Forms())
        symmetric = ontology.predicate(s.predicate).symmetric
        says = partial(_says, s.predicate, one, other, symmetric=symmetric)
        hit = _take(free, says)
        if hit is not None:
            verdict = Verdict.OPTIONAL if hit.optional else Verdict.RIGHT
        else:
            verdict = Verdict.ASIDE if any(says(r) for r in gold.relations) else Verdict.WRONG
        judged.append(Judged(s, verdict))
    return tuple(judged), tuple(r for r in free if not r.optional)


def _tally(placed: Sequence[Placed], verdicts: Sequence[Verdict], missed: Sequence[GoldMention]) -> Tally:
    found = [(verdict, p.group) for p, verdict in zip(placed, verdicts, strict=True)]
    return Counter(found + [(Verdict.MISSED, g.group) for g in missed])


def _share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 0.0


def _take(free: list[G], fits: Callable[[G], bool]) -> G | None:
    """The first that fits, taken out of `free`."""
    index = next((i for i, one in enumerate(free) if fits(one)), None)
    return None if index is None else free.pop(index)


def _verdict(found: Placed, hit: GoldMention | None, matched: Sequence[GoldMention], optional: Sequence[GoldMention]) -> Verdict:
    if hit is not None:
        return Verdict.OPTIONAL if hit.optional else Verdict.RIGHT
    inside = any(m.start <= found.start and found.end <= m.end and m.end - m.start > found.end - found.start for m in matched)
    beside = any(found.start < g.end and g.start < found.end for g in optional)
    return Verdict.ASIDE if inside or beside else Verdict.WRONG


def _says(predicate: str, one: Forms, other: Forms, relation: GoldRelation, *, symmetric: bool) -> bool:
    return relation.predicate == predicate and relation.joins(one, other, symmetric=symmetric)


def _strict(found: Placed, gold: GoldMention) -> bool:
    return (found.start, found.end, found.group) == (gold.start, gold.end, gold.group)


def _typed(found: Placed, gold: GoldMention) -> bool:
    return (found.start, found.end, found.mention.cls) == (gold.start, gold.end, gold.cls)


def _overlap(found: Placed, gold: GoldMention) -> bool:
    common = min(found.end, gold.end) - max(found.start, gold.start)
    union = max(found.end, gold.end) - min(found.start, gold.start)
    return found.group == gold.group and common > 0 and 2 * common >= union


# How spans are compared, and all measures by which a reply's tallies are kept.
SPANS: Mapping[str, Same] = {"strict": _strict, "typed": _typed, "overlap": _overlap}
MEASURES = (*SPANS, "relation", "class")
