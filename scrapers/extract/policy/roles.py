"""What part an amount plays in a promise: share, cap, pot, floor, amount per unit, or none of these.

Decided from the words right before and after the amount, inside its phrase; the rest of the sentence settles what these
leave open. The same word (最高, 不超过) introduces a pot, a cap and a share, so the verb and its object decide: 发放 and
设立 make a pot, 给予 and 申领 and 每家 a cap.
"""

import re
from dataclasses import dataclass
from typing import Literal

from scrapers.records import Period
from scrapers.text.money import Amount

Role = Literal["rate_cap", "max_amount", "min_amount", "total_budget", "per_unit", "spend_floor", "none"]

_CAP_WORDS = r"(?:最高|最多|不超过|不高于|不得超过|不得高于|不多于|上限(?:为|是|达|不超过)?|至多|封顶|高达|可达|可获|达到?|累计|总计|合计|约|近|共|为|的|可|原则上|每年|年度|当年|全年|一次性|总额|金额|额度|总金额|不超|提高至|提高到|提升至|提升到|增至|放宽至|放宽到|扩大至|调整为|由|从|到|至|再|按|,|:)*"
_PAY = r"(?:给予|予以|补贴|补助|资助|奖励|奖补|奖|支持|补足|抵扣|抵用|抵免|减免|减免额|申领|申请|领取|享受|获得|获|获批|兑付|兑现|补偿|扶持|返还|发给|支付|拨付|拨|给|得到|报销|(?<![引带])领|补(?![充齐贴助]))"
_PAY_BEFORE = re.compile(
    rf"{_PAY}(?:额|金额|资金|总额|标准|力度|比例)?(?:其|企业|每家)?{_CAP_WORDS}(?:人民币)?$"
)
_PAY_AFTER = re.compile(
    r"^(?:\([^()]{0,12}\))?(?:人民币)?(?:\([^()]{0,12}\))?(?:的|以内的?|以下的?)?(?:一次性|资金|经费|财政|专项|事后|年度|市级|区级|算力|智算|后)?(?:补贴|补助|奖励|奖补|资助|支持|扶持|补偿|补足|抵扣|减免|优惠|配套|激励)"
)
_PER = re.compile(
    r"每家|每户|单家|单户|单一|同一|每个(?!年)|单个|每名|每位|每人|每一|每单位|每项|单项|各(?:企业|单位)|该(?:企业|单位)|单位每年|企业每年|每张|单张|每笔|单笔|单次|每次|每企业|单企|单企业|单个企业|一家(?:企业|单位)|家企业|企业(?:最高|每年|年度|累计)|(?:机构|单位|院所|团队)(?:最高|每年|年度)|主体(?:最高|每年|年度)|上限"
)
_POT_VERB = re.compile(
    r"(?:发放|设立|安排|统筹|设置|投入|推出|拿出|列支|释放|投放|派发|发行|筹集|预算|配套|提供|设|划拨|整合|(?<=先)放|(?<=[另再])发(?![展布现]))(?!给予)"
)
_POT_NOUN = re.compile(
    r"(?:总额|总规模|总量|总额度|总盘子|规模|预算|资金池|资金总额|额度|专项资金|专项|合计|总计|奖补资金|资金规模|资金)(?:[^,;]{0,8})$"
)
_EACH = re.compile(
    r"(?:(?:每|按)(?:个|新增)?(?P<each>标准机架|机架|机柜|架|PFLOPS|P|卡时|千瓦时|度|台)(?:算力|电)?|(?P<of>标准机架|机架|机柜)每个)(?:[^,;\d]{0,8})$"
)
_EACH_UNIT = {"P": "PFLOPS", "卡时": "card-hour", "标准机架": "机架", "机柜": "机架", "架": "机架"}
_VOUCHER_BEFORE = re.compile(r"券[\"']?(?:资金|额度|总额|预算)?(?:为|约|共)?$")
_FOR_ONE = 10_000_000
"""A sum right after the name of a voucher (算力券20万/语料券10万) is what one gets, unless it is large."""
_LEAST_POT = 500_000
"""No government sets less aside: 发放不超过3万元的算力体验券 is what one gets."""
_NO_CAP = 50_000_000
"""Nobody gets as much in vouchers: 区级算力券最高1亿元 is the pot."""
_LAST_YEAR = re.compile(r"过去[一五]年|[一五]年来|全年新增")
"""A report on the year that is over."""
_HAS_FUNDED = re.compile(r"共(?:资助|支持|补贴|兑付)[^,;、]{0,6}\d+[个家项户]")
_PAST = re.compile(
    r"(?:兑付|核销)[^,;]{0,6}券$|已有?[^,;]{0,14}(?:申领|领取|受理)|(?:已|共|累计|实际|总计|合计)[^,;]{0,8}(?:兑付|核销|兑现|拨付|发放|使用|领取)|(?:兑付|核销|兑现|发放)(?:了|完成|金额达|资金达|总额达)"
)
_AHEAD = re.compile(r"将|计划|拟|每年|(?<!\d)年度|目标|预计|力争|最高|不超过|[二三五]年")
"""Money already issued is no pot, unless the words speak of what is to come."""
_MINUS = re.compile(r"满\s?\d[\d.]*[千万]?元?立?减$")
_MINUS_AFTER = re.compile(r"立?减\d")
"""满10万元减3万元: how one voucher is used, neither share nor cap."""
_EVERY_P = re.compile(r"每\s?\d[\d.]*\s?(?:P|E|PFLOPS)[^,;]{0,6}$")
"""每1000P奖励200万元: the price of many units is neither a cap nor the price of one."""
_TOTAL_OF_ALL = re.compile(r"(?:总盘子|总规模|总预算|资金池)(?:为|约|是|:)?$")
_PLANNED = re.compile(r"(?:预算|财政)[^,;]{0,8}(?:安排|列支),$")
"""由财政在年度预算中安排,每年不超过800万元."""
_RAISED_CAP = re.compile(r"(?:提高|放宽|上浮|上调|增加|增至|提至)(?:到|至|为)?(?:最高)?$")
"""`不超过60万元,其中科学智能方向可提高到100万元`."""
_SET_ASIDE = re.compile(
    r"(?:安排|统筹|发放|投放|列支|设立)[^,;]{0,10}(?:不少于|不低于)$|(?:规模|总额)[^;]{0,24},[^,;]{0,4}每年(?:不少于|不低于)$"
)
"""A pot of at least so much is a pot."""
_STARTS_AT = re.compile(r"(?:起点|门槛|起付线|起补[点线])[^,;]{0,4}(?:在|为|是|到|至)$")
_FOR_EVERY = re.compile(r"每[^,;元]{0,8}\d[\d.]*[千万亿]?元[^,;]{0,2}(?:给予|奖励|补贴|补助|补|奖)$")
"""每消费100万元给予10万元: a share in other words, not a cap."""
_SPENT = re.compile(
    r"(?:费用|支出|合同额|(?<![贴助励持扣领付补])金额|投入|采购额|消费额?|账单)(?:在|为|达到?|不超过|不高于|小于)?$"
)
_SPENT_AFTER = re.compile(r"(?:\(不?含\))?(?:之间)?(?:的[,;]|,)")
_SPENT_IN_ALL = re.compile(r"(?:支出|消费|花费)[^,;]{0,2}(?:合计|总计|共计|约|达|超过?)+$")
_SHORT_OF = re.compile(r"(?:不足|(?<!不)低于|不到|未达到?)(?:人民币)?$")
_EXCLUDES = re.compile(r"不予|不再|不得|不能|不可|不支持|不补|除外|不纳入|不受理")
_PARTED = re.compile(
    r"(?<!已)(?:预算|安排|总额|总量|规模|资金|发放|设立)[^,;。]{0,16}元[^;。]{0,16}[,;。\n]\s?其中[^。每单某笔户家]{0,80}$"
)
"""A pot that is parted: `预算4500万元,其中算力补贴3500万元`."""
_YEARLY_TOTAL = re.compile(
    r"(?:年度|每年|全年|当年|全[市省区县])(?:度|发放|兑付|资金|预算|[^\u4e00-\u9fff])*总(?:额|规模|量)(?:度)?[^,;]{0,6}$"
)
"""`全市年度总额不超过`: the pot, although it stands behind a cap."""
_BENEFICIARY = re.compile(r"的(?:企业|单位|机构|主体|项目|模型|高校|院所|个人)[,:]?\s?$")
_POT_AFTER = re.compile(
    r"^(?:\([^()]{0,12}\))?(?:人民币)?(?:左右|规模|以上)?(?:的|等值)?(?:专项|财政|专项资金|资金|额度|总额)?(?:[\"']?(?:算力|训力|模型|语料|数据|智能|智算|词元|Token)(?!补贴|补助|资助|支持|奖)|规模|额度|资金池|资金|预算|用于|,?(?:专项)?用于|补贴资金|奖补资金)"
)
_FLOOR_AFTER = re.compile(
    r"^\s?(?:\(含[^()]{0,4}\)|\([^()]{0,8}含\))?(?:人民币)?(?:\(含[^()]{0,4}\))?(?:\s?(?:及|或|含)?以上|起(?!步)|\(含\)以上)"
)
_FLOOR_BEFORE = re.compile(
    r"(?:不低于|不少于|不得低于|不得少于|达到|达|满|至少|超过|超|大于|高于|起付(?:线|标准)?为?|门槛为?|累计达到?|≥|>=|>)(?:人民币)?$"
)
_LEAST_PAYOUT = re.compile(
    r"(?:面额|面值|申领|申请|领取|每张|单张|单次|兑付)[^,;]{0,14}$|最低(?:不少于|不低于|为)?$"
)
_SPEND = re.compile(r"购买|采购|租用|租赁|使用|支出|消费|费用|合同|实际支付|总额|金额|投入|算力")
_CAP_BEFORE = re.compile(
    r"(?<!不)(?:最高|最多|上限|封顶|至多|不超过|不[能可应]超过|不高于|高达)(?:[^,;]{0,8})$|不超过[^,;]{0,4}$"
)

# What else an amount may be of, read right before it.
_OTHER_MONEY = re.compile(
    r"(?:营业(?:总)?收入|主营业务收入|营收|收入|产值|增加值|产业规模|市场规模|核心产业规模|销售额|销售收入|交易额|交易规模|出口额|纳税|税收|利润|研发投入|研发费用|研发经费|"
    r"固定资产|投资额|总投资|投资|融资|募资|估值|市值|注册资本|注册资金|实缴资本|实收资本|贷款|授信|信贷|保费|保额|罚款|处罚|年薪|工资|薪酬|房租|月租|租房|购房|安家|生活|住房|"
    r"基金(?:总)?(?:规模)?|母基金|引导基金|签约|订单|中标|成交|拉动|撬动|带动|节约|节省|设备(?:总)?(?:投入|投资|购置)|资产|股权|奖金池?|定金|押金|保证金|价值)"
    r"(?:额|金|总额|规模|金额)?(?:[^,;]{0,6}?)(?:不低于|不少于|达到|达|超过|超|突破|为|约|近|过|满|在|至|不超过|最高|首期|总|累计|\d{4}年|各|分别|合计|大于|高于|每年)*$"
)
_TARGET = re.compile(
    r"力争|突破|(?:产业|市场|经济)规模|目标|到20\d\d年|培育|打造[^,]{0,12}(?:产业|集群)|增长|年均"
)
_RAISED = re.compile(
    r"^(?:/年)?(?:提高|降|下调|降低|放宽|追加|提升|增加|扩大|上调|调整|提标|增至|扩容)(?:到|至|为)?"
)
_FACES = re.compile(r"(?<!低)(?:面额|面值|票面)(?:分为|分|为|有|设|设置|金额|:|包括|[^,;]{0,6}、)*$")
_OTHER_AFTER = re.compile(
    r"^(?:级|[^,;。\d]{0,4}券\d+张|[A-Z]?\+?轮|的[^,;:。元%]{0,10}基金|的?(?:产业|基金|母基金|投资|产值|市场|集群|项目|营收|订单|贷款|罚款|奖金|订单|大关|企业|注册|融资|设备|授信|信贷|定期)|左右的?投资|规模的?(?:产业|基金|母基金))"
)

_OTHER_SHARE = re.compile(
    r"(?:加计扣除|增长|增加|增速|增幅|同比|环比|提升|上升|下降|降低|减少|降幅|节约|节省|占比|占[^,;]{0,10}|比重|国产化率|自主率|自给率|覆盖率|利用率|使用率|上架率|渗透率|普及率|准确率|合格率|满意度|完成率|达标率|"
    r"利率|贴息|年化|股权|股份|持股|出资|资本金|首付|税率|毛利率|负荷率|可再生能源|绿电|绿色电力|份额|损耗|误差|得分|权重|分值|回收率|核销率|兑付率|使用率|执行率|转化率|成功率|免赔|不良|产能|投资收益)"
    r"(?:[^,;]{0,6}?)(?:不低于|不少于|不高于|达到|达|超过|超|为|约|近|至|到|在|了|不超过|高达|率|由|从)*$"
)
_NEED_RATIO = re.compile(
    r"(?:补贴|补助|资助|奖励|奖补|支持|抵扣|抵用|报销|优惠|减免|返还|兑付|兑现|配套|券)(?:的)?(?:比例|标准|力度|幅度|率|额度|上限)?[^,;]{0,12}$"
)
_REACHED = re.compile(r"(?:达到|不低于|不少于|超过(?<!不超过))[^,;]{0,10}$")
_STAGED = re.compile(
    r"(?:预拨|预付款?|质保金|验收后|到货|交付后|签约后|进度款|预先|先行|先期|首期|首付|首笔|首批|第一(?:次|笔|期)|剩余|余下|余款|尾款|前期|后期|启动资金|拨付)(?:[^,;]{0,12})$"
)
_STAGED_AFTER = re.compile(r"^(?:的)?(?:预拨|首期|预付|启动|尾款|余款|剩余)")
_SHARED_COST = re.compile(
    r"(?:市|区|县|省|国家|财政|级)(?:级)?(?:财政)?(?:分别)?(?:承担|负担|分担|出资|配套)[^,;]{0,6}$"
)
_TO_A_GOVERNMENT = re.compile(
    r"^(?:的)?(?:标准|比例)?,?(?:给予|予以|补助|奖补)[^,;]{0,8}(?:的市|市县|县区|[市县区]\(|各[市县区]|[市县区](?:级财政|财政)?(?:补助|奖补|补贴))"
)
"""What a province pays its cities is no aid for a user."""
_OF_A_GOVERNMENT = re.compile(
    r"按(?:照)?(?:各?设区市|市县|各市|市[州县]?|县区)[^,;]{0,6}(?:兑付|拨付)[^,;]{0,8}$"
)
_ONE_GOVERNMENT = re.compile(
    r"(?:单个|每个)(?:设区市|市县|市州|市|县|区)(?![\u4e00-\u9fff]{0,3}(?:企业|单位|项目|平台))[^,;]{0,8}$"
)
_COST_AFTER = re.compile(r"^的?[^,;]{0,6}(?:成本|费用|支出)")
_RATE_AFTER_THRESHOLD = re.compile(r"^(?:\(含\))?(?:及|或)?以上")
_OF_SPEND = re.compile(r"(?:按|不超过|不高于)[^,;]*(?:金额|费用|合同额|支出|成本|服务费)的?(?:不超过|最高)?$")
_MORE = re.compile(r"(?:上浮|再增加|额外增加|增加|提高|上调|追加|叠加|上升|加|额外)(?:了)?$")
_PAID = re.compile(
    r"给予|予以|补贴|补助|资助|奖励|奖补|支持|抵|减免|优惠|返还|兑付|兑现|发放|申领|补偿|扶持|承担|报销|领取|券|折扣|配套|支付|免费|补|激励"
)

_YEAR = re.compile(r"每年|年度|每一年|当年|自然年|/年")
_PERIODS: tuple[tuple[Period, re.Pattern[str]], ...] = (
    ("one_off", re.compile(r"一次性")),
    (
        "per_year",
        re.compile(
            r"每年|年度|每一?年度|一年内|当年|单年|每自然年|每个?自然年|全年|(?<![一二两三四五\d])年内|一年(?=最多|最高|封顶|不超过|可|内)|按年|/年|每年度|本年度|今年|20\d\d年|年支持|年补贴|年发放|年均|(?<![\d一二两三四五多])年(?:度)?(?:上限|封顶|最高)|连续\d年每年"
        ),
    ),
    (
        "per_application",
        re.compile(
            r"单个?(?:项目|合同|模型|订单|次|笔)|每个?(?:项目|合同|模型|次|笔)|单(?:次|笔)|每(?:次|笔|项)|同一(?:项目|合同)|单份合同"
        ),
    ),
    (
        "total",
        re.compile(
            r"累计|总计|合计|三年|两年|二年|(?:政策|实施)(?:期|周期)内|有效期内|总额(?!.{0,4}每年)|总规模|总额度|总共|共(?:计)?(?:发放|设立|安排)|首批|首期"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """The words of an amount and around it: `before` and `after` inside its phrase, `frame` before its phrase in the frame, and whether
    a share stood before it in the frame, or a cap (`has_cap`) in the sentence. `subject` is true where the frame names whom it pays, `is_last` where the text is
    cut off right after the amount, `part_of_pot` the words of a pot named before it that is parted."""

    words: str
    before: str
    after: str
    frame: str
    sentence: str
    has_rate: bool
    subject: bool
    named: bool
    is_last: bool
    has_cap: bool
    part_of_pot: str | None
    headings: tuple[str, ...]


def parted(text: str, at: int) -> str | None:
    """The words of a pot named right before, of which the sum at a place is a part."""
    if "其中" not in text[max(0, at - 80) : at]:
        return None
    match = _PARTED.search(text, max(0, at - 140), at)
    if match is not None and _PER.search(
        re.split("[。;\n]", text[max(0, match.start() - 16) : match.start()])[-1]
    ):
        return None
    return text[max(0, match.start() - 12) : match.end()].split("其中")[0] if match else None


def per(before: str) -> str | None:
    """The thing a sum is paid for each of, named before it: 每标准机架给予500元."""
    match = _EACH.search(before)
    if match is None:
        return None
    each = match["each"] or match["of"]
    each = _EACH_UNIT.get(each, each)
    return f"{each}/月" if re.search(r"每月|/月", match[0]) else each


def money(amount: Amount, at: Setting) -> Role:
    """The part of a sum of yuan."""
    before, after = at.before, at.after
    floor = amount.bound == "at_least" or bool(_FLOOR_AFTER.match(after))
    if _MINUS.search(at.frame[-24:] + before) or (_MINUS_AFTER.match(after) and before.endswith("满")):
        return "none"
    if _ONE_GOVERNMENT.search(before) or (
        not floor and _SPENT_IN_ALL.search(before) and "财政" not in before
    ):
        return "none"
    if amount.low is None and re.search(r"券面[额值](?:为|:)?$", before):
        return "max_amount"
    if _EVERY_P.search(at.frame[-24:] + before):
        return "none"
    if _FOR_EVERY.search(at.frame[-24:] + before) or (
        _SPENT.search(before) and _SPENT_AFTER.match(after) and (amount.low is not None or "的" in after[:6])
    ):
        return "none"
    if _SHORT_OF.search(before):
        excluded = any(map(_EXCLUDES.search, (at.sentence, *at.headings)))
        return "spend_floor" if _SPEND.search(before) and excluded else "none"
    if _OTHER_MONEY.search(before) and not (
        _PAY_BEFORE.search(before) or (before.endswith("价值") and re.match("的?[^,;]{0,4}券", after))
    ):
        return "none"
    if _OTHER_AFTER.match(after) or _RAISED.match(after) or _FACES.search(before):
        return "none"
    if re.match(r"\s?(?:\(含\))?(?:至|到|-)", after) and (floor or "含" in after[:3]):
        return "none"
    if floor or (
        _FLOOR_BEFORE.search(before)
        and not re.search(
            "(?:不超过|不[得能可应]超过|不超|不高于|不得高于|不大于|可达|(?:上限|最高|累计|额度|最多|高|总额|总计|合计|规模)达)(?:人民币)?$",
            before,
        )
    ):
        if re.match(r"(?:\(含\))?(?:及)?(?:以上)?(?:的)?(?:部分|部份)", after):
            return "none"
        if _LEAST_PAYOUT.search(before) and not re.search(
            r"购买|采购|租用|支出|消费|合同|费用|成本", before[-20:]
        ):
            return "min_amount"
        if re.search(r"给予|奖励|补贴|资助", before[-8:]) and re.search(r"(?:达|达到)$", before):
            return "max_amount"
        if _SET_ASIDE.search(at.frame[-40:] + before):
            return "total_budget"
        return "spend_floor" if _SPEND.search(at.frame[-60:] + before) else "none"
    if _STARTS_AT.search(before):
        return "spend_floor"
    if re.search(r"最低(?:[^,;]{0,4}(?:面额|金额|额度))?(?:不少于|不低于|为|[从由].{0,12}至)?$", before):
        return "min_amount"
    if re.match(
        r"(?:\(含[^()]{0,4}\))?(?:及|或|含)?(?:以下|以内)(?:\(含[^()]{0,4}\))?(?:的)?(?!的?(?:补贴|补助|奖励|资助|支持|奖补))",
        after,
    ) and not (_PAY_BEFORE.search(before) or _POT_NOUN.search(before)):
        return "none"
    if re.match(r"(?:\(含[^()]{0,4}\))?的?部分", after):
        return "none"
    if _PAST.search(before) and not _AHEAD.search(at.frame[-24:] + before):
        return "none"
    if _TARGET.search(before) and not _PAY_BEFORE.search(before) and not _POT_VERB.search(before):
        return "none"
    pot = cap = 0
    verbs = [match.end() for match in _POT_VERB.finditer(before)]
    if verbs and not re.search(_PAY + r"[^,;]{0,12}$", before[verbs[-1] :]):
        pot += 3
    if _POT_NOUN.search(before) or _VOUCHER_BEFORE.search(before):
        pot += 2
    if _POT_AFTER.match(after):
        pot += 2
    if re.search(r"每年|年度|全市|全区|全省|三年", before):
        pot += 1
    if _YEARLY_TOTAL.search(before) and not _PER.search(before):
        pot += 4
    per = _PER.search(before) or _PER.search(at.frame[-30:])
    if _TOTAL_OF_ALL.search(before) or (
        _PLANNED.search(at.frame) and re.search("每年(?:不超过|最高)?$", before)
    ):
        pot += 4
    if per:
        cap += 3 if _PER.search(before) else 2
    if _PAY_BEFORE.search(before):
        cap += 2
    if _PAY_AFTER.match(after):
        cap += 2
    if at.has_rate:
        cap += 3
    if at.has_cap and _RAISED_CAP.search(before):
        cap += 3
    if at.subject:
        cap += 1
    if "一次性" in before or re.search(r"最高(?:额度|金额)|(?:补贴|补助|资助|奖励)(?:额度|上限)", before):
        cap += 6
    if _BENEFICIARY.search(at.frame):
        cap += 3
    if _CAP_BEFORE.search(before) or re.match(r"为(?:上限|限)|封顶", after):
        cap += 1
    if re.match(r"/(?:企业|家|户|单位|人|项目|年)", after):
        cap += 6
    if not verbs and amount.value <= _FOR_ONE and re.search(r"券[\"']?$", before):
        cap += 3
    if re.search(r"券[\"']?每年(?:最多|不超过|最高)$", before) or (
        amount.value >= _NO_CAP and not per and re.search(r"券[\"']?(?:最多|不超过|最高)$", before)
    ):
        pot += 4
    if not verbs and amount.value < 25_000_000 and re.search(r"最高$|不超过$|上限$|至多$|最多$", before):
        cap += 2
    if re.match(r"的?(?:申领|申请|领取|补贴|补助|资助|奖补|兑付|抵扣|支持)的?(?:额度)?(?:上限|限额)", after):
        cap += 6
    if at.part_of_pot and not per and not at.has_rate:
        return "total_budget"
    if not pot and not cap:
        return "none"
    if _HAS_FUNDED.search(at.sentence) or (pot > cap and _LAST_YEAR.search(at.sentence)):
        return "none"
    if amount.value <= _LEAST_POT:
        return "max_amount"
    if pot == cap:
        return "total_budget" if amount.value >= 25_000_000 else "max_amount"
    return "total_budget" if pot > cap else "max_amount"


def share(amount: Amount, at: Setting) -> Role:
    """The part of a percentage or fraction."""
    before, after = at.before, at.after
    if amount.value > 100 or amount.value <= 0:
        return "none"
    if amount.bound == "at_least" and not _NEED_RATIO.search(before):
        return "none"
    if _RATE_AFTER_THRESHOLD.match(after) and not re.search(r"补贴|抵扣|资助", before[-10:]):
        return "none"
    if (
        at.named
        and re.search(r"(?:帮助|助力|为|让)[^,;]{0,10}(?:降低|减少|节省)$", before)
        and _COST_AFTER.match(after)
    ):
        return "rate_cap"
    if re.search(r"(?:兑付|核销|兑现|使用|执行|满意)率[^,;]{0,4}$", before):
        return "none"
    if _OTHER_SHARE.search(before) and not _NEED_RATIO.search(before):
        return "none"
    if _REACHED.search(before) and not _NEED_RATIO.search(before):
        return "none"
    if (
        _STAGED.search(before)
        or _STAGED_AFTER.match(after)
        or _SHARED_COST.search(before)
        or _TO_A_GOVERNMENT.match(after)
        or _OF_A_GOVERNMENT.search(before)
    ):
        return "none"
    if _MORE.search(before) or (
        _RAISED.match(after) and re.search(r"[由从](?:原来的?|原有的?)?(?:最高|不超过)?$", before)
    ):
        return "none"
    if "个百分点" in at.words:
        return "none"
    if (
        re.search(r"(?:不低于|不少于|不得低于|达到|超过|至少)$", before)
        and not re.search(r"不超过$", before)
        and not _NEED_RATIO.search(before)
    ):
        return "none"
    if not _PAID.search(at.frame + before + after) and not _PAID.search(at.sentence):
        # `采用其他设施的,比例为20%` goes on with what a voucher was said to pay
        return (
            "rate_cap"
            if (
                at.named
                and re.search(
                    r"比例[^,;]{0,4}$|(?:额度|金额)[^,;]{0,4}(?:为|是|按)[^,;]{0,12}的$|(?:企业|单位|机构|团队|高校|院所)的?(?:最高|不超过|上限)为?$",
                    before,
                )
            )
            or (at.is_last and at.subject and _OF_SPEND.search(before))
            else "none"
        )
    return "rate_cap"


def period(at: Setting, role: Role) -> Period | None:
    """The period a number is of, only where its own phrase or the one right before says so. 总额 tells of a pot, never of a
    cap; a share is of a year or of nothing."""
    near = at.before[-40:] + " " + ("" if role == "rate_cap" else at.after[:14])
    if role == "rate_cap":
        return "per_year" if _YEAR.search(near) else None
    for kind, words in _PERIODS:
        if words.search(near):
            if role == "max_amount" and kind == "total":
                return (
                    "per_year"
                    if _YEAR.search(near)
                    else "total"
                    if re.search("累计|总计|合计", near)
                    else None
                )
            return kind
    if role == "max_amount" and re.search(
        r"一次性[^,;]{0,4}(?:奖补|补助|奖励|支持|补贴|资助|扶持),$", at.frame
    ):
        return "one_off"
    if role == "total_budget" and at.part_of_pot and re.search("每年|年度", at.part_of_pot):
        return "per_year"
    if role == "total_budget" and (match := re.search(r"每年|年度|今年|三年|20\d\d年(?=,)", at.frame[-30:])):
        return "total" if match[0] == "三年" else "per_year"
    return None
