"""Market listings to offers: plain lines, HTML and Markdown tables, JSON and CSV.

`read(document, context)` is pure. What the source knows about its pages is in `context.options` (`options.Options`): the
page's default unit, declared JSON paths with units and divisors, the month's exchange rates. One listing may stand twice
on a page (by the card and by the node, by the hour and by the month): both are offers, and agree.
"""

import json
from collections.abc import Iterator
from dataclasses import replace

from scrapers.documents import Context, Document
from scrapers.extract.offers import declared, lines, plaintables, tables, words
from scrapers.extract.offers.options import Declared, Options, OptionsError, PriceField
from scrapers.extract.offers.page import Page, assumed_currency, is_yuan, other_dollars
from scrapers.extract.offers.units import PRICE_UNITS
from scrapers.issues import Issue
from scrapers.records import Offer

__all__ = ["PRICE_UNITS", "VERSION", "Declared", "Options", "OptionsError", "PriceField", "read"]

VERSION = "6"


def read(document: Document, context: Context) -> Iterator[Offer | Issue]:
    """Every offer of a document, in order, and what could not be read.

    JSON is taken from `document.text` or `raw_text`; tables from `document.tables`, else pipe tables and delimited lines from the text; what
    remains of the text is read line by line. Wrong options give one issue and nothing else.
    """
    try:
        options = Options.of(context.options)
    except OptionsError as error:
        yield Issue(level="error", code="bad-options", message=str(error), url=context.url)
        return
    shown = [document.raw_text or document.text, *(c for t in document.tables for row in t.rows for c in row)]
    whole = " ".join(shown)
    page = Page(
        context,
        options,
        assumed_currency(whole),
        tables.stated(document.text),
        other_dollars(whole),
        is_yuan(whole),
    )
    answer = _json(document)
    if answer is not None:
        if options.records is not None:
            yield from declared.read(page, answer, options.records)
            return
        if words.is_staged(document.raw_text or document.text):
            page = replace(page, options=options.model_copy(update={"kind": "mock"}))
        for table in declared.guess(answer):
            yield from tables.read(page, table)
        return
    if words.is_staged_code(document.text):
        page = replace(page, options=options.model_copy(update={"kind": "mock"}))
    if options.records is not None:
        yield from declared.rows(page, document.tables, options.records)
        return
    if document.tables:
        spans = tables.RowSpans(document.text)
        for table in document.tables:
            yield from tables.read(page, table, spans)
        yield from lines.read(page, _blanked(document.text, spans.found))
        return
    found = plaintables.markdown(document.text) or plaintables.delimited(document.text)
    if found:
        spans = tables.RowSpans(document.text)
        for table, start, _ in found:
            spans.at = start
            yield from tables.read(page, table, spans)
    yield from lines.read(page, _blanked(document.text, [(start, end) for _, start, end in found]))


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with spans already read blanked out; offsets stay."""
    for start, end in spans:
        text = text[:start] + "".join("\n" if c == "\n" else " " for c in text[start:end]) + text[end:]
    return text


def _json(document: Document) -> object | None:
    for text in (document.raw_text, document.text):
        lead = text.lstrip()[:1]
        if lead and lead in "{[":
            try:
                parsed = json.loads(text)
            except ValueError:
                continue
            return parsed if isinstance(parsed, dict | list) else None
    return None
