"""What one dataset says up to a day: replies, things, where these are named, and claims with their words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from urllib.parse import unquote

from rdflib import Dataset, Variable
from rdflib.term import Identifier

from ecograph.changes import Thing, Words
from ecograph.iris import BASE
from ecograph.ontology import NS, Ontology

Row = Mapping[str, str]
Text = Callable[[str], str | None]  # a reply's text by its document id, if it is at hand
Key = tuple[str, str, str]  # subject's IRI, predicate's name, object's IRI

REPLY = f"{BASE}reply/"
STOP = re.compile(r"[。！？；!?;\n]")
REACH = 120  # characters of a sentence without end that are shown on either side of a name


@dataclass(frozen=True, slots=True, order=True)
class Reply:
    """A reply's date (ISO 8601, "" without one), file name and title."""

    date: str
    name: str
    title: str


@dataclass(frozen=True, slots=True, order=True)
class Saying:
    """One statement of a reply: when the reply was given, who says it how, by which words."""

    reply: Reply
    status: str
    quote: str
    time: str = ""
    amount: str = ""

    @property
    def words(self) -> Words:
        """The sentence with its source."""
        return Words(self.reply.date, self.reply.name, self.reply.title, self.quote)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a reply: where it begins, and its words."""

    reply: Reply
    start: int
    quote: str


@dataclass(frozen=True, slots=True, order=True)
class Naming:
    """A place where a thing is named: the document's id, the place, the name, and the passage around it, "" where there is none."""

    reply: Reply
    document: str
    start: int
    end: int
    name: str
    passage: str

    def words(self, text: Text) -> Words:
        """The passage, else the sentence of the reply's text, else the name alone."""
        quote = self.passage or sentence(text(self.document), self.start, self.end) or self.name
        return Words(self.reply.date, self.reply.name, self.reply.title, quote)


@dataclass(frozen=True, slots=True)
class State:
    """One side of a comparison. IRIs are canonical: one for one thing."""

    replies: Mapping[str, Reply]
    undated: int
    things: Mapping[str, Thing]
    mentions: Mapping[str, str]  # each mention's IRI and the thing that it names
    naming: Mapping[str, tuple[Naming, ...]]  # by thing: where it is named
    claims: Mapping[Key, tuple[Saying, ...]]
    passages: Mapping[str, Passage] = field(repr=False)
    day: str = ""  # the day that it is limited to, else that of the latest reply; "" if none has a date

    def thing(self, iri: str) -> Thing:
        """The thing of that IRI; one without a label is called by the end of its IRI."""
        return self.things.get(iri) or Thing(iri.rsplit("/", 1)[-1], "", iri)

    def words(self, passage: str) -> Words | None:
        """A passage by its IRI as words; None when its reply doesn't belong to this side."""
        found = self.passages.get(passage)
        return Words(found.reply.date, found.reply.name, found.reply.title, found.quote) if found else None

    def start(self, passage: str) -> int:
        """Where a passage of this side begins in its reply."""
        return self.passages[passage].start


class Answers:
    """What a dataset answers to the queries beside this module, each asked once."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._known: dict[str, list[Row]] = {}

    def rows(self, name: str) -> list[Row]:
        """The answer to the query of that name; a variable without a value is left out of its row."""
        if name not in self._known:
            text = (resources.files("ecograph.comparing") / f"{name}.rq").read_text(encoding="utf-8")
            self._known[name] = [_row(binding) for binding in self._dataset.query(text).bindings]
        return self._known[name]


def _row(binding: Mapping[Variable, Identifier | None]) -> Row:
    """Plain strings. oxrdflib's bindings hold None where rdflib's leave a variable out."""
    return {str(variable): str(value) for variable, value in binding.items() if value is not None}


def load_state(answers: Answers, ontology: Ontology, until: str | None = None) -> State:
    """One side: all replies, or those dated up to the day `until` (ISO 8601); undated ones are then left out."""
    known = _replies(answers)
    undated = sum(not reply.date for reply in known.values()) if until else 0
    replies = {iri: reply for iri, reply in known.items() if until is None or (reply.date and reply.date <= until)}
    passages: dict[str, Passage] = {}
    places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in answers.rows("passages"):
        source, start, end = _place(row["passage"])
        if source in replies:
            passages[row["passage"]] = Passage(replies[source], start, row["quote"])
            places[source].append((start, end, row["quote"]))
    claims = _claims(answers, ontology, passages)
    things = _things(answers, ontology)
    mentions, naming = _mentions(answers, replies, things, {reply: _Places(found) for reply, found in places.items()})
    for (subject, _, obj), said in claims.items():
        for iri in (subject, obj):  # a thing that only a person's judgement names, or the head of the reply
            naming.setdefault(iri, {Naming(saying.reply, "", 0, 0, "", saying.quote) for saying in said})
    return State(
        replies,
        undated,
        {iri: things[iri] for iri in sorted(naming) if iri in things},
        mentions,
        {iri: tuple(sorted(places)) for iri, places in naming.items()},
        claims,
        passages,
        until or max((reply.date for reply in replies.values()), default=""),
    )


def _place(iri: str) -> tuple[str, int, int]:
    """The reply, start and end that the IRI of a stretch of text tells."""
    reply, _, place = iri.partition("#char=")
    start, _, end = place.partition(",")
    return (reply, int(start), int(end)) if start.isdecimal() and end.isdecimal() else (reply, 0, 0)


def _replies(answers: Answers) -> dict[str, Reply]:
    found: dict[str, Reply] = {}
    for row in sorted(answers.rows("replies"), key=lambda row: sorted(row.items())):
        name = row.get("file") or row["reply"].rsplit("/", 1)[-1]
        found.setdefault(row["reply"], Reply(row.get("date", ""), name, row.get("title", "")))
    return found


def _things(answers: Answers, ontology: Ontology) -> dict[str, Thing]:
    """Each thing once: of several labels the one that made the IRI, of several classes the one that says most."""
    classes = {ontology.iri(name): cls for name, cls in ontology.classes.items()}
    found: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for row in answers.rows("things"):
        if cls := classes.get(row["class"]):
            made = not row["entity"].endswith(f"/{row['label']}")
            found[row["entity"]].append((made, row["label"], -len(cls.ancestors), cls.name))
    best = {iri: min(ranked) for iri, ranked in found.items()}
    return {iri: Thing(str(label), str(cls), iri) for iri, (_, label, _, cls) in best.items()}


def _claims(answers: Answers, ontology: Ontology, passages: Mapping[str, Passage]) -> dict[Key, tuple[Saying, ...]]:
    predicates = {ontology.iri(name): predicate for name, predicate in ontology.predicates.items()}
    found: dict[Key, set[Saying]] = defaultdict(set)
    for row in answers.rows("statements"):
        predicate = predicates.get(row["predicate"])
        if predicate is None or row["passage"] not in passages:
            continue
        ends = (row["subject"], row["object"])
        subject, obj = sorted(ends) if predicate.symmetric else ends
        passage = passages[row["passage"]]
        saying = Saying(passage.reply, local(row["status"]), passage.quote, row.get("time", ""), row.get("amount", ""))
        found[subject, predicate.name, obj].add(saying)
    return {key: tuple(sorted(said)) for key, said in found.items()}


def _mentions(
    answers: Answers, replies: Mapping[str, Reply], things: Mapping[str, Thing], places: Mapping[str, _Places]
) -> tuple[dict[str, str], dict[str, set[Naming]]]:
    """Which thing each mention names; and by thing where it is named."""
    mentions: dict[str, str] = {}
    naming: dict[str, set[Naming]] = defaultdict(set)
    for row in answers.rows("mentions"):
        source, start, end = _place(row["mention"])
        reply, thing = replies.get(source), things.get(row["entity"])
        if reply and thing:
            mentions[row["mention"]] = thing.iri
            around = places[source].around(start, end) if source in places else None
            naming[thing.iri].add(Naming(reply, unquote(source.removeprefix(REPLY)), start, end, thing.label, around or ""))
    return mentions, naming


class _Places:
    """The passages of one reply by their place."""

    def __init__(self, passages: list[tuple[int, int, str]]) -> None:
        self._passages = sorted(passages)
        self._longest = max(end - start for start, end, _ in passages)

    def around(self, start: int, end: int) -> str | None:
        """The shortest passage that holds these characters."""
        last = bisect_right(self._passages, (start, float("inf"), ""))
        first = bisect_right(self._passages, (end - self._longest - 1,))
        holding = [(e - s, s, quote) for s, e, quote in self._passages[first:last] if s <= start and end <= e]
        return min(holding)[2] if holding else None


def sentence(text: str | None, start: int, end: int) -> str:
    """The sentence or line of a text that holds these characters, cut where it is very long; "" without a text."""
    if text is None:
        return ""
    before = max((stop.end() for stop in STOP.finditer(text, 0, start)), default=0)
    after = STOP.search(text, end)
    return text[max(before, start - REACH) : min(after.start() if after else len(text), end + REACH)].strip()


def local(iri: str) -> str:
    """The name of a term of the ontology, or the end of any other IRI."""
    return iri.removeprefix(NS) if iri.startswith(NS) else iri.rsplit("/", 1)[-1]
