import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.archive import Archive, ArchiveError, Attempt
from scrapers.captures import Capture

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def capture(content: bytes, day: int = 0, url: str = "https://x.test/") -> Capture:
    return Capture(
        source_id="market/x",
        url=url,
        role="list",
        fetched_at=START + dt.timedelta(days=day),
        content=content,
        capture_kind="live",
    )


def attempt(made: Capture, outcome: str = "unchanged") -> Attempt:
    return Attempt(
        run_id="r", source_id=made.source_id, url=made.url, role="list", attempted_at=made.fetched_at,
        observed_at=made.fetched_at, outcome=outcome, sha256=made.sha256,  # type: ignore[arg-type]
    )  # fmt: skip


def test_the_same_content_is_kept_once_and_its_span_grows(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for day in range(3):
        made = capture(b"a", day)
        archive.record(attempt(made, archive.store(made)))
    (kept,) = Archive(tmp_path).captures("market/x")
    assert (kept.content, kept.fetched_at, kept.seen_until) == (b"a", START, START + dt.timedelta(days=2))
    assert len(list((tmp_path / "blobs").rglob("*.zst"))) == 1


def test_a_content_that_comes_back_is_a_new_capture(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for day, content in enumerate([b"a", b"b", b"a"]):
        made = capture(content, day)
        archive.record(attempt(made, archive.store(made)))
    found = Archive(tmp_path).captures("market/x")
    assert [c.content for c in found] == [b"a", b"b", b"a"]
    assert [c.seen_until for c in found] == [c.fetched_at for c in found]


def test_replaying_the_same_pages_again_adds_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        archive = Archive(tmp_path)
        results = [archive.store(capture(content, day)) for day, content in enumerate([b"a", b"b"])]
    assert results == ["unchanged", "unchanged"]


def test_a_line_torn_by_a_crash_is_passed_over_and_does_not_swallow_the_next(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.store(capture(b"a"))
    path = tmp_path / "captures" / "market" / "x.jsonl"
    path.write_bytes(path.read_bytes() + b'{"url": "https://x.te')
    Archive(tmp_path).store(capture(b"b", 1))
    assert [c.content for c in Archive(tmp_path).captures("market/x")] == [b"a", b"b"]


def test_a_damaged_or_missing_blob_is_named(tmp_path: Path) -> None:
    Archive(tmp_path).store(capture(b"a" * 100))
    (blob,) = (tmp_path / "blobs").rglob("*.zst")
    blob.write_bytes(b"rubbish")
    with pytest.raises(ArchiveError, match=blob.name):
        Archive(tmp_path).captures("market/x")
    blob.unlink()
    with pytest.raises(ArchiveError, match="no blob"):
        Archive(tmp_path).captures("market/x")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=400), min_size=1, max_size=8))
def test_any_sequence_of_contents_comes_back(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]
) -> None:
    root = tmp_path_factory.mktemp("archive")
    expected: list[bytes] = []
    for day, content in enumerate(contents):
        Archive(root).store(capture(content, day))
        if not expected or expected[-1] != content:
            expected.append(content)
    assert [c.content for c in Archive(root).captures("market/x")] == expected


def test_a_page_that_changes_a_little_costs_a_little(tmp_path: Path) -> None:
    random.seed(7)
    rows = [f"{random.getrandbits(64):x},RTX 4090,{random.randrange(1000, 9999)}" for _ in range(2000)]
    archive = Archive(tmp_path)
    sizes = []
    for day in range(30):
        for position in random.sample(range(2000), 40 if day else 0):
            rows[position] = rows[position].rsplit(",", 1)[0] + f",{random.randrange(1000, 9999)}"
        archive.store(capture("\n".join(rows).encode(), day))
        sizes.append(sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()))
    assert sizes[-1] < 2.2 * sizes[0]
    assert Archive(tmp_path).captures("market/x")[-1].content == "\n".join(rows).encode()
