"""The approved services a text names, each with its register, maker, province, number and day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from scrapers.extract.filings.grammar import Kind
from scrapers.extract.filings.prose import links, spots, times
from scrapers.extract.filings.prose.links import Scene
from scrapers.extract.filings.prose.model import Learned
from scrapers.extract.filings.prose.reading import Prose, Reading
from scrapers.extract.filings.prose.words import Spot, Text
from scrapers.extract.filings.scopes import NATIONAL

ENOUGH: Mapping[str, float] = {"maker": 0.2, "day": 0.12, "region": 0.5, "number": 0.5}
"""From what probability on a value is taken rather than none at all."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service with the words that name it, `text[start:end]`. What the text does not tell is `None`."""

    kind: Kind
    name: str
    maker: str | None
    province: str | None
    number: str | None
    day: str | None
    start: int
    end: int


def services(reading: Reading) -> list[Service]:
    """The services that a text says were approved, once each, in their order."""
    text, by = reading.text, reading.by
    if all(spot.kind == "maker" for spot in reading.tagged):
        return []
    scenes = scenes_of(reading, reading.tagged)
    found = []
    for name in dict.fromkeys(spot.value for spot in scenes["register"].names):
        told = {sort: _chosen(sort, scene, name, by) for sort, scene in scenes.items()}
        first = next(spot for spot in scenes["register"].names if spot.value == name)
        found.append(
            Service(
                kind=_kind(told["register"]),
                name=name,
                maker=_in_full(told["maker"], scenes["maker"]),
                province=told["region"],
                number=told["number"],
                day=told["day"] or times.only_day(text, scenes["day"].spots),
                start=first.start,
                end=first.end,
            )
        )
    return [
        one
        for one in found
        if not any(_is_short_for(text, one, other) for other in found if other is not one)
    ]


def _is_short_for(text: Text, one: Service, other: Service) -> bool:
    """Whether a name is only another way to call a service that the text names elsewhere in full (`法衡` for
    `法衡法律大语言模型`), or as a headline puts it."""
    small, big = sorted((one.name.casefold(), other.name.casefold()), key=len)
    if small not in big or small == big or one.kind != other.kind:
        return False
    if one.number and one.number != other.number:
        return False
    if one.end <= text.title_end:
        return other.start > text.title_end
    if len(one.name) >= len(other.name) or other.end <= text.title_end or _is_beside(text, one, other):
        return False
    is_named_before = other.start < one.start
    return is_named_before or not (
        (one.maker and other.maker and one.maker not in other.maker and other.maker not in one.maker)
        or (one.day and other.day and one.day != other.day)
    )


def _is_beside(text: Text, one: Service, other: Service) -> bool:
    """Whether two names share a sentence."""
    of = [
        {text.sentence_of(at) for at in spots.occurrences(text.text, name)} for name in (one.name, other.name)
    ]
    alone = {
        text.sentence_of(at)
        for at in spots.occurrences(text.text, one.name)
        if not any(
            start <= at < start + len(other.name) for start in spots.occurrences(text.text, other.name)
        )
    }
    return bool(alone & of[1])


def scenes_of(prose: Prose, tagged: list[Spot]) -> dict[str, Scene]:
    """The services of a text beside the firms, days, provinces, registers and numbers it names."""
    text = prose.text
    names = [spot.value for spot in tagged if spot.kind != "maker"]
    makers = [spot for spot in tagged if spot.kind == "maker"]
    named = _everywhere(text, names, [spot.value for spot in makers])
    told = list(times.day_spots(prose.times))
    regions = [spot for spot in prose.regions if spot.value != NATIONAL]
    return {
        "maker": Scene(text, named, spots.firms(text, makers, named)),
        "day": Scene(text, named, told),
        "region": Scene(text, named, regions),
        "register": Scene(text, named, spots.registers(text)),
        "number": Scene(text, named, spots.printed_numbers(text)),
    }


def _everywhere(text: Text, names: list[str], makers: list[str]) -> list[Spot]:
    """All places where the names stand, the longest first where one holds another; not those inside of a maker's name."""
    taken = bytearray(len(text.text))
    found = []
    for maker in makers:
        if any(name != maker and name in maker for name in names):
            for start in spots.occurrences(text.text, maker):
                taken[start : start + len(maker)] = b"\1" * len(maker)
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        for start in spots.occurrences(text.text, name):
            if not any(taken[start : start + len(name)]):
                taken[start : start + len(name)] = b"\1" * len(name)
                found.append(Spot(name, start, start + len(name), "service"))
    return sorted(found, key=lambda spot: spot.start)


def _chosen(sort: str, scene: Scene, name: str, by: Learned) -> str | None:
    likely = links.probabilities(scene, name, by.links[sort])
    if sort == "register":
        likely["filing"] = likely.get("filing", 0.0) + likely.pop(None, 0.0)
        return max(likely, key=lambda value: likely[value])
    values = {value: share for value, share in likely.items() if value is not None}
    best = max(values, key=lambda value: values[value], default=None)
    return best if best is not None and values[best] >= ENOUGH[sort] else None


def _kind(value: str | None) -> Kind:
    return next((kind for kind in get_args(Kind) if kind == value), "filing")


def _in_full(maker: str | None, scene: Scene) -> str | None:
    """The name in full of a firm that a text also names in short: `陆兮` of `深圳陆兮科技有限公司`."""
    if maker is None or maker.endswith("公司"):
        return maker
    whole = {s.value for s in scene.spots if maker in s.value and s.value.endswith("有限公司")}
    return whole.pop() if len(whole) == 1 else maker
