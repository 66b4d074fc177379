"""The totals a text tells: services filed and registered at a day in a place, and how many of them were new."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scrapers.extract.filings.prose import links
from scrapers.extract.filings.prose.figures import Bound, Figure
from scrapers.extract.filings.prose.links import Scene
from scrapers.extract.filings.prose.reading import Prose, Reading
from scrapers.extract.filings.prose.words import Spot, Text
from scrapers.extract.filings.scopes import NATIONAL

_ENOUGH = 0.4
"""From what likelihood on a number is taken to count services."""
_LARGE = 20
"""From what size on a number is hardly told twice by chance."""
_LONGEST_QUOTE = 300
_APART = 3.0
"""How much less likely (in nats) a day may make a number's for it to share the day of the numbers beside it."""


@dataclass(frozen=True, slots=True)
class Total:
    """The numbers of one day and place, told in `text[start:end]`. `day` is `None` where the page has none either."""

    day: str | None
    scope: str
    filed: int | None
    new: int | None
    registered: int | None
    new_registered: int | None
    bound: Bound
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Told:
    figure: Figure
    role: str
    sure: float
    scope: str
    days: dict[str | None, float]


def totals(reading: Reading) -> list[Total]:
    """The totals of a text, one for each day and place, in their order."""
    if not reading.figures:
        return []
    page, home = reading.page, reading.home
    roles = [max(likely, key=lambda role: likely[role]) for likely in reading.roles]
    days, scopes = scenes_of(reading, roles)
    told = []
    for figure, role, of_figure in zip(reading.figures, roles, reading.roles, strict=True):
        if of_figure[role] < _ENOUGH:
            continue
        name = key(figure)
        likely = links.probabilities(scopes, name, reading.by.links["scope"])
        likely[home] = likely.get(home, 0.0) + likely.pop(None, 0.0)
        when = links.probabilities(days, name, reading.by.links["as_of"])
        default = page.isoformat() if page else None
        when[default] = when.get(default, 0.0) + (when.pop(None, 0.0) if default else 0.0)
        scope = max(likely, key=lambda value: likely[value]) or NATIONAL
        told.append(_Told(figure, role, of_figure[role], scope, when))
    return _rows(reading.text, _told_twice(told))


def key(figure: Figure) -> str:
    """A name for one number of a text."""
    return f"{figure.value}@{figure.start}"


def scenes_of(prose: Prose, roles: Sequence[str]) -> tuple[Scene, Scene]:
    """The numbers of a text, each for what it counts, beside its times and beside its places."""
    names = [
        Spot(key(figure), figure.start, figure.end, role)
        for figure, role in zip(prose.figures, roles, strict=True)
    ]
    return Scene(prose.text, names, prose.times), Scene(prose.text, names, prose.regions)


def _told_twice(told: Sequence[_Told]) -> list[_Told]:
    """The same number of the same place told twice, as by a headline, is of one day: likely is what is likely for both."""
    found = list(told)
    for at, one in enumerate(told):
        same = [
            other
            for other in told
            if (other.role, other.scope, other.figure.value) == (one.role, one.scope, one.figure.value)
        ]
        if len(same) > 1 and one.figure.value >= _LARGE:
            days = {day for other in same for day in other.days}
            found[at] = replace(
                one, days={day: math.prod(other.days.get(day, 0.0) + 0.01 for other in same) for day in days}
            )
    return found


def _rows(text: Text, told: Sequence[_Told]) -> list[Total]:
    rows: dict[tuple[str | None, str], dict[str, _Told]] = {}
    for one, day in zip(told, _days(text, told), strict=True):
        row = rows.setdefault((day, one.scope), {})
        if one.role not in row or row[one.role].sure < one.sure:
            row[one.role] = one
    return [_total(text, day, scope, row) for (day, scope), row in rows.items()]


def _days(text: Text, told: Sequence[_Told]) -> list[str | None]:
    """The day of each number: its likeliest, or that of the numbers of its place that are told just before it where that is not
    much less likely."""
    chosen: list[str | None] = []
    groups: list[list[int]] = []
    for at, one in enumerate(told):
        group = next(
            (
                group
                for group in reversed(groups)
                if told[group[0]].scope == one.scope
                and abs(text.sentence_of(told[group[-1]].figure.start) - text.sentence_of(one.figure.start))
                <= 1
                and all(told[other].role != one.role for other in group)
                and _joint([told[other] for other in [*group, at]]) is not None
            ),
            None,
        )
        if group is None:
            groups.append([at])
        else:
            group.append(at)
    of_number: dict[int, str | None] = {}
    for group in groups:
        members = [told[at] for at in group]
        day = _joint(members)
        for at in group:
            of_number[at] = day[0] if day else _best(told[at].days)
    chosen = [of_number[at] for at in range(len(told))]
    return chosen


def _best(days: dict[str | None, float]) -> str | None:
    return max(days, key=lambda day: days[day])


def _joint(members: Sequence[_Told]) -> tuple[str | None] | None:
    """The day that is likeliest for all of some numbers, unless it is much less likely for one of them than its own."""
    every = {day for one in members for day in one.days}

    def loss(day: str | None) -> list[float]:
        return [
            math.log(max(one.days.values())) - math.log(one.days.get(day, 1e-6) + 1e-6) for one in members
        ]

    best = min(every, key=lambda day: (sum(loss(day)), day or ""))
    return (best,) if max(loss(best)) <= _APART else None


def _total(text: Text, day: str | None, scope: str, row: dict[str, _Told]) -> Total:
    numbers = {role: one.figure.value for role, one in row.items()}
    if numbers.get("new", 0) > numbers.get(
        "filed", numbers.get("new", 0)
    ):  # a part is no more than its whole
        numbers["new"], numbers["filed"] = numbers["filed"], numbers["new"]
    start, end = _told_in(text, [one.figure for one in row.values()])
    return Total(
        day=day,
        scope=scope,
        filed=numbers.get("filed"),
        new=numbers.get("new"),
        registered=numbers.get("registered"),
        new_registered=numbers.get("new_registered"),
        bound=next((one.figure.bound for one in row.values() if one.figure.bound != "exact"), "exact"),
        start=start,
        end=end,
    )


def _told_in(text: Text, found: Sequence[Figure]) -> tuple[int, int]:
    """The sentences that hold some numbers; where they are long, only the clauses."""
    numbers = [text.sentence_of(figure.start) for figure in found]
    start, end = text.sentences[min(numbers)][0], text.sentences[max(numbers)][1]
    if end - start > _LONGEST_QUOTE:
        clauses = [text.clause(figure.start, figure.end) for figure in found]
        start, end = min(low for low, _ in clauses), max(high for _, high in clauses)
    words = text.text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
