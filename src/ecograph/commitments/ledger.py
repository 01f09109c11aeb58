"""The ledger: for each promise, what later replies of the same place tell of it.

A promise is followed by the canonical things that it names, and where it names none by its rare words; it meets only what
shares one with it, so that the work grows with the number of replies and not with its square.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ecograph.across import Identity, Outcome, Witness
from ecograph.commitments.dates import first_month, last_month
from ecograph.commitments.happenings import DONE, Happening, Teller
from ecograph.commitments.overlap import Rarity, in_order, longest, pairs
from ecograph.commitments.places import QUOTES, Account, Followed, Gazette, Place, Told
from ecograph.commitments.promises import Promise, Promiser
from ecograph.extraction import Extraction
from ecograph.ontology import Ontology, Record

FULFILLED, REPEATED, DROPPED, UNDONE, SILENT = "fulfilled", "repeated", "dropped", "undone", "silent"
NEVER, NAMED_LATER = 0.7, 0.35  # confidence in silence: where the thing is never named again, and where it is
UNRECOGNISED = 0.85  # likeness of what has the name's words, but was not recognised as a name
WHOLE = 0.9  # how much of a target must recur in the name of what is promised later
ALIKE = 0.8  # likeness of words from which on a target counts as dropped or undone
REPETITIONS = 3  # how many replies that promise it again are told
TAIL, HEAD = 12, 4  # characters behind a quoted word in which its thing's last ones recur; of a title's last word
SHORTEST = 5  # characters of a title that is still to come
ISSUE = "issue"  # a key of outcomes.jsonl
DAY = 10  # characters of a date to the day
AGAIN = 0.9  # what a repetition's confidence is at most


class Ledger:
    """Follows promises by patterns/outcomes.jsonl. Raises OntologyError when a record is not sound."""

    def __init__(self, ontology: Ontology) -> None:
        self._promiser = Promiser(ontology)
        self._teller = Teller(ontology, self._promiser.words, self._promiser.dates, self._promiser.numbers)
        self._fits: Mapping[str, Record] = {r["does"]: r for r in ontology.records("outcomes") if r["kind"] == "fits"}
        self._setting = self._teller.setting
        self._gazette = Gazette(self._promiser, self._teller)

    def follow(self, extractions: Iterable[Extraction], identity: Identity) -> tuple[Outcome, ...]:
        """What became of each commitment of the replies, sorted by commitment, state and witness.

        A function of the set: the order doesn't matter, and replies without a date or a jurisdiction are left out. What
        was done without a promise and later undone bears the id of the statement that it was done.
        """
        accounts = (self.account(extraction) for extraction in extractions)
        return self.settle([account for account in accounts if account], identity)

    def account(self, extraction: Extraction) -> Account | None:
        """What one reply brings to the ledger, to be kept for `settle`; None without a date or a jurisdiction."""
        return self._gazette.account(extraction)

    def settle(self, accounts: Iterable[Account], identity: Identity) -> tuple[Outcome, ...]:
        """As `follow`, of replies that have been read before. Each place's outcomes depend on its own accounts alone."""
        places = self._gazette.places(sorted(accounts, key=lambda a: a.document), identity)
        found = {outcome for _, (place, rarity) in sorted(places.items()) for outcome in self._place(place, rarity)}
        return tuple(sorted(found, key=_order))

    def _place(self, place: Place, rarity: Rarity) -> Iterator[Outcome]:
        settled: set[str] = set()
        for followed in place.followed:
            every = list(self._every(place, followed, rarity)) if followed.promise.serious else []
            outcomes = self._standing([(told, outcome) for told, outcome in every if outcome])
            if any(o.state == UNDONE for o in outcomes):
                settled.update(followed.told.things)
            yield from outcomes or self._silence(place, followed, heard=bool(every))
        yield from self._reversals(place, settled)

    def _every(self, place: Place, followed: Followed, rarity: Rarity) -> Iterator[tuple[Told, Outcome | None]]:
        """All that later replies tell of the promise's thing, with what that makes of the promise."""
        for told in place.meets(followed, rarity):
            likeness = self._same(followed, told) if followed.things else self._likeness(followed, told, rarity)
            if likeness:
                yield told, self._outcome(place, followed, told, likeness)

    def _standing(self, every: Sequence[tuple[Told, Outcome]]) -> list[Outcome]:
        """The best outcome of each state that each later reply tells; of fulfilments that of the first, of repetitions of a few.

        Later repetitions are followed themselves.
        """
        groups: dict[tuple[str, str], list[tuple[str, Outcome]]] = {}
        for told, outcome in every:
            groups.setdefault((outcome.state, told.document), []).append((told.day, outcome))
        best = {key: (found[0][0], self._best([outcome for _, outcome in found])) for key, found in groups.items()}
        again = sorted((day, document) for (state, document), (day, _) in best.items() if state == REPEATED)[:REPETITIONS]
        return [
            outcome
            for (state, document), (day, outcome) in sorted(best.items())
            if (state != REPEATED or (day, document) in again) and _stands(state, document, day, best)
        ]

    def _outcome(self, place: Place, followed: Followed, told: Told, likeness: float) -> Outcome | None:
        source, own = told.source, followed.promise
        if isinstance(source, Promise):
            return self._repeated(followed, told, source, likeness)
        if source.state == DONE:
            return self._fulfilled(followed, told, source, likeness)
        if not followed.things and likeness < ALIKE:
            return None
        done = place.had(followed.told.things, told.day, self._teller.begun)
        state = self._teller.called_off.get(source.rule, source.state) if done else source.state
        return Outcome(own.commitment.id, state, round(source.confidence * likeness, 3), source.rule, _witness(told), source.time)

    def _repeated(self, followed: Followed, told: Told, later: Promise, likeness: float) -> Outcome | None:
        own = followed.promise
        again = {kind for does in own.kinds for kind in self._fits.get(does, {}).get("again", ())}
        if not later.serious or not again & later.kinds or self._over(followed, told.day[:7]):
            return None
        confidence = round(min(AGAIN, later.commitment.confidence, own.commitment.confidence) * likeness, 3)
        return Outcome(own.commitment.id, REPEATED, confidence, later.commitment.rule, _witness(told), later.commitment.due)

    def _over(self, followed: Followed, month: str) -> bool:
        """Whether the time is over, in that month, for which a yearly thing was promised: what comes later is another."""
        due = followed.promise.commitment.due
        yearly = any(self._fits.get(kind, {}).get("yearly") for kind in followed.promise.kinds)
        return bool(due and yearly) and last_month(due or "") < month

    def _fulfilled(self, followed: Followed, told: Told, done: Happening, likeness: float) -> Outcome | None:
        own = followed.promise
        fits = [self._fits[does] for does in sorted(own.kinds) if does in self._fits and done.does in self._fits[does]["by"]]
        past = self._past(followed, done)
        if done.time and self._over(followed, first_month(done.time)):
            return None
        if not any(self._reached(own, done, record) and (not past or record.get("timeless")) for record in fits):
            return None
        if any(record.get("agents") for record in fits):
            likeness *= self._through(followed, told)
        if not likeness:
            return None
        confidence = round(done.confidence * likeness * (1.0 if own.commitment.objects else 0.9), 3)
        return Outcome(own.commitment.id, FULFILLED, confidence, done.rule, _witness(told), done.time)

    def _same(self, followed: Followed, told: Told) -> float:
        """Whether it happened to the promise's things: to one of those named, or to both ends of what joins two.

        1 if so, less where their name only stands in the words, 0 if not.
        """
        both = len(followed.things) > 1 and not any("renew" in self._fits.get(k, {}).get("again", ()) for k in followed.promise.kinds)
        there = told.things | told.agents if both else told.things
        if (all if both else any)(bool(group & there) for group in followed.things):
            return 1.0
        if isinstance(told.source, Happening):
            rest = told.source.rest if told.source.state == DONE else told.evidence.quote
        else:
            rest = told.source.commitment.target
        named = any(label in QUOTES.sub("", rest) for label in followed.labels) or self._cored(followed, told)
        return UNRECOGNISED if not both and named else 0.0

    def _cored(self, followed: Followed, told: Told) -> bool:
        """Whether the words quote what is quoted in the promise (“溪易”), and not as the beginning of another thing's name."""
        words = self._promiser.words
        if any(group & told.agents for group in followed.things):
            return False  # it was recognised, as one that does something
        for core, tail in followed.cores:
            for match in re.finditer(f"“{re.escape(core)}”", told.evidence.quote):
                behind = told.evidence.quote[match.end() :]
                if words.beside.search(told.evidence.quote, 0, match.start()):
                    continue
                if (tail and tail in behind[:TAIL]) or words.leads(behind).end or words.any_verb.match(behind):
                    return True
        return False

    def _titled(self, followed: Followed, told: Told) -> bool:
        """Whether a title told as issued is the one that was to come: its last word the same, and the words in their order."""
        name = self._teller.fresh.sub("", followed.promise.commitment.target)
        if len(name) < SHORTEST or ISSUE not in followed.promise.kinds or getattr(told.source, "does", "") != ISSUE:
            return False
        titles = (self._promiser.words.aside.sub("", title) for title in told.things)
        return any(title.endswith(name[-HEAD:]) and len(title) > len(name) and in_order(name, title) for title in titles)

    def _through(self, followed: Followed, told: Told) -> float:
        """Whether what many can have (an award) came to the same one: less than 1 where one side doesn't name it."""
        own = followed.told.agents
        if own and told.agents:
            return 1.0 if own & told.agents else 0.0
        return UNRECOGNISED

    def _past(self, followed: Followed, done: Happening) -> bool:
        """Whether it was done before it was promised."""
        return done.latest is not None and last_month(done.latest) < followed.told.day[:7]

    def _reached(self, own: Promise, done: Happening, record: Record) -> bool:
        """Whether the number that was promised is reached, where one counts."""
        if not record.get("counted"):
            return True
        wanted = {n.unit: n.value for n in own.numbers}
        given = [n for n in done.numbers if n.unit in wanted]
        if record.get("number") and not done.numbers:
            return bool(own.commitment.objects) and not wanted
        if record.get("number") and wanted and not given:
            return False
        return not given or any(n.value >= wanted[n.unit] for n in given)

    def _likeness(self, followed: Followed, told: Told, rarity: Rarity) -> float:
        """How much of a target's words recur, 0 if too little of them or not in one stretch, or only inside a longer name."""
        text = "\n".join(told.words)
        share = rarity.share(followed.pairs, pairs(told.words))
        numbered = bool(followed.promise.numbers) or any(self._fits.get(k, {}).get("number") for k in followed.promise.kinds)
        needed = self._setting["recur"] if numbered else self._setting["named"]
        if isinstance(told.source, Promise) and told.things:
            needed = WHOLE
        if self._titled(followed, told) or self._cored(followed, told):
            return UNRECOGNISED
        same = longest(followed.chunks, text)
        return round(min(1.0, share), 3) if share >= needed and len(same) >= self._setting["same"] else 0.0

    def _silence(self, place: Place, followed: Followed, *, heard: bool) -> Iterator[Outcome]:
        """Nothing told, though there was time to: a reply long enough after the promise, and after it fell due.

        `heard`: something is told of the thing, though nothing that ends the promise.
        """
        c, day, last = followed.promise.commitment, followed.told.day, place.last
        if _days(day, last) < self._setting["days"] or (c.due and last_month(c.due) >= last[:7]):
            return
        again = heard or any(place.named.get(thing, "") > day for thing in followed.told.things)
        confidence = NAMED_LATER if again or not followed.promise.serious else NEVER
        yield Outcome(c.id, SILENT, confidence, f"{SILENT}.named" if again else SILENT)

    def _reversals(self, place: Place, settled: set[str]) -> Iterator[Outcome]:
        """What was done, without a promise that tells of it, and later undone: of each thing the best founded statement."""
        for thing, every in sorted(place.by_thing.items()):
            ends = [t for t in every if isinstance(t.source, Happening) and self._ends(t.source)]
            if thing in settled or not ends:
                continue
            end = min(ends, key=lambda t: (t.day, t.document, t.evidence))
            done = [s for t in every if t.day < end.day and isinstance(s := t.source, Happening) and self._begun(s)]
            if done and isinstance(end.source, Happening):
                first = min(done, key=lambda h: (-h.confidence, h.document, h.evidence, h.statement or ""))
                yield Outcome(first.statement or "", UNDONE, end.source.confidence, end.source.rule, _witness(end), end.source.time)

    def _ends(self, happening: Happening) -> bool:
        """Whether it tells of the end of a thing that had been done."""
        return self._teller.called_off.get(happening.rule, happening.state) == UNDONE

    def _begun(self, happening: Happening) -> bool:
        """Whether a statement tells of something that could be undone."""
        return bool(happening.statement) and happening.state == DONE and happening.does in self._teller.begun

    def _best(self, outcomes: Sequence[Outcome]) -> Outcome:
        """Of outcomes of the same state in the same reply the one whose words say it best, with the highest confidence."""
        first, *others = sorted(outcomes, key=lambda o: (o.rule in self._teller.reports, *_rank(o)))
        time = next((o.time for o in (first, *others) if o.time), None)
        return replace(first, confidence=max(o.confidence for o in outcomes), time=time)


def _stands(state: str, document: str, day: str, best: Mapping[tuple[str, str], tuple[str, Outcome]]) -> bool:
    """Whether an outcome stands beside the others: a promise is fulfilled once, and what is dropped is not also done."""
    fulfilled = min(((d, name) for (s, name), (d, _) in best.items() if s == FULFILLED), default=None)
    if state == FULFILLED:
        return (day, document) == fulfilled and (DROPPED, document) not in best
    if state == DROPPED:
        return fulfilled is None or fulfilled[0] >= day
    return state != REPEATED or (DROPPED, document) not in best


def _witness(told: Told) -> Witness:
    return Witness(told.document, told.evidence)


def _rank(outcome: Outcome) -> tuple[float, int, int, str]:
    """The surer outcome comes first, then the earlier and longer words."""
    evidence = outcome.witness.evidence if outcome.witness else None
    return -outcome.confidence, evidence.start if evidence else 0, -evidence.end if evidence else 0, outcome.rule


def _order(outcome: Outcome) -> tuple[str, str, str, str]:
    w = outcome.witness
    return outcome.commitment, outcome.state, w.document if w else "", f"{w.evidence.start:09d}" if w else ""


def _days(one: str, other: str) -> int:
    """The days from one date to another; a month counts from its first day."""
    first, second = (date.fromisoformat(f"{first_month(d)}-01" if len(d) < DAY else d) for d in (one, other))
    return (second - first).days
