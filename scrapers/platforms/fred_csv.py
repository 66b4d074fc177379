"""Monthly exchange rates of the Federal Reserve, as FRED serves them: one CSV, no key.

`https://fred.stlouisfed.org/graph/fredgraph.csv?id=EXCHUS` answers with `observation_date,EXCHUS`, one row a month (the
G.5 release: means of the noon buying rates), yuan per US dollar; a month without a value is a lone dot. Series of
other ids or days are not for this module.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator

from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.records import Ground, Rate, Record
from scrapers.source import Source

VERSION = "1"
DATE_COLUMNS = ("observation_date", "DATE")
"""The header since 2024, and the one before."""


def requests(source: Source) -> Iterable[Request]:
    """The series, whole: past months may be revised."""
    return [Request(url=url, role="list") for url in source.list_urls()]


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """One `Rate` a month. A header or cell of another form is an issue, never a rate."""
    reader = csv.DictReader(io.StringIO(capture.content.decode("utf-8-sig")))
    columns = reader.fieldnames or []
    date_column = next((name for name in DATE_COLUMNS if name in columns), None)
    series = next((name for name in columns if name != date_column), None)
    if date_column is None or series is None:
        yield Issue(
            level="error",
            code="unknown-header",
            message=f"columns {columns}, wanted {DATE_COLUMNS[0]} and a series",
        )
        return
    for number, row in enumerate(reader, start=2):
        text = (row[series] or "").strip()
        if text in (".", "", "ND"):
            continue
        try:
            month, rate = dt.date.fromisoformat(row[date_column]), float(text)
        except (ValueError, TypeError):
            yield Issue(level="error", code="bad-row", locator=f"line {number}", message=f"{row}")
            continue
        if month.day != 1:
            yield Issue(
                level="error",
                code="not-monthly",
                locator=f"line {number}",
                message=f"{series} has a value of {month}",
            )
            return
        yield Rate(
            month=month,
            cny_per_usd=rate,
            series=f"Federal Reserve G.5 {series}",
            ground=Ground(quote=f"{row[date_column]},{text}", locator=f"line {number}"),
        )
