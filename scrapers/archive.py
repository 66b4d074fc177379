"""Captures on disk, addressed by content, and the ledger of every attempt: the only thing that cannot be made again.

Layout under one root:

* `blobs/ab/<sha256>.zst`: the bytes of one answer, compressed; or `<sha256>.<parent>.<depth>.zst`, compressed against the
  earlier answer of the same address, so that a page of which 2 % changes a day costs 2 % a day. A chain of such
  deltas ends at a whole blob after `CHAIN` links.
* `captures/<domain>/<source>.jsonl`: one line a new content at an address.
* `ledger/<domain>/<source>.jsonl`: one line an attempt, whatever came of it. Seeing the same content again adds this
  line only.

Files are written aside and renamed, lines appended whole; a line torn by a crash is passed over.
"""

import datetime as dt
import hashlib
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import zstandard

from scrapers.captures import Capture

Outcome = Literal["new", "unchanged", "empty", "blocked", "not_found", "error", "disallowed"]
GOOD: tuple[Outcome, ...] = ("new", "unchanged")
CHAIN = 200
LEVEL = 12


class ArchiveError(Exception):
    """A stored capture is missing or does not match its hash. One line naming the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One line of the ledger. `observed_at` is the time the answer speaks of: the attempt's own when live, the bundled
    page's in replay."""

    run_id: str
    source_id: str
    url: str
    role: str
    attempted_at: dt.datetime
    observed_at: dt.datetime
    outcome: Outcome
    status: int | None = None
    bytes: int | None = None
    sha256: str | None = None
    reason: str | None = None
    duration_ms: int | None = None
    parser_version: str | None = None


@dataclass(slots=True)
class Archive:
    """The archive under `root`. Safe for threads that work on different sources."""

    root: Path
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _decoded: dict[str, bytes] = field(default_factory=dict, repr=False)
    _index: dict[str, list[dict[str, Any]]] = field(default_factory=dict, repr=False)

    def store(self, capture: Capture) -> Literal["new", "unchanged"]:
        """Keeps the capture unless its address already had this content: last, or at this very time."""
        known = [entry for entry in self._entries(capture.source_id) if entry["url"] == capture.url]
        moment = capture.fetched_at.isoformat()
        if any(e["sha256"] == capture.sha256 and e["fetched_at"] == moment for e in known):
            return "unchanged"
        latest = max(known, key=lambda entry: entry["fetched_at"], default=None)
        if latest is not None and latest["sha256"] == capture.sha256 and latest["fetched_at"] <= moment:
            return "unchanged"
        self._write_blob(capture.content, capture.sha256, latest["sha256"] if latest else None)
        entry = {
            name: value
            for name, value in asdict(capture).items()
            if name not in ("source_id", "content", "fetched_at", "seen_until")
        }
        entry |= {"fetched_at": moment, "sha256": capture.sha256}
        self._append("captures", capture.source_id, entry)
        self._entries(capture.source_id).append(entry)
        return "new"

    def record(self, attempt: Attempt) -> None:
        """Adds one line to the ledger."""
        row = asdict(attempt)
        row["attempted_at"] = attempt.attempted_at.isoformat()
        row["observed_at"] = attempt.observed_at.isoformat()
        self._append("ledger", attempt.source_id, {k: v for k, v in row.items() if v is not None})

    def attempts(self, source_id: str) -> list[Attempt]:
        """Every attempt at a source, oldest first."""
        return [
            Attempt(
                **row
                | {
                    "attempted_at": dt.datetime.fromisoformat(row["attempted_at"]),
                    "observed_at": dt.datetime.fromisoformat(row["observed_at"]),
                }
            )
            for row in self._lines("ledger", source_id)
        ]

    def captures(self, source_id: str) -> list[Capture]:
        """Every content of every address of a source, by time. `seen_until` is the last time the address still gave
        it."""
        until: dict[tuple[str, str], list[str]] = {}
        for row in self._lines("ledger", source_id):
            if row["outcome"] in GOOD:
                until.setdefault((row["url"], row["sha256"]), []).append(row["observed_at"])
        entries = sorted(self._entries(source_id), key=lambda entry: (entry["fetched_at"], entry["url"]))
        following: dict[int, str] = {}
        latest_of: dict[str, int] = {}
        for position, entry in enumerate(entries):
            if entry["url"] in latest_of:
                following[latest_of[entry["url"]]] = entry["fetched_at"]
            latest_of[entry["url"]] = position
        found = []
        for position, entry in enumerate(entries):
            end = following.get(position, "9999")
            seen = [
                t for t in until.get((entry["url"], entry["sha256"]), []) if entry["fetched_at"] <= t < end
            ]
            found.append(
                self._capture(
                    source_id, entry, dt.datetime.fromisoformat(max(seen, default=entry["fetched_at"]))
                )
            )
        return found

    def newest(self, source_id: str) -> dt.datetime | None:
        """Time of the newest capture of a source, or null; no content is read."""
        times = (dt.datetime.fromisoformat(entry["fetched_at"]) for entry in self._entries(source_id))
        return max(times, default=None)

    def latest(self, source_id: str, url: str) -> Capture | None:
        """The newest capture of one address, or null."""
        entries = [entry for entry in self._entries(source_id) if entry["url"] == url]
        newest = max(entries, key=lambda entry: entry["fetched_at"], default=None)
        if newest is None:
            return None
        return self._capture(source_id, newest, dt.datetime.fromisoformat(newest["fetched_at"]))

    def _capture(self, source_id: str, entry: dict[str, Any], seen_until: dt.datetime) -> Capture:
        values = {name: value for name, value in entry.items() if name != "sha256"}
        values["fetched_at"] = dt.datetime.fromisoformat(entry["fetched_at"])
        return Capture(
            source_id=source_id, content=self._read_blob(entry["sha256"]), seen_until=seen_until, **values
        )

    def _entries(self, source_id: str) -> list[dict[str, Any]]:
        """The captures of a source as written down; read once, then kept in step by `store`."""
        if source_id not in self._index:
            self._index[source_id] = list(self._lines("captures", source_id))
        return self._index[source_id]

    def _lines(self, kind: str, source_id: str) -> Iterator[dict[str, Any]]:
        path = self.root / kind / f"{source_id}.jsonl"
        if not path.exists():
            return
        for line in path.read_text(encoding="utf-8").split("\n"):
            try:
                row = json.loads(line) if line else None
            except json.JSONDecodeError:
                continue  # torn by a crash: what it described was not finished
            if isinstance(row, dict):
                yield row

    def _append(self, kind: str, source_id: str, row: dict[str, Any]) -> None:
        path = self.root / kind / f"{source_id}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
        with self._lock, path.open("a+b") as file:
            # A torn line of an earlier crash must not swallow this one.
            if file.tell() and _last_byte(path) != b"\n":
                line = "\n" + line
            file.write(line.encode())

    def _blob(self, sha256: str) -> Path | None:
        folder = self.root / "blobs" / sha256[:2]
        return next(iter(sorted(folder.glob(f"{sha256}*.zst"), key=lambda path: len(path.name))), None)

    def _write_blob(self, content: bytes, sha256: str, parent: str | None) -> None:
        if self._blob(sha256) is not None:
            return
        folder = self.root / "blobs" / sha256[:2]
        folder.mkdir(parents=True, exist_ok=True)
        depth = self._depth(parent) + 1 if parent is not None else CHAIN
        if parent is not None and depth < CHAIN:
            packed = _compressor(self._read_blob(parent), len(content)).compress(content)
            name = f"{sha256}.{parent}.{depth}.zst"
            whole = zstandard.ZstdCompressor(level=LEVEL).compress(content)
            if len(packed) * 2 > len(whole):
                packed, name = whole, f"{sha256}.zst"
        else:
            packed, name = zstandard.ZstdCompressor(level=LEVEL).compress(content), f"{sha256}.zst"
        aside = folder / f".{name}.{os.getpid()}.{threading.get_ident()}"
        aside.write_bytes(packed)
        aside.replace(folder / name)

    def _depth(self, sha256: str) -> int:
        path = self._blob(sha256)
        return int(path.name.split(".")[2]) if path is not None and _is_delta(path) else 0

    def _read_blob(self, sha256: str) -> bytes:
        """The bytes of a content; walks its chain of deltas from the nearest content already decoded."""
        chain: list[Path] = []
        wanted = sha256
        while wanted not in self._decoded:
            path = self._blob(wanted)
            if path is None:
                raise ArchiveError(f"{self.root / 'blobs'}: no blob {wanted}")
            chain.append(path)
            if not _is_delta(path):
                break
            wanted = path.name.split(".")[1]
        content = self._decoded.get(wanted, b"")
        for path in reversed(chain):
            packed = path.read_bytes()
            try:
                content = (
                    _decompressor(content).decompress(packed)
                    if _is_delta(path)
                    else zstandard.ZstdDecompressor().decompress(packed)
                )
            except zstandard.ZstdError as error:
                raise ArchiveError(f"{path}: {error}") from None
        if chain and hashlib.sha256(content).hexdigest() != sha256:
            raise ArchiveError(f"{chain[0]}: content does not match its hash")
        # Only the newest few are kept: chains are read in order.
        if len(self._decoded) >= 8:
            self._decoded = dict(list(self._decoded.items())[-4:])
        self._decoded[sha256] = content
        return content


def _is_delta(path: Path) -> bool:
    return path.name.count(".") == 3


def _compressor(base: bytes, size: int) -> zstandard.ZstdCompressor:
    # The window must reach over the whole earlier answer; long-distance matching makes such deltas larger.
    parameters = zstandard.ZstdCompressionParameters.from_level(
        LEVEL,
        source_size=size,
        dict_size=len(base),
        window_log=max(20, min(27, (len(base) + size).bit_length())),
    )
    return zstandard.ZstdCompressor(
        dict_data=zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT),
        compression_params=parameters,
    )


def _decompressor(base: bytes) -> zstandard.ZstdDecompressor:
    return zstandard.ZstdDecompressor(
        dict_data=zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT),
        max_window_size=2**27,
    )


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)
