"""Leave weights near zero out of a CRFsuite model: they tell next to nothing and make up half of it.

The file, as crf1d_model.c and cqdb.c of CRFsuite 0.12 write it, all numbers little-endian and 32 bits wide but the weights:
a header; the chunk of features (type, source, label, weight); a constant database each for the names of labels and of attributes;
and for each label and each attribute the numbers of its features. A database is a header, 256 references to hash tables, the
records (number, length, name), the tables (hash, place of the record) and the places of the records by number.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HEADER, CHUNK, DATABASE, TABLES = struct.Struct("<4sI4s9I"), struct.Struct("<4s2I"), struct.Struct("<4s5I"), 256
FEATURE, PAIR, NUMBER = struct.Struct("<3Id"), struct.Struct("<2I"), struct.Struct("<I")
STATE = 0  # the type of a feature that joins an attribute to a label; the others join two labels


@dataclass(frozen=True, slots=True)
class Key:
    """A name in a database: its hash, number and the name itself with a zero behind it."""

    hash: int
    number: int
    name: bytes


def prune(path: Path, least: float) -> None:
    """Leave out the weights of attributes below `least`, and the attributes that have no others."""
    data = path.read_bytes()
    head = list(HEADER.unpack_from(data))
    features_at, labels_at, attributes_at, label_refs_at, attribute_refs_at = head[7:12]
    features = [FEATURE.unpack_from(data, features_at + CHUNK.size + n * FEATURE.size) for n in range(_count(data, features_at))]
    numbers: dict[int, int] = {}  # of kept features, by their old ones
    for old, (kind, _, _, weight) in enumerate(features):
        if kind != STATE or abs(weight) >= least:
            numbers[old] = len(numbers)
    refs = [[numbers[n] for n in of or () if n in numbers] for of in _references(data, attribute_refs_at)]
    label_refs = [of and [numbers[n] for n in of] for of in _references(data, label_refs_at)]
    kept = {old: new for new, old in enumerate(old for old, of in enumerate(refs) if of)}
    keys = sorted((Key(k.hash, kept[k.number], k.name) for k in _keys(data, attributes_at) if k.number in kept), key=lambda k: k.number)
    rows = [
        (kind, kept[source] if kind == STATE else source, label, weight)
        for kind, source, label, weight in map(features.__getitem__, numbers)
    ]
    chunks = [
        CHUNK.pack(b"FEAT", CHUNK.size + len(rows) * FEATURE.size, len(rows)) + b"".join(FEATURE.pack(*row) for row in rows),
        data[labels_at:attributes_at],
        _database(keys),
    ]
    starts = [features_at]
    for chunk in chunks:
        starts.append(starts[-1] + len(chunk))
    for name, of in ((b"LFRF", label_refs), (b"AFRF", [refs[old] for old in kept])):
        chunks.append(_referring(name, of, starts[-1]))
        starts.append(starts[-1] + len(chunks[-1]))
    head[1], head[6], head[7:12] = starts[-1], len(kept), starts[:5]
    path.write_bytes(HEADER.pack(*head) + b"".join(chunks))


def _count(data: bytes, at: int) -> int:
    return int(CHUNK.unpack_from(data, at)[2])


def _references(data: bytes, at: int) -> list[tuple[int, ...] | None]:
    """For each label or attribute the numbers of its features; None for the places that are kept free for labels."""
    places = struct.unpack_from(f"<{_count(data, at)}I", data, at + CHUNK.size)
    return [struct.unpack_from(f"<{NUMBER.unpack_from(data, place)[0]}I", data, place + NUMBER.size) if place else None for place in places]


def _referring(name: bytes, references: Sequence[Sequence[int] | None], start: int) -> bytes:
    at = start + CHUNK.size + NUMBER.size * len(references)
    places, rows = [], []
    for of in references:
        places.append(at if of is not None else 0)
        if of is None:
            continue
        rows.append(struct.pack(f"<{len(of) + 1}I", len(of), *of))
        at += len(rows[-1])
    return CHUNK.pack(name, at - start, len(references)) + struct.pack(f"<{len(places)}I", *places) + b"".join(rows)


def _keys(data: bytes, start: int) -> list[Key]:
    """The names of a database, in no order."""
    found = []
    for table in range(TABLES):
        at, count = PAIR.unpack_from(data, start + DATABASE.size + table * PAIR.size)
        for bucket in range(count):
            hash_, place = PAIR.unpack_from(data, start + at + bucket * PAIR.size)
            if place:
                number, length = PAIR.unpack_from(data, start + place)
                name = start + place + PAIR.size
                found.append(Key(hash_, number, data[name : name + length]))
    return found


def _database(keys: list[Key]) -> bytes:
    """A database of the names, by number from 0 on."""
    at = DATABASE.size + TABLES * PAIR.size
    records, places = [], []
    tables: list[list[tuple[int, int]]] = [[] for _ in range(TABLES)]
    for key in keys:
        places.append(at)
        tables[key.hash % TABLES].append((key.hash, at))
        records.append(PAIR.pack(key.number, len(key.name)) + key.name)
        at += len(records[-1])
    references, buckets = [], []
    for entries in tables:
        size = 2 * len(entries)
        table = [(0, 0)] * size
        for hash_, place in entries:
            slot = (hash_ >> 8) % size
            while table[slot][1]:
                slot = (slot + 1) % size
            table[slot] = (hash_, place)
        references.append(PAIR.pack(at if size else 0, size))
        buckets += [PAIR.pack(*bucket) for bucket in table]
        at += size * PAIR.size
    back = struct.pack(f"<{len(places)}I", *places)
    head = DATABASE.pack(b"CQDB", at + len(back), 0, 0x62445371, len(places), at)
    return _aligned(head + b"".join([*references, *records, *buckets]) + back)


def _aligned(chunk: bytes) -> bytes:
    return chunk + bytes(-len(chunk) % NUMBER.size)
