"""`ecograph diff`: what changed between two builds, or between two days of one."""

from __future__ import annotations

import re
from pathlib import Path

import click

from ecograph.cli.deciding import ontology_option, output_option
from ecograph.errors import UsageError

FORMS = ("markdown", "html")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--format", "form", type=click.Choice(FORMS), help="Default: what PATH ends with, else Markdown.")
@click.option("-o", "path", type=click.Path(path_type=Path), metavar="PATH", help="Write to this file; default: standard output.")
@output_option
@ontology_option
def diff(old: str, new: str, form: str | None, path: Path | None, output: Path, ontology: Path | None) -> None:
    """Tell what changed from OLD to NEW: two output folders, or two days (2024-06-30) within --output.

    New and gone things, policies replaced or expired, what moved from plan to fact, commitments, numbers: each with the
    sentences of the replies on both sides. A day stands for what the replies dated up to it say.
    """
    from ecograph.build.texts import texts_of
    from ecograph.comparing import Scope, compare
    from ecograph.graph import open_dataset
    from ecograph.ontology import Ontology
    from ecograph.views.changes import FORMS as RENDERERS
    from ecograph.views.files import write_beside

    days = [word if DAY.fullmatch(word) else None for word in (old, new)]
    if days.count(None) == 1:
        raise UsageError(f"{old} {new}: two output folders or two days, not one of each")
    known = Ontology(ontology)
    folders = [output if day else Path(word) for day, word in zip(days, (old, new), strict=True)]
    datasets = {one: open_dataset(one) for one in folders}
    before, after = (Scope(*side) for side in zip((old, new), days, map(texts_of, folders), strict=True))
    changes = compare(datasets[folders[0]], datasets[folders[1]], known, (before, after))
    form = form or ("html" if path and path.suffix.lower() in (".html", ".htm") else FORMS[0])
    text = RENDERERS[form](changes, known)
    if path is None:
        click.echo(text, nl=False)
        return
    write_beside(path, lambda part: part.write_text(text, encoding="utf-8", newline="\n"))
    click.echo(f"written: {path}" if changes else f"no changes; written: {path}")
