"""The questions that the ranker answers of a pair: each predicate, with the subject first or second."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from ecograph.ontology import Ontology
from ecograph.relating.hints import AHEAD, BACK, Case
from ecograph.relating.marking import Anchor


@dataclass(frozen=True, slots=True)
class Column:
    """One question: whether the predicate joins the first to the second (`back`: the second to the first)."""

    predicate: str
    back: bool

    @property
    def name(self) -> str:
        """What the model's file calls it."""
        return self.predicate + (BACK if self.back else AHEAD)

    def ends(self, case: Case) -> tuple[Anchor, str, Anchor]:
        """Subject, predicate and object, if the answer for this case is yes."""
        return (case.other, self.predicate, case.one) if self.back else (case.one, self.predicate, case.other)


class Columns:
    """All questions in order; a symmetric predicate is asked ahead only.

    With `joined` only of classes of which (subject's, predicate, object's) is known to have been right.
    """

    def __init__(self, ontology: Ontology, joined: Set[tuple[str, str, str]] | None = None) -> None:
        self._ontology = ontology
        self._joined = joined
        self.all = tuple(
            Column(name, back) for name, p in sorted(ontology.predicates.items()) for back in (False, True) if not (back and p.symmetric)
        )
        self._allowed: dict[tuple[str, str], tuple[int, ...]] = {}

    def allowed(self, one: str, other: str) -> tuple[int, ...]:
        """The numbers of the questions that domains and ranges allow for these two classes, in this order."""
        known = self._allowed.get((one, other))
        if known is None:
            known = self._allowed[one, other] = tuple(n for n, c in enumerate(self.all) if self._fits(c, one, other))
        return known

    def _fits(self, column: Column, one: str, other: str) -> bool:
        straight, reverse = self._may(one, column.predicate, other), self._may(other, column.predicate, one)
        symmetric = self._ontology.predicate(column.predicate).symmetric
        return straight or reverse if symmetric else reverse if column.back else straight

    def _may(self, subject: str, predicate: str, obj: str) -> bool:
        known = self._joined is None or (subject, predicate, obj) in self._joined
        return known and self._ontology.allows(predicate, subject, obj)
