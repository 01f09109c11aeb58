"""How much of a list of facts about promises and their ends the ledger finds, and what it claims beyond the list.

    python benchmarks/ledger.py --cross FACTS.md --replies FOLDER
    python benchmarks/ledger.py --facts FACTS.json --replies FOLDER

FACTS.md has a section `## D.` of rows `- D1 title: doc「words」 → doc「words」 → …` under lines that say what became of them
(Fulfilled, Repeated, Dropped; a row may say `undone` or `in silence` itself; `see C2` stands for that row's words). FACTS.json
has for each state a list of {"promise": {"doc", "words"}, "outcome": {"doc", "words"} or null}. A row is found if an outcome of
its state joins words of the row in two replies, in that order; one in silence, if each of its promises is held to be silent.
Claims that no row has are printed for a reader to judge.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecograph.across import Outcome
from ecograph.build import Pipeline
from ecograph.commitments import Ledger
from ecograph.extraction import Extraction
from ecograph.identity import Identifier
from ecograph.model import Evidence
from ecograph.ontology import Ontology

QUOTE = re.compile(r"(?P<doc>[A-Za-z0-9_]+)「(?P<words>[^」]*)」")
ROW = re.compile(r"^- (?P<id>[CD]\d+) (?P<rest>.*)$")
SILENT = "silent"
SURE = 0.5  # a claim of silence below it says that the thing is named again

Words = tuple[str, str]  # a document's id, and words of it


@dataclass(frozen=True)
class Fact:
    """One row: its state, and the words that say it, the promise first."""

    id: str
    state: str
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Claim:
    """An outcome with the words on both sides."""

    outcome: Outcome
    document: str
    evidence: Evidence

    def __str__(self) -> str:
        end = self.outcome.witness
        told = f" → {end.document}「{end.evidence.quote}」" if end else ""
        return f"{self.outcome.state} {self.outcome.confidence:.2f} {self.document}「{self.evidence.quote}」{told}"


def facts_of(text: str) -> Iterator[Fact]:
    """The rows of section D, each with the state that its heading, or it itself, tells."""
    rows = {m["id"]: m["rest"] for line in text.splitlines() if (m := ROW.match(line))}
    state = ""
    for line in text.splitlines():
        heading = line.split()[0].lower() if line.strip() else ""
        state = heading if heading in {"fulfilled", "repeated", "dropped"} else state
        match = ROW.match(line)
        if match and match["id"].startswith("D"):
            rest = match["rest"]
            see = re.search(r"see (C\d+)", rest)
            quotes = tuple((m["doc"], m["words"]) for m in QUOTE.finditer(rows[see[1]] if see else rest))
            own = "undone" if "undone" in rest.split("「")[0] else SILENT if "in silence" in rest else state
            yield Fact(match["id"], own, quotes)


def facts_in(path: Path) -> Iterator[Fact]:
    """The rows of a FACTS.json."""
    known = json.loads(path.read_text(encoding="utf-8"))
    for state in ("fulfilled", "repeated", "dropped", "undone", SILENT):
        for number, row in enumerate(known.get(state, ()), 1):
            sides = [row["promise"], *([row["outcome"]] if row.get("outcome") else [])]
            yield Fact(f"{state[0].upper()}{number}", state, tuple((side["doc"], side["words"]) for side in sides))


def says(extraction: Extraction, evidence: Evidence, words: str) -> bool:
    """Whether a passage shares most of the shorter one's characters with words of the same reply (white space aside)."""
    text = extraction.document.text
    kept = [i for i, char in enumerate(text) if not char.isspace()]
    squeezed, sought = "".join(text[i] for i in kept), "".join(words.split())
    at = squeezed.find(sought)
    while at >= 0:
        start, end = kept[at], kept[at + len(sought) - 1] + 1
        shared = min(end, evidence.end) - max(start, evidence.start)
        if shared > 0 and 2 * shared >= min(end - start, evidence.end - evidence.start):
            return True
        at = squeezed.find(sought, at + 1)
    return False


def tells(claim: Claim, fact: Fact, replies: Mapping[str, Extraction]) -> bool:
    """Whether a claim joins words of the row, earlier ones to later ones, with its state."""
    end = claim.outcome.witness
    promised = [i for i, (doc, words) in enumerate(fact.words) if doc == claim.document and says(replies[doc], claim.evidence, words)]
    if fact.state != claim.outcome.state or not promised:
        return False
    if end is None:
        return claim.outcome.confidence >= SURE
    told = (doc == end.document and says(replies[doc], end.evidence, words) for doc, words in fact.words[promised[0] + 1 :])
    return any(told)


def found(fact: Fact, claims: Sequence[Claim], replies: Mapping[str, Extraction]) -> bool:
    """Whether a row is found; one in silence has to be for all its promises."""
    if fact.state != SILENT:
        return any(tells(claim, fact, replies) for claim in claims)
    each = [Fact(fact.id, fact.state, (words,)) for words in fact.words]
    return all(any(tells(claim, one, replies) for claim in claims) for one in each)


def claims_of(replies: Mapping[str, Extraction], ontology: Ontology) -> list[Claim]:
    """What the ledger claims of the replies."""
    every = list(replies.values())
    said = {c.id: (c.document, c.evidence) for e in every for c in e.commitments}
    said |= {s.id: (s.document, s.evidence[0]) for e in every for s in e.statements}
    outcomes = Ledger(ontology).follow(every, Identifier(ontology).identify(every))
    return [Claim(outcome, *said[outcome.commitment]) for outcome in outcomes]


def main() -> None:
    """Print the rows found and not found, by state, and the claims beyond them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--cross", type=Path)
    source.add_argument("--facts", type=Path)
    parser.add_argument("--replies", type=Path, required=True)
    given = parser.parse_args()
    facts = list(facts_of(given.cross.read_text(encoding="utf-8")) if given.cross else facts_in(given.facts))
    documents = sorted({doc for fact in facts for doc, _ in fact.words})
    ontology = Ontology()
    pipeline = Pipeline(ontology)
    replies = {name: pipeline.extract(pipeline.read(given.replies / f"{name}.txt")) for name in documents}
    claims = claims_of(replies, ontology)
    total, right = Counter(f.state for f in facts), Counter(f.state for f in facts if found(f, claims, replies))
    for fact in facts:
        print(f"{'found' if found(fact, claims, replies) else 'MISSED':7} {fact.id:4} {fact.state}")
    print("; ".join(f"{state} {right[state]} of {number}" for state, number in total.items()))
    beyond = [c for c in claims if c.outcome.state != SILENT and not any(tells(c, f, replies) for f in facts)]
    print(f"\nclaimed beyond the list, to be judged: {len(beyond)}")
    for claim in beyond:
        print(f"  {claim}")


if __name__ == "__main__":
    main()
