"""Extractions made by hand: what the rooms before identity would hand over, of invented names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count

import pytest

from ecograph.across import Identity
from ecograph.extraction import Extraction
from ecograph.identity import Identifier
from ecograph.iris import entity_iri
from ecograph.model import Contact, Document, Entity, Field, Header, Linked, Mention, OffsetMap, Span, Statement
from ecograph.ontology import Ontology

# A name in a made reply: its class, or its class and other names that the reply gives it.
Named = str | tuple[str, ...]


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The shipped ontology."""
    return Ontology()


@pytest.fixture(scope="session")
def identifier(ontology: Ontology) -> Identifier:
    """Loaded once."""
    return Identifier(ontology)


class Replies:
    """Made replies and the identity of what they name."""

    def __init__(self, ontology: Ontology, identifier: Identifier) -> None:
        self._ontology = ontology
        self._identifier = identifier
        self._count = count(1)
        self.made: list[Extraction] = []

    def say(
        self,
        text: str,
        *,
        place: str = "云溪区",
        issuer: str | None = None,
        date: str | None = None,
        private: str | None = None,
        statements: Callable[[Callable[[str], str], str], Iterable[Statement]] = lambda iri, document: (),
        **names: Named,
    ) -> str:
        """A reply with this text in which each of the names is a mention wherever it stands; gives its id.

        Names are given as keywords, by a key that doesn't matter: `a=("Policy", "云溪区…办法", "办法")`, the first being the
        entity's name and the others what the reply calls it too.
        """
        id_ = f"r{next(self._count)}"
        entities: dict[str, Entity] = {}
        entity_of: dict[Mention, str] = {}
        for cls, name, *others in (tuple(n) for n in names.values()):
            iri = self.iri(cls, name)
            entities[iri] = Entity(iri, name, cls, tuple(others))
            for words in (name, *others):
                at = text.find(words)
                while at >= 0:
                    if not any(m.start < at + len(words) and at < m.end for m in entity_of):
                        entity_of[Mention(at, at + len(words), cls, "hand", 0.9)] = iri
                    at = text.find(words, at + 1)
        own = self.iri("Place", place)
        entities.setdefault(own, Entity(own, place, "Place"))
        body = self.iri("GovernmentBody", issuer) if issuer else None
        references = []
        if body and issuer:
            entities.setdefault(body, Entity(body, issuer, "GovernmentBody"))
            at = text.find("我局")
            references = [(Span(at, at + 2), body)] if at >= 0 else []
        contacts = (Contact("person", Span(text.index(private), text.index(private) + len(private))),) if private else ()
        header = Header(date=Field(date, Span(0, 1)) if date else None)
        document = Document(id_, f"{id_}.txt", text, OffsetMap(((0, 0, len(text)),)), header, (), contacts)
        linked = Linked(tuple(entities[i] for i in sorted(entities)), entity_of, tuple(references), own, body)
        by_name = {e.label: e.iri for e in entities.values()}
        mentions = tuple(sorted(entity_of, key=lambda m: (m.start, -m.end)))
        said = tuple(statements(by_name.__getitem__, id_))
        self.made.append(Extraction(document, mentions, linked, said))
        return id_

    def iri(self, cls: str, name: str) -> str:
        """The IRI that a reply would give an entity of that name."""
        return entity_iri(self._ontology.cls(cls).group, name)

    def identity(self, **judgements: object) -> Identity:
        """What identity makes of the replies made so far."""
        return self._identifier.identify(self.made, **judgements)  # type: ignore[arg-type]


@pytest.fixture
def new(ontology: Ontology, identifier: Identifier) -> Callable[[], Replies]:
    """Makes empty sets of replies."""
    return lambda: Replies(ontology, identifier)


@pytest.fixture
def replies(new: Callable[[], Replies]) -> Replies:
    """An empty set of replies to say something in."""
    return new()
