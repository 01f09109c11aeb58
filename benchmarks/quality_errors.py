"""What quality.py's held-out runs got wrong, counted and listed, for whoever mends the rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ecograph.evaluation import Gold, GoldMention, GoldRelation, Placed, Run, Verdict
from ecograph.evaluation.alignment import form
from ecograph.model import Statement

SHOWN = 12  # examples of one kind

Error = tuple[str, str, str]  # class or predicate, what went wrong, example


def error_list(runs: Sequence[Run]) -> Iterator[str]:
    """For each class and predicate the kinds of error, the commonest first, with examples."""
    for title, errors in (
        ("MENTIONS", [e for r in runs for e in mention_errors(r)]),
        ("STATEMENTS", [e for r in runs for e in statement_errors(r)]),
    ):
        yield f"===== {title}: {len(errors)} errors"
        yield from _listed(errors)


def mention_errors(run: Run) -> Iterator[Error]:
    """What was missed, with what was found there instead, and what was found where nothing is."""
    wrong = [j.found for j in run.score.mentions if j.verdict is Verdict.WRONG]
    explained: set[int] = set()
    for g in run.score.missed_mentions:
        rivals = [p for p in wrong if p.start < g.end and g.start < p.end]
        explained.update(id(p) for p in rivals)
        yield g.cls, _missed(g, rivals, run), f"{run.gold.name}: {_around(run.gold, g.start, g.end)} {_told(rivals, run.gold)}"
    for p in wrong:
        if id(p) not in explained:
            known = any(g.start < p.end and p.start < g.end for g in run.gold.mentions)
            kind = "extra, in or over a name found otherwise" if known else "extra, no name there"
            yield p.mention.cls, kind, f"{run.gold.name}: {_around(run.gold, p.start, p.end)} [{p.mention.rule} {p.mention.confidence}]"


def statement_errors(run: Run) -> Iterator[Error]:
    """Relations that were missed, with the reason, and statements that nobody annotated, with their rule."""
    names = {e.iri: frozenset(form(s) for s in (e.label, *e.aliases)) for e in run.answer.linked.entities}
    said = [(names[s.subject], s.predicate, names[s.object]) for s in run.answer.statements if {s.subject, s.object} <= names.keys()]
    for r in run.score.missed_relations:
        yield (
            r.predicate,
            _unsaid(r, names.values(), said),
            f"{run.gold.name}: {max(r.subject, key=len)} → {max(r.object, key=len)} | {r.words}",
        )
    for judged in run.score.statements:
        s = judged.found
        if judged.verdict is Verdict.WRONG:
            ends = f"{_label(run, s.subject)} → {_label(run, s.object)}"
            yield (
                s.predicate,
                _unasked(s, run, names),
                f"{run.gold.name}: {ends} | {s.evidence[0].quote.strip()} [{s.rule} {s.confidence} {s.status}]",
            )


def _listed(errors: Iterable[Error]) -> Iterator[str]:
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    examples: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, kind, example in errors:
        kinds[name][kind] += 1
        examples[name, kind].append(example)
    for name in sorted(kinds, key=lambda n: (-kinds[n].total(), n)):
        yield f"\n== {name}: {kinds[name].total()}"
        for kind, count in kinds[name].most_common():
            yield f"  {count:4} {kind}"
            every = examples[name, kind]
            step = max(1, len(every) // SHOWN)  # spread over the texts
            yield from (f"         {example}" for example in every[::step][:SHOWN])


def _missed(g: GoldMention, rivals: Sequence[Placed], run: Run) -> str:
    same = [p for p in rivals if (p.start, p.end) == (g.start, g.end)]
    if same:
        return f"missed, taken for {same[0].mention.cls}"
    if not rivals:
        covered = any(p.found.start < g.end and g.start < p.found.end for p in run.score.mentions)
        return "missed, under something right or optional" if covered else "missed, nothing found there"
    p = rivals[0]
    left = "too long on the left" if p.start < g.start else "too short on the left" if p.start > g.start else ""
    right = "too long on the right" if p.end > g.end else "too short on the right" if p.end < g.end else ""
    cls = "" if p.mention.cls == g.cls else f" and taken for {p.mention.cls}"
    return f"missed, found {' and '.join(filter(None, (left, right)))}{cls}"


def _unsaid(r: GoldRelation, names: Iterable[frozenset[str]], said: Iterable[tuple[frozenset[str], str, frozenset[str]]]) -> str:
    forms = frozenset().union(*names)
    absent = [side for side, end in (("subject", r.subject), ("object", r.object)) if not end & forms]
    if absent:
        return f"missed, {' and '.join(absent)} not found as a name"
    others = sorted({p for a, p, b in said if a & r.subject and b & r.object} - {r.predicate})
    turned = any(p == r.predicate and a & r.object and b & r.subject for a, p, b in said)
    if turned:
        return "missed, said the other way round"
    if others:
        return f"missed, said as {', '.join(others)}"
    half = any(p == r.predicate and (a & r.subject or b & r.object) for a, p, b in said)
    return "missed, one end related so to others" if half else "missed, neither end related so"


def _unasked(s: Statement, run: Run, names: dict[str, frozenset[str]]) -> str:
    one, other = names.get(s.subject, frozenset()), names.get(s.object, frozenset())
    known = frozenset().union(*(r.subject | r.object for r in run.gold.relations))
    others = sorted({r.predicate for r in run.gold.relations if r.joins(one, other, symmetric=True)})
    if others:
        return f"extra by {s.rule}, annotated as {', '.join(others)}"
    if not (one & known and other & known):
        return f"extra by {s.rule}, with an end that no relation has"
    return f"extra by {s.rule}"


def _around(gold: Gold, start: int, end: int) -> str:
    return f"{gold.text[max(0, start - 12) : start]}⟦{gold.text[start:end]}⟧{gold.text[end : end + 8]}"


def _told(rivals: Sequence[Placed], gold: Gold) -> str:
    return "; ".join(f"found ⟦{gold.text[p.start : p.end]}⟧ {p.mention.cls} [{p.mention.rule} {p.mention.confidence}]" for p in rivals)


def _label(run: Run, iri: str) -> str:
    return next((e.label for e in run.answer.linked.entities if e.iri == iri), iri)
