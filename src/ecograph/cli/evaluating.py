"""`ecograph evaluate`: what ecograph finds, held against replies that people annotated."""

from __future__ import annotations

from pathlib import Path

import click

from ecograph.cli.printing import counted

folder = click.Path(path_type=Path)
FORMS = ("table", "json", "markdown")


@click.command()
@click.argument("gold", type=folder)
@click.option("--replies", type=folder, help="The annotated replies. Default: the folder `replies` beside GOLD, else the text in GOLD.")
@click.option("--rules", is_flag=True, help="Also a score card for each rule; takes a minute.")
@click.option("--without", multiple=True, metavar="RULE", help="Leave out this rule (its id), or `recogniser`; may be repeated.")
@click.option("--format", "form", type=click.Choice(FORMS), default=FORMS[0], show_default=True, help="A table, JSON, or Markdown.")
@click.option("--ontology", type=folder, metavar="DIR", help="An ontology folder of your own instead of ecograph's.")
def evaluate(gold: Path, replies: Path | None, without: tuple[str, ...], form: str, ontology: Path | None, *, rules: bool) -> None:
    """Hold what ecograph finds against the annotated replies in GOLD, a folder of NAME.json.

    Precision, recall and F1 of mentions by group (strict, typed, overlap) and of statements by predicate (relation),
    then how often each degree of confidence is right.
    """
    from ecograph.evaluation import RENDERERS, rooms_without, rule_tables, run, tables
    from ecograph.ontology import Ontology

    beside = gold.parent / "replies"
    rooms = rooms_without(Ontology(ontology), without)
    runs = run(rooms, gold, replies or (beside if beside.is_dir() else None))
    click.echo(RENDERERS[form]((*tables(runs), *(rule_tables(runs, rooms) if rules else ()))))
    unplaced = sum(r.score.unplaced for r in runs)
    if unplaced:
        click.echo(f"not judged: {counted(unplaced, 'mention', 'mentions')} whose words {gold} doesn't have", err=True)
