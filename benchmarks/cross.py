"""How much of a list of facts about several replies the identity of things across them gets right.

    python benchmarks/cross.py --cross FACTS.md --replies FOLDER

FACTS.md has a section `## A.` of rows `- A1 name: doc「words」 = doc「words」; …` (one thing under several names) and a section `## B.`
of rows `- B1 name / name (doc) ≠ name (doc)` (things that must stay apart). Each name is looked up in the replies' mentions, the
mention that covers most of the words and little else. A row holds if all that it equates has one IRI, or all that it
parts has several. Parts of a row that name no words are looked up by themselves.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ecograph.across import Identity
from ecograph.build import Pipeline
from ecograph.extraction import Extraction
from ecograph.identity import Identifier
from ecograph.ontology import Ontology

ROW = re.compile(r"^- (?P<id>[AB]\d+) (?P<rest>.*)$")
QUOTE = re.compile(r"(?P<doc>[A-Za-z0-9_]+)「(?P<words>[^」]*)」")
SHORT = re.compile(r"《(?P<short>[^》]+)》 of (?P<doc>\w+) is (?P<row>A\d+)(?:, not 《(?P<other>[^》]+)》)?")
OFFICES = re.compile(r"(?P<names>\S+(?: and \S+)*) of (?P<one>\w+) \([^)]*\) ≠ those of (?P<other>\w+)")
MARKS = "“”《》 "
WIDE = str.maketrans("()", "（）")
LEAST = 0.5  # a mention that shares less with a name names something else; in section A the words may say more than the name
LISTED = re.compile(r"(?P<names>[^,，(（]+?)\s*\((?P<docs>[^)]*)\)")


@dataclass(frozen=True)
class Name:
    """Words of a reply, or of any reply (`document` is None)."""

    document: str | None
    words: str
    least: float = LEAST


class Replies:
    """The extractions and their identity."""

    def __init__(self, extractions: Mapping[str, Extraction], identity: Identity) -> None:
        self.extractions = extractions
        self.identity = identity

    def things(self, name: Name) -> dict[str, str]:
        """The canonical IRI of the words in each reply where they stand (in the one that is named)."""
        documents = [name.document] if name.document else sorted(self.extractions)
        found = {d: self._thing(self.extractions[d], name) for d in documents if d in self.extractions}
        return {d: iri for d, iri in found.items() if iri}

    def _thing(self, extraction: Extraction, name: Name) -> str | None:
        text, linked = extraction.document.text, extraction.linked
        kept = [i for i, c in enumerate(text) if not c.isspace()]
        squeezed, sought = "".join(text[i] for i in kept).translate(WIDE), "".join(name.words.split()).translate(WIDE).strip(MARKS)
        spans = [(m.start, m.end, iri) for m, iri in linked.entity_of.items()] + [(s.start, s.end, iri) for s, iri in linked.references]
        spans = [(first + (text[first] in MARKS), last - (text[last - 1] in MARKS), iri) for first, last, iri in spans]
        best: tuple[float, str | None] = (name.least, None)
        at = squeezed.find(sought)
        while at >= 0:
            start, end = kept[at], kept[at + len(sought) - 1] + 1
            for first, last, iri in spans:
                shared = min(end, last) - max(start, first)
                if shared > 0:
                    best = max(best, (shared / (max(end, last) - min(start, first)), iri), key=lambda b: b[0])
            at = squeezed.find(sought, at + 1)
        return self.identity.of(extraction.document.id, best[1]) if best[1] else None


def rows(text: str) -> Iterator[tuple[str, str]]:
    """The id and the rest of each row of the sections A and B."""
    for line in text.splitlines():
        match = ROW.match(line)
        if match:
            yield match["id"], match["rest"]


def same(rest: str, replies: Replies) -> Iterator[tuple[str, bool]]:
    """What a row of section A says, part by part, and whether it holds."""
    quoted = [Name(m["doc"], m["words"], 0.0) for m in QUOTE.finditer(rest)]
    canonical = rest.partition(":")[0]
    # A document without words uses the canonical name.
    quoted += [Name(document, canonical) for document in re.findall(r"= (\w+)(?= =|$)", rest)]
    if quoted:
        found = {f"{n.document}「{n.words}」": replies.things(n).get(n.document or "") for n in quoted}
        yield " = ".join(f"{k}→{_short(v)}" for k, v in found.items()), len(set(found.values())) == 1 and None not in found.values()
        return
    for match in LISTED.finditer(rest.partition(":")[2] or rest):
        documents = [d.strip() for d in match["docs"].split(",")]
        for words in match["names"].split("/"):
            name = words.strip(" :")
            iris = [replies.things(Name(d, name)).get(d) for d in documents]
            yield f"{name}→{[_short(i) for i in iris]}", len(set(iris)) == 1 and iris[0] is not None


def parted(rest: str, replies: Replies, titles: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """What a row of section B says in one of its phrases; nothing if it uses none of them. `titles` are section A's, by row."""
    for match in SHORT.finditer(rest):
        short = replies.things(Name(match["doc"], f"《{match['short']}》")).get(match["doc"])
        meant = set(replies.things(Name(None, titles[match["row"]])).values())
        others = set(replies.things(Name(None, match["other"])).values()) if match["other"] else set()
        yield f"{match['doc']} {_short(short)} = {match['row']}", short in meant and short not in others
    for match in OFFICES.finditer(rest):
        for words in match["names"].split(" and "):
            one, other = (replies.things(Name(match[side], words)).get(match[side]) for side in ("one", "other"))
            yield f"{_short(one)} ≠ {_short(other)}", one is not None and other is not None and one != other


def apart(rest: str, replies: Replies) -> Iterator[tuple[str, bool]]:
    """What a row of section B says, and whether it holds; nothing where fewer than two of its names are found."""
    sides = rest.split("≠")
    if len(sides) < 2:
        sides = re.split(r"[,，](?![^(（]*[)）])|→", rest.partition(":")[0])
    groups: list[dict[str, str]] = []
    for side in (re.sub(r"^\s*the \w+ |\bits?\b.*|\bis\b.*", "", side) for side in sides):
        documents = re.findall(r"\((\w+)", side)
        for words in re.sub(r"\([^)]*\).*|:.*|;.*", "", side).split(" / "):
            name = Name(documents[0] if documents and documents[0] in replies.extractions else None, words.strip(" ，,"))
            groups.append(replies.things(name))
    found = [g for g in groups if g]
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            yield f"{_all(one)} ≠ {_all(other)}", not set(one.values()) & set(other.values())


def _short(iri: str | None) -> str:
    return iri.rsplit("/id/", 1)[-1] if iri else "–"


def _all(things: Mapping[str, str]) -> str:
    return ", ".join(sorted({_short(i) for i in things.values()}))


def main() -> None:
    """Run the pipeline over the replies and print each row with its verdict, and the counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cross", type=Path, required=True)
    parser.add_argument("--replies", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[], help="ids of the replies to take; all without it")
    options = parser.parse_args()
    ontology = Ontology()
    pipeline = Pipeline(ontology)
    paths = [p for p in sorted(options.replies.glob("*.txt")) if not options.only or p.stem in options.only]
    extractions = {p.stem: pipeline.extract(pipeline.read(p)) for p in paths}
    replies = Replies(extractions, Identifier(ontology).identify(extractions.values()))
    counts = {"A": [0, 0, 0], "B": [0, 0, 0]}
    text = options.cross.read_text(encoding="utf-8")
    titles = {id_: rest.partition(":")[0].partition(" (")[0] for id_, rest in rows(text)}
    for id_, rest in rows(text):
        parts = list(same(rest, replies) if id_.startswith("A") else parted(rest, replies, titles))
        parts = parts or list(apart(rest, replies))
        verdict = "no words to look up" if not parts else "holds" if all(ok for _, ok in parts) else "FAILS"
        counts[id_[0]][0 if verdict == "holds" else 1 if verdict == "FAILS" else 2] += 1
        print(f"{id_:4} {verdict}")
        for words, ok in parts:
            if not ok or verdict != "holds":
                print(f"       {'ok' if ok else '--'} {words}")
    for section, (good, bad, unknown) in counts.items():
        print(f"{section}: {good} of {good + bad} hold" + (f", {unknown} can't be looked up" if unknown else ""))
    print(f"{len(replies.identity.links)} links, {len(replies.identity.candidates)} candidates")


if __name__ == "__main__":
    main()
