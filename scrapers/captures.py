"""A request, and what came back: the unit that is archived and replayed."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlencode

from scrapers.records import CaptureKind

Role = Literal["list", "document", "attachment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to ask a site for. `context` travels with it to the capture (list title, parent address)."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    role: Role = "document"
    params: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    context: tuple[tuple[str, str], ...] = ()

    @property
    def target(self) -> str:
        """The URL with its parameters, in their order; a name may occur more than once (`fields[]`)."""
        return self.url + (("&" if "?" in self.url else "?") + urlencode(self.params) if self.params else "")

    @property
    def address(self) -> str:
        """The target; a POST's body follows as a fragment, since it is part of what was asked."""
        return f"{self.target}#{self.body.decode(errors='replace')}" if self.body else self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes of one successful answer, as they came. `fetched_at` is UTC and is the only "today" a parser has."""

    source_id: str
    url: str
    role: Role
    fetched_at: dt.datetime
    content: bytes
    capture_kind: CaptureKind
    content_type: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    context: dict[str, str] = field(default_factory=dict)
    seen_until: dt.datetime | None = None
    """Last time the address was still seen to give these bytes; null before the capture is archived."""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def seen(self) -> "Seen":
        return Seen(
            source_id=self.source_id,
            url=self.url,
            role=self.role,
            observed_at=self.fetched_at,
            observed_until=self.seen_until or self.fetched_at,
            sha256=self.sha256,
            capture_kind=self.capture_kind,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A capture without its bytes: that an address answered, when, and with which content."""

    source_id: str
    url: str
    role: Role
    observed_at: dt.datetime
    observed_until: dt.datetime
    """Last time the same bytes were still seen."""
    sha256: str
    capture_kind: CaptureKind
