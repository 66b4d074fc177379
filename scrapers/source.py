"""Reads `source.yml`, strictly: an unknown key, a missing publisher or a thin summary is refused.

One folder under `scrapers/sources/<domain>/` is one source; its id is `<domain>/<folder>`. Discovery is by folder.
"""

import datetime as dt
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

SOURCES = Path(os.environ.get("CHIPWATCH_SOURCES", Path(__file__).parent / "sources"))
"""Where the sources lie; `CHIPWATCH_SOURCES` names another folder, for a private set or a test."""
Domain = Literal["policy", "market", "approvals", "restrictions", "rates", "claims"]
DOMAINS: tuple[Domain, ...] = ("policy", "market", "approvals", "restrictions", "rates", "claims")


class SourceError(Exception):
    """A source's own files are wrong. The message names the file and the reason, in one line."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Publisher(_Strict):
    name: str = Field(min_length=2)
    name_en: str = Field(min_length=2)
    url: str
    official: bool


class ListPage(_Strict):
    """An address to start from, and the days between which the place used it (a site that moved keeps its past)."""

    url: str
    from_: dt.date | None = Field(default=None, alias="from")
    until: dt.date | None = None


class Expect(_Strict):
    """Bounds of a healthy run, in records: below `min` the source failed, above `max` it warns. `quiet_days` is the
    age of the newest content after which the source counts as stale."""

    min: int = Field(ge=0)
    max: int = Field(ge=1)
    quiet_days: int = Field(ge=1)


class Page(_Strict):
    """One saved page: the answer `file` to a request for `url` at `fetched_at`. `kind` tells a page written by us after
    the original from bytes that really came from the address (`chipwatch source record`)."""

    file: str
    url: str
    fetched_at: dt.datetime
    content_type: str = ""
    status: int = 200
    method: Literal["GET", "POST"] = "GET"
    kind: Literal["reconstructed", "live"] = "reconstructed"
    cites: str | None = None
    """The document whose facts the page restates, where that is another address than `url`."""
    dated: Literal["unknown"] | tuple[dt.date, dt.date] | None = None
    """Where the day of the original is not `fetched_at`: the days between which it was so, or `unknown`."""
    level: str | None = None
    """How near `cites` is to the seller (`Offer.source_level`), where it is not the seller's own page."""


class Source(_Strict):
    """Everything chipwatch knows about one source before asking it."""

    title: str = Field(min_length=8)
    publisher: Publisher
    summary: str = Field(min_length=50)
    place: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    platform: str
    lists: tuple[str | ListPage, ...] = ()
    keep: tuple[str, ...] = ()
    """Keep only list entries whose title holds one of these words; empty keeps all."""
    cadence: Literal["hourly", "daily", "weekly", "monthly", "quarterly", "yearly", "once"]
    expect: Expect
    confidence: Literal["A", "B", "C"]
    licence: str | None = None
    reviewed: tuple[str, ...] = ()
    """Versions of the original (dates, numbers) a person has compared the curated rows with."""
    hosts: tuple[str, ...] = ()
    """Hosts beside those of `lists` to which a redirect or a link may lead."""
    delay_seconds: float = Field(default=2.0, ge=0)
    options: dict[str, Any] = Field(default_factory=dict)

    folder: Path = Field(exclude=True)

    @cached_property
    def id(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}"

    @cached_property
    def domain(self) -> Domain:
        for domain in DOMAINS:
            if domain == self.folder.parent.name:
                return domain
        raise SourceError(f"{self.folder}: not in a domain's folder ({', '.join(DOMAINS)})")

    def list_urls(self, on: dt.date | None = None) -> list[str]:
        """The addresses in use on a day (all of them without one)."""
        pages = [ListPage(url=p) if isinstance(p, str) else p for p in self.lists]
        return [
            p.url
            for p in pages
            if on is None or ((p.from_ is None or p.from_ <= on) and (p.until is None or on <= p.until))
        ]

    def pages(self, under: str = "pages") -> list[Page]:
        """The saved pages of a folder of the source, oldest first (`<under>/pages.yml`): `pages` are bundled, `recorded`
        are an operator's own captures."""
        index = self.folder / under / "pages.yml"
        if not index.exists():
            return []
        try:
            entries = _yaml(index) or []
            pages = [Page.model_validate(entry) for entry in entries]
        except (ValidationError, yaml.YAMLError, TypeError) as error:
            raise SourceError(f"{index}: {_one_line(error)}") from None
        for page in pages:
            if not (index.parent / page.file).is_file():
                raise SourceError(f"{index}: {page.file} is not there")
        return sorted(pages, key=lambda page: page.fetched_at)


def load(folder: Path) -> Source:
    """One source from its folder; `SourceError` with file and reason when it is not right."""
    path = folder / "source.yml"
    try:
        raw = _yaml(path)
        if not isinstance(raw, dict):
            raise SourceError(f"{path}: not a mapping")
        return Source.model_validate({**raw, "folder": folder})
    except FileNotFoundError:
        raise SourceError(f"{path}: not there") from None
    except yaml.YAMLError as error:
        raise SourceError(f"{path}: {_one_line(error)}") from None
    except ValidationError as error:
        raise SourceError(f"{path}: {_one_line(error)}") from None


def discover(root: Path = SOURCES) -> Iterator[Source]:
    """Every source under a root, by domain and name. Yields nothing for a folder without `source.yml`."""
    for domain in DOMAINS:
        for path in sorted((root / domain).glob("*/source.yml")):
            yield load(path.parent)


def _yaml(path: Path) -> Any:
    # The loader in C where there is one: ten times as fast, and a run reads every source.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _one_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(
            f"{'.'.join(str(part) for part in item['loc']) or 'source'}: {item['msg']}"
            for item in error.errors()
        )
    return " ".join(str(error).split())
