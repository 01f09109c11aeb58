"""What of a sentence is stated in the end: the rules' claims and all other pairs, as the ranker judges them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ecograph.ontology import Ontology
from ecograph.relating.claims import Claim
from ecograph.relating.columns import Column, Columns
from ecograph.relating.hints import SILENT, Case, Hints
from ecograph.relating.pairs import Pair
from ecograph.relating.ranker import RULE, Ranker, Scores

SUREST = 0.99
Chosen = list[tuple[int, float]]  # columns with the chance of a yes


class Reviewer:
    """Judges cases. What the model can't judge (a class or predicate that it never saw) the rules decide alone."""

    def __init__(self, ontology: Ontology, ranker: Ranker) -> None:
        self._ranker = ranker
        self.worth = ranker.worth
        known = {column.name: ranker.number(column.name) for column in Columns(ontology).all}
        self.columns = Columns(ontology, {j for j in ranker.joined if known.keys() & _names(j[1])})
        self._number = [known[column.name] for column in self.columns.all]
        least = min(ranker.keep, ranker.add)
        self._least = math.log(least / (1 - least))

    def claims(self, cases: Iterator[Case], hints: Hints, founded: Sequence[Claim]) -> Iterator[Claim]:
        """The claims that stand, their strength the model's probability."""
        asked: set[tuple[str, str, str]] = set()
        pair: Pair | None = None
        base = self._ranker.bias
        judged: dict[tuple[str, ...], Chosen] = {}
        held = list(cases)
        sums = self._sums(held)
        for case in held:
            if case.pair is not pair:
                pair, judged = case.pair, {}
                *shared, own = pair.blocks
                base = sums[own] + self._ranker.bias
                for block in shared:
                    base = base + sums[block]
            if case.hints not in judged:
                judged[case.hints] = self._chosen(case, base + sums[case.hints])
            for number, chance in judged[case.hints]:
                column = self.columns.all[number]
                claim = self._claim(case, column, hints, chance)
                if claim:
                    yield claim
            if case.hints != SILENT and hints.joined(case.one.entity, case.other.entity):
                asked.update(self._asked(case))
        for claim in founded:
            if (claim.subject, claim.predicate, claim.object) not in asked and (claim.object, claim.predicate, claim.subject) not in asked:
                yield claim

    def _asked(self, case: Case) -> Iterator[tuple[str, str, str]]:
        for number in self.columns.allowed(case.one.cls, case.other.cls):
            one, predicate, other = self.columns.all[number].ends(case)
            if self._number[number] is not None:
                yield one.entity, predicate, other.entity

    def _sums(self, cases: Sequence[Case]) -> Mapping[tuple[str, ...], Scores]:
        """The score of each block of features for each question: each once, though it comes again in other cases."""
        blocks: dict[tuple[str, ...], None] = {}
        pair: Pair | None = None
        for case in cases:
            if case.pair is not pair:
                pair = case.pair
                blocks.update(dict.fromkeys(pair.blocks))
            blocks[case.hints] = None
        return dict(zip(blocks, self._ranker.scores(list(blocks)), strict=True)) if blocks else {}

    def _chosen(self, case: Case, scores: Scores) -> Chosen:
        """The columns that may be stated of cases with these scores."""
        numbers = self.columns.allowed(case.one.cls, case.other.cls)
        asked = ((n, float(scores[at])) for n in numbers if (at := self._number[n]) is not None)
        return [(n, self._ranker.chance(score)) for n, score in asked if score >= self._least]

    def _claim(self, case: Case, column: Column, hints: Hints, chance: float) -> Claim | None:
        one, predicate, other = column.ends(case)
        sure = min(one.confidence, other.confidence)
        said = hints.founded(one.entity, predicate, other.entity)
        if chance * sure < (self._ranker.keep if said else self._ranker.add):
            return None
        strength = min(self._ranker.confidence(chance * sure) / sure, SUREST)
        if said:
            return replace(max(said, key=lambda c: (c.strength, -c.start, c.end, c.rule)), strength=strength)
        return Claim(one, predicate, other, f"{RULE}.{predicate}", case.pair.start, case.pair.end, strength=strength)


def _names(predicate: str) -> set[str]:
    return {Column(predicate, back).name for back in (False, True)}
