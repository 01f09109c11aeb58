"""Identity: which entities of many replies are one thing.

Records of patterns/identity.jsonl, each with `id` and `kind`. What a name says by itself:

`threshold`     the confidence from which evidence joins two things; below it they are for review.
`skip`          classes whose IRIs are already theirs everywhere (terms of industries, places).
`jurisdiction`  names of these classes hold within one jurisdiction, unless they begin with a place or with `anchor`, or stand in a
                table of kind `known`; `reply`: common words, which mean another thing in each reply.
`edition`, `branch`, `official`   what tells two names apart: a number or year, a part of a body, a full official name.
`nature`        what never is one thing: a legal body by its full name, and a place or a work.
`part-of-body`  a name (`whole`) that another begins with, whose rest (`pattern`) is a part of that body (四川大学, its hospital).
`common-word`   how frequent the words are that many names may begin with.
`listed`        between two names: they stand in one list, so they differ.

Evidence, with its `confidence`:

`same-name`, `same-name-above`, `same-name-elsewhere`   one name under two classes, in two jurisdictions.
`place`, `place-short`    the jurisdiction left out of the name (专利超市, 长宁区专利超市).
`written`       names that are one once each of the `pairs` (a pattern and what stands for it) is written short
                (高新技术产业开发区, 高新区).
`declared`, `declared-far`   a name that another reply declares as a short form, of the same jurisdiction or another;
                `declared-mixed`: what another reply's naming takes for a thing of another class;
                `shared-alias`: one short form that is declared for two, `shared-alias-within`: of which one is the other shortened.
`between`       `pattern` stands between two names, and `behind` the second: renamed (the `newer` one keeps its name), called,
                registered as, with another plate at its door; if `alone`, not where the first is one of several.
`apposition`    behind 我局, in brackets: another name of the body that replies.
`title`, `title-loose`, `title-part`, `title-tail`   titles that differ in particles, in a weak word, in what stands before.
`title-numbered`   《三年行动计划》, or a title without its years: the only one of the jurisdiction that ends so.
`nickname`, `nickname-chars`   “质品知33条”: characters of the title, and the number of measures that a text gives it.
`core`, `core-kind`, `core-mixed`   one quoted core; what stands beside it is common (`generic`), its kind, or nested.
`abbreviation`, `abbreviation-department`, `part`   beginnings of a full name's words; a foreign word with its head noun.
`middle`, `middle-common`   the middle of the one name that begins and ends so left out; of common words, for review.
`middle-weak`   one weak word left out behind a word of the name's own (国际).
`firm-middle`   the brand and the end of the only firm of that brand in a jurisdiction.
`firm`, `firm-near`, `firm-brand`   what a full firm's name begins with.
`fund-registered`, `fund-stem`, `function`   a fund's registered name; funds that begin alike; the only fund of its kind of a jurisdiction.
`local`         the reason given for a common word that keeps to its own reply.
`decision`, `decision-apart`   a person's judgement, and one that another contradicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ecograph.across import Identity, Node
from ecograph.extraction import Extraction, Roll
from ecograph.identity.clusters import Clusters
from ecograph.identity.firms import Firms
from ecograph.identity.judging import Judgements, Ref
from ecograph.identity.names import Names
from ecograph.identity.parts import Parts
from ecograph.identity.proposals import Proposal, Rules
from ecograph.identity.result import Result
from ecograph.identity.samename import SameName
from ecograph.identity.shortened import Shortened
from ecograph.identity.shorttitles import ShortTitles
from ecograph.identity.territory import Territory
from ecograph.identity.texts import Texts
from ecograph.identity.things import Collected, Collector, Thing
from ecograph.identity.titles import Titles
from ecograph.ontology import Ontology

__all__ = ["Identifier", "Ref"]


class Identifier:
    """Joins the entities of many replies. Loaded once, used for many sets."""

    def __init__(self, ontology: Ontology) -> None:
        territory = Territory(ontology)
        names = Names(ontology, territory)
        self._rules = Rules(ontology, names)
        self._collector = Collector(ontology, names, territory)
        titles = Titles(self._rules)
        self._titles = ShortTitles(self._rules, titles)
        self._finders = (
            SameName(self._rules).find,
            titles.find,
            self._titles.find,
            Shortened(self._rules).find,
            Firms(self._rules).find,
        )
        self._parts = Parts(self._rules)
        self._texts = Texts(self._rules)
        self._authority = ontology.with_role("authority")
        self._unplaced = frozenset(c for r in self._rules.all("firm") + self._rules.all("fund-registered") for c in r["classes"])

    def identify(
        self,
        extractions: Iterable[Extraction | Roll],
        *,
        same: Iterable[tuple[Ref, Ref]] = (),
        different: Iterable[tuple[Ref, Ref]] = (),
        labels: Mapping[str, str] | None = None,
        classes: Mapping[str, str] | None = None,
    ) -> Identity:
        """Which of the replies' entities are one, in whatever order the replies come.

        `same` and `different` are a person's judgements on pairs and win over every rule; each side is a node (document's
        id, IRI) or an IRI, which then stands for all replies' uses of it. `labels` and `classes` give what the thing with
        that IRI is to be called and to be; of several for one thing the last counts. References to what no reply names are passed over.
        """
        ordered = sorted(extractions, key=_order)
        judgements = Judgements(tuple(same), tuple(different))
        collected = self._collector.collect(ordered, judgements.alone)
        clusters = Clusters(collected.things, self._marks)
        decided = judgements.apply(collected, clusters, self._rules)
        proposals, apart = self._texts.find(ordered, collected)
        clusters.keep_apart(sorted(apart | set(self._parts.find(collected.things))))
        proposals.extend(p for find in self._finders for p in find(collected))
        proposals.extend(_split(collected, judgements.alone, self._rules))
        taken = list(clusters.take(_once(proposals), self._rules.one("threshold")["confidence"]))
        return Result(collected, clusters, self._rules).identity([*decided, *taken], labels or {}, classes or {})

    def _marks(self, thing: Thing) -> Mapping[str, frozenset[str]]:
        """What tells the thing from others of its group."""
        form, found = thing.form, {"branch": frozenset({thing.form.branch or ""})}
        if form.official and (thing.literal or thing.cls != self._authority):
            title = self._titles.body(thing) if thing.cls == self._rules.ontology.with_role("titled") else form.official
            found["official"] = frozenset({title})
        if form.place and thing.cls not in self._unplaced:
            found["place"] = frozenset({form.place})
        if nature := self._parts.nature(thing):
            found["nature"] = frozenset({nature})
        if form.edition:
            found["edition"] = frozenset({"|".join(sorted(form.edition))})
        return found


def _order(extraction: Extraction | Roll) -> tuple[str, str]:
    date = extraction.document.header.date
    return (date.value if date else "", extraction.document.id)


def _once(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Each proposal once, the surest of those that say the same."""
    best: dict[tuple[object, ...], Proposal] = {}
    for proposal in proposals:
        key = (proposal.short, proposal.options, proposal.reason)
        if key not in best or (proposal.confidence, proposal.strong) > (best[key].confidence, best[key].strong):
            best[key] = proposal
    return list(best.values())


def _split(collected: Collected, alone: frozenset[Node], rules: Rules) -> Iterable[Proposal]:
    """Nodes that a judgement took out of their thing go back to it, or to each other, unless that judgement forbids it."""
    record = rules.one("same-name")
    by_iri: dict[str, list[Thing]] = {}
    for thing in collected.things.values():
        by_iri.setdefault(thing.iri, []).append(thing)
    for node in sorted(alone & collected.thing_of.keys()):
        thing = collected.thing_of[node]
        others = [o for o in by_iri[node[1]] if o is not thing and o.reach == thing.reach]
        for other in others:
            yield Proposal(thing.key, (other.key,), record["id"], 1.0)
