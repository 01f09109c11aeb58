"""Naming: a Document's Mentions.

Known names (gazetteers), name patterns and what the context tells give candidates; the trained recogniser sees them with the
characters and their neighbours and proposes spans; a second look judges each of these whole, and the likeliest stay.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy

from ecograph.model import Document, Mention
from ecograph.naming.boundaries import Boundaries
from ecograph.naming.candidates import Candidate, mention, resolve
from ecograph.naming.context import Contexts
from ecograph.naming.features import Rows, Seen
from ecograph.naming.gazetteer import Gazetteer
from ecograph.naming.judging import Features, Guess, Judge, Known, Spans, model_of_spans
from ecograph.naming.kinds import Kinds, model_of_kinds
from ecograph.naming.lexicon import Lexicon
from ecograph.naming.mending import Mender
from ecograph.naming.merging import Merger
from ecograph.naming.patterns import Patterns, Scene
from ecograph.naming.recogniser import MODEL, RULE, Recogniser, sentences
from ecograph.naming.repeats import repeated
from ecograph.naming.spans import Proposals, propose
from ecograph.naming.words import Words
from ecograph.ontology import Ontology

__all__ = ["Namer"]


@dataclass(frozen=True, slots=True)
class Findings:
    """What gazetteers, patterns and contexts found in a document: all candidates, and those chosen among them."""

    scene: Scene
    found: list[Candidate]
    chosen: list[Candidate]


@dataclass(frozen=True, slots=True)
class Trained:
    """The three models: of characters, of spans, of kinds of organizations. Raises OntologyError when one can't be read."""

    recogniser: Recogniser
    judge: Judge
    kinds: Kinds


class Namer:
    """Finds mentions. Loaded once, used for many documents. `model` None: without the trained recogniser."""

    def __init__(self, ontology: Ontology, model: Path | None = MODEL) -> None:
        self._place = ontology.with_role("jurisdiction")
        self._person = ontology.with_role("person")
        self._authority = ontology.with_role("authority")
        self._field = ontology.with_role("field")
        self._gazetteer = Gazetteer(ontology, spacy.blank("zh").vocab)
        self._boundaries = Boundaries(ontology)
        self._patterns = Patterns(ontology)
        self._contexts = Contexts(ontology, self._patterns)
        self._merger = Merger(ontology)
        self._mender = Mender(ontology)
        self._words = Words(ontology)
        self._lexicon = Lexicon(ontology)
        self._known = Known(self._lexicon.brands, self._boundaries.conjunctions, self._gazetteer.cls)
        self._groups = {name: cls.group for name, cls in ontology.classes.items()}
        self._trained = Trained(Recogniser(model), Judge(model_of_spans(model)), Kinds(ontology, model_of_kinds(model))) if model else None

    def find(self, document: Document) -> tuple[Mention, ...]:
        """The mentions of `document`, none overlapping another, sorted by start."""
        text = document.text
        findings = self.explore(document)
        chosen = findings.chosen
        if self._trained:
            chosen = self._merger.merge(text, self._recognised(findings, self._trained), chosen)
            chosen = self._merger.declared(text, chosen, self._contexts.aliases(text, chosen))
        mended = self._mender.mend(text, sorted(chosen, key=lambda c: c.start))
        return tuple(mention(self._merger.calibrated(c)) for c in mended)

    def explore(self, document: Document) -> Findings:
        """What is found without the recogniser."""
        text = document.text
        known = self._gazetteer.find(text)
        strong = [c for c in known if text[c.start : c.end] not in self._gazetteer.weak]
        scene = self._scene(text, known, strong)
        found = [c for c in strong if self._gazetteer.fits(text, c)]
        found += [Candidate(a, b, self._place, "place-chain", 0.9) for b, a in scene.places.items()]
        found += self._patterns.find(scene)
        found += self._named_by_header(document)
        found += self._contexts.lists(text, scene.edges, resolve(found, len(text)))
        found += self._contexts.aliases(text, resolve(found, len(text)))
        found += self._contexts.siblings(text, scene.edges, resolve(found, len(text)))
        chosen = resolve(found, len(text))
        chosen += self._contexts.repeats(text, chosen)
        return Findings(scene, found, sorted(chosen, key=lambda c: c.start))

    def seen(self, findings: Findings) -> Seen:
        """What the recogniser's features are made of."""
        text = findings.scene.text
        words = tuple(self._words.cut(text))
        return Seen(findings.scene, findings.found, findings.chosen, words, tuple(self._lexicon.signs(text, words)), repeated(text))

    def proposals(self, findings: Findings, recogniser: Recogniser) -> tuple[Proposals, list[Features]]:
        """Every span that may be a name, and the features by which it is judged."""
        text, seen = findings.scene.text, self.seen(findings)
        proposals = propose(text, recogniser.read(text, Rows(seen)), findings.found, findings.chosen, self._groups)
        return proposals, Spans(text, proposals, seen.words, self._known).rows()

    def _recognised(self, findings: Findings, trained: Trained) -> list[Candidate]:
        """The names that the second look leaves, with their classes."""
        text = findings.scene.text
        proposals, rows = self.proposals(findings, trained.recogniser)
        guesses = trained.judge.choose(proposals, rows, len(text), self._merger.least)
        ends = [c.end for c in findings.chosen]
        named: list[Candidate] = []
        for inside in _by_sentence(text, guesses):
            beside = findings.chosen[bisect_right(ends, inside[0][0]) : bisect_left(ends, inside[-1][1]) + 1]
            named += trained.kinds.tell(text, inside, beside, RULE)
        return named

    def _named_by_header(self, document: Document) -> Iterator[Candidate]:
        """The persons whom the header or the contact lines name, and the issuing body."""
        header = document.header
        for field in (*header.addressees, header.signatory):
            if field and self._patterns.personal(field.value):
                yield Candidate(field.span.start, field.span.end, self._person, "header-person", 0.99)
        for contact in document.contacts:
            if contact.kind == "person":
                yield Candidate(contact.span.start, contact.span.end, self._person, "contact-person", 0.97)
        if header.issuer:
            yield Candidate(header.issuer.span.start, header.issuer.span.end, self._authority, "header-issuer", 0.97)

    def _scene(self, text: str, known: list[Candidate], strong: list[Candidate]) -> Scene:
        places = [c for c in strong if c.cls == self._place]
        chains = {end: start for start, end in reversed(_chains(places))}
        edges = self._boundaries.mark(text, {c.start for c in places})
        begun = {c.start: c.end for c in sorted(strong, key=lambda c: -c.end) if c.cls != self._field}
        return Scene(text, edges, known, chains, begun, {c.end for c in strong}, self._boundaries.conjunctions, self._boundaries.closers)


def _chains(places: list[Candidate]) -> list[tuple[int, int]]:
    """Known places, those that touch joined (浙江+义乌), the longest from each start."""
    longest: dict[int, int] = {}
    for c in places:
        longest[c.start] = max(longest.get(c.start, 0), c.end)
    spans: dict[int, int] = {}
    for start in sorted(longest, reverse=True):
        end = longest[start]
        spans[start] = spans.get(end, end)
    return sorted(spans.items())


def _by_sentence(text: str, guesses: Sequence[Guess]) -> Iterator[Sequence[Guess]]:
    """The guesses of each sentence that has any."""
    starts = [guess[0] for guess in guesses]
    first = 0
    for _, end in sentences(text):
        last = bisect_left(starts, end)
        if last > first:
            yield guesses[first:last]
        first = last
