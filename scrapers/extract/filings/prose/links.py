"""Which spot of a text belongs to a name: a log-linear model over all of them and `None`.

Each pair of an occurrence of the name and a spot has features (`_pair`): how far apart, what stands between, what the words
on either side say, whether names and spots of a sentence go in step. The weights are learned (`python -m
tests.train_filings`); a value's probability is the sum over its spots.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scrapers.extract.filings.prose.words import Spot, Text, told_in

Weights = Mapping[str, float]
_MOST_SENTENCES = 4
"""A spot so many sentences away from a name is not looked at, unless it stands in the headline."""
_MOST_SPOTS = 40
"""How many spots on one side of a name are looked at, the nearest first."""
_MOST_OCCURRENCES = 12
"""How many places where a name stands are looked at."""
_SHORT_BETWEEN = 8


@dataclass
class Scene:
    """The names of a text and the spots of one sort that may belong to them."""

    text: Text
    names: list[Spot]
    spots: list[Spot]

    def __post_init__(self) -> None:
        self.names = sorted(self.names, key=lambda spot: spot.start)
        self.spots = sorted(self.spots, key=lambda spot: spot.start)
        self.times = Counter(spot.value for spot in self.spots)
        self._starts = [[spot.start for spot in row] for row in (self.names, self.spots)]
        self._order: dict[int, _Order] = {}

    def between(self, low: int, high: int) -> tuple[list[Spot], list[Spot]]:
        """The names and the spots that stand in a piece of the text."""
        names, spots = (
            [spot for spot in row[bisect_left(starts, low) : bisect_left(starts, high)] if spot.end <= high]
            for row, starts in zip((self.names, self.spots), self._starts, strict=True)
        )
        return names, spots

    def before(self, name: Spot) -> list[Spot]:
        """The spots before a name, the nearest first, and those of the headline."""
        at = bisect_left(self._starts[1], name.start)
        first = max(0, at - _MOST_SPOTS)
        near = [spot for spot in self.spots[first:at] if spot.end <= name.start][::-1]
        return near + [
            spot for spot in self.spots[: min(first, _MOST_SPOTS)] if spot.start < self.text.title_end
        ]

    def behind(self, name: Spot) -> list[Spot]:
        """The spots behind a name, the nearest first."""
        at = bisect_left(self._starts[1], name.end)
        return self.spots[at : at + _MOST_SPOTS]

    def order(self, sentence: int) -> "_Order":
        """The names and the values of a sentence in their order."""
        if sentence not in self._order:
            start, end = self.text.sentences[sentence]
            names, spots = self.between(start, end)
            first = names[0].start if names else end
            self._order[sentence] = _Order(
                {value: n for n, value in enumerate(dict.fromkeys(name.value for name in names))},
                {value: n for n, value in enumerate(dict.fromkeys(spot.value for spot in spots))},
                {
                    value: n
                    for n, value in enumerate(dict.fromkeys(s.value for s in spots if s.start > first))
                },
                any(word in self.text.text[start:end] for word in ("分别", "依次", "respectively")),
            )
        return self._order[sentence]


@dataclass(frozen=True, slots=True)
class _Order:
    """The place of each name of a sentence, of each value, of each value behind the first name; whether words deal them out."""

    names: dict[str, int]
    values: dict[str, int]
    behind: dict[str, int]
    is_dealt: bool


def candidates(scene: Scene, name: str) -> list[tuple[str | None, list[str]]]:
    """Each value that may belong to a name with the features of one pair; last `None` with its own."""
    found: list[tuple[str | None, list[str]]] = []
    occurrences = [spot for spot in scene.names if spot.value == name][:_MOST_OCCURRENCES]
    for one in occurrences:
        found += [*_of_side(scene, one, scene.before(one)), *_of_side(scene, one, scene.behind(one))]
        for spot in scene.between(one.start, one.end)[1]:
            found.append((spot.value, ["inside", f"inside:{spot.kind}", f"inside:{spot.start == one.start}"]))
    found.append((None, _none(scene, occurrences[0])))
    return found


def _of_side(scene: Scene, one: Spot, side: Sequence[Spot]) -> Iterator[tuple[str, list[str]]]:
    seen: list[str] = []
    here = scene.text.sentence_of(one.start)
    for spot in side:
        is_far = abs(scene.text.sentence_of(spot.start) - here) > _MOST_SENTENCES
        if is_far and spot.start >= scene.text.title_end:
            continue
        if spot.value not in seen:
            seen.append(spot.value)
        elif len(seen) > 6:
            continue
        yield spot.value, _pair(scene, one, spot, len(seen) - 1)


def probabilities(scene: Scene, name: str, model: Weights) -> dict[str | None, float]:
    """How likely each value belongs to a name."""
    pairs = candidates(scene, name)
    # fsum: the same to the last bit in whatever order a set comes
    scores = [math.fsum(model.get(feature, 0.0) for feature in set(features)) for _, features in pairs]
    highest = max(scores)
    shares = [math.exp(score - highest) for score in scores]
    whole = sum(shares)
    found: dict[str | None, float] = {}
    for (value, _), share in zip(pairs, shares, strict=True):
        found[value] = found.get(value, 0.0) + share / whole
    return found


def _bucket(letters: int) -> int:
    return next(
        (n for n, most in enumerate((0, 1, 2, 3, 5, 8, 12, 18, 26, 40, 60, 90, 140)) if letters <= most), 13
    )


def _pair(scene: Scene, name: Spot, spot: Spot, rank: int) -> list[str]:
    text = scene.text.text
    is_before = spot.end <= name.start
    side = "<" if is_before else ">"
    low, high = (spot.end, name.start) if is_before else (name.end, spot.start)
    between = text[low:high]
    sentences = max(-3, min(3, scene.text.sentence_of(spot.start) - scene.text.sentence_of(name.start)))
    key = f"{side}{sentences}"
    distance = _bucket(high - low)
    found = [
        f"k{key}", f"d{side}{distance}", f"k{key}d{distance // 2}", f"rank{side}{min(rank, 4)}",
        f"rank{key}{min(rank, 4)}", f"kind{spot.kind}", f"kind{spot.kind}{key}", f"kind{spot.kind}{side}{min(rank, 2)}",
    ]  # fmt: skip
    if name.kind != "service":
        of = f"of{name.kind}{side}"
        found += [
            f"{of}{sentences}",
            f"{of}{spot.kind}",
            f"{of}{min(rank, 2)}",
            f"{of}{text[max(0, name.start - 2) : name.start]}",
        ]
    if high - low <= _SHORT_BETWEEN:
        found.append(f"between{side}{between}")
    found.append("marks" + side + "".join(mark for mark in "、，；：。\n（）“”,.;:()" if mark in between))
    named, told = scene.between(low, high)
    names = sum(n.value != name.value for n in named)
    others = len({s.value for s in told if s.value != spot.value})
    found += [
        f"names{side}{min(names, 3)}",
        f"others{side}{min(others, 3)}",
        f"both{key}{min(names, 2)}{min(others, 2)}",
    ]
    for word in told_in(between[-40:] if is_before else between[:40]) | _said(
        between[-30:] if is_before else between[:30]
    ):
        found += [f"w{side}{word}", f"w{key}{word}"]
    found += _around(text, spot, "s" + side) + _around(text, name, "n" + side)
    found.append(
        f"edges{side}{text[max(0, spot.start - 1) : spot.start]}/{text[max(0, name.start - 1) : name.start]}"
    )
    found += _own_clause(scene, spot, key, side)
    if sentences == 0:
        found += _in_step(scene, name, spot, side, rank)
    if spot.start < scene.text.title_end:
        found += ["title", f"title{key}"]
    found += [
        f"first{spot.start == scene.spots[0].start}", f"of{min(5, len(scene.times))}", f"times{min(4, scene.times[spot.value])}",
    ]  # fmt: skip
    return found


_WORDS_BETWEEN = (
    "由", "的", "其", "该", "这", "公司", "分别", "与", "和", "来自", "出自", "单位", "主体", "宣布", "表示", "是", "为", "孵化", "子公司", "投资",
    "媒体", "记者", "网信", "时间", "日期", "截至", "消息", "同日", "均", "都", "另", "此前", "此外", "其中", "而", "则", "前者", "后者", "旗下", "牵头", "联合",
    "'s", " by ", " of ", " its ", " from ", " and ", " which ", " while ", " for ", " said ", " developed ", " unit ", " as of ",
)  # fmt: skip


def _said(between: str) -> set[str]:
    return {word for word in _WORDS_BETWEEN if word in between}


def _around(text: str, spot: Spot, key: str) -> list[str]:
    start, end = spot.start, spot.end
    found = [
        f"{key}-2{text[max(0, start - 2) : start]}", f"{key}-1{text[max(0, start - 1) : start]}",
        f"{key}+1{text[end : end + 1]}", f"{key}+2{text[end : end + 2]}", f"{key}+4{text[end : end + 4]}",
    ]  # fmt: skip
    for name, words in (
        ("before", text[max(0, start - 24) : start].rsplit(None, 1)[-1:]),
        ("behind", text[end : end + 24].split(None, 1)[:1]),
    ):
        if words and words[0].isascii():
            found.append(f"{key}{name}{words[0].lower()}")
    return found


def _own_clause(scene: Scene, spot: Spot, key: str, side: str) -> list[str]:
    """What the clause around a spot and its sentence say."""
    start, end = scene.text.clause(spot.start, spot.end)
    text = scene.text.text
    left, right = told_in(text[start : spot.start]), told_in(text[spot.end : end])
    found = [f"cl{word}" for word in left] + [f"cl{key}{word}" for word in left]
    found += [f"cr{word}" for word in right] + [f"cr{key}{word}" for word in right]
    approval = {"filed", "registered", "approved", "done"}
    news = "published" in right
    found.append(f"news{news}{bool(approval & right)}{bool(approval & left)}{key}")
    found.append(f"news{news}{bool(approval & right)}{side}")
    begin, stop = scene.text.sentences[scene.text.sentence_of(spot.start)] if scene.text.sentences else (0, 0)
    found.append(f"tells{bool(approval & told_in(text[begin:stop]))}{key}")
    head = spot.start - start
    found.append(f"head{side}{0 if head <= 1 else 1 if head <= 4 else 2}{key}")
    found.append(f"head{head <= 1}{spot.kind}{key}")
    return found


def _in_step(scene: Scene, name: Spot, spot: Spot, side: str, rank: int) -> list[str]:
    """Whether the names and the spots of a sentence go in step: `“甲”“乙”，分别由丙公司、丁公司申报`."""
    order = scene.order(scene.text.sentence_of(name.start))
    place = order.names.get(name.value, -1)
    is_even = len(order.names) == len(order.values)
    is_same = place == order.values.get(spot.value, -1)
    is_dealt = len(order.behind) == len(order.names) > 1
    return [
        f"step{is_even}{is_same}", f"step{side}{is_even}{is_same}",
        f"step{side}{min(3, len(order.names))}{min(3, len(order.values))}{min(rank, 2)}",
        f"dealt{side}{is_dealt}{place == order.behind.get(spot.value, -1)}{order.is_dealt}",
    ]  # fmt: skip


def _none(scene: Scene, name: Spot) -> list[str]:
    text = scene.text
    here = text.sentence_of(name.start)
    start, end = text.sentences[here] if text.sentences else (0, len(text.text))
    near = len(scene.between(start, end)[1])
    found = ["none", f"none:of{min(5, len(scene.times))}", f"none:near{min(2, near)}"]
    found += [f"none:{feature}" for feature in _around(text.text, name, "")]
    return found + [f"none:{word}" for word in told_in(text.text[start:end])]
