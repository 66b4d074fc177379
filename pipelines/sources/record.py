"""`chipwatch source record`: one polite visit, saved beside the source.

The same loop and the same client as a live run (robots.txt, pauses, size limits, no private addresses), into an archive
that is thrown away; what came is written under `recorded/` with its index.
"""

import datetime as dt
import mimetypes
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml

from pipelines.errors import CommandError
from pipelines.sources import GOLDEN, RECORDED
from scrapers.archive import Archive
from scrapers.captures import Capture, Request
from scrapers.collect import Answer, Client, collect
from scrapers.source import Source


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of the visit; `file` is the saved answer, null where there was none."""

    url: str
    outcome: str
    bytes: int | None
    reason: str | None
    file: str | None


@dataclass(slots=True)
class Recorder:
    """Passes requests on to a client and keeps the answers; after `most` answers the rest is left unasked."""

    client: Client
    most: int
    workers: int = 1
    heard: list[tuple[Request, Answer]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def ask(self, source: Source, request: Request, known: Capture | None) -> Iterator[Answer]:
        if len(self.heard) >= self.most:
            self.left.append(request.address)
            return
        for answer in self.client.ask(source, request, None):
            self.heard.append((request, answer))
            yield answer


def record(source: Source, client: Client, *, most: int) -> tuple[list[Visit], list[str]]:
    """Visits the source and replaces `recorded/`; returns what was asked, and the addresses left out beyond `most`.
    `CommandError` when nothing came, and then what was recorded before stays."""
    recorder = Recorder(client, most)
    with tempfile.TemporaryDirectory() as scratch:
        outcome = collect(source, recorder, Archive(Path(scratch)), run_id="record")
        if not recorder.heard and outcome.reason and source.list_urls():
            raise CommandError(f"{source.id}: {outcome.reason}")
    if not recorder.heard:
        raise CommandError(
            f"{source.id}: platform {source.platform} asks no address; its rows lie in the folder"
        )
    aside = source.folder / f".{RECORDED}-next"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    visits, index, taken = [], [], {"pages.yml", GOLDEN}
    for request, answer in recorder.heard:
        name = None
        if answer.capture is not None:
            name = file_name(answer.capture, taken)
            (aside / name).write_bytes(answer.capture.content)
            index.append(_entry(request, answer.capture, name))
        visits.append(
            Visit(
                url=request.address,
                outcome=answer.outcome,
                bytes=len(answer.capture.content) if answer.capture else None,
                reason=answer.reason,
                file=name,
            )
        )
    if not index:
        shutil.rmtree(aside)
        first = visits[0]
        raise CommandError(f"{source.id}: {first.outcome}: {first.url}: {first.reason}")
    note = f"# Recorded {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC by `chipwatch source record`: the publisher's own text.\n"
    (aside / "pages.yml").write_text(
        note + yaml.safe_dump(index, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8"
    )
    shutil.rmtree(source.folder / RECORDED, ignore_errors=True)
    aside.replace(source.folder / RECORDED)
    return visits, recorder.left


def file_name(capture: Capture, taken: set[str]) -> str:
    """A plain name after the last part of the address, with an ending after the media type; adds it to `taken`."""
    last = unquote(urlsplit(capture.url).path).rstrip("/").rsplit("/", 1)[-1]
    stem, dot, ending = last.rpartition(".")
    media = capture.content_type.split(";")[0].strip().lower()
    guessed = (mimetypes.guess_extension(media) or ".bin").lstrip(".")
    if (
        not dot
        or not re.fullmatch(r"[A-Za-z0-9]{1,5}", ending)
        or ending.lower() in ("jsp", "php", "aspx", "do")
    ):
        stem, ending = last, {"htm": "html"}.get(guessed, guessed)
    stem = re.sub(r"[^0-9A-Za-z_-]+", "_", stem).strip("_")[:60] or capture.role
    name, number = f"{stem}.{ending}", 2
    while name in taken:
        name, number = f"{stem}_{number}.{ending}", number + 1
    taken.add(name)
    return name


def _entry(request: Request, capture: Capture, name: str) -> dict[str, object]:
    entry: dict[str, object] = {
        "file": name,
        "url": request.address,
        "fetched_at": capture.fetched_at.replace(microsecond=0),
        "content_type": capture.content_type,
        "kind": "live",
    }
    return entry | ({"method": request.method} if request.method != "GET" else {})


def lines(visits: Iterable[Visit]) -> Iterator[str]:
    """One line a request, for a reader."""
    for visit in visits:
        told = f"{visit.bytes:>9,} bytes  {visit.file}" if visit.file else f"{visit.reason or ''}"
        yield f"{visit.outcome:<11} {visit.url}  {told}"
