"""What a build costs: cold, unchanged, with one file changed, on varied copies of the sample.

    python benchmarks/rebuild.py [--copies 1000] [--seed 1] [--keep FOLDER]

Each copy has its organizations renamed and its paragraphs shuffled by a random generator of its own seed, so
that neither caches nor merged entities make it cheaper than a real reply. Each build is a process of its own;
CPU seconds of that process, and its largest memory so far. The ratios travel, the seconds don't.
"""

import argparse
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ecograph.build import Pipeline
from ecograph.ontology import Ontology

SAMPLE = Path(__file__).parents[1] / "data" / "replies" / "061.txt"
RENAMED = "organization"  # the group of classes whose entities get new names
EDGE = 6  # lines at the beginning and the end that stay where they are: header and signature


def renamed(name: str, letters: str, chance: random.Random) -> str:
    """A name with its first two characters, which mostly are the particular ones, replaced."""
    return "".join(chance.choices(letters, k=2)) + name[2:]


def varied(text: str, names: list[str], seed: int) -> str:
    """One copy: the same number of characters, other names, another order."""
    chance = random.Random(seed)  # noqa: S311 -- variety, not secrecy
    letters = "".join(sorted({c for name in names for c in name}))
    for name in names:
        text = text.replace(name, renamed(name, letters, chance))
    lines = text.split("\n")
    middle = lines[EDGE:-EDGE]
    chance.shuffle(middle)
    return "\n".join([*lines[:EDGE], *middle, *lines[-EDGE:]])


def write_copies(folder: Path, copies: int, seed: int) -> None:
    """Fill the folder with varied copies of the sample."""
    ontology = Ontology()
    pipeline = Pipeline(ontology)
    extraction = pipeline.extract(pipeline.read(SAMPLE))
    entities = extraction.linked.entities
    names = sorted({e.label for e in entities if ontology.cls(e.cls).group == RENAMED and len(e.label) > 2}, key=lambda n: (-len(n), n))
    for number in range(copies):
        (folder / f"{number:04}.txt").write_text(varied(extraction.document.text, names, seed + number), encoding="utf-8")


def measure(replies: Path, output: Path) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and megabytes of one build."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-m", "ecograph", "build", replies, "--output", output], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - start, after.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--copies", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--keep", type=Path, help="work in this folder and leave it there")
    options = arguments.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp())
    replies, output = folder / "replies", folder / "output"
    replies.mkdir(parents=True, exist_ok=True)
    write_copies(replies, options.copies, options.seed)

    rows = [("cold", measure(replies, output)), ("unchanged", measure(replies, output))]
    changed = replies / "0000.txt"
    changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    rows.append(("one changed", measure(replies, output)))

    table = Table("build", "CPU s", "wall s", "MB", "× cold", title=f"{options.copies:,} varied copies of the sample")
    cold = rows[0][1][0]
    for name, (cpu, wall, memory) in rows:
        table.add_row(name, f"{cpu:,.1f}", f"{wall:,.1f}", f"{memory:,.0f}", f"{cpu / cold:.3f}")
    Console().print(table)
    if not options.keep:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
