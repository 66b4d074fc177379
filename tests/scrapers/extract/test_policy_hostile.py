"""Properties of policy reading over any text, and work that grows with the text and no faster."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.documents import Context, Document
from scrapers.extract import policy
from scrapers.issues import Issue
from scrapers.records import Policy, SupportClause
from scrapers.text.numerals import to_chinese
from scrapers.text.repair import repair

CONTEXT = Context(document_key="t", url="https://www.example.gov.cn/a.html")
PIECES = [
    "算力券", "“算力券”", "模型券", "语料", "算力", "大模型", "对", "企业", "给予", "最高", "不超过", "每家", "每年", "发放", "设立",
    "30%", "１００万元", "200万元", "1亿元", "5万元（含）以上", "三成", "1/3", "0.5元/卡时", "按", "合同金额的", "，", "。", "；", "、", "\n",
    "（一）", "一、", "第一条", "《", "》", "〔2024〕1号", "2024年1月1日", "成都市人民政府", "分别", "国家级、省级", "例如", "×", "=", "|",
    "up to 80% of rental fees", "voucher ", "50 million yuan ", "Shanghai ", "\u3000", "(fā)", "發放", "有效期", "截止", "(", ")",
]  # fmt: skip


def records(text: str) -> list[Policy | SupportClause | Issue]:
    return list(policy.read(Document(text=text), CONTEXT))


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_quotes_are_the_text_at_their_offsets(raw: str) -> None:
    text = repair(raw).text
    found = records(text)
    assert sum(isinstance(record, Policy) for record in found) == 1
    for record in found:
        if isinstance(record, Issue):
            continue
        ground = record.ground
        assert ground.start is not None
        assert ground.end is not None
        assert text[ground.start : ground.end] == ground.quote
        if isinstance(record, SupportClause):
            assert ground.quote
            first, last = map(int, ground.locator.removeprefix("chars ").split("-"))
            assert ground.start <= first < last <= ground.end
            assert record.value > 0
            assert record.unit != "pct" or record.value <= 100
            assert record.clause_kind in policy.CLAUSE_KINDS


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_without_failing(text: str) -> None:
    assert any(isinstance(record, Policy) for record in records(text))


@given(st.integers(1, 9999), st.sampled_from(["万", "亿", "千万", "百万", ""]))
@settings(max_examples=60, deadline=None)
def test_a_cap_in_any_numeral_comes_back(number: int, scale: str) -> None:
    factor = {"万": 10**4, "亿": 10**8, "千万": 10**7, "百万": 10**6, "": 1}[scale]
    forms = [str(number), f"{number:,}", to_chinese(number)] if scale in ("万", "") else [str(number)]
    for form in forms:
        (clause,) = (
            r for r in records(f"每家企业每年申领算力券最高{form}{scale}元。") if isinstance(r, SupportClause)
        )
        assert (clause.clause_kind, Decimal(str(clause.value))) == ("max_amount", number * factor), form


@given(st.integers(1, 100))
@settings(max_examples=40, deadline=None)
def test_a_share_in_any_form_comes_back(share: int) -> None:
    for form in (f"{share}%", f"{share} %", f"百分之{to_chinese(share)}", f"百分之{share}"):
        (clause,) = (
            r
            for r in records(f"对租用算力的企业，按合同金额的{form}给予补贴。")
            if isinstance(r, SupportClause)
        )
        assert (clause.clause_kind, clause.value) == ("rate_cap", share), form


@pytest.mark.parametrize(
    "unit",
    [
        "9", "1,", "((", "[", "《", "不超过", "30%、", "100万元", "算力券", "对", "1/", "第一条", "\n一、算力券", "有效期至2025年",
        "〔2024〕1号", "2024年1月1日\n", "券", "局2024年1月1日", "每家发放算力券最高100万元，", "算力券，对甲给予最高5万元。", "截止", "(1)",
        "up to 80% of compute voucher fees ", "Shanghai compute voucher 5 million yuan. ", "市人民政府印发", "，对算力",
    ],
)  # fmt: skip
def test_work_grows_with_the_text_only(unit: str) -> None:
    """Twice the text may cost 2.6 times as much processor time, with room for noise; quadratic work costs four times."""

    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            records(text)
            best = min(best, time.process_time() - start)
        return best

    small = seconds(10_000)
    assert seconds(40_000) < max(small, 0.004) * 4 * 2.0


def test_a_megabyte_of_digits_is_read() -> None:
    start = time.process_time()
    records("9" * 1_000_000)
    assert time.process_time() - start < 20
