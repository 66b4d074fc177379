"""Support clauses in the ways notices word them: each case is a stretch of text and the promises in it, written
`kind value [instrument] [period] [side]`; amounts in units of 万 (w) and 亿 (y), shares plain."""

import re
from decimal import Decimal

import pytest

from scrapers.documents import Context, Document
from scrapers.extract import policy
from scrapers.records import SupportClause

KINDS = {"r": "rate_cap", "m": "max_amount", "b": "total_budget", "n": "min_amount", "u": "per_unit"}
SHORT = {"cv": "compute_voucher", "tv": "training_voucher", "mv": "model_voucher", "dv": "data_voucher", "cs": "compute_subsidy"}  # fmt: skip
SCALE = {"w": 10**4, "y": 10**8, "": 1}


def read(text: str) -> list[SupportClause]:
    records = policy.read(Document(text=text), Context(document_key="t"))
    return [record for record in records if isinstance(record, SupportClause)]


def brief(clause: SupportClause) -> tuple[str, float]:
    return clause.clause_kind, clause.value


def wanted(spec: str) -> list[dict[str, object]]:
    out = []
    for part in filter(None, (p.strip() for p in spec.split(","))):
        head, *rest = part.split()
        match = re.fullmatch(r"([rmbnu])([\d.]+)([wy]?)", head)
        assert match, part
        fields: dict[str, object] = {
            "clause_kind": KINDS[match[1]],
            "value": float(Decimal(match[2]) * SCALE[match[3]]),
        }
        for word in rest:
            if word in SHORT:
                fields["instrument"] = SHORT[word]
            elif word in ("user", "supplier"):
                fields["side"] = word
            elif word.startswith("tier="):
                fields["tier"] = word[5:]
            elif word.startswith("unit="):
                fields["unit"] = word[5:]
            else:
                fields["period"] = None if word == "none" else word
        out.append(fields)
    return out


CASES = [
    # pots: every verb and noun they come with
    ("每年发放不超过1亿元算力券。", "b1y cv per_year"),
    ("每年发放总额最高8000万元的“算力券”。", "b8000w cv per_year"),
    ("设立年度总额1000万元算力券资金池。", "b1000w cv per_year"),
    ("算力券年度总规模为5000万元。", "b5000w cv per_year"),
    ("三年累计发放2亿元算力券、模型券和语料券。", "b2y cv total"),
    ("每年统筹安排1.28亿元，用于发放算力券、语料券、模型券。", "b1.28y per_year"),
    ("首批发放算力券3000万元。", "b3000w cv total"),
    ("市财政每年列支2000万元作为算力券专项资金。", "b2000w cv per_year"),
    ("将算力券年度总额由1亿元提高至2.5亿元。", "b2.5y cv per_year"),
    ("设立总额最高3亿元的模型券，支持企业使用大模型。", "b3y mv"),
    ("全市算力券发放规模为每年伍仟万元。", "b5000w cv per_year"),
    ("安排专项资金5000万元支持企业购买算力服务。", "b5000w cs"),
    ("每年设立1亿元训力券，每家单位每年最高申领1000万元。", "b1y tv per_year, m1000w tv per_year"),
    # shares: flat, capped, fractions, tenths, with base before or after
    ("对租用智能算力的企业，按合同金额的30%给予算力券补贴。", "r30 cv"),
    ("企业租用算力的，补贴比例不超过合同额的50%。", "r50 cs"),
    ("算力券最高可抵扣不超过60%的算力购买费用。", "r60 cv"),
    ("对购买算力的企业给予百分之三十的补贴。", "r30 cs"),
    ("对租用算力的企业，按租金的三成给予补贴。", "r30 cs"),
    ("按企业实际支付算力费用的三分之一给予补助。", "r33.33 cs"),
    ("对算力使用方给予不超过算力总支出20%的补助。", "r20 cs user"),
    ("对使用本地智算资源的企业给予25%费用补贴，单个主体年支持上限达2000万元。", "r25 cs, m2000w cs per_year"),
    ("市区协同给予企业最高100%的算力租金补贴。", "r100 cs"),
    ("算力券抵扣比例为15%至30%。", "r30 cv"),
    ("企业使用模型服务的，按年度模型使用费用的30%、最高100万元给予补贴。", "r30 mv, m100w mv"),
    # caps
    ("每家企业每年申领算力券不超过200万元。", "m200w cv per_year"),
    ("同一企业每个自然年度累计申领和兑付算力券金额不超过200万元。", "m200w cv per_year"),
    ("单个企业算力券年度补贴总额最高不超过500万元。", "m500w cv per_year"),
    ("对新落户的人工智能企业给予一次性50万元算力券奖励。", "m50w cv one_off"),
    ("对租用算力的企业给予千万元以内的算力补贴。", "m1000w cs"),
    ("单个合同算力补贴最高50万元。", "m50w cs per_application"),
    ("对购买算力服务的企业，给予年度最高1，000万元补贴。", "m1000w cs per_year"),
    ("企业购买算力的，每年最高可获200万元补贴。", "m200w cs per_year"),
    ("企业采购智能算力最高补贴150万元/年。", "m150w cs per_year"),
    ("算力券申领上限为200万元，最低不少于5000元。", "m200w cv, n0.5w cv"),
    ("单张算力券面额最低1万元。", "n1w cv"),
    # spending from which support begins is a condition, not a promise
    ("年度购买算力总额达到30万元以上的，按实际支出费用最高50%给予补助，每家企业每年最高不超过50万元。", "r50, m50w per_year"),
    ("年度算力支出不低于100万元的企业，按20%给予算力补贴。", "r20"),
    ("对年申报智算合同累计金额50万元（含）以下的中小企业，按照不超过50%的比例给予算力券补贴。", "r50 cv"),
    # several rates, several caps, tiers
    ("对国家级、省级项目牵头单位，分别按算力成本30%申领不超过300万元、150万元的算力券。", "r30 cv, m300w cv tier=国家级, m150w cv tier=省级"),
    ("使用国产算力的按30%、使用其他算力的按20%给予算力券补贴，每家企业每年最高800万元。", "r30 cv, r20 cv, m800w cv per_year"),
    ("对租用算力的企业按50%给予最高1000万元算力补贴，对初创企业补贴比例提高至60%。", "r50, m1000w, r60"),
    ("大型、中型、小型企业租用算力的，分别按合同额的10%、20%、30%给予补贴，最高不超过100万元。", "r10 tier=大型, r20 tier=中型, r30 tier=小型, m100w"),
    ("购买算力服务的，按照30%或10%的比例分档给予算力券补贴。", "r30 cv, r10 cv"),
    ("市级按30%给予算力租金补贴，区级再按20%给予配套补贴。", "r30, r20"),
    ("对经备案的大模型企业，购买或租用算力的，按不超过当年实际发生金额的30%给予最高1000万元支持；对重点企业购买或租用算力的，按不超过30%给予最高300万元支持。", "r30, m1000w, r30, m300w"),
    # several programmes in one stretch
    ("发放算力券、语料券、模型券：算力券按30%补贴，最高200万元；语料券按20%补贴，最高100万元；模型券按50%补贴，最高500万元。", "r30 cv, m200w cv, r20 dv, m100w dv, r50 mv, m500w mv"),
    ("推出总额1000万元的“数据券”，企业最高可申领50万元用于购买数据产品。", "b1000w dv, m50w dv"),
    ("对购买Token的企业，按Token费用的50%给予最高500万元Token券。", "r50 mv, m500w mv"),
    ("发放词元券，单家企业每年不超过20万元。", "m20w mv per_year"),
    ("对采购非关联方语料的主体，给予核定合同额最高30%、最高500万元补贴。", "r30 dv, m500w dv"),
    # the supplier's side
    ("对新建智算中心，按固定资产投资的10%给予最高2000万元补助。", "r10 cs supplier, m2000w cs supplier"),
    ("对新获批的国家绿色数据中心给予100万元一次性奖励。", "m100w cs supplier one_off"),
    ("对算力供给方，按其提供的算力服务合同金额给予不超过50%的补助。", "r50 cs supplier"),
    ("对提供智能算力服务的运营商，按500元/P给予补贴，每年最高300万元。", "u500 supplier unit=CNY/PFLOPS, m300w supplier per_year"),
    ("云服务企业采购国产智算芯片服务器的，给予采购金额10%的支持，每个项目累计不超过1000万元。", "r10 cs supplier, m1000w cs supplier"),
    # per unit
    ("对租用算力的企业，每卡时补贴0.5元/卡时。", "u0.5 cs unit=CNY/card-hour"),
    ("每年为每家一人公司提供不少于2000卡时的免费算力。", "u2000 unit=card-hour"),
    # reversed and colloquial orders
    ("算力券怎么用？最高补贴200万元，比例不超过30%。", "m200w cv, r30 cv"),
    ("买算力，政府补一半：算力券按实际费用的50%兑付，每家最高50万元。", "r50 cv, m50w cv"),
    ("给予最高500万元、不超过算力费用50%的算力补贴。", "m500w cs, r50 cs"),
    # brackets of spending, years, ranks
    ("按以下标准给予算力补贴：50万元以下部分按30%，50万元（含）至200万元部分按20%，200万元以上部分按10%，单个企业每年不超过100万元。", "r30, r20, r10, m100w per_year"),
    ("租用算力费用在10万元至50万元的，补贴20%；50万元以上的，补贴30%。", "r20, r30"),
    ("第一年按50%、第二年按40%、第三年按30%给予算力补贴。", "r50, r40, r30"),
    ("按企业信用等级分别给予A级50%、B级40%、C级30%的算力补贴。", "r50 tier=A级, r40 tier=B级, r30 tier=C级"),
    ("算力券补贴金额=实际支付算力费用×30%，最高不超过100万元。", "r30 cv, m100w cv"),
    # other words for a limit
    ("按其年度租用算力费用50%予以补贴，单个企业每年不超过100万元，补贴期限不超过3年。", "r50, m100w per_year"),
    ("对购买算力的企业按20%补贴，50万元封顶。", "r20, m50w"),
    ("算力补贴每户限额20万元。", "m20w"),
    ("算力券补贴以100万元为限。", "m100w cv"),
    ("租用算力的，按30%补贴，补贴上限50万元/家/年。", "r30, m50w per_year"),
    ("奖补资金不超过企业实际购买算力服务费用的20%，单个企业奖补资金不超过100万元。", "r20, m100w"),
    ("补助比例最高不超过算力实际发生费用的50%且不超过200万元。", "r50, m200w"),
    ("企业租用算力，可享受最高200万元、最长两年的补贴。", "m200w"),
    ("对租用算力开展模型训练的企业给予补贴，每年补贴金额不超过实际租金的40%，最高300万元。", "r40, m300w"),
    ("企业通过平台购买算力，财政补贴30%，企业自付比例不低于70%。", "r30"),
]  # fmt: skip

NOTHING = [
    # targets, funds, prizes, people, rooms, capacity
    "到2027年，人工智能产业规模突破1000亿元，智能算力规模达到20EFLOPS。",
    "设立总规模100亿元的人工智能产业基金，支持算力企业发展。",
    "对获评国家级智能制造示范工厂的，给予300万元一次性奖励。",
    "对通过生成式人工智能服务备案的大模型，每个奖励25万元，每家企业累计最高50万元。",
    "算力券平台已带动算力消费3.2亿元，服务企业120家，算力利用率提升至65%。",
    "全市智算占比超过30%，绿电使用比例不低于80%。",
    "骗取算力券的，处以骗取金额三倍以上五倍以下罚款，并处10万元罚款。",
    "对引进的算力领域高层次人才给予最高100万元安家补贴。",
    "对入驻算力产业园的企业，按办公租金的50%给予补贴，每年最高30万元。",
    "上年度营业收入5000万元以上且增速高于25%的企业可以申报算力券。",
    "某公司获得5000万元B轮融资，用于采购算力服务器。",
    "国产芯片占比不低于60%的智算中心优先纳入算力券服务商名录。",
    "例如：企业已结算算力费用20万元，则可申请补贴=20万元×30%=6万元。",
    "算力券资金按市、区1:1比例分担，先行预拨50%，余款在验收后拨付。",
    "建设算力规模达到5000P以上的企业可以申领算力券，最低不少于2500P。",
    "算力中心项目总投资57.5亿元，年产值可达10亿元。",
    "对企业贷款给予不超过2个百分点的贴息，支持购买算力设备。",
    "算力券面额分为1万元、5万元、10万元三种，由平台统一印制。",
    "租用算力的剩余70%费用由企业承担。",
    "算力服务商注册资本不低于1000万元，近三年算力业务收入不低于5000万元。",
    "中标金额为1.2亿元的智算中心采购项目顺利签约。",
]


@pytest.mark.parametrize(("text", "spec"), CASES, ids=[text[:24] for text, _ in CASES])
def test_promises(text: str, spec: str) -> None:
    got = read(text)
    want = wanted(spec)
    assert [brief(c) for c in got] == [(w["clause_kind"], w["value"]) for w in want] or sorted(
        map(brief, got)
    ) == sorted((w["clause_kind"], w["value"]) for w in want), got
    left = list(got)
    for fields in want:
        match = next(
            (c for c in left if all(getattr(c, name) == value for name, value in fields.items())), None
        )
        assert match is not None, (fields, left)
        left.remove(match)


@pytest.mark.parametrize("text", NOTHING, ids=[text[:24] for text in NOTHING])
def test_other_numbers_stay_out(text: str) -> None:
    assert read(text) == []
