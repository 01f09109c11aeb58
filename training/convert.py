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
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

ORGANIZATIONS = {"Company", "FinancialInstitution", "GovernmentBody", "ResearchOrganization", "Association", "Organization"}
CLASSES = ORGANIZATIONS | {"Fund", "Policy", "Programme", "Platform", "InnovationSite", "Event", "Industry", "Award", "Standard", "Place", "Person"}
ACTORS = ORGANIZATIONS | {"Place", "Fund", "Platform", "InnovationSite"}
GROUPS = {"Programme", "Policy", "Platform", "InnovationSite", "Fund", "Event"}
ENDS: dict[str, tuple[set[str], set[str]]] = {
    "operatesIn": (ACTORS, {"Industry"}),
    "basedIn": (ACTORS, {"Place", "InnovationSite"}),
    "memberOf": (ACTORS, {"Association", "Programme"}),
    "cooperatesWith": (ACTORS, ACTORS),
    "investsIn": (ACTORS, ORGANIZATIONS | {"Fund", "Industry", "InnovationSite", "Platform", "Programme"}),
    "establishes": (ACTORS, ORGANIZATIONS | {"Platform", "InnovationSite", "Fund"}),
    "issues": (ACTORS, {"Policy"}),
    "revises": ({"Policy"}, {"Policy"}),
    "implements": (ACTORS | {"Policy"}, {"Programme", "Policy"}),
    "supports": (ACTORS | {"Policy", "Programme"}, ACTORS - {"Place"} | {"Industry"}),
    "partOf": (GROUPS, GROUPS),
    "organises": (ACTORS, {"Event"}),
    "participatesIn": (ACTORS, {"Event", "Programme"}),
    "about": ({"Event"}, {"Industry"}),
    "receives": (ACTORS | {"Programme"}, {"Award"}),
    "drafts": (ACTORS, {"Standard"}),
    "endorses": ({"GovernmentBody"}, ACTORS | {"Programme"}),
}
MENTION = re.compile(r"\[([^\[\]]+)/(\w+)(\??)(?:=([^\[\]]+))?\]")


Mention = NamedTuple("Mention", [("start", int), ("end", int), ("text", str), ("type", str), ("entity", str), ("optional", bool)])
Relation = NamedTuple("Relation", [("subject", str), ("predicate", str), ("object", str), ("status", str), ("time", str), ("evidence", str), ("optional", bool)])


@dataclass(slots=True)
class Annotated:
    clean: str
    squeezed: str
    mentions: list[Mention]
    relations: list[Relation]
    problems: list[str] = field(default_factory=list)

    def gold(self) -> dict[str, object]:
        owners = {name: [m for m in self.mentions if m.entity == name] for name in dict.fromkeys(m.entity for m in self.mentions)}
        entities = [
            {"id": name, "type": own[0].type, "name": name, "surfaces": list(dict.fromkeys(m.text for m in own)), "optional": all(m.optional for m in own)}
            for name, own in owners.items()
        ]
        told: dict[bool, list[dict[str, object]]] = {False: [], True: []}
        for r in self.relations:
            row = {k: v for k, v in r._asdict().items() if v != "-"}
            told[r.status == "denied"].append(row | {"start": self.squeezed.find(r.evidence)})
        lists = {"entities": entities, "mentions": [m._asdict() for m in self.mentions], "relations": told[False]}
        return {"squeezed": self.squeezed, **lists, "denied": told[True], "predicates": sorted(ENDS), "document": {}}


def squeeze(text: str) -> str:
    return "".join(text.split())


def canonical(name: str) -> str:
    """The name without white space and without the quotation marks that enclose the whole of it."""
    name = squeeze(name)
    inner = name[1:-1]
    return inner if name[:1] + name[-1:] in ("《》", "“”", "‘’") and not set(inner) & set(name[0] + name[-1]) else name


def problems(text: Annotated) -> Iterator[str]:
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
        if r.predicate not in ENDS:
            yield f"unknown predicate: {line}"
            continue
        for name, allowed in zip((r.subject, r.object), ENDS[r.predicate], strict=True):
            if name not in types:
                yield f"no entity {name}: {line}"
            elif types[name] not in allowed:
                yield f"{types[name]} {name} is no end of {r.predicate}: {line}"
        if r.status not in ("done", "ongoing", "planned", "denied") or not (r.time == "-" or re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", r.time)):
            yield f"bad status or time {r.status} {r.time}: {line}"
        if not r.evidence or r.evidence not in text.squeezed:
            yield f"evidence not in the text: {line} | {r.evidence}"
        key = (r.subject, r.predicate, r.object, r.status == "denied")
        if key in seen or (r.subject == r.object):
            yield f"said twice or of itself: {line}"
        seen.add(key)


def parse(text: str) -> Annotated:
    body, _, tail = text.partition("\n=====\n")
    mentions, clean, size, last = [], [], 0, 0
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
        relations.append(Relation(canonical(cells[0]), cells[1], canonical(cells[2]), cells[3], cells[4], squeeze(cells[5]), line[0] == "?"))
    result = Annotated(plain, squeeze(plain), mentions, relations)
    result.problems += problems(result)
    return result


def main() -> int:
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
        (given.output / f"{path.stem}.json").write_text(json.dumps(text.gold(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
