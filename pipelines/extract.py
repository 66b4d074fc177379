"""`chipwatch extract`: the readers of `scrapers.extract` over local files, without archive or warehouse."""

import datetime as dt
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from pipelines.errors import CommandError
from scrapers import formats, records
from scrapers.content import no_content
from scrapers.documents import Context, Document
from scrapers.extract.offers import shapes, words
from scrapers.issues import Issue
from scrapers.source import Source, discover

READERS = {"policy": "policy", "market": "offers", "approvals": "filings", "restrictions": "restrictions"}


def parse_day(text: str, option: str = "--date") -> dt.date | None:
    """A day as YYYY-MM-DD; null for empty text; `typer.BadParameter` naming the option for anything else."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{option} {text!r}: not a day as YYYY-MM-DD") from None


def extract_file(
    file: Path, kind: str, *, url: str = "", day: dt.date | None = None, platform: str = ""
) -> Iterator[dict[str, Any]]:
    """The records of one file as `scrapers.records.to_dict` gives them, with `file` and `issues`.

    An issue goes with the record of its place, else with the file's first record; a file without any record gives
    one line with `record: null` that carries its issues. `CommandError` names a file that cannot be read.
    """
    try:
        content = file.read_bytes()
        document = formats.read(content, name=str(file), url=url)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror or error}") from None
    except formats.UnreadableFile as error:
        raise CommandError(str(error)) from None
    source = _source(kind, platform)
    options = dict(source.options) if source else {}
    if kind == "market":
        offers = options.get("offers", {}) if source else _recognised(document)
        options = offers | {"rates": monthly_rates()}
    context = Context(
        document_key=url or file.name,
        url=url,
        date=day,
        platform_id=source.folder.name if source else (platform or None),
        place=source.place if source else None,
        is_official=source.publisher.official if source else None,
        options=options,
    )
    found: list[records.Record] = []
    issues: list[Issue] = []
    reader = import_module(f"scrapers.extract.{READERS[kind]}")
    for item in reader.read(document, context):
        (issues if isinstance(item, Issue) else found).append(item)
    if stand_in := no_content(content, document.media_type):
        if not found:
            raise CommandError(f"{file}: {stand_in[1]}")
        issues.append(Issue(level="error", code=stand_in[0], message=stand_in[1]))
    yield from _lines(file, kind, found, issues)


def _lines(
    file: Path, kind: str, found: list[records.Record], issues: list[Issue]
) -> Iterator[dict[str, Any]]:
    places = {record.ground.locator for record in found}
    if not found:
        issues = issues or [
            Issue(level="info", code="no-record", message=f"nothing about {kind} in the file")
        ]
        yield {"file": str(file), "record": None, "issues": [_issue(issue) for issue in issues]}
    for position, record in enumerate(found):
        own = [
            _issue(issue)
            for issue in issues
            if issue.locator == record.ground.locator or (position == 0 and issue.locator not in places)
        ]
        yield {"file": str(file), **records.to_dict(record), "issues": own}


def _issue(issue: Issue) -> dict[str, str]:
    return {"level": issue.level, "code": issue.code, "message": issue.message, "locator": issue.locator}


def _recognised(document: Document) -> dict[str, Any]:
    """Options for a data file given without its platform: of the source, or the known interface, whose fields it has."""
    if document.media_type not in ("application/json", "text/csv"):
        return {}
    candidates = dict(shapes.known())
    for source in discover():
        if source.domain == "market" and isinstance(offers := source.options.get("offers"), dict):
            candidates[source.id] = offers
    fitting = shapes.recognise(document, candidates)
    if not fitting:
        return {}
    own = candidates[fitting[0]]
    if len(fitting) > 1:
        # Fields that several sellers' files share say how to read them, not whose they are.
        own = {key: own[key] for key in ("records", "currency", "channel") if key in own}
    return own | {"kind": "mock"} if words.is_staged(document.raw_text or document.text) else own


def _source(kind: str, platform: str) -> Source | None:
    if not platform:
        return None
    for source in discover():
        if platform in (source.id, source.folder.name) and source.domain == kind:
            return source
    return None


def unknown_platform(kind: str, platform: str) -> str | None:
    """A word of warning where `--platform` names no source of this kind, so that no page defaults apply; null otherwise."""
    from pipelines.sources import nearest_sources

    if _source(kind, platform) is not None:
        return None
    near = nearest_sources(platform, [source.id for source in discover() if source.domain == kind])
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    return f"--platform {platform}: no {kind} source of that name, so no defaults of its pages apply{hint}"


def monthly_rates() -> dict[dt.date, float]:
    """Yuan per US dollar by first day of month, from the bundled official series."""
    from scrapers import collect

    return {
        record.month: record.cny_per_usd
        for source in discover()
        if source.domain == "rates"
        for record in collect.bundled_records(source)
        if isinstance(record, records.Rate)
    }
