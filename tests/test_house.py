"""The habits of the house that a machine can see."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from ecograph.ontology import Ontology

SRC = Path(__file__).parents[1] / "src" / "ecograph"
MODULES = sorted(SRC.rglob("*.py"))
OTHERS = sorted(p for p in SRC.rglob("*") if p.suffix in {".js", ".html", ".jinja", ".j2", ".css", ".rq", ".ttl"})
CHINESE = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
MODULE_LINES, FUNCTION_LINES = 400, 50
BROUGHT = {"markupsafe", "pyparsing"}  # Jinja's strings and rdflib's parse errors: their types are part of these libraries' faces
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    """A file's path below src/ecograph."""
    return path.relative_to(SRC).as_posix()


def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def docstrings(module: ast.Module) -> set[int]:
    """The ids of the nodes that are docstrings."""
    holders = (n for n in ast.walk(module) if isinstance(n, ast.Module | ast.ClassDef | Function))
    firsts = (n.body[0] for n in holders if n.body)
    return {id(f.value) for f in firsts if isinstance(f, ast.Expr) and isinstance(f.value, ast.Constant)}


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Line and value of every string constant that is no docstring."""
    module = tree(path)
    told = docstrings(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def public(module: ast.Module) -> Iterator[Function | ast.ClassDef]:
    """Every public function, class and method of a module."""
    for node in module.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (n for n in node.body if isinstance(n, Function) and not n.name.startswith("_"))


def test_a_docstring_is_no_string() -> None:
    """The tests below would see a Chinese constant, and would not mind a docstring."""
    module = ast.parse('"""中"""\nx = "文"\ndef f():\n    """字"""\n    return f"中{x}"')
    told = docstrings(module)
    seen = {n.value for n in ast.walk(module) if isinstance(n, ast.Constant) and id(n) not in told}
    assert seen == {"文", "中"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_chinese_in_the_code(path: Path) -> None:
    """Chinese words are data: no string constant holds one."""
    assert not [(line, s) for line, s in strings(path) if CHINESE.search(s)]


@pytest.mark.parametrize("path", OTHERS, ids=name)
def test_no_chinese_in_templates_and_scripts(path: Path) -> None:
    """What the page says in Chinese comes from the ontology too."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert not [(n, line) for n, line in enumerate(lines, 1) if CHINESE.search(line)]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_class_or_predicate_in_the_code(path: Path) -> None:
    """Names of entity classes and predicates stand in ontology/ only."""
    ontology = Ontology()
    names = ontology.classes.keys() | ontology.predicates.keys()
    assert not [(line, s) for line, s in strings(path) if s in names]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_and_functions_are_short(path: Path) -> None:
    """No module is over 400 lines, no function over 50."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MODULE_LINES
    functions = (n for n in ast.walk(tree(path)) if isinstance(n, Function))
    assert not [f.name for f in functions if (f.end_lineno or f.lineno) - f.lineno + 1 > FUNCTION_LINES]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_broad_except(path: Path) -> None:
    """Only errors with a name are caught."""
    handlers = [n for n in ast.walk(tree(path)) if isinstance(n, ast.ExceptHandler)]
    caught = [(h.lineno, {n.id for n in ast.walk(h.type) if isinstance(n, ast.Name)} if h.type else set()) for h in handlers]
    assert not [line for line, names in caught if not names or names & {"Exception", "BaseException"}]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_public_things_have_a_docstring(path: Path) -> None:
    """Every module, public class, function and method says what it is."""
    module = tree(path)
    assert ast.get_docstring(module)
    assert not [n.name for n in public(module) if not ast.get_docstring(n)]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_is_left_to_do(path: Path) -> None:
    """No note of unfinished work stays in the code."""
    assert not re.search(r"\b(?:TODO|FIXME|XXX|HACK)\b", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_library_is_declared(path: Path) -> None:
    """What is imported belongs to Python, to ecograph, or to a library that pyproject.toml asks for."""
    project = tomllib.loads((SRC.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[^\w.-]", line, maxsplit=1)[0].lower() for line in project["dependencies"]} | BROUGHT
    nodes = [n for n in ast.walk(tree(path)) if isinstance(n, ast.Import | ast.ImportFrom)]
    names = {(n.module or "") if isinstance(n, ast.ImportFrom) else a.name for n in nodes for a in n.names}
    foreign = {n.split(".")[0] for n in names} - sys.stdlib_module_names - {"ecograph"}
    providers = packages_distributions()
    assert not [n for n in foreign if not {d.lower() for d in providers[n]} & declared]
