"""One thing's values over the years, from several replies: side by side, never summed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ecograph.across import Identity
from ecograph.extraction import Extraction, Quantity, Roll
from ecograph.measuring.hits import FROM

YEAR = 4
DENIED, PLANNED = "denied", "planned"


@dataclass(frozen=True, slots=True)
class Value:
    """A quantity in its year: the one its words give, else that of the reply; "" for what something grew from.

    `observed` is the reply's date.
    """

    quantity: Quantity
    year: str
    observed: str


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one measure of one thing (a canonical IRI), in the order of years; what is planned stands apart.

    `counted` are the words for it in the first of them, `unit` is that of all.
    """

    subject: str
    measure: str
    counted: str
    unit: str
    done: tuple[Value, ...]
    planned: tuple[Value, ...]


Key = tuple[str, str, str]


def series(extractions: Sequence[Extraction | Roll], identity: Identity) -> tuple[Series, ...]:
    """Every measure of every thing, sorted; a function of the set of replies, not of their order.

    A thing is what `identity` makes one: a policy and its successor are two. Shares and growths are measures of their own.
    Where one reply gives two values for the same words and year (projects of one kind and of another), the words
    say too little: these values are left out.
    """
    groups: dict[Key, list[Value]] = {}
    for extraction in sorted(extractions, key=lambda e: e.document.id):
        for key, values in _of_one(extraction, identity).items():
            groups.setdefault(key, []).extend(values)
    return tuple(_series(key, groups[key]) for key in sorted(groups))


def _of_one(extraction: Extraction | Roll, identity: Identity) -> Mapping[Key, list[Value]]:
    document = extraction.document
    observed = document.header.date.value if document.header.date else ""
    groups: dict[Key, list[Value]] = {}
    for quantity in extraction.quantities:
        if quantity.measure and quantity.about and quantity.status != DENIED:
            key = identity.of(document.id, quantity.about[0]), quantity.measure, quantity.unit
            groups.setdefault(key, []).append(Value(quantity, _year(quantity, observed), observed))
    return {key: kept for key, values in groups.items() if (kept := list(_consistent(values)))}


def _year(quantity: Quantity, observed: str) -> str:
    if quantity.rule.endswith(f".{FROM}"):
        return ""
    time = quantity.time or ""
    return (observed if time.endswith("/") or not time else time.rsplit("/", 1)[-1])[:YEAR]


def _consistent(values: Sequence[Value]) -> Iterator[Value]:
    """The values without those that contradict each other, each said once."""
    said: dict[tuple[str, str], dict[str, Value]] = {}
    for value in values:
        planned = PLANNED if value.quantity.status == PLANNED else ""
        said.setdefault((value.year, planned), {}).setdefault(f"{value.quantity.bound} {value.quantity.value}", value)
    for same in said.values():
        if len(same) == 1:
            yield from same.values()


def _series(key: Key, values: Iterable[Value]) -> Series:
    ordered = sorted(values, key=lambda v: (v.year, v.observed, v.quantity.document, v.quantity.id))
    done = tuple(v for v in ordered if v.quantity.status != PLANNED)
    planned = tuple(v for v in ordered if v.quantity.status == PLANNED)
    return Series(key[0], key[1], ordered[0].quantity.counted, key[2], done, planned)
