"""Quick ways over a text of which few letters count: only those are looked at."""

import re
from collections.abc import Callable, Iterator, Mapping


class Sought:
    """A pattern that begins with one letter of a class: `Sought("算力|GPU", "[算G]")` finds what the pattern does, in one loop of
    the engine that stops at these letters only. For what most texts do not hold; where most letters begin a match, `matches`
    is quicker."""

    def __init__(self, pattern: str, letters: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern = re.compile(pattern, flags)
        self.letters = re.compile(letters)
        marks = "".join(mark for mark, flag in (("i", re.I), ("m", re.M)) if flags & flag)
        # The engine skips to letters only where a pattern opens with their class, so the class comes first and what it
        # begins is looked for from the letter before.
        self.first = re.compile(rf"{letters}(?<=(?=(?{marks}:{pattern}))[\s\S])")

    def holds(self, text: str) -> bool:
        """Whether a text has a match."""
        return self.first.search(text) is not None

    def search(self, text: str) -> re.Match[str] | None:
        """The first match of a text."""
        first = self.first.search(text)
        return self.pattern.match(text, first.start()) if first else None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The matches of a stretch of a text, in order."""
        stop = len(text) if end is None else end
        at = start
        for first in self.first.finditer(text, start, stop):
            if first.start() >= at and (match := self.pattern.match(text, first.start(), stop)) is not None:
                yield match
                at = match.end()


def matches(
    pattern: re.Pattern[str], letters: re.Pattern[str], text: str, start: int = 0, end: int | None = None
) -> Iterator[re.Match[str]]:
    """`pattern.finditer(text, start, end)` for a pattern that begins with one of `letters`, a class of characters: a class is
    looked for many times faster than a choice of words is tried."""
    stop = len(text) if end is None else end
    at = start
    for first in letters.finditer(text, start, stop):
        if first.start() >= at and (match := pattern.match(text, first.start(), stop)) is not None:
            yield match
            at = match.end()


def translator(table: Mapping[int, int | str | None]) -> Callable[[str], str]:
    """`str.translate` by a table of few letters. That asks the table about each letter of a text, and a letter it does not
    hold is an exception caught."""
    known = {
        chr(code): "" if to is None else to if isinstance(to, str) else chr(to) for code, to in table.items()
    }
    letters = re.compile("[" + "".join(map(re.escape, known)) + "]")
    return lambda text: letters.sub(lambda match: known[match[0]], text)
