"""The trained second opinion: what it adds, what it leaves to the rules, and its file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ecograph.errors import OntologyError
from ecograph.model import Document, Linked, Mention, Statement
from ecograph.ontology import Ontology
from ecograph.relating import Relater
from ecograph.relating.ranker import MODEL, Model, Ranker

Related = Callable[..., tuple[Statement, ...]]
Case = tuple[Document, list[Mention], Linked]

STRAIGHT = ((0.0, 0.0), (1.0, 1.0))  # a scale that changes no confidence
# A construction that no rule knows.
UNRULED = "本届[江州论坛/Event]上，[氢能/Industry]、[储能/Industry]话题最热。"
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
    Model({"*": ()}, (), frozenset(), frozenset(), 0.1, 0.5, STRAIGHT).write(path)
    given = case("[星渚科技/Company]建成[江州数据平台/Platform]。")
    assert Relater(ontology, path).relate(*given) == Relater(ontology, None).relate(*given)


def test_the_same_model_gives_the_same_bytes(tmp_path: Path) -> None:
    """Writing it again makes the same file, and it scores as it was told."""
    joined = frozenset({("Company", "basedIn", "Place")})
    model = Model({"b": ((0, 1.0),), "*": ((0, -1.0),)}, ("basedIn>",), joined, frozenset(), 0.1, 0.5, STRAIGHT)
    for name in ("one.npz", "two.npz"):
        model.write(tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    ranker = Ranker(tmp_path / "one.npz")
    assert ranker.chance(float((ranker.bias + ranker.scores([["b", "unknown"]])[0])[0])) == 0.5


def test_confidence_follows_the_scale(tmp_path: Path) -> None:
    """Between two corners of the model's scale confidence rises in a line."""
    Model({"*": ()}, (), frozenset(), frozenset(), 0.1, 0.5, ((0.0, 0.2), (0.5, 0.6), (1.0, 1.0))).write(tmp_path / "one.npz")
    ranker = Ranker(tmp_path / "one.npz")
    assert [round(ranker.confidence(product), 6) for product in (0.0, 0.25, 0.5, 0.75)] == [0.2, 0.4, 0.6, 0.8]


def test_a_doubtful_mention_makes_a_doubtful_statement(ontology: Ontology, case: Callable[..., Case]) -> None:
    """The less certain of two mentions bounds what the statement is sure of."""
    document, mentions, linked = case("2023年，[禾苗医药/Company]荣获[江州市质量奖/Award]。")
    doubtful = [replace(m, confidence=0.6) for m in mentions]
    again = replace(linked, entity_of={d: linked.entity_of[m] for d, m in zip(doubtful, mentions, strict=True)})
    (sure,), (unsure,) = (Relater(ontology).relate(document, ms, ln) for ms, ln in ((mentions, linked), (doubtful, again)))
    assert unsure.confidence < sure.confidence


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
