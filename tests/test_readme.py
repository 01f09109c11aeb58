"""The README and CONTRIBUTING say what is so: commands exist and run, tables are those of the ontology."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from ecograph import __version__
from ecograph.cli import main
from ecograph.ontology import Class, Ontology, Predicate

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = "\n".join(re.findall(r"```console\n(.*?)```", README, re.DOTALL))
SHOWN = dict(re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", BLOCKS, re.MULTILINE))
PATHS = re.findall(r"`((?:src|tests|ontology|data|docs|benchmarks|\.ci)/[a-z0-9_./]+)`", README + CONTRIBUTING)


def table(terms: Mapping[str, Class] | Mapping[str, Predicate]) -> str:
    """Classes or predicates as a Markdown table: English and Chinese label, comment."""
    rows = [f"| {t.label['en']} | {t.label['zh']} | {t.comment['en']} |" for t in terms.values()]
    return "\n".join(["| | | |", "| --- | --- | --- |", *rows])


def between(name: str) -> str:
    """What stands in the README between the two comments that name a table."""
    found = re.search(rf"<!-- {name}\b.*?-->\n(.*?)<!-- end of {name} -->", README, re.DOTALL)
    assert found
    return found[1].strip()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample, as a reader of the README has it."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "data" / "replies", folder / "data" / "replies")
    command = [sys.executable, "-m", "ecograph", "build", "data/replies", "--output", "output"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("command", SHOWN)
def test_the_commands_run(command: str, project: Path) -> None:
    """Every command that the README shows succeeds on the sample, and what it prints begins as the README says."""
    program, *arguments = shlex.split(command)
    assert program == "ecograph"
    result = subprocess.run([sys.executable, "-m", "ecograph", *arguments], cwd=project, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()
    shown = SHOWN[command].strip()
    assert result.stdout.startswith(shown.removesuffix("…").rstrip()), f"README.md shows for {command}\n{shown}\nbut it is\n{result.stdout}"


def test_every_command_is_explained() -> None:
    """The README shows each command that the program has."""
    assert main.commands.keys() == {command.split()[1] for command in SHOWN}


@pytest.mark.parametrize(("name", "attribute"), [("classes", "classes"), ("predicates", "predicates")])
def test_the_tables_are_the_ontologys(name: str, attribute: str) -> None:
    """What the README says is recognised is what the ontology declares."""
    expected = table(getattr(Ontology(), attribute))
    assert between(name) == expected, f"put this between the comments:\n{expected}"


def test_set_up_is_two_lines() -> None:
    """One line builds, one line tests, both set everything up; .ci/run takes them from here."""
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert ["ecograph build" in line for line in lines] == [True, False]
    assert ["pytest" in line for line in lines] == [False, True]


@pytest.mark.parametrize("path", sorted(set(PATHS)))
def test_the_paths_exist(path: str) -> None:
    """Each file and folder of the project that is named is there."""
    assert (ROOT / path).exists()


def test_the_pictures_exist() -> None:
    """Each picture that the README shows is there."""
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_the_changelog_knows_the_version() -> None:
    """The package's version has its section."""
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
