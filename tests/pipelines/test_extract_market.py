"""`chipwatch extract --kind market` on answers handed in without their platform: read by the fields they have."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.extract import extract_file

DAY = dt.date(2024, 5, 20)


def offers(folder: Path, name: str, content: object, **options: Any) -> list[dict[str, Any]]:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False))
    return [row for row in extract_file(file, "market", day=DAY, **options) if row["record"] == "offer"]


def brief(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [
        (r["chip_family"], r["chips_per_offer"], r["price_value"], r["price_unit"], r["quantity_idle"])
        for r in rows
    ]


MACHINES = {
    "code": "Success",
    "data": {
        "max_page": 1,
        "list": [
            {"machine_id": "a1", "region_name": "西北B区", "gpu_name": "RTX 4090", "gpu_order_num": 3, "payg_price": 1880},
            {"machine_id": "b2", "region_name": "西北B区", "gpu_name": "vGPU-48GB", "gpu_order_num": 1, "payg_price": 2720},
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("platform", ["", "autodl_machines"])
def test_thousandths_of_a_yuan(tmp_path: Path, platform: str) -> None:
    assert brief(offers(tmp_path, "answer.json", MACHINES, platform=platform)) == [
        ("nvidia-rtx-4090", 1, 1.88, "CNY/gpu-hour", 3),
        (None, 1, 2.72, "CNY/gpu-hour", 1),
    ]


def test_a_staged_answer_stays_mock(tmp_path: Path) -> None:
    staged = MACHINES | {"msg": "mock data"}
    assert {row["offer_kind"] for row in offers(tmp_path, "answer.json", staged)} == {"mock"}


def test_free_cards_by_pool_and_zone(tmp_path: Path) -> None:
    answer = {"RetCode": 0, "GpuInventoryByZone": {"Exclusive": {"cn-wlcb-01": {"4090": 12, "A800": 0}}}}
    rows = offers(tmp_path, "answer.json", answer)
    assert [(r["chip_family"], r["quantity_idle"], r["availability"], r["region"]) for r in rows] == [
        ("nvidia-rtx-4090", 12, "in_stock", "cn-wlcb-01"),
        ("nvidia-a800", 0, "sold_out", "cn-wlcb-01"),
    ]


def test_an_undocumented_unit_gives_no_price(tmp_path: Path) -> None:
    device = {
        "device_name": "H20 x 8", "gpu_name": "H20", "gpu_count": 8, "gpu_memory": 786432,
        "regions": [{"region": "r1", "region_name": "某地", "price": 16416, "discount_price": 15000, "inventory": 2}],
    }  # fmt: skip
    rows = offers(tmp_path, "answer.json", {"code": "0000", "data": {"results": [device]}})
    assert {(r["chip_family"], r["price_value"], r["quantity_idle"], r["memory_gib"]) for r in rows} == {
        ("nvidia-h20", None, 2, 96)
    }


def test_dollar_catalogues(tmp_path: Path) -> None:
    vast = {"offers": [{"id": 7, "gpu_name": "RTX 4090", "gpu_ram": 24564, "num_gpus": 2, "dph_total": 0.8}]}
    assert brief(offers(tmp_path, "v.json", vast)) == [("nvidia-rtx-4090", 2, 0.8, "USD/instance-hour", None)]
    kinds = {
        "data": {"gpu_8x_a100_80gb": {"instance_type": {"price_cents_per_hour": 1440, "specs": {"gpus": 8}}}}
    }
    assert brief(offers(tmp_path, "l.json", kinds)) == [("nvidia-a100", 8, 14.4, "USD/instance-hour", None)]
    catalogue = (
        "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,Region,GpuInfo,SpotPrice\n"
        "gpu_4x_a6000,A6000,4.0,56.0,400.0,3.2,us-east-1,"
        "\"{'Gpus': [{'Name': 'A6000', 'Count': 4, 'MemoryInfo': {'SizeInMiB': 49152}}]}\",\n"
    )
    (row,) = offers(tmp_path, "vms.csv", catalogue)
    assert (row["chip_family"], row["chips_per_offer"], row["price_value"]) == ("nvidia-rtx-a6000", 4, 3.2)
    assert row["platform_id"] is None, "several sellers publish such files"


def test_a_number_without_a_currency_is_printed_without_a_price(tmp_path: Path) -> None:
    (row,) = offers(tmp_path, "x.json", [{"gpu": "H100", "hourly": 2.5, "region": "上海"}])
    assert row["price_cny_per_gpu_hour"] is None
    assert row["issues"]
