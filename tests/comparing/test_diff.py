"""`ecograph diff`: two folders or two days, to standard output or a file."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from rdflib import Dataset

Run = Callable[..., Result]
Graph = Callable[..., Dataset]

FIRST, SECOND = "2023-05-01", "2024-05-01"
PLAN = ("星河区", "establishes", "启元基金", "planned", "星河区将设立启元基金")
DONE = ("星河区", "establishes", "启元基金", "done", "星河区设立了启元基金")


def test_diff_of_two_folders(run: Run, graph: Graph, tmp_path: Path) -> None:
    """The command tells what moved, as Markdown; of one folder with itself, that nothing did."""
    graph({"a": (FIRST, [PLAN])}, folder="old")
    graph({"a": (FIRST, [PLAN]), "b": (SECOND, [DONE])}, folder="new")
    told = run("diff", tmp_path / "old", tmp_path / "new")
    assert (told.exit_code, told.stderr) == (0, "")
    assert all(words in told.stdout for words in ("计划中 → 已完成", PLAN[-1], DONE[-1], "第a号答复（a.txt，2023-05-01）"))
    assert "两边没有差别" in run("diff", tmp_path / "old", tmp_path / "old").stdout


def test_diff_of_two_days(run: Run, graph: Graph, tmp_path: Path) -> None:
    """Two days of one folder, written as a page because the file is called so."""
    graph({"a": (FIRST, [PLAN]), "b": (SECOND, [DONE])}, folder="out")
    told = run("diff", "2023-12-31", "2024-12-31", "--output", tmp_path / "out", "-o", tmp_path / "diff.html")
    assert (told.exit_code, told.stdout) == (0, f"written: {tmp_path / 'diff.html'}\n")
    assert "计划中 → 已完成" in (tmp_path / "diff.html").read_text(encoding="utf-8")


def test_diff_of_a_folder_and_a_day(run: Run, tmp_path: Path) -> None:
    """One of each is a wrong call; a folder that was not built is told."""
    assert run("diff", tmp_path, "2024-01-01").exit_code == 2
    missing = run("diff", tmp_path, tmp_path)
    assert (missing.exit_code, missing.stderr.count("\n")) == (1, 1)
