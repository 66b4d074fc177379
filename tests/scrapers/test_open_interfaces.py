"""The requests sent to open interfaces follow their documentation to the letter, and their answers are read."""

import datetime as dt
import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from scrapers import platforms
from scrapers.captures import Capture
from scrapers.issues import Issue
from scrapers.records import Fact, Policy, Rate, Restriction
from scrapers.source import Source, discover

SOURCES = {source.id: source for source in discover()}


def asked(source_id: str) -> list[tuple[str, list[tuple[str, str]]]]:
    source = SOURCES[source_id]
    addresses = [request.address for request in platforms.load(source.platform).requests(source)]
    return [
        (address.split("?")[0], parse_qsl(urlsplit(address).query, keep_blank_values=True))
        for address in addresses
    ]


def answer(source_id: str, content: object) -> Capture:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Capture(
        source_id=source_id,
        url="https://x.test/",
        role="list",
        fetched_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
        content=body,
        capture_kind="live",
    )


def read(source_id: str, content: object) -> list[object]:
    source: Source = SOURCES[source_id]
    return list(platforms.load(source.platform).parse(source, answer(source_id, content)))


def test_federal_register_request() -> None:
    ((url, params),) = asked("restrictions/federal_register")
    assert url == "https://www.federalregister.gov/api/v1/documents.json"
    assert params[:6] == [
        ("conditions[agencies][]", "industry-and-security-bureau"),
        ("conditions[type][]", "RULE"),
        ("conditions[type][]", "PRORULE"),
        ("conditions[type][]", "NOTICE"),
        ("conditions[publication_date][gte]", "2022-08-01"),
        ("order", "newest"),
    ]
    assert ("per_page", "1000") in params
    assert {value for name, value in params if name == "fields[]"} >= {
        "document_number",
        "effective_on",
        "dates",
        "citation",
        "abstract",
    }


def test_federal_register_follows_the_next_page_it_names() -> None:
    source = SOURCES["restrictions/federal_register"]
    links = platforms.load(source.platform).links  # type: ignore[attr-defined]
    following = "https://www.federalregister.gov/api/v1/documents.json?page=2&per_page=1000"
    assert [r.address for r in links(source, answer(source.id, {"next_page_url": following}))] == [following]
    assert list(links(source, answer(source.id, {"results": []}))) == []


def test_federal_register_reads_what_bears_on_chips() -> None:
    item = {
        "document_number": "2026-12345", "title": "Advanced Computing Items:\n Corrections", "type": "Rule",
        "publication_date": "2026-10-02", "effective_on": "2026-10-05", "dates": "Effective October 5, 2026.",
        "citation": "91 FR 9", "html_url": "https://www.federalregister.gov/d/2026-12345", "abstract": "Text.",
    }  # fmt: skip
    event, note = read(
        "restrictions/federal_register", {"results": [item, item | {"title": "Fees", "abstract": "Fees."}]}
    )
    assert isinstance(event, Restriction)
    assert (event.event_id, event.announced_date, event.effective_date) == (
        "FR-2026-12345",
        dt.date(2026, 10, 2),
        dt.date(2026, 10, 5),
    )
    assert event.document_number == "91 FR 9; FR 2026-12345"
    assert event.title == "Advanced Computing Items: Corrections"
    assert isinstance(note, Issue)


def test_ecfr_request_and_sentinel() -> None:
    assert asked("restrictions/ecfr_supplement") == [
        ("https://www.ecfr.gov/api/versioner/v1/versions/title-15.json", [("part", "774")])
    ]
    version = {"identifier": "Supplement No. 1 to Part 774", "substantive": True}
    other = {"identifier": "774.1", "date": "2027-01-01", "substantive": True}
    items = read(
        "restrictions/ecfr_supplement",
        {"content_versions": [version | {"date": "2026-01-15"}, version | {"date": "2027-02-03"}, other]},
    )
    issues = [item for item in items if isinstance(item, Issue)]
    assert [issue.code for issue in issues] == ["unreviewed-version"]
    assert "2027-02-03" in issues[0].message
    assert [item.values["is_reviewed"] for item in items if isinstance(item, Fact)] == ["true", "false"]


def test_screening_list_request_and_footnote() -> None:
    assert asked("restrictions/consolidated_screening_list") == [
        ("https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.json", [])
    ]
    entry = {
        "id": "1",
        "name": "Moore Threads Technology Co., Ltd.",
        "license_requirement": "For all items subject to the EAR (See §§ 734.9(e) and 744.11 of the EAR)4",
    }
    (fact,) = read(
        "restrictions/consolidated_screening_list",
        {"results": [entry, {"id": "2", "name": "Moorehead Ltd."}]},
    )
    assert isinstance(fact, Fact)
    assert fact.values["footnote"] == "4"


def test_fed_request_and_gaps() -> None:
    assert asked("rates/fed_g5") == [("https://fred.stlouisfed.org/graph/fredgraph.csv", [("id", "EXCHUS")])]
    rates = read("rates/fed_g5", b"observation_date,EXCHUS\n2026-01-01,6.97\n2026-02-01,.\n")
    assert [(r.month, r.cny_per_usd) for r in rates if isinstance(r, Rate)] == [(dt.date(2026, 1, 1), 6.97)]


@pytest.mark.parametrize("body", [b"<html>", b"DATE,X\n2026-01-07,1\n"])
def test_a_series_of_another_form_gives_no_rate(body: bytes) -> None:
    assert not [r for r in read("rates/fed_g5", body) if isinstance(r, Rate)]


def test_epoch_requests_and_moving_columns() -> None:
    assert asked("restrictions/epoch_hardware") == [("https://epoch.ai/data/ml_hardware.csv", [])]
    assert asked("restrictions/epoch_clusters") == [("https://epoch.ai/data/gpu_clusters.csv", [])]
    old = b"Memory size per board (Byte),Hardware name,Manufacturer,Release date\n80000000000,NVIDIA H100,NVIDIA,2023-03-21\n"
    items = read("restrictions/epoch_hardware", old)
    (fact,) = [item for item in items if isinstance(item, Fact)]
    assert fact.values["memory_gib"] == "80"
    assert {i.code for i in items if isinstance(i, Issue)} == {"missing-column"}


def test_policy_library_request_and_answer() -> None:
    requests = asked("policy/govcn_library")
    assert {url for url, _ in requests} == {"https://sousuo.www.gov.cn/search-gov/data"}
    assert requests[0][1][:3] == [("t", "zhengcelibrary"), ("q", "算力券"), ("timetype", "timeqb")]
    hit = {
        "title": "关于<em>算力券</em>的通知",
        "pcode": "工信部〔2026〕1号",
        "puborg": "工业和信息化部",
        "pubtimeStr": "2026.01.07",
        "summary": "",
        "url": "https://www.gov.cn/x.htm",
    }
    (policy,) = read("policy/govcn_library", {"searchVO": {"catMap": {"bumenfile": {"listVO": [hit]}}}})
    assert isinstance(policy, Policy)
    assert (policy.title, policy.published_date, policy.instruments) == (
        "关于算力券的通知",
        dt.date(2026, 1, 7),
        ("compute_voucher",),
    )
