"""One thing's values over the years."""

from __future__ import annotations

from itertools import permutations

from ecograph.across import Identity
from ecograph.graph.quantities import series_quads
from ecograph.measuring import Series, series
from ecograph.ontology import Ontology

from .conftest import BASE, Reply, name  # type: ignore[import-not-found]

NOBODY = Identity({})


def values(found: Series) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Year and value of what was done and what was planned."""
    return [(v.year, v.quantity.value) for v in found.done], [(v.year, v.quantity.value) for v in found.planned]


def test_values_stand_by_year_with_plans_apart(reply: Reply) -> None:
    """An event held 12, 21 and 26 times, and no fewer than 15 planned, is one series."""
    replies = [
        reply("2022年举办[江州沙龙/Event]12场。", id="a", date="2023-05-18"),
        reply("办好[江州沙龙/Event]，全年不少于15场。", id="b", date="2023-05-18", mode="plan"),
        reply("2023年，我市举办21场[江州沙龙/Event]。", id="c"),
        reply("2024年共举办[江州沙龙/Event]26场。", id="d", date="2025-07-09"),
    ]
    (found,) = series(replies, NOBODY)
    assert name(found.subject) == "江州沙龙"
    assert values(found) == ([("2022", "12"), ("2023", "21"), ("2024", "26")], [("2023", "15")])


def test_members_by_a_list_and_by_a_count_are_one_measure(reply: Reply) -> None:
    """等15家银行共同成立 and 成员由15家增至32家 count the same."""
    said = (("东岭银行", "memberOf", "江州联盟"),)
    replies = [
        reply("由[东岭银行/FinancialInstitution]等15家银行共同成立[江州联盟/Association]。", id="a", said=said),
        reply("[江州联盟/Association]成员由15家增至32家。", id="b", date="2025-07-09"),
    ]
    (found,) = series(replies, NOBODY)
    assert values(found) == ([("", "15"), ("2024", "15"), ("2025", "32")], [])


def test_a_policy_and_its_successor_are_two(reply: Reply) -> None:
    """351家次 under one policy and 212家次 under the next are never joined."""
    replies = [
        reply("[甲办法/Policy]实施以来，累计有351家次单位获批资金。", id="a"),
        reply("[乙办法/Policy]施行一年来，已有212家次单位获得资金。", id="b", date="2025-06-12"),
    ]
    assert [values(s)[0] for s in series(replies, NOBODY)] == [[("2025", "212")], [("2024", "351")]]


def test_identity_joins_two_names(reply: Reply) -> None:
    """What identity makes one thing has one series."""
    replies = [
        reply("2022年举办[江州沙龙/Event]12场。", id="a"),
        reply("2023年举办[沙龙/Event]21场。", id="b"),
    ]
    assert len(series(replies, NOBODY)) == 2
    (found,) = series(replies, Identity({("b", BASE + "沙龙"): BASE + "江州沙龙"}))
    assert values(found)[0] == [("2022", "12"), ("2023", "21")]


def test_growth_shares_and_sums_are_apart(reply: Reply) -> None:
    """An amount, its growth and a share are three measures."""
    found = series([reply("2023年，[全市=江州市]技术合同成交额18亿元，同比增长32%，占全省成交额的12%。")], NOBODY)
    assert len({(s.measure, s.unit) for s in found}) == len(found) == 3
    assert all(len(s.done) == 1 for s in found)


def test_words_that_mean_two_things_make_no_series(reply: Reply) -> None:
    """Two values for the same words in one reply and year are left out."""
    found = series([reply("[星火园/InnovationSite]引进文创项目3个。[星火园/InnovationSite]建成文创项目5个。")], NOBODY)
    assert found == ()


def test_series_are_a_function_of_the_set(reply: Reply, ontology: Ontology) -> None:
    """The order of the replies changes neither series nor quads."""
    replies = [reply(f"202{n}年举办[江州沙龙/Event]{n + 11}场。", id=f"r{n}") for n in range(3)]
    orders = [series(order, NOBODY) for order in permutations(replies)]
    assert all(order == orders[0] for order in orders)
    quads = series_quads(orders[0], ontology)
    assert len([q for q in quads if q.predicate.value.endswith("hasValue")]) == 3
    assert {q.graph_name.value for q in quads} == {"https://ecograph.example/graph/canonical"}
