"""Quantities of a document: numbers with what they count, when, whether done or planned, and of what they are said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from ecograph.extraction import Quantity
from ecograph.measuring.grammar import Grammar
from ecograph.measuring.hits import ALONE, BRACKETS, FROM, Finder, Hit
from ecograph.measuring.marking import Sentence
from ecograph.measuring.statuses import Statuses
from ecograph.measuring.subjects import About, Said, Subjects, Topic
from ecograph.model import Document, Linked, Mention, Statement
from ecograph.ontology import Ontology

WIDEST = 160  # characters of evidence; beyond it the clause alone is shown
SPECIFIC = 4  # characters of words that tell what is counted even of a whole district
UNTOLD = 0.8  # factor of confidence without words for what is counted
PLANNED, ONGOING = "planned", "ongoing"


class Measurer:
    """Measures documents by patterns/{quantities,times,statuses}.jsonl. Raises OntologyError when a record is not sound."""

    def __init__(self, ontology: Ontology) -> None:
        self._grammar = Grammar(ontology)
        self._finder = Finder(self._grammar)
        self._statuses = Statuses(ontology, self._grammar)
        self._subjects = Subjects(ontology, self._grammar)
        self._facts = frozenset(name for name, factual in ontology.statuses.items() if factual)
        self._jurisdiction = ontology.with_role("jurisdiction")

    def measure(
        self, document: Document, mentions: Sequence[Mention], linked: Linked, statements: Sequence[Statement]
    ) -> tuple[Quantity, ...]:
        """The document's quantities in the order of their numbers, each with the clause that gives it as evidence."""
        said, topic = Said.of(linked, statements), Topic()
        clock = _Clock(self._grammar, document, self._facts)
        found: list[Quantity] = []
        for sentence in self._grammar.marker.sentences(document, mentions, linked):
            for hit in self._finder.hits(sentence):
                found += self._quantity(document, sentence, hit, said, topic, clock)
            topic = self._subjects.topic(sentence, topic)
            clock.passed(sentence)
        return tuple(found)

    def _quantity(  # noqa: PLR0913, PLR0917 — a quantity comes of these
        self, document: Document, sentence: Sentence, hit: Hit, said: Said, topic: Topic, clock: _Clock
    ) -> Iterator[Quantity]:
        status = self._statuses.status(sentence, hit.left, hit.start, hit.right)
        if status is None:
            return
        about = self._subjects.about(sentence, hit, said, topic)
        counted = self._counted(sentence, hit, about)
        place, time = clock.time(sentence, hit, status)
        status = clock.status(time, status)
        begin = min(p for p in (hit.left, place, about.place) if p is not None)
        stops = self._grammar["clause"].finditer(sentence.text, 0, begin)
        evidence = sentence.evidence(max((m.end() for m in stops), default=0), hit.right)
        if evidence.end - evidence.start > WIDEST:
            evidence = sentence.evidence(hit.left, hit.right)
        how = hit.role if hit.role != ALONE else "list" if about.named else "behind" if hit.behind else "before"
        yield Quantity(
            document.id,
            hit.value,
            hit.name,
            counted,
            about.entities,
            sentence.evidence(hit.start, hit.end),
            evidence,
            status,
            f"{hit.unit.id}.{how}",
            round(about.confidence * (1 if counted or about.named else UNTOLD), 3),
            hit.bound,
            None if hit.role == FROM else time,
            about.named,
            about.statements,
            self._measure(hit, about, counted),
        )

    def _counted(self, sentence: Sentence, hit: Hit, about: About) -> str:
        """The words for what is counted, without the name that they are said of unless nothing else is left."""
        a, b = hit.counted
        if about.named and not hit.behind:
            match = self._grammar["members-list"].search(sentence.text, hit.left, hit.until)
            return match["kind"] if match else ""
        if about.place is not None and a <= about.place < b - 1 and not hit.behind and (not hit.unit.ratio or a == about.place):
            a = about.place + 1
        if not hit.behind and self._grammar.is_verb(sentence.text, a, b):
            a = b
        words = sentence.plain(*hit.inherited).strip(BRACKETS) + sentence.plain(a, b).strip(BRACKETS)
        if not words and about.place is not None and hit.name in self._own_units(about):
            words = sentence.anchors[about.place].words
        return words

    def _own_units(self, about: About) -> frozenset[str]:
        return frozenset(u for m in self._grammar.measures if m.own and about.cls in m.classes for u in m.units)

    def _measure(self, hit: Hit, about: About, counted: str) -> str:
        """The name under which this can be compared with other replies' numbers, "" for none."""
        for measure in self._grammar.measures:
            fits = about.cls in measure.classes and (hit.name in measure.units or (measure.money and hit.unit.money))
            told = measure.pattern.fullmatch(counted) or about.predicate in measure.predicates
            if fits and (told or (measure.own and hit.name in measure.units and self._names(hit, about, counted))):
                return measure.id
        vague = about.cls == self._jurisdiction or about.cls is None
        if any(g.fullmatch(counted) for g in self._grammar.generic) and (vague or not counted):
            return ""
        return "" if vague and len(counted) < SPECIFIC else counted

    @staticmethod
    def _names(hit: Hit, about: About, counted: str) -> bool:
        """Whether what is counted is the thing itself: its name stands where the counted words would."""
        return about.place is not None and (hit.counted[0] <= about.place < hit.counted[1] or hit.counted[0] == hit.counted[1])


class _Clock:
    """When what a number tells was so: by its clause, its sentence, or the sentence before."""

    def __init__(self, grammar: Grammar, document: Document, facts: Set[str]) -> None:
        self._grammar, self._facts, self._plan = grammar, facts, PLANNED
        date = document.header.date
        value = date.value if date else ""
        self._year = int(value[:4]) if value[:4].isdecimal() else None
        self._month = int(value[5:7]) if value[5:7].isdecimal() else 12
        self._paragraph = -1
        self._carried: str | None = None

    def passed(self, sentence: Sentence) -> None:
        """Remember the year that opens a sentence, for those that follow it in the paragraph."""
        if sentence.paragraph != self._paragraph:
            self._paragraph, self._carried = sentence.paragraph, None
        first = min(sentence.times, default=None)
        if first is not None:
            value = sentence.times[first]
            leads = not sentence.text[:first].strip() or first <= 2
            since = self._grammar["since"].match(sentence.text, first + 1)
            self._carried = value if leads and len(value) == 4 and not since else None

    def time(self, sentence: Sentence, hit: Hit, status: str) -> tuple[int | None, str | None]:
        """Where in the sentence the time stands, if it does, and its value."""
        text = sentence.text
        if any(frame.search(text, hit.left, hit.right) for frame in self._grammar.frames):
            return self._whole_year(sentence, hit, status)
        places = [p for p in sorted(sentence.times) if not self._grammar["compared"].search(text, max(0, p - 3), p)]
        own = [p for p in places if hit.left <= p < hit.right]
        before = [p for p in own if p < hit.start]
        if own:
            return self._at(sentence, before[-1] if before else own[0])
        earlier = [p for p in places if p < hit.left and self._grammar["opens"].fullmatch(text, self._clause(text, p), p)]
        lasting = self._grammar["lasting"].search(text, hit.left, hit.start)
        if earlier and (not lasting or self._grammar["until"].search(text, max(0, earlier[-1] - 3), earlier[-1])):
            return self._at(sentence, earlier[-1])
        if lasting or self._grammar["lasting"].search(text, 0, hit.start) or sentence.paragraph != self._paragraph or earlier:
            return None, None
        return None, self._carried

    def status(self, time: str | None, status: str) -> str:
        """What a year to come tells of can't be a fact yet."""
        if status in self._facts and self._year is not None and time and time[:4].isdecimal() and int(time[:4]) > self._year:
            return self._plan
        return status

    def _clause(self, text: str, place: int) -> int:
        """Where the clause of a place begins."""
        return max((m.end() for m in self._grammar["clause"].finditer(text, 0, place)), default=0)

    def _at(self, sentence: Sentence, place: int) -> tuple[int, str]:
        value = sentence.times[place]
        since = self._grammar["since"].match(sentence.text, place + 1)
        return place, f"{value}/" if since and "/" not in value else value

    def _whole_year(self, sentence: Sentence, hit: Hit, status: str) -> tuple[int | None, str | None]:
        """全年 is the year last named, else the reply's year if planned, else the last that is over."""
        named = [p for p in sorted(sentence.times) if p < hit.start and len(sentence.times[p]) >= 4]
        if named:
            return named[-1], sentence.times[named[-1]][:4]
        if self._year is None:
            return None, None
        over = status in {PLANNED, ONGOING} or self._month == 12
        return None, self._carried or str(self._year if over else self._year - 1)
