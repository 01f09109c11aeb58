"""data/decisions.jsonl: reading it line by line, and adding a line that is whole or not there.

A line is a JSON object with `kind`, `who`, `when`, `why`, the keys of its kind, and `id`, which may be left out of
a line that is written by hand. Empty lines and lines that begin with `#` are for people.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from ecograph.errors import DecisionError
from ecograph.judgement import KINDS, Claim, Decision, Matter, Naming, Pair, Placing, Revocation, Thing

if sys.platform != "win32":  # there two commands at one moment are the person's own care
    import fcntl

Line = Mapping[str, Any]
COMMON = frozenset({"id", "kind", "who", "when", "why"})
LONGEST = 80  # characters of a faulty value that an error shows


def read_lines(path: Path) -> Iterator[Decision]:
    """Every decision of the file in the order of its lines; none if there is no file. DecisionError for a faulty line."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise DecisionError(f"{path}: can't be read ({error.strerror})") from error
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            text = line.decode("utf-8").strip("\ufeff \t\r")  # a byte order mark may stand anywhere once files are joined
            if text and not text.startswith("#"):
                yield parse(text)
        except UnicodeDecodeError as error:
            raise DecisionError(f"{path}:{number}: not UTF-8 ({error.reason})") from error
        except DecisionError as error:
            raise DecisionError(f"{path}:{number}: {error}") from error


def parse(text: str) -> Decision:
    """One line as a decision; DecisionError tells what is wrong with it."""
    try:
        line = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise DecisionError(f"not JSON: {error}") from error
    if not isinstance(line, dict):
        raise DecisionError("wants a JSON object")
    kind = _text(line, "kind")
    if kind not in KINDS:
        raise DecisionError(f"kind {_shown(kind)} is none of {', '.join(sorted(KINDS))}")
    keys, read = _READERS[KINDS[kind]]
    keys = frozenset(kind if key == "value" else key for key in keys)
    _only(line, COMMON | keys)
    when = _text(line, "when")
    try:
        datetime.fromisoformat(when)
    except ValueError as error:
        raise DecisionError(f"when {_shown(when)} is no ISO 8601 date or time, such as 2026-03-31T09:30:00Z") from error
    decision = Decision(kind, read(line), _text(line, "who"), when, _text(line, "why"))
    if line.get("id", decision.id) != decision.id:
        raise DecisionError(f"it was changed after it was written (its id would be {decision.id}); revoke it and add a new line instead")
    return decision


def append(path: Path, decision: Decision) -> None:
    """Add the decision as one line, under a lock and flushed to disk; the file is made if it isn't there.

    A line that an editor left without its end is ended first. DecisionError when it can't be written; nothing of
    it is then in the file.
    """
    line = json.dumps(decision.as_json(), ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path) as file:
            size = os.lseek(file, 0, os.SEEK_END)
            os.lseek(file, max(size - 1, 0), os.SEEK_SET)
            ended = os.read(file, 1) in (b"", b"\n")
            _write(file, line if ended else b"\n" + line, size)
    except OSError as error:
        raise DecisionError(f"{path}: could not be written ({error.strerror}); the decision is not kept") from error


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        if sys.platform != "win32":
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


def _write(file: int, line: bytes, size: int) -> None:
    """All of the line, or the file as long as it was."""
    try:
        written = 0
        while written < len(line):
            written += os.write(file, line[written:])
        os.fsync(file)
    except OSError:
        os.ftruncate(file, size)
        raise


def _pair(line: Line) -> Pair:
    pair = Pair(_thing(line, "one"), _thing(line, "other"))
    if pair.one.ref == pair.other.ref:
        raise DecisionError(f"one and other are both {pair.one.iri}")
    return pair


def _naming(line: Line) -> Naming:
    return Naming(_thing(line, "entity"), _text(line, line["kind"]))


def _claim(line: Line) -> Claim:
    said = _object(line, "statement")
    _only(said, {"id", "subject", "predicate", "object", "document", "quote", "status", "time", "amount"}, "statement: ")
    words = (_text(said, key) for key in ("document", "quote", "status"))
    rest = (_optional(said, key) for key in ("time", "amount", "id"))
    return Claim(_thing(said, "subject"), _text(said, "predicate"), _thing(said, "object"), *words, *rest)


def _placing(line: Line) -> Placing:
    if "concept" not in line:
        raise DecisionError("concept is missing; null says that the term is no industry")
    return Placing(_text(line, "term"), _optional(line, "concept"))


def _revocation(line: Line) -> Revocation:
    return Revocation(_text(line, "revokes"))


# How each matter is read: its keys (`value` is named as the kind) and the function.
_READERS: Mapping[type[Matter], tuple[frozenset[str], Callable[[Line], Matter]]] = {
    Pair: (frozenset({"one", "other"}), _pair),
    Naming: (frozenset({"entity", "value"}), _naming),
    Claim: (frozenset({"statement"}), _claim),
    Placing: (frozenset({"term", "concept"}), _placing),
    Revocation: (frozenset({"revokes"}), _revocation),
}


def _thing(line: Line, key: str) -> Thing:
    said = _object(line, key)
    _only(said, {"iri", "document", "label", "class"}, f"{key}: ")
    return Thing(_text(said, "iri"), _optional(said, "document"), _optional(said, "label") or "", _optional(said, "class") or "")


def _only(line: Line, known: frozenset[str] | set[str], where: str = "") -> None:
    unknown = sorted(set(line) - known)
    if unknown:
        raise DecisionError(f"{where}no such key {_shown(unknown[0])}; known: {', '.join(sorted(known))}")


def _object(line: Line, key: str) -> Line:
    value = line.get(key)
    if not isinstance(value, dict):
        raise DecisionError(f"{key} wants an object, has {_shown(value)}")
    return value


def _text(line: Line, key: str) -> str:
    value = line.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DecisionError(f"{key} wants some text, has {_shown(value)}" if key in line else f"{key} is missing")
    return value


def _optional(line: Line, key: str) -> str | None:
    return None if line.get(key) is None else _text(line, key)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
