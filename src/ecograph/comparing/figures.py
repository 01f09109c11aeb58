"""Numbers that moved: the latest figure of one measure of one thing on either side, what was so apart from what was intended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ecograph.changes import Figure, FigureChange, Thing
from ecograph.comparing.aligning import Alignment
from ecograph.comparing.state import Answers, State, local
from ecograph.ontology import Ontology

# What is measured: of which things, what, in which unit, and whether it is a fact or an intention.
Measure = tuple[tuple[str, ...], str, str, bool]


@dataclass(frozen=True, slots=True)
class _Value:
    """One figure with its place in time: its year, then its reply's date and name, then where it stands there."""

    place: tuple[str, str, str, int]
    figure: Figure
    counted: str


@dataclass(slots=True)
class _Quantity:
    """A quantity as the rows tell it: one row for each thing that it is said of."""

    row: Mapping[str, str]
    things: set[str]
    subjects: set[str]


def figure_changes(
    answers: tuple[Answers, Answers], states: tuple[State, State], alignment: Alignment, ontology: Ontology
) -> tuple[FigureChange, ...]:
    """The measures whose latest figure has another value on the new side; numbers of one side only have not moved."""
    told = [_quantities(asked) for asked in answers]
    series = {iri: frozenset(map(alignment.of, q.subjects)) for quantities in told for iri, q in quantities.items() if q.subjects}
    old, new = (_latest(quantities, state, series, alignment, ontology) for quantities, state in zip(told, states, strict=True))
    found = []
    for measure in sorted(old.keys() & new.keys()):
        before, after = old[measure], new[measure]
        if before.figure.value != after.figure.value:
            found.append(FigureChange(after.counted or measure[1], _subject(measure, states), measure[2], before.figure, after.figure))
    return tuple(found)


def _quantities(answers: Answers) -> dict[str, _Quantity]:
    found: dict[str, _Quantity] = {}
    for row in sorted(answers.rows("quantities"), key=lambda row: sorted(row.items())):
        quantity = found.setdefault(row["quantity"], _Quantity(row, set(), set()))
        if "thing" in row:
            quantity.things.add(row["thing"])
        if "subject" in row:
            quantity.subjects.add(row["subject"])
    return found


def _latest(
    quantities: Mapping[str, _Quantity], state: State, series: Mapping[str, frozenset[str]], alignment: Alignment, ontology: Ontology
) -> dict[Measure, _Value]:
    """The last value of each measure. A number without a measure is compared with none."""
    found: dict[Measure, list[_Value]] = defaultdict(list)
    for iri, quantity in quantities.items():
        row = quantity.row
        words, figure, status = state.words(row["passage"]), state.words(row["figure"]), local(row["status"])
        name = row.get("measure") or row.get("counted", "")
        if words is None or figure is None or not name or status not in ontology.statuses:
            continue
        things = tuple(sorted(series.get(iri) or map(alignment.of, quantity.things)))
        year = row.get("year") or row.get("time", "").rsplit("/", 1)[-1][:4] or words.date[:4]
        place = (year, words.date, words.reply, state.start(row["figure"]))
        value = Figure(row["value"], figure.quote, row.get("time") or row.get("year", ""), status, (words,))
        found[things, name, row.get("unit", ""), ontology.statuses[status]].append(_Value(place, value, row.get("counted", "")))
    return {measure: max(values, key=lambda v: (v.place, v.figure.value)) for measure, values in found.items()}


def _subject(measure: Measure, states: tuple[State, State]) -> Thing | None:
    old, new = states
    iri = next((i for i in measure[0] if i in new.things or i in old.things), None)
    return None if iri is None else (new if iri in new.things else old).thing(iri)
