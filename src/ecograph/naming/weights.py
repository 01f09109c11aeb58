"""The weights in a CRFsuite model's file, as arrays.

The file, as crf1d_model.c and cqdb.c of CRFsuite 0.12 write it, has numbers that are little-endian and 32 bits wide, but for the weights:
a header; the chunk of features (type, source, label, weight); a constant database each for the names of labels and of attributes. A
database is a header, 256 references to hash tables, the records (number, length, name), the tables, and the places of the records by
number.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ecograph.naming.features import Pieced, Seeing
from ecograph.naming.hashing import Hashes, Numbers, Pieces, Table, hashes, prefixed

_HEADER, _CHUNK, _DATABASE, _RECORD = struct.Struct("<4sI4s9I"), struct.Struct("<4s2I"), struct.Struct("<4s5I"), struct.Struct("<2I")
_FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("label", "<u4"), ("weight", "<f8")])
_STATE = 0  # the kind of a feature that joins an attribute to a label; the others join two labels

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear-chain model.

    `transitions` has a row for each label and a column for each that may follow, `states` a row for each of `attributes` and one more, all
    zeros, for those that aren't among them.
    """

    labels: Sequence[str]
    attributes: Sequence[str]
    transitions: Floats
    states: Floats


class Scorer:
    """Weights by the hashes of the attributes."""

    def __init__(self, weights: Weights) -> None:
        self._states = weights.states
        self._table = Table(weights.attributes)

    def score(self, seeing: Seeing) -> Floats:
        """For each character, in rows, what its features tell for each label."""
        scores = np.zeros((seeing.size, self._states.shape[1]))
        weights = np.empty_like(scores)
        for numbers in self._numbers(seeing):
            scores += self._states.take(numbers, axis=0, out=weights, mode="clip")
        if seeing.more:
            more = sorted(seeing.more, key=itemgetter(0))
            places, first = np.unique([at for at, _ in more], return_index=True)
            scores[places] += np.add.reduceat(self._states[self._find([feature for _, feature in more])], first, axis=0)
        return scores

    def _numbers(self, seeing: Seeing) -> Iterator[Numbers]:
        """Column by column the numbers of the features' rows; names without pieces are looked up once."""
        pieced = [column for column in seeing.columns if isinstance(column, Pieced)]
        told = [column for column in seeing.columns if not isinstance(column, Pieced)]
        yield from self._table.find(np.concatenate([_hashes(column, seeing.pieces) for column in pieced])).reshape(-1, seeing.size)
        known, begin = self._find([name for column in told for name in column.names]), 0
        for column in told:
            yield known[begin:][column.which]
            begin += len(column.names)

    def _find(self, names: Sequence[str]) -> Numbers:
        return self._table.find(hashes(names))


def _hashes(column: Pieced, pieces: Pieces) -> Hashes:
    return prefixed(column.names, column.which, pieces.hash(column.starts, column.ends))


def load(path: Path) -> Weights:
    """The weights in the file. OSError when it can't be opened, ValueError when it isn't a model."""
    data = path.read_bytes()
    try:
        magic, size, kind, *_, features_at, labels_at, attributes_at, _, _ = _HEADER.unpack_from(data)
        if magic != b"lCRF" or kind != b"FOMC" or size != len(data):
            raise ValueError("no CRFsuite model, or cut off")
        labels, names = _names(data, labels_at), _names(data, attributes_at)
        _, _, count = _CHUNK.unpack_from(data, features_at)
        features = np.frombuffer(data, _FEATURE, count, features_at + _CHUNK.size)
        state = features["kind"] == _STATE
        states, transitions = np.zeros((len(names) + 1, len(labels))), np.zeros((len(labels), len(labels)))
        states[features["source"][state], features["label"][state]] = features["weight"][state]
        transitions[features["source"][~state], features["label"][~state]] = features["weight"][~state]
    except (struct.error, IndexError) as error:
        raise ValueError(f"damaged: {error}") from error
    return Weights(labels, names, transitions, states)


def _names(data: bytes, at: int) -> list[str]:
    """The names of a database by their numbers."""
    *_, count, back = _DATABASE.unpack_from(data, at)
    places = np.frombuffer(data, "<u4", count, at + back).astype(np.intp) + at
    octets = np.frombuffer(data, np.uint8)
    lengths = sum(octets[places + _RECORD.size // 2 + n].astype(np.intp) << 8 * n for n in range(4))
    begins = places + _RECORD.size
    ends = begins + lengths - 1  # a zero closes each
    return [data[begin:end].decode() for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
