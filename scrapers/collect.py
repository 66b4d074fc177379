"""One source at a time: ask, archive, read. The only loop, and the place where an error stops.

Live and replay differ in the client alone: `LiveClient` asks the network, `ReplayClient` answers from the source's
bundled pages. After the bytes both take the same way.
"""

import datetime as dt
import hashlib
import os
import pickle
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache as remember
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from scrapers import platforms
from scrapers.archive import GOOD, Archive, Attempt
from scrapers.archive import Outcome as AttemptOutcome
from scrapers.captures import Capture, Request, Seen
from scrapers.content import no_content
from scrapers.issues import Issue
from scrapers.records import Landed, Origin, Record
from scrapers.source import Page, Source, discover

DEPTH = 4
"""Links are followed this far from a list page."""
REQUESTS = 2_000
"""More addresses than this in one run of one source is a runaway, not a source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one request: a capture, or the reason there is none. `unchanged` is a 304."""

    outcome: AttemptOutcome
    capture: Capture | None = None
    status: int | None = None
    reason: str | None = None
    at: dt.datetime | None = None
    duration_ms: int | None = None


class Client(Protocol):
    workers: int

    def ask(self, source: Source, request: Request, known: Capture | None) -> Iterable[Answer]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One source after a run: everything its captures say, and how the last run went. `reason` is null when ok."""

    source: Source
    records: Sequence[Landed]
    issues: Sequence[Issue]
    captures: Sequence[Capture]
    attempts: Sequence[Attempt]
    reason: str | None

    @property
    def ok(self) -> bool:
        return self.reason is None

    @property
    def seen(self) -> list[Seen]:
        return [capture.seen() for capture in self.captures]


@dataclass(slots=True)
class ReplayClient:
    """Answers from `pages/pages.yml` (or the index of another folder): every saved capture of an address, oldest
    first."""

    workers: int = 1
    under: str = "pages"
    _asked: dict[str, set[str]] = field(default_factory=dict)
    _index: dict[str, list[Page]] = field(default_factory=dict)

    def ask(self, source: Source, request: Request, known: Capture | None) -> Iterator[Answer]:
        found = [
            page
            for page in self._pages(source)
            if page.url in (request.address, request.url) and page.method == request.method
        ]
        exact = [page for page in found if page.url == request.address]
        for page in exact or found:
            self._asked.setdefault(source.id, set()).add(page.file)
            yield _bundled(source, request, page, self.under)
        if not found:
            yield Answer(outcome="not_found", reason="no bundled page of this address")

    def unreached(self, source: Source) -> list[Page]:
        """Bundled pages that no list led to."""
        asked = self._asked.get(source.id, set())
        return [page for page in self._pages(source) if page.file not in asked]

    def _pages(self, source: Source) -> list[Page]:
        """The index of a source, read once a run: a source asks it for every address."""
        if source.id not in self._index:
            self._index[source.id] = source.pages(self.under)
        return self._index[source.id]


def _bundled(source: Source, request: Request, page: Page, under: str = "pages") -> Answer:
    moment = page.fetched_at if page.fetched_at.tzinfo else page.fetched_at.replace(tzinfo=dt.UTC)
    if page.status != 200:
        return Answer(
            outcome="not_found" if page.status in (404, 410) else "error",
            status=page.status,
            at=moment,
            reason=f"HTTP {page.status}",
        )
    content = (source.folder / under / page.file).read_bytes()
    if (stand_in := no_content(content, page.content_type)) is not None:
        return Answer(outcome=stand_in[0], status=page.status, at=moment, reason=stand_in[1])
    capture = Capture(
        source_id=source.id,
        url=request.address,
        role=request.role,
        fetched_at=moment.astimezone(dt.UTC),
        content=content,
        capture_kind=page.kind,
        content_type=page.content_type,
        status=page.status,
        context=dict(request.context) | _restated(page),
    )
    return Answer(outcome="new", capture=capture, status=page.status, at=moment)


def _restated(page: Page) -> dict[str, str]:
    """What a bundled page says about the document it restates."""
    dated = (
        page.dated if isinstance(page.dated, str) or page.dated is None else "/".join(map(str, page.dated))
    )
    said = {"cites": page.cites, "dated": dated, "level": page.level}
    return {name: value for name, value in said.items() if value}


def collect(
    source: Source, client: Client, archive: Archive, *, run_id: str, cache: Path | None = None
) -> Outcome:
    """Asks a source, archives what is new and reads all it has. Never raises for what a source does: a fault becomes a
    ledger row and the outcome's reason, and the records of earlier captures stay."""
    try:
        _ask(source, client, archive, run_id)
    except Exception as error:  # a platform module's own fault must not reach the other sources
        moment = _now()
        archive.record(
            Attempt(
                run_id=run_id,
                source_id=source.id,
                url=next(iter(source.list_urls()), source.publisher.url),
                role="list",
                attempted_at=moment,
                observed_at=moment,
                outcome="error",
                reason=_fault(error),
            )
        )
    return from_archive(source, archive, cache=cache)


def collect_all(
    sources: Sequence[Source],
    client: Client,
    archive: Archive,
    *,
    run_id: str,
    cache: Path | None = None,
    progress: Callable[[Source], None] | None = None,
) -> list[Outcome]:
    """Every source, in the order given; side by side where the client may (it keeps one queue a host)."""

    def one(source: Source) -> Outcome:
        outcome = collect(source, client, archive, run_id=run_id, cache=cache)
        if progress is not None:
            progress(source)
        return outcome

    if client.workers == 1:
        return [one(source) for source in sources]
    with ThreadPoolExecutor(max_workers=client.workers) as pool:
        return list(pool.map(one, sources))


def read_ahead(only: Sequence[str], cache: Path) -> None:
    """Reads the bundled pages into the parse cache, the last source first. Beside a first run this is the other processor's
    share: the two meet half way, and what one has read the other finds."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the run tells of an interrupt
    sources = [source for source in discover() if not only or source.id in only][::-1]
    with TemporaryDirectory() as aside:
        collect_all(sources, ReplayClient(), Archive(Path(aside)), run_id="ahead", cache=cache)


def from_archive(source: Source, archive: Archive, *, cache: Path | None = None) -> Outcome:
    """What the archive holds for a source, without asking anybody: the same records a run gave."""
    captures = archive.captures(source.id)
    attempts = archive.attempts(source.id)
    landed: list[Landed] = []
    issues: list[Issue] = []
    newest: dict[str, tuple[dt.datetime, int]] = {}
    faults: list[str] = []
    broken: dict[str, str | None] = {}
    """Whether the newest answer of a list address is one its platform cannot take: a list without entries, a refusal."""
    for capture in captures:
        try:
            items = _read(source, capture, cache)
        except Exception as error:  # one page's parser fault leaves the other pages' records
            items = [
                Issue(
                    level="error",
                    code="parser-fault",
                    source=source.id,
                    url=capture.url,
                    message=_fault(error),
                )
            ]
            faults.append(f"{capture.url}: {_fault(error)}")
        origin = Origin(
            source_id=source.id,
            source_url=capture.url,
            capture_sha256=capture.sha256,
            capture_kind=capture.capture_kind,
            observed_at=capture.fetched_at,
            observed_until=capture.seen_until or capture.fetched_at,
            parser_version=platforms.load(source.platform).VERSION,
        )
        before = len(landed)
        for item in items:
            if isinstance(item, Issue):
                issues.append(_located(item, source, capture))
            else:
                landed.append(Landed(item, origin))
        newest[capture.url] = (capture.fetched_at, len(landed) - before)
        if capture.role == "list":
            errors = [
                i.message
                for i in items
                if isinstance(i, Issue) and i.level == "error" and i.code != "parser-fault"
            ]
            broken[capture.url] = errors[0] if errors else None
    asked = {attempt.url for attempt in attempts if attempt.run_id == attempts[-1].run_id}
    faults += [f"{url}: {message}" for url, message in broken.items() if message is not None and url in asked]
    current = sum(count for _, count in newest.values())
    return Outcome(
        source=source,
        records=landed,
        issues=issues,
        captures=captures,
        attempts=attempts,
        reason=_reason(source, attempts, faults, current) if attempts else None,
    )


def bundled_records(source: Source) -> Iterator[Record]:
    """The records of a source's bundled pages or rows, without an archive: each page read as it lies there."""
    platform = platforms.load(source.platform)
    captures = list(_local(source))
    for page in source.pages():
        answer = _bundled(source, Request(url=page.url, method=page.method), page)
        if answer.capture is not None:
            captures.append(answer.capture)
    for capture in captures:
        for item in platform.parse(source, capture):
            if not isinstance(item, Issue):
                yield item


def _ask(source: Source, client: Client, archive: Archive, run_id: str) -> None:
    platform = platforms.load(source.platform)
    for own in _local(source):
        _keep(
            archive,
            run_id,
            source,
            Request(url=own.url),
            Answer(outcome="new", capture=own, at=own.fetched_at),
        )
    queue = deque((request, 0) for request in platform.requests(source))
    asked: set[str] = set()
    while queue:
        request, depth = queue.popleft()
        if request.address in asked:
            continue
        asked.add(request.address)
        if len(asked) > REQUESTS:
            raise RuntimeError(f"more than {REQUESTS} addresses in one run")
        known = archive.latest(source.id, request.address)
        for given in client.ask(source, request, known):
            answer = _judged(platform, source, given)
            capture = _keep(archive, run_id, source, request, answer) or (
                known if answer.outcome == "unchanged" else None
            )
            if capture is not None and depth < DEPTH:
                links = getattr(platform, "links", None)
                queue += [(link, depth + 1) for link in (links(source, capture) if links else ())]
    if isinstance(client, ReplayClient):
        for page in client.unreached(source):
            moment = _now()
            archive.record(
                Attempt(
                    run_id=run_id, source_id=source.id, url=page.url, role="document", attempted_at=moment,
                    observed_at=moment, outcome="error", reason=f"bundled page {page.file} that no list leads to",
                )
            )  # fmt: skip


def _judged(platform: platforms.Platform, source: Source, answer: Answer) -> Answer:
    """An answer that the platform itself calls no success (a log-in wall in JSON) is blocked, not content."""
    refusal = getattr(platform, "refusal", None)
    why = refusal(source, answer.capture) if refusal and answer.capture is not None else None
    return answer if why is None else replace(answer, outcome="blocked", capture=None, reason=why)


def _keep(archive: Archive, run_id: str, source: Source, request: Request, answer: Answer) -> Capture | None:
    """Archives an answer's capture and writes the ledger row."""
    capture, outcome = answer.capture, answer.outcome
    if capture is not None:
        outcome = archive.store(capture)
    now = _now()
    kept = (
        archive.latest(source.id, request.address) if outcome == "unchanged" and capture is None else capture
    )
    archive.record(
        Attempt(
            run_id=run_id,
            source_id=source.id,
            url=request.address,
            role=request.role,
            attempted_at=now,
            observed_at=(answer.at or now).astimezone(dt.UTC),
            outcome=outcome,
            status=answer.status,
            bytes=len(capture.content) if capture else None,
            sha256=kept.sha256 if kept else None,
            reason=answer.reason,
            duration_ms=answer.duration_ms,
            parser_version=platforms.load(source.platform).VERSION,
        )
    )
    return capture


def _local(source: Source) -> Iterable[Capture]:
    """Captures that come with the folder instead of from an address (curated rows)."""
    local = getattr(platforms.load(source.platform), "local", None)
    return local(source) if local else ()


def _reason(source: Source, attempts: Sequence[Attempt], faults: list[str], current: int) -> str | None:
    """Why the last run of a source counts as failed: the first failing address, a parser's fault, broken bounds."""
    last = [attempt for attempt in attempts if attempt.run_id == attempts[-1].run_id]
    failing = [
        a for a in last if a.outcome not in GOOD and not (a.outcome == "not_found" and a.role != "list")
    ]
    if failing:
        more = f" (and {len(failing) - 1} more addresses)" if len(failing) > 1 else ""
        return f"{failing[0].outcome}: {failing[0].url}: {failing[0].reason or ''}{more}"
    if faults:
        return f"error: {faults[0]}"
    if current < source.expect.min:
        return f"empty: {current} records, at least {source.expect.min} expected"
    return None


def _read(source: Source, capture: Capture, cache: Path | None) -> list[Record | Issue]:
    """The records and issues of one capture, from the parse cache where the same bytes were read by the same code."""
    if cache is None:
        return list(platforms.load(source.platform).parse(source, capture))
    key = hashlib.sha256(
        "\n".join(
            [capture.sha256, capture.url, capture.fetched_at.isoformat(), repr(sorted(capture.context.items())), capture.role,
             capture.content_type, _source_digest(source.folder), _code_digest()]
        ).encode()
    ).hexdigest()  # fmt: skip
    path = cache / key[:2] / key
    try:
        found: list[Record | Issue] = pickle.loads(path.read_bytes())
        return found
    except Exception:  # missing, torn or of another version: read anew
        pass
    items = list(platforms.load(source.platform).parse(source, capture))
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(pickle.dumps(items))
    aside.replace(path)
    return items


@remember
def _code_digest() -> str:
    """Changes with any module or table of this package but the sources: a reader is more than its own module."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if path.is_file() and parts[0] != "sources" and "__pycache__" not in parts:
            digest.update("/".join(parts).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _source_digest(folder: Path) -> str:
    return hashlib.sha256((folder / "source.yml").read_bytes()).hexdigest()


def _located(issue: Issue, source: Source, capture: Capture) -> Issue:
    if issue.source and issue.url:
        return issue
    return Issue(
        level=issue.level,
        code=issue.code,
        message=issue.message,
        source=issue.source or source.id,
        url=issue.url or capture.url,
        locator=issue.locator,
    )


def _fault(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}{place}"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
