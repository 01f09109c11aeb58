"""The trained second opinion: what it adds, what it leaves to the rules, and its file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ecograph.errors import OntologyError
from ecograph.model import Document, Linked, Mention, Statement
from ecograph.ontology import Ontology
from ecograph.relating import Relater
from ecograph.relating.ranker import MODEL, Model, Ranker

Related = Callable[..., tuple[Statement, ...]]
Case = tuple[Document, list[Mention], Linked]

# A construction that no rule knows.
UNRULED = "[江州论坛/Event]期间，[氢能/Industry]、[储能/Industry]成为热门话题。"
PRINT = """
import json
from conftest import parse
from ecograph.ontology import Ontology
from ecograph.relating import Relater
said = Relater(Ontology()).relate(*parse({text!r}))
print(json.dumps([[s.id, s.rule, s.confidence] for s in said]))
"""


def test_it_finds_what_no_rule_says(related: Related, ruled: Related) -> None:
    """A phrasing without a rule is found by what stands around the names, and told by the rule's name."""
    found = {(s.subject, s.predicate, s.object): s.rule for s in related(UNRULED)}
    assert ruled(UNRULED) == ()
    assert found == {("江州论坛", "about", "氢能"): "ranker.about", ("江州论坛", "about", "储能"): "ranker.about"}


def test_what_words_refuse_stays_denied(related: Related) -> None:
    """A refusal is listed as denied, by the rules as with the model."""
    assert {s.status for s in related("[星渚科技/Company]暂不建设[江州数据平台/Platform]。")} == {"denied"}


def test_confidence_is_never_certainty(related: Related) -> None:
    """The clearest sentence still leaves a doubt."""
    (statement,) = related("2023年，[禾苗医药/Company]荣获[江州市质量奖/Award]。")
    assert 0.9 <= statement.confidence < 1


def test_classes_it_never_saw_are_left_to_the_rules(tmp_path: Path, ontology: Ontology, case: Callable[..., Case]) -> None:
    """A model that was asked about nothing changes nothing."""
    path = tmp_path / "empty.npz"
    Model({"*": ()}, (), frozenset(), frozenset(), 0.1, 0.5).write(path)
    given = case("[星渚科技/Company]建成[江州数据平台/Platform]。")
    assert Relater(ontology, path).relate(*given) == Relater(ontology, None).relate(*given)


def test_the_same_model_gives_the_same_bytes(tmp_path: Path) -> None:
    """Writing it again makes the same file, and it scores as it was told."""
    model = Model({"b": ((0, 1.0),), "*": ((0, -1.0),)}, ("basedIn>",), frozenset({("Company", "basedIn", "Place")}), frozenset(), 0.1, 0.5)
    for name in ("one.npz", "two.npz"):
        model.write(tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    ranker = Ranker(tmp_path / "one.npz")
    assert ranker.chance(float((ranker.bias + ranker.score(["b", "unknown"]))[0])) == 0.5


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", MODEL.read_bytes()[:2000]])
def test_a_broken_file_is_named(tmp_path: Path, ontology: Ontology, content: bytes) -> None:
    """A model that can't be read is told in one line with its file."""
    path = tmp_path / "broken.npz"
    path.write_bytes(content)
    with pytest.raises(OntologyError, match=r"broken\.npz") as caught:
        Relater(ontology, path)
    assert "\n" not in str(caught.value)


def test_hash_seeds_change_nothing() -> None:
    """Two processes with different hash seeds state the same with the same confidence."""
    told = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
        text = (
            UNRULED + "由[海晏银行/FinancialInstitution]、[云帆银行/FinancialInstitution]等12家银行共同成立[江州科创服务联盟/Association]。"
        )
        run = subprocess.run([sys.executable, "-c", PRINT.format(text=text)], env=environment, capture_output=True, text=True, check=True)
        told.append(json.loads(run.stdout))
    assert told[0] == told[1]
    assert told[0]
