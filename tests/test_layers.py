"""The floors of the house: imports go down, the rooms of a floor are strangers, and no cycle hides anywhere."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "ecograph"

# Each room and its floor. `__init__` holds the version and nothing else.
FLOORS = {
    "__init__": 0,
    "errors": 0,
    "iris": 1,
    "model": 1,
    **dict.fromkeys(("ontology", "extraction", "across", "judgement", "changes"), 2),
    **dict.fromkeys(("reading", "naming", "linking", "relating", "measuring", "commitments"), 3),
    **dict.fromkeys(("identity", "decisions", "comparing", "graph", "queries", "analysis", "views"), 3),
    **dict.fromkeys(("build", "evaluation", "server"), 4),
    "cli": 5,
    "__main__": 6,
}
MODULES = sorted(SRC.rglob("*.py"))


def room(path: Path) -> str:
    """The room that a module belongs to."""
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def name(path: Path) -> str:
    """The dotted name of a module."""
    parts = ("ecograph", *path.relative_to(SRC).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module of ecograph that is imported anywhere in a tree, in functions too; `from x import y` gives x and x.y."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] == "ecograph")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            if node.module and node.module.split(".")[0] == "ecograph":
                yield node.module
                yield from (f"{node.module}.{a.name}" for a in node.names)


def imported_rooms(path: Path) -> set[str]:
    """The rooms that a module imports from."""
    names = {n for n in imported(ast.parse(path.read_text(encoding="utf-8"))) if n != "ecograph"}
    return {n.split(".")[1] for n in names} & FLOORS.keys()


def modules_of(path: Path) -> set[Path]:
    """The modules that a module imports."""
    known = {name(p): p for p in MODULES}
    found = imported(ast.parse(path.read_text(encoding="utf-8")))
    return {known[n] for n in found if n in known}


def test_the_modules_are_found() -> None:
    """The tests of this file look at something."""
    assert len(MODULES) > 5
    assert modules_of(SRC / "__main__.py")


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_room_has_a_floor(path: Path) -> None:
    """A new room has to be given its floor here."""
    assert room(path) in FLOORS


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_go_down(path: Path) -> None:
    """A module imports from its own room and from lower floors only; rooms of one floor are strangers."""
    here = room(path)
    wrong = {other for other in imported_rooms(path) - {here} if FLOORS[other] >= FLOORS[here]}
    assert not wrong, f"{name(path)} imports {wrong}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_import_is_only_for_types(path: Path) -> None:
    """TYPE_CHECKING hides cycles, so nobody uses it."""
    names = {node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}
    assert "TYPE_CHECKING" not in names


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_imports_itself_in_the_end(path: Path) -> None:
    """Following the imports from a module, functions' included, never leads back to it; a room's face may be asked by nobody inside."""
    todo, seen = [path], set()
    while todo:
        for other in modules_of(todo.pop()):
            assert other != path, f"{name(path)} imports itself"
            if other not in seen:
                seen.add(other)
                todo.append(other)
