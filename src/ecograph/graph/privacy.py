"""What must not enter the graph: the private details of a reply's contact person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ecograph.model import Document, Field, Linked, Mention, Span, Statement


@dataclass(frozen=True, slots=True)
class Private:
    """The contact details of one document: where they stand, and those that are recognised anywhere.

    `details` are the texts that hold a digit (telephones, addresses, postcodes). A person's name alone is
    private only where it stands: 王军 may be the contact, and 王军良 the deputy.
    """

    spans: tuple[Span, ...]
    details: tuple[str, ...]

    @classmethod
    def of(cls, document: Document) -> Private:
        """The contact details that the reader recognised."""
        texts = {document.text[c.span.start : c.span.end].strip() for c in document.contacts}
        details = sorted(text for text in texts if any(character.isdigit() for character in text))
        return cls(tuple(c.span for c in document.contacts), tuple(details))

    def touches(self, span: Span, words: str = "") -> bool:
        """Whether the span overlaps a contact detail, or the words repeat one."""
        overlaps = any(span.start < private.end and private.start < span.end for private in self.spans)
        return overlaps or any(detail in words for detail in self.details)

    def hides(self, field: Field) -> bool:
        """Whether a field of the header was taken from a contact's line."""
        return self.touches(field.span, field.value)


def public(
    document: Document, mentions: Sequence[Mention], linked: Linked, statements: Sequence[Statement]
) -> tuple[tuple[Mention, ...], Linked, tuple[Statement, ...]]:
    """The mentions, entities and statements without the contact person, and without whatever only these lines name."""
    private = Private.of(document)
    shown = tuple(m for m in mentions if not private.touches(m.span, document.text[m.start : m.end]))
    kept = set(shown)
    named = {linked.entity_of[m] for m in shown if m in linked.entity_of}
    dropped = {linked.entity_of[m] for m in mentions if m not in kept and m in linked.entity_of}
    hidden = dropped - named - {linked.jurisdiction, linked.issuer}
    return (
        shown,
        replace(
            linked,
            entities=tuple(e for e in linked.entities if e.iri not in hidden),
            references=tuple((span, iri) for span, iri in linked.references if iri not in hidden and not private.touches(span)),
        ),
        tuple(s for s in statements if not {s.subject, s.object} & hidden and not _says(s, private)),
    )


def _says(statement: Statement, private: Private) -> bool:
    return any(private.touches(Span(e.start, e.end), e.quote) for e in statement.evidence)
