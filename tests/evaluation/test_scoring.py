"""Figures: the scorer's own, to the digit; and what each of its rules does."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ecograph.errors import ReadError, UsageError
from ecograph.evaluation import RENDERERS, Answer, Figures, Verdict, figure_tables, load_gold, score
from ecograph.ontology import Ontology

CASES = Path(__file__).parent / "cases"
Answers = dict[str, Answer]


def gold_file(folder: Path, **changes: object) -> Path:
    """A folder with the gold `one`, some of its values changed (None: left out)."""
    values = json.loads((CASES / "gold" / "one.json").read_text(encoding="utf-8")) | changes
    kept = {key: value for key, value in values.items() if value is not None}
    (folder / "one.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    return folder


def test_the_figures_are_the_scorers(answers: Answers, ontology: Ontology) -> None:
    """Every figure of every group and predicate equals what the scorer prints for the same input."""
    scores = [score(answers[gold.name], gold, ontology) for gold in load_gold(CASES / "gold", ontology)]
    found = json.loads(RENDERERS["json"](figure_tables(scores)))
    assert found.pop("class")
    assert found == json.loads((CASES / "figures.json").read_text(encoding="utf-8"))


def test_the_classes_add_up_to_the_typed_figures(answers: Answers, ontology: Ontology) -> None:
    """By class the six kinds of organization stand apart, and the sum is that of the typed figures."""
    scores = [score(answers[gold.name], gold, ontology) for gold in load_gold(CASES / "gold", ontology)]
    found = json.loads(RENDERERS["json"](figure_tables(scores)))
    assert found["class"]["all"] == found["typed"]["all"]
    assert found["class"]["FinancialInstitution"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "tp": 1, "fp": 1, "fn": 1}
    assert "FinancialInstitution" not in found["typed"]


def test_a_mention_without_a_place_is_told(answers: Answers, ontology: Ontology) -> None:
    """Words that the gold text doesn't have are neither right nor wrong, but counted."""
    scores = {gold.name: score(answers[gold.name], gold, ontology) for gold in load_gold(CASES / "gold", ontology)}
    assert {name: s.unplaced for name, s in scores.items()} == {"one": 0, "two": 1}


def test_denied_statements_are_not_judged(answers: Answers, ontology: Ontology) -> None:
    """A statement that the text denies counts neither for nor against."""
    gold, *_ = load_gold(CASES / "gold", ontology)
    denied = [s for s in answers["one"].statements if s.status == "denied"]
    assert denied
    assert not {s.id for s in denied} & {j.found.id for j in score(answers["one"], gold, ontology).statements}


def test_annotated_statements_of_other_predicates_only(answers: Answers, ontology: Ontology, tmp_path: Path) -> None:
    """A statement of a predicate that was not annotated is not held against anyone."""
    gold, *_ = load_gold(gold_file(tmp_path, predicates=["issues"]), ontology)
    assert [j.verdict for j in score(answers["one"], gold, ontology).statements] == [Verdict.WRONG]


def test_nothing_found(answers: Answers, ontology: Ontology) -> None:
    """Who finds nothing misses everything that is asked for, and divides by nothing."""
    gold, *_ = load_gold(CASES / "gold", ontology)
    nothing = replace(answers["one"], mentions=(), statements=())
    table = figure_tables([score(nothing, gold, ontology)])[0]
    assert table.rows[-1] == ("all", 0.0, 0.0, 0.0, 0, 0, 11)


def test_rates_are_rounded_to_four_digits() -> None:
    """Precision, recall and F1 as the scorer rounds them."""
    figures = Figures(2, 1, 4)
    assert (figures.precision, figures.recall, figures.f1) == (0.6667, 0.3333, 0.4444)


def test_a_folder_without_gold(tmp_path: Path, ontology: Ontology) -> None:
    """An empty folder is the caller's mistake, told with what is wanted."""
    with pytest.raises(UsageError, match=r"NAME\.json"):
        load_gold(tmp_path, ontology)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({"squeezed": None}, "'squeezed' is missing", id="missing-key"),
        pytest.param({"mentions": [{"start": 0, "end": 3, "type": "Planet"}]}, "Planet", id="unknown-class"),
        pytest.param({"mentions": 3}, "no annotated reply", id="wrong-type"),
        pytest.param({"predicates": ["owns"]}, "owns", id="unknown-predicate"),
        pytest.param({"mentions": [{"start": 0, "end": 999, "type": "Place"}]}, "999", id="span-beyond-the-text"),
    ],
)
def test_faulty_gold_is_named(changes: dict[str, object], told: str, tmp_path: Path, ontology: Ontology) -> None:
    """Gold that isn't in the form is refused with its file and what is wrong."""
    with pytest.raises(ReadError, match=told) as error:
        load_gold(gold_file(tmp_path, **changes), ontology)
    assert "one.json" in str(error.value)


def test_gold_that_is_not_json(tmp_path: Path, ontology: Ontology) -> None:
    """A file that is no JSON is refused with its name."""
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReadError, match=r"bad\.json"):
        load_gold(tmp_path, ontology)
