"""The promises of one reply: clauses that a section or a word makes a plan, one promise for each thing it is done to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ecograph.commitments.dates import Dates, Number, Numbers, last_month
from ecograph.commitments.marking import Clause, Marked, Marker
from ecograph.commitments.reading import Act, Group, Reader
from ecograph.commitments.words import CLAUSE, LIST, NAMED, REST, SECTION, Cue, Words
from ecograph.extraction import Commitment, Quantity
from ecograph.model import Document, Evidence, Linked, Mention, Statement
from ecograph.ontology import Ontology

REMNANT = 4  # characters that may be left of a clause that only adds a date or a number to the one before
BEFORE = 4  # characters between a work (申报工作) and the words that say that it goes on
DONE = "done"  # the mode of a list of what has been done
RENEW = "renew"  # what a new round of a policy does; a key of outcomes.jsonl
GOING_ON = ("\uff1b", ";", "\uff1a", ":")  # what ends a line behind which a list goes on, without any mark of its items
INDENT = 4  # characters in which a line before ends
BACK = 30  # clauses back in a sentence in which its topic may stand
HEAD = 200  # characters of a sentence that may bring in a list
LONGEST = 40  # characters of a target
UNNAMED, VAGUE = 0.8, 0.4  # what a promise's confidence is multiplied by if it names nothing, or nothing that could be followed
SPECIFIC = 5  # content characters from which on a target without a name or number says what is meant
SERIOUS = 0.5  # confidence from which on a promise is followed
PRECEDING = 3  # sentences back in which the policy stands that a new one succeeds


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment with what following it needs: `kinds` of doing, the `agents` through whom, its numbers, and its date."""

    commitment: Commitment
    kinds: frozenset[str]
    agents: frozenset[str]
    numbers: tuple[Number, ...]

    @property
    def serious(self) -> bool:
        """Whether it promises something that could be seen to be done."""
        return self.commitment.confidence >= SERIOUS


@dataclass(frozen=True, slots=True)
class _Draft:
    """A promise before its last words are read: `span` in marked text."""

    span: tuple[int, int]
    act: Act
    group: Group
    target: str
    actor: str
    cue: Cue
    begins: str | None  # a date that opens the sentence


@dataclass(frozen=True, slots=True)
class _Around:
    """A clause, the last clauses of its sentence up to it, and those of the sentences before."""

    clause: Clause
    sentence: Sequence[Clause]
    past: Sequence[Sequence[Clause]]


class Promiser:
    """Finds promises, with all that the ledger needs to follow them."""

    def __init__(self, ontology: Ontology) -> None:
        self.words = Words(ontology)
        self.marker = Marker(ontology, self.words)
        self.dates = Dates(ontology)
        self.numbers = Numbers(ontology)
        self._reader = Reader(self.words)

    def promises(self, marked: Marked, linked: Linked) -> tuple[Promise, ...]:
        """The document's promises in the order of their words, each once."""
        default = linked.issuer or linked.jurisdiction
        found: dict[str, Promise] = {}
        past: list[Sequence[Clause]] = []
        listed: Cue | None = None  # what makes the items of a list promises
        for _, group in groupby(marked.clauses, key=lambda c: c.sentence):
            clauses = tuple(group)
            listed = self._listed(marked, clauses[0], listed)
            for draft in self._sentence(marked, clauses, default, past, listed):
                promise = self._promise(marked, draft)
                if promise:
                    found.setdefault(promise.commitment.id, promise)
            listed = next((c for clause in clauses if (c := self._introduced(marked, clauses[0], clause))), listed)
            past = [*past[-PRECEDING + 1 :], clauses]
        return tuple(found.values())

    def _sentence(
        self, marked: Marked, clauses: Sequence[Clause], default: str | None, past: Sequence[Sequence[Clause]], rest: Cue | None
    ) -> Iterator[_Draft]:
        drafts: list[_Draft] = []
        actor = default
        begins: str | None = None
        open_: list[int] = []  # the drafts that a following clause may add to
        for number, clause in enumerate(clauses):
            text = marked.words(clause)
            if clause.mode not in self.words.modes:
                continue
            if self.words.parting.match(marked.text, clause.start - 1):
                open_, actor = [], default
            rest = self._introduced(marked, clauses[0], clause) or rest
            if open_ and self._adds(text):
                for i in open_:
                    drafts[i] = replace(drafts[i], span=(drafts[i].span[0], clause.end))
                continue
            if open_ and self.words.aside_clause.match(text):
                continue
            kept, open_ = open_, []
            if self.words.wish.search(text) or self.words.never.search(text):
                continue
            begins = begins or self._opening(text, clause, marked)
            cue, at = self._cue(text, clause.mode, rest)
            rest = cue if cue and cue.reach == REST else rest
            if not cue or (self.words.done.search(text) and not cue.begun):
                continue
            act = self._act(marked, clause, cue, at)
            if act:
                actor = act.subject.iri if act.subject else actor
                around = _Around(clause, clauses[max(0, number - BACK) : number + 1], past)
                made = [*self._drafts(marked, around, act, cue, (actor, begins))] if actor else []
                aside = kept and act.kinds <= self.words.loose and not any(draft.group for draft in made)
                open_ = kept if aside else [*range(len(drafts), len(drafts) + len(made))]
                drafts += made
        yield from drafts

    def _introduced(self, marked: Marked, first: Clause, clause: Clause) -> Cue | None:
        """The cue of words that bring in a list of promises, if the clause ends a sentence's first part with such."""
        if not self.words.colon.match(marked.text, clause.end):
            return None
        head = marked.text[max(first.start, clause.end - HEAD) : clause.end + 1]
        return next((c for c in self.words.cues if c.reach == LIST and c.regex and c.regex.search(head)), None)

    def _listed(self, marked: Marked, first: Clause, listed: Cue | None) -> Cue | None:
        """The list's cue, as long as its items go on: lines or sentences with an enumerator, and what follows in such a line."""
        if not listed or self.words.item.match(marked.text, first.start):
            return listed
        line = marked.text.rfind("\n", 0, first.start) + 1
        if not marked.text[line : first.start].strip() or self.words.item.match(marked.text, line):
            before = marked.text[max(0, line - INDENT) : line].rstrip()[-1:]
            dashed = self.words.item.match(marked.text, line, first.start)
            if before in GOING_ON or (dashed and dashed.end() > line):
                return listed
        return listed if not marked.opens(first) and self.words.enumerator.match(marked.text, line) else None

    def _cue(self, text: str, mode: str, rest: Cue | None) -> tuple[Cue | None, int]:
        """What makes a clause a promise, and where in it that stands."""
        past = rest is not None and rest.mode == DONE
        section = next((c for c in self.words.cues if c.reach == SECTION and c.mode == mode), None)
        found: list[tuple[float, Cue, int]] = []
        for cue in self.words.cues:
            match = cue.regex.search(text) if cue.regex and (cue.reach == REST or not past) else None
            if match:
                found.append((cue.confidence + bool(cue.begun), cue, match.start()))
        best = max(found, key=lambda f: (f[0], f[1].id), default=None)
        if best and (best[1].begun or not (section or rest) or best[1].reach == REST):
            return best[1], best[2]
        return None if past else section or rest, best[2] if best else 0

    def _opening(self, text: str, clause: Clause, marked: Marked) -> str | None:
        """The date of a clause that is nothing but a date."""
        return self._due(marked, clause.start, clause.end) if self.words.leads(text).end == len(text) else None

    def _act(self, marked: Marked, clause: Clause, cue: Cue, at: int) -> Act | None:
        text = marked.words(clause)
        if cue.begun and cue.regex and (match := cue.regex.search(text)):
            firm = [t for t in self.words.verbs(text[: match.end()]) if not t.verb.light and t.end > match.start() - BEFORE]
            region = (clause.start, clause.start + min([match.start(), *(t.start for t in firm)]))
            verb = (clause.start + match.start(), clause.start + match.end())
            named = tuple((n,) for _, n in marked.within(*region) if n.letter == NAMED)
            return Act(frozenset(t.verb.does for t in firm) or frozenset([cue.begun]), verb, region, named, (), None)
        if at > self.words.leads(text).end:
            later = self._reader.read(marked, clause, at)
            if later:
                return self._subjected(marked, clause, later, clause.start + at)
        return self._reader.read(marked, clause)

    def _subjected(self, marked: Marked, clause: Clause, act: Act, at: int) -> Act:
        """Where the modal word has no object behind it, what stands before it is what will be (大会拟于九月举行)."""
        if act.objects or self._reader.target(marked, act.region):
            return act
        region = (clause.start, at)
        return replace(act, objects=self._reader.objects(marked, *region), region=region)

    def _drafts(self, marked: Marked, around: _Around, act: Act, cue: Cue, voice: tuple[str, str | None]) -> Iterator[_Draft]:
        """One draft for each thing that the clause does something to; `voice` is the actor, and the date that opens the sentence."""
        clause, clauses = around.clause, around.sentence
        renewal, asked, first = self._renewal(marked, around), False, clause.start
        objects = act.objects or renewal
        target = "" if objects else self._target(marked, act)
        if renewal:
            act, objects = replace(act, kinds=frozenset([RENEW])), (tuple({n.iri: n for g in (*objects, *renewal) for n in g}.values()),)
        elif not objects and not self._reader.target(marked, act.region):
            objects, target = self._topic(marked, clause, clauses), ""
            asked = any(self.words.asked.search(marked.words(c)) for c in clauses)
            if not objects and act.kinds - self.words.loose and (target := self._just(marked, clauses)):
                first = clauses[-2].start
            elif not objects or (act.kinds <= self.words.loose and not asked):
                return
        start = self._began(objects, clause, clauses, marked) if asked else first
        while enumerator := self.words.enumerator.match(marked.text, start, clause.end):
            start = enumerator.end()
        for group in objects or ((),):
            yield _Draft((start, clause.end), act, group, target, voice[0], cue, voice[1])

    def _just(self, marked: Marked, clauses: Sequence[Clause]) -> str:
        """What the clause before is about, where that names nothing but says what is meant (支持其新建智能工厂，明年投产)."""
        act = self._reader.read(marked, clauses[-2]) if len(clauses) > 1 else None
        target = self._target(marked, act) if act and not act.objects else ""
        return target if len(self.words.function.sub("", target)) >= SPECIFIC and self.words.concrete.search(target) else ""

    def _began(self, objects: Sequence[Group], clause: Clause, clauses: Sequence[Clause], marked: Marked) -> int:
        """Where the clause begins that names what this one speaks of, if it is in the same sentence."""
        named = [c.start for c in clauses if c.start < clause.start for _, n in marked.within(c.start, c.end) if (n,) in objects]
        return named[-1] if named else clause.start

    def _renewal(self, marked: Marked, around: _Around) -> tuple[Group, ...]:
        """For a new round of a policy that has no name yet: what it is called, and the policies that it succeeds."""
        clause, clauses, past = around.clause, around.sentence, around.past
        if not self.words.renewed.search(marked.plain(clause.start, clause.end)):
            return ()
        own = tuple(n for _, n in marked.within(clause.start, clause.end) if n.cls in self.words.renews)
        for before in ([c for c in clauses if c.start < clause.start], *reversed(past)):
            text = "".join(marked.words(c) for c in before)
            former = [n for c in before for _, n in marked.within(c.start, c.end) if n.cls in self.words.renews]
            former = [n for n in former if not self.words.renewed.search(marked.document.text[n.start : n.end])]
            if former and self.words.former.search(text):
                return ((*own, *former),)
        return (own,) if own else ()

    def _topic(self, marked: Marked, clause: Clause, clauses: Sequence[Clause]) -> tuple[Group, ...]:
        """What a clause without an object speaks of: what was named just before, or opens its sentence, or its heading names."""
        before = [(p, n) for c in clauses if c.start < clause.start for p, n in marked.within(c.start, c.end) if n.letter == NAMED]
        opening = [n for place, n in before[:1] if not marked.text[clauses[0].start : place].strip()]
        just = [n for place, n in before[-1:] if place + 2 == clause.start]
        named = just or opening or list(marked.topic(clause)[:1]) or [n for _, n in before[-1:]]
        return tuple((n,) for n in named)

    def _target(self, marked: Marked, act: Act) -> str:
        start, end = act.region
        words = self.words.amount.sub("", self.words.tail.sub("", marked.text[start:end]))
        return marked.plain(start, start + len(words)).strip()[:LONGEST]

    def _adds(self, text: str) -> bool:
        """Whether a clause only adds a date, a number or the crowning verb to the promise before it."""
        if NAMED in self.words.filler.sub("", text) or self.words.never.search(text) or self.words.done.search(text):
            return False
        left = text[self.words.leads(text).end :]
        for pattern in (self.words.number, self.words.any_verb, self.words.filler, self.words.function):
            left = pattern.sub("", left)
        if self.words.number.search(text) or self.dates.due(text, 2000) is not None:
            return len(left) <= REMNANT
        return not left and any(token.verb.does not in self.words.loose for token in self.words.verbs(text))

    def _due(self, marked: Marked, start: int, end: int) -> str | None:
        date = marked.document.header.date
        year = int(date.value[:4]) if date and date.value[:4].isdecimal() else None
        return self.dates.due(marked.text[start:end], year)

    def _promise(self, marked: Marked, draft: _Draft) -> Promise | None:
        """The promise of a draft; None for one that is going on and whose date has passed: it is told as done."""
        start, end = draft.span
        act, evidence = draft.act, marked.evidence(start, end)
        added = self.words.verbs(marked.text[act.region[1] : end]) if act.region[1] < end else []
        kinds = act.kinds | ({t.verb.does for t in added if not t.verb.light} - self.words.loose)
        numbers = tuple(self.numbers.numbers(marked.text[start:end]))
        due = self._due(marked, start, end) or draft.begins
        day = marked.document.header.date
        if due and day and last_month(due) < day.value[:7]:
            if draft.cue.lasting or (draft.cue.reach == CLAUSE and due == draft.begins):
                return None
            due = None
        commitment = Commitment(
            marked.document.id,
            draft.actor,
            marked.plain(*act.verb),
            draft.target,
            tuple(n.iri for n in draft.group),
            evidence,
            draft.cue.id,
            self._confidence(draft, kinds, numbers),
            due,
        )
        return Promise(commitment, kinds, frozenset(n.iri for n in act.agents), numbers)

    def _confidence(self, draft: _Draft, kinds: frozenset[str], numbers: Sequence[Number]) -> float:
        sure = draft.cue.confidence
        if draft.group:
            return round(sure, 3)
        target = draft.target
        content = self.words.function.sub("", target)
        concrete = self.words.concrete.search(target) and not self.words.vague.search(target) and len(content) >= SPECIFIC
        followable = numbers or (concrete and kinds - self.words.loose)
        return round(sure * (UNNAMED if followable else VAGUE), 3)


class Promises:
    """Finds the promises of documents by patterns/commitments.jsonl. Raises OntologyError when a record is not sound."""

    def __init__(self, ontology: Ontology) -> None:
        self._promiser = Promiser(ontology)

    def find(
        self,
        document: Document,
        mentions: Sequence[Mention],
        linked: Linked,
        statements: Sequence[Statement],
        quantities: Sequence[Quantity],
    ) -> tuple[Commitment, ...]:
        """The document's commitments in the order of their words; none where nobody is known who could promise.

        Each has the ids of the statements that its clause makes of its objects and of the quantities in it.
        """
        marked = self._promiser.marker.mark(document, mentions, linked)
        found = (p.commitment for p in self._promiser.promises(marked, linked))
        return tuple(replace(c, statements=_said(c, statements), quantities=_counted(c.evidence, quantities)) for c in found)


def _said(commitment: Commitment, statements: Sequence[Statement]) -> tuple[str, ...]:
    """The statements that its words make of its objects, or of anything if it names none."""
    objects = set(commitment.objects)
    found = {
        s.id
        for s in statements
        if any(_meet(e, commitment.evidence) for e in s.evidence) and (not objects or objects & {s.subject, s.object})
    }
    return tuple(sorted(found))


def _counted(evidence: Evidence, quantities: Sequence[Quantity]) -> tuple[str, ...]:
    return tuple(sorted({q.id for q in quantities if _meet(q.words, evidence)}))


def _meet(one: Evidence, other: Evidence) -> bool:
    return one.start < other.end and other.start < one.end
