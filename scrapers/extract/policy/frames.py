"""Frames: the stretches of a sentence that promise something to one subject, and what each promise is about.

A sentence is cut into phrases at commas; a frame opens where a phrase names a new subject or a new act (对…企业, 支持…,
每年发放…, 每家企业…) and holds the phrases up to the next. A frame takes its topic from its own words. Where they name none, the
topic of the frame, sentence or heading before it is carried on, unless its words aim at something else (`other_aims.csv`: prizes,
capital, rooms, people, research) or its subject is a new thing.
"""

import csv
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from scrapers.extract.policy import topics
from scrapers.extract.policy.topics import Topic
from scrapers.text import scan

# A label and its value (补贴比例:30%) are one phrase.
_LABELLED = r"(?<!比例:)(?<!标准:)(?<!额度:)(?<!上限:)(?<!金额:)(?<!预算:)(?<!规模:)(?<!总额:)(?<!总量:)"
# A slash or plus after a sum ends an item of a digest (算力券最高500万元/模型券最高100万元).
_COMMA = re.compile(
    # opens with a class, to which the engine skips
    rf"[,、/+:](?:(?<=,)(?!(?<=\d,)\d{{3}}(?!\d))|(?<=[万亿元%)]、)(?=[\u4e00-\u9fff]{{2,10}}(?:最高|\d))|(?<=[万亿元%年金租免贴助励][/+])(?![年月户家])(?=[\u4e00-\u9fff]{{2}})|(?<=:)(?:(?<=\d:)(?!\d{{3}})|(?<!\d:){_LABELLED}))"
)
_LEAD = r"(?:[\"'(\[]|其中|同时|另|并且?|此外|且|凡|即|如|属于|(?:\d{1,2}|[一二三四五六七八九十])[.、]|\([一二三四五六七八九十\d]{1,2}\)|第[一二三四五六七八九十\d]{1,4}条|[a-z]\))"
_OPENS = re.compile(
    rf"\s*(?:其中|{_LEAD}*\s*"
    r"(?:对|对于|针对|面向|向|为|支持|鼓励|引导|推动|加快|每年(?:度)?(?:安排|发放|设立|统筹|遴选|支持|评选|择优)|设立|发放|统筹|安排|组织|优先|建设|新建|打造|"
    r"首次|符合|获得|获批|经认定|租用|购买|采购|使用|依托|单个|每家|单家|同一|年度|试行|承担|如申请|如另行|企业(?:在|通过|租|购)))"
)
# An item of a list that names its own thing before its sum: `备案奖50万元`, `智能体开发资助最高50万元`.
_ITEM = re.compile(
    r"\s*(?P<what>[\u4e00-\u9fffA-Za-z]{2,16}?)(?:年度|每年(?:度)?)?(?:(?:奖励?|资助|补贴|补助|奖补|配套|支持|费用减免)(?:最高|上限为?|不超过)?|最高)\s?[\d百一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]"
)
_LISTED = re.compile(r"(?P<what>[\u4e00-\u9fffA-Za-z]{2,12}?)(?:\([^()]{1,12}\))?(?=\d)")
"""In a list parted by slashes, plus signs or 、 each item opens with what it is for."""
_NO_THING = re.compile(
    r"财政|政府|[省市区县首次第]|专项|给予|予以|按|累计|[总合]计|[每年单各]|同一|总额|金额|补|资助|奖|支持|其|且|并|但|可|[由对为从在到至]|申[领请]|比例|上限|额度|标准|原则|一次性|最|分别|[全当]年|企业|不|[或即再则仍约共达能就以于超免抵]|发放|设立|安排|统筹|投入|提[高升]|该|用于|享受|获得?|有效|拨付|兑付"
)
"""How a phrase begins that goes on with the one before."""
_ADVERB_END = re.compile(r"(?:额|额度|部分|比例|一次性|分别|[后时的再可均各年])$")
"""How words end that say when or how much, not for what."""
_SUBJECT = scan.Sought(
    r"(?:对于?|针对|向|(?<!作)为(?=[^,;]{2,30}(?:提供|发放|给予|补贴))|承担)(?!象|\d|外|应|接|标|照|期|此|了|主|进|降|推|加|贯|落|支持|促|提升|比)(?P<who>[^,;:。]{2,80}?)"
    r"(?:,|;|:|$|给予|予以|按照?|每年|发放|提供|补贴|奖励|最高|一次性|租用的|可获得|提高|(?=的\d))",
    "[对针向为承]",
)
_FILED = scan.Sought(
    r"(?:通过|完成|取得|获得|首次)[^,;]{0,16}备案|备案(?:登记)?的(?:大?模型|算法)", "[通完取获首备]"
)
_BACK = re.compile(
    r"(?:资助|补贴|补助|支持|奖励|申领|抵扣|奖补|扶持|兑付|券)(?:的)?(?:额度|比例|标准|上限|力度|金额|总额|限额|额)"
)
_APPLIED = re.compile(r"(?:申领|领取|领券|用券)(?:的)?(?:额度|上限|限额|总额|金额|最高|不超过)")
_SAME = re.compile(r"^(?:其|上述|该|以上|前述|符合|此类|满足|通过|同一|单个|每家)")
_BODY = re.compile(r"企业|单位|机构|主体|方|团队|项目|用户|个人|高校|院所|公司")
_GROUP = re.compile(
    r"初创|小微|中小|创业|OPC|一人公司|链主|龙头|领军|独角兽|瞪羚|小巨人|专精特新|单项冠军|高新技术|科技型|国家级|省级|市级|国产|自主|备案|高校|科研|牵头|外地|新引进|其他|重点|个人|学生"
)
_TIER = re.compile(
    r"国家级?|省级?|市级|区级|非?国产(?:算力|芯片)?|其他|初创|大型|中型|小型|[A-D]类|[一二三]档|重点"
)
_OUTLAY = re.compile(r"购买|租用|租赁|采购|使用|费用|支出|合同|消费|成本")
_SPENDING = re.compile(r"算力|智算|Token|词元|语料|数据(?!中心)|API|模型(?:使用|调用|服务|购买)", re.I)
_PRIZED = re.compile(
    r"(?:入选|获评|评为|荣获|获奖|列入)[^,;]{0,60}(?:案例|名单|示范|试点|称号|大赛|榜单|标杆)"
)
"""A prize for a case of compute use is no aid for use."""
_BRACKETED = re.compile(r"\([^()\d]{0,12}\)")
"""A short remark beside a sum, as `(人民币,下同)`: its comma parts no phrase."""
_FAMILY_WORDS: dict[topics.Family, str] = {
    "compute": "算力|智算|超算",
    "model": "模型|Token|词元|API",
    "data": "语料|数据|标注",
}
_AID = re.compile(r"元的?(?:一次性)?(?:算力|智算|用算)[^,;。]{0,6}(?:奖励|补贴|补助|资助|支持)")
"""What is paid is aid for compute, whoever gets it: `被认定为示范企业的,给予10万元用算奖励`."""
_SELLS = re.compile(r"出售|销售|卖出|挂牌|上架|开放|供给")
"""Who sells or opens data is not paid for buying it."""
_PLANT = re.compile(r"用电|电价|PUE|上架|机架|能耗", re.I)
"""What a supplier is measured by."""
_RANKED = re.compile(r"排名前|前[一二三四五六七八九十\d]{1,2}名|评选|评优|优秀")
_CHOSEN = re.compile(r"(?:^|,)入选后(?=[每单]|,?给予)")
"""Once chosen by the scheme itself."""
_OWN_WORK = re.compile(
    r"\s*(?:企业|单位|机构)?(?:自建|新建|建设|搭建|改造|研制|自主研发|开放|举办|承办|制定|发布)"
)
"""Who goes on to build or open something of his own buys nothing: `购买数据的,…;自建采集场的,…`."""
_BUYS_ELSE = re.compile(
    r"\s*(?:企业|单位|机构)?(?:购买|采购|购置)(?![^,;]{0,24}(?:服务|算力|模型|数据|语料))[^,;]{0,16}(?:硬件|设备|终端|机器人)"
)
"""Who goes on to buy machines: `购买语料的,…;购买一体机等硬件的,…`."""
_BUYS = re.compile(r"(?:购买|采购|租用|租赁)[^,;]{0,20}(?:算力|智算)")
_PROMISES = re.compile(
    r"给予|予以|奖励|奖补|补贴|补助|资助|支持|发放|设立|安排|提供|投入|配套|贴息|减免|建设|培育|打造|引进"
)
"""A frame without such a verb goes on with the promise before it: `承担重大任务的,最高不超过500万元`."""
_GOES_ON = re.compile(r"(?:最高|上限|不超过|至多|比例|额度)")
_FOR_THAT = re.compile(r"\s*(?:打造|建设|培育|遴选|建成|支持)")
_POT = re.compile(
    r"(?:设立|安排|统筹|投入|列支)[^,;]{0,30}(?:元|资金)[^,;]{0,8}$|元[^,;]{0,6}(?:专项)?资金,?$"
)
_SERVES = re.compile(r"\s*(?:对|用于|支持|面向|专项用于|针对)")
_MEANS = frozenset(["capital", "research"])
"""Aims that are means where a supplier is paid: a data centre's investment is what its aid is taken of."""


class Frame(NamedTuple):
    start: int
    end: int
    text: str
    own: Topic | None
    aims: frozenset[str]
    subject: str | None
    phrases: tuple[tuple[int, int], ...]
    is_item: bool = False
    """Whether it is an item of a list that names its own thing as `subject`."""


@cache
def _aims() -> tuple[re.Pattern[str], dict[str, str]]:
    with Path(__file__).with_name("other_aims.csv").open(encoding="utf-8", newline="") as file:
        words = {row["word"]: row["aim"] for row in csv.DictReader(file)}
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True))), words


def aims(text: str) -> frozenset[str]:
    """What a stretch of text speaks of beside compute, models and data: `recognition`, `capital`, `filing` …"""
    pattern, words = _aims()
    found = {words[match[0]] for match in pattern.finditer(text)}
    if "备案" in text and _FILED.holds(text):
        found.add("filing")
    return frozenset(found)


def spends(text: str, topic: Topic) -> bool:
    """Whether a stretch speaks of spending on compute, models or data, whoever its users are (入驻企业)."""
    return topic.strength > 1 and topic.side == "user" and bool(_SPENDING.search(text))


def split(text: str, is_about_compute: bool) -> list[Frame]:
    """The frames of a sentence, in order, without gaps."""
    remarks = (
        {at for match in _BRACKETED.finditer(text) for at in range(match.start(), match.end())}
        if "(" in text
        else ()
    )
    cuts = [0, *(match.end() for match in _COMMA.finditer(text) if match.start() not in remarks), len(text)]
    groups: list[tuple[list[tuple[int, int]], str | None]] = []
    for start, end in pairwise(cuts):
        if start == end:
            continue
        item = _item(text, start)
        if not groups or item or _OPENS.match(text, start, min(end, start + 40)):
            groups.append(([], item))
        groups[-1][0].append((start, end))
    out = []
    for group, item in groups:
        start, end = group[0][0], group[-1][1]
        words = text[start:end]
        subject = _SUBJECT.search(words)
        out.append(
            Frame(
                start=start,
                end=end,
                text=words,
                own=topics.topic(words, is_about_compute),
                aims=aims(words),
                subject=subject["who"] if subject else item,
                is_item=subject is None and item is not None,
                phrases=tuple(group),
            )
        )
    return out


def _item(text: str, start: int) -> str | None:
    """What an item of a list is for, where a phrase opens with it."""
    match = _ITEM.match(text, start) or (
        _LISTED.match(text, start) if start and text[start - 1] in "/+、" else None
    )
    if match is None or _NO_THING.match(match["what"]) or _ADVERB_END.search(match["what"]):
        return None
    return match["what"]


def names_whom(subject: str) -> bool:
    """Whether an item of a list is for a kind of applicant (小微企业50%), not for a thing of its own (示范项目50万元)."""
    return bool(_TIER.fullmatch(subject) or (_BODY.search(subject) and not re.search(".项目$", subject)))


def pot_of(frame: Frame, following: Frame) -> Topic | None:
    """The topic of a frame that sets money aside for the next one: 设立1亿元专项资金,对使用智算资源的企业给予补贴."""
    next_topic = following.own
    if next_topic is None or next_topic.strength < 2 or frame.aims:
        return None
    if following.aims and not (following.subject and _BUYS.search(following.subject)):
        return None
    return (
        next_topic if _POT.search(_BRACKETED.sub("", frame.text)) and _SERVES.match(following.text) else None
    )


def pays_else(frame: Frame, following: Frame) -> bool:
    """Whether money that a frame sets aside is for the other thing the next one names: 场景投入3亿元,打造100个示范场景."""
    return (
        frame.own is None
        and following.own is None
        and bool(following.aims)
        and bool(_FOR_THAT.match(following.text))
        and "投入" in frame.text
    )


def settle(frame: Frame, carried: Topic | None, voucher: Topic | None) -> Topic | None:
    """The topic of a frame; null where it promises nothing for compute, models or data. `voucher` is the one its article
    has named: spending of the same family is then paid by it."""
    own = frame.own
    other = frame.aims
    if "supplier" in (own.side if own else None, carried.side if carried else None):
        other -= _MEANS
    if carried is not None and carried.named and _CHOSEN.search(frame.text):
        other -= {"recognition"}
    if own is not None and own.strength == 3:
        if own.instrument == "compute_subsidy" and voucher and voucher.family == "compute":
            return replace(voucher, strength=3)
        return own
    if (
        own is not None
        and own.strength == 2
        and own.side == "user"
        and carried is not None
        and carried.side == "supplier"
        and frame.is_item
        and not _OUTLAY.search(frame.text)
    ):
        return carried  # `对新建智算中心给予奖补,国产算力每P奖补2万元`
    if own is not None and own.strength == 2:
        if other and own.side == "user" and not _SPENDING.search(frame.text) and not _AID.search(frame.text):
            return None
        if own.side == "supplier" and "recognition" in other and _RANKED.search(frame.text):
            return None
        if own.side == "user" and frame.subject and _PRIZED.search(frame.subject):
            return None
        if own.side == "user" and voucher is not None and voucher.family == own.family:
            return replace(voucher, strength=2)
        if (
            own.side == "user"
            and voucher is not None
            and re.search(_FAMILY_WORDS[voucher.family] if voucher.family else "$^", frame.text)
        ):
            # `购买数据集、数据接口或者模型` under data vouchers
            return replace(voucher, strength=2)
        return own
    subject = frame.subject
    if carried is None:
        # `单个模型攻关最高5000万元;单家企业每年申领上限800万元`: one applies for vouchers only
        return voucher if voucher is not None and _APPLIED.search(frame.text) and not other else None
    if _BACK.search(frame.text) and (subject is None or _BODY.search(subject)):
        return carried
    if other:
        goes_on = (
            carried.named
            and not frame.is_item
            and len(frame.phrases) > 1
            and _GOES_ON.search(frame.text)
            and not _PROMISES.search(frame.text)
        )
        return carried if goes_on else None
    if (
        subject is None
        and carried.side == "user"
        and (_OWN_WORK.match(frame.text) or _BUYS_ELSE.match(frame.text))
    ):
        return None
    if frame.is_item and subject:
        for family, words in _FAMILY_WORDS.items():
            if family != carried.family and re.fullmatch(words, subject, re.I):
                return Topic(topics.subsidy_of(family), "user", 2)  # 算力20%补贴/数据30%补贴
        mine = carried.family and re.search(_FAMILY_WORDS[carried.family], subject)
        return carried if mine or names_whom(subject) or _OUTLAY.fullmatch(subject) else None
    if subject and carried.side == "user" and carried.family != "compute" and _SELLS.search(subject):
        return None
    if subject and carried.side == "supplier" and _PLANT.search(subject):
        return carried
    if subject is None or _SAME.match(subject) or _GROUP.search(subject) or _OUTLAY.search(subject):
        return carried
    if carried.family and re.search(_FAMILY_WORDS[carried.family], subject):
        return carried
    return carried if _BODY.search(subject) and len(subject) <= 24 else None
