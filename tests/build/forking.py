"""Builds in forked children, so that a build can be killed without waiting for the rooms to load: `forking.py REPLIES OUTPUT`.

Each line on standard input starts one build; the child's process id and, when it has ended, its exit code (a signal's number
with a minus sign) go to standard output, a line each.
"""

import os
import sys
from pathlib import Path

import pyvis.network  # noqa: F401 -- a build loads it when it writes the page

import ecograph.views.layout  # noqa: F401
from ecograph.build import Pipeline, build, making
from ecograph.ontology import Ontology


def tell(said: object) -> None:
    """A line for whoever started this."""
    sys.stdout.write(f"{said}\n")
    sys.stdout.flush()


def main() -> None:
    """Load once, fork as often as asked."""
    replies, output = map(Path, sys.argv[1:])
    ontology = Ontology()
    pipeline = Pipeline(ontology)
    making.Pipeline = lambda _: pipeline  # type: ignore[assignment,misc]
    tell("ready")
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            build(replies, output, ontology, jobs=1)
            os._exit(0)
        tell(child)
        tell(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    main()
