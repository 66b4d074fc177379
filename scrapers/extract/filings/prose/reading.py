"""A text with what the weights say of its words and numbers: the mean of the random fields and the networks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scrapers.extract.filings.prose import figures, network, spots, tagger, times
from scrapers.extract.filings.prose.figures import Figure
from scrapers.extract.filings.prose.model import Learned
from scrapers.extract.filings.prose.network import LABELS, ROLES, Array
from scrapers.extract.filings.prose.words import Spot, Text
from scrapers.extract.filings.scopes import NATIONAL


@dataclass
class Prose:
    """One text with what it tells of; each part is found when it is asked for. `home` is the place of a text that names none."""

    text: Text
    page: dt.date | None
    is_chinese: bool
    home: str = field(default=NATIONAL, kw_only=True)

    @cached_property
    def figures(self) -> list[Figure]:
        """The numbers that may count services."""
        return figures.figures(self.text, is_chinese=self.is_chinese)

    @cached_property
    def regions(self) -> list[Spot]:
        """The places the text names."""
        return spots.regions(self.text, is_chinese=self.is_chinese, home=self.home)

    @cached_property
    def times(self) -> list[Spot]:
        """The times the text speaks of."""
        return times.times(self.text.text, self.page, is_chinese=self.is_chinese)

    def features_of_figures(self) -> list[list[str]]:
        """What the random field judges each number by."""
        return figures.features(self.text, self.figures, self.regions, self.times)

    def seen(self) -> tuple[list[list[str]], list[int]]:
        """What the networks see of each word, and which words are the numbers."""
        at = {start: n for n, (start, _) in enumerate(self.text.words)}
        rows = network.seen(self.text, self.figures, self.regions, self.times)
        return rows, [at[figure.start] for figure in self.figures]


@dataclass
class Reading(Prose):
    """A text with what the weights say of it."""

    by: Learned

    @cached_property
    def tagged(self) -> list[Spot]:
        """The names of approved services and of makers."""
        if not self.text.words:
            return []
        likely = (self.by.likely_labels(tagger.features(self.text)) + self._of_networks[0]) / 2
        labels = best_path(likely)
        sure = [float(row[LABELS.index(label)]) for row, label in zip(likely, labels, strict=True)]
        return tagger.tagged(self.text, labels, sure)

    @cached_property
    def roles(self) -> list[dict[str, float]]:
        """For each number how likely it counts each of `figures.ROLES`."""
        if not self.figures:
            return []
        likely = (self.by.likely_roles(self.features_of_figures()) + self._of_networks[1]) / 2
        return [{role: float(row[ROLES.index(role)]) for role in figures.ROLES} for row in likely]

    @cached_property
    def _of_networks(self) -> tuple[Array, Array]:
        judged = [one.judge(*self.seen()) for one in self.by.networks]
        return np.mean([labels for labels, _ in judged], 0), np.mean([roles for _, roles in judged], 0)


def best_path(likely: NDArray[np.floating[Any]]) -> Sequence[str]:
    """The likeliest labels of words in a row, where what goes on with a name follows its beginning."""
    allowed = [[not there.startswith("I-") or here[2:] == there[2:] for there in LABELS] for here in LABELS]
    closed = np.where(allowed, 0.0, -np.inf)
    scores = np.log(likely.astype(np.float64) + 1e-9)
    best = scores[0] + closed[0]
    before = []
    for row in scores[1:]:
        ways = best[:, None] + closed
        before.append(ways.argmax(0))
        best = ways.max(0) + row
    path = [int(best.argmax())]
    for ways in reversed(before):
        path.append(int(ways[path[-1]]))
    return [LABELS[label] for label in reversed(path)]
