"""What a build costs with thousands of replies: cold, unchanged, one reply changed, and the canned questions.

    python benchmarks/scale.py [--replies 1000] [--seed 1] [--jobs N] [--folder FOLDER] [--keep]

The replies are invented (`invented.py`): about 3,000 characters each, several districts and years, names shared by a power
law. Each build is a process of its own; CPU seconds of that process and of those it started, and the most memory that
any one of them held. The ratios travel, the seconds don't.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from invented import replies
from rich.console import Console
from rich.table import Table

# Each canned question with what an analyst would ask of these replies.
QUESTIONS = {
    "about": ["云溪区科技金融服务站"],
    "members-of": [""],
    "organizations-in": ["人工智能"],
    "planned": ["云溪区"],
    "supported-by": [""],
    "who-funds-whom": ["云溪区产业引导基金"],
}


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds, wall seconds, megabytes."""

    cpu: float
    wall: float
    memory: float


def measured(*command: object) -> Cost:
    """What a process costs with all that it starts."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command}: ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)


def ask(output: Path) -> None:
    """In a process of its own: print the seconds that opening takes, and each question."""
    from ecograph.graph import open_dataset  # noqa: PLC0415
    from ecograph.ontology import Ontology  # noqa: PLC0415
    from ecograph.queries import load_queries, run  # noqa: PLC0415

    queries = load_queries(Ontology())
    start = time.perf_counter()
    dataset = open_dataset(output)
    print(json.dumps(["open", time.perf_counter() - start, 0]))
    for name, values in QUESTIONS.items():
        start = time.perf_counter()
        answer = run(dataset, queries[name].text, dict(zip(queries[name].parameters, values, strict=True)))
        print(json.dumps([f"{name} {' '.join(values)}", time.perf_counter() - start, len(answer.rows)]), flush=True)


def write(folder: Path, count: int, seed: int) -> int:
    """Write the replies; gives their characters."""
    total = 0
    for name, text in replies(count, seed):
        path = folder / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        total += len(text)
    return total


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--replies", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--jobs", type=int, help="as `ecograph build --jobs`")
    arguments.add_argument("--folder", type=Path, help="work in this folder")
    arguments.add_argument("--keep", action="store_true", help="leave replies and output there")
    arguments.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.ask:
        ask(options.ask)
        return
    folder = options.folder or Path(tempfile.mkdtemp())
    texts, output = folder / "replies", folder / "output"
    characters = write(texts, options.replies, options.seed)
    build = [sys.executable, "-m", "ecograph", "build", texts, "--output", output, *(["--jobs", options.jobs] if options.jobs else [])]
    costs = {"cold": measured(*build), "unchanged": measured(*build)}
    changed = min(texts.rglob("*.txt"))
    changed.write_text(changed.read_text(encoding="utf-8").replace("我区", "本区", 1) + "\n", encoding="utf-8")
    costs["one changed"] = measured(*build)

    title = f"{options.replies:,} invented replies, {characters / options.replies:,.0f} characters each, seed {options.seed}"
    table = Table("build", "CPU s", "ms a reply", "wall s", "MB", "× cold", title=title)
    for name, cost in costs.items():
        each = 1000 * cost.cpu / options.replies
        table.add_row(
            name, f"{cost.cpu:,.1f}", f"{each:,.1f}", f"{cost.wall:,.1f}", f"{cost.memory:,.0f}", f"{cost.cpu / costs['cold'].cpu:.3f}"
        )
    Console().print(table)
    sizes = {p.name: p.stat().st_size / 1e6 for p in sorted(output.iterdir()) if p.is_file()}
    print("MB:", ", ".join(f"{name} {size:,.1f}" for name, size in sizes.items()))
    asked = subprocess.run([sys.executable, __file__, "--ask", output], check=True, capture_output=True, text=True).stdout
    table = Table("question", "s", "rows", title="The graph opened, and the canned questions")
    for line in asked.splitlines():
        name, seconds, rows = json.loads(line)
        table.add_row(name, f"{seconds:.2f}", f"{rows:,}")
    Console().print(table)
    if not options.keep:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
