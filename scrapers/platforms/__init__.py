"""One module a publishing system. A platform is code; a place is facts.

A module offers:

* `VERSION: str`: raise it when the same bytes give other records;
* `requests(source) -> Iterable[Request]`: what to ask first, with role `list`: one that is not found fails the source;
* `links(source, capture) -> Iterable[Request]`: what a list page leads to (may be absent);
* `refusal(source, capture) -> str | None`: why an answer is no content, a log-in wall say (may be absent);
* `parse(source, capture) -> Iterator[Record | Issue]`: pure, no clock, no network;
* `Options` (a pydantic model, may be absent): what `options:` in source.yml may hold.

`source.yml` names the module in `platform:`; nothing is registered by hand.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Protocol, cast

from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.records import Record
from scrapers.source import Source, SourceError


class Platform(Protocol):
    VERSION: str

    def requests(self, source: Source) -> Iterable[Request]: ...
    def parse(self, source: Source, capture: Capture) -> Iterator[Record | Issue]: ...


def load(name: str) -> Platform:
    """The module of a publishing system; `SourceError` when there is none of that name."""
    try:
        return cast(Platform, import_module(f"scrapers.platforms.{name}"))
    except ModuleNotFoundError as error:
        if error.name != f"scrapers.platforms.{name}":
            raise
        raise SourceError(f"unknown platform {name!r}: no module scrapers/platforms/{name}.py") from None
