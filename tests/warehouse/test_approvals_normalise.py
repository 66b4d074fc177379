"""Filings to core tables: one row a number, the earliest page as first seen, faults put right, rows that end."""

import datetime as dt
from typing import Any

import pytest

from scrapers import collect
from scrapers.records import Filing, Ground, Landed, Origin
from scrapers.source import SOURCES, load
from warehouse.normalise import Landing
from warehouse.normalise.approvals import tables
from warehouse.resolve import corrections, organisations


def landed(source: str, day: str, **values: Any) -> Landed:
    known = {
        "kind": "filing",
        "model_name": "甲大模型",
        "entity_name": "甲有限公司",
        "province": "北京市",
    } | values
    seen = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
    return Landed(
        record=Filing(**known, ground=Ground(quote="q", locator="row 1")),
        origin=Origin(
            source_id=f"approvals/{source}",
            source_url=f"https://example.org/{source}",
            capture_sha256="0" * 64,
            capture_kind="reconstructed",
            observed_at=seen,
            observed_until=seen,
            parser_version="1",
        ),
    )


def filings(*records: Landed) -> list[dict[str, Any]]:
    return tables(Landing(records, ()))["core_approvals__filings"].to_dicts()


def test_a_provincial_notice_is_first_seen_and_the_national_row_is_kept() -> None:
    number = "Fujian-JiaDaMoXing-202608010021"
    (row,) = filings(
        landed(
            "fujian", "2026-09-08", filing_number=number.upper().replace("FUJIAN", "FuJian"), model_name="甲"
        ),
        landed("cac_national", "2026-11-10", filing_number=number, serial=1106, batch="2026-10"),
    )
    assert (row["filing_number"], row["model_name"], row["serial"]) == (number, "甲大模型", 1106)
    assert row["source_id"] == "approvals/cac_national"
    assert row["first_seen_at"] == dt.datetime(2026, 9, 8)
    assert row["last_seen_at"] == dt.datetime(2026, 11, 10)


def test_a_cancelled_row_ends_and_stays() -> None:
    number = "Beijing-Jia-202501010001"
    (row,) = filings(
        landed("cac_national", "2026-01-01", filing_number=number),
        landed("beijing", "2026-02-01", filing_number=number, cancelled_date=dt.date(2026, 1, 20)),
    )
    assert row["cancelled_date"] == dt.date(2026, 1, 20)


def test_the_cut_number_is_made_whole_and_the_print_is_kept() -> None:
    cut = "Jiangsu-SiWeiXiangLiangZhiSuanYun-"
    (row,) = filings(
        landed("cac_national", "2026-01-01", filing_number=cut, kind="registration"),
        landed("jiangsu", "2026-02-01", filing_number=cut + "20251029S0033", kind="registration"),
    )
    assert row["filing_number"] == cut + "20251029S0033"
    assert "line break" in row["correction"]
    assert row["printed"] == "q"


def test_a_doubt_stays_beside_the_printed_value() -> None:
    (row,) = filings(
        landed(
            "cac_national",
            "2026-01-01",
            filing_number="ZheJiang-BlackEye-202410250014",
            entity_name="当虹科技",
        )
    )
    assert (row["entity_name"], row["correction"]) == ("当虹科技", None)
    assert "cut short" in row["doubt"]


def test_every_known_fault_is_a_row_of_the_list() -> None:
    """A line of the table that meets no row is a slip, or the list was put right at its source."""
    source = load(SOURCES / "approvals" / "cac_national")
    printed = {
        record.filing_number.lower(): record
        for record in collect.bundled_records(source)
        if isinstance(record, Filing) and record.filing_number
    }
    for number, faults in corrections.corrections().items():
        row = printed[number]
        for fault in faults:
            assert fault.printed in row.ground.quote, (number, fault)
            now = getattr(row, fault.field)
            assert now in (fault.printed, fault.corrected), (number, fault)


def test_an_algorithm_ends_with_the_notice_and_keeps_its_list_row() -> None:
    number = "网信算备110108823483901240085号"
    algorithm = {
        "kind": "deep_synthesis_algorithm",
        "filing_number": number,
        "entity_name": "北京抖音信息服务有限公司",
    }
    found = tables(
        Landing(
            (
                landed("cac_deep_synthesis", "2024-08-05", **algorithm, model_name="甲算法", product="甲(APP)"),
                landed("algorithm_cancellations", "2025-07-14", **algorithm, cancelled_date=dt.date(2025, 7, 14)),
                landed("cac_deep_synthesis", "2024-08-05", **algorithm | {"filing_number": "网信算备110108823483901240093号", "entity_name": "乙有限公司"}),
            ),
            (),
        )
    )["core_approvals__algorithms"].to_dicts()  # fmt: skip
    ended = next(row for row in found if row["filing_number"] == number)
    assert (ended["product"], ended["cancelled_date"]) == ("甲(APP)", dt.date(2025, 7, 14))
    assert {row["entity_group"] for row in found} == {"ByteDance 字节跳动"}, "joined by the subject code"


@pytest.mark.parametrize(
    ("entity", "now"),
    [
        ("北京智谱华章科技有限公司", "北京智谱华章科技股份有限公司"),
        ("滴滴出行(北京)网络平台技术有限公司", "滴滴出行（北京）网络平台技术有限公司"),
        (None, None),
    ],
)
def test_one_name_a_firm(entity: str | None, now: str | None) -> None:
    assert organisations.current_name(entity) == now


@pytest.mark.parametrize(
    "entity",
    ["京东方科技集团股份有限公司", "上海派特智谱网络科技有限公司", "芯安微众（上海）微电子技术有限公司"],
)
def test_a_name_inside_a_name_joins_no_group(entity: str) -> None:
    assert organisations.group_of(entity) is None
