"""What of a sentence is stated in the end: the rules' claims and all other pairs, as the ranker judges them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ecograph.ontology import Ontology
from ecograph.relating.claims import Claim
from ecograph.relating.columns import Column, Columns
from ecograph.relating.hints import Case, Hints
from ecograph.relating.pairs import Pair
from ecograph.relating.ranker import RULE, Ranker, Scores

SUREST = 0.99
Chosen = list[tuple[int, float]]  # columns with the chance of a yes


class Reviewer:
    """Judges cases. What the model can't judge (a class or predicate that it never saw) the rules decide alone."""

    def __init__(self, ontology: Ontology, ranker: Ranker) -> None:
        self._ranker = ranker
        known = {column.name: ranker.number(column.name) for column in Columns(ontology).all}
        self.columns = Columns(ontology, {j for j in ranker.joined if known.keys() & _names(j[1])})
        self._number = [known[column.name] for column in self.columns.all]
        self._hinted: dict[tuple[str, ...], Scores] = {}

    def claims(self, cases: Iterator[Case], hints: Hints, founded: Sequence[Claim]) -> Iterator[Claim]:
        """The claims that stand, their strength the model's probability."""
        asked: set[tuple[str, str, str]] = set()
        pair: Pair | None = None
        base: Scores | None = None
        judged: dict[tuple[str, ...], Chosen] = {}
        for case in cases:
            if case.pair is not pair or base is None:
                pair, base, judged = case.pair, self._ranker.score(case.pair.features), {}
            if case.hints not in judged:
                judged[case.hints] = self._chosen(case, base)
            for number, chance in judged[case.hints]:
                column = self.columns.all[number]
                claim = self._claim(case, column, hints, chance)
                if claim:
                    yield claim
            for number in self.columns.allowed(case.one.cls, case.other.cls) if hints.joined(case.one.entity, case.other.entity) else ():
                one, predicate, other = self.columns.all[number].ends(case)
                asked.add((one.entity, predicate, other.entity))
        for claim in founded:
            if (claim.subject, claim.predicate, claim.object) not in asked and (claim.object, claim.predicate, claim.subject) not in asked:
                yield claim

    def _chosen(self, case: Case, base: Scores) -> Chosen:
        """The columns that may be stated of cases with these features."""
        if case.hints not in self._hinted:
            self._hinted[case.hints] = self._ranker.score(case.hints)
        chances = self._ranker.chances(base, self._hinted[case.hints])
        least = min(self._ranker.keep, self._ranker.add)
        numbers = self.columns.allowed(case.one.cls, case.other.cls)
        return [(n, chances[at]) for n in numbers if (at := self._number[n]) is not None and chances[at] >= least]

    def _claim(self, case: Case, column: Column, hints: Hints, chance: float) -> Claim | None:
        one, predicate, other = column.ends(case)
        said = hints.founded(one.entity, predicate, other.entity)
        if said:
            best = max(said, key=lambda c: (c.strength, -c.start, c.end, c.rule))
            return replace(best, strength=min(chance, SUREST)) if chance >= self._ranker.keep else None
        if chance < self._ranker.add:
            return None
        rule = f"{RULE}.{predicate}"
        return Claim(one, predicate, other, rule, case.pair.start, case.pair.end, strength=min(chance, SUREST))


def _names(predicate: str) -> set[str]:
    return {Column(predicate, back).name for back in (False, True)}
