"""One reply's Extraction as JSON and back, exactly: rooms that look at many replies need not read any again.

A JSON object of two arrays: `names` holds every string once, `told` the values as arrays of their fields in the order
of the dataclass, each string as its number in `names`. What a field holds is told by the dataclasses' own annotations, so
a field that is added there is kept here without a change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from sys import intern
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from ecograph.commitments.places import Account
from ecograph.extraction import Extraction, Roll
from ecograph.model import Linked, Mention

Names = list[str]
Decoder = Callable[[Any, Names], Any]
PLAIN = (int, float, bool, NoneType)
NAME = 200  # longer strings are texts and quotes, which no other reply shares


@dataclass(frozen=True, slots=True)
class Reply:
    """What one reply says, and its part of the ledger of commitments (None where it has no date or no jurisdiction)."""

    extraction: Extraction
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """An extraction without its `Linked.entity_of`, which stands as one IRI for each mention, and its part of the ledger.

    `others` are mentions that linking knows and the extraction doesn't list.
    """

    extraction: Extraction
    entity_of: tuple[str | None, ...]
    others: tuple[tuple[Mention, str], ...]
    account: Account | None


@dataclass(frozen=True, slots=True)
class KeptRoll:
    """A roll in the same form."""

    roll: Roll
    entity_of: tuple[str | None, ...]
    others: tuple[tuple[Mention, str], ...]


def dumps(reply: Reply) -> bytes:
    """The reply as JSON in UTF-8; the same bytes for the same values in the same order."""
    extraction = reply.extraction
    bare = replace(extraction, linked=replace(extraction.linked, entity_of={}))
    return _written(Kept(bare, *_entities(extraction.linked, extraction.mentions), reply.account))


def loads(content: bytes) -> Reply:
    """What `dumps` wrote. Strings that replies share, such as IRIs, are held once in memory."""
    kept: Kept = _read(Kept, content)
    return Reply(replace(kept.extraction, linked=_linked(kept.extraction, kept)), kept.account)


def dumps_roll(roll: Roll) -> bytes:
    """A roll as JSON in UTF-8."""
    bare = replace(roll, linked=replace(roll.linked, entity_of={}))
    return _written(KeptRoll(bare, *_entities(roll.linked, roll.mentions)))


def loads_roll(content: bytes) -> Roll:
    """What `dumps_roll` wrote."""
    kept: KeptRoll = _read(KeptRoll, content)
    return replace(kept.roll, linked=_linked(kept.roll, kept))


def _entities(linked: Linked, mentions: tuple[Mention, ...]) -> tuple[tuple[str | None, ...], tuple[tuple[Mention, str], ...]]:
    """The IRI of each mention, and the mentions that linking knows beside these."""
    known = set(mentions)
    others = tuple((mention, iri) for mention, iri in linked.entity_of.items() if mention not in known)
    return tuple(linked.entity_of.get(m) for m in mentions), others


def _linked(bare: Extraction | Roll, kept: Kept | KeptRoll) -> Linked:
    entity_of = {m: iri for m, iri in zip(bare.mentions, kept.entity_of, strict=True) if iri is not None}
    return replace(bare.linked, entity_of={**entity_of, **dict(kept.others)})


def _written(kept: Kept | KeptRoll) -> bytes:
    numbers: dict[str, int] = {}
    told = _encoded(kept, numbers)
    text = json.dumps({"names": list(numbers), "told": told}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _read(kind: Any, content: bytes) -> Any:
    json_ = json.loads(content)
    names = [intern(name) if len(name) < NAME else name for name in json_["names"]]
    return _decoder(kind)(json_["told"], names)


def _encoded(value: Any, numbers: dict[str, int]) -> Any:
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, str | Decimal):
        return numbers.setdefault(str(value), len(numbers))
    return [_encoded(part, numbers) for part in _parts(value)]


def _parts(value: Any) -> Iterable[Any]:
    """What a value consists of, in a fixed order."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, Mapping):
        return value.items()
    if isinstance(value, frozenset):
        return sorted(value)
    kind: Any = type(value)
    return [getattr(value, name) for name in _fields(kind)]


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _decoder(hint: Any) -> Decoder:
    """What turns a JSON value into one of that type."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    if is_dataclass(hint):
        return _made(hint)
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _one_of([part for part in parts if part is not NoneType])
    if origin is tuple:
        return _several(parts)
    if origin is frozenset:
        return _listed(_decoder(parts[0]), frozenset)
    if origin is Mapping:
        return _listed(_several(parts), dict)
    raise TypeError(f"an extraction has a field of a kind that can't be kept: {hint}")


def _name(value: Any, names: Names) -> Any:
    return names[value]


def _itself(value: Any, _: Names) -> Any:
    return value


def _decimal(value: Any, names: Names) -> Any:
    return Decimal(names[value])


SIMPLE: Mapping[Any, Decoder] = {str: _name, Decimal: _decimal, **dict.fromkeys(PLAIN, _itself)}


def _one_of(parts: Iterable[Any]) -> Decoder:
    """A value or None."""
    [part] = parts
    decode = _decoder(part)
    return lambda value, names: None if value is None else decode(value, names)


def _several(parts: tuple[Any, ...]) -> Decoder:
    if parts[-1] is Ellipsis:
        return _listed(_decoder(parts[0]), tuple)
    decoders = [_decoder(part) for part in parts]
    if all(decode is _itself for decode in decoders):
        return lambda value, _: tuple(value)
    return lambda value, names: tuple([decode(part, names) for decode, part in zip(decoders, value, strict=True)])


def _listed(decode: Decoder, kind: Callable[[Any], Any]) -> Decoder:
    if decode is _itself:
        return lambda value, _: kind(value)
    if decode is _name:
        return lambda value, names: kind([names[n] for n in value])
    return lambda value, names: kind([decode(part, names) for part in value])


def _made(kind: Any) -> Decoder:
    """A value of a dataclass. Its strings are looked up here: a call for each would take half of the time."""
    hints = get_type_hints(kind)
    decoders = [(n, _decoder(hints[name])) for n, name in enumerate(_fields(kind))]
    strings = [n for n, decode in decoders if decode is _name]
    others = [(n, decode) for n, decode in decoders if decode is not _name and decode is not _itself]

    def make(value: Any, names: Names) -> Any:
        for n in strings:
            value[n] = names[value[n]]
        for n, decode in others:
            value[n] = decode(value[n], names)
        return kind(*value)

    return make
