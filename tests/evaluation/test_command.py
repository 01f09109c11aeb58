"""`ecograph evaluate` on a small invented reply."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ecograph.errors import UsageError
from ecograph.evaluation import without
from ecograph.ontology import Ontology

Run = Callable[..., Result]

TEXT = "云溪区科学技术局\n对云溪区第三届人大二次会议第12号代表建议的答复\n\n周明代表：\n\n您提出的建议收悉，现答复如下：\n\n东岭银行与北山大学签订合作协议。\n"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with one annotated reply; its text lies in the folder `replies` beside it."""
    squeezed = "".join(TEXT.split())
    names = {"东岭银行": "FinancialInstitution", "北山大学": "ResearchOrganization"}
    values = {
        "squeezed": squeezed,
        "mentions": [{"start": squeezed.index(n), "end": squeezed.index(n) + len(n), "type": cls} for n, cls in names.items()],
        "entities": [{"id": n, "name": n, "surfaces": [n]} for n in names],
        "relations": [{"subject": "北山大学", "predicate": "cooperatesWith", "object": "东岭银行"}],
    }
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "small.json").write_text(json.dumps(values), encoding="utf-8")
    (tmp_path / "replies").mkdir()
    (tmp_path / "replies" / "small.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_the_command_prints_figures(run: Run, gold: Path) -> None:
    """What is found in the replies beside the gold is judged by group and by predicate."""
    result = run("evaluate", gold, "--format", "json")
    found = json.loads(result.stdout)
    assert list(found) == ["strict", "typed", "overlap", "relation", "class", "confidence of mentions", "confidence of statements"]
    assert found["strict"]["Organization"]["tp"] == 2
    assert found["relation"]["cooperatesWith"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "tp": 1, "fp": 0, "fn": 0}
    sure = found["confidence of mentions"]
    assert sum(sure[b]["right"] for b in list(sure)[:-1]) == 2


def test_rules_have_a_card_each(run: Run, gold: Path) -> None:
    """With --rules it stands which rule made what, and what is lost without it, as --without shows it."""
    found = json.loads(run("evaluate", gold, "--rules", "--format", "json").stdout)
    [(rule, card)] = [(rule, card) for rule, card in found["statements by rule"].items() if card["right"]]
    less = json.loads(run("evaluate", gold, "--without", rule, "--format", "json").stdout)
    assert card["right"] == 1
    assert card["right lost without it"] == 1 - less["relation"]["all"]["tp"]
    cards = found["mentions by rule"].values()
    assert sum(card["right"] for card in cards) == 2
    assert all(card["proposed"] >= card["proposed right"] for card in cards)


def test_rules_can_be_left_out(run: Run, gold: Path, ontology: Ontology) -> None:
    """Without all the rules that can make it the statement is missed."""
    rules = [r["id"] for r in ontology.records("relations") if any("cooperatesWith" in state for state in r.get("states", ()))]
    options = [part for rule in rules for part in ("--without", rule)]
    found = json.loads(run("evaluate", gold, *options, "--format", "json").stdout)
    assert found["relation"]["all"]["fn"] == 1


def test_the_recogniser_can_be_left_out(run: Run, gold: Path) -> None:
    """Without the recogniser no mention is its."""
    found = json.loads(run("evaluate", gold, "--without", "recogniser", "--rules", "--format", "json").stdout)
    assert "recogniser" not in found["mentions by rule"]
    assert found["mentions by rule"]


def test_an_unknown_rule_is_refused(ontology: Ontology) -> None:
    """A mistyped id is told with one that looks like it."""
    [rule, *_] = (record["id"] for record in ontology.records("relations") if "states" in record)
    with pytest.raises(UsageError, match=rf"did you mean {rule}\?"):
        without(ontology, [f"{rule}x"])


def test_texts_come_from_elsewhere(run: Run, gold: Path, tmp_path: Path) -> None:
    """--replies names another folder; a mention in words that the gold doesn't have is told and not judged."""
    other = tmp_path / "others"
    other.mkdir()
    (other / "small.txt").write_text(TEXT + "\n南湖银行与西岭大学签订合作协议。\n", encoding="utf-8")
    result = run("evaluate", gold, "--replies", other, "--format", "json")
    assert json.loads(result.stdout)["strict"]["Organization"]["tp"] == 2
    assert "not judged" in result.stderr


def test_gold_has_its_own_text(run: Run, gold: Path) -> None:
    """Without replies beside it the gold's squeezed text is read."""
    (gold.parent / "replies" / "small.txt").unlink()
    (gold.parent / "replies").rmdir()
    assert json.loads(run("evaluate", gold, "--format", "json").stdout)["strict"]["Organization"]["tp"] == 2


def test_a_reply_is_missing(run: Run, gold: Path) -> None:
    """Gold without its reply ends the command with one line that names it."""
    (gold.parent / "replies" / "small.txt").unlink()
    result = run("evaluate", gold)
    assert result.exit_code == 1
    assert result.stderr.startswith("ecograph: ")
    assert "small" in result.stderr
    assert result.stderr.count("\n") == 1
