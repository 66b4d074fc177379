"""What a document says of itself, who qualifies, and whether it is believed."""

import datetime as dt
import json
from pathlib import Path

import pytest

from pipelines.extract import extract_file
from scrapers import formats
from scrapers.documents import Context, Document
from scrapers.extract import policy
from scrapers.issues import Issue
from scrapers.records import Policy, SupportClause
from tests.scrapers.official_files import as_docx, as_pdf, as_xlsx

OFFICIAL = "https://www.example.gov.cn/zwgk/202503/t20250303_1.html"
UNKNOWN = "https://www.nobody-knows.example/a.html"


def read(
    text: str, url: str = OFFICIAL, day: dt.date | None = None, title: str | None = None, **context: object
) -> tuple[Policy, list[SupportClause], list[Issue]]:
    document = formats.repaired(Document(text=text, title=title, raw_text=text))
    records = list(policy.read(document, Context(document_key="t", url=url, date=day, **context)))  # type: ignore[arg-type]
    (stated,) = (r for r in records if isinstance(r, Policy))
    return (
        stated,
        [r for r in records if isinstance(r, SupportClause)],
        [r for r in records if isinstance(r, Issue)],
    )


NOTICE = """成都市示例局关于印发《成都市算力券实施细则》的通知
成示发〔2025〕12号
各区（市）县人民政府，各有关单位：
现将《成都市算力券实施细则》印发给你们，请认真组织实施。
成都市示例局
2025年3月1日
成都市算力券实施细则
根据《成都市人工智能政策》（成府发〔2024〕3号），制定本细则。
第一条 在成都市注册的企业，向非关联方租用智能算力的，按合同金额的30%给予最高200万元算力券补贴。
第二条 算力券有效期为12个月，自领取之日起计算。申报时间：2025年4月1日至2025年4月30日。
第三条 同一合同不得重复享受财政补贴；近三年被列入严重失信名单的单位不予支持。
第四条 本细则自2025年4月1日起施行，有效期2年。《成都市算力券暂行办法》（成示发〔2023〕5号）同时废止。
"""


def test_an_official_notice_whole() -> None:
    stated, clauses, _ = read(NOTICE, day=dt.date(2025, 5, 10))
    assert stated.title == "成都市示例局关于印发《成都市算力券实施细则》的通知"
    assert stated.programme_name == "成都市算力券实施细则"
    assert stated.document_number == "成示发〔2025〕12号"
    assert (stated.issuer, stated.jurisdiction, stated.jurisdiction_code, stated.level) == (
        "成都市示例局",
        "成都市",
        "510100",
        "city",
    )
    assert stated.province == "四川省"
    assert stated.published_date == dt.date(2025, 3, 1)
    assert (stated.effective_from, stated.effective_to) == (dt.date(2025, 4, 1), dt.date(2027, 3, 31))
    assert stated.deadline == dt.date(2025, 4, 30)
    assert stated.validity_months == 12
    assert stated.supersedes == "成示发〔2023〕5号"
    assert stated.instruments == ("compute_voucher",)
    assert stated.is_official
    assert stated.refusal is None
    criteria = {c.criterion: c.value for c in stated.eligibility}
    assert criteria == {
        "registration_place_required": "true",
        "requires_unrelated_party": "true",
        "no_double_funding": "true",
        "clean_record": "true",
    }
    assert set(criteria) <= set(policy.CRITERIA)
    assert [(c.clause_kind, c.value, c.basis) for c in clauses] == [
        ("rate_cap", 30, "合同金额"),
        ("max_amount", 2_000_000, None),
    ]


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("某市人民政府文件\n某政发〔2024〕62号\n各区人民政府：", "某政发〔2024〕62号"),
        ("文号：某政办〔2024〕7号 发布日期：2024-05-01", "某政办〔2024〕7号"),
        ("关于印发算力券办法的通知（某数规[2025]3号）\n各有关单位：", "某数规〔2025〕3号"),
        ("某政规〔20253号\n各区人民政府：", "某政规〔2025〕3号"),
        ("〔2023〕1号\n各有关单位：", None),
        ("根据《某省意见》（某政发〔2025〕10号）和《某市方案》（某政函〔2025〕65号），制定本方案。", None),
        ("一、出台《关于加快算力发展的通知》（某府办规〔2024〕6号），每年发放算力券。", None),
        ("某经信发〔2025〕X号\n各有关单位：", "某经信发〔2025〕X号"),
    ],
)
def test_only_the_own_number_counts(head: str, number: str | None) -> None:
    stated, _, _ = read(head + "\n一、算力券\n每年发放1000万元算力券。")
    assert stated.document_number == number


@pytest.mark.parametrize(
    ("text", "url", "day"),
    [
        ("算力券政策\n2023-11-08238人次浏览\n一、发放算力券。", UNKNOWN, dt.date(2023, 11, 8)),
        ("发布时间：2024-09-05 浏览\n算力券征求意见\n某市数据局\n2024年9月6日\n附件", UNKNOWN, dt.date(2024, 9, 6)),
        ("成文日期：2025年3月1日 发布日期：2025年3月6日\n算力券", UNKNOWN, dt.date(2025, 3, 1)),
        ("11月24日，某区发布算力券政策。", UNKNOWN, None),
        ("每年发放算力券。", "https://a.gov.cn/x/202507/t20250715_2.htm", dt.date(2025, 7, 15)),
        ("请于2024年10月5日前反馈意见。算力券", UNKNOWN, None),
        ("某省人民政府办公厅 2025年5月7日 （此件公开发布） 为支持算力券发放", UNKNOWN, dt.date(2025, 5, 7)),
        ("各有关单位：\n现印发算力券办法，请认真贯彻落实，切实抓好各项工作。\n某市数据局\n二〇二四年十一月二十四日\n", UNKNOWN, dt.date(2024, 11, 24)),
    ],
)  # fmt: skip
def test_days_of_publication(text: str, url: str, day: dt.date | None) -> None:
    stated, _, _ = read(text, url=url)
    assert stated.published_date == day


@pytest.mark.parametrize(
    ("text", "day", "status"),
    [
        ("算力券办法（征求意见稿）\n请于2024年10月5日前反馈意见。", None, "draft"),
        (NOTICE, dt.date(2025, 4, 10), "in_force"),
        (NOTICE, dt.date(2028, 1, 1), "expired"),
        ("算力券申报指南\n某市数据局\n2025年3月1日\n一、申报截止时间：2025年4月30日。请认真组织申报。", dt.date(2025, 6, 1), "closed"),
        ("有效性：已废止\n算力券办法\n第一条 每年发放1000万元算力券。", None, "superseded"),
    ],
)  # fmt: skip
def test_states_of_a_document(text: str, day: dt.date | None, status: str) -> None:
    stated, _, _ = read(text, day=day)
    assert stated.status == status


def test_a_report_is_not_the_policy() -> None:
    stated, clauses, _ = read(
        "记者从成都市获悉，当地每年发放1000万元算力券。", url="https://news.sina.com.cn/a.html"
    )
    assert (stated.status, stated.is_official, stated.refusal) == ("reported", False, None)
    assert len(clauses) == 1


def test_a_deadline_without_its_year_follows_the_notice() -> None:
    notice = "某市工业和信息化局关于算力券申报的通知\n请于{}（星期四）17:00前提交申报材料。\n某市工业和信息化局\n2025年11月17日"
    assert read(notice.format("12月5日"))[0].deadline == dt.date(2025, 12, 5)
    assert read(notice.format("1月15日"))[0].deadline == dt.date(2026, 1, 15)
    assert read(notice.format("1月15日").replace("提交申报材料", "反馈意见"))[0].deadline is None


def test_the_day_of_issue_stands_before_the_day_of_change() -> None:
    text = "更新时间：2026-05-02\n发布时间：2026-03-18\n某市算力券按合同金额的30%给予补贴。"
    assert read(text)[0].published_date == dt.date(2026, 3, 18)


def test_comment_days_are_no_deadline() -> None:
    stated, _, _ = read("算力券办法（征求意见稿）\n申报意见请于2024年10月5日前反馈。")
    assert stated.deadline is None
    stated, _, _ = read("算力券申报通知\n申报时间：2026年1月4日至23日。")
    assert stated.deadline == dt.date(2026, 1, 23)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("杭州市余杭区算力券实施方案\n每年发放算力券。", "余杭区"),
        ("北京经济技术开发区算力券若干政策", "北京经济技术开发区"),
        ("为落实《北京市实施方案》，11月24日，北京经开区制定《北京经济技术开发区若干政策》，发放算力券。", "北京经济技术开发区"),
        ("对在皖企业租用算力的，给予算力补贴。", "安徽省"),
        ("工业和信息化部关于开展普惠算力行动的通知", "全国"),
        ("鼓励租用算力。", None),
    ],
)  # fmt: skip
def test_whose_programme_it_is(text: str, place: str | None) -> None:
    stated, _, _ = read(text)
    assert stated.jurisdiction == place


def test_the_source_knows_its_place() -> None:
    stated, _, _ = read("每年发放1000万元算力券。", place="330100")
    assert stated.jurisdiction == "杭州市"


@pytest.mark.parametrize(
    ("text", "url", "refusal"),
    [
        ("每年发放总额不超过1000万元的“计算券”，支持企业使用成都的计算资源。", UNKNOWN, "mirror"),
        (
            "發(fā)放算力券，對(duì)企業(yè)給(gěi)予(yǔ)補(bǔ)貼，最高1000萬(wàn)元。",
            UNKNOWN,
            "mirror",
        ),
        (
            "随着人工智能的快速发展，算力券应运而生。本文将详细介绍算力券。算力券最高补贴50万元。总之，算力券助力企业实现升级。",
            UNKNOWN,
            "content-farm",
        ),
        (
            "各地算力券：\n北京市算力券最高补贴50万元。\n上海市算力券补贴比例50%-80%。\n成都市算力券最高补贴100万元。",
            UNKNOWN,
            "invented",
        ),
        ("据悉，某市今年发放算力券1000万元，最高补贴50万元。", UNKNOWN, "unsupported"),
        (
            "开学季算力券：新用户最高200元，以代金券发放，满1000元可用。最终解释权归平台所有。",
            "",
            "unsupported",
        ),
        (NOTICE, UNKNOWN, None),
        ("据悉，某市今年发放算力券1000万元。", OFFICIAL, None),
        ("据悉，某市今年发放算力券1000万元。", "", None),
    ],
)
def test_pages_without_support_are_refused(text: str, url: str, refusal: str | None) -> None:
    stated, clauses, issues = read(text, url=url)
    assert stated.refusal == refusal
    assert all(clause.refusal == refusal for clause in clauses)
    assert clauses
    assert [i.code for i in issues if i.code == refusal] == ([refusal] if refusal else [])


def test_a_sentence_cut_off_is_refused_and_the_others_are_not() -> None:
    _, clauses, _ = read(
        "第一条 每年发放1000万元算力券。\n第二条 租用算力的企业，按30%给予算力券补贴，同一企业每年申领和兑"
    )
    assert [(c.value, c.refusal) for c in clauses] == [(10_000_000, None), (30, "cut")]


def test_damaged_texts_give_the_same_numbers() -> None:
    plain = "第一条 每年发放总额不超过1000万元的算力券，对企业按实际费用的30%给予最高200万元补贴。"
    want = [(c.clause_kind, c.value) for c in read(plain)[1]]
    assert len(want) == 3
    for damaged in (
        "第一條 每年發(fā)放總額不超過1000萬(wàn)元的算力券，對(duì)企業(yè)按實際費用的30%給予最高200萬(wàn)元補(bǔ)貼。",
        "第一条 每年发放总额不超过１，０００万元的 算力券 ，对企业按实际费用的 30 %给予最高 200 万元补贴。",
        "第一條 每年發放總額不超過千萬元的算力券，對企業按實際費用的百分之三十給予最高貳佰萬元補貼。",
        "第一条 每年发放ღ★◈总额不超过1000万元的算力券，对企业按实际费用的30%给予最高200万元补贴。\n在线观看,无码一区,av天堂",
    ):
        assert [(c.clause_kind, c.value) for c in read(damaged)[1]] == want, damaged


def test_english_reports_bind_each_number_to_its_place() -> None:
    stated, clauses, _ = read(
        "Chinese cities hand out computing power vouchers. Shanghai has earmarked 600 million yuan ($84 million) for compute "
        "vouchers that cover up to 80 percent of rental fees. Shenzhen will subsidise up to 50 percent of contracts and 60 "
        "percent for startups. Some centres run at 20 to 30 percent capacity. Shandong has plans for a further 1 billion yuan.",
        url="https://www.tomshardware.com/x",
    )
    assert [(c.programme, c.clause_kind, c.value, c.tier) for c in clauses] == [
        ("上海市", "total_budget", 600_000_000, None),
        ("上海市", "rate_cap", 80, None),
        ("深圳市", "rate_cap", 50, None),
        ("深圳市", "rate_cap", 60, "start-ups"),
    ]
    assert (stated.jurisdiction, stated.is_official, stated.status) == (None, False, "reported")


def test_english_reports_of_other_aid() -> None:
    _, clauses, _ = read(
        "Shenzhen sets aside 500 million yuan for firms that rent computing resources, and another 100 million yuan will go to "
        "AI applications in key industries. The city also sets aside 300 million yuan each year to support AI-related research. "
        "Training coupons cover up to 50 percent of a contract, while for start-ups this proportion will increase to 60 percent. "
        "Rewards of up to 3 million yuan are offered for best-selling hardware products."
    )
    assert [(c.clause_kind, c.value, c.tier) for c in clauses] == [
        ("total_budget", 500_000_000, None),
        ("rate_cap", 50, None),
        ("rate_cap", 60, "start-ups"),
    ]


def test_english_subsidies_that_are_not_for_computing() -> None:
    _, clauses, _ = read(
        "The high-tech zone published ten policies. Rent subsidies of up to 600,000 yuan lower the costs of enterprises, and "
        "livestream agencies receive a bonus of up to 3 million yuan."
    )
    assert clauses == []


def test_english_coupons_and_what_stands_beside_them() -> None:
    stated, clauses, _ = read(
        "Hangzhou raises the annual total of computing power coupons to 250 million yuan. The coupons cover no more than 30% of "
        "the contract fee. The annual application for coupons by a single enterprise shall not exceed 8 million yuan. For "
        "national R&D tasks the city adds up to 25% of the funding received, with a cap of 5 million yuan. The reward for open "
        "data sets can be increased to 200,000 yuan."
    )
    assert stated.instruments == ("compute_voucher",)
    assert [(c.clause_kind, c.value) for c in clauses] == [
        ("total_budget", 250_000_000),
        ("rate_cap", 30),
        ("max_amount", 8_000_000),
    ]


def test_english_power_bills_are_of_suppliers() -> None:
    _, clauses, _ = read(
        "Gansu and Guizhou offer subsidies that cut the electricity bills of big data centres by as much as 50 per cent where they "
        "run on domestic chips. Domestic chips need 30 to 50 per cent more power. Power will then cost 0.4 yuan per kWh."
    )
    assert [(c.clause_kind, c.value, c.side) for c in clauses] == [("rate_cap", 50, "supplier")]


def test_english_vouchers_of_several_kinds() -> None:
    stated, clauses, _ = read(
        'The city will issue "Training Coupons" worth up to 200 million yuan a year. Firms renting computing power for model '
        'training get up to 45% of the contract amount, while for startups this rises to 55%. "Model Coupons" with a maximum '
        "annual amount of 80 million yuan lower the cost of applications. Companies that buy corpus data from unrelated parties "
        "receive a one-time subsidy of up to 1 million yuan. Prizes of 3 million yuan go to open data sets."
    )
    assert stated.instruments[0] == "training_voucher"
    assert [(c.clause_kind, c.value, c.period, c.instrument) for c in clauses] == [
        ("total_budget", 200_000_000, "per_year", "training_voucher"),
        ("rate_cap", 45, None, "training_voucher"),
        ("rate_cap", 55, None, "training_voucher"),
        ("total_budget", 80_000_000, "per_year", "model_voucher"),
        ("max_amount", 1_000_000, "one_off", "data_voucher"),
    ]


def test_english_sum_of_pots_is_no_pot() -> None:
    _, clauses, _ = read(
        "The city offers subsidies totalling 900 million yuan to its AI firms. The package includes 500 million yuan for computing "
        "power, 300 million yuan for discounts on third-party AI models, and 100 million yuan to help companies acquire data sets. "
        "Firms may receive 10% to 60% of contract values for renting computing power, AI models and data sets."
    )
    assert [(c.clause_kind, c.value, c.instrument) for c in clauses] == [
        ("total_budget", 500_000_000, "compute_subsidy"),
        ("total_budget", 300_000_000, "model_voucher"),
        ("total_budget", 100_000_000, "data_voucher"),
        ("rate_cap", 60, "compute_subsidy"),
    ]


def test_english_measures_of_a_district() -> None:
    stated, clauses, _ = read(
        "In line with the Shenzhen Action Plan for AI, Longgang District supports AI firms. Longgang District grants each "
        "enterprise that purchases computing power 25% of its expenses, up to 5 million yuan. Each approved intelligent computing "
        "platform receives up to RMB 9 million, calculated as 4% of approved investment, with a maximum cumulative subsidy of RMB "
        "18 million per platform. A maximum of RMB 2-3 million is open to firms procuring AI models registered with the regulator."
    )
    assert stated.jurisdiction == "龙岗区"
    assert [(c.clause_kind, c.value, c.period, c.instrument, c.side) for c in clauses] == [
        ("rate_cap", 25, None, "compute_subsidy", "user"),
        ("max_amount", 5_000_000, None, "compute_subsidy", "user"),
        ("max_amount", 9_000_000, None, "compute_subsidy", "supplier"),
        ("rate_cap", 4, None, "compute_subsidy", "supplier"),
        ("max_amount", 18_000_000, "total", "compute_subsidy", "supplier"),
        ("max_amount", 3_000_000, None, "model_voucher", "user"),
    ]


def test_rows_of_a_digest_speak_for_themselves() -> None:
    text = (
        "海州市人工智能政策汇总\n\n| 项目 | 最高金额 |\n|---|---|\n| 启动资金 | 10万元 |\n| 算力券(40%) | 最高300万元 |\n"
        "| 揭榜挂帅项目 | 最高1000万元 |\n| 人才补贴 | 20万元 |\n| 算法平台 | 60万元模型券 |\n"
    )
    document = formats.read(text.encode(), name="a.txt")  # a plain text that holds a table of Markdown
    clauses = [r for r in policy.read(document, Context(document_key="t")) if isinstance(r, SupportClause)]
    assert [(c.clause_kind, c.value, c.instrument) for c in clauses if c.clause_kind == "max_amount"] == [
        ("max_amount", 3_000_000, "compute_voucher"),
        ("max_amount", 600_000, "model_voucher"),
    ]


def test_one_sum_for_each_of_several_vouchers() -> None:
    _, clauses, _ = read("每年发放算力券、数据券各8000万元，按算力租赁费用的30%给予最高2000万元支持。")
    assert [(c.clause_kind, c.value, c.instrument) for c in clauses] == [
        ("total_budget", 80_000_000, "compute_voucher"),
        ("total_budget", 80_000_000, "data_voucher"),
        ("rate_cap", 30, "compute_voucher"),
        ("max_amount", 20_000_000, "compute_voucher"),
    ]


def test_english_report_that_goes_from_place_to_place() -> None:
    _, clauses, _ = read(
        "Computing vouchers for small firms\n\nShanghai hands out around 700 million yuan (98 million dollars) in vouchers that cover "
        "up to 70% of AI rental fees, in addition to another 90 million yuan in support for data and training.\n\nThe voucher plan is "
        "part of the opinions on data labeling.\n\n  • Chengdu expanded its plan with 60 million yuan for research institutions.\n"
        "  • Shandong committed 20 million yuan initially, with plans to add 1 billion more.\n"
        "Its bases for data labeling may get up to 10 million yuan. Zhejiang has offered to cover costs up to ¥6 million RMB "
        "(around US$0.8 million)."
    )
    assert [(c.programme, c.clause_kind, c.value, c.instrument) for c in clauses] == [
        ("上海市", "total_budget", 700_000_000, "compute_voucher"),
        ("上海市", "rate_cap", 70, "compute_voucher"),
        ("上海市", "total_budget", 90_000_000, "data_voucher"),
        ("成都市", "total_budget", 60_000_000, "compute_voucher"),
        ("山东省", "total_budget", 20_000_000, "compute_voucher"),
        ("浙江省", "max_amount", 6_000_000, "compute_voucher"),
    ]


def test_english_totals_are_pots_however_small() -> None:
    _, clauses, _ = read(
        "The city sets up 40 million yuan of computing subsidies every year for firms. A computing power coupon has a total annual "
        "amount of no more than 8 million yuan. The annual application for computing coupons by a single firm does not exceed 2 "
        "million yuan, and spending of at least 300,000 yuan on computing is asked for."
    )
    assert [(c.clause_kind, c.value, c.period) for c in clauses] == [
        ("total_budget", 40_000_000, "per_year"),
        ("total_budget", 8_000_000, "per_year"),
        ("max_amount", 2_000_000, "per_year"),
    ]


def test_sums_without_their_yuan() -> None:
    _, clauses, _ = read(
        "模型券每家最高80万\n海州年度1.5亿算力券池，算力补贴最高可达900万。\n海州算力补贴：单个项目最高700万\n已建成5000P算力，服务企业3万家，"
        "每天处理16万次调用。\n模型券、算力券、数据券合计最高10万元/企业；社区年度补贴最高200万元；数据沙盒费用减免50%。"
    )
    assert [(c.clause_kind, c.value, c.instrument) for c in clauses] == [
        ("max_amount", 800_000, "model_voucher"),
        ("total_budget", 150_000_000, "compute_voucher"),
        ("max_amount", 9_000_000, "compute_voucher"),
        ("max_amount", 7_000_000, "compute_subsidy"),
        ("max_amount", 100_000, "compute_voucher"),
    ]


def test_interest_is_no_aid_for_compute() -> None:
    _, clauses, _ = read(
        "对新建算力中心项目贷款给予贴息，贴息金额不超过利息的50%，单个企业贴息每年不超过1000万元。\n安排三年总额6亿元“算力券”资金；"
        "单个模型攻关最高补助5000万元；单家企业每年申领上限达800万元。"
    )
    assert [(c.clause_kind, c.value, c.period) for c in clauses] == [
        ("total_budget", 600_000_000, "total"),
        ("max_amount", 8_000_000, "per_year"),
    ]


def test_items_of_a_list_name_their_own_thing() -> None:
    _, clauses, _ = read(
        "海州区组合支持研发、算力券和模型采购，研发支持最高6000万元、算力券最高1500万元。\n"
        "要点：算力券最高90万元，网信办备案奖50万元，智能体开发资助最高40万元，重大攻关配套最高700万元\n"
        "采购数据集按交易额的12%补贴，单主体年度最高80万元；高质量数据集最高200万元\n"
        "语料券支持（8万元）\n算力券每年最多2000万元"
    )
    assert [(c.clause_kind, c.value, c.period, c.instrument) for c in clauses] == [
        ("max_amount", 15_000_000, None, "compute_voucher"),
        ("max_amount", 900_000, None, "compute_voucher"),
        ("rate_cap", 12, None, "data_voucher"),
        ("max_amount", 800_000, "per_year", "data_voucher"),
        ("max_amount", 80_000, None, "data_voucher"),
        ("total_budget", 20_000_000, "per_year", "compute_voucher"),
    ]


def test_items_parted_by_slashes_and_plus_signs() -> None:
    line = "摘要：创业补助2万+房租补贴3万/3年+算力券40%年最高60万+词元券15万/数据20%补贴/示范项目30%最高80万"
    clauses = read(line)[1]
    assert [(c.instrument, c.clause_kind, c.value, c.period) for c in clauses] == [
        ("compute_voucher", "rate_cap", 40, None),
        ("compute_voucher", "max_amount", 600_000, "per_year"),
        ("model_voucher", "max_amount", 150_000, None),
        ("data_voucher", "rate_cap", 20, None),
    ]


def test_a_promise_made_twice_keeps_its_period() -> None:
    text = "# 一、政策\n摘要：算力补贴20%年最高200万\n\n| 项目 | 金额 |\n|---|---|\n| 租金 | 最高5万元 |\n| 算力补贴(20%) | 最高200万元 |"
    clauses = read(text)[1]
    assert [(c.clause_kind, c.value, c.period) for c in clauses] == [
        ("rate_cap", 20, None),
        ("max_amount", 2_000_000, "per_year"),
    ]


def test_what_a_province_pays_its_cities_is_no_aid() -> None:
    text = "建设智能算力中心的，省级按照市级实际补助额度的1/3给予符合条件的市补助。对算力使用方给予不超过算力总支出20%的补助。"
    assert [(c.clause_kind, c.value) for c in read(text)[1]] == [("rate_cap", 20)]


def test_lines_of_a_guide_are_of_its_voucher() -> None:
    _, clauses, _ = read(
        "2026年海州科学城模型券申报指南\n申报时间：2026年3月30日至2026年4月5日\n"
        "遴选不超过2家基础大模型企业，每家6个月补贴上限4000万元；用户企业API调用补贴比例不超过45%，单家年上限150万元\n"
        "申报企业须完成备案"
    )
    assert [(c.clause_kind, c.value, c.period, c.instrument) for c in clauses] == [
        ("max_amount", 40_000_000, None, "model_voucher"),
        ("rate_cap", 45, None, "model_voucher"),
        ("max_amount", 1_500_000, "per_year", "model_voucher"),
    ]


def test_what_somebody_asks_for_is_no_promise() -> None:
    _, clauses, _ = read(
        "委员建言\n调研发现，算力成本偏高。建议：\n一、按算力费用的30%发放算力券，每家最高200万元。"
    )
    assert clauses == []
    _, clauses, _ = read("专家建议按算力费用的30%发放算力券。海州市按算力费用的20%发放算力券。")
    assert [c.value for c in clauses] == [20]


def test_english_tiers_with_one_share() -> None:
    _, clauses, _ = read(
        "Computing power coupons pay enterprises no more than 30% of the contract fee. Enterprises that rely on registered models "
        "get up to 30% of the contract fee, enterprises using domestic computing facilities up to 30% of the fee, and enterprises "
        "using other facilities up to 20% of the fee in China."
    )
    assert [c.value for c in clauses] == [30, 30, 30, 20]


def test_english_programmes_of_other_countries() -> None:
    _, clauses, _ = read(
        "Startups get up to 40% of their compute cost as a subsidy under the Indian mission, or 2 million rupees."
    )
    assert clauses == []


def test_english_funds_and_ceilings_of_one_firm() -> None:
    text = (
        "Changsha has set aside 20 million yuan for model vouchers that pay up to 40 per cent of API fees, with no single "
        "company receiving more than 500,000 yuan a year. A 5 billion yuan fund will back makers of computing chips."
    )
    assert [(c.clause_kind, c.value, c.period) for c in read(text)[1]] == [
        ("total_budget", 20_000_000, None),
        ("rate_cap", 40, None),
        ("max_amount", 500_000, "per_year"),
    ]


def test_half_is_fifty() -> None:
    _, clauses, _ = read(
        "Henan computing vouchers pay half of the rental cost, up to 1 million yuan per company a year."
    )
    assert {(c.clause_kind, c.value) for c in clauses} == {("rate_cap", 50), ("max_amount", 1_000_000)}


def test_spending_floors_are_of_the_policy() -> None:
    stated, clauses, _ = read("年度租用算力费用30万元以上的企业，按50%给予算力券补贴。")
    assert stated.min_spend_cny == 300_000
    assert {c.criterion: c.value for c in stated.eligibility}["min_spend_cny"] == "300000"
    assert [c.clause_kind for c in clauses] == ["rate_cap"]


def test_text_that_names_no_programme() -> None:
    stated, clauses, issues = read("关于召开产业大会的通知\n奖金100万元。")
    assert (stated.instruments, clauses) == ((), [])
    assert "no-programme" in [issue.code for issue in issues]


def test_files_of_every_text_format(tmp_path: Path) -> None:
    body = "每年发放1000万元算力券。对租用算力的企业，按合同金额的30%给予最高200万元补贴。"
    html = f"<html><head><meta name='ArticleTitle' content='某市算力券办法'><meta charset='utf-8'></head><body><div class='TRS_Editor'><p>{body}</p><p>{'本办法由市数据局负责解释。' * 8}</p></div></body></html>"
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    (tmp_path / "b.html").write_bytes(html.replace("utf-8", "gb2312").encode("gb18030"))
    (tmp_path / "c.txt").write_text(body, encoding="utf-8")
    (tmp_path / "d.md").write_text(f"# 某市算力券办法\n\n{body}\n", encoding="utf-8")
    (tmp_path / "e.docx").write_bytes(as_docx("某市算力券办法", [body]))
    (tmp_path / "f.pdf").write_bytes(as_pdf("某市算力券办法", [body]))
    (tmp_path / "g.xlsx").write_bytes(as_xlsx("算力券", [["序号", "内容"], ["1", body]]))
    for file in sorted(tmp_path.iterdir()):
        lines = list(extract_file(file, "policy"))
        assert [line["record"] for line in lines] == ["policy", *["support_clause"] * 3], file.name
        assert {line["value"] for line in lines[1:]} == {10_000_000, 30, 2_000_000}
        assert all(line["quote"] and line["start"] is not None for line in lines)
        json.dumps(lines, ensure_ascii=False)


def test_terms_in_a_table() -> None:
    rows = [
        ["类别", "补贴比例(%)", "年度最高补贴额(万元)", "联系电话"],
        ["初创企业", "60", "1000", "88886666"],
        ["其他企业", "50%", "500万元", "88886667"],
    ]
    document = formats.read(
        as_docx("某市算力券实施细则", ["第一条 算力券补贴标准见下表。"], rows), name="a.docx"
    )
    records = list(policy.read(document, Context(document_key="t")))
    clauses = [r for r in records if isinstance(r, SupportClause)]
    assert [(c.tier, c.clause_kind, c.value, c.period) for c in clauses] == [
        ("初创企业", "rate_cap", 60, None),
        ("初创企业", "max_amount", 10_000_000, "per_year"),
        ("其他企业", "rate_cap", 50, None),
        ("其他企业", "max_amount", 5_000_000, "per_year"),
    ]
    assert all(document.text[c.ground.start : c.ground.end] == c.ground.quote for c in clauses)


def test_a_bare_number_in_a_table_is_an_issue() -> None:
    rows = [["对象", "算力券补贴额度"], ["企业", "200"]]
    document = formats.read(as_xlsx("算力券", rows), name="a.xlsx")
    records = list(policy.read(document, Context(document_key="t")))
    assert not [r for r in records if isinstance(r, SupportClause)]
    assert "no-unit" in [r.code for r in records if isinstance(r, Issue)]


def test_tables_about_other_things_stay_out() -> None:
    rows = [["项目", "补助比例", "最高金额"], ["智能工厂", "10%", "300万元"]]
    document = formats.read(as_docx("某市制造业政策", ["技术改造补助标准如下。"], rows), name="a.docx")
    assert not [r for r in policy.read(document, Context(document_key="t")) if isinstance(r, SupportClause)]


def test_terms_in_a_table_of_plain_text() -> None:
    text = (
        "算力资源券兑付指南\n兑付标准：\n| 类别 | 补贴比例 | 单位年度上限 |\n| 高校 | 不高于35% | 120万元 |\n| 其他企业 | 不高于20% | 60万元 |\n"
        "不予兑付情形：合同金额不足3万元的；自建自用的。\n算力券自领取之日起6个月内有效。\n"
    )
    document = formats.read(text.encode(), name="a.txt")
    records = list(policy.read(document, Context(document_key="t")))
    stated = next(r for r in records if isinstance(r, Policy))
    clauses = [r for r in records if isinstance(r, SupportClause)]
    assert [(c.tier, c.clause_kind, c.value, c.period) for c in clauses] == [
        ("高校", "rate_cap", 35, None),
        ("高校", "max_amount", 1_200_000, "per_year"),
        ("其他企业", "rate_cap", 20, None),
        ("其他企业", "max_amount", 600_000, "per_year"),
    ]
    assert (stated.min_spend_cny, stated.validity_months) == (30_000, 6)


def test_a_list_of_who_was_paid_is_no_terms() -> None:
    text = "算力券补助资金公示\n| 序号 | 企业名称 | 补助金额(万元) |\n| 1 | 某智行公司 | 25.95 |\n| 2 | 某数据公司 | 36万元 |\n"
    document = formats.read(text.encode(), name="a.txt")
    assert not [r for r in policy.read(document, Context(document_key="t")) if isinstance(r, SupportClause)]


def test_a_chapter_names_what_its_articles_pay() -> None:
    _, clauses, _ = read(
        "第二章 算力券\n第三条 单份合同金额20万元以上的，按实际支付金额的25%申领，每年不超过150万元。\n"
        "第四条 使用国产集群的，年度兑付上限调整为200万元。\n第三章 人才\n第五条 引进人才的，最高奖励50万元。"
    )
    assert [(c.clause_kind, c.value, c.instrument) for c in clauses] == [
        ("rate_cap", 25, "compute_voucher"),
        ("max_amount", 1_500_000, "compute_voucher"),
        ("max_amount", 2_000_000, "compute_voucher"),
    ]


def test_a_report_on_one_voucher_goes_on_about_its_volume() -> None:
    _, clauses, _ = read(
        "记者获悉，襄阳市发放算力券，企业最高可抵合同额的25%。\n活动吸引80余家企业参加。\n明年计划将年度发放规模扩大至1亿元。"
    )
    assert {(c.clause_kind, c.value) for c in clauses} == {("rate_cap", 25), ("total_budget", 100_000_000)}


def test_articles_of_terms_follow_the_one_that_names_what_is_paid() -> None:
    _, clauses, _ = read(
        "某市数字经济政策实施细则\n二、关于“数据流通”条款\n（一）申报条件：采购数据产品20万元以上。\n（二）补助标准：按采购额的15%，最高30万元。\n"
        "三、关于“人才”条款\n（一）申报条件：引进博士。\n（二）补助标准：每人最高10万元。"
    )
    assert [(c.clause_kind, c.value, c.instrument) for c in clauses] == [
        ("rate_cap", 15, "data_voucher"),
        ("max_amount", 300_000, "data_voucher"),
    ]


def test_what_is_counted_belongs_to_its_lead() -> None:
    _, clauses, _ = read(
        "大连市“算力券2.0”上线，有三大变化：\n一是额度更高。单个企业申领上限增至120万元/年；\n二是范围更广。推理、渲染均可使用，抵扣比例统一为35%。"
    )
    assert [(c.clause_kind, c.value, c.instrument) for c in clauses] == [
        ("max_amount", 1_200_000, "compute_voucher"),
        ("rate_cap", 35, "compute_voucher"),
    ]


def test_english_terms_that_go_on() -> None:
    _, clauses, _ = read(
        "A district of Beijing would reimburse 30% of the rent for domestically made AI accelerators, compared with 15% for foreign ones. "
        "Annual subsidies per company would be limited to RMB 8 million and RMB 3 million, respectively. "
        "The district plans to spend about RMB 200 million on the programme in 2026."
    )
    assert [(c.clause_kind, c.value) for c in clauses] == [
        ("rate_cap", 30),
        ("rate_cap", 15),
        ("max_amount", 8_000_000),
        ("max_amount", 3_000_000),
        ("total_budget", 200_000_000),
    ]


def test_english_ceilings_and_shares_of_start_ups() -> None:
    _, clauses, _ = read(
        "Hefei will hand out computing coupons to laboratories, covering at most 40 percent of supercomputing bills. "
        "For start-ups founded within the past three years the ceiling is 1 million yuan and the share rises to 60 percent."
    )
    assert {(c.clause_kind, c.value) for c in clauses} == {
        ("rate_cap", 40),
        ("max_amount", 1_000_000),
        ("rate_cap", 60),
    }


def test_rows_of_a_table_are_read_one_by_one() -> None:
    rows = (
        "| 事项 | 标准 | 部门 |\n|---|---|---|\n| 算力租用补贴 | 按实际租用费用的30%给予补贴，每年不超过200万元 | 区新经济局 |\n"
        "| 大模型备案奖励 | 每个50万元 | 区网信办 |\n| 数据采购补贴 | 按采购金额的20%给予补贴，每年不超过50万元 | 区数据局 |\n"
        "| 办公用房补贴 | 每平方米每月30元，最高500平方米 | 区投促局 |\n"
    )
    document = formats.read(f"某区扶持清单\n{rows}".encode(), name="a.md")
    clauses = [r for r in policy.read(document, Context(document_key="t")) if isinstance(r, SupportClause)]
    assert [(c.clause_kind, c.value, c.instrument) for c in clauses] == [
        ("rate_cap", 30, "compute_subsidy"),
        ("max_amount", 2_000_000, "compute_subsidy"),
        ("rate_cap", 20, "data_voucher"),
        ("max_amount", 500_000, "data_voucher"),
    ]


def test_rules_of_a_voucher_of_many_kinds_about_one() -> None:
    _, clauses, _ = read(
        "区科技局关于印发《科技创新券(算力专项)管理细则》的通知\n第六条 用于支付向入库机构购买服务的费用，每次使用额度不超过服务合同总金额的50%。\n第七条 每家企业每年申领额度不超过20万元。"
    )
    assert [(c.clause_kind, c.value, c.instrument) for c in clauses] == [
        ("rate_cap", 50, "compute_voucher"),
        ("max_amount", 200_000, "compute_voucher"),
    ]


def test_days_of_an_opinion_and_of_an_application() -> None:
    stated, _, _ = read(
        "某市关于发放算力券的实施意见\n四、时间。10月9日至10月24日申领。\n本意见自2025年7月1日起施行，有效期至2027年12月31日。\n"
        "对年度算力支出达20万元以上的企业，按30%补助。\n某市数据局\n2025年9月29日"
    )
    assert (stated.effective_from, stated.effective_to) == (dt.date(2025, 7, 1), dt.date(2027, 12, 31))
    assert stated.deadline == dt.date(2025, 10, 24)
    assert stated.min_spend_cny == 200_000


def test_english_vouchers_and_what_each_is_worth() -> None:
    _, clauses, _ = read(
        "Each one-person company in Beijing could get model vouchers worth up to RMB 50,000 and computing vouchers worth up to RMB 200,000 a year. "
        "Total funding for the pilot is set at RMB 30 million. The city pays one-fifth of the bills of those that rent computing elsewhere."
    )
    assert {(c.clause_kind, c.value) for c in clauses} == {
        ("max_amount", 50_000),
        ("max_amount", 200_000),
        ("total_budget", 30_000_000),
        ("rate_cap", 20),
    }
    assert next(c for c in clauses if c.value == 50_000).instrument == "model_voucher"


def test_a_title_may_begin_with_its_year() -> None:
    stated, _, _ = read("2026年度训力券项目申请指南\n一、对租用算力训练模型的企业，按合同金额的50%给予资助。")
    assert stated.title == "2026年度训力券项目申请指南"


def test_results_of_an_allocation_promise_nothing() -> None:
    _, clauses, _ = read(
        "某区算力补助资金分配结果公告\n甲科技有限公司，算力费用支出312.5万元，补助93.75万元；\n合计补助161.61万元。"
    )
    assert clauses == []


def test_days_to_apply_without_their_year() -> None:
    stated, _, _ = read(
        "关于申报算力券的通知\n11月15日前，企业登录平台提交申报材料。\n某市数据局\n2025年10月20日"
    )
    assert stated.deadline == dt.date(2025, 11, 15)
    stated, _, _ = read("算力补贴申报问答\n2025年申报时间为10月20日至11月20日。")
    assert stated.deadline == dt.date(2025, 11, 20)


def test_a_row_is_about_what_it_names() -> None:
    text = "人工智能补贴汇总表\n| 项目 | 对象 | 补贴比例 | 年度上限(万元) |\n| 算力租用 | 企业 | 30% | 200 |\n| 模型采购 | 企业 | 20% | 50 |\n| 语料采购 | 企业 | 25% | 40 |\n"
    document = formats.read(text.encode(), name="a.txt")
    clauses = [r for r in policy.read(document, Context(document_key="t")) if isinstance(r, SupportClause)]
    assert [(c.value, c.instrument) for c in clauses] == [
        (30, "compute_subsidy"),
        (2_000_000, "compute_subsidy"),
        (20, "model_voucher"),
        (500_000, "model_voucher"),
        (25, "data_voucher"),
        (400_000, "data_voucher"),
    ]
