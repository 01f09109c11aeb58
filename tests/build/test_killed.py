"""A build may end at any moment, by Ctrl-C or by the system: what was there stays whole, and the next build goes on."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from ecograph.build import build
from ecograph.graph import open_dataset
from ecograph.ontology import Ontology

KILLS = 50
SEED = 4
SERVER = Path(__file__).with_name("forking.py")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="builds are killed in forked children")


class Builds:
    """Builds in children of another process that has the rooms loaded."""

    def __init__(self, server: "subprocess.Popen[str]") -> None:
        self._server = server

    def start(self) -> int:
        """Begin a build; gives the child's process id."""
        assert self._server.stdin
        self._server.stdin.write("\n")
        self._server.stdin.flush()
        return int(self._line())

    def end(self) -> int:
        """Wait for its end; gives the exit code."""
        return int(self._line())

    def _line(self) -> str:
        assert self._server.stdout
        return self._server.stdout.readline()


@contextmanager
def builds(replies: Path, output: Path) -> Iterator[Builds]:
    """The other process, ready."""
    command = [sys.executable, SERVER, replies, output]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        assert server.stdout.readline() == "ready\n"
        yield Builds(server)


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def openable(output: Path, allowed: list[bytes]) -> None:
    """The graph is that of a whole build, and a dataset can be made of it."""
    assert (output / "graph.nq").read_bytes() in allowed
    assert len(list(open_dataset(output).query("SELECT ?r WHERE { ?r a eco:Reply }"))) == 2
    assert (output / "index.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_a_build_is_killed_fifty_times(replies: Path, tmp_path: Path) -> None:
    """Wherever SIGKILL falls, the last whole output can be opened during and after it, and the next build has the right bytes."""
    chance = random.Random(SEED)  # noqa: S311 -- moments, no secrets
    text = (replies / "012.txt").read_text(encoding="utf-8")
    texts = [text, text.replace("东岭大学", "西岭大学")]
    output, right = tmp_path / "out", []
    with builds(replies, output) as children:
        for version in texts[::-1]:  # the first text last: its output is the first one to be changed
            (replies / "012.txt").write_text(version, encoding="utf-8")
            begun = time.monotonic()
            children.start()
            assert children.end() == 0
            longest = time.monotonic() - begun
            right.insert(0, content(output))
        killed = 0
        for number in range(1, KILLS + 1):
            (replies / "012.txt").write_text(texts[number % 2], encoding="utf-8")
            child = children.start()
            time.sleep(chance.uniform(0, longest))
            openable(output, [files["graph.nq"] for files in right])
            with suppress(ProcessLookupError):  # it was quicker
                os.kill(child, signal.SIGKILL)
            killed += children.end() == -signal.SIGKILL
            openable(output, [files["graph.nq"] for files in right])
            children.start()
            assert children.end() == 0
            assert content(output) == right[number % 2]
    assert killed > KILLS / 2


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_several_processes_end_with_the_first(replies: Path, tmp_path: Path, ending: signal.Signals) -> None:
    """When the first process is interrupted or killed, the others end too, and what they made is kept.

    Ctrl-C reaches all of them. Only the first says so, in one line.
    """
    for number in range(40):
        (replies / f"{number}.txt").write_bytes((replies / "012.txt").read_bytes())
    command = [sys.executable, "-m", "ecograph", "build", replies, "--output", tmp_path / "out", "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        while process.poll() is None and not list((tmp_path / "out").glob(".cache/*.json")):
            time.sleep(0.01)
        if ending == signal.SIGINT:
            os.killpg(process.pid, ending)
        else:
            process.kill()
        # All processes hold the pipes: this returns when the last has ended.
        printed, complaints = process.communicate(timeout=30)
    assert printed == ""
    assert process.returncode == (130 if ending == signal.SIGINT else -signal.SIGKILL)
    if ending == signal.SIGINT:
        assert complaints.count("\n") == 1, complaints
    report = build(replies, tmp_path / "out", Ontology())
    assert len(report.unchanged) >= 1
    assert len(report.read) >= 1


def test_the_second_of_two_builds_waits(replies: Path, tmp_path: Path) -> None:
    """It says on standard error that it waits and ends well; with --no-wait it is one line and exit code 1."""
    from filelock import FileLock  # noqa: PLC0415

    (tmp_path / "out" / ".cache").mkdir(parents=True)
    command = [sys.executable, "-m", "ecograph", "build", replies, "--output", tmp_path / "out"]
    lock = FileLock(tmp_path / "out" / ".cache" / "lock")
    with lock:
        refused = subprocess.run([*command, "--no-wait"], capture_output=True, text=True, check=False)
        waiting = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert waiting.stderr
        said = waiting.stderr.readline()
        time.sleep(0.2)
        assert waiting.poll() is None
    printed, _ = waiting.communicate(timeout=60)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("ecograph: ")
    assert refused.stderr.count("\n") == 1
    assert "waiting for its end" in said
    assert waiting.returncode == 0
    assert "2 replies: 2 read" in printed
