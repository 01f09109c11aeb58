"""A build is a function of the replies, the ontology and the names, remembered by content."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ecograph.build.pipeline import Pipeline
from ecograph.errors import BuildError
from ecograph.ontology import packaged

Run = Callable[..., Result]
Build = Callable[..., str]

ROOT = Path(__file__).parents[1]
OUTPUTS = {"graph.nq", "graph.trig", "index.html", "manifest.json"}


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def own_ontology(folder: Path) -> Path:
    """A copy of ecograph's ontology and names that may be edited."""
    shutil.copytree(packaged("ontology"), folder / "ontology")
    shutil.copytree(packaged("data/names"), folder / "data" / "names")
    return folder / "ontology"


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first `old` of a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_first_build_reads_everything(run: Run, replies: Path, tmp_path: Path) -> None:
    """All output files are there, and the command says what was read and where the page is."""
    result = run("build", replies, "--output", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "2 replies: 2 read, 0 unchanged, 0 removed" in result.stdout
    assert str(tmp_path / "out" / "index.html") in result.stdout
    assert {p.name for p in (tmp_path / "out").iterdir()} == OUTPUTS | {".cache"}


def test_a_second_build_touches_nothing(build: Build, replies: Path, tmp_path: Path) -> None:
    """Where nothing changed, nothing is read and no file is written."""
    out = tmp_path / "out"
    build(replies, out)
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*")}
    assert "2 replies: 0 read, 2 unchanged, 0 removed" in build(replies, out)
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*")} == before


def test_only_the_changed_reply_is_read(build: Build, replies: Path, tmp_path: Path) -> None:
    """A change, a new and a deleted file are told apart."""
    out = tmp_path / "out"
    build(replies, out)
    edit(replies / "012.txt", "东岭大学", "西岭大学")
    assert "2 replies: 1 read, 1 unchanged, 0 removed" in build(replies, out)
    (replies / "033.txt").unlink()
    assert "1 reply: 0 read, 1 unchanged, 1 removed" in build(replies, out)
    assert b"reply/033" not in (out / "graph.nq").read_bytes()


def test_the_order_of_changes_leaves_no_trace(build: Build, replies: Path, tmp_path: Path) -> None:
    """Adding A, adding B and removing A gives, in every file, the bytes of adding B."""
    long, short = tmp_path / "long", tmp_path / "short"
    second = (replies / "033.txt").read_bytes()
    (replies / "033.txt").unlink()
    build(replies, long)
    (replies / "033.txt").write_bytes(second)
    build(replies, long)
    (replies / "012.txt").unlink()
    build(replies, long)
    build(replies, short)
    assert content(long) == content(short)


def test_processes_with_different_hash_seeds_agree(replies: Path, tmp_path: Path) -> None:
    """The order of Python's sets and dictionaries never gets into a file."""
    for seed in ("1", "4242"):
        command = [sys.executable, "-m", "ecograph", "build", replies, "--output", tmp_path / seed]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
    assert content(tmp_path / "1") == content(tmp_path / "4242")


def test_place_and_time_leave_no_trace(build: Build, replies: Path, tmp_path: Path) -> None:
    """The same replies elsewhere and with other file times give the same bytes."""
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(replies, elsewhere)
    for path in elsewhere.iterdir():
        os.utime(path, (0, 0))
    build(replies, tmp_path / "one")
    build(elsewhere, tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_a_colour_is_no_reason_to_read_again(build: Build, replies: Path, tmp_path: Path) -> None:
    """After a colour was edited, no reply is read again and the page has the new colour."""
    ontology, out = own_ontology(tmp_path), tmp_path / "out"
    build(replies, out, "--ontology", ontology)
    coloured = (ontology / "ecograph.ttl").read_text(encoding="utf-8")
    (ontology / "ecograph.ttl").write_text(re.sub(r'eco:colour "#\w+"', 'eco:colour "#010203"', coloured), encoding="utf-8")
    printed = build(replies, out, "--ontology", ontology)
    assert "0 read, 2 unchanged" in printed
    assert "#010203" in (out / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("edited", ["ontology/patterns/names.jsonl", "ontology/schemes/industries.ttl", "data/names/places.tsv"])
def test_what_extraction_reads_is_a_reason(edited: str, build: Build, replies: Path, tmp_path: Path) -> None:
    """After a pattern, an industry or a name was edited, the replies are read again."""
    ontology, out = own_ontology(tmp_path), tmp_path / "out"
    build(replies, out, "--ontology", ontology)
    with (tmp_path / edited).open("a", encoding="utf-8") as file:
        file.write("\n# edited\n")
    assert "2 read, 0 unchanged" in build(replies, out, "--ontology", ontology)


def test_an_interrupted_build_goes_on(run: Run, build: Build, replies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C at the second reply: no output yet, exit code 130, and the next build reads only the second."""
    out = tmp_path / "out"
    extract = Pipeline.extract

    def interrupted(self: Pipeline, document: object) -> object:
        if getattr(document, "id", None) == "033":
            raise KeyboardInterrupt
        return extract(self, document)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Pipeline, "extract", interrupted)
        result = run("build", replies, "--output", out)
    assert result.exit_code == 130
    assert result.stderr.count("\n") == 1
    assert not OUTPUTS & {p.name for p in out.iterdir()}
    assert "2 replies: 1 read, 1 unchanged" in build(replies, out)
    build(replies, tmp_path / "straight")
    assert content(out) == content(tmp_path / "straight")


def test_a_failed_build_leaves_the_last_one(run: Run, build: Build, replies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the page can't be made, every output file is still that of the last build, and nothing lies beside them."""
    out = tmp_path / "out"
    build(replies, out)
    before = {name: (out / name).read_bytes() for name in OUTPUTS}

    def fails(*_: object, **__: object) -> None:
        raise BuildError("the page could not be made")

    edit(replies / "012.txt", "东岭大学", "西岭大学")
    with monkeypatch.context() as patched:
        patched.setattr("ecograph.views.write_page", fails)
        result = run("build", replies, "--output", out)
    assert (result.exit_code, result.stderr) == (1, "ecograph: the page could not be made\n")
    assert {name: (out / name).read_bytes() for name in OUTPUTS} == before
    assert {p.name for p in out.iterdir()} == OUTPUTS | {".cache"}
    assert "1 read" not in build(replies, out)


@pytest.mark.parametrize(("harm", "name"), [("deleted", "graph.nq"), ("cut", "index.html"), ("cut", "manifest.json")])
def test_a_harmed_output_is_made_anew(name: str, harm: str, build: Build, replies: Path, tmp_path: Path) -> None:
    """An output file that was deleted or cut short is whole after the next build, and no reply is read for it."""
    out = tmp_path / "out"
    build(replies, out)
    before = content(out)
    if harm == "deleted":
        (out / name).unlink()
    else:
        (out / name).write_bytes((out / name).read_bytes()[:100])
    assert "0 read, 2 unchanged" in build(replies, out)
    assert content(out) == before


def test_a_harmed_shard_is_read_again(build: Build, replies: Path, tmp_path: Path) -> None:
    """What lies in the cache is believed only as it was written."""
    out = tmp_path / "out"
    build(replies, out)
    before = content(out)
    shards = sorted((out / ".cache").glob("*.nq"))
    assert len(shards) == 2
    shards[0].write_bytes(shards[0].read_bytes()[:-50])
    assert "1 read, 1 unchanged" in build(replies, out)
    assert content(out) == before


def test_a_broken_file_stops_no_other(run: Run, replies: Path, tmp_path: Path) -> None:
    """A file that can't be read is named with the reason on one line, the others are built, exit code 1."""
    (replies / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    result = run("build", replies, "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert "2 replies: 2 read, 0 unchanged, 0 removed, 1 not read" in result.stdout
    assert result.stderr.startswith("not read: ")
    assert "broken.pdf" in result.stderr
    assert result.stderr.count("\n") == 1
    assert (tmp_path / "out" / "index.html").is_file()


def test_hidden_files_and_the_output_are_no_replies(run: Run, build: Build, replies: Path) -> None:
    """What begins with a dot, Word's lock files and the output folder inside the replies' are passed over."""
    for name in (".DS_Store", "~$012.docx"):
        (replies / name).write_bytes(b"\x00")
    (replies / ".git").mkdir()
    (replies / ".git" / "config").write_text("x")
    build(replies, replies / "output")
    result = run("build", replies, "--output", replies / "output")
    assert result.exit_code == 0, result.output
    assert "2 replies: 0 read, 2 unchanged" in result.stdout


def test_one_name_in_two_formats_is_told(run: Run, replies: Path, tmp_path: Path) -> None:
    """012.md beside 012.txt: the second would have the first one's id, so it is reported and not read."""
    (replies / "012.md").write_bytes((replies / "012.txt").read_bytes())
    result = run("build", replies, "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert "rename one of them" in result.stderr
    assert "2 replies: 2 read" in result.stdout


def test_folders_keep_names_apart(build: Build, replies: Path, tmp_path: Path) -> None:
    """The same file name in two folders makes two replies."""
    (replies / "2024").mkdir()
    shutil.copy(replies / "012.txt", replies / "2024" / "012.txt")
    assert "3 replies: 3 read" in build(replies, tmp_path / "out")
    assert {"012", "033", "2024/012"} == json.loads((tmp_path / "out" / "manifest.json").read_text())["replies"].keys()


def test_contacts_are_left_out_and_counted(build: Build, replies: Path, tmp_path: Path) -> None:
    """A telephone number gets into no file of the output; the build says how many details it left out."""
    printed = build(replies, tmp_path / "out")
    assert "2 contact details left out (--contacts keeps them)" in printed
    assert not [name for name, data in content(tmp_path / "out").items() if b"55667788" in data or "孙丽".encode() in data]


def test_contacts_are_kept_when_asked(build: Build, replies: Path, tmp_path: Path) -> None:
    """--contacts is a reason to read again, and keeps the text as it is."""
    build(replies, tmp_path / "out")
    printed = build(replies, tmp_path / "out", "--contacts")
    assert "2 read, 0 unchanged" in printed
    assert "2 contact details kept" in printed
    assert [name for name, data in content(tmp_path / "out").items() if b"55667788" in data]


def test_no_replies_leave_the_graph_alone(run: Run, build: Build, replies: Path, tmp_path: Path) -> None:
    """An empty folder is a mistake more often than a wish: one line, exit code 1, and the last build stays."""
    build(replies, tmp_path / "out")
    before = content(tmp_path / "out")
    (tmp_path / "empty").mkdir()
    result = run("build", tmp_path / "empty", "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert "no replies" in result.stderr
    assert content(tmp_path / "out") == before


@pytest.mark.parametrize("case", sorted(p.name for p in (ROOT / "tests" / "golden").iterdir() if p.is_dir()))
def test_the_golden_graphs(case: str) -> None:
    """Each golden graph is what its reply gives today; `python tests/golden/update.py` writes them anew."""
    command = [sys.executable, ROOT / "tests" / "golden" / "update.py", "--check", case]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
