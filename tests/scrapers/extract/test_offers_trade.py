"""How sellers in the trade word their posts: prices as they are spoken, units said last, lots, hosting that is no rent."""

import datetime as dt

import pytest

from scrapers.documents import Context, Document
from scrapers.extract import offers
from scrapers.records import Offer


def found(text: str) -> list[Offer]:
    context = Context(document_key="t", date=dt.date(2026, 7, 15), options={"rates": {"2024-01": 7.1}})
    return [r for r in offers.read(Document(text=text), context) if isinstance(r, Offer)]


def asked(text: str) -> list[tuple[str | None, float | None]]:
    """Chip and price per card-hour (yuan, two decimals) of every ask and index."""
    return [
        (o.chip_family, round(o.price_cny_per_gpu_hour, 2) if o.price_cny_per_gpu_hour is not None else None)
        for o in found(text)
        if o.offer_kind in ("ask", "index")
    ]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("A10 每小时8毛", [("nvidia-a10", 0.8)]),
        ("P40 八毛五一小时", [("nvidia-p40", 0.85)]),
        ("4090 1块7一小时", [("nvidia-rtx-4090", 1.7)]),
        ("H100 单卡一小时十二块五", [("nvidia-h100", 12.5)]),
        ("H200 一张卡一小时二十一块", [("nvidia-h200", 21)]),
        ("两块3090 2块4每小时", [("nvidia-rtx-3090", 1.2)]),
        ("A100 8块480G SSD 3.2万/月", [("nvidia-a100", 5.48)]),
        ("4090 八卡 每月6.9k", [("nvidia-rtx-4090", 1.18)]),
        ("支持128k上下文，H100 8卡 7万/月", [("nvidia-h100", 11.99)]),
    ],
)
def test_prices_as_they_are_spoken(line: str, wanted: list[tuple[str, float | None]]) -> None:
    assert asked(line) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "3090整机12台在徐州，4200；4090整机6台在扬州，6600；都是月租",
            [("nvidia-rtx-3090", 0.72), ("nvidia-rtx-4090", 1.13)],
        ),
        ("A800 单卡月租4300，八卡 33000", [("nvidia-a800", 5.89), ("nvidia-a800", 5.65)]),
        ("H800 16台打包价90万/月", [("nvidia-h800", 9.63)]),
        ("A100 80G 3.4万 -> 3.1万/台/月", [("nvidia-a100", 5.31)]),
        ("4090整机上周6900元/台/月，本周7300元/台/月", [("nvidia-rtx-4090", 1.25)]),
        ("特价 4090 1.39元/卡时", [("nvidia-rtx-4090", 1.39)]),
        ("A800 首月9折，4万/台/月", [("nvidia-a800", 6.85)]),
        ("哪位老板要A800，3.9个/月", [("nvidia-a800", 6.68)]),
        ("B200 8卡 12万/月，预计下周到货", [("nvidia-b200", 20.55)]),
        ("昇腾910B和H20，价格请私聊", [("huawei-ascend-910b", None), ("nvidia-h20", None)]),
        ("真武 96G 单卡 4元/小时", [("thead-ppu", 4)]),
        (
            "Spot is $1.60/hr/GPU ($12.80/hr for 8x H100)",
            [("nvidia-h100", 11.36), ("nvidia-h100", 11.36)],
        ),
        (
            'H100_PRICES = [\n  {\n    vendor: "A",\n    usd_per_gpu_hour: 2.5,\n  },\n]',
            [("nvidia-h100", 17.75)],
        ),
        ("- name: 8x NVIDIA B200 price: 6.5 currency: USD unit: per GPU per hour", [("nvidia-b200", 46.15)]),
        # The price for another term, or by another pass.
        (
            "H100 17元/卡/小时；1个月：14.5；6个月：12.8",
            [("nvidia-h100", 17), ("nvidia-h100", 14.5), ("nvidia-h100", 12.8)],
        ),
        (
            "3090 月卡 700元 周卡 190元 天卡 30元",
            [("nvidia-rtx-3090", 0.96), ("nvidia-rtx-3090", 1.13), ("nvidia-rtx-3090", 1.25)],
        ),
        ("H800 8卡，按年租，60万/台", [("nvidia-h800", 8.56)]),
        ("A100 1台起租 3.3万元/月/台", [("nvidia-a100", 5.65)]),
        (
            "4x 4090 rig: $1.20/hr total, $0.30 per GPU",
            [("nvidia-rtx-4090", 2.13), ("nvidia-rtx-4090", 2.13)],
        ),
        ("A10 fell to $0.50/h from $0.80/h", [("nvidia-a10", 3.55)]),
        ("A100-80 $0.0007/s, T4 $0.0002/s", [("nvidia-a100", 17.89), ("nvidia-t4", 5.11)]),
        ("Gaudi 2 8-card node: $8/h", [("intel-gaudi2", 7.1)]),
        (
            "L40S is $0.80/hour here and $16/hour on their 8x nodes",
            [("nvidia-l40s", 5.68), ("nvidia-l40s", 14.2)],
        ),
        # A server by the month in less than a hundred is in 万.
        ("H800 八卡 月付5.6 年付5.1，单位万", [("nvidia-h800", 9.59), ("nvidia-h800", 8.73)]),
        ("A800八卡 3.9一个月", [("nvidia-a800", 6.68)]),
        ("4090 1.9一个月", [("nvidia-rtx-4090", 3.25)]),
        ("A100整机 到手价 3.1w", [("nvidia-a100", 5.31)]),
        (
            "4090单卡 1.9/时 月1150 八卡整机 0.72w",
            [("nvidia-rtx-4090", 1.9), ("nvidia-rtx-4090", 1.58), ("nvidia-rtx-4090", 1.23)],
        ),
        (
            "H20 4.3万，A800 3.7万（整机8卡/月，含税）",
            [("nvidia-h20", 7.36), ("nvidia-a800", 6.34)],
        ),
        ("GPU小时单价：A100 6元、H100 15元", [("nvidia-a100", 6), ("nvidia-h100", 15)]),
        ("H800集群（512卡）整体出租，350万/月", [("nvidia-h800", 9.36)]),
        ("A800-SXM ×8\n按月：￥40,000\n按季：￥115,000", [("nvidia-a800", 6.85), ("nvidia-a800", 6.56)]),
        ("A100(80G)5.8 4090(24G)1.7 单位：元/卡时", [("nvidia-a100", 5.8), ("nvidia-rtx-4090", 1.7)]),
        ("RTX 5090 x4 node, $1,460 monthly, setup fee $150", [("nvidia-rtx-5090", 3.55)]),
        ("RTX 3090: $0.20/hour → $33 for 1 week", [("nvidia-rtx-3090", 1.42)]),
        ("An H100 at $2/hour for 30 minutes", [("nvidia-h100", 14.2)]),
        ("H100 is at $2.50/hr, up from its trough of $1.80/hr", [("nvidia-h100", 17.75)]),
        (
            "单卡约3万到20万元不等，昇腾910B整机采购约150万元，出租1.4万元/台/月",
            [("huawei-ascend-910b", 2.4)],
        ),
        (
            "| SKU | GPUs | Hourly |\n|---|---|---|\n| x.h100.8 | 8x H100 | $24 |\n| x.l4.2 | 2x L4 | $1 |",
            [("nvidia-h100", 21.3), ("nvidia-l4", 3.55)],
        ),
        (
            "| 产品 | 租期 | 价格（万元/台） |\n|---|---|---|\n| H100 8卡 | 月 | 7 |\n| H100 8卡 | 年 | 80 |",
            [("nvidia-h100", 11.99), ("nvidia-h100", 11.42)],
        ),
        (
            "| GPU | Cost/hr | Annual Cost |\n|---|---|---|\n| A10G | $1.2 | $300 |",
            [("nvidia-a10g", 8.52)],
        ),
        (
            "gpu,average_usd_per_gpu_hour,prices,status\nH100,2.5,14,observed\nH200,3.5,9,observed",
            [("nvidia-h100", 17.75), ("nvidia-h200", 24.85)],
        ),
        ("A800 3.5w，3090 4k，均为8卡月租", [("nvidia-a800", 5.99), ("nvidia-rtx-3090", 0.68)]),
        ("出租 3090-x×8 每台每月4000元", [("nvidia-rtx-3090", 0.68)]),
        ("L40S 由5元/时调整为4.5元/时", [("nvidia-l40s", 4.5)]),
        ("GB200 整柜72卡 200万/月", [("nvidia-gb200", 38.05)]),
        ("价格咨询：H20 8卡 面议", [("nvidia-h20", None)]),
        ("H800 约8万元/P/年，昇腾集群约6万元/P/年", [("nvidia-h800", None)]),
        (
            "H100 costs $2/hr. Serverless inference comes to $0.8/hr.",
            [("nvidia-h100", 14.2)],
        ),
        ("017 L20 ¥3、018 3090 ¥1.2", [("nvidia-l20", None), ("nvidia-rtx-3090", None)]),
        (
            "['3090 ¥1.1/小时', 'A100 ¥6/小时', '高校认证 95 折']",
            [("nvidia-rtx-3090", 1.1), ("nvidia-a100", 6)],
        ),
        ("折合 ¥0.1-0.3 / 分钟成片（4090 ¥1.9/时）", [("nvidia-rtx-4090", 1.9)]),
        ("Two A100s cost $3/hour. That's $30 per experiment.", [("nvidia-a100", 10.65)]),
        ("AutoDL 按需租用，RTX 4090 约 ¥2/小时", [("nvidia-rtx-4090", 2)]),
        (
            "| GPU | AutoDL | Vast |\n|---|---|---|\n| RTX 4090 | ¥2.1/h | $0.31/h |",
            [("nvidia-rtx-4090", 2.1), ("nvidia-rtx-4090", 2.2)],
        ),
        ("10 cells x 2.5 GPU-h, about $70 on H100s at $2/h", [("nvidia-h100", 14.2)]),
        ("| 租 4090 ¥2.4/hr | ≈ ¥0.8 | 满载时 |", [("nvidia-rtx-4090", 2.4)]),
        ("On 512 H100s at $2/GPU-hr = $1,024/hr", [("nvidia-h100", 14.2)]),
        (
            "| GPU | 按需（$/hr） | 预留价格 |\n|---|---|---|\n| L4 | $0.8 | $0.5 |",
            [("nvidia-l4", 5.68), ("nvidia-l4", 3.55)],
        ),
        (
            "| GPU | $/hr |\n|---|---|\n| A10 / H100 PCIe / H100 SXM | $1 / $2 / $3 |",
            [("nvidia-a10", 7.1), ("nvidia-h100", 14.2), ("nvidia-h100", 21.3)],
        ),
        # Without a unit what a card costs to buy is no ask; what may be a server's month stays one without a price.
        ("| GPU | Price | Speed |\n|---|---|---|\n| H100 SXM | $34,000 | ~200 |", []),
        ("RTX 5090 ¥28,000 · RTX 6000 Ada ¥70,000", []),
        ("整机长租 4090*8 512G内存 6200", []),
        # Rows that say their unit in the first cell.
        (
            "| 对比 | 甲云 | 乙云 |\n|---|---|---|\n| RTX 3090（元/小时） | 1.3 | 1.1 |\n| 按秒计费 | 支持 | 支持 |",
            [("nvidia-rtx-3090", 1.3), ("nvidia-rtx-3090", 1.1)],
        ),
        (
            "| 卡型 | 1卡 | 8卡 |\n|---|---|---|\n| A800（元/小时） | 5 | 40 |\n| H800（元/小时） | 9 | 72 |",
            [("nvidia-a800", 5), ("nvidia-a800", 5), ("nvidia-h800", 9), ("nvidia-h800", 9)],
        ),
    ],
)
def test_words_of_the_trade(line: str, wanted: list[tuple[str, float | None]]) -> None:
    assert asked(line) == wanted


@pytest.mark.parametrize(
    "line",
    [
        "budgetPerMonth: '6万/台/月',\ngpu: 'H100'",
        "客户在找A40 8卡 6台，月租5000能接",
        "A800八卡 3.9万一个月能做吗",
        "used RTX 3090 $700 each",
        "Our A100s cost us about $0.80/GPU-hr including power",
        '"RTX 4090": {"power": "$25/month"}',
        "8卡H100服务器托管费 9000元/月，机器自备",
        "机柜出租 16A 5800元/月，可放4090服务器",
        "is $1.2/h too expensive for an A100?",
        "H100 3块一小时贵吗",
        "成本能控制在每小时 12 元以内。例如用 A100 微调一次",
    ],
)
def test_no_rent_of_a_chip(line: str) -> None:
    assert asked(line) == []


def test_other_things_beside_the_card_are_no_prices_of_it() -> None:
    assert asked("L4 1.2元/小时，1核时0.04元") == [("nvidia-l4", 1.2)]
    assert asked("An A100 costs $3/hour on-demand. Run 8 of them and it is $17K/month in GPU compute.") == [
        ("nvidia-a100", 21.3)
    ]


def test_a_size_behind_the_name() -> None:
    assert [o.memory_gib for o in found("A100-80 $2/h")] == [80]
    # cores and memory of the host, in the names of one market
    assert [o.memory_gib for o in found("8x-Tesla_V100-32-65536 $2/h")] == [None]


def test_tax_and_stock() -> None:
    assert [o.is_tax_included for o in found("H20 8卡，税前4.2万，税后4.45万，月结")] == [False, True]
    assert [o.is_tax_included for o in found("A800 8卡 3.9万/月，不带票")] == [False]
    assert [o.is_tax_included for o in found("H800 8卡 6万/月（含税），5.6万/月（不含税）")] == [True, False]
    assert [o.is_tax_included for o in found("L4 $0.4/hr. Prices exclude VAT.")] == [False]
    (offer,) = found("RTX 4090 ¥1.98/时 可租 4 / 共 40")
    assert (offer.quantity_idle, offer.quantity_total) == (4, 40)
    assert [o.availability for o in found("H200 目前没有现货")] == ["sold_out"]
