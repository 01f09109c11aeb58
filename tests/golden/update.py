"""The golden graphs: one reply's named graph as sorted N-Quads in tests/golden/CASE/expected.nq.

    python tests/golden/update.py [CASE…]            write them anew
    python tests/golden/update.py --check [CASE…]    say what differs, exit code 1 if anything does

The reply of a case is tests/golden/CASE/reply.*, or data/replies/CASE.txt where there is none. Look at the
difference (`git diff`) before committing it: each line is something an analyst would read.
"""

import argparse
import difflib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
REPLIES = HERE.parents[1] / "data" / "replies"
SHOWN = 40  # lines of a difference


def graph(case: str) -> list[str]:
    """The lines of the graph that a case's reply gives today."""
    source = next((HERE / case).glob("reply.*"), REPLIES / f"{case}.txt")
    with tempfile.TemporaryDirectory() as folder:
        replies, output = Path(folder, "replies"), Path(folder, "output")
        replies.mkdir()
        shutil.copy(source, replies / (case + source.suffix))
        subprocess.run([sys.executable, "-m", "ecograph", "build", replies, "--output", output], check=True, stdout=sys.stderr)
        lines = (output / "graph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    return [line for line in lines if line.endswith(f"/graph/reply/{case}> .\n")]


def differences(case: str) -> list[str]:
    """What is wrong with a golden file, as lines of a unified difference."""
    path = HERE / case / "expected.nq"
    if not path.is_file():
        return [f"{path} is missing: make it with python tests/golden/update.py {case}\n"]
    expected = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return list(difflib.unified_diff(expected, graph(case), str(path), "today", n=0))


def main() -> int:
    """Write or check the golden graphs."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("case", nargs="*", default=sorted(p.name for p in HERE.iterdir() if p.is_dir() and p.name != "__pycache__"))
    options = arguments.parse_args()
    found: list[str] = []
    for case in options.case:
        if options.check:
            found += differences(case)
        else:
            (HERE / case / "expected.nq").write_text("".join(graph(case)), encoding="utf-8", newline="\n")
    sys.stdout.writelines(found[:SHOWN])
    if len(found) > SHOWN:
        sys.stdout.write(f"and {len(found) - SHOWN} lines more\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
