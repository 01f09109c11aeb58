"""What a reply's graph and the outputs are made from, as hashes: equal hash, nothing to do."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import ecograph
from ecograph.ontology import Ontology

PACKAGE = Path(__file__).parents[1]
# Rooms that can change without a reply being read again, and what of this one makes a reply's graph.
SHOWING = frozenset(
    {
        "across",
        "analysis",
        "changes",
        "cli",
        "comparing",
        "decisions",
        "evaluation",
        "identity",
        "judgement",
        "queries",
        "server",
        "views",
        "__main__",
    }
)
MAKING = frozenset({"pipeline.py", "privacy.py", "shards.py", "storing.py"})
# Records that only pages read, or rooms that look at many replies.
SHOWN = frozenset({"comparing.jsonl", "identity.jsonl", "page.jsonl"})
# The copies of ontology/ and data/ that a wheel carries are hashed as the ontology's files, not as code.
CARRIED = frozenset({"ontology", "data"})


def reply_key(path: Path, id: str, extracting: str) -> str:  # noqa: A002 -- the document's field is called so
    """The hash of the file's bytes, its id and name, and of what extraction reads. Raises OSError."""
    with path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    return _hash([content, id, path.name, extracting])


def extraction_fingerprint(ontology: Ontology, *, contacts: bool) -> str:
    """The hash of all that extraction reads besides the reply; no colour, comment, query, shape or word of the page."""
    classes = [[c.name, c.group, c.role, sorted(c.ancestors), sorted(c.label.items())] for c in ontology.classes.values()]
    predicates = [[p.name, p.symmetric, sorted(p.domain), sorted(p.range), sorted(p.label.items())] for p in ontology.predicates.values()]
    patterns = (f"patterns/{path.name}" for path in (ontology.root / "patterns").glob("*.jsonl") if path.name not in SHOWN)
    return _hash(
        [
            contacts,
            sorted(classes),
            sorted(predicates),
            sorted(ontology.attributes),
            ontology.fingerprint("schemes", "names", *patterns),
            _code(path for path in _sources() if _extracts(path)),
            _libraries(),
        ]
    )


def judged_key(key: str, digest: str) -> str:
    """The key of a reply that decisions touch: its own, and the digest of these decisions (empty: none does)."""
    return _hash([key, digest]) if digest else key


def making_fingerprint(ontology: Ontology) -> str:
    """The hash of all that makes something of the replies' shards."""
    return _hash([ontology.fingerprint(".", "names"), _code(_sources()), _libraries()])


def output_fingerprint(made_by: str, keys: Iterable[tuple[str, str]], decisions: str) -> str:
    """The hash of all that the files in output/ are made from, given what makes them, each reply's id and key and all decisions' digest."""
    return _hash([made_by, sorted(keys), decisions])


def _hash(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _sources() -> list[Path]:
    files = (p for p in PACKAGE.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return sorted(p for p in files if p.relative_to(PACKAGE).parts[0] not in CARRIED)


def _extracts(path: Path) -> bool:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return path.name in MAKING if room == "build" else room not in SHOWING


def _code(files: Iterable[Path]) -> str:
    digest = hashlib.sha256(ecograph.__version__.encode())
    for path in files:
        digest.update(f"\n{path.relative_to(PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _libraries() -> list[str]:
    """Name and version of each library ecograph needs: another pdfminer may give another text."""
    try:
        wanted = metadata.requires("ecograph") or []
    except metadata.PackageNotFoundError:  # run from a checkout that was never installed
        return []
    names = sorted(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted if "extra ==" not in line)
    return [f"{name}=={metadata.version(name)}" for name in names]
