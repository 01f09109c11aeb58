"""One Namer with the shipped models and one without, and documents from a few words."""

from collections.abc import Callable
from functools import cache

import pytest

from ecograph.model import Document
from ecograph.naming import Namer
from ecograph.ontology import Ontology
from ecograph.reading import Reader

Named = dict[str, str]
Find = Callable[[str], Named]


@cache
def ontology() -> Ontology:
    """The project's own, loaded once."""
    return Ontology()


@cache
def reader() -> Reader:
    """Makes Documents."""
    return Reader(ontology())


@cache
def own_namer() -> Namer:
    """With the shipped models."""
    return Namer(ontology())


@cache
def bare_namer() -> Namer:
    """Gazetteers, patterns and contexts alone."""
    return Namer(ontology(), None)


def document(text: str) -> Document:
    """A reply that holds only these words."""
    return reader().parse(text, "sample.txt")


@pytest.fixture(params=["trained", "bare"])
def namer(request: pytest.FixtureRequest) -> Namer:
    """Each of the two."""
    return own_namer() if request.param == "trained" else bare_namer()


@pytest.fixture
def find() -> Find:
    """The names that a text mentions, without outer marks, each with its class."""

    def named(text: str) -> Named:
        made = document(text)
        return {made.text[m.start : m.end].strip("“”《》"): m.cls for m in own_namer().find(made)}

    return named
