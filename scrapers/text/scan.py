"""Quick ways over a text of which few letters count: only those are looked at."""

import re
from collections.abc import Callable, Iterator, Mapping


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
