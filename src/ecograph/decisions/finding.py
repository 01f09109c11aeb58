"""Where a reply says what a judgement is about: by id, else by what it says, although the reply may have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from unicodedata import normalize

from ecograph.judgement import Claim, Thing
from ecograph.model import Entity, Span, Statement

# Of a sentence in which a number or a word was changed this much stays; of another sentence of the same kind less.
ALIKE = 0.8


class Words:
    """A text in which words are found whatever its spaces, line breaks and the width of its signs."""

    def __init__(self, text: str) -> None:
        kept = [(n, _narrow(c)) for n, c in enumerate(text) if not c.isspace()]
        self._places = [n for n, _ in kept]
        self._squeezed = "".join(c for _, c in kept)

    def find(self, quote: str) -> Span | None:
        """Where the words stand first, or None."""
        words = squeeze(quote)
        at = self._squeezed.find(words) if words else -1
        return Span(self._places[at], self._places[at + len(words) - 1] + 1) if at >= 0 else None


def squeeze(text: str) -> str:
    """The text without spaces, its full-width signs narrow."""
    return "".join(_narrow(c) for c in text if not c.isspace())


def _narrow(character: str) -> str:
    narrow = normalize("NFKC", character)
    return narrow if len(narrow) == 1 else character


def same_words(statement: Statement, quote: str) -> bool:
    """Whether the statement rests on these words, or on words that hold them or are held by them."""
    judged = squeeze(quote)
    return any(judged in words or words in judged for words in (squeeze(e.quote) for e in statement.evidence))


def like_words(statement: Statement, quote: str) -> bool:
    """Whether the statement rests on nearly these words."""
    judged = squeeze(quote)
    return any(SequenceMatcher(None, judged, squeeze(e.quote), autojunk=False).ratio() >= ALIKE for e in statement.evidence)


class Names:
    """The entities of one reply, found as they were judged: by IRI, else by name."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities: Mapping[str, Entity] = {e.iri: e for e in entities}
        self._named: dict[str, set[str]] = {}
        for entity in self.entities.values():
            for name in (entity.label, *entity.aliases):
                self._named.setdefault(name, set()).add(entity.iri)

    def find(self, thing: Thing) -> str | None:
        """The IRI by which this reply knows the thing; None when it names none, or two of that name."""
        if thing.iri in self.entities:
            return thing.iri
        named = {iri for iri in self._named.get(thing.label, ()) if not thing.cls or self.entities[iri].cls == thing.cls}
        return min(named) if len(named) == 1 else None


def says(claim: Claim, statement: Statement, names: Names, *, symmetric: bool) -> bool:
    """Whether the statement joins the same two things by the same predicate."""
    if statement.predicate != claim.predicate or statement.document != claim.document:
        return False
    ends = names.find(claim.subject), names.find(claim.object)
    return ends == (statement.subject, statement.object) or (symmetric and ends == (statement.object, statement.subject))
