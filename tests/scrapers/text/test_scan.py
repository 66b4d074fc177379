"""Looking for a pattern only where it can begin finds what looking everywhere finds."""

import re
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from scrapers.extract.policy import clauses, frames, segments, tiers, topics, trust, when
from scrapers.text import dates, money, scan
from scrapers.text.repair import fold

CASES = Path(__file__).parents[2] / "bench" / "policy_cases"
TEXTS = [fold(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.txt"))]
LETTERS = ["\t", "\n", *map(chr, (*range(0x20, 0x17F), *range(0x2000, 0xA000)))]
"""What a repaired text is written in."""


def firsts(parsed: Any, letters: list[str], flags: int) -> tuple[set[str], bool]:
    """The letters a part of a pattern can begin with, and whether it can be empty."""
    found: set[str] = set()
    for op, value in parsed:
        name = str(op)
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        empty = False
        if name == "BRANCH":
            parts = [firsts(part, letters, flags) for part in value[1]]
            found |= set().union(*(part for part, _ in parts))
            empty = any(is_empty for _, is_empty in parts)
        elif name == "SUBPATTERN":
            part, empty = firsts(value[3], letters, flags)
            found |= part
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            part, empty = firsts(value[2], letters, flags)
            found |= part
            empty = empty or value[0] == 0
        else:
            one = re.compile(_written(name, value), flags & re.I)
            found |= {letter for letter in letters if one.fullmatch(letter)}
        if not empty:
            return found, False
    return found, True


def _written(name: str, value: Any) -> str:
    """A single letter or class of a parsed pattern as a pattern again."""
    if name == "LITERAL":
        return re.escape(chr(value))
    if name == "CATEGORY":
        return {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}[str(value)]
    if name == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    assert name == "IN", name
    return "[" + "".join("^" if str(op) == "NEGATE" else _written(str(op), part) for op, part in value) + "]"


PAIRS = {"money._AMOUNT": (money._AMOUNT, money._BEGINS)}
SOUGHT = {
    f"{module.__name__.rsplit('.', 1)[1]}.{name}": value
    for module in (clauses, dates, frames, segments, tiers, topics, trust, when)
    for name, value in vars(module).items()
    if isinstance(value, scan.Sought)
}


@pytest.mark.parametrize("name", [*PAIRS, *SOUGHT])
def test_nothing_is_lost(name: str) -> None:
    sought = SOUGHT.get(name)
    pattern, letters = (sought.pattern, sought.letters) if sought else PAIRS[name]
    begins, can_be_empty = firsts(_parser.parse(pattern.pattern, pattern.flags), LETTERS, pattern.flags)
    assert not can_be_empty
    assert sorted(letter for letter in begins if not letters.match(letter)) == []
    for text in TEXTS:
        everywhere = [match.span() for match in pattern.finditer(text)]
        found = sought.finditer(text) if sought else scan.matches(pattern, letters, text)
        assert [match.span() for match in found] == everywhere
        if sought:
            assert sought.holds(text) == bool(everywhere)
            first = sought.search(text)
            assert (first.span() if first else None) == next(iter(everywhere), None)


def test_an_end_is_kept_to() -> None:
    words, letters = re.compile("算力|算"), re.compile("[算]")
    assert [match.span() for match in scan.matches(words, letters, "算力算力算力", 2, 5)] == [(2, 4), (4, 5)]
    sought = scan.Sought(words.pattern, letters.pattern)
    assert [match.span() for match in sought.finditer("算力算力算力", 2, 5)] == [(2, 4), (4, 5)]


def test_letters_are_put_for_letters_as_by_a_table() -> None:
    table: dict[int, int | str | None] = {ord("，"): ",", ord("]"): "」", ord("^"): None, ord("Ａ"): ord("A")}
    text = "算力，[券]^Ａ\\-"
    assert scan.translator(table)(text) == text.translate(table) == "算力,[券」A\\-"
