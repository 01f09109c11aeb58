"""What several test files need: the command line in this process, and two short replies to build."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ecograph.build import Pipeline
from ecograph.cli import main
from ecograph.ontology import Ontology, packaged

Run = Callable[..., Result]
Build = Callable[..., str]

FIRST = """对云溪区第三届人大二次会议
第 012 号代表建议的答复

办理结果：解决或采纳 签发人：周平

李明代表：

您提出的“关于加快人工智能产业发展的建议”收悉，现将办理情况答复如下：

一、产业集聚

我区已引进云溪智算科技有限公司，该公司与东岭大学共建云溪联合实验室。

二、下一步工作

我区将支持云溪智算科技有限公司建设开放平台。

云溪区科学技术委员会
2023 年 5 月 8 日

联系人：孙丽 联系电话：021-55667788
"""
SECOND = """关于对云溪区政协第四届二次会议第 033 号提案的答复

陈芳委员：

您提出的关于发展集成电路产业的提案收悉，现答复如下：

2022 年，东岭银行为北山半导体股份有限公司提供贷款 3000 万元。

云溪区发展和改革委员会
2023 年 6 月 1 日
"""


@cache
def own_pipeline() -> Pipeline:
    """The rooms over ecograph's own ontology, which take seconds to load and keep no state."""
    return Pipeline(Ontology())


@pytest.fixture(autouse=True)
def rooms_are_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in this process share one pipeline, unless they are given an ontology of their own."""

    def pipeline(ontology: Ontology) -> Pipeline:
        return own_pipeline() if ontology.root == packaged("ontology") else Pipeline(ontology)

    monkeypatch.setattr("ecograph.build.making.Pipeline", pipeline)
    monkeypatch.setattr("ecograph.build.Pipeline", pipeline)


@pytest.fixture
def run() -> Run:
    """The command line, called in this process: `run("build", folder)`."""

    def call(*arguments: object, input: str | None = None) -> Result:  # noqa: A002 -- click's own name for it
        return CliRunner().invoke(main, [str(a) for a in arguments], input=input, catch_exceptions=False)

    return call


@pytest.fixture
def build(run: Run) -> Build:
    """A build that must succeed: `build(replies, output, "--contacts")` gives what it printed."""

    def call(replies: Path, output: Path, *options: object) -> str:
        result = run("build", replies, "--output", output, *options)
        assert result.exit_code == 0, result.output
        assert result.stderr == ""
        return result.stdout

    return call


@pytest.fixture
def replies(tmp_path: Path) -> Path:
    """A folder with two short invented replies, 012.txt and 033.txt."""
    folder = tmp_path / "replies"
    folder.mkdir()
    (folder / "012.txt").write_text(FIRST, encoding="utf-8")
    (folder / "033.txt").write_text(SECOND, encoding="utf-8")
    return folder
