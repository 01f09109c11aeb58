#!/usr/bin/env python3
"""Annotations that stand beside their texts: real documents that are learnt from and not part of the project.

    python training/standoff.py write MARKED --texts DIR --parts parts.json --output training/real

A file rNNN.json names a text of `--texts` (NNN.txt), the parts of it that were read and, in offsets of these parts joined
and without white space, the mentions and statements that convert.py's brackets hold. `write` makes such files from
marked copies of the parts; `read` gives back what convert.parse would. No sentence of the text is kept, only names.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import convert
from convert import Annotated, Mention, Relation

BRACKETS = str.maketrans("[]", "〔〕")  # convert.py's own marks


def excerpt(text: str, parts: Sequence[Sequence[int]]) -> str:
    """The parts, spans of the text, one below the other."""
    return "\n".join(text[a:b].strip("\n") for a, b in parts).translate(BRACKETS)


def digest(clean: str) -> str:
    """What tells whether a text still is the one that was annotated."""
    return hashlib.sha256(convert.squeeze(clean).encode()).hexdigest()[:16]


def read(path: Path, texts: Path) -> Annotated:
    """The annotated parts of a text. ValueError if the text isn't what it was when it was annotated."""
    told = json.loads(path.read_text(encoding="utf-8"))
    clean = excerpt((texts / told["text"]).read_text(encoding="utf-8"), told["parts"])
    if digest(clean) != told["digest"]:
        raise ValueError(f"{texts / told['text']}: not the text that {path} was written for; annotate it anew or remove {path.name}")
    squeezed = convert.squeeze(clean)
    mentions = [_mention(squeezed, row) for row in told["mentions"]]
    relations = [Relation(*row[:5], squeezed[row[5] : row[6]], optional=bool(row[7])) for row in told["relations"]]
    return Annotated(clean, squeezed, mentions, relations)


def _mention(squeezed: str, row: Sequence[Any]) -> Mention:
    start, end, cls, entity, optional = row
    surface = squeezed[start:end]
    return Mention(start, end, surface, cls, entity or convert.canonical(surface), bool(optional))


def read_all(folder: Path, texts: Path) -> Iterator[tuple[str, str, Annotated]]:
    """Name, the document it is a part of, and annotation of each file of the folder, by name."""
    for path in sorted(folder.glob("*.json")):
        yield path.stem, json.loads(path.read_text(encoding="utf-8"))["text"], read(path, texts)


def written(marked: Annotated, name: str, parts: Sequence[Sequence[int]]) -> dict[str, Any]:
    """The annotation as rows of offsets."""
    rows = []
    for r in marked.relations:
        at = marked.squeezed.find(r.evidence)
        rows.append([*r[:5], at, at + len(r.evidence), int(r.optional)])
    return {
        "text": name,
        "parts": parts,
        "digest": digest(marked.clean),
        "mentions": [
            [m.start, m.end, m.type, None if m.entity == convert.canonical(m.text) else m.entity, int(m.optional)] for m in marked.mentions
        ],
        "relations": rows,
    }


def _lines(told: dict[str, Any]) -> str:
    """JSON with a row a line, so that changes can be read."""
    body = []
    for key, value in told.items():
        if key in ("mentions", "relations"):
            rows = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in value)
            body.append(f" {json.dumps(key)}: [\n  {rows}\n ]" if value else f" {json.dumps(key)}: []")
        else:
            body.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(body) + "\n}\n"


def main() -> None:
    """Write the standoff files of marked texts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["write"])
    parser.add_argument("marked", type=Path, help="the folder of marked rNNN.txt files")
    parser.add_argument("--texts", type=Path, required=True, help="the folder of the texts NNN.txt")
    parser.add_argument("--parts", type=Path, required=True, help="a JSON object: NNN to the spans that were marked")
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    parts = json.loads(given.parts.read_text(encoding="utf-8"))
    given.output.mkdir(parents=True, exist_ok=True)
    for path in sorted(given.marked.glob("r*.txt")):
        number = path.stem[1:]
        marked = convert.parse(path.read_text(encoding="utf-8"))
        marked.clean = excerpt((given.texts / f"{number[:3]}.txt").read_text(encoding="utf-8"), parts[number])
        if marked.problems or convert.squeeze(marked.clean) != marked.squeezed:
            parser.error(f"{path}: {(marked.problems or ['not the words of the text'])[0]}")
        (given.output / f"{path.stem}.json").write_text(_lines(written(marked, f"{number[:3]}.txt", parts[number])), encoding="utf-8")


if __name__ == "__main__":
    main()
