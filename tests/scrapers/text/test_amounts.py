"""Numerals, amounts and dates."""

import datetime as dt
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.text import dates
from scrapers.text.money import amounts
from scrapers.text.numerals import parse, to_chinese


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,000", "1000"),
        ("1，000", "1000"),
        ("2.5亿", "250000000"),
        ("3千万", "30000000"),
        ("千万", "10000000"),
        ("一千二百万", "12000000"),
        ("贰佰万", "2000000"),
        ("两亿五千万", "250000000"),
        ("1亿2000万", "120000000"),
        ("一点五亿", "150000000"),
        ("十二", "12"),
        ("一百零五", "105"),
        ("二〇二五", "2025"),
        ("三万亿", "3000000000000"),
    ],
)
def test_parse(text: str, value: str) -> None:
    assert parse(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "元", "1.2.3", "三点", "1a"])
def test_parse_refuses(text: str) -> None:
    assert parse(text) is None


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_come_back(value: int) -> None:
    assert parse(to_chinese(value)) == value


@given(st.integers(1, 99_999), st.integers(0, 99), st.sampled_from(["", "万", "亿", "千万", "百万"]))
def test_money_in_any_form_comes_back(whole: int, cents: int, scale: str) -> None:
    factor = {"": 1, "万": 10**4, "亿": 10**8, "千万": 10**7, "百万": 10**6}[scale]
    number = Decimal(whole) + Decimal(cents) / 100
    for form in {f"{number}", f"{number:,}", f"{number} " if scale else f"{number}"}:
        found = amounts(f"给予最高{form}{scale}元补贴")
        assert [(a.value, a.unit) for a in found] == [(number * factor, "CNY")], form


@given(st.integers(1, 99), st.sampled_from(["{}%", "百分之{}", "{} %", "{}％".replace("％", "%")]))
def test_shares_in_any_form_come_back(value: int, form: str) -> None:
    (found,) = amounts(f"按{form.format(value)}给予补贴")
    assert (found.value, found.unit) == (value, "pct")
    (chinese,) = amounts(f"按百分之{to_chinese(value)}给予补贴")
    assert chinese.value == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三成补贴", [("share", 30, "pct")]),
        ("三分之一", [("share", Decimal("33.33"), "pct")]),
        ("实际补助的1/3给予", [("share", Decimal("33.33"), "pct")]),
        ("不超过300万元、150万元", [("money", 3_000_000, "CNY"), ("money", 1_500_000, "CNY")]),
        ("分别给予300、150万元", [("money", 3_000_000, "CNY"), ("money", 1_500_000, "CNY")]),
        ("分别按30%、20%", [("share", 30, "pct"), ("share", 20, "pct")]),
        ("0.5元/卡时", [("per_unit", Decimal("0.5"), "CNY/card-hour")]),
        ("每P补贴500元/P/年", [("per_unit", 500, "CNY/PFLOPS/年")]),
        ("2000卡时的免费算力", [("quantity", 2000, "card-hour")]),
        ("20EFLOPS", [("quantity", 20_000, "PFLOPS")]),
        ("有效期为12个月", [("duration", 12, "month")]),
        ("连续支持两年", [("duration", 24, "month")]),
        ("CN¥600 million ($84.1 million)", [("money", 600_000_000, "CNY"), ("money", 84_100_000, "USD")]),
        ("1 billion yuan, up to 80 percent", [("money", 10**9, "CNY"), ("share", 80, "pct")]),
        ("折合84万美元", [("money", 840_000, "USD")]),
        ("1000余万元", [("money", 10_000_000, "CNY")]),
        ("数百万元、几十万元", []),
        ("到2025年,2024年底,第三成员", []),
        ("网络元宇宙2元素", []),
    ],
)
def test_amounts(text: str, expected: list[tuple[str, object, str]]) -> None:
    assert [(a.kind, a.value, a.unit) for a in amounts(text)] == expected


def test_ranges_keep_both_ends() -> None:
    (share,) = amounts("按20%-50%给予补贴")
    assert (share.low, share.value) == (20, 50)
    (money,) = amounts("给予10—50万元补贴")
    assert (money.low, money.value) == (100_000, 500_000)


def test_floors_are_marked() -> None:
    for text in ("5万元以上", "5万元(含)以上", "5万元（含）以上", "5万元及以上"):
        assert amounts(text)[0].bound == "at_least", text
    assert amounts("最高5万元")[0].bound == ""


@given(
    st.lists(
        st.sampled_from(
            [
                "30%",
                "1/3",
                "300、",
                "150万元",
                "—",
                "10",
                "万",
                "元",
                "亿",
                "三成",
                "百分之",
                "五",
                "12个月",
                "P",
                "卡时",
                "$",
                "，",
                ",",
                "每",
            ]
        ),
        max_size=25,
    )
)
def test_offsets_are_in_order_and_inside(parts: list[str]) -> None:
    text = "".join(parts)
    at = 0
    for amount in amounts(text):
        assert at <= amount.start < amount.end <= len(text)
        at = amount.end


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023-11-08238人次浏览", dt.date(2023, 11, 8)),
        ("2024/03/19/ 08:28", dt.date(2024, 3, 19)),
        ("2024年5月22日", dt.date(2024, 5, 22)),
        ("二〇二四年十一月二十四日", dt.date(2024, 11, 24)),
        ("March 19, 2026", dt.date(2026, 3, 19)),
        ("19 March 2026", dt.date(2026, 3, 19)),
        ("11月24日", None),
        ("2024年11月31日", None),
        ("2024-13-01", None),
    ],
)
def test_dates(text: str, date: dt.date | None) -> None:
    assert dates.first(text) == date


@given(st.dates(dt.date(1990, 1, 1), dt.date(2039, 12, 31)))
def test_dates_in_any_form_come_back(day: dt.date) -> None:
    chinese = "".join("〇一二三四五六七八九"[int(d)] for d in str(day.year))
    for form in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y.%m.%d}",
        f"{chinese}年{to_chinese(day.month).removeprefix('一') if day.month >= 10 else to_chinese(day.month)}月"
        f"{to_chinese(day.day).removeprefix('一') if 10 <= day.day < 20 else to_chinese(day.day)}日",
    ):
        assert dates.first(f"印发于{form}。") == day, form


def test_dates_in_addresses() -> None:
    assert dates.in_url("https://a.gov.cn/x/202507/t20250715_2945093.htm") == dt.date(2025, 7, 15)
    assert dates.in_url("http://a.gov.cn/art/2025/10/27/art_1_2.html") == dt.date(2025, 10, 27)
    assert dates.in_url("https://a.cn/content/post_12764271.html") is None


@pytest.mark.parametrize("unit", ["9", "一", "1/", "1,", "300、", "百分之", "1万", "%-", "10万-"])
def test_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.perf_counter()
        amounts(text)
        return time.perf_counter() - start

    small, large = max(seconds(50_000), 0.01), seconds(200_000)
    assert large < small * 16
