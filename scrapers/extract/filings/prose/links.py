"""Which spot of a text belongs to a name: a log-linear model over all of them and `None`.

Each pair of an occurrence of the name and a spot has features (`_pair`): how far apart, what stands between, what the words
on either side say, whether names and spots of a sentence go in step. The weights are learned (`python -m
tests.bench.train_approvals`); a value's probability is the sum over its spots.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scrapers.extract.filings.prose.words import Spot, Text, told_in

Weights = Mapping[str, float]
_MOST_SENTENCES = 4
"""A spot so many sentences away from a name is not looked at, unless it stands in the headline."""
_MOST_VALUES = 20
"""How many values on one side of a name are looked at, the nearest first."""
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
        self.count = len({spot.value for spot in self.spots})
        self._order: dict[int, tuple[list[str], list[str]]] = {}

    def order(self, sentence: int) -> tuple[list[str], list[str]]:
        """The names and the values of a sentence, each once in their order."""
        if sentence not in self._order:
            self._order[sentence] = (
                list(
                    dict.fromkeys(n.value for n in self.names if self.text.sentence_of(n.start) == sentence)
                ),
                list(
                    dict.fromkeys(s.value for s in self.spots if self.text.sentence_of(s.start) == sentence)
                ),
            )
        return self._order[sentence]


def candidates(scene: Scene, name: str) -> list[tuple[str | None, list[str]]]:
    """Each value that may belong to a name with the features of one pair; last `None` with its own."""
    found: list[tuple[str | None, list[str]]] = []
    occurrences = [spot for spot in scene.names if spot.value == name]
    for one in occurrences:
        before = [spot for spot in scene.spots if spot.end <= one.start][::-1]
        behind = [spot for spot in scene.spots if spot.start >= one.end]
        inside = [spot for spot in scene.spots if spot.start < one.end and spot.end > one.start]
        for side in (before, behind):
            found += _of_side(scene, one, side)
        found += [
            (spot.value, ["inside", f"inside:{spot.kind}", f"inside:{spot.start == one.start}"])
            for spot in inside
        ]
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
        if len(seen) > _MOST_VALUES:
            return
        yield spot.value, _pair(scene, one, spot, len(seen) - 1)


def probabilities(scene: Scene, name: str, model: Weights) -> dict[str | None, float]:
    """How likely each value belongs to a name."""
    pairs = candidates(scene, name)
    scores = [sum(model.get(feature, 0.0) for feature in set(features)) for _, features in pairs]
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
    if high - low <= _SHORT_BETWEEN:
        found.append(f"between{side}{between}")
    found.append("marks" + side + "".join(mark for mark in "、，；：。\n（）“”,.;:()" if mark in between))
    names = sum(1 for n in scene.names if low <= n.start and n.end <= high and n.value != name.value)
    others = len({s.value for s in scene.spots if low <= s.start and s.end <= high and s.value != spot.value})
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
    same = sum(1 for other in scene.spots if other.value == spot.value)
    found += [
        f"first{spot.start == scene.spots[0].start}", f"of{min(5, scene.count)}", f"times{min(4, same)}",
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
    names, values = scene.order(scene.text.sentence_of(name.start))
    is_even = len(names) == len(values)
    is_same = names.index(name.value) == values.index(spot.value)
    behind = [v for v in values if any(s.value == v and s.start > scene.names[0].start for s in scene.spots)]
    return [
        f"step{is_even}{is_same}", f"step{side}{is_even}{is_same}",
        f"step{side}{min(3, len(names))}{min(3, len(values))}{min(rank, 2)}",
        f"stepdealt{side}{len(behind) == len(names) > 1}{names.index(name.value) == (behind.index(spot.value) if spot.value in behind else -1)}{'分别' in scene.text.text or '依次' in scene.text.text or 'respectively' in scene.text.text}",
    ]  # fmt: skip


def _none(scene: Scene, name: Spot) -> list[str]:
    text = scene.text
    here = text.sentence_of(name.start)
    start, end = text.sentences[here] if text.sentences else (0, len(text.text))
    near = sum(1 for spot in scene.spots if text.sentence_of(spot.start) == here)
    found = ["none", f"none:of{min(5, scene.count)}", f"none:near{min(2, near)}"]
    found += [f"none:{feature}" for feature in _around(text.text, name, "")]
    return found + [f"none:{word}" for word in told_in(text.text[start:end])]
