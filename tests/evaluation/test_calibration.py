"""Confidence beside what is right."""

from ecograph.evaluation import Verdict, bin_table, bins


def test_each_confidence_is_in_one_bin() -> None:
    """An edge belongs to the bin above it, 1 to the last; what is optional is made but not judged."""
    right, wrong, optional = Verdict.RIGHT, Verdict.WRONG, Verdict.OPTIONAL
    found = bins([(0.3, wrong), (0.5, right), (0.9, right), (0.94, wrong), (0.95, optional), (1.0, right)])
    counted = {b.least: (b.made, b.right, b.wrong) for b in found[:-1]}
    assert {least: n for least, n in counted.items() if any(n)} == {0.0: (1, 0, 1), 0.5: (1, 1, 0), 0.9: (2, 1, 1), 0.95: (2, 1, 0)}


def test_the_last_bin_is_all_that_is_sure() -> None:
    """Last comes what was given 0.9 or more, with its share that is right and its mean confidence."""
    last = bins([(0.9, Verdict.RIGHT), (0.96, Verdict.RIGHT), (0.99, Verdict.WRONG), (0.8, Verdict.WRONG)])[-1]
    assert (last.least, last.below, last.made, last.share, last.mean) == (0.9, 1.0, 3, 0.6667, 0.95)


def test_an_empty_bin_has_no_share() -> None:
    """Where nothing was judged the table leaves the cells empty."""
    assert {row[1:] for row in bin_table("confidence", bins([])).rows} == {(0, 0, 0, None, None)}
