"""How fast text is extracted, beside jieba's part-of-speech tagger on the same text.

    python benchmarks/speed.py [FILE…] [--repeat 5]

Loading is measured apart: both sides have loaded and run once before the clock starts. CPU time of this
process, the best of the repetitions. The absolute figures are this machine's; the ratio travels.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import jieba.posseg
from rich.console import Console
from rich.table import Table

from ecograph.build import Pipeline
from ecograph.model import Document
from ecograph.ontology import Ontology

SAMPLE = Path(__file__).parents[1] / "data" / "replies" / "061.txt"


def cpu(work: Callable[[], object], repeat: int) -> float:
    """The least CPU seconds that `work` takes, after one run that doesn't count."""
    work()
    times = []
    for _ in range(repeat):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="*", type=Path, default=[SAMPLE])
    arguments.add_argument("--repeat", type=int, default=5)
    options = arguments.parse_args()

    start = time.process_time()
    pipeline = Pipeline(Ontology())
    loading = time.process_time() - start
    documents = [pipeline.read(path) for path in options.files]
    characters = sum(len(d.text) for d in documents)

    def extract() -> list[object]:
        return [pipeline.extract(document) for document in documents]

    def read_and_extract() -> list[object]:
        return [pipeline.extract(pipeline.read(path)) for path in options.files]

    def tag(document: Document) -> list[object]:
        return list(jieba.posseg.cut(document.text))

    measured = {
        "jieba.posseg": cpu(lambda: [tag(d) for d in documents], options.repeat),
        "ecograph, from text": cpu(extract, options.repeat),
        "ecograph, from file": cpu(read_and_extract, options.repeat),
    }
    table = Table("what", "characters per CPU second", "× jieba.posseg", title=f"{len(documents)} replies, {characters:,} characters")
    for what, seconds in measured.items():
        table.add_row(what, f"{characters / seconds:,.0f}", f"{measured['jieba.posseg'] / seconds:.2f}")
    console = Console()
    console.print(table)
    console.print(f"loading the rooms: {loading:.1f} CPU s, once a command")


if __name__ == "__main__":
    main()
