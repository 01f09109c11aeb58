"""What changed, as Markdown and as a page, for people who know the replies and not the graph.

Both are made of the same parts: sections, items, and under each item the sentences of either side. The page is one
file without scripts and without a remote address; all text goes through Jinja's autoescape.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ecograph.changes import (
    Changes,
    ClaimChange,
    CommitmentChange,
    Figure,
    FigureChange,
    PolicyChange,
    Promised,
    Recasting,
    Regrouping,
    Said,
    Side,
    ThingChange,
    Words,
)
from ecograph.ontology import Ontology
from ecograph.views.projection import asset

SHOWN = 3  # sentences of each side; the rest is counted
# Characters that Markdown reads as more than themselves within a line; no line of ours begins with a reply's words.
MARKUP = re.compile(r"([\\`*_\[\]<>&~|])")
LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Block:
    """The sentences of one side: each its source and the quote; `more` are not shown."""

    heading: str
    words: tuple[tuple[str, str], ...]
    more: str


@dataclass(frozen=True, slots=True)
class Item:
    """One change: what it is, a word of its kind or state, and the sentences."""

    head: str
    tag: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report; empty ones are left out."""

    name: str
    title: str
    note: str
    count: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that is shown, in words."""

    title: str
    sides: str
    notes: tuple[str, ...]
    summary: str
    none: str
    sections: tuple[Section, ...]


def as_markdown(changes: Changes, ontology: Ontology) -> str:
    """The changes as Markdown (CommonMark)."""
    report = _Teller(ontology).report(changes)
    lines = [f"# {_plain(report.title)}", "", _plain(report.sides), "", *(f"{_plain(note)}  " for note in report.notes), ""]
    if not report.sections:
        lines += [_plain(report.none), ""]
    for section in report.sections:
        lines += [f"## {_plain(section.title)}（{_plain(section.count)}）", "", _plain(section.note), ""]
        for item in section.items:
            lines += [f"- **{_plain(item.head)}**{f' `{_code(item.tag)}`' if item.tag else ''}", *_quoted(item.blocks)]
        lines.append("")
    return "\n".join(lines)


def as_html(changes: Changes, ontology: Ontology) -> str:
    """The changes as one self-contained page."""
    from jinja2 import Environment  # noqa: PLC0415 — Markdown doesn't wait for it
    from markupsafe import Markup  # noqa: PLC0415

    style = asset("changes.css")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = Environment(autoescape=True, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True).from_string(
        asset("changes.html")
    )
    report = _Teller(ontology).report(changes)
    page = template.render(report=report, style=Markup(style), policy=f"default-src 'none'; style-src 'sha256-{digest}'")  # noqa: S704 — our own file
    return LONE.sub("\N{REPLACEMENT CHARACTER}", page)


FORMS: Mapping[str, Callable[[Changes, Ontology], str]] = {"html": as_html, "markdown": as_markdown}


class _Teller:
    """Puts changes into words: those of patterns/comparing.jsonl, and the labels of classes, predicates and statuses."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._texts = {str(r["id"]): str(r["zh"]) for r in ontology.records("comparing")}
        self._statuses = {c.name: c.label for c in (*ontology.scheme("statuses"), *ontology.scheme("outcomes"))}

    def report(self, changes: Changes) -> Report:
        """The whole report."""
        tellers: Mapping[str, Callable[..., Item]] = {
            "appeared": self._appeared,
            "gone": self._gone,
            "joined": self._joined,
            "parted": self._parted,
            "recast": self._recast,
            "policies": self._policy,
            "moved": self._moved,
            "commitments": self._commitment,
            "promised": self._promised,
            "figures": self._figure,
            "said": self._said,
            "unsaid": self._unsaid,
        }
        sections = tuple(
            Section(
                name,
                self.say(name),
                self.say(f"{name}-note"),
                self.say("count", count=count),
                tuple(map(tellers[name], getattr(changes, name))),
            )
            for name, count in changes.parts.items()
            if count
        )
        notes = tuple(self._side(side) for side in (changes.old, changes.new))
        notes = (*notes, self.say("reading")) if sections else notes
        sides = self.say("sides", old=changes.old.name, new=changes.new.name)
        return Report(self.say("title"), sides, notes, self.say("summary"), self.say("none"), sections)

    def say(self, id: str, **values: object) -> str:  # noqa: A002 — the records' own key
        """The text of this id with its values; a value's own braces stay as they are."""
        return re.sub(r"\{(\w+)\}", lambda m: str(values[m[1]]), self._texts[id])

    def _side(self, side: Side) -> str:
        undated = self.say("undated", count=side.undated) if side.undated else ""
        return self.say("side", name=side.name, replies=side.replies) + undated

    def _appeared(self, change: ThingChange) -> Item:
        return Item(change.thing.label, self._class(change.thing.cls), self._blocks((), change.words))

    def _gone(self, change: ThingChange) -> Item:
        return Item(change.thing.label, self._class(change.thing.cls), self._blocks(change.words, ()))

    def _joined(self, change: Regrouping) -> Item:
        several = self.say("and").join(thing.label for thing in change.several)
        return Item(self.say("joined-what", one=change.one.label, several=several), self._class(change.one.cls), ())

    _parted = _joined

    def _recast(self, change: Recasting) -> Item:
        old, new = (self.say("thing", name=thing.label, cls=self._class(thing.cls)) for thing in (change.old, change.new))
        return Item(self.say("status-moved", old=old, new=new), "", ())

    def _policy(self, change: PolicyChange) -> Item:
        successor = change.successor.label if change.successor else ""
        head = self.say(change.kind, policy=change.policy.label, successor=successor, time=change.time)
        return Item(head, self._class(change.policy.cls), self._blocks((), change.words))

    def _moved(self, change: ClaimChange) -> Item:
        states = self.say("status-moved", old=self._stated(change.old), new=self._stated(change.new))
        return Item(self._claim(change), states, self._sides(change))

    def _said(self, change: ClaimChange) -> Item:
        return Item(self._claim(change), self._stated(change.new or change.old), self._sides(change))

    _unsaid = _said

    def _commitment(self, change: CommitmentChange) -> Item:
        what = self.say("and").join(thing.label for thing in change.objects) or change.target
        head = self.say("commitment", actor=change.actor.label, action=change.action, what=what)
        promise = self._block("promise", change.words)
        blocks = self._blocks(change.old.words if change.old else (), change.new.words if change.new else ())
        states = self.say("status-moved", old=self._state(change.old), new=self._state(change.new))
        return Item(head, states, (*promise, *blocks))

    def _promised(self, change: CommitmentChange) -> Item:
        return replace(self._commitment(change), tag=self._state(change.new))

    def _figure(self, change: FigureChange) -> Item:
        old, new = (self._number(figure) for figure in (change.old, change.new))
        values = {"counted": change.counted, "old": old, "new": new}
        known = change.subject and change.subject.label != change.counted
        head = self.say("figure-of", subject=change.subject.label, **values) if known and change.subject else self.say("figure", **values)
        status = self._statuses.get(change.new.status, change.new.status)
        return Item(head, status, self._blocks(change.old.words if change.old else (), change.new.words))

    def _number(self, figure: Figure | None) -> str:
        if figure is None:
            return "–"
        return self.say("figure-time", figure=figure.text, time=figure.time) if figure.time else figure.text

    def _claim(self, change: ClaimChange) -> str:
        claim = change.claim
        predicate = self._ontology.predicate(claim.predicate).label["zh"]
        return self.say("claim", subject=claim.subject.label, predicate=predicate, object=claim.object.label)

    def _stated(self, said: Said | None) -> str:
        if said is None:
            return "–"
        status = self._statuses.get(said.status, said.status)
        return self.say("status-time", status=status, time=said.time) if said.time else self.say("status", status=status)

    def _state(self, promised: Promised | None) -> str:
        if promised is None:
            return self.say("unmade")
        return self._statuses.get(promised.state, promised.state) if promised.state else self.say("open")

    def _class(self, name: str) -> str:
        return self._ontology.cls(name).label["zh"] if name in self._ontology.classes else name

    def _sides(self, change: ClaimChange) -> tuple[Block, ...]:
        return self._blocks(change.old.words if change.old else (), change.new.words if change.new else ())

    def _blocks(self, old: Sequence[Words], new: Sequence[Words]) -> tuple[Block, ...]:
        return (*self._block("before", old), *self._block("after", new))

    def _block(self, heading: str, words: Sequence[Words]) -> tuple[Block, ...]:
        if not words:
            return ()
        told = tuple((self._source(w), " ".join(w.quote.split())) for w in words[:SHOWN])
        left = len(words) - SHOWN
        return (Block(self.say(heading), told, self.say("more", count=left) if left > 0 else ""),)

    def _source(self, words: Words) -> str:
        date = words.date or self.say("no-date")
        if not words.title:
            return self.say("source", file=words.reply, date=date)
        return self.say("source-titled", title=words.title, file=words.reply, date=date)


def _quoted(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield f"  - {_plain(block.heading)}"
        yield from (f"    - “{_plain(quote)}” — {_plain(source)}" for source, quote in block.words)
        if block.more:
            yield f"    - {_plain(block.more)}"


def _plain(text: str) -> str:
    """Text in which Markdown reads nothing but itself."""
    return MARKUP.sub(r"\\\1", " ".join(LONE.sub("\N{REPLACEMENT CHARACTER}", text).split()))


def _code(text: str) -> str:
    return " ".join(text.replace("`", "'").split())
