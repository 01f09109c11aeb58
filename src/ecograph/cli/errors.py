"""Where errors become one line on standard error and an exit code: the only place that does it."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from ecograph.errors import EcographError

INTERRUPTED = 130  # what shells give for a program that Ctrl-C ended


class Commands(click.Group):
    """A group that shows EcographError and OSError as one line and never as a traceback.

    A reader that closes the pipe (`| head`) is left to click, which ends quietly.
    """

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        _speak_utf8()
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # a full disk shows here and not after the last handler
        except EcographError as error:
            _end(ctx, str(error), error.exit_code)
        except KeyboardInterrupt:
            _end(ctx, "interrupted; what was read is kept, the next build goes on from there", INTERRUPTED)
        except BrokenPipeError:
            raise
        except OSError as error:
            _end(ctx, _told(error), 1)
        return result


def _end(context: click.Context, message: str, exit_code: int) -> NoReturn:
    click.echo(f"ecograph: {message}", err=True)
    context.exit(exit_code)


def _told(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}"


def _speak_utf8() -> None:
    """What goes into a pipe or file is UTF-8 on every system; a character that can't be shown doesn't end the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
