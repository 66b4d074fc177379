"""Markets whose offers stand on pages that are simply asked for: HTML, Markdown, text, CSV, JSON, PDF, workbooks.

Every address of `lists` is one list: a listing that is missing from its next reading is gone. What the pages leave unsaid
(unit, currency, channel, columns of a CSV, paths of a JSON) is declared under `options.offers`, whose keys are those of
`scrapers.extract.offers.Options`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from scrapers import formats
from scrapers.captures import Capture, Request
from scrapers.documents import Context
from scrapers.extract import offers
from scrapers.extract.offers.options import Channel
from scrapers.issues import Issue
from scrapers.records import Offer, Record
from scrapers.source import Source

VERSION = f"1.{offers.VERSION}"

PLAUSIBLE_CNY_PER_USD = 7.0
"""Holds dollar prices against the plausibility bands, which are far wider than the rate ever moved. The price itself is
converted by the warehouse at its month's rate."""


class Seller(BaseModel):
    """What is known of one of the sellers a page names, where it is not what the page is."""

    model_config = ConfigDict(extra="forbid")

    platform_id: str | None = None
    market: Literal["china", "world"] | None = None
    channel: Channel | None = None

    def known(self) -> dict[str, str]:
        return self.model_dump(exclude_none=True)


class Options(BaseModel):
    """`platform_id` names the row of `platforms` the offers belong to, the folder's name where left out; `market` is where
    the seller sells; `sellers` tells what differs for sellers named on a page of many; `offers` goes to the reader
    (`scrapers.extract.offers.Options`)."""

    model_config = ConfigDict(extra="forbid")

    platform_id: str | None = None
    market: Literal["china", "world"] = "china"
    sellers: dict[str, Seller] = Field(default_factory=dict)
    offers: dict[str, Any] = Field(default_factory=dict)

    @field_validator("offers")
    @classmethod
    def _known(cls, given: dict[str, Any]) -> dict[str, Any]:
        offers.Options.of(given)
        return given


def requests(source: Source) -> Iterable[Request]:
    return [Request(url=url, role="list") for url in source.list_urls()]


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """The offers of a page, with what could not be read."""
    yield from read(source, capture, Options.model_validate(source.options))


def read(source: Source, capture: Capture, options: Options) -> Iterator[Offer | Issue]:
    """Offers of a capture. A bundled page that restates another document gives that document as the offers' address, and
    its date and level where the page index names them."""
    document = formats.read(capture.content, url=capture.url, content_type=capture.content_type)
    context = Context(
        document_key=capture.url,
        url=capture.url,
        date=capture.fetched_at.date(),
        platform_id=options.platform_id or source.folder.name,
        place=source.place,
        is_official=source.publisher.official,
        options={**options.offers, "rates": {"2000-01": PLAUSIBLE_CNY_PER_USD}},
    )
    restated = _restated(capture)
    for item in offers.read(document, context):
        if isinstance(item, Offer):
            seller = options.sellers.get(item.seller_name or "", Seller())
            own: dict[str, Any] = {"market": options.market, **seller.known(), **restated}
            yield replace(
                item,
                price_cny_per_gpu_hour=item.price_cny_per_gpu_hour if item.currency == "CNY" else None,
                ground=replace(item.ground, url=capture.context.get("cites")),
                **own,
            )
        else:
            yield item


def _restated(capture: Capture) -> dict[str, Any]:
    """Fields of an offer that the index of bundled pages decides."""
    found: dict[str, Any] = {}
    if level := capture.context.get("level"):
        found["source_level"] = level
    dated = capture.context.get("dated")
    if dated == "unknown":
        found["date_basis"] = "unknown"
    elif dated:
        first, last = map(dt.date.fromisoformat, dated.split("/"))
        found |= {"date_basis": "span", "page_date": first, "page_date_to": last}
    return found
