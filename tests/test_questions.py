"""What the canned questions answer: on an invented graph exactly, on the sample and the series with the replies' own words."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import Dataset

from ecograph.cli import main
from ecograph.errors import OntologyError
from ecograph.graph import ontology_quads, open_dataset, write_nquads
from ecograph.ontology import Ontology
from ecograph.queries import Query, load_queries, run, unknown_names

ROOT = Path(__file__).parents[1]
FOLDERS = {"sample": "data/replies", "series": "tests/series"}

PAGE = re.compile(r"\n\s*[-—–－]*\s*\d+\s*[-—–－]*\s*\n|\s")  # page numbers, as they stand between lines, and white space
Ask = Callable[..., list[tuple[str, ...]]]

PREFIXES = """
@base <https://ecograph.example/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix eco: <https://ecograph.example/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
SCHEME = """
GRAPH <graph/schemes> {
    <id/industry/云芯> a skos:Concept, eco:Industry ; skos:prefLabel "云芯"@zh, "cloud chips"@en ; skos:altLabel "天芯"@zh .
    <id/industry/云芯封装> a skos:Concept, eco:Industry ; skos:prefLabel "云芯封装"@zh ; skos:broader <id/industry/云芯> .
}
"""
CLASSES = {
    "甲公司": "organization/Company",
    "己公司": "organization/Company",
    "乙大学": "organization/ResearchOrganization",
    "庚银行": "organization/FinancialInstitution",
    "丙联盟": "organization/Association",
    "东岭区科技局": "organization/GovernmentBody",
    "丁基金": "fund/Fund",
    "新办法": "policy/Policy",
    "旧办法": "policy/Policy",
    "壬行动": "programme/Programme",
    "云芯": "industry/Industry",
    "云芯封装": "industry/Industry",
    "量子": "industry/Industry",
    "癸论坛": "event/Event",
    "2022子大会": "event/Event",
    "丑奖": "award/Award",
    "寅规范": "standard/Standard",
    "东岭区": "place/Place",
    "西岭区": "place/Place",
}
REPLIES = {"01": ("2022-05-10", "东岭区"), "02": ("2023-06-01", "东岭区"), "03": ("2024-06-01", "西岭区")}
# reply, subject, predicate, object, status, time, amount
SAID = (
    ("01", "甲公司", "operatesIn", "云芯封装", "done", "", ""),
    ("01", "己公司", "operatesIn", "云芯", "planned", "", ""),
    ("01", "新办法", "supports", "云芯", "done", "", ""),
    ("01", "新办法", "supports", "量子", "planned", "", ""),
    ("01", "旧办法", "supports", "云芯封装", "done", "", ""),
    ("02", "旧办法", "supports", "量子", "denied", "", ""),
    ("02", "新办法", "revises", "旧办法", "done", "2023-01", ""),
    ("02", "甲公司", "participatesIn", "壬行动", "done", "", ""),
    ("02", "乙大学", "participatesIn", "壬行动", "denied", "", ""),
    ("02", "庚银行", "memberOf", "丙联盟", "done", "2021", ""),
    ("02", "丁基金", "investsIn", "甲公司", "done", "2023", "3亿元"),
    ("02", "乙大学", "cooperatesWith", "甲公司", "done", "", ""),
    ("03", "甲公司", "participatesIn", "癸论坛", "done", "2023-05", ""),
    ("03", "东岭区科技局", "organises", "癸论坛", "done", "", ""),
    ("03", "西岭区", "organises", "2022子大会", "done", "", ""),
    ("03", "甲公司", "receives", "丑奖", "done", "2024", ""),
    ("03", "乙大学", "drafts", "寅规范", "ongoing", "", ""),
    ("03", "甲公司", "operatesIn", "云芯封装", "done", "", ""),
)
# reply, what, confidence; then which of them a later reply tells of: state, telling reply, time
PROMISED = (("01", "建平台", 0.9), ("01", "办论坛", 0.9), ("01", "加强统筹", 0.3), ("02", "设基金", 0.9))
TOLD = ((0, "fulfilled", "02", "2023-03"), (1, "repeated", "02", ""), (1, "fulfilled", "03", ""))


def iri(name: str) -> str:
    """The IRI of a thing."""
    return f"<id/{CLASSES[name].split('/')[0]}/{name}>"


def passage(reply: str, quote: str) -> str:
    """The IRI of a stretch of text."""
    return f"<reply/{reply}#{quote}>"


def words(reply: str, quote: str) -> str:
    """The triples of a passage."""
    return f'{passage(reply, quote)} eco:quote "{quote}" ; prov:wasQuotedFrom <reply/{reply}> .'


def replies() -> str:
    """The graphs of the replies as TriG."""
    graphs: dict[str, list[str]] = {
        name: [f'<reply/{name}> a eco:Reply ; eco:file "{name}.txt" ; dcterms:date "{day}" ; eco:jurisdiction {iri(place)} .']
        for name, (day, place) in REPLIES.items()
    }
    for number, (reply, one, predicate, other, status, when, amount) in enumerate(SAID):
        node, quote = f"<statement/{number}>", f"{one}{predicate}{other}"
        graphs[reply] += [
            f"{node} a eco:Statement ; rdf:subject {iri(one)} ; rdf:predicate eco:{predicate} ; rdf:object {iri(other)} .",
            f"{node} eco:status <id/status/{status}> ; eco:evidence {passage(reply, quote)} .",
            words(reply, quote),
            f'{node} eco:time "{when}" .' if when else "",
            f'{node} eco:amount "{amount}" .' if amount else "",
            f"{iri(one)} eco:{predicate} {iri(other)} ." if status in {"done", "ongoing"} else "",
        ]
        for side, name in enumerate((one, other)):
            graphs[reply] += [
                f'{iri(name)} a eco:{CLASSES[name].split("/")[1]} ; rdfs:label "{name}"@zh .',
                f'<mention/{number}-{side}> a eco:Mention ; eco:refersTo {iri(name)} ; eco:quote "{name}" ; prov:wasQuotedFrom <reply/{reply}> .',
            ]
    graphs["02"] += [
        f'{iri("东岭区科技局")} a eco:GovernmentBody ; rdfs:label "东岭区科技局"@zh . {iri("东岭区")} a eco:Place ; rdfs:label "东岭区"@zh .',
        f'<quantity/1> a eco:Quantity ; eco:saidOf {iri("丙联盟")} ; eco:value 15 ; eco:unit "家" ; eco:status <id/status/done> ; eco:bound "exact" .',
        f"<quantity/1> eco:statedCount 15 ; eco:namedCount 2 ; eco:names {iri('庚银行')}, {iri('甲公司')} ; eco:evidence {passage('02', '等15家')} .",
        words("02", "等15家"),
    ]
    for number, (reply, what, sure) in enumerate(PROMISED):
        node = f"<commitment/{number}>"
        graphs[reply] += [
            f'{node} a eco:Commitment ; eco:actor {iri("东岭区科技局")} ; eco:target "{what}" ; eco:confidence {sure} .',
            f"{node} eco:evidence {passage(reply, what)} . {words(reply, what)}",
        ]
    for number, (which, state, reply, when) in enumerate(TOLD):
        node, quote = f"<outcome/{number}>", f"后来{number}"
        graphs[reply] += [
            f"{node} a eco:Outcome ; eco:outcomeOf <commitment/{which}> ; eco:state <id/outcome/{state}> ; eco:confidence 0.9 .",
            f"{node} eco:evidence {passage(reply, quote)} . {words(reply, quote)}",
            f'{node} eco:time "{when}" .' if when else "",
        ]
    return SCHEME + "".join(f"GRAPH <graph/reply/{name}> {{\n" + "\n".join(lines) + "\n}\n" for name, lines in graphs.items())


@pytest.fixture(scope="module")
def queries() -> dict[str, Query]:
    """The canned questions."""
    return dict(load_queries(Ontology()))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Three invented replies of two districts."""
    folder = tmp_path_factory.mktemp("invented")
    write_nquads([*ox.parse((PREFIXES + replies()).encode(), format=ox.RdfFormat.TRIG), *ontology_quads(Ontology())], folder / "graph.nq")
    return open_dataset(folder)


@pytest.fixture(scope="module", params=FOLDERS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Dataset]:
    """A folder of replies that are in the repository, and what is built of it."""
    folder, output = tmp_path_factory.mktemp("replies"), tmp_path_factory.mktemp("built")
    for path in (ROOT / FOLDERS[request.param]).rglob("*.txt"):
        shutil.copy(path, folder)
    result = CliRunner().invoke(main, ["build", str(folder), "--output", str(output)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder, open_dataset(output)


@pytest.fixture
def ask(dataset: Dataset, queries: dict[str, Query]) -> Ask:
    """Some columns of an answer: `ask("awards", "receiver award", entity="甲")`."""

    def answer(name: str, columns: str, **bindings: str) -> list[tuple[str, ...]]:
        found = run(dataset, queries[name].text, bindings)
        places = [found.columns.index(column) for column in columns.split()]
        return list(dict.fromkeys(tuple(row[place] for place in places) for row in found.rows))

    return answer


def test_there_are_twenty_questions_in_two_languages(queries: dict[str, Query]) -> None:
    """Those with a Chinese summary have Chinese in it; names that a parameter takes are looked up for a parameter there is."""
    assert len(queries) >= 20
    bilingual = [q for q in queries.values() if q.summary_zh]
    assert len(bilingual) >= 16
    assert all(re.search("[\u4e00-\u9fff]", q.summary_zh) for q in bilingual)
    assert all(q.names.keys() <= q.parameters.keys() for q in queries.values())


def test_every_question_answers_with_the_words_of_its_reply(built: tuple[Path, Dataset], queries: dict[str, Query]) -> None:
    """Twice the same rows, none of them twice, and each quote stands in the file that the row names."""
    folder, dataset = built
    text = {path.name: PAGE.sub("", path.read_text(encoding="utf-8")) for path in folder.glob("*.txt")}
    for query in queries.values():
        answer = run(dataset, query.text)
        assert answer == run(dataset, query.text), query.name
        assert len(set(answer.rows)) == len(answer.rows), query.name
        if "quote" not in answer.columns:  # the ledger's columns are its own
            continue
        for row in (dict(zip(answer.columns, cells, strict=True)) for cells in answer.rows):
            assert PAGE.sub("", row["quote"]) in text[row["reply"]], (query.name, row)


def test_awards_standards_and_revisions(ask: Ask) -> None:
    """Asked from either side, with status and time."""
    for entity in ("甲", "丑奖", ""):
        assert ask("awards", "receiver class award status time reply", entity=entity) == [
            ("甲公司", "企业", "丑奖", "已完成", "2024", "03.txt")
        ]
    assert ask("standards", "drafter standard status", entity="寅") == [("乙大学", "寅规范", "进行中")]
    assert ask("revisions", "newer older time quote", policy="旧办法") == [("新办法", "旧办法", "2023-01", "新办法revises旧办法")]
    assert ask("revisions", "newer", policy="没有") == []


def test_organizations_of_a_programme(ask: Ask) -> None:
    """Who was denied isn't there."""
    assert ask("organizations-of", "measure organization relation", programme="壬") == [("壬行动", "甲公司", "参与")]


def test_banks_and_funds_and_what_they_reached(ask: Ask) -> None:
    """With amount and time; an association is neither."""
    assert ask("financiers", "organization relation reached amount time") == [
        ("丁基金", "投资", "甲公司", "3亿元", "2023"),
        ("庚银行", "成员", "丙联盟", "", "2021"),
    ]


def test_policies_by_number_of_industries(ask: Ask) -> None:
    """Plans count, denied support doesn't; a synonym finds the narrower field's policy too."""
    counted = [("2", "新办法", "云芯"), ("2", "新办法", "量子"), ("1", "旧办法", "云芯封装")]
    assert ask("policies-by-industries", "industries policy supported") == counted
    assert ask("policies-by-industries", "industries policy supported", industry="天芯") == counted
    assert ask("policies-by-industries", "policy", industry="云芯封装") == [("旧办法",)]
    assert ask("policies-by-industries", "policy", least="2") == [("新办法",)]


def test_gaps(ask: Ask) -> None:
    """A firm of a narrower field fills the broader one; one that only plans doesn't; a programme or award joins a firm."""
    assert ask("industries-without-firms", "field measure status") == [("量子", "新办法", "计划中")]
    assert ask("firms-without-policy", "company quote") == [("己公司", "己公司operatesIn云芯")]
    assert ask("firms-without-policy", "company", industry="云芯") == []


def test_stated_and_named(ask: Ask) -> None:
    """15 said, two named, 13 missing; found by the whole and by one that is named."""
    for entity in ("丙联盟", "庚"):
        assert ask("stated-and-named", "thing stated named missing names", entity=entity) == [("丙联盟", "15", "2", "13", "庚银行、甲公司")]


def test_promises_open_on_a_day(ask: Ask) -> None:
    """What is fulfilled later was open before; the vague one is never there; the year is counted back from the day."""
    assert ask("commitments-open", "what state repeated", on="2023-05-31") == [("办论坛", "尚无下文", "")]
    assert ask("commitments-open", "what state repeated", on="2023-12-31") == [("办论坛", "再次承诺", "2023-06-01")]
    assert ask("commitments-open", "what", on="2024-12-31") == [("设基金",)]
    assert ask("commitments-open", "what", on="2024-12-31", years="2") == []
    assert ask("commitments-open", "what") == [("设基金",)]
    assert ask("commitments-open", "what", on="2023-02-28", years="0") == [("办论坛",), ("建平台",)]


def test_outcomes_of_promises_by_office(ask: Ask) -> None:
    """Each outcome with its number and the words on both sides."""
    assert sorted(ask("outcomes-by-office", "actor outcome number quote told", office="东岭")) == [
        ("东岭区科技局", "再次承诺", "1", "办论坛", "02.txt"),
        ("东岭区科技局", "尚无下文", "1", "设基金", ""),
        ("东岭区科技局", "已兑现", "2", "办论坛", "03.txt"),
        ("东岭区科技局", "已兑现", "2", "建平台", "02.txt"),
    ]


def test_events_of_a_year(ask: Ask) -> None:
    """The stated time, else the year of the name, else the reply's."""
    assert ask("events-of", "happened relation party", year="2023") == [("癸论坛", "参与", "甲公司")]
    assert ask("events-of", "happened party", year="2023-05") == [("癸论坛", "甲公司")]
    assert ask("events-of", "happened party", year="2022") == [("2022子大会", "西岭区")]
    assert ask("events-of", "happened party", year="2024") == [("癸论坛", "东岭区科技局")]


def test_what_two_districts_have_in_common(ask: Ask) -> None:
    """With a sentence of each, in the order in which they were asked for."""
    common = ask("in-common", "thing place reply other_place other_reply", one="西岭", other="东岭")
    assert [row[0] for row in common] == ["云芯封装", "甲公司", "乙大学"]
    assert {row[1:] for row in common} == {("西岭区", "03.txt", "东岭区", "01.txt"), ("西岭区", "03.txt", "东岭区", "02.txt")}
    assert len(ask("in-common", "thing place")) == 3


def test_what_only_one_reply_says(ask: Ask) -> None:
    """甲公司 in 云芯封装 is said by two."""
    found = ask("only-in", "subject predicate object reply", document="01")
    assert ("新办法", "支持", "云芯", "01.txt") in found
    assert len(found) == 4
    assert len(ask("only-in", "subject object")) == len(SAID) - 2


def test_names_seen_once(ask: Ask) -> None:
    """By class in either language and by reply."""
    assert ask("seen-once", "thing quote reply", **{"class": "企业"}) == [("己公司", "己公司operatesIn云芯", "01.txt")]
    assert ask("seen-once", "thing", **{"class": "Award"}) == [("丑奖",)]
    assert ("寅规范",) in ask("seen-once", "thing", document="03")


def test_paths_between_two_organizations(ask: Ask) -> None:
    """One to three steps, each with its sentence, the shortest first; facts only."""
    assert ask("paths-between", "steps path step from relation to", one="乙大学", other="丁基金") == [
        ("2", "乙大学 – 甲公司 – 丁基金", "1", "乙大学", "合作", "甲公司"),
        ("2", "乙大学 – 甲公司 – 丁基金", "2", "丁基金", "投资", "甲公司"),
    ]
    assert ask("paths-between", "steps path", one="东岭区科技局", other="丁基金") == [("3", "东岭区科技局 – 癸论坛 – 甲公司 – 丁基金")]
    assert ask("paths-between", "path", one="庚银行", other="甲公司") == []
    assert ask("paths-between", "quote", one="甲公司", other="乙大学") == [("乙大学cooperatesWith甲公司",)]


def test_a_name_that_nothing_has_is_corrected(dataset: Dataset, queries: dict[str, Query]) -> None:
    """The nearest names of that kind are told; a part of a name is no mistake."""
    assert unknown_names(dataset, queries["organizations-of"], {"programme": "王行动"}) == [
        "organizations-of: no PROGRAMME is called '王行动'; did you mean 壬行动?"
    ]
    assert unknown_names(dataset, queries["organizations-of"], {"programme": "行动"}) == []
    assert unknown_names(dataset, queries["organizations-of"], {}) == []
    [line] = unknown_names(dataset, queries["policies-by-industries"], {"industry": "cloud chops"})
    assert "did you mean cloud chips" in line
    assert unknown_names(dataset, queries["awards"], {"entity": "zzz"}) == ["awards: no ENTITY is called 'zzz'"]


def test_names_want_a_parameter(tmp_path: Path) -> None:
    """A line of names for a parameter that isn't declared is refused."""
    (tmp_path / "queries").mkdir()
    (tmp_path / "ecograph.ttl").write_bytes((Ontology().root / "ecograph.ttl").read_bytes())
    (tmp_path / "queries" / "odd.rq").write_text("#+ summary: x\n#+ names: who — ?thing ?p ?name\nASK {}", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"odd\.rq: wants '#\+ names: parameter"):
        load_queries(Ontology(tmp_path))
