"""Policies that were replaced, or whose end came, between the two sides."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ecograph.changes import PolicyChange, Words
from ecograph.comparing.aligning import Alignment
from ecograph.comparing.claims import claim, latest
from ecograph.comparing.state import Answers, Key, Saying, State, local
from ecograph.ontology import Ontology, Record

DENIED = "denied"
PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
Ended = dict[tuple[str, str], list[tuple[str, Words]]]  # by policy and record: the end and the words


def replaced(old_claims: Mapping[Key, Sequence[Saying]], old: State, new: State, ontology: Ontology) -> tuple[PolicyChange, ...]:
    """Things whose successor the new side states as a fact and the old one doesn't; in the order of labels."""
    records = {str(r["predicate"]): str(r["id"]) for r in ontology.records("comparing") if r["kind"] == "replacement"}
    found = []
    for key, said in new.claims.items():
        now, before = latest(said), latest(old_claims.get(key, ()))
        kind = records.get(key[1])
        if kind and now and ontology.statuses.get(now.status) and not (before and ontology.statuses.get(before.status)):
            told = claim(key, old, new)
            found.append(PolicyChange(told.object, kind, now.words, told.subject, now.time))
    return tuple(sorted(found, key=lambda p: (p.policy, p.successor or p.policy)))


def ended(
    answers: tuple[Answers, Answers], states: tuple[State, State], alignment: Alignment, ontology: Ontology
) -> tuple[PolicyChange, ...]:
    """Policies whose end had come by the new side's day, as its replies tell, and not by the old one's.

    A side's day is the one it is limited to, else the date of its latest reply. What only says the year ends with it.
    """
    before, after = (_ends(asked, state, ontology) for asked, state in zip(answers, states, strict=True))
    known = {(alignment.of(policy), record) for policy, record in before}
    found = []
    for (policy, record), told in after.items():
        if (policy, record) not in known:
            time = max(time for time, _ in told)
            found.append(PolicyChange(states[1].thing(policy), record, tuple(sorted({words for _, words in told})), None, time))
    return tuple(sorted(found, key=lambda p: (p.policy, p.kind)))


def _ends(answers: Answers, state: State, ontology: Ontology) -> Ended:
    found: Ended = defaultdict(list)
    records = [r for r in ontology.records("comparing") if r["kind"] == "ending"]
    for row in answers.rows("terms"):
        words, day = state.words(row["passage"]), last_day(row["time"])
        if words and day and day <= state.day:
            for record in _meant(records, local(row["kind"]), local(row["status"]), ontology):
                found[row["policy"], str(record["id"])].append((row["time"], words))
    return found


def _meant(records: Sequence[Record], kind: str, status: str, ontology: Ontology) -> Iterator[Record]:
    """The records of that kind of date; what is only planned counts where the record says so, what is denied never."""
    for record in records:
        if kind in record["terms"] and (ontology.statuses.get(status) or (record.get("planned") and status != DENIED)):
            yield record


def last_day(time: str) -> str:
    """The last day of an ISO 8601 date of any precision, or of an interval; "" if it has no end."""
    match = PERIOD.fullmatch(time.rsplit("/", 1)[-1])
    if not match or not 1 <= int(match[2] or 12) <= 12:
        return ""
    month = int(match[2] or 12)
    return f"{match[1]}-{month:02}-{match[3] or monthrange(int(match[1]) or 4, month)[1]:02}"
