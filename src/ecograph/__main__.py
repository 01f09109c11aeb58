"""`python -m ecograph` is the command `ecograph`."""

from ecograph.cli import main

main(prog_name="ecograph")
