"""A score card for each rule: what it made, how much of it is right, and what nobody else would have given.

Of statements the last is exact: the replies that a rule spoke in are related again without it. For mentions that would
take a reload of all names for every rule, so the card tells which right mentions no other rule proposed; `ecograph
evaluate --without RULE` gives the exact figures of one rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecograph.evaluation.rooms import Answer, without
from ecograph.evaluation.scoring import Run, Verdict, relate
from ecograph.model import Mention
from ecograph.naming import Namer
from ecograph.ontology import Ontology
from ecograph.relating import Relater

Key = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class MentionCard:
    """One naming rule.

    `proposed` and `proposed_right` count its candidates, most of which only advise the recogniser; `made`, `right` and
    `wrong` the mentions that bear its id; `alone` the right ones that no other rule proposed.
    """

    rule: str
    proposed: int
    proposed_right: int
    made: int
    right: int
    wrong: int
    alone: int


@dataclass(frozen=True, slots=True)
class StatementCard:
    """One relating rule: its statements, and how many right and wrong ones are gone when it is left out."""

    rule: str
    made: int
    right: int
    wrong: int
    right_lost: int
    wrong_lost: int


def mention_cards(runs: Sequence[Run], namer: Namer) -> tuple[MentionCard, ...]:
    """The cards of all rules that proposed or made a mention, by id. `namer` is the one that found them."""
    counts: Counter[tuple[str, str]] = Counter()
    for run in runs:
        verdicts = {_key(judged.found.mention): judged.verdict for judged in run.score.mentions}
        proposals = _proposals(namer, run.answer)
        counts.update((rule, "proposed") for rules in proposals.values() for rule in rules)
        for key, verdict in verdicts.items():
            if verdict is Verdict.RIGHT:
                counts.update((rule, "proposed_right") for rule in proposals.get(key, ()))
        for m in run.answer.mentions:
            verdict = verdicts.get(_key(m), Verdict.ASIDE)
            counts[m.rule, "made"] += 1
            counts[m.rule, "right"] += verdict is Verdict.RIGHT
            counts[m.rule, "wrong"] += verdict is Verdict.WRONG
            counts[m.rule, "alone"] += verdict is Verdict.RIGHT and not proposals.get(_key(m), frozenset()) - {m.rule}
    names = ("proposed", "proposed_right", "made", "right", "wrong", "alone")
    return tuple(MentionCard(rule, *(counts[rule, name] for name in names)) for rule in sorted({rule for rule, _ in counts}))


def statement_cards(runs: Sequence[Run], ontology: Ontology) -> tuple[StatementCard, ...]:
    """The cards of all rules that made a statement, by id; `ontology` is the one whose rules made them."""
    rules = sorted({s.rule for run in runs for s in run.answer.statements})
    return tuple(_statement_card(rule, runs, ontology) for rule in rules)


def _statement_card(rule: str, runs: Sequence[Run], ontology: Ontology) -> StatementCard:
    relater = Relater(without(ontology, (rule,)))
    own: Counter[Verdict] = Counter()
    lost: Counter[Verdict] = Counter()
    made = 0
    for run in runs:
        answer = run.answer
        speaks = sum(s.rule == rule for s in answer.statements)
        if not speaks:
            continue
        made += speaks
        own.update(j.verdict for j in run.score.statements if j.found.rule == rule)
        again = relater.relate(answer.document, answer.mentions, answer.linked)
        judged, _ = relate(Answer(answer.document, answer.mentions, answer.linked, again), run.gold, ontology)
        lost.update(j.verdict for j in run.score.statements)
        lost.subtract(j.verdict for j in judged)
    return StatementCard(rule, made, own[Verdict.RIGHT], own[Verdict.WRONG], lost[Verdict.RIGHT], lost[Verdict.WRONG])


def _proposals(namer: Namer, answer: Answer) -> Mapping[Key, frozenset[str]]:
    """The rules that proposed each span and class, the recogniser left out."""
    findings = namer.explore(answer.document)
    proposed: dict[Key, set[str]] = {}
    for c in (*findings.found, *findings.chosen):
        proposed.setdefault((c.start, c.end, c.cls), set()).add(c.rule)
    return {key: frozenset(rules) for key, rules in proposed.items()}


def _key(mention: Mention) -> Key:
    return mention.start, mention.end, mention.cls
