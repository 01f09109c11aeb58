"""`ecograph decide`: one judgement, kept as a line of data/decisions.jsonl."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from ecograph.cli.printing import FORMATS, default_format
from ecograph.errors import UsageError
from ecograph.judgement import Claim, Decision, Matter, Naming, Pair, Placing, Revocation

F = TypeVar("F", bound=Callable[..., Any])

DECISIONS = Path("data/decisions.jsonl")
SHORTEST = 4  # characters of an id that may stand for it


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise UsageError("this system has no login name for you; tell it with --who") from error


folder = click.Path(path_type=Path)
who_option = click.option("--who", default=_login, show_default="your login name", help="Who decides.")
decisions_option = click.option("--decisions", type=folder, default=DECISIONS, show_default=True, help="The file of judgements.")
output_option = click.option("--output", type=folder, default=Path("output"), show_default=True, help="The folder that `build` made.")
ontology_option = click.option("--ontology", type=folder, metavar="DIR", help="An ontology folder of your own instead of ecograph's.")


@dataclass(frozen=True, slots=True)
class Judge:
    """Who decides, why, where it is kept, and the graph and ontology in which things are looked up."""

    decisions: Path
    who: str
    why: str
    output: Path
    ontology: Path | None

    def graph(self) -> Any:
        """The built graph as a Lookup."""
        from ecograph.decisions.lookup import Lookup
        from ecograph.graph import open_dataset

        return Lookup(open_dataset(self.output), self.words())

    def text(self, document: str) -> str | None:
        """A reply's text as the last build read it, if the output folder has it."""
        from ecograph.build.texts import texts_of

        return texts_of(self.output)(document)

    def words(self) -> Any:
        """The ontology."""
        from ecograph.ontology import Ontology

        return Ontology(self.ontology)

    def keep(self, kind: str, matter: Matter) -> None:
        """Add the decision to the file and tell so, with the conflicts that it is in."""
        from ecograph.decisions import append, load_decisions

        load_decisions(self.decisions)  # a faulty file is told before anything is added
        decision = Decision(kind, matter, self.who, now(), self.why)
        append(self.decisions, decision)
        click.echo(f"{decision.id} {kind}: {told(matter)}")
        for conflict in load_decisions(self.decisions).conflicts():
            if decision in (conflict.loser, *conflict.winners):
                click.echo(f"conflict: {conflict.message}", err=True)


def judging(command: F) -> F:
    """The options that every judgement has, handed over as one Judge."""

    def call(decisions: Path, who: str, why: str, output: Path, ontology: Path | None, **rest: Any) -> None:
        command(Judge(decisions, who, why, output, ontology), **rest)

    call.__name__, call.__doc__ = command.__name__, command.__doc__
    wrapped: Any = call
    wrapped.__click_params__ = getattr(command, "__click_params__", [])
    why_option = click.option("--why", required=True, help="The reason, for those who read it later.")
    for option in (ontology_option, output_option, decisions_option, who_option, why_option):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]


@click.group()
def decide() -> None:
    """Keep one judgement: it holds in every later build, wins over rules, and can be revoked.

    Things are named by their exact label, if only one thing has it, or by IRI. Judgements stand in
    data/decisions.jsonl, a line each; files of several people are merged with `cat`.
    """


@decide.command()
@click.argument("one")
@click.argument("other")
@click.option("--one-in", metavar="DOCUMENT", help="ONE as this reply means it, and no other.")
@click.option("--other-in", metavar="DOCUMENT", help="OTHER as this reply means it, and no other.")
@judging
def same(judge: Judge, one: str, other: str, one_in: str | None, other_in: str | None) -> None:
    """ONE and OTHER are one thing."""
    _pair("same", judge, (one, one_in), (other, other_in))


@decide.command()
@click.argument("one")
@click.argument("other")
@click.option("--one-in", metavar="DOCUMENT", help="ONE as this reply means it, and no other.")
@click.option("--other-in", metavar="DOCUMENT", help="OTHER as this reply means it, and no other.")
@judging
def different(judge: Judge, one: str, other: str, one_in: str | None, other_in: str | None) -> None:
    """ONE and OTHER are two things; takes a wrong merge apart.

    Things that are merged already are named by their own IRIs, or by their names in one reply.
    """
    _pair("different", judge, (one, one_in), (other, other_in))


@decide.command("class")
@click.argument("entity")
@click.argument("name", metavar="CLASS")
@click.option("--in", "document", metavar="DOCUMENT", help="Only as this reply means it.")
@judging
def class_(judge: Judge, entity: str, name: str, document: str | None) -> None:
    """ENTITY is of CLASS, given by its name or label."""
    from ecograph.decisions.lookup import class_named

    judge.keep("class", Naming(judge.graph().thing(entity, document), class_named(name, judge.words())))


@decide.command()
@click.argument("entity")
@click.argument("text", metavar="LABEL")
@judging
def label(judge: Judge, entity: str, text: str) -> None:
    """ENTITY is to be called LABEL."""
    judge.keep("label", Naming(judge.graph().thing(entity), text))


@decide.command()
@click.argument("statement")
@judging
def wrong(judge: Judge, statement: str) -> None:
    """STATEMENT, given by its id or IRI, is not what the reply says."""
    judge.keep("wrong", judge.graph().claim(statement))


@decide.command()
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="OBJECT")
@click.option("--in", "document", required=True, metavar="DOCUMENT", help="The reply that says so.")
@click.option("--quote", required=True, help="Its words.")
@click.option("--status", default="done", show_default=True, help="done, ongoing, planned or denied.")
@click.option("--time", help="2023, 2021-05 or 2022/2025, if the words tell one.")
@click.option("--amount", help="The sum or count, as the words give it.")
@judging
def missing(
    judge: Judge,
    subject: str,
    predicate: str,
    object_: str,
    document: str,
    quote: str,
    status: str,
    time: str | None,
    amount: str | None,
) -> None:
    """A reply says that SUBJECT stands in PREDICATE to OBJECT, and it was not found."""
    from ecograph.decisions.finding import Words
    from ecograph.decisions.lookup import predicate_named

    ontology, graph = judge.words(), judge.graph()
    if status not in ontology.statuses:
        raise UsageError(f"{status}: no such status; known: {', '.join(ontology.statuses)}")
    name = predicate_named(predicate, ontology)
    ends = [graph.end(word, graph.reply(document)) for word in (subject, object_)]
    if ends[0].iri == ends[1].iri:
        raise UsageError(f"{subject}, {object_}: both are {ends[0].iri}")
    if not ontology.allows(name, ends[0].cls, ends[1].cls):
        raise UsageError(f"{name} can't join a {ends[0].cls} to a {ends[1].cls}; turn them round, or give another predicate")
    text = judge.text(document)
    if text is not None and Words(text).find(quote) is None:
        raise UsageError(f"{document} doesn't have these words; --quote wants them as they stand in the reply")
    judge.keep("missing", Claim(ends[0], name, ends[1], document, quote, status, time, amount))


@decide.command()
@click.argument("term")
@click.argument("concept", required=False)
@click.option("--none", "nothing", is_flag=True, help="TERM is no industry.")
@judging
def industry(judge: Judge, term: str, concept: str | None, *, nothing: bool) -> None:
    """TERM belongs under CONCEPT, an industry of the scheme; or is none at all."""
    from ecograph.decisions.lookup import concept_named

    if nothing == (concept is not None):
        raise UsageError("either the industry under which the term belongs, or --none")
    judge.keep("industry", Placing(term, concept_named(concept, judge.words()) if concept else None))


@decide.command()
@click.argument("id_", metavar="ID")
@judging
def revoke(judge: Judge, id_: str) -> None:
    """The decision ID no longer counts; some first characters of it are enough. Revoking that line brings it back."""
    from ecograph.decisions import load_decisions

    found = [d for d in load_decisions(judge.decisions).lines if d.id.startswith(id_)] if len(id_) >= SHORTEST else []
    if len(found) != 1:
        what = f"{len(found)} decisions begin so" if found else "no decision begins so"
        raise UsageError(f"{id_}: {what}; `ecograph decide list --all` shows the ids")
    judge.keep("revoke", Revocation(found[0].id))


@decide.command("list")
@click.option("--all", "everything", is_flag=True, help="Also those that were revoked or overruled, and the revocations.")
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), help="Default: table on a terminal, csv elsewhere.")
@decisions_option
@click.pass_context
def list_(context: click.Context, form: str | None, decisions: Path, *, everything: bool) -> None:
    """The judgements that count. Exit code 1 if people's judgements contradict each other: the conflicts are listed."""
    from ecograph.decisions import load_decisions

    loaded = load_decisions(decisions)
    counting = {d.id for d in loaded.active}
    columns = ("id", "when", "who", "kind", "what", "why", *(("counts",) if everything else ()))
    shown = loaded.lines if everything else loaded.active
    rows = [
        (d.id, d.when[:19], d.who, d.kind, told(d.matter), d.why, *((("yes" if d.id in counting else "no"),) if everything else ()))
        for d in shown
    ]
    FORMATS[form or default_format()](columns, rows)
    for conflict in loaded.conflicts():
        click.echo(f"conflict: {conflict.message}", err=True)
    context.exit(1 if loaded.conflicts() else 0)


def told(matter: Matter) -> str:
    """What a decision is about, in a line."""
    match matter:
        case Pair(one, other):
            return " | ".join(f"{t.name} ({t.document})" if t.document else t.name for t in (one, other))
        case Naming(entity, value):
            return f"{entity.name} → {value}"
        case Claim(subject, predicate, obj, document, quote):
            return f"{subject.name} – {predicate} – {obj.name} ({document}: {quote})"
        case Placing(term, concept):
            return f"{term} → {concept.rsplit('/', 1)[-1]}" if concept else term
        case Revocation(target):
            return target


def now() -> str:
    """This moment as decisions tell it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _pair(kind: str, judge: Judge, one: tuple[str, str | None], other: tuple[str, str | None]) -> None:
    graph = judge.graph()
    pair = Pair(graph.thing(*one, apart=True), graph.thing(*other, apart=True))
    if pair.one.ref == pair.other.ref:
        raise UsageError(f"{one[0]}, {other[0]}: both are {pair.one.iri}; name the two by their IRIs, or as one reply means them")
    judge.keep(kind, pair)
