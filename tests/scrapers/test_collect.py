"""The loop: what is asked, what is kept, and that one source's fault stays its own."""

import datetime as dt
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from scrapers import platforms
from scrapers.archive import Archive
from scrapers.collect import ReplayClient, collect, collect_all, from_archive, read_ahead
from scrapers.fetch import LiveClient
from scrapers.records import Rate
from scrapers.source import Source, SourceError, discover, load
from tests.scrapers.conftest import MakeSource

URL = "https://example.org/rates.csv"
GOOD = b"observation_date,EXCHUS\n2026-01-01,7.0\n2026-02-01,6.9\n"
LATER = b"observation_date,EXCHUS\n2026-01-01,7.0\n2026-02-01,6.8\n2026-03-01,6.7\n"


def rates(outcome: object) -> list[tuple[dt.date, float]]:
    return [
        (landed.record.month, landed.record.cny_per_usd)
        for landed in outcome.records
        if isinstance(landed.record, Rate)
    ]  # type: ignore[attr-defined]


def test_every_bundled_capture_is_read_in_order_of_time(make_source: MakeSource, tmp_path: Path) -> None:
    source = make_source(pages=((URL, "2026-04-01T00:00:00Z", LATER), (URL, "2026-03-01T00:00:00Z", GOOD)))
    outcome = collect(source, ReplayClient(), Archive(tmp_path / "archive"), run_id="r1")
    assert outcome.ok
    assert [value for _, value in rates(outcome)] == [7.0, 6.9, 7.0, 6.8, 6.7]
    assert [a.outcome for a in outcome.attempts] == ["new", "new"]
    assert {landed.origin.capture_kind for landed in outcome.records} == {"reconstructed"}


def test_a_rebuild_from_the_archive_gives_the_same_records(make_source: MakeSource, tmp_path: Path) -> None:
    source = make_source(pages=((URL, "2026-03-01T00:00:00Z", GOOD),))
    archive = tmp_path / "archive"
    first = collect(source, ReplayClient(), Archive(archive), run_id="r1", cache=tmp_path / "cache")
    assert from_archive(source, Archive(archive)).records == first.records
    assert from_archive(source, Archive(archive), cache=tmp_path / "cache").records == first.records


def test_what_was_read_ahead_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = next(source for source in discover() if source.id == "rates/fed_g5")
    monkeypatch.setattr("signal.signal", lambda *_: None)  # it is meant for a process of its own
    read_ahead([source.id], tmp_path / "cache")
    files = sorted(path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    monkeypatch.setattr(platforms.load(source.platform), "parse", None)
    outcome = collect(source, ReplayClient(), Archive(tmp_path / "archive"), run_id="r1", cache=tmp_path / "cache")  # fmt: skip
    assert outcome.ok, outcome.reason
    assert rates(outcome)
    assert sorted(path for path in (tmp_path / "cache").rglob("*") if path.is_file()) == files


def test_a_damaged_cache_is_made_again(make_source: MakeSource, tmp_path: Path) -> None:
    source = make_source(pages=((URL, "2026-03-01T00:00:00Z", GOOD),))
    first = collect(
        source, ReplayClient(), Archive(tmp_path / "archive"), run_id="r1", cache=tmp_path / "cache"
    )
    for path in (tmp_path / "cache").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\x80rubbish")
    again = from_archive(source, Archive(tmp_path / "archive"), cache=tmp_path / "cache")
    assert again.records == first.records


def test_a_page_that_no_list_leads_to_fails_the_source(make_source: MakeSource, tmp_path: Path) -> None:
    source = make_source(
        pages=(
            (URL, "2026-03-01T00:00:00Z", GOOD),
            ("https://example.org/lost", "2026-03-01T00:00:00Z", b"x"),
        )
    )
    outcome = collect(source, ReplayClient(), Archive(tmp_path / "archive"), run_id="r1")
    assert "bundled page 1.bin that no list leads to" in str(outcome.reason)


def test_fewer_records_than_expected_is_a_failure_that_keeps_them(
    make_source: MakeSource, tmp_path: Path
) -> None:
    source = make_source(
        pages=((URL, "2026-03-01T00:00:00Z", GOOD),), expect={"min": 5, "max": 9, "quiet_days": 9}
    )
    outcome = collect(source, ReplayClient(), Archive(tmp_path / "archive"), run_id="r1")
    assert outcome.reason == "empty: 2 records, at least 5 expected"
    assert len(outcome.records) == 2


def test_a_parser_fault_is_named_and_leaves_the_other_captures(
    make_source: MakeSource, tmp_path: Path
) -> None:
    source = make_source(
        pages=((URL, "2026-03-01T00:00:00Z", GOOD), (URL, "2026-04-01T00:00:00Z", b"\xff\xfe\xff"))
    )
    outcome = collect(source, ReplayClient(), Archive(tmp_path / "archive"), run_id="r1")
    assert len(rates(outcome)) == 2
    assert "UnicodeDecodeError" in str(outcome.reason)
    assert [issue.code for issue in outcome.issues] == ["parser-fault"]


@pytest.mark.parametrize(
    ("status", "body", "word"),
    [
        (500, b"broken", "HTTP 500"),
        (200, b"<html><title>Just a moment...</title></html>", "Cloudflare challenge"),
        (404, b"", "not_found"),
        (200, b"", "empty"),
    ],
)
def test_a_failing_day_keeps_the_last_good_data_and_the_other_sources(
    make_source: MakeSource, tmp_path: Path, httpserver: HTTPServer, status: int, body: bytes, word: str
) -> None:
    ailing = make_source("rates/ailing", lists=(httpserver.url_for("/a.csv"),))
    sound = make_source("rates/sound", lists=(httpserver.url_for("/b.csv"),))
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_oneshot_request("/a.csv").respond_with_data(GOOD)
    httpserver.expect_request("/b.csv").respond_with_data(GOOD)
    archive = Archive(tmp_path / "archive")
    client = LiveClient(allow_private=True, delay_seconds=0)
    assert all(outcome.ok for outcome in collect_all([ailing, sound], client, archive, run_id="day1"))
    httpserver.expect_request("/a.csv").respond_with_data(body, status=status)
    ailing_now, sound_now = collect_all([ailing, sound], client, archive, run_id="day2")
    assert not ailing_now.ok
    assert word in str(ailing_now.reason)
    assert "/a.csv" in str(ailing_now.reason)
    assert len(rates(ailing_now)) == 2, "the last good data stay"
    assert sound_now.ok
    assert len(rates(sound_now)) == 2


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            b"<html><title>Just a moment...</title></html>",
            "blocked: https://example.org/rates.csv: Cloudflare",
        ),
        (b" ", "empty: https://example.org/rates.csv: the answer is empty"),
    ],
)
def test_a_bundled_page_is_judged_like_a_live_answer(
    make_source: MakeSource, tmp_path: Path, body: bytes, reason: str
) -> None:
    pages = (URL, "2026-03-01T00:00:00Z", GOOD), (URL, "2026-04-01T00:00:00Z", body)
    outcome = collect(make_source(pages=pages), ReplayClient(), Archive(tmp_path / "archive"), run_id="r1")
    assert str(outcome.reason).startswith(reason)
    assert len(rates(outcome)) == 2, "the last good data stay"


def test_a_platform_that_raises_is_that_source_alone(make_source: MakeSource, tmp_path: Path) -> None:
    broken = make_source("rates/broken", platform="no_such_system")
    with pytest.raises(SourceError, match="unknown platform 'no_such_system'"):
        from_archive(broken, Archive(tmp_path / "archive")).records or load_platform(broken)


def load_platform(source: Source) -> None:
    from scrapers import platforms

    platforms.load(source.platform)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("colour", "red", "colour: Extra inputs are not permitted"),
        ("publisher", None, "publisher: Input should be"),
        ("summary", "thin", "summary: String should have at least 50 characters"),
        ("place", "4403", "place: String should match pattern"),
    ],
)
def test_a_wrong_source_file_is_refused_by_name(
    make_source: MakeSource, key: str, value: object, message: str
) -> None:
    with pytest.raises(SourceError, match=message) as refused:
        make_source(**{key: value})
    assert "source.yml" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_bundled_page_that_is_not_there_is_named(make_source: MakeSource) -> None:
    source = make_source(pages=((URL, "2026-03-01T00:00:00Z", GOOD),))
    (source.folder / "pages" / "0.bin").unlink()
    with pytest.raises(SourceError, match=r"0\.bin is not there"):
        load(source.folder).pages()
