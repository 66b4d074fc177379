"""Numbers of a Chinese sentence with their neighbours, and what they count when that is no services of the registers:
algorithms, firms, what one firm has or a plan wants, another year's services, parts of a province.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from scrapers.extract.filings.days import UNTIL
from scrapers.extract.filings.grammar import is_entity, makers, province_names, province_of
from scrapers.lexicon import places
from scrapers.text.numerals import parse

_A_MONTH = r"20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?"
COUNT = re.compile(
    r"(?P<pre>超过|突破|逾|近|约|超|至少|不少于)?\s*(?<![\d.])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6}|[一二两三四五六七八九十百千零〇]{1,7})[\s*]*(?P<post>余|多|\+)?[\s*]*(?P<unit>[款个項项例家种])"
    r"(?!月|工作日|省|市|设区|区|批|县|百分点|维度|方面|类|体系|系统|环节)(?P<more>以上)?"
)
PLUS = re.compile(r"(?<!\d)[+＋](?P<n>\d{1,4})(?![\d%.])")
"""What came in, without a unit: `累计备案13款（+1）`."""
_BARE = re.compile(
    r"(?:(?:备案|登记)(?:数量?|总数|总量)?(?:达到?|为|共|约|：|:)?|全国[：:]\s*|[合总]计|(?:数字|总数|数量)(?:变成|变为|增至|达到?|为)|增至)(?P<n>\d{1,5})(?=[，。；、,;（(\n]|$)"
)
_ONE_FIRMS = re.compile(
    r"^(?:目前)?(?:本|该|我|贵)?(?:公司|集团|[本我]行|企业)(?:旗下|已|共|累计|现)*(?:有)?(?:备案|登记|获批)"
)
"""`公司备案大模型增至三款`: what one firm has."""
_CORRECTED = (
    r"[^，。；“]{0,30}”[^，。；“]{0,4}(?:[，,]?(?:应为|更正为|改为|应改为)|有误|错误|不实|不准确|系笔误)"
)
"""Behind a number that a notice puts right: `“累计9款”，应为“累计10款”`."""
_GOAL = re.compile(
    r"正在|准备|要(?=突破|达到|超过)|将(?:打造|培育|建成|新增|引进)|有望|排队|等候|等待|申报(?![、，]?[^，。]{0,8}(?:审核|评[测估]))|待备案|目标|力争|争取|计划|规划|预计|拟新增"
)
"""Numbers behind these words are not there yet."""
_POINTS_BACK = re.compile(r"(?:上述|以上|上面|这|此|该)$")
"""Before a number of services the text has named: `上述4款产品均已通过备案`."""
FEW = 20
_ALL_OF_THEM = re.compile(r"[^，。；]{0,16}(?:均|都|各有|各自|全部|双双)")
"""Behind a few services that a text speaks of."""
_OF_OTHERS = re.compile(r"药监|械[注准]|证监会|著作权")
"""What is of other registers than those of AI services."""
_TURN = re.compile(r"[，,](?:而|但是?|然而|不过)")
"""Where a sentence turns to something else: what it says of registers is not of the numbers before."""
_OTHER_SUBJECT = re.compile(
    r"(?!备案|登记|模型|服务|应用|产品|功能|获批|累计|年[末底]|[全我本][国省市区])[\u4e00-\u9fff]{2}(?:总数|总量|(?<!总)数量?|规模)(?:已|也|共|累计|现)*(?:达到?|有|为|超过?|突破|约)*$"
)
"""What a number without a noun counts, when that is something else: `基站数达49个`."""
REGISTER = re.compile(
    r"准生证|持证上岗|过审|备案|登记|获批|获准|审批|批准|注册(?!用户|资本|会员|账号|商标|人数|地)"
)
_NOT_MODELS = re.compile(
    r"(?:(?:业务|核心|重点|细分|应用|垂直)?(?:领域|场景|环节|行业)|企业|公司|机构|单位|高校|院校|实验室|平台|园区|案例|项目|标准|产业|城市|场景|行业|领域|数据|算力|智能体|岗位|专利|中心|基地|国家|地区|问题|环节|方面|维度|工作|指标|措施)"
)
DATED = re.compile(r"^\W*而?[到至]?(?:20\d\d年|同年|当年)?\d{1,2}月\d{1,2}日[，,]?")
"""The day a part of a sentence begins with: `4月2日，公布117款；截至年底，累计302款`."""
_FLOOR = ("超过", "逾", "超", "至少", "突破", "不少于")
BOTH = re.compile(r"备案(?:[（(]登记[）)]|或登记|和登记|及登记|、登记|与登记)|登记(?:或|和|及)备案|备案登记")
NEW = re.compile(
    r"新增|下列$|(?<!岁)以下$|新近|新批准|新获准|新通过|新完成|新备案|新登记|新获批|再添|再增|上新|净增(?![至到])|增加(?![至到])|增补|又添|新添|本批|此次|本次(?!注销|调整|变更)|同一?批|(?<![算加]上)(?<!连同)[该这]一?[批期]|首批|本期|(?<![年较比])同期$|(?:其|此|该|这一)(?:期?间|段时间)|上周|本周|本月|当月|日前|近日|不久前|前不久|(?<!截至)(?<!截止)当日|多出|多了|以来|全年|[再又][^，。；\d]{0,6}$|[新又](?=一批)|最近一批|第[一二三四五六七八九十\d]+批|又有|迎来"
)
_BEHIND = re.compile(
    r"[，,](?:已|均|都|也)*(?:[在于向经由][^，,。；;\d]{0,16}?)?(?:已|均)?(?:完成|通过|办理|办妥|获得)了?(?:国家)?(?:登记|备案)"
)
"""A predicate in a clause of its own."""
_SERVICE = re.compile(r"应用|功能|服务|模型")
_LOCAL = re.compile(
    r"(?:市|区|县|高新区|开发区|经开区|新区|园区)?(?:目前|至今|现在)?(?:已|共|累计|现有|集聚|汇聚|聚集|拥有|建成|培育|有)"
)
"""What a city does that is the subject of a sentence; one where something was said is not."""
_HOUSE = re.compile(
    r"(?:楼|大厦|(?<!公)园区?|街区|街道|社区|小镇|基地|孵化器|园里|谷)[里内中上]?(?:目前|今年)?(?:就|已经?|累计|先后|陆续|一共|共)*(?:走出|诞生|孕育|培育|孵化|集聚|聚集|汇聚|落户|引进|拥有|有)了?(?:超过|近|约)?$"
)
"""A building or a park that has brought them forth: `一栋楼里就走出了9款`."""
_ZONE = re.compile(
    r"(?:^|[，,；;。])(?:园区|新区|开发区|高新区)(?:备案|登记|获批)|[\u4e00-\u9fff]{2,6}(?:高新区|经开区|开发区|新区|园区|产业园|街道|(?<![治地全我本各])区|县|镇)(?:目前|现|内)?(?:已|共|累计)?(?:完成|通过)?(?:备案|登记|获批)"
)
"""`东湖高新区备案大模型已有5款`."""


@cache
def placed() -> re.Pattern[str]:
    """A province with its number alone: `北京168、上海115`."""
    return re.compile(
        rf"(?P<place>{'|'.join(province_names())})[省市]?[：:（(\s]{{0,2}}(?P<n>\d{{1,4}})(?=[、，,；;（(）)。…\s]|$)"
    )


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its neighbours in its sentence: `left` the words since the number before, `after` those up to the end of
    its clause, `segment` its part of a list, `noun` what it counts."""

    hit: re.Match[str]
    words: str
    behind: int
    """Where the number before it ends."""
    following: tuple[re.Match[str], ...]

    @property
    def start(self) -> int:
        return self.hit.start()

    @property
    def end(self) -> int:
        return self.hit.end()

    @property
    def before(self) -> str:
        """All the words before it."""
        return self.words[: self.start]

    @property
    def left(self) -> str:
        return self.words[self.behind : self.start]

    @property
    def left_in_part(self) -> str:
        """The words since the number before, or since the semicolon behind it."""
        return re.split(r"[；;]", self.left)[-1]

    @property
    def rest(self) -> str:
        """All the words behind it."""
        return self.words[self.end :]

    @property
    def between_stops(self) -> str:
        """The words around it between semicolons."""
        start = max(self.before.rfind(mark) for mark in "；;") + 1
        return self.before[start:] + re.split("[；;]", self.words[self.start :])[0]

    def _part(self, marks: str) -> int:
        """Where its part of the sentence begins; a colon right before a number (`新增备案：73款`) parts nothing."""
        end = self.start - len(self.before) + len(self.before.rstrip(" ：:*"))
        return max(self.words.rfind(mark, 0, end) for mark in marks) + 1

    @property
    def _clause(self) -> tuple[int, int]:
        start = self._part("，,；;：:")
        ends = [i for mark in "，,；;。" if (i := self.words.find(mark, self.end)) >= 0]
        end = min(ends, default=len(self.words))
        behind = _BEHIND.match(self.words, end)  # `105款应用，在地方网信办完成登记`
        return start, behind.end() if behind and _SERVICE.search(self.words[self.end : end]) else end

    @property
    def clause(self) -> str:
        start, end = self._clause
        return self.words[start:end]

    @property
    def lead(self) -> str:
        """What its clause says before it."""
        return self.words[self._clause[0] : self.start]

    @property
    def after(self) -> str:
        return self.words[self.end : self._clause[1]]

    @property
    def beyond(self) -> str:
        """The words behind its clause."""
        return self.words[self._clause[1] :]

    @property
    def noun(self) -> str:
        match = re.match(r"\s*([^，。；、（(！!]{0,8})", self.after)
        return match[1].strip() if match else ""

    @property
    def unit(self) -> str | None:
        return self.hit.groupdict().get("unit")

    @property
    def segment(self) -> str:
        """From the number or comma before it to the next comma; inside brackets, what stands before them and in them."""
        words, at = self.words, self.start
        start = max(self.behind, self._part("，,；;、：:"))
        if in_bracket(words, at):
            opened = max(words.rfind("（", 0, at), words.rfind("(", 0, at))
            start = min(
                start, max(self.behind, max(words.rfind(mark, 0, opened) for mark in "，,；;、：:") + 1)
            )
            closed = [i for mark in "）)" if (i := words.find(mark, self.end)) >= 0]
            return words[start : min(closed, default=len(words))]
        ends = [i for mark in "，,；;。、" if (i := words.find(mark, self.end)) >= 0]
        ends += [self.end] if self.unit and re.match(r"\s+[\u4e00-\u9fff]", self.rest) else []
        ends += [m.start() for m in self.following][:1]
        return words[start : min(ends, default=len(words))]

    @property
    def stretch(self) -> str:
        """The sentence around it up to where it turns to something else."""
        turns = [m.start() for m in _TURN.finditer(self.words)]
        return self.words[
            max((t for t in turns if t < self.start), default=0) : min(
                (t for t in turns if t >= self.end), default=len(self.words)
            )
        ]

    @property
    def value(self) -> int | None:
        text = self.hit["n"]
        if text[0].isdigit():
            return int(text.replace(",", ""))
        value = parse(text)
        return int(value) if value is not None and value == int(value) else None

    @property
    def vague(self) -> Literal["exact", "at_least", "about"]:
        groups = self.hit.groupdict()
        if groups.get("post") or groups.get("more") or groups.get("pre") in _FLOOR:
            return "at_least"
        return "about" if groups.get("pre") else "exact"

    @property
    def goes_on(self) -> bool:
        """Whether it goes on with the number before: `累计538款和263款`."""
        return re.search(r"[款个项家]\s*[和及、与/]\s*$", self.before) is not None

    @property
    def is_of_a_series(self) -> bool:
        """Whether nothing but a day stands between it and the number before, and nothing behind: `到6月底增至252款`."""
        day = UNTIL.search(self.left) or DATED.search(re.split(r"[：:]", self.left)[-1])
        return bool(
            day
            and self.unit == "款"
            and not self.noun
            and re.fullmatch(
                r"[，,；;\s]*(?:为|是|有|增至|升[至到]|达到?|累计|共|已|则)*", self.left[day.end() :]
            )
        )

    @property
    def own_place(self) -> str | None:
        """The province a number of a list is of (`北京158款`, `上海（46款）`); empty for a smaller place, null for none."""
        if self.hit.re is placed():
            return province_of(self.hit["place"])
        start = max(self.behind, max(self.words.rfind(mark, 0, self.start) for mark in "，,；;、。：:") + 1)
        chunk = self.words[start : self.start]
        if not chunk.strip() and start == self.start:  # `头名还是北京，163款`
            last = self.words[self.behind : start - 1] if start > self.behind else ""
            ending = [m for m in places.find(last) if m.place.level == "province" and m.end == len(last)]
            return ending[-1].place.name if ending else None
        mentions = [
            m
            for m in places.find(chunk)
            if not chunk[: m.start].endswith("除")
            and m.place.level in ("province", "city", "district", "zone")
            and not re.match(r"[^，。；]{0,12}?(?:公司|实验室|大学|研究院)", chunk[m.end :])
        ]
        if not mentions:
            return None
        return mentions[-1].place.name if mentions[-1].place.level == "province" else ""


def numbers_of(words: str) -> Iterator[Number]:
    behind = 0
    for hit in COUNT.finditer(words):
        yield Number(hit, words, behind, ())
        behind = hit.end()


def counted(words: str, about: bool) -> list[re.Match[str]]:
    """The numbers of a sentence in their order; those of a row of provinces without units only in one `about` registers."""
    counted = list(COUNT.finditer(words))
    counted += [
        m
        for m in [*_BARE.finditer(words), *PLUS.finditer(words)]
        if not any(c.start() <= m.start("n") < c.end() for c in counted)
    ]
    bare = [m for m in placed().finditer(words) if not any(c.start("n") == m.start("n") for c in counted)]
    return sorted([*counted, *bare] if len(bare) > 1 and about else counted, key=lambda m: m.start("n"))


def is_other(number: Number, says: bool, told: str) -> bool:
    """Whether a number counts something else: algorithms, firms, what one firm has or a plan wants, another year's services."""
    return (
        any(re.search(pattern, getattr(number, part)) for part, pattern in _OTHERS)
        or _is_of_another_register(number, told)
        or _are_named(number)
        or _is_compared(number)
        or _is_a_firms(number)
        or _is_planned(number, told)
        or ("占全省" in number.rest and not re.search(r"全省|我省|省委", number.before))
        or (number.unit == "家" and _are_firms(number, says))
        or (number.unit != "家" and _is_of_another_thing(number))
    )


_OTHERS: tuple[tuple[str, str], ...] = (
    ("rest", r"^[^，。；]{0,16}(?:之一|[（(，,]?约?占(?:全市|全区|全县))"),  # `8家首批通过备案的公司之一`
    ("before", r"(?:地区|华[北东南中]|[东西中]部|东北|西[北南])[^，。；]{0,10}(?:合计|共计?)$"),
    ("before", r"(?:[日月年人户]均|平均)[^，。]{0,4}$|每[日天周月年][^，。]{0,6}$|(?:不超过|最多|上限为?)$"),
    ("after", r"^[^，。；]{0,8}(?:需要?|应当?|须|要)(?:分别)?(?:提交|办理|申请)"),
    ("before", r"(?:机会|需求|场景|项目|任务|问题)”?[”]?清单[，,]?共$"),
    ("before", r"(?:关键词|测试题|题[集库]|词[表库]|列表)[^，。]{0,12}$"),
    ("before", r"(?:整理|挑选?|盘点|列出|选取|介绍)了?其中(?:的)?$"),
    ("before", r"(?:奖励|奖补|补贴|资助|支持)[^，。]{0,10}$"),
    ("after", r"^[^，。；]{0,8}(?:最高|一次性)?(?:奖|补贴|补助|资助|给予)"),
    ("before", r"(?:著作权|软著|专利|商标|版权|论文|标准|奖项)(?:登记|授权|申请|获批)?(?:共|累计|达|新增)*$"),
    ("before", r"(?:申报|研发|开发|打造|推出)的“[^，。]*”$"),  # `云上公司研发的“云上”“云下”两款`: its own
    ("before", r"类(?:的)?(?:有|占|达|共)*$|项目(?:达|超|共)*$|第$"),  # of one field: `其中医疗类11款`
    ("lead", r"(?<![面针])对[^，。]{0,16}$"),  # `对首批备案的5款开展了复核`
    ("lead", r"(?:高校|院校|医院|央企|国企|银行|券商|车企|民企|媒体)(?:的|已|共|累计)*(?:有|备案|登记)"),
    ("noun", r"^(?:尚无|没有|未(?!变)|的(?:有|是|为|省|地区|城市))"),
    ("rest", rf"^(?:{_CORRECTED})"),
    ("after", r"^[^，。；]{0,4}(?:正在|仍在|尚在|还在)"),
    ("after", r"^[^，。；]{0,6}(?:有望|也拟|拟于|计划)"),
    ("after", r"^[^，。；]{0,14}(?:注销|撤销|终止|停止运营|下线)"),
    ("between_stops", r"擅自|(?<!无)违规|违法|责令|下架|约谈|查处"),  # services that broke the rules
)
"""What stands where of a number that counts no services of a register: the words of `Number` by their names."""


def _is_of_another_register(number: Number, told: str) -> bool:
    """Of services on phones, which have a list of their own, of algorithms, of what other offices register."""
    segment = number.segment
    if "端侧" in number.before and not re.search("大模型|生成式", number.clause):
        return True
    if "端侧" in segment or ("端侧" in number.before + told and not REGISTER.search(segment)):
        return True
    if "算法" in segment and not re.search(r"大模型|生成式", segment):
        return True
    if "算法" in told and not re.search(r"大模型|生成式|登记", told + segment) and "服务" not in segment:
        return True
    if "算法" in number.words and not re.search(r"大模型|生成式|登记", told + number.words):
        return True
    if BOTH.search(segment) and "分别" not in segment:
        return True  # the sum of both
    return bool(_OF_OTHERS.search(number.words) and not re.search(r"生成式|大模型", number.clause))


def _are_named(number: Number) -> bool:
    """Of the few services that the text names or points at: `“甲”和“乙”两款产品`, `上述4款`, `本文的两款均已备案`, `另一款`."""
    if re.search(r"(?:成为|[是系]|作为)[^，。]{0,6}$|[另又这某哪]$", number.before) and number.value == 1:
        return True
    if "累计" not in number.rest and (re.search(r"[”」』》]\s*这?$", number.before) or _ends_a_list(number)):
        return True
    if NEW.search(number.clause):
        return False
    are_all = (number.value or 0) <= FEW and _ALL_OF_THEM.match(number.after) and not places.find(number.lead)
    return bool(are_all or _POINTS_BACK.search(number.before))


def _is_compared(number: Number) -> bool:
    """What another number is set against: `去年同期`, `由9款增至16款`, `加上此前获批的14款，已达25款`."""
    before, rest = number.before, number.rest
    if re.search(r"[年较比]同期|其余[^，。]{0,6}$", number.segment[: number.segment.find(number.hit["n"])]):
        return True
    if re.search(r"\d[款个]?[至到—~～-]$", before) and re.match(r"[^，。；]{0,3}(?:之间|不等)", rest):
        return True  # `6至12款之间`
    if re.search(r"此前[^，。；]{0,12}的$", before) and re.search(
        r"(?:累计|共|达到?|总数)[^，。；]{0,4}\d", rest
    ):
        return True
    return bool(
        re.search(rf"[由从](?:{_A_MONTH}(?![底末]))?[^，。；\d]{{0,8}}$", before)
        and re.match(r"[，,]?(?:增|升|提高|上升|增加|增长|跃升|攀升|飙升|扩大|涨|跃)?[至到]", rest)
    )


def _is_a_firms(number: Number) -> bool:
    """What one firm has: `小红书已有3款`, `公司旗下2款`, `独立完成过2款以上大模型备案者`."""
    if re.search(r"(?<!企业)(?<!公司等)(?<!机构)旗下(?:共|的|有|已有)*$", number.before):
        return True
    if re.search(r"(?:完成|办理)过$", number.lead) and "者" in number.after:
        return True
    if re.search(r"(?:公司|集团|大学|医院|银行|报社|日报社|电视台)$", number.lead):
        return True  # `某报社两款大模型同日通过备案`
    owner = re.fullmatch(r"(?:至此|目前|如今)?(?P<e>.{2,16}?)(?:旗下|已|共|累计|现|目前)*有", number.lead)
    return bool(
        (owner and (owner["e"].removesuffix("体系") in makers() or is_entity(owner["e"])))
        or _ONE_FIRMS.search(number.lead)
    )


def _is_planned(number: Number, told: str) -> bool:
    """What is wanted, asked for or waited for."""
    if _GOAL.search(re.sub(r"[“《][^”》]*[”》]", "", re.split(r"[；;]", number.before)[-1])):
        return True
    is_plan = re.search(r"提出|行动计划|规划", told + number.words)
    return bool(is_plan and re.search(r"到20\d\d年(?:底|末)?[，,]", number.before))


def _are_firms(number: Number, says: bool) -> bool:
    """Whether a number of 家 counts those who made the services (`19家企业的20款应用`); `已获备案的大模型40余家` counts services."""
    if re.match(r"拥有|有|上市|(?:银行|券商|医院|高校|车企|央企|国企|媒体)的", number.noun):
        return True
    if number.noun.startswith("大模型"):
        return False  # `又有14家大模型过审`
    of_models = any(
        m.start() < number.end + len(number.after) and m.groupdict().get("unit") in ("款", "个")
        for m in number.following
    )
    if says and not of_models and re.search(r"大模型(?:已|共|超|约|近)*$", number.before):
        return False
    return (
        of_models
        or not says
        or not re.search(r"首批|获批|的(?:大模型|模型|应用|服务(?!提供者|商))", number.words)
        or re.search("”中[已只仅]?有$", number.lead) is not None
    )


def _is_of_another_thing(number: Number) -> bool:
    """Whether the noun of a number is no service, or there is none."""
    if (
        not number.hit["n"][0].isdigit()
        and number.unit != "款"
        and not re.match(r"(?:生成式|大模型|应用|模型)", number.after)
    ):
        return True
    if not number.noun and _OTHER_SUBJECT.search(number.lead):
        return True
    return bool(
        _NOT_MODELS.match(number.noun) and not re.match(r"[^，。；]{0,6}的?(?:大?模型|生成式)", number.noun)
    )


def _ends_a_list(number: Number) -> bool:
    """Whether a number is how many names stand before it, between marks."""
    row = re.split(r"[，,；;：:。]", number.before.removesuffix("等"))[-1]
    named = [part for part in re.split(r"、|和|与|及", row) if part.strip()]
    return (
        len(named) == number.value
        and len(named) > 1
        and not re.search(r"\d+[款个家项]|备案|登记|新增|累计", row)
        and len(places.find(row)) < len(named)
    )


def is_part(number: Number, left: str) -> bool:
    """Whether a number is some of the ones before it (`其中金融类8款`); not where it tells its own register."""
    if "其中" not in left or REGISTER.search(left.rpartition("其中")[2]):
        return False
    return not (BOTH.search(number.before) and re.match(r"(?:已?完成|通过)(?:备案|登记)", number.after))


def of_smaller_place(number: Number, marks: list[tuple[int, str]]) -> bool:
    """Whether a city or district is the subject of the sentence up to a number: `合肥高新区集聚企业超千家，拥有22款`."""
    return bool(_HOUSE.search(number.before) or _ZONE.search(number.lead)) or any(
        mention.place.level not in ("province", "national")
        and _LOCAL.match(number.words, mention.end)
        and not any(mention.end <= at < number.start for at, _ in marks)
        for mention in places.find(number.words[: number.start])
    )


def in_bracket(words: str, at: int) -> bool:
    return max(words.rfind("（", 0, at), words.rfind("(", 0, at)) > max(
        words.rfind("）", 0, at), words.rfind(")", 0, at)
    )
