"""The class of a recognised name, where the recogniser tells no more than its group (organization).

The recogniser labels groups (eco:group), which is quicker to learn and to tag. Where several classes share a
group, a second conditional random field goes over the sentence's names and tells their classes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pycrfsuite

from ecograph.errors import OntologyError
from ecograph.naming.candidates import Candidate
from ecograph.ontology import Ontology


def model_of_kinds(names: Path) -> Path:
    """Where the model of kinds stands that belongs to the recogniser's model `names`: beside it."""
    return names.with_name(f"{names.stem}-kinds{names.suffix}")


def groups(ontology: Ontology) -> Mapping[str, tuple[str, ...]]:
    """The classes of each group, sorted."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, cls in sorted(ontology.classes.items()):
        found[cls.group].append(name)
    return {group: tuple(names) for group, names in found.items()}


class Kinds:
    """The model in a file. Raises OntologyError when it can't be read."""

    def __init__(self, ontology: Ontology, path: Path) -> None:
        self._groups = groups(ontology)
        self._tagger = pycrfsuite.Tagger()
        try:
            self._tagger.open(str(path))
        except (OSError, ValueError) as error:
            raise OntologyError(f"{path}: the model of kinds can't be read; make it with training/train.py: {error}") from error

    def tell(self, text: str, spans: Sequence[tuple[int, int, str, float]], patterned: Sequence[Candidate], rule: str) -> list[Candidate]:
        """Candidates for the (start, end, group, confidence) of one sentence; `patterned` are the patterns' findings there."""
        open_ = [s for s in spans if len(self._groups[s[2]]) > 1]
        told = dict(zip(open_, self._tagger.tag(kinds(text, [s[:2] for s in open_], patterned)), strict=True)) if open_ else {}
        return [Candidate(s[0], s[1], told.get(s) or self._groups[s[2]][0], rule, s[3]) for s in spans]


def kinds(text: str, spans: Sequence[tuple[int, int]], patterned: Sequence[Candidate]) -> list[list[str]]:
    """What the model sees of each span: its characters, what stands around it, and what patterns found there."""
    return [_features(text, start, end, patterned) for start, end in spans]


def _features(text: str, start: int, end: int, patterned: Sequence[Candidate]) -> list[str]:
    name = text[start:end]
    row = [f"w{name}", f"l{min(len(name), 8)}"]
    for size in range(1, min(4, len(name)) + 1):
        row += [f"e{size}{name[-size:]}", f"b{size}{name[:size]}"]
    row += [f"p{text[max(0, start - size) : start]}" for size in (1, 2)]
    row += [f"n{text[end : end + size]}" for size in (1, 2)]
    row += [f"c{char}" for char in sorted(set(name))]
    row += [f"d{name[at : at + 2]}" for at in range(len(name) - 1)]
    for c in patterned:
        if (c.start, c.end) == (start, end):
            row += [f"R{c.cls}", f"r{c.rule}"]
        elif c.start < end and start < c.end:
            row.append(f"O{c.cls}")
    return row
