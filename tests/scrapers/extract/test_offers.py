"""Every trap of market pages has a line here: what is written, and what must be read from it."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.documents import Context, Document, Table
from scrapers.extract import offers
from scrapers.extract.offers import PRICE_UNITS, prices, units
from scrapers.issues import Issue
from scrapers.records import Offer

RATES = {"2024-01": 7.1}


def read(text: str = "", tables: list[Table] | None = None, **options: object) -> list[Offer | Issue]:
    context = Context(document_key="t", date=dt.date(2026, 7, 15), options={"rates": RATES, **options})
    return list(offers.read(Document(text=text, tables=tables or []), context))


def found(text: str = "", tables: list[Table] | None = None, **options: object) -> list[Offer]:
    return [r for r in read(text, tables, **options) if isinstance(r, Offer)]


def issues(text: str = "", **options: object) -> list[str]:
    return [r.code for r in read(text, **options) if isinstance(r, Issue)]


def one(text: str, **options: object) -> Offer:
    (offer,) = found(text, **options)
    return offer


def near(value: float | None, wanted: float) -> bool:
    return value is not None and abs(value - wanted) <= 0.005 * wanted


@pytest.mark.parametrize(
    ("line", "unit", "cards", "rate", "rule"),
    [
        ("RTX 4090 1.98元/卡时", "CNY/gpu-hour", 1, 1.98, "explicit_unit"),
        ("RTX 4090 1.98元/卡/小时", "CNY/gpu-hour", 1, 1.98, "explicit_unit"),
        ("RTX 4090 1.98 元/卡·时", "CNY/gpu-hour", 1, 1.98, "explicit_unit"),
        ("V100 卡小时单价 2元/卡小时", "CNY/gpu-hour", 1, 2, "explicit_unit"),
        ("RTX 4090 ￥1.98/时", "CNY/gpu-hour", 1, 1.98, "convention"),
        ("A100 40G 8卡 237.51元/时", "CNY/server-hour", 8, 29.689, "sku_count"),
        ("双卡 RTX PRO 6000 11.96元/小时", "CNY/instance-hour", 2, 5.98, "sku_count"),
        ("A100 80G 8卡 包月 114016元", "CNY/server-month", 8, 19.523, "sku_count"),
        ("910B 单卡 8,500-9,500元/月", "CNY/gpu-month", 1, 11.644, "explicit_unit"),
        ("MLU590 7000元/卡/月", "CNY/gpu-month", 1, 9.589, "explicit_unit"),
        ("H100 75000元/台/月", "CNY/server-month", 8, 12.842, "explicit_unit"),
        ("H100 7.5万元/台/月", "CNY/server-month", 8, 12.842, "explicit_unit"),
        ("H100 7.5万/台/月", "CNY/server-month", 8, 12.842, "explicit_unit"),
        ("H100 7.5万元/8卡整机/月", "CNY/server-month", 8, 12.842, "explicit_unit"),
        ("8*H100 - 75000/月", "CNY/server-month", 8, 12.842, "sku_count"),
        ("八卡 5090 1.2万/月", "CNY/server-month", 8, 2.0548, "sku_count"),
        ("H100×8 月租7.5w", "CNY/server-month", 8, 12.842, "sku_count"),
        ("HGX H100 7.5万/月", "CNY/server-month", 8, 12.842, "sku_count"),
        ("4090 整机 七八千/月", "CNY/server-month", 8, 1.1986, "sku_count"),
        ("4090 整机一万二一个月", "CNY/server-month", 8, 2.0548, "sku_count"),
        ("H800 5万8一个月", "CNY/server-month", 8, 9.9315, "convention"),
        ("H100 7.6 万", "CNY/server-month", 8, 13.0137, "plausibility"),
        ("H200 35万元/颗/年", "CNY/gpu-year", 1, 39.954, "explicit_unit"),
        ("H100 8卡 165万元/台/年", "CNY/server-year", 8, 23.545, "explicit_unit"),
        ("A100 500元/卡/天", "CNY/gpu-day", 1, 20.833, "explicit_unit"),
        ("A100 CNY 1200/Machine/Day", "CNY/server-day", 8, 6.25, "explicit_unit"),
        ("RMB 1.5/V100·HOUR", "CNY/gpu-hour", 1, 1.5, "explicit_unit"),
        ("RunPod 8x A100 80GB $15.92/hr", "USD/server-hour", 8, 14.129, "sku_count"),
        ("H100 SXM from $1.99 per GPU hour", "USD/gpu-hour", 1, 14.129, "explicit_unit"),
        ("RTX 4090 8卡机 1.98元/小时", "CNY/gpu-hour", 1, 1.98, "plausibility"),
    ],
)
def test_units_and_price_basis(line: str, unit: str, cards: int, rate: float, rule: str) -> None:
    offer = one(line)
    assert (offer.price_unit, offer.chips_per_offer, offer.price_basis_rule) == (unit, cards, rule)
    assert near(offer.price_cny_per_gpu_hour, rate)
    assert offer.quarantine is None
    assert offer.price_unit in PRICE_UNITS


def test_a_source_says_whose_prices_are_where_the_page_does_not() -> None:
    assert one("A100 2.00元/卡时", tier="internal").price_tier == "internal"
    assert one("A100 2.00元/卡时").price_tier is None


def test_platform_default_decides_before_plausibility() -> None:
    offer = one("H100 16000/月", unit="CNY/gpu-month")
    assert (offer.price_basis_rule, offer.chips_per_offer) == ("platform_default", 1)
    assert near(offer.price_cny_per_gpu_hour, 21.918)


def test_heading_gives_the_unit_of_bare_numbers() -> None:
    got = found("单位：元/卡时\nRTX 4090：1.98\nRTX 3090：1.2\n")
    assert [(o.chip_family, o.price_cny_per_gpu_hour, o.price_basis_rule) for o in got] == [
        ("nvidia-rtx-4090", 1.98, "header"),
        ("nvidia-rtx-3090", 1.2, "header"),
    ]


def test_unit_is_taken_from_the_last_item() -> None:
    got = found("H100 7.6 万、4090 1.3 万、5090 1.2 万/月")
    assert [(o.chip_family, o.price_value, o.price_unit) for o in got] == [
        ("nvidia-h100", 76000, "CNY/server-month"),
        ("nvidia-rtx-4090", 13000, "CNY/server-month"),
        ("nvidia-rtx-5090", 12000, "CNY/server-month"),
    ]


def test_wan_of_the_last_item_scales_bare_numbers() -> None:
    assert [o.price_value for o in found("H100 7.6、4090 1.3、5090 1.2万/月")] == [76000, 13000, 12000]


def test_chip_on_its_own_line_over_its_prices() -> None:
    got = found("RTX 4090 24GB\n￥1.98/时\n空闲 3/2686\n\nRTX 3090\n￥1.2/时")
    assert [(o.chip_family, o.price_value, o.quantity_idle, o.quantity_total) for o in got] == [
        ("nvidia-rtx-4090", 1.98, 3, 2686),
        ("nvidia-rtx-3090", 1.2, None, None),
    ]


def test_card_and_node_quotations_agree() -> None:
    pairs = [
        ("RunPod A100 80GB $1.99/GPU/hr", "RunPod 8x A100 80GB $15.92/hr"),
        ("H20 96G 9.4元/卡时", "H20 96G 8卡 5.5万/月"),
        ("RTX PRO 6000 5.98元/时", "双卡 RTX PRO 6000 11.96元/时"),
        ("Blackwell RTX PRO 5000 72GB 2500元/卡/月", "RTX PRO 5000 72GB 8卡 2万元/台/月"),
        ("RTX 4090 1.2元/卡时", "RTX 4090 整机 7000元/月"),
    ]
    for card, node in pairs:
        by_card, by_node = one(card).price_cny_per_gpu_hour, one(node).price_cny_per_gpu_hour
        assert by_card is not None
        assert by_node is not None
        assert abs(by_card - by_node) <= 0.03 * by_card


def test_card_and_node_in_one_line() -> None:
    node, card = found("H20 96G 8卡 5.5万/月 或 9.4元/卡时")
    assert (node.chips_per_offer, card.chips_per_offer) == (8, 1)
    assert near(node.price_cny_per_gpu_hour, 9.418)
    assert near(card.price_cny_per_gpu_hour, 9.4)


def test_year_for_month_is_quarantined() -> None:
    offer = one("H100 年租赁价格 7万")
    assert (offer.price_unit, offer.quarantine) == ("CNY/server-year", "month-as-year")
    assert "implausible-price" in issues("H100 年租赁价格 7万")


@pytest.mark.parametrize(
    "line", ["H200 283万元/台", "H800 整机 24.375万元/台", "RTX 4090 24G 售价 15999元", "H100 采购价 25万/张"]
)
def test_a_price_per_server_without_a_month_is_a_purchase(line: str) -> None:
    offer = one(line)
    assert offer.offer_kind == "purchase"
    assert offer.price_cny_per_gpu_hour is None


@pytest.mark.parametrize("line", ["H100 服务器 48,384万元, 5年", "H100 5台 1656万元"])
def test_a_total_has_no_rate(line: str) -> None:
    offer = one(line)
    assert offer.price_cny_per_gpu_hour is None
    assert offer.offer_kind == "purchase"


def test_pflops_year_stays_without_a_rate() -> None:
    offer = one("昇腾910B 算力 5万元/P/年")
    assert (offer.price_unit, offer.price_cny_per_gpu_hour) == ("CNY/pflops-year", None)
    assert "no-unit" in issues("昇腾910B 算力 5万元/P/年")


def test_a_number_without_a_unit_is_never_guessed() -> None:
    offer = one("RTX 4090 价格 1.98元")
    assert (offer.price_unit, offer.price_cny_per_gpu_hour) == (None, None)
    assert "no-unit" in issues("RTX 4090 价格 1.98元")


def test_lost_dollar_and_zero() -> None:
    offer = one(r"RTX 4090 \.34/hr")
    assert (offer.price_value, offer.currency) == (0.34, "USD")
    assert "lost-currency" in issues(r"RTX 4090 \.34/hr")


def test_dollars_need_a_rate() -> None:
    (record,) = [
        r
        for r in offers.read(
            Document(text="H100 $2.00/hr"), Context(document_key="t", date=dt.date(2026, 7, 1))
        )
        if isinstance(r, Offer)
    ]
    assert (record.price_value, record.currency, record.price_cny_per_gpu_hour) == (2.0, "USD", None)


def test_dollars_are_changed_at_the_rate_of_the_month_or_the_last_before() -> None:
    offer = one("H100 $2.00/hr", rates={"2026-06": 6.8, "2026-07": 6.7, "2026-08": 6.0})
    assert offer.price_cny_per_gpu_hour == pytest.approx(13.4)
    earlier = one("H100 $2.00/hr", rates={"2026-05": 6.9, "2026-08": 6.0})
    assert earlier.price_cny_per_gpu_hour == pytest.approx(13.8)


def test_currency_slip_in_a_column() -> None:
    table = Table(
        [
            ["机型", "GPU", "卡数", "价格（美元/小时）"],
            ["GN8.L", "P40", "1", "1.98 美元/小时"],
            ["GN8.7X", "P40", "4", "8.01 元/小时"],
        ],
        "table 1",
    )
    right, slipped = found(tables=[table])
    assert (right.currency, right.quarantine) == ("USD", None)
    assert (slipped.currency, slipped.quarantine) == ("USD", "currency")


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("910C 卖方报 6.2万/月，买方出价 5.3万/月", ["ask", "bid"]),
        ("求租 8卡H100 预算6万/月", ["bid"]),
        ("求 10台 8卡A100 3.5万/台/月", ["bid"]),
        ("示例：H100 18.8 元/卡/小时", ["mock"]),
        ("H100 18.8元/卡/小时 北方智算中心", ["mock"]),
        ("H100 租赁成本测算 15元/卡时", ["estimate"]),
        ("K100 预估 3.5-4.5万/台/月", ["estimate"]),
        ("A100 80G 市场均价 15.1元/卡时", ["index"]),
        ("H100 主流报价区间 7.5-8万/台/月", ["index"]),
        ("RTX 4090 现货 0.7万/台/月", ["ask"]),
        ("RTX 4090 mock price 2元/卡时", ["mock"]),
        ("A800 已剔除：2元/卡时", ["estimate"]),
    ],
)
def test_kinds(line: str, kinds: list[str]) -> None:
    assert [o.offer_kind for o in found(line)] == kinds


def test_a_heading_types_the_lines_below_it_until_the_next() -> None:
    got = found("## 求租\n8卡H100 6万/月\n\n## 出租\n8卡H100 7.5万/月")
    assert [o.offer_kind for o in got] == ["bid", "ask"]


def test_two_chips_behind_one_price_name_none() -> None:
    offer = one("A10/4090（24G） 1.5元/时")
    assert (offer.chip_family, offer.chip_text) == (None, "A10/4090（24G）")
    assert "ambiguous-chip" in issues("A100/H100 2.5万/月")


@pytest.mark.parametrize("line", ["vGPU-48GB 1.68元/时", "v-24g-p 1元/时", "GPU80G 4元/卡时"])
def test_hidden_chips_stay_unknown(line: str) -> None:
    offer = one(line)
    assert (offer.chip_family, offer.price_value is not None) == (None, True)
    assert "unknown-chip" in issues(line)


def test_a_slice_of_a_card_is_kept_out_of_averages() -> None:
    offer = one("1/4 T4 3.05元/时")
    assert (offer.chip_family, offer.chips_per_offer, offer.quarantine) == ("nvidia-t4", None, "fraction")
    assert near(offer.price_cny_per_gpu_hour, 12.2)


def test_wrong_maker() -> None:
    assert one("壁仞 天垓100 1.49元/卡时").chip_family == "iluvatar-bi-v100"


@pytest.mark.parametrize(
    ("line", "bound"),
    [
        ("RTX 4090 1.88元/时起", "from"),
        ("RTX 4090 低至1.88元/时", "from"),
        ("H100 约7.5万/台/月", "about"),
        ("H100 ≈7.5万/台/月", "about"),
        ("H100 12万+/台/月", "from"),
        ("H100 7.5-8.0万/台/月", "range"),
        ("H100 7.5～8.0万/台/月", "range"),
        ("H100 7.5 至 8.0 万/台/月", "range"),
        ("H100 8卡 面议", "negotiable"),
        ("H100 8卡 请以现价为准", "negotiable"),
        ("H100 8卡 7.5万/月", "exact"),
    ],
)
def test_bounds(line: str, bound: str) -> None:
    assert one(line).price_bound == bound


def test_range_keeps_both_ends_and_follows_the_low_one() -> None:
    offer = one("A100 80G 3.15-3.8万/台/月")
    assert (offer.price_value, offer.price_value_max) == (31500, 38000)
    assert near(offer.price_cny_per_gpu_hour, 5.394)


def test_negotiable_is_an_offer_without_a_price() -> None:
    offer = one("H100 8卡整机 面议 现货")
    assert (offer.price_value, offer.price_cny_per_gpu_hour, offer.availability) == (None, None, "in_stock")


def test_discounts_member_and_list_prices_stay_apart() -> None:
    listed, paid = found("RTX PRO 6000 6.29元/时 9.5折")
    assert (listed.price_tier, paid.price_tier) == ("list", "discounted")
    assert near(paid.price_value, 5.9755)
    member, original = found("RTX 4090 会员价 1.88元/时，原价 2.08元/时")
    assert (member.price_tier, original.price_tier) == ("member", "list")


def test_unclear_discount_is_an_issue_and_changes_nothing() -> None:
    assert one("RTX 4090 2.5元/小时 学生65%折扣").price_value == 2.5
    assert "unclear-discount" in issues("RTX 4090 2.5元/小时 学生65%折扣")


@pytest.mark.parametrize(
    ("line", "idle", "total", "state"),
    [
        ("RTX 4090 1.88元/时 0/1807（全租完）", 0, 1807, "sold_out"),
        ("RTX 5090 2.78元/时 218/2024 库存充足", 218, 2024, "in_stock"),
        ("RTX 4090 (601)", 601, None, "in_stock"),
        ("RTX 4090 1.88元/时 售罄", None, None, "sold_out"),
        ("H100 8卡 7.5万/月 限量购买（需申请）", None, None, "limited"),
        ("H100 8卡 7.5万/月 内测", None, None, "beta"),
        ("H100 8卡 7.5万/月 现货", None, None, "in_stock"),
        ("H100 8卡 7.5万/月 无现货", None, None, "sold_out"),
        ("H100 8卡 7.5万/月 期货 30天交付", None, None, "on_request"),
        ("H100 8卡 7.5万/月", None, None, None),
    ],
)
def test_stock(line: str, idle: int | None, total: int | None, state: str | None) -> None:
    offer = one(line)
    assert (offer.quantity_idle, offer.quantity_total, offer.availability) == (idle, total, state)


def test_stock_counted_in_servers_is_given_in_cards() -> None:
    assert one("8卡H100 7.5万/台/月 现货32台").quantity_idle == 256


def test_sold_out_keeps_its_ask() -> None:
    offer = one("RTX 4090 1.88元/时 售罄")
    assert (offer.offer_kind, offer.price_cny_per_gpu_hour) == ("ask", 1.88)


def test_term_tax_region_seller() -> None:
    offer = one("【云擎天下】H100 SXM5 80GB ×8 裸金属 含税 8.2万/月 宁夏中卫 1年起租")
    assert (offer.term, offer.is_tax_included, offer.region, offer.seller_name) == (
        "1-year",
        True,
        "宁夏",
        "云擎天下",
    )
    assert offer.chip_id == "nvidia-h100-sxm5-80gb"
    assert one("H100 8卡 7.5万/月 不含税").is_tax_included is False


@pytest.mark.parametrize(
    "line",
    [
        "服务员 20元/时 包吃住",
        "存储 300万元/PB",
        "矿机 110TH/s 算力 0.3元/T/天",
        "GPT-4 接口 0.03元/千tokens",
        "A100 是2020年发布的芯片",
        "H100 显存带宽 3.35TB/s，功耗 700W",
        "CPU 32核 128G内存 200元/月",
    ],
)
def test_false_friends_are_no_offers(line: str) -> None:
    assert [o for o in found(line) if o.chip_family and o.price_cny_per_gpu_hour] == []


@pytest.mark.parametrize(
    ("line", "family"),
    [
        ("4090 24G 128G内存 2TB NVMe 25Gbps 1.5元/卡时", "nvidia-rtx-4090"),
        ("RTX 3090 2026-07-15 更新 0.76元/卡/小时 7x24小时运维", "nvidia-rtx-3090"),
        ("4090 4090元/月/卡", "nvidia-rtx-4090"),
        ("RTX 4090 带宽 100元/月 1.5元/小时", "nvidia-rtx-4090"),
    ],
)
def test_other_numbers_are_not_prices(line: str, family: str) -> None:
    assert one(line).chip_family == family


def test_html_table_of_a_telco() -> None:
    table = Table(
        [
            [
                "规格名称",
                "vCPU",
                "内存",
                "显存",
                "显卡数",
                "显卡类型",
                "按需价格（元/小时）",
                "价格（元/月）",
            ],
            ["pi7.4xlarge", "16", "64", "64G", "1", "昇腾910B", "38.45", "18454"],
            ["g.8xlarge", "32", "256", "96G", "4", "MLU370-S4", "52.1", "24964.07"],
        ],
        "table 1",
    )
    got = found(tables=[table])
    assert [(o.chip_family, o.chips_per_offer, o.price_unit) for o in got] == [
        ("huawei-ascend-910b", 1, "CNY/gpu-hour"),
        ("huawei-ascend-910b", 1, "CNY/gpu-month"),
        ("cambricon-mlu370-s4", 4, "CNY/instance-hour"),
        ("cambricon-mlu370-s4", 4, "CNY/instance-month"),
    ]
    assert near(got[3].price_cny_per_gpu_hour, 8.5493)
    assert got[3].memory_gib == 24
    assert got[0].ground.locator == "table 1 row 2"


def test_table_of_one_chip_named_in_the_header_with_sizes_below() -> None:
    table = Table(
        [
            ["型号", "GPU (Tesla P40)", "GPU 内存", "vCPU", "内存", "按量计费"],
            ["GN8.LARGE56", "1 颗", "24 GB", "6 核", "56 GB", "1.98 美元/小时起"],
            ["GN8.7XLARGE224", "4 颗", "96 GB", "28 核", "224 GB", "8.01 美元/小时起"],
        ],
        "table 1",
    )
    one_card, four = found(tables=[table])
    assert (one_card.chip_family, four.chips_per_offer, four.price_bound) == ("nvidia-p40", 4, "from")
    assert near(four.price_cny_per_gpu_hour, 14.218)


def test_university_tiers() -> None:
    markdown = (
        "| 队列 | GPU | 校内 | 合作 | 校外 |\n|---|---|---|---|---|\n"
        "| a100 | A100 | 2元/卡时 | 3 | 4 |\n| gpu80 | GPU80G | 4元/卡时 | 6 | 8 |\n"
    )
    got = found(markdown)
    assert [(o.chip_family, o.price_tier, o.price_value) for o in got] == [
        ("nvidia-a100", "internal", 2),
        ("nvidia-a100", "partner", 3),
        ("nvidia-a100", "external", 4),
        (None, "internal", 4),
        (None, "partner", 6),
        (None, "external", 8),
    ]
    assert all(o.price_unit == "CNY/gpu-hour" for o in got)


def test_index_table() -> None:
    markdown = (
        "名称 | 价格范围 | 均价 | 单位 | 日期\n--- | --- | --- | --- | ---\n"
        "SMM-H100-80G-整机-西部-包月 | 12.8-13.7 | 13.2 | 元/卡·时 | 07-14\n"
    )
    offer = one(markdown)
    assert (offer.offer_kind, offer.price_value, offer.price_value_max) == ("index", 12.8, 13.7)
    assert (offer.chips_per_offer, offer.page_date) == (1, dt.date(2026, 7, 14))


def test_chips_across_the_header() -> None:
    got = found("型号 | A100 | V100 | T4\n---|---|---|---\n校内(元/卡时) | 2 | 1.5 | 1\n")
    assert [(o.chip_family, o.price_value, o.price_tier) for o in got] == [
        ("nvidia-a100", 2, "internal"),
        ("nvidia-v100", 1.5, "internal"),
        ("nvidia-t4", 1, "internal"),
    ]


def test_markdown_rows_point_into_the_text() -> None:
    text = "说明\n\n| GPU | 价格（元/卡时） |\n|---|---|\n| RTX 4090 | 1.98 |\n"
    offer = one(text)
    assert offer.ground.start is not None
    assert text[offer.ground.start : offer.ground.end] == offer.ground.quote
    assert "RTX 4090" in offer.ground.quote


def test_lines_point_into_the_text() -> None:
    text = "公告\n  H100 7.6 万、4090 1.3 万/月  \n"
    for offer in found(text):
        assert text[offer.ground.start : offer.ground.end] == offer.ground.quote
        assert offer.chip_text in offer.ground.quote


AUTODL = {"items": "data[].*model", "chip": "@model", "idle": "idle_gpu_num", "total": "total_gpu_num"}


def test_declared_json_with_models_as_keys() -> None:
    answer = {
        "data": [
            {"RTX 4090": {"idle_gpu_num": 3, "total_gpu_num": 2686}},
            {"RTX 3090": {"idle_gpu_num": 0, "total_gpu_num": 444}},
        ]
    }
    got = found(json.dumps(answer), records=AUTODL)
    assert [(o.chip_family, o.quantity_idle, o.quantity_total, o.availability) for o in got] == [
        ("nvidia-rtx-4090", 3, 2686, "in_stock"),
        ("nvidia-rtx-3090", 0, 444, "sold_out"),
    ]


def test_declared_divisors() -> None:
    answer = {"list": [{"gpu_name": "RTX 4090", "payg_price": 2720, "fen": 300000, "machine_id": "m1"}]}
    milli, fen = found(
        json.dumps(answer),
        records={
            "items": "list[]",
            "chip": "gpu_name",
            "key": ["machine_id"],
            "prices": [
                {"path": "payg_price", "unit": "CNY/gpu-hour", "divisor": 1000},
                {"path": "fen", "unit": "CNY/gpu-month", "divisor": 100},
            ],
        },
    )
    assert (milli.price_value, fen.price_value) == (2.72, 3000)
    assert milli.listing_key.startswith("m1|")


def test_an_undeclared_unit_means_no_price() -> None:
    answer = {
        "data": {
            "results": [
                {
                    "gpu_name": "H20",
                    "gpu_memory": 786432,
                    "gpu_count": 8,
                    "regions": [{"region_name": "河北一区", "price": 16416, "inventory": 3}],
                }
            ]
        }
    }
    declared = {
        "items": "data.results[].regions[]",
        "chip": "^gpu_name",
        "count": "^gpu_count",
        "memory": "^gpu_memory",
        "memory_unit": "MiB",
        "is_memory_total": True,
        "region": "region_name",
        "idle": "inventory",
        "prices": [{"path": "price", "unit": None}],
    }
    offer = one(json.dumps(answer), records=declared)
    assert (offer.chip_id, offer.chips_per_offer, offer.memory_gib) == ("nvidia-h20-96gb", 8, 96)
    assert (offer.price_value, offer.price_text, offer.price_cny_per_gpu_hour) == (None, "16416", None)
    assert "no-unit" in issues(json.dumps(answer), records=declared)


def test_instance_and_card_price_of_one_snapshot_agree() -> None:
    """10040 thousandths for the instance and 2510 for the card: four cards."""
    answer = {
        "origin_pay_price": 10040,
        "machine_sku": [{"current_price": 2510}],
        "gpu_name": "RTX 4090",
        "gpu_num": 4,
    }
    by_node = one(
        json.dumps(answer),
        records={
            "chip": "gpu_name",
            "count": "gpu_num",
            "prices": [{"path": "origin_pay_price", "unit": "CNY/instance-hour", "divisor": 1000}],
        },
    )
    by_card = one(
        json.dumps(answer),
        records={
            "items": "machine_sku[]",
            "chip": "^gpu_name",
            "prices": [{"path": "current_price", "unit": "CNY/gpu-hour", "divisor": 1000}],
        },
    )
    assert by_node.price_cny_per_gpu_hour == by_card.price_cny_per_gpu_hour == 2.51


def test_declared_columns_of_a_catalogue() -> None:
    table = Table(
        [
            ["gpu_name", "gpu_count", "gpu_memory", "price", "location"],
            ["A100", "8", "80", "15.92", "US"],
            ["MI300X", "1", "192", "1.99", "US"],
        ],
        "csv",
    )
    eight, single = found(
        tables=[table],
        records={
            "chip": "gpu_name",
            "count": "gpu_count",
            "memory": "gpu_memory",
            "region": "location",
            "prices": [{"path": "price", "unit": "USD/instance-hour"}],
        },
    )
    assert near(eight.price_cny_per_gpu_hour, 14.129)
    assert (single.chip_family, single.region) == ("amd-mi300x", "US")


def test_undeclared_json_with_telling_field_names() -> None:
    offer = one(
        json.dumps([{"gpu": "A100 SXM", "gpu_memory_gb": 40, "gpu_count": 8, "usd_per_hour": 21.957642}])
    )
    assert (offer.chip_id, offer.chips_per_offer) == ("nvidia-a100-sxm4-40gb", 8)
    assert near(offer.price_cny_per_gpu_hour, 19.4874)


def test_no_item_at_the_declared_path_is_an_issue() -> None:
    assert "no-items" in issues(json.dumps({"rows": []}), records=AUTODL)


@pytest.mark.parametrize(
    "options", [{"unit": "yuan"}, {"records": {"chip": "a", "prises": []}}, {"currency": "JPY"}]
)
def test_wrong_options_are_one_error(options: dict[str, object]) -> None:
    assert issues("RTX 4090 1.98元/时", **options) == ["bad-options"]


def test_listing_key_survives_a_price_change_and_tells_twins_apart() -> None:
    before, after = one("8*H100 - 75000/月"), one("8*H100 - 72000/月")
    assert before.listing_key == after.listing_key
    keys = [o.listing_key for o in found("RTX 4090 1.98元/时\nRTX 4090 2.10元/时")]
    assert len(set(keys)) == 2


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("按需价格（元/小时）", units.Unit("CNY", 1.0, None, None, "hour")),
        ("月租(万元/台)", units.Unit("CNY", 1e4, "server", None, "month")),
        ("price_usd_per_gpu_hour", units.Unit("USD", 1.0, "gpu", None, "hour")),
        ("price_fen", units.Unit("CNY", 0.01, None, None, None)),
        ("收费标准（元/卡·小时）", units.Unit("CNY", 1.0, "gpu", None, "hour")),
        ("$/GPU-hr", units.Unit("USD", 1.0, "gpu", None, "hour")),
        ("显存", units.Unit()),
    ],
)
def test_headers(header: str, unit: units.Unit) -> None:
    assert units.header(header) == unit


@given(st.floats(min_value=0.01, max_value=500), st.sampled_from(["元/卡时", "元/卡/小时", "元/GPU/小时"]))
def test_a_price_per_card_hour_is_read_as_written(value: float, unit: str) -> None:
    text = f"{value:.2f}"
    (offer,) = found(f"H100 {text}{unit}")
    assert offer.price_value == float(text)
    assert offer.price_cny_per_gpu_hour == pytest.approx(float(text), abs=1e-6)


@given(st.text(alphabet="H100A49·元/卡时月万台8*x×-~$.,，、 \n|起约折买方", max_size=60))
def test_any_text_is_read_without_error_and_grounds_hold(text: str) -> None:
    for record in read(text):
        if isinstance(record, Offer) and record.ground.start is not None:
            assert text[record.ground.start : record.ground.end] == record.ground.quote


@given(st.text(max_size=40))
def test_plain_keeps_its_length(text: str) -> None:
    assert len(units.plain(text)) == len(text)
    assert len(prices.mask(text)) == len(text)


def asked(text: str, **options: object) -> list[tuple[str | None, float | None]]:
    """Chip and price per card-hour (yuan, two decimals) of every ask and index."""
    return [
        (o.chip_family, round(o.price_cny_per_gpu_hour, 2) if o.price_cny_per_gpu_hour is not None else None)
        for o in found(text, **options)
        if o.offer_kind in ("ask", "index")
    ]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        # What a price was before, or is only compared with, is no offer.
        ("H100 的租价从 12 元/卡时涨到 17 元", [("nvidia-h100", 17)]),
        ("H100 now around $3/GPU-hour, down from above $7 two years before", [("nvidia-h100", 21.3)]),
        ("4090 from $0.30/hour (vs $0.50 elsewhere)", [("nvidia-rtx-4090", 2.13)]),
        # A sum for some hours is no rate; one hour's price is.
        ("A10: $0.15/hr × 20 hrs = $3.00", [("nvidia-a10", 1.06)]),
        ("8xH100 节点每小时 160 元，3 小时约 480 元", [("nvidia-h100", 20)]),
        ("L20 1小时 3.5元", [("nvidia-l20", 3.5)]),
        # Ranges in words, and wide ones said to be ranges.
        ("H100 quotes ranging from roughly $1 to nearly $14 per GPU-hour", [("nvidia-h100", 7.1)]),
        ("L40S between $0.8 and $1.2 per hour", [("nvidia-l40s", 5.68)]),
        # The price stands before the name in brackets.
        (
            "from $0.50/hr (RTX 4090), $2/hr (H100 SXM) and $4/hr (B200)",
            [("nvidia-rtx-4090", 3.55), ("nvidia-h100", 14.2), ("nvidia-b200", 28.4)],
        ),
        # Many cards, counted without a sign between.
        ("2 A10Gs (24 GB each): $3.00/hour", [("nvidia-a10g", 10.65)]),
        ("H100 rate: $32 per 8x node-hour", [("nvidia-h100", 28.4)]),
        ("三台 p4d.24xlarge（8张A100），每台小时成本约 32 美元", [("nvidia-a100", 28.4)]),
        ("Monthly: RTX 4090 is $250, H100 is $1,900", [("nvidia-rtx-4090", 2.43), ("nvidia-h100", 18.48)]),
        # Something else is compared with the chip; two numbers behind a slash do not say which.
        ("国产卡（1.8 元/卡时）较 A100（2.5 元/卡时）便宜", [("nvidia-a100", 2.5)]),
        ("V100：2/4 元", []),
        ("H100 合同价从 2025 年 10 月 1.70 美元/小时涨到 2.30 美元/小时", [("nvidia-h100", 16.33)]),
        ("B200 $0.0015 / sec", [("nvidia-b200", 38.34)]),
        ("RTX 4090 0.04元/分钟", [("nvidia-rtx-4090", 2.4)]),
        ("A5000 $0.16/GPU/hr | 2x = $0.32/hr", [("nvidia-rtx-a5000", 1.14), ("nvidia-rtx-a5000", 1.14)]),
        # A multiple is no price.
        ("| A100 80GB | $1.50 | 3.75× |", [("nvidia-a100", None)]),
    ],
)
def test_prices_in_sentences(line: str, wanted: list[tuple[str, float | None]]) -> None:
    assert asked(line) == wanted


def test_instance_types_of_clouds_stand_for_their_chips() -> None:
    table = Table(
        [
            ["Instance", "On-demand ($/hour)"],
            ["p5.48xlarge", "96"],
            ["a2-highgpu-2g", "8"],
            ["GN7.LARGE20", "0.5"],
            ["ecs.gn7i-c32g1.16xlarge", "4"],
        ],
        "table 1",
    )
    read_ = [
        (o.chip_family, o.chips_per_offer, round(o.price_cny_per_gpu_hour or 0, 2))
        for o in found(tables=[table])
    ]
    assert read_ == [
        ("nvidia-h100", 8, 85.2), ("nvidia-a100", 2, 28.4), ("nvidia-t4", None, 14.2), ("nvidia-a10", 2, 14.2),
    ]  # fmt: skip


def test_the_name_counts_the_cards_and_the_column_the_machines() -> None:
    rows = [
        ["Instance", "GPU", "Price per hour"],
        ["8x Tesla V100", "1", "$4.40"],
        ["HGX H100", "4", "$8.00"],
    ]
    offers_ = found(tables=[Table(rows, "table 1")])
    assert [(o.chip_family, o.chips_per_offer) for o in offers_] == [("nvidia-v100", 8), ("nvidia-h100", 4)]


def test_a_data_sheet_of_two_columns_is_one_offer() -> None:
    sheet = Table(
        [["计费项", "数值"], ["按量价格", "3.2 元/卡时"], ["显卡", "RTX 5090 32G"], ["计费粒度", "秒"]],
        "table 1",
    )
    (offer,) = found(tables=[sheet])
    assert (offer.chip_family, offer.price_cny_per_gpu_hour) == ("nvidia-rtx-5090", 3.2)


def test_json_whose_keys_name_the_chips() -> None:
    answer = {"H100": [{"provider": "A", "usd_per_gpu_hour": 2.5}, {"provider": "B", "usd_per_gpu_hour": 3}]}
    assert asked(json.dumps(answer)) == [("nvidia-h100", 17.75), ("nvidia-h100", 21.3)]


def test_staged_data_is_no_market() -> None:
    rows = [{"gpu": "H100", "provider": "北方智算中心", "price": 18.8, "unit": "元/卡/小时"}, {"gpu": "A100", "price": 9, "unit": "元/卡/小时"}]  # fmt: skip
    assert {o.offer_kind for o in found(json.dumps(rows, ensure_ascii=False))} == {"mock"}


def test_cents_are_no_yuan() -> None:
    assert asked('[{"gpu": "A100", "price_cents_per_hour": 199, "note": "按量"}]') == [("nvidia-a100", None)]
    assert asked('[{"gpu": "A100", "price_cents_per_hour": 199}]') == [("nvidia-a100", 14.13)]


def test_a_page_without_any_sign_of_another_currency_is_in_dollars() -> None:
    rows = [{"GPU": "L40S", "hourly-price": 1.9}, {"GPU": "2x A100 (40GB)", "hourly-price": "8"}]
    assert asked(json.dumps(rows)) == [("nvidia-l40s", 13.49), ("nvidia-a100", 28.4)]
    assert asked(json.dumps([*rows, {"GPU": "T4", "seller": "某云"}], ensure_ascii=False)) == [
        ("nvidia-l40s", None),
        ("nvidia-a100", None),
    ]
    assert asked(json.dumps([*rows, {"GPU": "T4", "note": "prices in EUR"}]))[0] == ("nvidia-l40s", None)


def test_dollars_of_an_undated_page_take_the_mean_of_the_last_three_years() -> None:
    rates = {
        f"{year}-{month:02}": 7.0 if year < 2026 else 6.4
        for year in (2024, 2025, 2026)
        for month in range(1, 13)
    }
    context = Context(document_key="t", date=None, options={"rates": rates})
    (offer,) = (r for r in offers.read(Document(text="A100 $2/hr"), context) if isinstance(r, Offer))
    assert near(offer.price_cny_per_gpu_hour, 2 * (7.0 * 24 + 6.4 * 12) / 36)


INSTANCES = Table(
    [
        [
            "实例规格",
            "GPU（Tesla V100-NVLINK-32G）",
            "GPU 显存（GB）",
            "包年包月（元/月）",
            "按量计费（元/小时）",
        ],
        ["GN10X.2XLARGE40", "1颗", "32", "4671 - 5190", "16.21 - 18.04"],
        ["GN10X.18XLARGE320", "8颗", "256", "37800 - 42000", "131.17 - 145.96"],
        ["GN10Xp.2XLARGE40", "1颗", "32", "5750", "11.98"],
    ],
    "table 1",
    "计算型 GN10X/GN10Xp",
)


def test_sizes_of_an_instance_family_keep_their_own_identity_memory_and_count() -> None:
    got = found(tables=[INSTANCES])
    assert len({o.listing_key for o in got}) == 6
    assert [(o.chips_per_offer, o.price_cny_per_gpu_hour) for o in got] == [
        (1, pytest.approx(6.3986, rel=1e-3)), (1, 16.21), (8, pytest.approx(6.4726, rel=1e-3)),
        (8, pytest.approx(16.3962, rel=1e-3)), (1, pytest.approx(7.8767, rel=1e-3)), (1, 11.98),
    ]  # fmt: skip
    assert {(o.chip_family, o.memory_gib, o.quarantine) for o in got} == {("nvidia-v100", 32.0, None)}


def test_a_column_of_floors_gives_bounds() -> None:
    table = Table([["GPU", "Price, starting at"], ["H100 80GB SXM5", "$2.71/hr"]], "table 1", "")
    (offer,) = found(tables=[table], unit="USD/gpu-hour", currency="USD")
    assert (offer.price_value, offer.price_bound) == (2.71, "from")


def test_core_hours_are_no_offers_and_what_is_left_out_is_not_offered() -> None:
    got = found(
        "0.04 RMB (per Core per Hour)\n\n"
        "GPUs other than 2080Ti, V100, A100 and A800 1.00 RMB (per Card per Hour)\n\n"
        "A100、A800 2.00 RMB (per Card per Hour)"
    )
    assert [(o.chip_family, o.price_value) for o in got] == [
        (None, 1.0),
        ("nvidia-a100", 2.0),
        ("nvidia-a800", 2.0),
    ]
    assert got[0].chip_text == "GPUs other than 2080Ti"


def test_a_row_of_a_headless_table_is_read_once() -> None:
    text = "算力租赁\n| 910B | 15000元/台/月 |"
    table = Table([["910B", "15000元/台/月"]], "table 1", "")
    assert len(found(text, tables=[table])) == 1


def test_declared_columns_with_nested_cells_ranges_and_rows_that_are_no_cards() -> None:
    table = Table(
        [
            ["type", "gpu", "n", "info", "price"],
            ["1x", "RTX 4090", "1", "{'Gpus': [{'SizeInMiB': 49140}]}", "0.40"],
            ["2x", "A40", "2", '{"Gpus": [{"SizeInMiB": 92136}]}', "1.33 - 1.40"],
            ["cpu", "", "", "", "0.2"],
        ],
        "csv",
        "",
    )
    declared = {
        "chip": "gpu", "count": "n", "where": {"gpu": []}, "memory": "info.Gpus.0.SizeInMiB", "memory_unit": "MiB",
        "is_memory_total": True, "key": ["type"], "prices": [{"path": "price", "unit": "USD/instance-hour"}],
    }  # fmt: skip
    other = Table([["name", "notes"], ["x", "y"]], "csv 2", "")
    got = found(tables=[other, table], records=declared)
    assert [(o.chip_family, o.memory_gib, o.price_value, o.price_value_max, o.price_bound) for o in got] == [
        ("nvidia-rtx-4090", 48.0, 0.4, None, "exact"),
        ("nvidia-a40", 48.0, 1.33, 1.4, "range"),
    ]
    assert "no-column" in [r.code for r in read("", [other], records=declared) if isinstance(r, Issue)]


def test_a_column_of_many_sellers_may_mix_currencies_and_repeats_them_converted() -> None:
    rows = [
        ["平台", "GPU", "价格", "折合人民币"],
        ["甲", "RTX 4090", "¥1.88/h", "¥1.88/h"],
        ["乙", "RTX 4090", "$0.35/h", "~¥2.5/h"],
        ["丙", "L4", "$0.48/h", "~¥3.4/h"],
    ]
    prices_ = [round(o.price_cny_per_gpu_hour or 0, 2) for o in found(tables=[Table(rows, "table 1")])]
    assert prices_ == [1.88, 2.48, 3.41]


def test_chips_across_with_tabs_and_with_cells_that_name_their_own() -> None:
    text = "Quick look\n\nMetric\tRTX 4090\tA100\nMemory\t24GB\t80GB\nCost\t$0.30/hr\t$1.20/hr\n"
    assert asked(text) == [("nvidia-rtx-4090", 2.13), ("nvidia-a100", 8.52)]
    table = Table(
        [["来源", "910B", "K100-AI", "壁仞"], ["某云", "3 元/时", "—", "天垓100 1.5 元/时"]], "table 1"
    )
    assert [(o.chip_family, o.price_value) for o in found(tables=[table])] == [
        ("huawei-ascend-910b", 3),
        ("iluvatar-bi-v100", 1.5),
    ]


def test_a_header_that_counts_cards_prices_all_of_them() -> None:
    table = Table([["GPU", "$/GPU/hr", "2× GPU $/hr"], ["RTX 3090", "0.22", "0.44"]], "table 1")
    assert [round(o.price_cny_per_gpu_hour or 0, 3) for o in found(tables=[table])] == [1.562, 1.562]


def test_a_table_read_across_is_not_read_again_as_text() -> None:
    text = "按量 | 8元/卡时 | 16元/卡时"
    table = Table([["价格", "A100", "H100"], ["按量", "8元/卡时", "16元/卡时"]], "table 1")
    assert len(found(f"价格 | A100 | H100\n{text}", tables=[table])) == 2


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("At $2-$4 per H100 hour that adds up", [("nvidia-h100", 14.2)]),
        ("Baseline: $1.80/A100-hr", [("nvidia-a100", 12.78)]),
        ("A100 list prices were cut by 40% in mid-2025, now $3/hr", [("nvidia-a100", 21.3)]),
        ("H200 at $4/hr; the historical $9/hr no longer holds", [("nvidia-h200", 28.4)]),
        ("A100 rates have dropped below $1/hr on some platforms", []),
        ("By the second ($/hr): L4 $0.0002 ($0.72); H100 $0.001 ($3.60)", [("nvidia-l4", 5.11), ("nvidia-h100", 25.56)]),
        ("| Acme | H100, A100 | $3.00/hr, $1.50/hr respectively | US |", [("nvidia-h100", 21.3), ("nvidia-a100", 10.65)]),
        ("| Acme | P4, P40, V100 | $0.50 to $2.30 per GPU/hour | US |", []),
        ("| Acme | V100, P40, P4 | From $0.80 per hour (V100) | US |", [("nvidia-v100", 5.68)]),
        ("L4: $0.50/hr vs H100: $2/hr", [("nvidia-l4", 3.55), ("nvidia-h100", 14.2)]),
        ("A100 at ~$0.002 per 1000 tokens; the card is $2/hr", [("nvidia-a100", 14.2)]),
        ("8x H100 nodes at $2/GPU/hr with a 12-month term", [("nvidia-h100", 14.2)]),
        ("Sample prices of ours: FLUX 1.1 on H100 runs at $2/hr", [("nvidia-h100", 14.2)]),
        ("H100 SXM 示意成本效率：约 12 元/小时", [("nvidia-h100", 12.0)]),
    ],
)  # fmt: skip
def test_prose_of_comparisons(line: str, expected: list[tuple[str, float]]) -> None:
    assert asked(line) == expected


def test_a_title_names_the_chip_of_every_item_below() -> None:
    text = """H100 pricing across providers:
- Acme: $2.50/hour
- Beta: $24/hour for an 8x H100 node, nothing smaller
- Gamma: $3.00/hour, no commitment

For a team with 1,000 GPU hours a month, compute costs:
- Acme H100: $2,500
"""
    assert asked(text) == [("nvidia-h100", 17.75), ("nvidia-h100", 21.3), ("nvidia-h100", 21.3)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # The bill is an estimate, the price it is worked out from is not.
        ("费用估算\n\n| GPU | 单价 | 预计时间 | 总费用 |\n|---|---|---|---|\n| 4090 | ¥2/h | 5h | ¥10 |\n| A100 | ¥4/h | 3h | ¥12 |", [("nvidia-rtx-4090", 2.0), ("nvidia-a100", 4.0)]),
        ("### Cost Estimate\n\n| GPU | Price/Hour | The whole run |\n|---|---|---|\n| RTX 3090 | $0.20-0.40 | $15-30 |", [("nvidia-rtx-3090", 1.42)]),
        # Columns whose names say nothing of prices
        ("Prices, $/hr\n\n| GPU | Shared | Own |\n|---|---|---|\n| L40S | $0.80 | $1.00 |\n| H100 | $2.00 | $3.00 |", [("nvidia-l40s", 5.68), ("nvidia-l40s", 7.1), ("nvidia-h100", 14.2), ("nvidia-h100", 21.3)]),
        # Several sellers, each in their own currency
        ("| 服务 | GPU | 价格 |\n|---|---|---|\n| 甲 | 4090 | ¥2/小时 |\n| 乙 | A100 | ¥8/小时 |\n| Acme | 3090 | $0.2/小时 |", [("nvidia-rtx-4090", 2.0), ("nvidia-a100", 8.0), ("nvidia-rtx-3090", 1.42)]),
        ("硬件成本\n\n| 配置 | 硬件成本 | 电费/天 |\n|---|---|---|\n| 1× 4090 | ¥16,000 | ¥11 |", []),
    ],
)  # fmt: skip
def test_tables_around_a_bill(table: str, expected: list[tuple[str, float]]) -> None:
    assert asked(table) == expected


def priced(text: str) -> list[tuple[str | None, float | None]]:
    """Families and rates of the asks and indices of a text, without a day: dollars at 7.1 yuan."""
    context = Context(document_key="t", options={"rates": RATES})
    return [
        (r.chip_family, round(r.price_cny_per_gpu_hour, 3))
        for r in offers.read(Document(text=text), context)
        if isinstance(r, Offer) and r.offer_kind in ("ask", "index") and r.price_cny_per_gpu_hour is not None
    ]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            "| 卖家 | 特点 | 价格参考 |\n|---|---|---|\n| 甲云 | 稳定 | H800 ~¥12-18/hr |\n| 乙云 | 便宜 | RTX 4090 ~¥2/hr |",
            [("nvidia-h800", 12.0), ("nvidia-rtx-4090", 2.0)],
            id="the price column names the chips",
        ),
        pytest.param(
            "| 卖家 | GPU | 单价 |\n|---|---|---|\n| 甲云 | L40S ¥5.1 · L20 ¥4.2 · A800 ¥7.5 | 元/h |\n| 乙云 | RTX 4090 | ¥2/h |",
            [
                ("nvidia-l40s", 5.1),
                ("nvidia-l20", 4.2),
                ("nvidia-a800", 7.5),
                ("nvidia-rtx-4090", 2.0),
            ],
            id="chips with their prices in one cell, the unit in the next",
        ),
        pytest.param(
            "| Seller | GPU | Price |\n|---|---|---|\n| One | A100 SXM 80G / H100 SXM | $1.40 / $2.70 per h |\n| Two | L4 | $0.50/h |",
            [("nvidia-a100", 9.94), ("nvidia-h100", 19.17), ("nvidia-l4", 3.55)],
            id="two chips and two prices with a slash",
        ),
        pytest.param(
            "| Provider | H100 $/hr | A100 $/hr | SDK |\n|---|---|---|---|\n| One | $2.10 | ~$1.30 | x |\n| Two | $3.40 | n/a | y |",
            [("nvidia-h100", 14.91), ("nvidia-a100", 9.23), ("nvidia-h100", 24.14)],
            id="a price column for each chip",
        ),
        pytest.param(
            "| Seller | GPU | RMB/hr | USD/hr |\n|---|---|---|---|\n| One | RTX 4090 | ¥2.00 | $0.28 |\n| Two | A100 | ¥35.5 | $5.00 |",
            [("nvidia-rtx-4090", 2.0), ("nvidia-a100", 35.5)],
            id="the same price in two currencies counts once",
        ),
        pytest.param(
            "| GPU | VRAM | Price/sec |\n|---|---|---|\n| RTX 4090 | 24GB | $0.0004 |\n| A100 | 80GB | $0.0010 |",
            [("nvidia-rtx-4090", 10.224), ("nvidia-a100", 25.56)],
            id="by the second is by the card",
        ),
        pytest.param(
            'GPU,VRAM,Spot/hr,"Monthly (Spot, 730 hrs)"\nRTX 3090,24GB,$0.20,$146\nH200,141GB,$3.00,"$2,190"',
            [
                ("nvidia-rtx-3090", 1.42),
                ("nvidia-rtx-3090", 1.42),
                ("nvidia-h200", 21.3),
                ("nvidia-h200", 21.3),
            ],
            id="quoted commas, and the hours a month is counted with",
        ),
        pytest.param(
            "| Size | GPU | Price per Hour |\n|---|---|---|\n| Small | L4, T4 | $0.50 |\n| Big | H100 | $3.00 |\n| Odd | L40 / L40S | $1.00 |",
            [("nvidia-l4", 3.55), ("nvidia-t4", 3.55), ("nvidia-h100", 21.3), (None, 7.1)],
            id="two chips listed at one price; a slash leaves open which",
        ),
        pytest.param(
            "| A100 80GB | $/GPU-hr | A month (730 h) |\n|---|---|---|\n| One | $2.00 | $1,460 |\n| Two `p4de.24xlarge` | **$3.50** | $2,555 |",
            [("nvidia-a100", 14.2), ("nvidia-a100", 14.2), ("nvidia-a100", 24.85), ("nvidia-a100", 24.85)],
            id="the header names the chip, the month is the hour's price again",
        ),
        pytest.param(
            "| 配置 | 月费用（按需） | 月费用（包年） |\n|---|---|---|\n| RTX 4090 | ¥4015-5000 | ¥3650-4000 |",
            [("nvidia-rtx-4090", 5.5), ("nvidia-rtx-4090", 5.0)],
            id="a month's price by the year's contract",
        ),
        pytest.param(
            "| GPU | Price/Hour | Time | Cost | $/1M tokens |\n|---|---|---|---|---|\n| L40S | $1.00 | 4h | $4.00 | $0.002 |",
            [("nvidia-l40s", 7.1)],
            id="what a job or a token costs is no price of the card",
        ),
        pytest.param(
            "| GPU | 参考价 |\n|---|---|\n| RTX 3090 | 全新¥9000 |\n| A100 | 租赁¥9/小时 |",
            [("nvidia-a100", 9.0)],
            id="a card to buy among rents",
        ),
        pytest.param(
            'gpu,price_tier,usd_per_gpu_hour,note\nH100,36mo,2.00,"1y H100 at $9/hr, checked 2026-10-19"\nL4,spot,0.40,x',
            [("nvidia-h100", 14.2), ("nvidia-l4", 2.84)],
            id="a tier is no price, nor are a note's numbers and dates",
        ),
        pytest.param(
            "| 方案 | 每 1000 请求 | 备注 |\n|---|---|---|\n| 自部署·租 4090 ¥2/hr | ≈ ¥0.7 | 满载 |",
            [("nvidia-rtx-4090", 2.0)],
            id="a column of what requests cost",
        ),
        pytest.param(
            "| 维度 | 甲 | 乙 |\n|---|---|---|\n| 单价 | 每段 **¥0.50/秒** | 某云 4090 ≈ ¥1.5–3/h |",
            [("nvidia-rtx-4090", 1.5)],
            id="a cell that names chip and price speaks for itself",
        ),
        pytest.param(
            "| 平台 | GPU | 价格估算 |\n|---|---|---|\n| 甲云 | RTX 3090 | ¥1.4-2/h |",
            [("nvidia-rtx-3090", 1.4)],
            id="about what a platform asks",
        ),
        # the same columns over again, side by side
        (
            "| 卡 | 显存 | ¥/时 | 卡 | 显存 | ¥/时 |\n|---|---|---|---|---|---|\n| A10 | 24G | 1.5 | A40 | 48G | 3 |",
            [("nvidia-a10", 1.5), ("nvidia-a40", 3.0)],
        ),
        # the sellers' own money, converted beside; several chips and several prices in a cell
        (
            "折合 ¥/小时\n\n| 平台 | GPU | 原币/时 | ≈¥/时 |\n|---|---|---|---|\n| X | A10 | $0.50 甲 / $0.60 乙 | 3.55 / 4.26 |\n"
            "| Y | A100 / H100 | 1.00 / 2.00 | 7.1 / 14.2 |",
            [("nvidia-a10", 3.55), ("nvidia-a10", 4.26), ("nvidia-a100", 7.1), ("nvidia-h100", 14.2)],
        ),
        # prices in the header over what jobs come to
        (
            "| 档位 | 甲云 4090 ¥2/h | 乙云 3090 ¥1/h |\n|---|---|---|\n| 轻量 | ¥0.09 | ¥0.06 |",
            [("nvidia-rtx-4090", 2.0), ("nvidia-rtx-3090", 1.0)],
        ),
        (
            "| 平台 | GPU | 按量价(¥/h) |\n|---|---|---|\n| 甲云 | A100 | ¥8 |\n| Lambda | A100 | $1.00/h ≈ ¥7 |",
            [("nvidia-a100", 8.0), ("nvidia-a100", 7.1)],
        ),
        (
            "| 平台 | GPU | 预算单价 |\n|---|---|---|\n| 甲云 | RTX 4090 | ¥1.5 / GPU 小时 |",
            [("nvidia-rtx-4090", 1.5)],
        ),
        ("| 厂商 | GPU | 小时成本(元) |\n|————|————|————|\n| 甲云 | A10 | 6 |", [("nvidia-a10", 6.0)]),
        # columns named by sellers and terms, under a title or a remark that says what prices are per
        (
            "## Live prices ($/GPU-hour)\n\n| GPU | Alpha (min / median) | Beta A / B |\n|---|---|---|\n| L40S | $0.50 (12) | $0.60 / $0.70 |",
            [("nvidia-l40s", 3.55), ("nvidia-l40s", 4.26), ("nvidia-l40s", 4.97)],
        ),
        (
            "All values are **$/GPU-hour**. Fetched today.\n\n### A100\n\n| Provider | Instance | GPUs | On-demand | 1-yr |\n|---|---|---|---|---|\n"
            "| AWS | p4d.24xlarge | 8 | $2.00 | $1.50 |",
            [("nvidia-a100", 14.2), ("nvidia-a100", 10.65)],
        ),
        # what eight of them cost
        ("| GPU | $/hr | ×8 |\n|---|---|---|\n| H100 | $3.00 | $24.00 |", [("nvidia-h100", 21.3)] * 2),
        # what jobs come to, in heads that say no unit beside one that does
        (
            "| Platform | GPU | $/hr | Our 12h workload | Effective $ |\n|---|---|---|---|---|\n| Alpha | T4 | $0.50 | 12h × $0.50 = $6.00 | $7.00 |",
            [("nvidia-t4", 3.55)],
        ),
        ("| GPU | Saatlik | 5 saat |\n|---|---|---|\n| A40 | $0.40 | ~$2.00 |", [("nvidia-a40", 2.84)]),
        (
            "| GPU | $/hr | Monthly (usage-based) |\n|---|---|---|\n| A40 | $0.50 | $90 |",
            [("nvidia-a40", 3.55)],
        ),
        (
            "| GPU | Per Second | Per Hour |\n|---|---|---|\n| L4 | $0.0002 | $0.72 |",
            [("nvidia-l4", 5.112)] * 2,
        ),
        # two currencies in one column, and one card in a table of eight
        (
            "以 8 卡服务器每小时租赁价为口径：\n\n| 平台 | 配置 | 每小时价格 |\n|---|---|---|\n| 甲 | 8×H100 | $16 |\n| 乙 | 8×H100 | $24 |\n"
            "| 丙 | 8×H100 | $32 |\n| 丁 | 8×910B | ¥24 |\n| 戊 | 1×910B | ¥4/小时 |",
            [
                ("nvidia-h100", 14.2),
                ("nvidia-h100", 21.3),
                ("nvidia-h100", 28.4),
                ("huawei-ascend-910b", 3.0),
                ("huawei-ascend-910b", 4.0),
            ],
        ),
        # sellers' columns whose cells carry the unit, among them one named like an instance
        (
            "| GPU | Alpha (on-demand) | Beta | AWS p3.2xlarge |\n|---|---|---|---|\n| A10 | $0.50/hr | $0.60/hr | $1.00/hr |\n| L4 | N/A | $0.40/hr | N/A |",
            [("nvidia-a10", 3.55), ("nvidia-a10", 4.26), ("nvidia-a10", 7.1), ("nvidia-l4", 2.84)],
        ),
        (
            "| GPU | Overseas |\n|---|---|\n| L4 | $0.40/hr |\n\nAll rates in AUD.",
            [],
        ),
        (
            "### Clusters (per GPU per hour)\n\n| GPU | On-demand | Reserved 7–30d | 31–90d |\n|---|---|---|---|\n| H100 | $4.00 | $3.00 | $2.00 |",
            [("nvidia-h100", 28.4), ("nvidia-h100", 21.3), ("nvidia-h100", 14.2)],
        ),
        (
            "| gpu_model | usd_per_gpu_hour | usd_per_100_gpu_hours | storage_usd_per_hour_150gb |\n|---|---|---|---|\n| H100 SXM | 2 | 200 | 0.02 |",
            [("nvidia-h100", 14.2)],
        ),
    ],
)
def test_tables_whose_cells_say_more(table: str, expected: list[tuple[str, float]]) -> None:
    assert priced(table) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("RTX 4090 $0.30/h ≈ ¥2.13/h", [("nvidia-rtx-4090", 2.13)]),
        ("L4 costs $1--2/hr on demand", [("nvidia-l4", 7.1)]),
        ("- nvidia T4 spot: 0.30$USD/h", [("nvidia-t4", 2.13)]),
        ("$0.12 per 1,000 requests, at $1.50 per card-hour on an A100", [("nvidia-a100", 10.65)]),
        ("4090 约 ¥2/小时，跑 40 分钟 ≈ ¥1.3", [("nvidia-rtx-4090", 2.0)]),
        ("按区间粗估：RTX 4090 约 ¥2–5/小时，1 卡 × 4 小时约 ¥8", []),
        ("$400K capital cost (8x H100). Cloud H100: $1.50/hour", [("nvidia-h100", 10.65)]),
        (
            "4x A100: $1.00/hr x 4 = $4.00/hr",
            [("nvidia-a100", 7.1), ("nvidia-a100", 7.1)],
        ),
        ("Own B200 OpEx: $0.50/GPU-hr", []),
        (
            "- H100: One at $2.00/hr, Two at $3.00/hr,\n  Three at $4.00/hr, or more",
            [("nvidia-h100", 14.2), ("nvidia-h100", 21.3), ("nvidia-h100", 28.4)],
        ),
        ("1x RTX 4090 $0.50/h, the budget option", [("nvidia-rtx-4090", 3.55)]),
        ("- 有香港节点，下载方便\n- 4090 4元/小时", [("nvidia-rtx-4090", 4.0)]),
        (
            "以一台服务器8张GPU换算下来，H100有10美元/小时、5美元/小时两档",
            [("nvidia-h100", 71.0), ("nvidia-h100", 35.5)],
        ),
        ("H100 SXM 单价约 2.0-2.5 万美元，H800 在 1.5 万美元", []),
        (
            "以低于 100 美元的成本训练完。按约 3 美元/GPU/小时算，一个 8xH100 节点约 24 美元/小时",
            [("nvidia-h100", 21.3), ("nvidia-h100", 21.3)],
        ),
        ("租 4090（¥2/h，300 题 ≈ 4h ≈ **¥8**）", [("nvidia-rtx-4090", 2.0)]),
        ("云端租 4090（约 US$0.2–0.4/hr），每 5 秒视频约 US$0.02", [("nvidia-rtx-4090", 1.42)]),
        (
            "- name: B200 8-GPU Server\n  price_text: $210,240\n  period: year\n  unit: server",
            [("nvidia-b200", 21.3)],
        ),
        ("预计总费用约 ¥12（RTX 4090 ¥2/小时）", [("nvidia-rtx-4090", 2.0)]),
        ("6 GPU 小时按 RTX 4090 ¥2/小时相乘为约 ¥12", [("nvidia-rtx-4090", 2.0)]),
        ("双节点 $64/h（H200 4.00 $/卡·时），实际约 $70/h", [("nvidia-h200", 28.4)]),
        ("Large clouds ask $8.00-$14.00/hr for H200 and B200", []),
        ("集群已有 12万颗GB200 与 3.5万张H100", []),
        ("8 卡 A100 约 $20/小时，三天的账单大约 $1,400", [("nvidia-a100", 17.75)]),
        ('{"gpu_type": "L4", "on_demand_usd_per_hour": 0.7, "spot_discount": 0.6', [("nvidia-l4", 4.97)]),
        ("Cost Estimate\n\nour own L4 $9/hr\n\nOther Platforms\n\nL4 $1/hr", [("nvidia-l4", 7.1)]),
        ("# Search: RTX 4090, CUDA 12.4\n# Price: ~$0.30/hr", [("nvidia-rtx-4090", 2.13)]),
        ("4090 ¥1.2/时（6折）、H800 ¥15/时", [("nvidia-rtx-4090", 1.2), ("nvidia-h800", 15.0)]),
        ("4090 $0.10 起（≈¥0.80/时）", [("nvidia-rtx-4090", 0.71)]),
        ("LLaMA-2-7B 每参数 × 2 bytes，A100 租价 \\$1.5/小时，比 GPT-3.5 低", [("nvidia-a100", 10.65)]),
        ("常见型号如 A100/V100/T4。例如 p4d 实例（8张 A100）约 32 美元/小时", [("nvidia-a100", 28.4)]),
        ("成本可控在每小时 8 元内的 A100", [("nvidia-a100", 8.0)]),
        (
            "- live, $/GPU/hr, secure: H100 SXM 3.20, H200 SXM 4.50,\n  B200 6.00, L40S 1.00.\n- a stall burned ~$60",
            [("nvidia-h100", 22.72), ("nvidia-h200", 31.95), ("nvidia-b200", 42.6), ("nvidia-l40s", 7.1)],
        ),
        (
            "endpoints bill by GPU hour (H100\n$4.00, L40S $2.00), for a demo window",
            [("nvidia-h100", 28.4), ("nvidia-l40s", 14.2)],
        ),
        ("8×A100 node runs $16/hr. The delta of $8-$12/hr matters", [("nvidia-a100", 14.2)]),
        ("Azure ND H100 v5: ~$80/hr on-demand", [("nvidia-h100", 71.0)]),
        ("H100 租金 2023 年峰值约 $8/GPU·hr，如今约 $2/GPU·hr", [("nvidia-h100", 14.2)]),
        (
            "按 2 美元/小时（甲云的 MI300X 价格）算，MI300X 也比 1 美元/小时的 H100 贵；70B（长文）可用",
            [("amd-mi300x", 14.2), ("nvidia-h100", 7.1)],
        ),
        ("- **Budget**: 2x RTX 3090 (24GB each) - $0.60/hr total", [("nvidia-rtx-3090", 2.13)]),
        ("### For Production/Demo\n- **Best Value**: RTX 4090 - $0.50/hr", [("nvidia-rtx-4090", 3.55)]),
        (
            "40B on 1×H200 ($4.00/hr): one run (download and score) ~$1.50; cached re-run <$1",
            [("nvidia-h200", 28.4)],
        ),
        (
            "单卡 3090 ~$0.20/h（~$33.6/周）、双卡 ~$0.40/h（~$67.2/周）",
            [("nvidia-rtx-3090", 1.42)] * 4,
        ),
        (
            "RTX 4090 at $0.20/hr beats A100, but needs batch=64. An A100 is $0.40/hr",
            [("nvidia-rtx-4090", 1.42), ("nvidia-a100", 2.84)],
        ),
        ("## 成本估算\n\n> 单价：6 元/小时（A100）\n\n每步约 0.01 元", [("nvidia-a100", 6.0)]),
        ("A100 40GB $1.00/hr (Aug 21, 2026), with $25 in free credits", [("nvidia-a100", 7.1)]),
        ("street prices now: V100 ¥1,000 · RTX 3090 ¥8,000", []),
        ("A100を8基のインスタンスが、1時間あたり32$", [("nvidia-a100", 28.4)]),
        ("A100を1時間当たり約6ドル（約860円）で貸し出している", [("nvidia-a100", 42.6)]),
        ("A100を1時間当たり300円で貸し出している", []),
    ],
)
def test_what_stands_around_a_price(line: str, expected: list[tuple[str, float]]) -> None:
    assert priced(line) == expected


def test_source_code_with_staged_data_is_no_market() -> None:
    rows = '{ gpu: "H100", price: "15 元/卡/小时" },\n  { gpu: "A100", price: "8 元/卡/小时" }'
    prose = "开发调试的时候请使用 mock 模式，正式运行之前把它关掉，并检查配置里的每一项是否都已经改回默认值。"
    assert priced(f"export const MOCK_LISTINGS: Listing[] = [\n  {rows}\n]") == []
    assert len(priced(f"export const listings = [\n  {rows}\n]")) == 2
    assert priced(f"{prose}\n\nRTX 4090 2元/小时") == [("nvidia-rtx-4090", 2.0)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # Paid by the quarter or the year, priced by the month; a year's own price stays one.
        ("H20 141G 整机 月付5万，季付4.8万，年付4.6万", [("nvidia-h20", r) for r in (8.56, 8.22, 7.88)]),
        ("A10 包月 2000元，包年 20000元", [("nvidia-a10", 2.74), ("nvidia-a10", 2.28)]),
        (
            "A100 时租 4元  日租 84元  周租 504元  月租 2000元",
            [("nvidia-a100", r) for r in (4, 3.5, 3, 2.74)],
        ),
        # Racks and super nodes have as many cards as is said, and no price per card where nothing is.
        ("GB200 NVL72 400万/柜/月", [("nvidia-gb200", 76.1)]),
        ("昇腾910C 384卡超节点 300万/超节点/月", [("huawei-ascend-910c", 10.7)]),
        ("H200 高密机柜 60万/柜/月", [("nvidia-h200", None)]),
        # Slices beside whole cards.
        ("A10 1/2卡 切片 vGPU 1.0元/小时，整卡 2.0元/小时", [("nvidia-a10", 2.0), ("nvidia-a10", 2.0)]),
        ("T4 半卡 0.5元/小时", [("nvidia-t4", 1.0)]),
        # A product's card may give the price above the chip; counts in it are no prices.
        ("名称：智算服务\n单价：1.5万元/台/月\n库存：30台\n芯片：昇腾910B", [("huawei-ascend-910b", 2.57)]),
        ("型号：A800 80G\n单机卡数：4\n可用台数：24\n价格：16000元/台·月", [("nvidia-a800", 5.48)]),
        ("二、成交人：某公司\n三、中标价：13万元/台/月\n四、标的：8卡H200", [("nvidia-h200", 22.26)]),
        ("挂牌价：3.5万元/P/年\n规模：500P\n芯片：昇腾910B", [("huawei-ascend-910b", None)]),
        # How often a list comes out, and by how much a price moved, are no units and no prices.
        ("【每日算力报价】\nH100 8卡 7万", [("nvidia-h100", 11.99)]),
        (
            "H100（整机 包月）报价7.4-7.8万元/台，均价7.6万元/台，跌500元/台",
            [("nvidia-h100", 12.67), ("nvidia-h100", 13.01)],
        ),
        (
            "4090 8卡裸金属 整租6000一台一个月，散租6600",
            [("nvidia-rtx-4090", 1.03), ("nvidia-rtx-4090", 1.13)],
        ),
        # Who looks for cards, and what a tender will pay at most.
        ("有没有H200现货？要64台，8.5万左右", []),
        ("询比价公告：拟租赁A800 8卡服务器10台，最高限价4.2万元/台/月", []),
    ],
)
def test_forms_of_the_trade(text: str, wanted: list[tuple[str, float | None]]) -> None:
    assert asked(text) == wanted


def test_heads_that_are_only_units() -> None:
    table = Table(
        [["显卡", "单卡/小时", "8卡/月", "price_month_cny"], ["RTX 5090", "3元", "1.3万元", "1500"]],
        "table 1",
    )
    rates = [(o.price_unit, round(o.price_cny_per_gpu_hour or 0, 2)) for o in found(tables=[table])]
    assert rates == [("CNY/gpu-hour", 3.0), ("CNY/server-month", 2.23), ("CNY/gpu-month", 2.05)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # 7w2 is 72,000, 6k8 is 6,800; 分 is a hundredth.
        ("H100*8 7w2 现货\n4090*8 6k8 现货", [("nvidia-h100", 12.33), ("nvidia-rtx-4090", 1.16)]),
        ("4090D 168分/卡时，A800 498分/卡时", [("nvidia-rtx-4090d", 1.68), ("nvidia-a800", 4.98)]),
        # Rows of numbers under a unit: a column each.
        (
            "单位：万元/台/月\n型号 一年 三年\nH100 SXM 7.3 6.8\nA100 80G 3.5 -",
            [("nvidia-h100", 12.5), ("nvidia-h100", 11.64), ("nvidia-a100", 5.99)],
        ),
        # A first row with a chip and a rate is no header.
        (
            "RTX 4090 | 24GB | 普通 2.2元/时 | 会员 2.0元/时\nA100 | 80GB | 普通 6.8元/时 | 会员 6.5元/时",
            [("nvidia-rtx-4090", 2.2), ("nvidia-rtx-4090", 2.0), ("nvidia-a100", 6.8), ("nvidia-a100", 6.5)],
        ),
        ("去年八卡H100月租还能到15万，现在6万", [("nvidia-h100", 10.27)]),
        ("A100 卡时单价 4.5元；预存5万元以上享8折", [("nvidia-a100", 4.5)]),
        (
            "整机（8×H20）挂牌价58,000元/月，成交价52,000元/月，单卡6600元/月",
            [("nvidia-h20", 9.93), ("nvidia-h20", 8.9), ("nvidia-h20", 9.04)],
        ),
        ("求：A100 80G 50台 3万以内", []),
        ("回收显卡：4090 1.4万，A100 6万", []),
        ("华强北报价：RTX 5090 2.45万，4090D 1.5万（全新盒装）", []),
        # The end of a seller's name is no sign of a currency.
        ("B300: Nebius $7.85/hr", [("nvidia-b300", 55.73)]),
        # Outside the Chinese trade a server may hold one card; without a plausible reading nothing is priced.
        ("GPU Server with RTX A4000: $120/mo", [("nvidia-rtx-a4000", None)]),
        ("H100 bare metal server $16/hr", [("nvidia-h100", 14.2)]),
        # A month of some hours is a bill.
        ("**Moderate use** (daily, few hours):\n- T4: $20-40/month", []),
        ("RTX 4090 每天使用3小时，约 200元/月", []),
        # A board's name counts its cards only where one reading is far likelier.
        ("HGX H100 $2.99/hr", [("nvidia-h100", 21.23)]),
        ("HGX H100 $24/hr", [("nvidia-h100", 21.3)]),
        ("HGX H100 $6.16/hr", [("nvidia-h100", None)]),
        ("HGX H100 8-GPU $16/hr", [("nvidia-h100", 14.2)]),
    ],
)
def test_more_forms_of_the_trade(text: str, wanted: list[tuple[str, float | None]]) -> None:
    assert asked(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5090 8卡机器60台 租金12000一台 月付", [("nvidia-rtx-5090", 2.05)]),
        ("H20 8卡机 3台 92万/台 谈好发货", []),
        ("H100单机8卡 2800/天，周付1.8万，满月7万", [("nvidia-h100", r) for r in (14.58, 13.39, 11.99)]),
        (
            "昇腾384超节点（CloudMatrix384，910C×384）整节点包月 420万元",
            [("huawei-ascend-910c", 14.98)],
        ),
        ("A40-12Q 实例 900元/月", [("nvidia-a40", 4.93)]),
        (
            "A100 MIG 1g.10gb 切片 1.0元/小时；A100 整卡 6元/小时",
            [("nvidia-a100", 7.0), ("nvidia-a100", 6.0)],
        ),
        ("4090显卡二手均价1.35万元，较上月下跌800元", []),
        ("我司需租用H100 集群512卡，可接受7万/台/月", []),
        # A short name beside the memory of its card needs no maker; beside another it is a cache.
        (
            "A16 1.5元/卡/h，A2 16G 0.6元/卡/h，L2 24G 1元/卡/h",
            [("nvidia-a16", 1.5), ("nvidia-a2", 0.6), ("nvidia-l2", 1.0)],
        ),
        ("L2 48G 1元/卡/h", []),
        # Let by the hour, a server by one word only is one where that is not far less likely than a card.
        ("A100 IB组网整租 15元/时", [("nvidia-a100", 15.0)]),
        ("A100 整机 40元/小时", [("nvidia-a100", 5.0)]),
        ("H100 裸金属 120元/小时", [("nvidia-h100", 15.0)]),
        ("H100 裸金属 20元/小时", [("nvidia-h100", 20.0)]),
        ("昇腾910B4 8卡 1.3万", [("huawei-ascend-910b4", 2.23)]),
        ("H20 8卡机器，4.3个/月，宁夏", [("nvidia-h20", 7.36)]),
        ("BI-V100 0.95元/卡时；登临 面议", [("iluvatar-bi-v100", 0.95)]),
        ("一体机（8卡910B）售价89万元；租赁版2.4万元/月", [("huawei-ascend-910b", 4.11)]),
        ("M3 Ultra 整机租赁 2500元/月；A10 单卡1200元/月", [("nvidia-a10", 1.64)]),
        ("4090 36元/天、3090 20元/天，包月打8折", [("nvidia-rtx-4090", 1.5), ("nvidia-rtx-3090", 0.83)]),
        (
            "T4云主机规格\n8核32G1卡：按需7元/小时，包月2260元\n16核64G2卡：按需14元/小时，包月4520元",
            [("nvidia-t4", 7.0), ("nvidia-t4", 3.1), ("nvidia-t4", 7.0), ("nvidia-t4", 3.1)],
        ),
        ("BW1000 单卡 3元/小时；包年7折", [("hygon-bw1000", 3.0)]),
        ("寒武纪股价突破1400元，市值超5800亿元；思元590受关注", []),
    ],
)
def test_servers_racks_and_slices(text: str, wanted: list[tuple[str, float | None]]) -> None:
    assert asked(text) == wanted


def test_a_bare_number_is_yuan_under_a_chinese_head_of_a_page_without_other_money() -> None:
    text = "产品,GPU,包月原价,包月优惠价\n计算型 2x,T4*1,2680,1340"
    assert [(o.price_unit, o.price_value) for o in found(text)] == [
        ("CNY/gpu-month", 2680.0),
        ("CNY/gpu-month", 1340.0),
    ]
    assert issues(text).count("assumed-currency") == 2
    assert [o.price_unit for o in found(f"{text}\n\n以上为美元价格")] == [None, None]


def test_a_bare_model_number_heads_a_column() -> None:
    text = "| 平台 | A100 | H800 | 4090 |\n|---|---|---|---|\n| 甲云（元/卡时） | 7 | 12 | 2 |"
    assert asked(text) == [("nvidia-a100", 7.0), ("nvidia-h800", 12.0), ("nvidia-rtx-4090", 2.0)]


def test_lists_of_the_trade_as_csv() -> None:
    rows = [
        ["渠道", "型号", "价格", "单位", "类型"],
        ["群A", "H100 SXM 8卡", "7.1", "万/台/月", "出"],
        ["群A", "H100 SXM 8卡", "6.5", "万/台/月", "求"],
        ["群B", "H200 8卡", "238", "万/台", "售"],
    ]
    assert [(o.offer_kind, o.price_unit, o.price_value) for o in found(tables=[Table(rows, "table 1")])] == [
        ("ask", "CNY/server-month", 71000.0),
        ("bid", "CNY/server-month", 65000.0),
        ("purchase", "CNY/server", 2380000.0),
    ]


@pytest.mark.parametrize(
    ("three", "unit", "rate"), [("¥9,000", "CNY/gpu-quarter", 4.11), ("¥2,900", "CNY/gpu-month", 3.97)]
)
def test_columns_for_several_months(three: str, unit: str, rate: float) -> None:
    table = Table([["GPU型号", "GPU数量", "1个月", "3个月"], ["A10", "1", "¥3,100", three]], "table 1")
    first, second = found(tables=[table])
    assert (first.price_unit, second.price_unit) == ("CNY/gpu-month", unit)
    assert near(second.price_cny_per_gpu_hour, rate)


def test_units_in_a_column_of_their_own_and_two_prices_in_a_cell() -> None:
    by_item = Table(
        [
            ["产品", "算力卡", "计费项", "目录价", "交易价（八折）"],
            ["裸金属", "H800 80GB×8", "元/台/月", "75000", "60000"],
            ["容器", "RTX 4090×1", "元/卡/时", "2.20", "1.76"],
        ],
        "table 1",
    )
    periods = Table(
        [["规格", "按需（元/小时）", "1个月", "1年"], ["Snt9B×8", "240元", "115200元", "1152000元"]],
        "table 2",
    )
    inside = Table(
        [["计算资源", "计费标准"], ["GPU（A100-40G）", "3.0元/卡·时（校内），5.0元/卡·时（校外）"]], "table 3"
    )
    assert [
        [round(o.price_cny_per_gpu_hour or 0, 2) for o in found(tables=[t])] for t in (by_item, periods)
    ] == [
        [12.84, 10.27, 2.2, 1.76],
        [30.0, 19.73, 16.44],
    ]
    assert [(o.price_value, o.price_tier) for o in found(tables=[inside])] == [
        (3.0, "internal"),
        (5.0, "external"),
    ]
