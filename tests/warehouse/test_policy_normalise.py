"""Programmes from documents: pages and curated rows merged, attachments included, versions linked, refused pages kept out."""

import datetime as dt
from typing import Any

import polars as pl
import pytest

from scrapers import formats
from scrapers.documents import Context
from scrapers.extract import policy as reader
from scrapers.issues import Issue
from scrapers.records import (
    CaptureKind,
    Criterion,
    Fact,
    Ground,
    Landed,
    Origin,
    Policy,
    Record,
    SupportClause,
)
from warehouse.normalise import Landing
from warehouse.normalise.policy import canonical_url, tables

SEEN = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
PAGE = "https://x.gov.cn/a/t20250723_1.html"


def landed(
    record: Record, url: str, kind: CaptureKind = "live", at: dt.datetime = SEEN, sha: str = ""
) -> Landed:
    return Landed(
        record,
        Origin(
            source_id=f"policy/{url[8:]}" if kind == "curated" else "policy/test", source_url=url, capture_sha256=(sha or url).ljust(64, "0")[:64], capture_kind=kind,
            observed_at=at, observed_until=at, parser_version="1",
        ),
    )  # fmt: skip


def ground(url: str | None = None) -> Ground:
    return Ground(quote="按30%给予补贴", locator="chars 0-8", url=url)


def policy(key: str, **values: Any) -> Policy:
    known: dict[str, Any] = {
        "jurisdiction": "杭州市", "jurisdiction_code": "330100", "level": "city", "is_official": True,
        "instruments": ("compute_voucher",), "status": "in_force", "ground": ground(),
    }  # fmt: skip
    return Policy(document_key=key, **(known | values))


def clause(key: str, kind: Any, value: float, **values: Any) -> SupportClause:
    known: dict[str, Any] = {
        "unit": "pct" if kind == "rate_cap" else "CNY",
        "instrument": "compute_voucher",
        "ground": ground(),
    }
    return SupportClause(document_key=key, clause_kind=kind, value=value, **(known | values))


def made(*records: Landed) -> dict[str, list[dict[str, Any]]]:
    frames: dict[str, pl.DataFrame] = tables(Landing(records=records, captures=()))
    return {name.removeprefix("core_policy__"): frame.to_dicts() for name, frame in frames.items()}


ROW = "330100-compute-voucher-2025-07"


def row(key: str = ROW, **values: Any) -> Landed:
    """A curated row."""
    record = policy(key, is_official=False, **({"ground": ground("http://copy.example.com/1")} | values))
    return landed(record, "https://register", "curated")


def test_an_attachment_is_part_of_its_notice() -> None:
    annex = "https://x.gov.cn/a/annex.docx"
    found = made(
        landed(clause(PAGE, "rate_cap", 30), annex),
        landed(policy(PAGE, title=None, instruments=("compute_voucher",), deadline=dt.date(2026, 12, 1), eligibility=(Criterion(criterion="requires_unrelated_party", value="true", text="无关联"),)), annex),
        landed(policy(PAGE, title="关于算力券的通知", instruments=(), published_date=dt.date(2025, 7, 23), document_number="杭政〔2025〕1号"), PAGE),
    )  # fmt: skip
    (programme,) = found["programmes"]
    assert (programme["programme_name"], programme["document_number"], programme["deadline"]) == (
        "关于算力券的通知",
        "杭政〔2025〕1号",
        dt.date(2026, 12, 1),
    )
    assert [(t["rate_pct"], t["source_url"]) for t in found["tiers"]] == [(30.0, annex)]
    assert [c["criterion"] for c in found["criteria"]] == ["requires_unrelated_party"]


def test_only_the_newest_capture_of_an_attachment_counts() -> None:
    annex, later = "https://x.gov.cn/a/annex.docx", SEEN + dt.timedelta(days=1)
    found = made(
        landed(policy(PAGE), PAGE),
        *(landed(r, annex, sha="old") for r in (policy(PAGE), clause(PAGE, "rate_cap", 30))),
        *(landed(r, annex, sha="new", at=later) for r in (policy(PAGE), clause(PAGE, "rate_cap", 20))),
    )
    assert [t["rate_pct"] for t in found["tiers"]] == [20.0]


def test_what_an_attachment_adds_is_no_change_and_what_a_later_capture_of_it_says_is_one() -> None:
    annex, later = "https://x.gov.cn/a/annex.docx", SEEN + dt.timedelta(days=1)
    first, moved = dt.date(2026, 12, 1), dt.date(2026, 12, 9)
    both = (landed(policy(PAGE), PAGE), landed(policy(PAGE, deadline=first), annex))
    found = made(*both, landed(policy(PAGE, deadline=moved), annex, sha="new", at=later))
    assert made(*both)["core_trust__changes"] == []
    assert [(c["what"], c["before"], c["after"]) for c in found["core_trust__changes"]] == [
        ("deadline", str(first), str(moved))
    ]


def test_page_and_row_meet_by_address_number_or_place_and_day() -> None:
    for same in (
        {"ground": ground("http://www.x.gov.cn/a/t20250723_1.html")},
        {"document_number": "杭政函[2025]65 号"},
        {"published_date": dt.date(2025, 7, 20)},
    ):
        page = policy(PAGE, document_number="杭政函〔2025〕65号", published_date=dt.date(2025, 7, 23))
        found = made(row(**same), landed(page, PAGE), landed(clause(PAGE, "rate_cap", 30), PAGE))
        assert [p["programme_id"] for p in found["programmes"]] == [ROW], same
        assert found["programmes"][0]["source_url"] == PAGE


def test_an_undated_page_meets_the_only_row_of_its_place() -> None:
    page = landed(policy(PAGE), PAGE)
    assert [p["programme_id"] for p in made(row(), page)["programmes"]] == [ROW]
    two = made(row(), row("330100-compute-voucher-2024-01"), page, landed(clause(PAGE, "rate_cap", 30), PAGE))
    assert len(two["programmes"]) == 3


def test_a_subsidy_clause_in_a_voucher_document_belongs_to_the_voucher() -> None:
    page = policy(PAGE, instruments=("compute_subsidy", "compute_voucher"))
    found = made(
        landed(page, PAGE),
        landed(clause(PAGE, "rate_cap", 30, instrument="compute_subsidy"), PAGE),
        landed(clause(PAGE, "total_budget", 1e7, period="per_year"), PAGE),
    )
    (programme,) = found["programmes"]
    assert programme["instrument"] == "compute_voucher"
    assert [(t["rate_pct"], t["annual_budget_cny"]) for t in found["tiers"]] == [(30.0, 1e7)]


def test_a_mention_is_no_programme() -> None:
    def ids(title: str, *more: Landed) -> list[str]:
        return [p["instrument"] for p in made(landed(policy(PAGE, title=title), PAGE), *more)["programmes"]]

    assert ids("人工智能产业发展情况") == []
    assert ids("关于申领算力券的通知") == ["compute_voucher"]
    assert ids("算力券服务机构入库名单公示") == []
    assert ids("人工智能产业若干措施", landed(clause(PAGE, "rate_cap", 30), PAGE)) == ["compute_voucher"]


def test_a_refused_page_gives_neither_programme_nor_number() -> None:
    found = made(
        landed(policy(PAGE, refusal="mirror"), PAGE),
        landed(clause(PAGE, "rate_cap", 80), PAGE),
        landed(clause(PAGE, "max_amount", 9e7), PAGE),
    )
    assert (found["programmes"], found["tiers"], found["criteria"]) == ([], [], [])
    assert {c["refusal"] for c in found["clauses"]} == {"mirror"}


def test_a_refused_clause_stays_out_of_the_terms() -> None:
    found = made(
        landed(policy(PAGE), PAGE),
        landed(clause(PAGE, "rate_cap", 30), PAGE),
        landed(clause(PAGE, "max_amount", 2e6, refusal="cut-off"), PAGE),
    )
    assert [(t["rate_pct"], t["cap_cny"]) for t in found["tiers"]] == [(30.0, None)]


def terms(*clauses: SupportClause) -> list[tuple[Any, ...]]:
    found = made(landed(policy(PAGE), PAGE), *(landed(c, PAGE) for c in clauses))
    return [(t["tier"], t["side"], t["rate_pct"], t["cap_cny"]) for t in found["tiers"]]


def test_one_rate_with_several_caps_and_several_rates_with_one_cap() -> None:
    assert terms(
        clause(PAGE, "rate_cap", 30),
        clause(PAGE, "max_amount", 3e6, tier="国家级"),
        clause(PAGE, "max_amount", 1.5e6, tier="省级"),
    ) == [("国家级", "user", 30.0, 3e6), ("省级", "user", 30.0, 1.5e6)]
    assert terms(
        clause(PAGE, "rate_cap", 50),
        clause(PAGE, "max_amount", 1e7),
        clause(PAGE, "rate_cap", 60, tier="初创企业"),
    ) == [("general", "user", 50.0, 1e7), ("初创企业", "user", 60.0, 1e7)]


def test_beneficiaries_with_numbers_of_their_own_are_tiers() -> None:
    assert terms(
        clause(PAGE, "rate_cap", 80, applies_to="工业企业"), clause(PAGE, "max_amount", 3e6, applies_to="工业企业"),
        clause(PAGE, "rate_cap", 15, applies_to="标注平台"), clause(PAGE, "max_amount", 5e6, applies_to="标注平台"),
    ) == [("工业企业", "user", 80.0, 3e6), ("标注平台", "user", 15.0, 5e6)]  # fmt: skip
    one = terms(
        clause(PAGE, "rate_cap", 30, applies_to="企业"),
        clause(PAGE, "max_amount", 2e6, applies_to="单家企业"),
    )
    assert one == [("general", "user", 30.0, 2e6)]


def test_what_two_programmes_give_together_is_no_programmes_rate() -> None:
    for together in (
        clause(PAGE, "rate_cap", 100, period="total"),
        clause(PAGE, "rate_cap", 100, tier="叠加"),
    ):
        found = made(
            landed(policy(PAGE), PAGE), landed(clause(PAGE, "rate_cap", 30), PAGE), landed(together, PAGE)
        )
        assert [(t["tier"], t["rate_pct"], t["stacked_rate_pct"]) for t in found["tiers"]] == [
            ("general", 30.0, 100.0)
        ]


def test_supplier_aid_is_a_tier_of_its_own_side() -> None:
    assert terms(clause(PAGE, "rate_cap", 30), clause(PAGE, "rate_cap", 10, side="supplier")) == [
        ("general", "supplier", 10.0, None),
        ("general", "user", 30.0, None),
    ]


def test_a_fuller_row_stays_where_the_page_contradicts_none_of_it() -> None:
    curated = [landed(clause(ROW, kind, value, tier=tier), "https://support", "curated") for kind, value, tier in
               (("rate_cap", 30, "domestic"), ("rate_cap", 20, "other"), ("max_amount", 8e6, "domestic"), ("max_amount", 8e6, "other"))]  # fmt: skip
    page = landed(policy(PAGE, published_date=dt.date(2025, 7, 23), min_spend_cny=5e4), PAGE)
    same = row(published_date=dt.date(2025, 7, 23))

    def chosen(rate: float) -> list[tuple[Any, ...]]:
        found = made(same, *curated, page, landed(clause(PAGE, "rate_cap", rate), PAGE))
        return [(t["tier"], t["rate_pct"], t["min_spend_cny"], t["capture_kind"]) for t in found["tiers"]]

    assert chosen(30) == [("domestic", 30.0, 5e4, "curated"), ("other", 20.0, 5e4, "curated")]
    assert chosen(40) == [("general", 40.0, 5e4, "live")]

    capped = clause(PAGE, "max_amount", 8e6, period="per_year")
    shared = clause(PAGE, "rate_cap", 30, basis="合同额")
    filled = made(same, *curated, page, landed(shared, PAGE), landed(capped, PAGE))["tiers"]
    assert [(t["tier"], t["basis"], t["cap_period"]) for t in filled] == [
        ("domestic", "合同额", "per_year"),
        ("other", None, "per_year"),
    ]


def test_states_follow_their_dates() -> None:
    def state(**values: Any) -> str:
        page = policy(PAGE, title="算力券办法", **values)
        (programme,) = made(landed(page, PAGE))["programmes"]
        return str(programme["status"])

    yesterday, tomorrow = dt.date(2026, 10, 31), dt.date(2026, 11, 2)
    assert state(effective_to=yesterday) == "expired"
    assert state(effective_to=tomorrow) == "in_force"
    assert state(deadline=yesterday) == "closed"
    assert state(deadline=tomorrow) == "in_force"
    assert state(status="draft", deadline=yesterday) == "draft"
    assert state(status="superseded") == "superseded"


def chain(*rows: tuple[str, str, dict[str, Any]]) -> dict[str, tuple[Any, ...]]:
    found = made(
        *(row(f"330100-compute-voucher-{month}", status=status, **more) for month, status, more in rows)
    )
    return {
        p["programme_id"][-7:]: (p["version"], p["status"], (p["supersedes_programme_id"] or "")[-7:], (p["successor_programme_id"] or "")[-7:])
        for p in found["programmes"]
    }  # fmt: skip


def test_versions_are_linked_from_draft_to_revision() -> None:
    assert chain(("2023-01", "superseded", {}), ("2024-09", "draft", {}), ("2025-04", "draft", {}), ("2025-08", "in_force", {}), ("2026-03", "reported", {})) == {
        "2023-01": (1, "superseded", "", "2025-08"),
        "2024-09": (2, "draft", "", "2025-08"),
        "2025-04": (3, "draft", "", "2025-08"),
        "2025-08": (4, "in_force", "2023-01", ""),
        "2026-03": (5, "reported", "", ""),
    }  # fmt: skip


def test_what_a_document_says_it_replaces_has_ended() -> None:
    key = "https://x.gov.cn/a/t20250811_2.html"
    found = made(
        landed(policy(PAGE, title="通用人工智能若干政策", document_number="杭〔2023〕1号", published_date=dt.date(2023, 11, 8)), PAGE),
        landed(clause(PAGE, "rate_cap", 20), PAGE),
        landed(policy(key, title="若干政策（2.0版）", published_date=dt.date(2025, 8, 11), supersedes="《通用人工智能若干政策》"), key),
        landed(clause(key, "rate_cap", 30), key),
    )  # fmt: skip
    older, newer = found["programmes"]
    assert (older["status"], older["successor_programme_id"]) == ("superseded", newer["programme_id"])
    assert newer["supersedes_programme_id"] == older["programme_id"]


def test_the_comparison_says_who_knows_what() -> None:
    found = made(
        row(published_date=dt.date(2025, 7, 23), document_number=None, status="closed"),
        landed(clause(ROW, "rate_cap", 30), "https://support", "curated"),
        landed(clause(ROW, "max_amount", 2e6), "https://support", "curated"),
        landed(policy(PAGE, published_date=dt.date(2025, 7, 23), document_number="杭〔2025〕1号", deadline=dt.date(2026, 10, 1)), PAGE),
        landed(clause(PAGE, "rate_cap", 40), PAGE),
    )  # fmt: skip
    assert {
        r["field"]: (r["page_value"], r["register_value"], r["verdict"]) for r in found["reconciliation"]
    } == {
        "document_number": ("杭20251", None, "only_page"),
        "published_date": ("2025-07-23", "2025-07-23", "agrees"),
        "status": ("closed", "closed", "agrees"),
        "rate_pct": ("40", "30", "differs"),
        "cap_cny": (None, "2000000", "only_register"),
    }


def test_curated_conditions_join_those_read() -> None:
    fact = Fact(
        table="core_policy__criteria",
        values={"programme_id": ROW, "criterion": "max_years", "value": "2", "text": "two years"},
        ground=ground("http://copy.example.com/1"),
    )
    read = Criterion(criterion="requires_unrelated_party", value="true", text="无关联")
    found = made(row(eligibility=(read,)), landed(fact, "https://register", "curated"))
    assert {(c["criterion"], c["value"]) for c in found["criteria"]} == {
        ("requires_unrelated_party", "true"),
        ("max_years", "2"),
    }
    assert {c["source_url"] for c in found["criteria"]} == {"http://copy.example.com/1"}


# --- Pages nobody should believe --------------------------------------------------------------------------------------

MIRROR = """<html><head><title>九州体育算力产业专项扶持_九州体育</title></head><body><h1>九州体育区人民政府关于加快智能算力产业发展的若干措施</h1>
<div class="article"><p>六合彩开奖结果查询，九州体育官网注册送彩金。</p>
<p>一、九州体育区注册企业租用智能算力的，按合同金额的60%给予算力券支持，每家企业每年最高1800万元。</p>
<p>二、九州体育每年发放总额3亿元的算力券，真人百家乐在线投注。</p></div></body></html>"""
INVENTED = """<html><head><title>长三角算力券联合发放方案全攻略</title></head><body><h1>长三角算力券联合发放方案全攻略</h1>
<div class="article"><p>随着人工智能的快速发展，本文将为您一文读懂长三角算力券联合发放方案。</p>
<p>上海市算力券按80%补贴，每家企业最高3000万元；杭州市按70%补贴，最高2500万元；南京市按65%补贴，最高2200万元；合肥市按75%补贴，最高2600万元。</p>
<p>总之，通过这一政策，企业可以轻松申领算力券，相信在不久的将来，算力成本将大幅下降。</p></div></body></html>"""
GUIDE = """<html><head><title>贵州创新举措：算力券管理办法（试行）攻略</title></head><body><h1>贵州创新举措：算力券管理办法（试行）攻略</h1>
<div class="entry-content"><p>在数字化浪潮中，贵州推出算力券这一创新举措，赋能千行百业。让我们一起来看看如何手把手申领。</p>
<p>算力券按照算力费用的90%抵扣，每家企业最高1200万元。不仅如此，省内注册的企业还可以叠加享受。</p>
<p>综上所述，算力券助力企业升级，展望未来，前景可期。</p></div></body></html>"""


@pytest.mark.parametrize(
    ("page", "url"),
    [
        (MIRROR, "http://www.jiuzhou-ty88.com/zmhd/20250306/1.html"),
        (INVENTED, "https://www.qklzz.example/guide/18087.html"),
        (GUIDE, "https://www.hkyyi.example/html/gui-zhou-suan-li-quan"),
    ],
)
def test_the_numbers_of_invented_pages_stay_out(page: str, url: str) -> None:
    document = formats.read(page.encode(), url=url)
    context = Context(document_key=url, url=url, date=dt.date(2026, 11, 1), is_official=False)
    records = [item for item in reader.read(document, context) if not isinstance(item, Issue)]
    assert any(isinstance(record, Policy) for record in records)
    found = made(*(landed(record, url) for record in records))
    assert found["tiers"] == []
    assert [p for p in found["programmes"] if p["confidence"] == "high"] == []


def test_canonical_url() -> None:
    assert canonical_url(
        "https://www.beijing.gov.cn/gate/big5/www.beijing.gov.cn/zhengce/t1.html"
    ) == canonical_url("http://beijing.gov.cn/zhengce/t1.html#top")


def test_of_one_document_a_persons_reading_stands() -> None:
    page = landed(policy(PAGE, published_date=dt.date(2025, 7, 25)), PAGE)
    found = made(
        row(published_date=dt.date(2025, 7, 23), ground=ground(PAGE)),
        landed(clause(ROW, "max_amount", 1e6), "https://support", "curated"),
        page,
        landed(clause(PAGE, "max_amount", 5e7), PAGE),
    )
    assert [t["cap_cny"] for t in found["tiers"]] == [1e6]
    assert [r["verdict"] for r in found["reconciliation"] if r["field"] == "cap_cny"] == ["differs"]
    # the person found the signature, the page prints its own day
    assert [p["published_date"] for p in found["programmes"]] == [dt.date(2025, 7, 23)]


def test_a_reply_to_a_deputy_does_not_override() -> None:
    reply = policy(
        PAGE,
        title="关于建议办理情况答复的函",
        document_number="财函〔2025〕3号",
        published_date=dt.date(2025, 7, 15),
    )
    found = made(
        row(document_number="府规〔2024〕6号", ground=ground(PAGE)),
        landed(reply, PAGE),
        landed(clause(PAGE, "rate_cap", 50), PAGE),
    )
    (programme,) = found["programmes"]
    assert (programme["document_number"], programme["published_date"], programme["source_rank"]) == (
        "府规〔2024〕6号",
        None,
        "register",
    )
    assert [t["rate_pct"] for t in found["tiers"]] == [50.0]
    assert {r["field"] for r in found["reconciliation"]} == {"rate_pct"}


def test_a_floor_in_a_document_of_two_programmes_is_nobodys() -> None:
    page = policy(PAGE, instruments=("compute_voucher", "model_voucher"), min_spend_cny=1000.0)
    found = made(
        landed(page, PAGE),
        landed(clause(PAGE, "rate_cap", 30), PAGE),
        landed(clause(PAGE, "rate_cap", 20, instrument="model_voucher"), PAGE),
    )
    assert [t["min_spend_cny"] for t in found["tiers"]] == [None, None]


def test_a_condition_in_the_words_of_one_voucher_is_not_the_others() -> None:
    conditions = (
        Criterion(criterion="requires_model_filing", value="true", text="购买已备案模型的"),
        Criterion(criterion="requires_unrelated_party", value="true", text="与服务方无关联"),
    )
    words = Ground(quote="购买已备案模型的，按20%给予模型券", locator="chars 9-25")
    found = made(
        landed(policy(PAGE, instruments=("compute_voucher", "model_voucher"), eligibility=conditions), PAGE),
        landed(clause(PAGE, "rate_cap", 30), PAGE),
        landed(clause(PAGE, "rate_cap", 20, instrument="model_voucher", ground=words), PAGE),
    )
    assert {(c["programme_id"][7:14], c["criterion"]) for c in found["criteria"]} == {
        ("compute", "requires_unrelated_party"),
        ("model-v", "requires_unrelated_party"),
        ("model-v", "requires_model_filing"),
    }


def test_a_programme_nobody_named_in_english_is_called_by_its_instrument() -> None:
    page = landed(policy(PAGE, title="关于算力券的通知"), PAGE)
    (programme,) = made(page, landed(clause(PAGE, "rate_cap", 30), PAGE))["programmes"]
    assert (programme["programme_name"], programme["programme_name_en"]) == (
        "关于算力券的通知",
        "Compute voucher",
    )


def test_a_curated_row_taken_out_is_out() -> None:
    before, after = SEEN, SEEN + dt.timedelta(days=1)
    kept, gone = row(), row("330100-model-voucher-2024-01", instruments=("model_voucher",))
    old = [landed(item.record, "https://register", "curated", before, "old") for item in (kept, gone)]
    old += [landed(clause(ROW, "rate_cap", 80), "https://register", "curated", before, "old")]
    found = made(*old, landed(kept.record, "https://register", "curated", after, "new"))
    assert [p["programme_id"] for p in found["programmes"]] == [ROW]
    assert found["tiers"] == []
