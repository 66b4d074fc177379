"""The approved services a text names, each with its register, maker, province, number and day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from scrapers.extract.filings.prose import links, spots, tagger, times
from scrapers.extract.filings.prose.learned import Learned
from scrapers.extract.filings.prose.links import Scene
from scrapers.extract.filings.prose.words import Spot, Text

ENOUGH: Mapping[str, float] = {"maker": 0.2, "day": 0.2, "region": 0.5, "number": 0.5}
"""From what probability on a value is taken rather than none at all."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service with the words that name it, `text[start:end]`. What the text does not tell is `None`."""

    kind: str
    name: str
    maker: str | None
    province: str | None
    number: str | None
    day: str | None
    start: int
    end: int


def services(text: Text, page: dt.date | None, *, is_chinese: bool, by: Learned) -> list[Service]:
    """The services that a text says were approved, once each, in their order."""
    tagged = tagger.tagged(text, by.names)
    named = [spot for spot in tagged if spot.kind != "maker"]
    if not named:
        return []
    scenes = scenes_of(text, tagged, page, is_chinese=is_chinese)
    found = []
    for name in dict.fromkeys(spot.value for spot in scenes["register"].names):
        told = {sort: _chosen(sort, scene, name, by) for sort, scene in scenes.items()}
        first = next(spot for spot in scenes["register"].names if spot.value == name)
        found.append(
            Service(
                kind=told["register"] or "filing",
                name=name,
                maker=_in_full(told["maker"], scenes["maker"]),
                province=told["region"],
                number=told["number"],
                day=told["day"],
                start=first.start,
                end=first.end,
            )
        )
    return found


def scenes_of(text: Text, tagged: list[Spot], page: dt.date | None, *, is_chinese: bool) -> dict[str, Scene]:
    """The services of a text beside the firms, days, provinces, registers and numbers it names."""
    named = _everywhere(text, [spot.value for spot in tagged if spot.kind != "maker"])
    told = list(times.day_spots(times.times(text.text, page, is_chinese=is_chinese)))
    regions = [
        spot for spot in spots.regions(text, is_chinese=is_chinese) if spot.value != spots.NATIONAL
    ]
    makers = [spot for spot in tagged if spot.kind == "maker"]
    return {
        "maker": Scene(text, named, spots.firms(text, makers, named)),
        "day": Scene(text, named, told),
        "region": Scene(text, named, regions),
        "register": Scene(text, named, spots.registers(text)),
        "number": Scene(text, named, spots.printed_numbers(text)),
    }


def _everywhere(text: Text, names: list[str]) -> list[Spot]:
    """All places where the names stand, the longest first where one holds another."""
    taken = bytearray(len(text.text))
    found = []
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


def _in_full(maker: str | None, scene: Scene) -> str | None:
    """The name in full of a firm that a text also names in short: `陆兮` of `深圳陆兮科技有限公司`."""
    if maker is None or maker.endswith("公司"):
        return maker
    whole = {s.value for s in scene.spots if maker in s.value and s.value.endswith("有限公司")}
    return whole.pop() if len(whole) == 1 else maker
