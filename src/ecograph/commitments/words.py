"""The records of patterns/commitments.jsonl as compiled patterns; the format is told in that file's head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ecograph.errors import OntologyError
from ecograph.ontology import Ontology, Record

FILE = "patterns/commitments.jsonl"
# The letters of marked text.
AUTHORITY, PLACE, NAMED, OTHER, SAID = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
LETTERS = {"<g>": AUTHORITY, "<p>": PLACE, "<n>": NAMED, "<.>": f"[{AUTHORITY}{NAMED}{OTHER}{SAID}]"}
IN_SETS = {"<.>": f"{AUTHORITY}{NAMED}{OTHER}{SAID}"}
PART = re.compile(r"<[gpn.]>|\{([a-z][a-z-]*)\}")
SET = re.compile(r"\[\^?(?:\\.|[^\]\\])*\]")
DEEPEST = 5  # how far fragments may hold one another
VERB = "verb"
SECTION, LIST, REST, CLAUSE = REACHES = ("section", "list", "rest", "clause")


@dataclass(frozen=True, slots=True)
class Verb:
    """A group of verbs: what they `does` (a key of outcomes.jsonl).

    `light` ones leave the doing to another verb; what is done by one of `both` kinds has two ends (X接入Y).
    """

    does: str
    light: bool
    both: bool


@dataclass(frozen=True, slots=True)
class Token:
    """A verb at its place in marked text."""

    start: int
    end: int
    verb: Verb


@dataclass(frozen=True, slots=True)
class Leads:
    """Where the verb should stand (`end`), and the stretches before it that name partners, or the one by whom it is done."""

    end: int
    helped: tuple[tuple[int, int], ...]
    by: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Cue:
    """What makes a clause a promise: a section's mode, or words."""

    id: str
    reach: str
    mode: str
    regex: re.Pattern[str] | None
    confidence: float
    begun: str
    lasting: bool


class Words:
    """The compiled records. Raises OntologyError, naming the record, when one is not sound."""

    def __init__(self, ontology: Ontology) -> None:
        self.authority = ontology.with_role("authority")
        self.place = ontology.with_role("jurisdiction")
        records = ontology.records("commitments")
        self.patterns = Patterns(FILE, records, {VERB: either([word for word, _ in _verbs(records)], groups=False)})
        of = self.patterns.of
        self._verbs = [verb for _, verb in _verbs(records)]
        self._verb = self.patterns.compile(VERB, either([word for word, _ in _verbs(records)]))
        self.any_verb = self.patterns.compile(VERB, "{verb}")
        self.colon = of("colon")
        self.item = self.patterns.compile("item", "{item}")
        self.enumerator = self.patterns.compile("enumerator", "{enumerator}")
        self.loose = frozenset(r["does"] for r in records if r.get("loose"))
        self.objects = _below(ontology, records, "objects")
        self.modes = frozenset(mode for r in records if r["kind"] == "modes" for mode in r["modes"])
        self.telling = frozenset(r["telling"] for r in records if r["kind"] == "modes")
        self.sentence, self.comma, self.aside = of("sentence"), of("clause"), of("aside")
        self.lead = self.patterns.compile("lead", "(?!{verb})(?:{lead})")
        self.helper = self.patterns.compile("helper", "{helper}")
        self.by = self.patterns.compile("by", "{by}")
        self.tail = self.patterns.compile("tail", "{tail}")
        self.wish, self.never, self.done = of("wish"), of("never"), of("done")
        self.filler, self.function = of("filler"), of("function")
        self.ending = self.patterns.compile("ending", f"(?:{self._concrete(records)})$")
        self.concrete, self.vague, self.beside, self.attribute = of("concrete"), of("vague"), of("beside"), of("attribute")
        self.joint, self.former, self.possessive = of("joint"), of("former"), of("possessive")
        self.inside, self.generic, self.asked = of("inside"), of("generic"), of("asked")
        self.holders = _below(ontology, records, "inside")
        self.passive = _below(ontology, records, "passive")
        self.renewed, self.aside_clause = of("renew"), of("passing")
        self.amount = of("amount")
        self.disposal = of("disposal")
        self.parting, self.number = of("parting"), of("number")
        self.renews = frozenset(name for r in records if r["kind"] == "renew" for name in r["classes"])
        self.cues = tuple(self._cue(r) for r in records if r["kind"] == "cue")

    def verbs(self, text: str, start: int = 0) -> list[Token]:
        """The verbs of a clause from `start` on, the longest at each place, those that only describe a noun left out."""
        found = (Token(m.start(), m.end(), self._verbs[(m.lastindex or 1) - 1]) for m in self._verb.finditer(text, start))
        return [token for token in found if not self.attribute.match(text, token.end)]

    def leads(self, text: str) -> Leads:
        """What stands before a clause's verb: enumerator, time, subject, partners, modal words and adverbs."""
        at = 0
        helped: list[tuple[int, int]] = []
        by: tuple[int, int] | None = None
        while at < len(text):
            if match := self.by.match(text, at):
                by = match.span()
            elif match := self.helper.match(text, at):
                helped.append(match.span())
            else:
                match = self.lead.match(text, at)
            if not match or match.end() == at:
                break
            at = match.end()
        return Leads(at, tuple(helped), by)

    def _concrete(self, records: Iterable[Record]) -> str:
        return "|".join(r["pattern"] for r in records if r["kind"] == "concrete")

    def _cue(self, record: Record) -> Cue:
        reach = record["reach"]
        if reach not in REACHES or (reach == SECTION) == ("pattern" in record):
            raise OntologyError(f"{FILE}: {record['id']}: wants a reach of {', '.join(REACHES)}, and a mode or else a pattern")
        regex = self.patterns.compile(record["id"], record["pattern"]) if "pattern" in record else None
        return Cue(
            record["id"],
            reach,
            record.get("mode", ""),
            regex,
            float(record["confidence"]),
            str(record.get("begun", "")),
            bool(record.get("lasting")),
        )


class Patterns:
    """Patterns of one file, with fragments and letters put in."""

    def __init__(self, file: str, records: Iterable[Record], more: Mapping[str, str]) -> None:
        self._file = file
        self._records = tuple(records)
        self._fragments = {r["id"]: r["pattern"] for r in self._records if r["kind"] == "fragment"} | dict(more)

    def of(self, kind: str) -> re.Pattern[str]:
        """All patterns of a kind as one."""
        found = [r["pattern"] for r in self._records if r["kind"] == kind]
        if not found:
            raise OntologyError(f"{self._file}: needs a record of kind {kind!r}")
        return self.compile(kind, "|".join(f"(?:{pattern})" for pattern in found))

    def compile(self, name: str, pattern: str) -> re.Pattern[str]:
        """The compiled pattern, or OntologyError that names the record."""
        try:
            return re.compile(self._expand(name, pattern, 0))
        except re.error as error:
            raise OntologyError(f"{self._file}: {name}: not a regular expression: {error}") from error

    def _expand(self, name: str, pattern: str, depth: int) -> str:
        if depth > DEEPEST:
            raise OntologyError(f"{self._file}: {name}: fragments hold one another")

        def part(match: re.Match[str]) -> str:
            if match[0] in LETTERS:
                return LETTERS[match[0]]
            if match[1] not in self._fragments:
                raise OntologyError(f"{self._file}: {name}: no fragment {match[1]!r}")
            return f"(?:{self._expand(name, self._fragments[match[1]], depth + 1)})"

        sets = SET.sub(lambda found: found[0].replace("<.>", IN_SETS["<.>"]), pattern)
        return PART.sub(part, sets)


def _below(ontology: Ontology, records: Iterable[Record], kind: str) -> frozenset[str]:
    """The classes that the records of a kind name, with those below them."""
    above = {name for r in records if r["kind"] == kind for name in r["classes"]}
    return frozenset(c.name for c in ontology.classes.values() if c.ancestors & above)


def _verbs(records: Iterable[Record]) -> list[tuple[str, Verb]]:
    """Every verb's pattern, longest first, with its group."""
    found = [
        (word, Verb(r["does"], bool(r.get("light")), bool(r.get("both")))) for r in records if r["kind"] == VERB for word in r["words"]
    ]
    return sorted(found, key=lambda pair: (-len(pair[0].split("(?")[0]), "(?" not in pair[0], pair[0], pair[1].does))


def either(words: Sequence[str], *, groups: bool = True) -> str:
    """A pattern for any of the words, each a group of its own if asked for.

    What starts with none of their first characters is passed over at once, which is several times faster.
    """
    firsts = {word[0] for word in words}
    ahead = f"(?=[{''.join(sorted(firsts))}])" if all(first.isalpha() for first in firsts) else ""
    return f"{ahead}(?:{'|'.join(f'({word})' if groups else word for word in words)})"
