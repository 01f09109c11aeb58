"""The likeliest labels of sentences, and the probability of every label at every place, many sentences at a time.

Viterbi and the forward-backward algorithm of linear-chain conditional random fields (Sutton and McCallum, "An Introduction to Conditional
Random Fields", 2012, chapter 4), as CRFsuite reckons them. Sentences go side by side, the longest first: their first characters, then
their second ones, as far as each goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ecograph.naming.hashing import Numbers
from ecograph.naming.weights import Floats

# A labelling that is likelier than all others together is the likeliest one: no need to look for it.
ENOUGH = 0.51


class Decoder:
    """Decodes by the weights of `transitions`: a row for each label, a column for each that may follow."""

    def __init__(self, transitions: Floats) -> None:
        self._transitions = transitions
        self._into = np.ascontiguousarray(transitions.T)
        self._forth = np.exp(transitions)
        self._back = np.ascontiguousarray(self._forth.T)

    def decode(self, scores: Floats, lengths: Sequence[int]) -> tuple[Numbers, Floats]:
        """For each place the number of its label in the likeliest labelling, and the probability of every label.

        `scores` has a row for each place, sentence after sentence, and a column for each label; no sentence is empty.
        """
        sizes = np.array(lengths)
        probabilities, weights = self._probabilities(scores, sizes)
        labels: Numbers = probabilities.argmax(axis=1)
        starts = np.cumsum(sizes) - sizes
        weights -= scores[np.arange(len(scores)), labels]
        weights[1:] -= self._transitions[labels[:-1], labels[1:]]
        weights[starts[1:]] += self._transitions[labels[starts[1:] - 1], labels[starts[1:]]]
        unsure = np.add.reduceat(weights, starts) >= -np.log(ENOUGH)
        if unsure.any():
            there = np.repeat(unsure, sizes)
            labels[there] = self.likeliest(scores[there], sizes[unsure])
        return labels, probabilities

    def likeliest(self, scores: Floats, sizes: Numbers) -> Numbers:
        """The numbers of the labels by Viterbi: forward the best score with which each ends, backward what that is made of."""
        order, steps = _side_by_side(sizes)
        best = scores[order]
        for before, here in pairwise(steps):
            reached = best[before][: here.stop - here.start, :, None] + self._transitions
            best[here] += reached.max(axis=1)
        labels: Numbers = best.argmax(axis=1)  # right for a sentence's last character
        for here, after in reversed(list(pairwise(steps))):
            stop = here.start + after.stop - after.start
            came = best[here.start : stop] + self._into[labels[after]]
            labels[here.start : stop] = came.argmax(axis=1)
        labels[order] = labels.copy()
        return labels

    def _probabilities(self, scores: Floats, sizes: Numbers) -> tuple[Floats, Floats]:
        """Those of every label by forward-backward; and what of the logarithm of a sentence's sum of weights falls to each place."""
        order, steps = _side_by_side(sizes)
        given = scores[order]
        most = given.max(axis=1, keepdims=True)
        likely = np.exp(given - most)
        ahead, sums = likely.copy(), np.empty_like(most)
        for before, here in pairwise((slice(0, 0), *steps)):
            step = ahead[here]
            if here.start:
                step *= ahead[before][: here.stop - here.start] @ self._forth
            step /= step.sum(axis=1, keepdims=True, out=sums[here])
        likely /= sums
        behind = np.ones_like(likely)
        for here, after in reversed(list(pairwise(steps))):
            stop = here.start + after.stop - after.start
            np.matmul(behind[after] * likely[after], self._back, out=behind[here.start : stop])
        ahead *= behind
        ahead /= ahead.sum(axis=1, keepdims=True)
        probabilities, weights = np.empty_like(scores), np.empty(len(scores))
        probabilities[order], weights[order] = ahead, (np.log(sums) + most)[:, 0]
        return probabilities, weights


def _side_by_side(sizes: Numbers) -> tuple[Numbers, Sequence[slice]]:
    """The places in the order in which they are reckoned, and the stretch of that order for each step."""
    longest_first = np.argsort(-sizes, kind="stable")
    starts = (np.cumsum(sizes) - sizes)[longest_first]
    steps = np.arange(sizes.max())
    going = len(sizes) - np.searchsorted(np.sort(sizes), steps, side="right")  # how many sentences have a character there
    ends = np.cumsum(going)
    within = np.arange(len(steps) and ends[-1]) - np.repeat(ends - going, going)
    return starts[within] + np.repeat(steps, going), [slice(b - n, b) for b, n in zip(ends.tolist(), going.tolist(), strict=True)]
