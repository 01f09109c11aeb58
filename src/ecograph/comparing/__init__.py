"""What changed between two builds, or between two days of one: compare(old, new, ontology) → Changes.

Records of patterns/comparing.jsonl, each with `id` and `kind`:

`replacement`  a `predicate` whose subject takes its object's place, once a reply states it as a fact.
`ending`       dates of a policy (`terms`: concepts of schemes/terms.ttl) after which it no longer holds; `planned`: whether
               one that is only expected counts, once its day has come.
`text`         what the page and the Markdown say (`zh`); {name} stands for a value.
"""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Dataset

from ecograph.changes import Changes, Side, ThingChange
from ecograph.comparing.aligning import align
from ecograph.comparing.claims import claim_changes
from ecograph.comparing.commitments import commitment_changes
from ecograph.comparing.figures import figure_changes
from ecograph.comparing.policies import ended, replaced
from ecograph.comparing.state import Answers, State, Text, load_state
from ecograph.ontology import Ontology

__all__ = ["Scope", "compare"]


def no_text(document: str) -> str | None:
    """No reply's text is at hand."""
    return None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a side is called; the day (ISO 8601) up to which replies belong to it, if not all do; and their texts.

    `text` gives a reply's text by its document id, for the sentence around a name of which nothing is stated.
    """

    name: str
    day: str | None = None
    text: Text = no_text


def compare(old: Dataset, new: Dataset, ontology: Ontology, scopes: tuple[Scope, Scope] = (Scope("old"), Scope("new"))) -> Changes:
    """What `new` says that `old` doesn't, and the other way round; `scopes` are theirs. Equal sides give no change."""
    first = Answers(old)
    answers = (first, first if new is old else Answers(new))
    before, after = states = (load_state(answers[0], ontology, scopes[0].day), load_state(answers[1], ontology, scopes[1].day))
    alignment = align(before, after)
    claims = alignment.claims(before)
    known = set(alignment.new_of.values()) | {thing.iri for r in alignment.parted for thing in r.several}
    still = {iri for iri, now in alignment.new_of.items() if now in after.things}
    moved, said, unsaid = claim_changes(claims, before, after)
    commitments, promised = commitment_changes(answers, states, alignment, ontology)
    return Changes(
        old=Side(scopes[0].name, len(before.replies), before.undated),
        new=Side(scopes[1].name, len(after.replies), after.undated),
        appeared=_named_only(after, known, scopes[1].text),
        gone=_named_only(before, still, scopes[0].text),
        joined=alignment.joined,
        parted=alignment.parted,
        recast=alignment.recast,
        policies=(*replaced(claims, before, after, ontology), *ended(answers, states, alignment, ontology)),
        moved=moved,
        commitments=commitments,
        promised=promised,
        figures=figure_changes(answers, states, alignment, ontology),
        said=said,
        unsaid=unsaid,
    )


def _named_only(state: State, elsewhere: set[str], text: Text) -> tuple[ThingChange, ...]:
    """The things of this side that the other doesn't have, by class and label."""
    things = sorted((t for iri, t in state.things.items() if iri not in elsewhere), key=lambda t: (t.cls, t.label, t.iri))
    return tuple(ThingChange(t, tuple(sorted({named.words(text) for named in state.naming[t.iri]}))) for t in things)
