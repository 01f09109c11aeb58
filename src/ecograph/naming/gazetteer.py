"""Known names: data/names/*.tsv and the concepts of the schemes, matched by spaCy's PhraseMatcher."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ecograph.naming.candidates import Candidate
from ecograph.ontology import Ontology, Record


class Gazetteer:
    """Every known name with the class and confidence that its record in patterns/gazetteers.jsonl gives.

    A record names its table (or `scheme`), the columns that hold names (joined by |), the class or the
    column that says it, conditions on other columns (`where`: column to regex), and on the name (`form`).
    """

    def __init__(self, ontology: Ontology, vocab: Vocab) -> None:
        self._vocab = vocab
        self._matcher = PhraseMatcher(vocab)
        self._known: dict[str, tuple[str, str, float]] = {}
        self.weak: set[str] = set()
        self._context: dict[str, tuple[re.Pattern[str], re.Pattern[str], Callable[[Iterable[object]], bool]]] = {}
        for record in ontology.records("gazetteers"):
            if "left" in record:
                sides = (re.compile(f"(?:{record['left']})$"), re.compile(record["right"]))
                self._context[record["id"]] = (*sides, all if record.get("both") else any)
            for name, cls in _entries(ontology, record):
                known = self._known.get(name)
                if known is None or known[2] < record["confidence"]:
                    self._known[name] = (cls, record["id"], record["confidence"])
                    (self.weak.add if record.get("weak") else self.weak.discard)(name)
        self._matcher.add("name", [self._doc(name) for name in sorted(self._known)])

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def cls(self, name: str) -> str | None:
        """The class of a known name."""
        known = self._known.get(name)
        return known[0] if known else None

    def find(self, text: str) -> list[Candidate]:
        """All occurrences of known names, overlapping ones included; those of weak ones too."""
        found = []
        for _, start, end in self._matcher(self._doc(text)):
            cls, rule, confidence = self._known[text[start:end]]
            found.append(Candidate(start, end, cls, rule, confidence))
        return found

    def fits(self, text: str, c: Candidate) -> bool:
        """Whether a name that its record recognises only in a context stands in it.

        `left` and `right` say what stands beside it; one is enough, unless the record wants `both`.
        """
        if c.rule not in self._context:
            return True
        left, right, wanted = self._context[c.rule]
        return wanted((left.search(text[max(0, c.start - 12) : c.start]), right.match(text, c.end)))

    def _doc(self, text: str) -> Doc:
        # One character a token, white space too, so that token and character offsets are the same.
        return Doc(self._vocab, words=list(text), spaces=[False] * len(text))


def _entries(ontology: Ontology, record: Record) -> Iterator[tuple[str, str]]:
    form = re.compile(record.get("form", ""))
    if "scheme" in record:
        skip = frozenset(record.get("unless", ()))
        need = frozenset(record.get("marks", ()))
        for concept in ontology.scheme(record["scheme"]):
            if not (skip & concept.marks) and need <= concept.marks:
                yield from ((label, record["class"]) for label in concept.labels if form.match(label))
        return
    where = {column: re.compile(pattern) for column, pattern in record.get("where", {}).items()}
    for row in ontology.table(record["table"]):
        if all(pattern.fullmatch(row[column]) for column, pattern in where.items()):
            cls = record.get("class") or ontology.cls(row[record["class_column"]]).name
            for name in _names(row, record["columns"]):
                if len(name) >= record.get("min", 2) and form.match(name):
                    yield name, cls


def _names(row: dict[str, str] | Record, columns: Sequence[str]) -> Iterator[str]:
    for column in columns:
        yield from (name for name in row[column].split("|") if name)
