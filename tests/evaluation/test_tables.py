"""Tables in three forms."""

import json

import pytest

from ecograph.evaluation import RENDERERS, Table

TABLE = Table("share", ("what", "n", "part"), (("a", 1, 0.5), ("bb", 12, None)))
UNTITLED = Table("strict", ("", "f1"), (("all", 0.25),))


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("table", "share\nwhat   n   part\na      1  0.500\nbb    12\n\nstrict     f1\nall     0.250"),
        (
            "markdown",
            "### share\n\n| what | n | part |\n| --- | ---: | ---: |\n| a | 1 | 0.500 |\n| bb | 12 |  |\n\n"
            "### strict\n\n|   | f1 |\n| --- | ---: |\n| all | 0.250 |",
        ),
    ],
)
def test_tables_for_people(form: str, shown: str) -> None:
    """Columns are even, shares have three digits, a table without a name for its first column has its title there."""
    assert RENDERERS[form]([TABLE, UNTITLED]) == shown


def test_tables_for_programs() -> None:
    """JSON is by title, first column and column."""
    found = json.loads(RENDERERS["json"]([TABLE, UNTITLED]))
    assert found == {"share": {"a": {"n": 1, "part": 0.5}, "bb": {"n": 12, "part": None}}, "strict": {"all": {"f1": 0.25}}}
