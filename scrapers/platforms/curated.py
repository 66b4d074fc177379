"""Rows typed in by hand, each with the address it rests on: `rows.csv` in the source's folder.

`options.record` names the record a row becomes: `fact` (a row of the core table `options.table`, columns as they
are) or a record of `scrapers.records` whose fields the columns are. Every row needs a `source_url`; `quote` may hold the
words it rests on, else the row itself is the ground. The capture is the file, its day `options.as_of`.
"""

import csv
import datetime as dt
import io
import types
import typing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from scrapers import records
from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.records import Fact, Ground, Record
from scrapers.source import Source, SourceError

VERSION = "2"

RECORDS: dict[str, type[Any]] = {name: kind for kind, name in records.RECORD_NAMES.items() if name != "fact"}


class Options(BaseModel):
    model_config = ConfigDict(extra="forbid")

    record: str
    table: str | None = None
    as_of: dt.date


def requests(source: Source) -> Iterable[Request]:
    """Nothing is asked: the rows come with the folder."""
    return ()


def local(source: Source) -> Iterator[Capture]:
    """The file as a capture of kind `curated`; `SourceError` when it is not there."""
    path = source.folder / "rows.csv"
    if not path.is_file():
        raise SourceError(f"{path}: not there")
    day = Options.model_validate(source.options).as_of
    yield Capture(
        source_id=source.id,
        url=source.publisher.url,
        role="document",
        fetched_at=dt.datetime.combine(day, dt.time(), dt.UTC),
        content=path.read_bytes(),
        capture_kind="curated",
        content_type="text/csv; charset=utf-8",
    )


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """One record a row. A row without address, an unknown column or a cell that does not cast is an issue of level
    error that names row and column."""
    options = Options.model_validate(source.options)
    reader = csv.DictReader(io.StringIO(capture.content.decode("utf-8-sig")))
    named: Counter[str] = Counter()
    for number, row in enumerate(reader, start=2):
        locator = f"rows.csv line {number}"
        if None in row:
            yield _error(locator, "more cells than columns")
            continue
        cells = {name: (value or "").strip() for name, value in row.items()}
        url = cells.pop("source_url", "")
        if not url:
            yield _error(locator, "no source_url")
            continue
        quote = cells.pop("quote", "") or "; ".join(
            f"{name}: {value}" for name, value in cells.items() if value
        )
        name = _name(cells, number)
        named[name] += 1
        place = f"row {name}" if named[name] == 1 else f"row {name} ({named[name]})"
        ground = Ground(quote=quote, locator=place, url=url)
        try:
            if options.record == "fact":
                yield Fact(
                    table=options.table or "", values={n: v or None for n, v in cells.items()}, ground=ground
                )
            else:
                yield _record(RECORDS[options.record], cells, ground)
        except (ValueError, TypeError, KeyError) as error:
            yield _error(locator, f"{type(error).__name__}: {error}")


def _name(cells: dict[str, str], number: int) -> str:
    """The row's own id (its first column) where it has one, so that the locator survives a sort of the file; rows that
    share one are numbered, so that a locator leads to one row."""
    return next(iter(cells.values()), "") or str(number)


def _record(kind: type[Any], cells: dict[str, str], ground: Ground) -> Record:
    hints = typing.get_type_hints(kind)
    known = {field.name for field in fields(kind)}
    values: dict[str, Any] = {"ground": ground}
    for name, text in cells.items():
        if name not in known:
            raise KeyError(f"unknown column {name}")
        if text:
            values[name] = _cast(name, text, hints[name])
    made: Record = kind(**values)
    return made


def _cast(name: str, text: str, hint: Any) -> Any:
    """A cell as the field's type; a tuple is written with `;` between its parts."""
    options = typing.get_args(hint) if typing.get_origin(hint) in (typing.Union, types.UnionType) else (hint,)
    for option in options:
        if option is types.NoneType:
            continue
        if typing.get_origin(option) is Literal:
            if text in typing.get_args(option):
                return text
            raise ValueError(f"{name}: {text!r} is none of {', '.join(map(str, typing.get_args(option)))}")
        if typing.get_origin(option) is tuple:
            return tuple(part.strip() for part in text.split(";") if part.strip())
        readers: dict[Any, Callable[[str], Any]] = {
            str: str,
            int: int,
            float: float,
            dt.date: dt.date.fromisoformat,
            bool: {"true": True, "false": False}.__getitem__,
        }
        return readers[option](text)
    raise ValueError(f"{name}: no reader for {hint}")


def _error(locator: str, message: str) -> Issue:
    return Issue(level="error", code="bad-row", locator=locator, message=message)
