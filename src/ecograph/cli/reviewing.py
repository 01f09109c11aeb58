"""`ecograph review`: the open candidates of identity, one after the other, both sides with what is said of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ecograph.cli.deciding import decisions_option, now, ontology_option, output_option, who_option
from ecograph.cli.printing import counted
from ecograph.judgement import Decision, Pair, Thing

KEYS = {"y": "same", "n": "different", "s": None, "q": None}
PROMPT = "y same · n different · s skip · q quit: "
CONTEXTS = 4  # of each side; more can't be taken in at a glance


@click.command()
@decisions_option
@who_option
@click.option("--why", help="The reason kept with each judgement. Default: that the candidate was looked at, and what proposed it.")
@output_option
@ontology_option
def review(decisions: Path, who: str, why: str | None, output: Path, ontology: Path | None) -> None:
    """Walk the open candidates: is this one thing, or two? The most valuable come first.

    Keys: y same, n different, s skip, q quit. Keys may also be piped in, one a line. Each answer is kept at once, as
    by `ecograph decide`, and holds from the next build.
    """
    from ecograph.decisions import append, load_decisions
    from ecograph.decisions.lookup import Lookup
    from ecograph.graph import open_dataset
    from ecograph.ontology import Ontology

    judged = load_decisions(decisions)
    known = {frozenset(pair) for pair in (*judged.same, *judged.different)}
    vocabulary = Ontology(ontology)
    candidates = Lookup(open_dataset(output), vocabulary).candidates()
    todo = [c for c in candidates if frozenset((c.one.ref, c.other.ref)) not in known]
    answers = dict.fromkeys(("same", "different"), 0)
    for number, candidate in enumerate(todo, 1):
        show(candidate, f"{number}/{len(todo)}", vocabulary)
        key = ask()
        if key == "q":
            break
        if kind := KEYS[key]:
            reason = why or f"looked at in review; proposed by {candidate.reason or 'identity'}"
            append(decisions, Decision(kind, Pair(candidate.one, candidate.other), who, now(), reason))
            answers[kind] += 1
    if not todo:
        click.echo(f"no open candidates; {counted(len(candidates), 'is', 'are')} judged already")
        return
    done = ", ".join(f"{n} {kind}" for kind, n in answers.items())
    click.echo(f"{done}, {len(todo) - sum(answers.values())} left open; kept in {decisions}")


def ask() -> str:
    """The key that was pressed, or the first letter of a line where keys are piped in; q when there is no more."""
    while True:
        click.echo(PROMPT, nl=False)
        if sys.stdin.isatty():
            key = click.getchar().lower()
            click.echo(key)
        else:
            line = sys.stdin.readline()
            key = line.strip().lower()[:1] if line else "q"
            click.echo()
        if key in KEYS:
            return key
        click.echo(f"{key!r} is none of {', '.join(KEYS)}")


def show(candidate: Any, title: str, ontology: Any) -> None:
    """Both sides beside each other, the names marked in what is said of them; below, the words that proposed it."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    names = (candidate.one.name, candidate.other.name)
    console = Console()
    table = Table(expand=True, show_lines=True, title=f"{title}  {candidate.reason}  {candidate.confidence:.2f}", title_justify="left")
    for name in names:
        table.add_column(Text(name, style="bold"), ratio=1, overflow="fold")
    table.add_row(*(Text(_described(thing, ontology)) for thing in (candidate.one, candidate.other)))
    table.add_row(*(_contexts(said, names) for said in candidate.contexts))
    console.print(table)
    if candidate.words:
        console.print(_contexts(candidate.words, names))


def _described(thing: Thing, ontology: Any) -> str:
    cls = ontology.classes.get(thing.cls)
    where = f" ({thing.document})" if thing.document else ""
    return f"{cls.label['zh'] if cls else thing.cls}{where}\n{thing.iri}"


def _contexts(said: Sequence[Any], names: Sequence[str]) -> Any:
    from rich.text import Text

    text = Text(no_wrap=False)
    for context in said[:CONTEXTS]:
        line = Text(f"{context.document}: ", style="dim")
        line.append(Text(" ".join(context.quote.split()), style="not dim"))
        line.highlight_words(names, style="bold reverse")
        text.append(line).append("\n")
    if len(said) > CONTEXTS:
        text.append(f"+ {len(said) - CONTEXTS}")
    text.rstrip()
    return text
