"""Pages of authorities and curated events: one event, with the pages as its documents."""

import datetime as dt

import pytest

from scrapers import platforms
from scrapers.captures import Capture
from scrapers.issues import Issue
from scrapers.records import Ground, Landed, Origin, Restriction
from scrapers.source import SOURCES, load
from warehouse.normalise import Landing
from warehouse.normalise.restrictions import tables


def landed(kind: str = "live", url: str = "https://example.org/a", **fields: object) -> Landed:
    record = Restriction(
        **{"event_id": "X", "jurisdiction": "CN", "title": "T", "ground": Ground(quote="q", locator="l")}
        | fields  # type: ignore[arg-type]
    )
    moment = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    origin = Origin(
        source_id="restrictions/x", source_url=url, capture_sha256="0", capture_kind=kind,  # type: ignore[arg-type]
        observed_at=moment, observed_until=moment, parser_version="1",
    )  # fmt: skip
    return Landed(record, origin)


def made(*records: Landed) -> tuple[list[str], list[tuple[str, str]]]:
    frames = tables(Landing(records=list(records), captures=[]))
    events = frames["core_restrictions__events"]["event_id"].to_list()
    documents = frames["core_restrictions__event_documents"].select("event_id", "match_basis").rows()
    return events, documents


CURATED = landed(
    "curated", event_id="EV1", document_number="Announcement 70 of 2025", announced_date=dt.date(2025, 11, 7)
)
LAPSE = landed(
    "curated", event_id="EV2", document_number="Announcement 70 of 2025", announced_date=dt.date(2026, 11, 10)
)


def test_a_page_with_the_number_of_an_event_is_its_document() -> None:
    page = landed(
        event_id="X-1", document_number="商务部海关总署公告2025年第70号", announced_date=dt.date(2025, 11, 7)
    )
    assert made(CURATED, page) == (["EV1"], [("EV1", "number")])


def test_it_is_no_document_of_the_lapse_a_year_later() -> None:
    page = landed(event_id="X-1", document_number="公告2025年第70号", announced_date=dt.date(2025, 11, 7))
    assert made(CURATED, LAPSE, page) == (["EV1", "EV2"], [("EV1", "number")])
    said = landed(
        "curated", event_id="EV2", document_number="Announcement 70 of 2025",
        announced_date=dt.date(2025, 11, 7), effective_date=dt.date(2026, 11, 11),
    )  # fmt: skip
    assert made(CURATED, said, page) == (["EV1", "EV2"], [("EV1", "number")])


def test_a_reviewed_page_without_a_number_names_its_events() -> None:
    page = landed(event_id="X-2", links="describes EV1,EV2")
    assert made(CURATED, LAPSE, page) == (["EV1", "EV2"], [("EV1", "reviewed"), ("EV2", "reviewed")])


def test_a_page_nobody_knows_is_an_event_marked_as_not_reviewed() -> None:
    page = landed(event_id="X-3", document_number="公告2027年第3号")
    frames = tables(Landing(records=[CURATED, page], captures=[]))
    row = frames["core_restrictions__events"].filter(event_id="X-3").to_dicts()[0]
    assert row["status_note"] == "read by machine, not reviewed"
    assert made(CURATED, page)[1] == [("X-3", "none")]


@pytest.mark.parametrize("name", ["bis_press", "mofcom", "samr", "cac", "gacc"])
def test_an_unreviewed_page_raises_an_issue_and_a_reviewed_one_none(name: str) -> None:
    source = load(SOURCES / "restrictions" / name)
    reader = platforms.load(source.platform)
    for page in source.pages():
        capture = Capture(
            source_id=source.id, url=page.url, role="list" if page.file == "list.html" else "document",
            fetched_at=page.fetched_at, content=(source.folder / "pages" / page.file).read_bytes(),
            capture_kind="reconstructed", content_type=page.content_type,
        )  # fmt: skip
        items = list(reader.parse(source, capture))
        bad = [item for item in items if isinstance(item, Issue) and item.level != "info"]
        assert not bad, page.file
        assert capture.role == "list" or any(isinstance(item, Restriction) for item in items), page.file
        if capture.role == "list":
            led = {request.url for request in reader.links(source, capture)}  # type: ignore[attr-defined]
            assert led == {other.url for other in source.pages()} - {page.url}
    unknown = source.model_copy(update={"options": {}})
    document = next(page for page in source.pages() if page.file != "list.html")
    capture = Capture(
        source_id=source.id, url=document.url, role="document", fetched_at=document.fetched_at,
        content=(source.folder / "pages" / document.file).read_bytes(), capture_kind="live",
    )  # fmt: skip
    codes = [item.code for item in reader.parse(unknown, capture) if isinstance(item, Issue)]
    assert ("new-announcement" in codes) == (name in ("samr", "cac"))
