"""One polite client for the network: `LiveClient`.

It obeys robots.txt, names itself, asks one host one thing at a time with a pause between, repeats a failed request
with patience (and as long as `Retry-After` says), asks conditionally where it knows an earlier answer, and stops
reading at a size limit. It follows redirects only to hosts the source names, and never to an address inside a private
network. A page that asks for a captcha or runs a challenge is `blocked`, not content.
"""

import datetime as dt
import email.utils
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

from scrapers.captures import Capture, Request
from scrapers.collect import Answer
from scrapers.content import challenge, no_content
from scrapers.source import Source

AGENT = "chipwatch/0.1 (research on public compute policy; one request at a time; obeys robots.txt)"
MAX_BYTES = 64_000_000
"""An answer larger than this, after decompression, is refused while it is being read."""
MAX_REDIRECTS = 5
TRIES = 4
MAX_WAIT = 120.0
"""Seconds: a server that wants a longer pause is left for the next run."""
RETRIED = {408, 425, 429, 500, 502, 503, 504}


class _Refused(Exception):
    """A request ended without content; carries the answer for the ledger."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.reason)
        self.answer = answer


@dataclass(slots=True)
class _Host:
    """What one host asks of us: its rules, and when it may be asked again."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    robots: Protego | None = None
    robots_error: str | None = None
    ready_at: float = 0.0


@dataclass(slots=True)
class LiveClient:
    """Asks the network. `allow_private` lets tests ask a server on this machine; `delay_seconds` overrides the pauses
    the sources ask for (tests only); `max_bytes` is the size limit."""

    workers: int = 8
    allow_private: bool = False
    delay_seconds: float | None = None
    max_bytes: int = MAX_BYTES
    timeout_seconds: float = 30.0
    max_wait: float = MAX_WAIT
    _hosts: dict[str, _Host] = field(default_factory=dict, repr=False)
    _guard: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _http: httpx.Client | None = field(default=None, repr=False)

    def ask(self, source: Source, request: Request, known: Capture | None) -> Iterator[Answer]:
        """One answer; never raises for what the network does."""
        started = time.monotonic()
        try:
            answer = self._fetch(source, request, known)
        except _Refused as refused:
            answer = refused.answer
        except httpx.TimeoutException:
            answer = Answer(outcome="error", reason=f"no answer within {self.timeout_seconds:.0f} s")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            answer = Answer(
                outcome="error", reason=f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
            )
        yield Answer(
            outcome=answer.outcome,
            capture=answer.capture,
            status=answer.status,
            reason=answer.reason,
            at=answer.at,
            duration_ms=round((time.monotonic() - started) * 1000),
        )

    def _fetch(self, source: Source, request: Request, known: Capture | None) -> Answer:
        url = request.target
        allowed = _allowed_hosts(source, request)
        headers = dict(request.headers)
        if known is not None and known.capture_kind == "live":
            if etag := known.headers.get("etag"):
                headers["If-None-Match"] = etag
            if modified := known.headers.get("last-modified"):
                headers["If-Modified-Since"] = modified
        for hop in range(MAX_REDIRECTS + 1):
            self._check_address(url, allowed)
            self._check_robots(url, source)
            status, answer_headers, content = self._patiently(request, url, headers, source)
            if status in (301, 302, 303, 307, 308) and "location" in answer_headers:
                if hop == MAX_REDIRECTS:
                    raise _Refused(
                        Answer(outcome="error", status=status, reason=f"more than {MAX_REDIRECTS} redirects")
                    )
                url = urljoin(url, answer_headers["location"])
                continue
            return _judge(source, request, known, status, answer_headers, content)
        raise AssertionError("unreachable")

    def _patiently(
        self, request: Request, url: str, headers: dict[str, str], source: Source
    ) -> tuple[int, dict[str, str], bytes]:
        """The final status, headers and body after retries. Waits double from 1 s; `Retry-After` is obeyed."""
        wait = 1.0
        for attempt in range(1, TRIES + 1):
            failure: httpx.HTTPError | None = None
            retry_after: float | None = None
            try:
                status, answer_headers, content = self._once(request, url, headers, source)
                if status not in RETRIED:
                    return status, answer_headers, content
                retry_after = _retry_after(answer_headers)
            except (httpx.TransportError, httpx.DecodingError) as error:
                failure = error
            if attempt == TRIES or (retry_after or 0) > self.max_wait:
                if failure is not None:
                    raise failure
                reason = (
                    f"HTTP {status}"
                    + (f", retry after {retry_after:.0f} s" if retry_after else "")
                    + f", {attempt} tries"
                )
                raise _Refused(
                    Answer(outcome="blocked" if status == 429 else "error", status=status, reason=reason)
                )
            pause = retry_after if retry_after is not None else wait
            time.sleep(
                min(pause, self.max_wait) if self.delay_seconds is None else min(pause, self.delay_seconds)
            )
            wait *= 2
        raise AssertionError("unreachable")

    def _once(
        self, request: Request, url: str, headers: dict[str, str], source: Source
    ) -> tuple[int, dict[str, str], bytes]:
        host = self._host(url)
        with host.lock:
            time.sleep(max(0.0, host.ready_at - time.monotonic()))
            try:
                with self._client().stream(
                    request.method, url, headers=headers, content=request.body
                ) as response:
                    return response.status_code, dict(response.headers), self._read(response)
            finally:
                host.ready_at = time.monotonic() + self._delay(host, source)

    def _read(self, response: httpx.Response) -> bytes:
        """The decoded body, read only as far as the limit: a small answer can unpack to gigabytes."""
        parts, size = [], 0
        for part in response.iter_bytes(65_536):
            size += len(part)
            if size > self.max_bytes:
                raise _Refused(
                    Answer(
                        outcome="error",
                        status=response.status_code,
                        reason=f"larger than {self.max_bytes:,} bytes",
                    )
                )
            parts.append(part)
        return b"".join(parts)

    def _client(self) -> httpx.Client:
        with self._guard:
            if self._http is None:
                self._http = httpx.Client(
                    headers={"User-Agent": AGENT, "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"},
                    timeout=self.timeout_seconds,
                    follow_redirects=False,
                    trust_env=True,
                )
            return self._http

    def _host(self, url: str) -> _Host:
        with self._guard:
            return self._hosts.setdefault(urlsplit(url).netloc.lower(), _Host())

    def _delay(self, host: _Host, source: Source) -> float:
        if self.delay_seconds is not None:
            return self.delay_seconds
        wished = host.robots.crawl_delay(AGENT) if host.robots else None
        return max(source.delay_seconds, min(float(wished or 0), 60.0))

    def _check_address(self, url: str, allowed: set[str]) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise _Refused(Answer(outcome="disallowed", reason=f"{url}: only http and https are asked"))
        name = (parts.hostname or "").lower()
        if name not in allowed and not any(name.endswith(f".{host}") for host in allowed):
            raise _Refused(
                Answer(outcome="disallowed", reason=f"redirect to {name}, which the source does not name")
            )
        if self.allow_private:
            return
        try:
            found = {
                entry[4][0] for entry in socket.getaddrinfo(name, parts.port or 80, type=socket.SOCK_STREAM)
            }
        except socket.gaierror as error:
            raise _Refused(
                Answer(outcome="error", reason=f"{name}: {error.strerror or 'unknown host'}")
            ) from None
        for address in found:
            if not ipaddress.ip_address(str(address).split("%")[0]).is_global:
                raise _Refused(
                    Answer(outcome="disallowed", reason=f"{name} leads to the private address {address}")
                )

    def _check_robots(self, url: str, source: Source) -> None:
        """RFC 9309: no robots.txt (4xx) allows all, an unreachable one (5xx, no answer) forbids all."""
        host = self._host(url)
        if host.robots is None and host.robots_error is None:
            parts = urlsplit(url)
            robots_url = f"{parts.scheme}://{parts.netloc}/robots.txt"
            try:
                status, _, content = self._once(Request(url=robots_url), robots_url, {}, source)
                if status >= 500:
                    host.robots_error = f"{robots_url}: HTTP {status}"
                else:
                    text = content.decode("utf-8", "replace") if status < 300 else ""
                    host.robots = Protego.parse(text if "<html" not in text[:500].lower() else "")
            except (httpx.HTTPError, _Refused) as error:
                host.robots_error = f"{robots_url}: {type(error).__name__}"
        if host.robots_error is not None:
            raise _Refused(
                Answer(outcome="disallowed", reason=f"robots.txt cannot be read ({host.robots_error})")
            )
        if host.robots is not None and not host.robots.can_fetch(url, AGENT):
            raise _Refused(Answer(outcome="disallowed", reason="robots.txt forbids it"))


def _judge(
    source: Source,
    request: Request,
    known: Capture | None,
    status: int,
    headers: dict[str, str],
    content: bytes,
) -> Answer:
    """Content, or why it is none."""
    now = dt.datetime.now(dt.UTC)
    if status == 304 and known is not None:
        return Answer(outcome="unchanged", status=status, at=now)
    if status in (404, 410):
        return Answer(outcome="not_found", status=status, reason=f"HTTP {status}")
    if status in (401, 403, 412, 429, 521):
        return Answer(outcome="blocked", status=status, reason=challenge(content) or f"HTTP {status}")
    if not 200 <= status < 300:
        return Answer(outcome="error", status=status, reason=f"HTTP {status}")
    if (stand_in := no_content(content, headers.get("content-type", ""))) is not None:
        return Answer(outcome=stand_in[0], status=status, reason=stand_in[1])
    return Answer(
        outcome="new",
        status=status,
        at=now,
        capture=Capture(
            source_id=source.id,
            url=request.address,
            role=request.role,
            fetched_at=now,
            content=content,
            capture_kind="live",
            content_type=headers.get("content-type", ""),
            status=status,
            headers={name: headers[name] for name in ("etag", "last-modified") if name in headers},
            context=dict(request.context),
        ),
    )


def _allowed_hosts(source: Source, request: Request) -> set[str]:
    named = [*source.list_urls(), source.publisher.url, request.url]
    hosts = {(urlsplit(url).hostname or "").lower() for url in named}
    return (
        {host.removeprefix("www.") for host in hosts if host}
        | hosts
        | {host.lower() for host in source.hosts}
    )


def _retry_after(headers: dict[str, str]) -> float | None:
    """Seconds to wait, from either form of the header; null without one that makes sense."""
    text = headers.get("retry-after", "").strip()
    if text.isdigit():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())
