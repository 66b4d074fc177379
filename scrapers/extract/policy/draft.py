"""A support clause as read, before it becomes a record."""

from dataclasses import dataclass
from decimal import Decimal

from scrapers.extract.policy.segments import Sentence
from scrapers.extract.policy.topics import Topic
from scrapers.records import ClauseKind, Period


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause as read, before it becomes a record; offsets refer to the text."""

    kind: ClauseKind
    value: Decimal
    unit: str
    topic: Topic
    start: int
    end: int
    sentence: Sentence
    period: Period | None = None
    basis: str | None = None
    applies_to: str | None = None
    tier: str | None = None
    low: Decimal | None = None
    programme: str | None = None
    """The place a number is of, where one text tells of several."""
