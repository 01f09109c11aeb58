"""The words of a reply that show a link: the clause that names the thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ecograph.across import Node, Witness
from ecograph.extraction import Extraction, Roll
from ecograph.identity.names import clean
from ecograph.model import Document, Evidence, Mention

# Where a clause ends, as code points of the full stop, the semicolon and the marks of question and exclamation, and the line's end.
STOPS = "\u3002\uff1b\uff01\uff1f\n"
LONGEST = 160


class Clauses:
    """The mentions of many replies by node. Mentions in a contact person's lines count as none."""

    def __init__(self, extractions: Sequence[Extraction | Roll]) -> None:
        self._documents: Mapping[str, Document] = {e.document.id: e.document for e in extractions}
        self._mentions: dict[str, dict[str, list[Mention]]] = {}

    def named(self, extraction: Extraction | Roll) -> Mapping[str, Sequence[Mention]]:
        """The extraction's public mentions by their entity's IRI, in the order of the text."""
        document = extraction.document
        if document.id not in self._mentions:
            private = sorted((c.span.start, c.span.end) for c in document.contacts)
            found: dict[str, list[Mention]] = {}
            for mention in sorted(extraction.mentions, key=lambda m: (m.start, -m.end)):
                iri = extraction.linked.entity_of.get(mention)
                if iri and not any(a < mention.end and mention.start < b for a, b in private):
                    found.setdefault(iri, []).append(mention)
            self._mentions[document.id] = found
        return self._mentions[document.id]

    def text(self, document: str) -> str:
        """The reply's text."""
        return self._documents[document].text

    def witness(self, node: Node, words: str | None = None) -> tuple[Witness, ...]:
        """The clause that first names the node (by `words`, where one does), unless it holds a contact's detail."""
        text = self.text(node[0])
        mentions = self._mentions[node[0]].get(node[1], [])
        exact = [m for m in mentions if words is not None and clean(text[m.start : m.end]) == words]
        found = (w for m in (*exact, *mentions) for w in self.around(node[0], m.start, m.end))
        return tuple(w for w in (next(found, None),) if w)

    def behind(self, node: Node, window: int, stops: str) -> Iterator[str]:
        """What stands behind each mention of the node, at most `window` characters and not past one of the `stops`."""
        text = self._documents[node[0]].text
        for mention in self._mentions[node[0]].get(node[1], ()):
            words = text[mention.end : mention.end + window]
            yield words[: min((at for stop in stops if (at := words.find(stop)) >= 0), default=window)]

    def around(self, document: str, start: int, end: int) -> tuple[Witness, ...]:
        """The clause around these words; none if it holds a contact's detail."""
        evidence = self.clause(self._documents[document], start, end)
        private = (c.span for c in self._documents[document].contacts)
        if any(span.start < evidence.end and evidence.start < span.end for span in private):
            return ()
        return (Witness(document, evidence),)

    def clause(self, document: Document, start: int, end: int) -> Evidence:
        """The sentence around start and end, cut to at most LONGEST characters before and behind."""
        text = document.text
        lower, upper = max(0, start - LONGEST), min(len(text), end + LONGEST)
        first = max((text.rfind(stop, lower, start) for stop in STOPS), default=-1)
        last = min((at for stop in STOPS if (at := text.find(stop, end, upper)) >= 0), default=upper)
        begin = first + 1 if first >= 0 else lower
        while begin < start and text[begin].isspace():
            begin += 1
        return Evidence(begin, last, text[begin:last])
