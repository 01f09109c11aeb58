"""A build is a function of what lies in the folders, whatever was built there before."""

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.build import Pipeline, build
from ecograph.build.check import check
from ecograph.graph.index import make_index
from ecograph.iris import entity_iri
from ecograph.judgement import Claim, Decision, Matter, Naming, Pair, Placing, Revocation, Thing
from ecograph.ontology import Ontology

HEAD = """对云溪区第三届人大二次会议第 {number} 号代表建议的答复

李明代表：

您提出的“关于加快产业发展的建议”收悉，现答复如下：

一、工作进展

{done}

二、下一步工作

{plan}

云溪区{office}
{year} 年 5 月 8 日

联系人：孙丽 联系电话：021-5566778{digit}
"""
DONE = (
    "我区已引进云溪智算科技有限公司，该公司与东岭大学共建云溪联合实验室。全年举办云溪芯谷沙龙 12 场。",
    "区科委揭牌成立云溪科技金融服务站，举办云溪芯谷沙龙 21 场。云溪智算已入驻云溪软件园。",
    "区发改委印发《云溪区集成电路产业发展行动计划》（以下简称《行动计划》），东岭银行为北山半导体股份有限公司提供贷款 3000 万元。",
)
PLAN = (
    "我区将支持云溪智算科技有限公司建设开放平台，推动设立云溪科技金融服务站。",
    "拟制定《云溪区集成电路产业发展行动计划》，办好云溪芯谷沙龙，全年不少于 15 场。",
)
OFFICES = ("科学技术委员会", "发展和改革委员会")
NAMES = ("012", "033", "2024/101")
TEXTS = tuple(
    HEAD.format(number=100 + n, done=DONE[n % 3], plan=PLAN[n % 2], office=OFFICES[n % 2], year=2022 + n % 3, digit=n) for n in range(6)
)


def thing(group: str, label: str, cls: str, document: str | None = None) -> Thing:
    """A thing as it would be judged."""
    return Thing(entity_iri(group, label), document, label, cls)


COMPANY, SITE = thing("organization", "云溪智算科技有限公司", "Company"), thing("site", "云溪软件园", "InnovationSite")
LABORATORY = thing("organization", "云溪联合实验室", "ResearchOrganization")
UNIVERSITY = thing("organization", "东岭大学", "ResearchOrganization")
WORDS = "该公司与东岭大学共建云溪联合实验室"
JUDGED: tuple[tuple[str, Matter], ...] = (
    ("same", Pair(COMPANY, LABORATORY)),
    ("different", Pair(COMPANY, LABORATORY)),
    ("label", Naming(COMPANY, "云溪智算")),
    ("class", Naming(LABORATORY, "Platform")),
    ("class", Naming(thing("organization", "云溪联合实验室", "ResearchOrganization", "012"), "Association")),
    ("wrong", Claim(COMPANY, "cooperatesWith", UNIVERSITY, "012", WORDS, "done")),
    ("missing", Claim(UNIVERSITY, "basedIn", SITE, "033", "已入驻云溪软件园", "done")),
    ("industry", Placing("集成电路", None)),
)
DECISIONS = [Decision(kind, matter, "甲", f"2026-01-0{n + 1}", "原文如此") for n, (kind, matter) in enumerate(JUDGED)]
DECISIONS += [Decision("revoke", Revocation(decision.id), "乙", "2026-02-01", "有误") for decision in DECISIONS]

Files = Mapping[str, bytes]
# What a person does between two builds: put a text in a place or take it away (None), or write down a decision.
TEXT_STEP = st.tuples(st.sampled_from(NAMES), st.none() | st.sampled_from(TEXTS))
STEP = TEXT_STEP | TEXT_STEP | st.sampled_from(DECISIONS)


@cache
def ontology() -> Ontology:
    """The ontology of the checkout."""
    return Ontology()


def content(folder: Path) -> Files:
    """Every file below a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class Desk:
    """A folder of replies with the decisions beside it, and what is built from them."""

    def __init__(self, folder: Path) -> None:
        self.replies, self.decisions, self.output = folder / "replies", folder / "decisions.jsonl", folder / "output"
        self.replies.mkdir()

    def do(self, step: object) -> None:
        """One step of a person."""
        if isinstance(step, Decision):
            with self.decisions.open("a", encoding="utf-8") as file:
                file.write(json.dumps(step.as_json(), ensure_ascii=False) + "\n")
            return
        name, text = step  # type: ignore[misc]
        path = self.replies / f"{name}.txt"
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def build(self) -> None:
        """Bring the output up to date, if there is any reply."""
        if any(self.replies.rglob("*.txt")):
            build(self.replies, self.output, ontology(), decisions=self.decisions)


@pytest.fixture(autouse=True)
def one_pipeline(rooms_are_loaded_once: None) -> None:
    """The rooms are loaded once for all builds of this file."""


def built_at_once(steps: list[object]) -> Files:
    """The output of all steps, built only at the end, into an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        for step in steps:
            desk.do(step)
        desk.build()
        return content(desk.output)


@settings(max_examples=12, deadline=None)
@given(st.lists(STEP, min_size=2, max_size=7), st.data())
def test_no_history_shows(steps: list[object], data: st.DataObject) -> None:
    """However replies and decisions came, changed and went, with builds in between, every file is as if built at once."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        for step in [(NAMES[0], TEXTS[0]), *steps, (NAMES[0], TEXTS[3])]:
            desk.do(step)
            if data.draw(st.booleans()):
                desk.build()
        desk.build()
        assert content(desk.output) == built_at_once([(NAMES[0], TEXTS[0]), *steps, (NAMES[0], TEXTS[3])])


@settings(max_examples=5, deadline=None)
@given(st.lists(STEP, min_size=2, max_size=5))
def test_no_history_shows_in_the_index(steps: list[object]) -> None:
    """The index of a large graph, changed build by build, holds just what one made of the last graph does, and the page is the same."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr("ecograph.graph.store.INDEX_ABOVE", 0)
        desk = Desk(Path(folder))
        for step in [(NAMES[0], TEXTS[0]), *steps, (NAMES[0], TEXTS[3])]:
            desk.do(step)
            desk.build()
        [index] = desk.output.glob(".graph.nq.index-*")
        make_index(desk.output / "graph.nq", Path(folder) / "anew")
        assert set(ox.Store.read_only(str(index))) == set(ox.Store.read_only(str(Path(folder) / "anew")))
        page = (desk.output / "index.html").read_bytes()
    assert page == built_at_once([(NAMES[0], TEXTS[0]), *steps, (NAMES[0], TEXTS[3])])["index.html"]


def test_every_order_of_adding_ends_alike(tmp_path: Path) -> None:
    """Three replies added one by one in different orders, a fourth added and taken away: the same bytes."""
    found = []
    for n, order in enumerate(((0, 1, 2), (2, 0, 1), (1, 2, 0))):
        (tmp_path / str(n)).mkdir()
        desk = Desk(tmp_path / str(n))
        for place in order:
            desk.do((NAMES[place], TEXTS[place]))
            desk.build()
        found.append(content(desk.output))
        desk.do(("999", TEXTS[5]))
        desk.build()
        desk.do(("999", None))
        desk.build()
        found.append(content(desk.output))
    assert all(one == found[0] for one in found)


def test_what_is_decided_and_revoked_leaves_only_its_lines(tmp_path: Path) -> None:
    """A decision changes the graph of the reply it touches and of no other; once revoked, both are as before, and no reply is read for it."""
    desk = Desk(tmp_path)
    for n in range(2):
        desk.do((NAMES[n], TEXTS[n]))
    desk.build()
    before = graphs(desk)
    wrong = next(d for d in DECISIONS if d.kind == "wrong")
    desk.do(wrong)
    report = build(desk.replies, desk.output, ontology(), decisions=desk.decisions)
    assert report.read == ()
    assert [name for name, lines in graphs(desk).items() if before.get(name) != lines and "/reply/" in name] == ["graph/reply/012"]
    desk.do(next(d for d in DECISIONS if isinstance(d.matter, Revocation) and d.matter.target == wrong.id))
    desk.build()
    assert {name: lines for name, lines in graphs(desk).items() if "/reply/" in name} == {n: x for n, x in before.items() if "/reply/" in n}


def graphs(desk: Desk) -> dict[str, list[str]]:
    """The lines of each named graph."""
    found: dict[str, list[str]] = {}
    for line in (desk.output / "graph.nq").read_text(encoding="utf-8").splitlines():
        found.setdefault(line.rsplit("ecograph.example/", 1)[-1].rstrip("> ."), []).append(line)
    return found


def test_a_decision_without_object_is_told(tmp_path: Path) -> None:
    """What a decision is about is gone: each build says so, those too that find nothing to do."""
    desk = Desk(tmp_path)
    desk.do(("033", TEXTS[2]))
    desk.do(next(d for d in DECISIONS if d.kind == "missing"))
    told = [build(desk.replies, desk.output, ontology(), decisions=desk.decisions) for _ in range(2)]
    assert [report.current for report in told] == [False, True]
    assert told[0].notes == told[1].notes
    assert any("unfound" in note for note in told[0].notes)


def test_the_check_sees_what_all_replies_tell(tmp_path: Path) -> None:
    """Identity, outcomes and decisions are held against the shapes and the texts too: sound as built, and a lost part is found."""
    desk = Desk(tmp_path)
    for name, text in zip(NAMES, TEXTS, strict=False):
        desk.do((name, text))
    desk.do(next(d for d in DECISIONS if d.kind == "same"))
    desk.build()
    assert list(check(desk.output, ontology())) == []
    graph = desk.output / "graph.nq"
    lines = graph.read_text(encoding="utf-8").splitlines(keepends=True)
    lost = next(line for line in lines if "ontology#canonical>" in line and line.endswith("graph/canonical> .\n"))
    graph.write_text("".join(line for line in lines if line != lost), encoding="utf-8")
    assert ["names no canonical IRI" in finding.message for finding in check(desk.output, ontology())] == [True]


def test_several_processes_write_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes give the files of one, and a file that can't be read is told as one process tells it."""
    monkeypatch.setattr("ecograph.build.making.Pipeline", Pipeline)
    found = []
    for jobs in (1, 2):
        (tmp_path / str(jobs)).mkdir()
        desk = Desk(tmp_path / str(jobs))
        for name, text in zip(NAMES, TEXTS, strict=False):
            desk.do((name, text))
        (desk.replies / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
        report = build(desk.replies, desk.output, ontology(), jobs=jobs)
        found.append((content(desk.output), report.read, [failure.path.name for failure in report.failures]))
        shutil.rmtree(desk.output)
    assert found[0] == found[1]
    assert found[0][1:] == (("012", "033", "2024/101"), ["broken.pdf"])


def test_decisions_that_are_not_there_are_told(run: Callable[..., Result], replies: Path, tmp_path: Path) -> None:
    """A file of decisions that is named must be there; the one beside the replies may be missing."""
    result = run("build", replies, "--output", tmp_path / "out", "--decisions", tmp_path / "none.jsonl")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "none.jsonl: no such file" in result.stderr
    assert run("build", replies, "--output", tmp_path / "out").exit_code == 0
