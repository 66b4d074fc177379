"""Names of Chinese places to GB/T 2260 codes.

`places.csv` holds the country, all provinces, all prefecture-level cities, the districts, county-level cities and
development zones that voucher policies name, and every other county whose name no second one bears (codes of 2020, kept
where the name still stands in 2026; without an English name). A zone has no code of its own: it carries the code of the district or city
that holds it and is told apart by name and level. `also` lists short forms; a short form that is an everyday word
(来宾, 日照, 德州) is not listed, so such a place counts by its full name only.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Level = Literal["national", "province", "city", "district", "zone"]
_FILE = Path(__file__).with_name("places.csv")


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    name_en: str
    """Empty for a county that is known by its Chinese name only."""
    level: Level
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text; `text[start:end]` are the words, `is_short` tells a short form (杭州)."""

    place: Place
    start: int
    end: int
    is_short: bool


@cache
def all_places() -> tuple[Place, ...]:
    """Every place of the table, provinces first."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Place(
                row["code"],
                row["name"],
                row["name_en"],
                _level(row["level"]),
                tuple(name for name in row["also"].split("|") if name),
            )
            for row in csv.DictReader(file)
        )


def _level(word: str) -> Level:
    for level in ("national", "province", "city", "district", "zone"):
        if word == level:
            return level
    raise ValueError(f"{_FILE.name}: unknown level {word!r}")


@cache
def _codes() -> dict[str, Place]:
    return {place.code: place for place in reversed(all_places()) if place.level != "zone"}


@cache
def _names() -> tuple[dict[str, list[tuple[str, Place, bool]]], dict[str, Place]]:
    """Chinese names by their first two letters, longest first; English names whole."""
    chinese: dict[str, list[tuple[str, Place, bool]]] = {}
    english: dict[str, Place] = {}
    for place in all_places():
        if place.level == "national":
            continue
        for name in (place.name, *place.also):
            chinese.setdefault(name[:2], []).append((name, place, name != place.name))
        if place.name_en:
            english.setdefault(place.name_en.lower(), place)
            if place.level == "district":  # Chaoyang is a city too
                english.setdefault(f"{place.name_en.lower()} district", place)
    for entries in chinese.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return chinese, english


@cache
def _pairs() -> re.Pattern[str]:
    """A letter a Chinese name begins with, before one that is the second of a name: quick to miss."""
    first, second = ("".join(sorted({name[at] for name in _names()[0]})) for at in (0, 1))
    return re.compile(f"[{first}](?=[{second}])")


_ENGLISH = re.compile(r"[A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’-]+){0,4}")


def find(text: str) -> list[Mention]:
    """The places a text names, in order, longest name first, without overlaps. English names count in English text."""
    chinese, english = _names()
    out: list[Mention] = []
    end = 0
    for pair in _pairs().finditer(text):
        at = pair.start()
        if at >= end:
            for name, place, is_short in chinese.get(text[at : at + 2], ()):
                end = at + len(name)
                if text.startswith(name, at) and not _is_part(
                    name, text[max(0, at - 1) : at], text[end : end + 1]
                ):
                    out.append(Mention(place, at, end, is_short))
                    break
            else:
                end = at
    for match in _ENGLISH.finditer(text):
        words = match[0].replace("’", "'").split(" ")
        start, at = match.start(), 0
        while at < len(words):
            for size in range(min(5, len(words) - at), 0, -1):
                name = " ".join(words[at : at + size])
                if (found := english.get(name.lower().removesuffix("'s"))) is not None:
                    out.append(Mention(found, start, start + len(name), False))
                    break
            else:
                size = 1
            start += sum(len(word) + 1 for word in words[at : at + size])
            at += size
    return sorted(out, key=lambda mention: mention.start)


def _is_part(name: str, before: str, after: str) -> bool:
    """Whether a name is a part of common words: 中原区域, 南昌县级, 各县区, 目前海南."""
    if name[0] == "前" and before and before in "目日此当之先":
        return True
    return bool(after) and ((name[-1] in "区县" and after in "域级") or (name[-1] == "县" and after == "区"))


def by_code(code: str) -> Place | None:
    """The place of a six-digit code; a zone is never returned, since it shares a code."""
    return _codes().get(code)


def by_name(name: str) -> Place | None:
    """The place of a full, short or English name; null when unknown."""
    chinese, english = _names()
    for entry, place, _ in chinese.get(name[:2], ()):
        if entry == name:
            return place
    if name in ("全国", "中国", "China"):
        return _codes()["000000"]
    return english.get(name.lower())


def province_of(code: str) -> Place | None:
    """The province that holds a place; the province itself for a province; null for the whole country."""
    return _codes().get(code[:2] + "0000") if not code.startswith("00") else None


def city_of(code: str) -> Place | None:
    """The prefecture-level city that holds a place; null for provinces and for districts of a municipality."""
    return _codes().get(code[:4] + "00") if not code.endswith("0000") else None
