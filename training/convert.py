#!/usr/bin/env python3
"""Turn annotated training texts into gold JSON and clean text.

A file is prose with every mention as [surface/Class], [surface/Class?] (optional) or [surface/Class=canonical name],
then a line ===== and one relation per line, `? ` before those that are optional:
    subject | predicate | object | status | time or - | evidence words copied from the text
Names are compared without white space, outer quotation marks and 《》. Statements of status `denied` go to "denied".
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ecograph.ontology import Ontology

ONTOLOGY = Ontology()
CLASSES = frozenset(ONTOLOGY.classes)
STATUSES = frozenset(ONTOLOGY.statuses)
MENTION = re.compile(r"\[([^\[\]]+)/(\w+)(\??)(?:=([^\[\]]+))?\]")
TIME = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Mention(NamedTuple):
    """A name: offsets in the squeezed text, its class, the canonical name of its entity."""

    start: int
    end: int
    text: str
    type: str
    entity: str
    optional: bool


class Relation(NamedTuple):
    """A statement between canonical names; `time` is `-` where none is given."""

    subject: str
    predicate: str
    object: str
    status: str
    time: str
    evidence: str
    optional: bool


@dataclass(slots=True)
class Annotated:
    """An annotated text: as prose, without white space, its mentions and relations, and what is wrong with it."""

    clean: str
    squeezed: str
    mentions: list[Mention]
    relations: list[Relation]
    problems: list[str] = field(default_factory=list)

    def gold(self) -> dict[str, Any]:
        """The text in the form of the gold files that `ecograph evaluate` reads."""
        told: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
        for r in self.relations:
            row = {k: v for k, v in r._asdict().items() if v != "-"}
            told[r.status == "denied"].append(row | {"start": self.squeezed.find(r.evidence)})
        return {
            "squeezed": self.squeezed,
            "entities": self._entities(),
            "mentions": [m._asdict() for m in self.mentions],
            "relations": told[False],
            "denied": told[True],
            "predicates": sorted(ONTOLOGY.predicates),
            "document": {},
        }

    def _entities(self) -> list[dict[str, Any]]:
        owners: dict[str, list[Mention]] = {}
        for m in self.mentions:
            owners.setdefault(m.entity, []).append(m)
        return [
            {
                "id": name,
                "type": own[0].type,
                "name": name,
                "surfaces": list(dict.fromkeys(m.text for m in own)),
                "optional": all(m.optional for m in own),
            }
            for name, own in owners.items()
        ]


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def canonical(name: str) -> str:
    """The name without white space and without the quotation marks that enclose the whole of it."""
    name = squeeze(name)
    inner = name[1:-1]
    return inner if name[:1] + name[-1:] in ("《》", "“”", "‘’") and not set(inner) & set(name[0] + name[-1]) else name


def problems(text: Annotated) -> Iterator[str]:
    """What is wrong with the annotation, a sentence each."""
    if "[" in text.clean or "]" in text.clean:
        yield "brackets left over: " + ", ".join(re.findall(r".{0,12}[\[\]].{0,12}", text.clean))
    types: dict[str, str] = {}
    for m in text.mentions:
        if m.type not in CLASSES:
            yield f"unknown class {m.type}: {m.text}"
        if types.setdefault(m.entity, m.type) != m.type:
            yield f"{m.entity} is both {types[m.entity]} and {m.type}"
    seen: set[tuple[str, str, str, bool]] = set()
    for r in text.relations:
        line = f"{r.subject} | {r.predicate} | {r.object}"
        key = (r.subject, r.predicate, r.object, r.status == "denied")
        if key in seen or r.subject == r.object:
            yield f"said twice or of itself: {line}"
        seen.add(key)
        yield from (f"{problem}: {line}" for problem in _relation_problems(r, types, text.squeezed))


def _relation_problems(r: Relation, types: Mapping[str, str], squeezed: str) -> Iterator[str]:
    if r.predicate not in ONTOLOGY.predicates:
        yield "unknown predicate"
    yield from (f"no entity {name}" for name in (r.subject, r.object) if name not in types)
    if r.status not in STATUSES or not (r.time == "-" or TIME.fullmatch(r.time)):
        yield f"bad status or time {r.status} {r.time}"
    if not r.evidence or r.evidence not in squeezed:
        yield f"evidence not in the text, {r.evidence}"


def parse(text: str) -> Annotated:
    """The annotated text; `problems` says what is wrong with it."""
    body, _, tail = text.partition("\n=====\n")
    mentions: list[Mention] = []
    clean: list[str] = []
    size = last = 0
    for hit in MENTION.finditer(body):
        before, surface = body[last : hit.start()], squeeze(hit[1])
        start = size + len(squeeze(before))
        size, last = start + len(surface), hit.end()
        clean += [before, hit[1]]
        mentions.append(Mention(start, size, surface, hit[2], canonical(hit[4] or hit[1]), bool(hit[3])))
    plain = "".join([*clean, body[last:]])
    relations = []
    for line in filter(str.strip, tail.splitlines()):
        cells = [c.strip() for c in (line.removeprefix("?") + "|" * 5).split("|")]
        relations.append(
            Relation(canonical(cells[0]), cells[1], canonical(cells[2]), cells[3], cells[4], squeeze(cells[5]), line[0] == "?")
        )
    result = Annotated(plain, squeeze(plain), mentions, relations)
    result.problems += problems(result)
    return result


def main() -> int:
    """Write NAME.json and NAME.txt for each file; 1 if one of them is faulty."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="a folder of annotated .txt files")
    parser.add_argument("--output", type=Path, required=True, help="where NAME.json and NAME.txt go")
    given = parser.parse_args()
    given.output.mkdir(parents=True, exist_ok=True)
    wrong = False
    for path in sorted(given.source.glob("*.txt")):
        text = parse(path.read_text(encoding="utf-8"))
        for problem in text.problems:
            wrong = True
            print(f"{path.name}: {problem}", file=sys.stderr)
        (given.output / path.name).write_text(text.clean, encoding="utf-8")
        gold = json.dumps(text.gold(), ensure_ascii=False, indent=1)
        (given.output / f"{path.stem}.json").write_text(f"{gold}\n", encoding="utf-8")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
