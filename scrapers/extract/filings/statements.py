"""What a sentence says of an approval: that it was given, or only wished, asked for or refused; which register; on what day.

One judgement serves all forms of a text: the predicate of a sentence (`…已通过国家网信办备案`), the attribute of a noun
(`首批通过备案的大模型`), the heading above a list (`备案名单`).
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from scrapers.extract.filings.grammar import Kind, day_of, not_after, province_names

_CLAUSE = "，,；;。！!？?\n：:"
_ADVERB = (
    r"(?:已经?|均|也|都|皆|先行|抢先|提前|同时|双双|正式|成功|顺利|率先|首批|首个|首家|于?日前|于?近日|最近|新近|新(?=通过|获|完成)|现|现已|全部|全票|集中|一次性|批量|先后|陆续|相继|再次|又|一并|宣布|目前|刚刚|分别|一同|终于|[又再亦]|早(?=已)|在?(?:[一二三四]季度|[上下]半年|年内|今年|去年|本月|上月|当月|同月|今年\d{1,2}月)"
    r"|[于在]?\s?(?:20\d\d\s?年\s?)?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号]|初|底|末)?\s?)"
)
_WHAT = r"(?:(?!已备案|均备案|已登记|调用|接口|接入)[^，,；;。：:！!？?\n“”]){0,40}?"
_PREDICATE = re.compile(
    rf"(?P<adverb>{_ADVERB}*)(?:"
    rf"(?:通过|完成|走完了?|获得|取得|拿到|拿下|斩获|收获|办结|办完(?!成)了?|办理[了完](?!成)|(?<=已)办理|(?<=属地)办理|(?<=已)履行|获(?!悉|奖|得|批|准)|(?<![通不超经难度])过(?=国家|网信|了|大模型|生成))了?[“「]?(?P<what>{_WHAT})[“「]?双?(?P<register>备案(?:登记)?[”」]?|登记(?:备案)?|准生证|(?:审批|批准|许可|审核|审查)(?=[，,。；;）)\n的上并后]|$))"
    r"|(?:(?<=[已均等日月])|(?<=先行)|(?<=抢先)|(?<=已先后)|(?<=已陆续)|(?<=已相继)|(?:(?<=季度)|(?<=\d年))(?=..[，,。；;、）)])|(?<=成功)|(?<=顺利)|(?<=正式))(?P<short>备案|登记)(?!号|编号|信息|名单|的?(?:流程|工作))"
    r"|(?<=[已均])(?:经|按照?|依)[^，,；;。：:！!？?\n]{0,36}?(?P<under>备案|登记)(?!号|编号|信息|名单)"
    rf"|在(?:{'|'.join(province_names())})[市省]?(?P<there>备案|登记)(?!号|编号|信息|名单)"
    r"|(?:予以|准予)(?P<granted>备案|登记)"
    r"|经(?:过|由)?(?:国家|中央|省|市)?(?:级)?(?:网信办|网信部门|互联网信息办公室)(?P<by>备案|登记)(?=的|[，,。；;）)]|$)"
    r"|(?:(?<=[产内规流])(?P<kept>备案)(?=的?大?模型)|(?P<named>备案)(?=大?模型[“「]))"
    r"|(?P<turned>备案|登记)(?:均|都|已经?|也|正式|成功|顺利|全部)*(?:获批|通过|完成|成功)"
    r"|(?P<given>(?:获得?|取得|拿到)了?上线编号|(?:获颁|获发|领取|领到|颁发|发放|授予)了?备案(?:铭牌|证书)|(?<=[即就已])办妥|(?:拿到|获得|取得|拿下)了?“(?:入场券|通行证|上岗证)”(?=[，,。；])|获批(?:上线|发布|备案|通过|开放|面世|落地)?|(?<=[已也])过关|获准(?:上线|发布|开放|面向)?|过审|通过审批|获得?通过(?=[，,。；;！!）)\n]|$)|(?<=[日月先功利已初底末年])通过(?=[，,。；;！!）)\n]|$)|[“「]?拿证)"
    r"|(?P<listed>入选|入围|进入|列入|纳入|位列|位于|登上|名列其中|跻身|出现在|现身|见于|在列|入列|上榜|榜上有名|(?<=[均都也皆])在(?:其中|其列|此列|(?:这批|该批|首批)?名单之?[中列内]))(?P<list>[^，,；;。：:！!？?\n—]{0,30}?(?:备案|登记|获批)[^，,；;。：:！!？?\n]{0,12}|[^，,；;。：:！!？?\n]{0,16}网信办[^，,；;。：:！!？?\n]{0,10}(?:公告|名单|清单|公示|列表)|(?=[，,。；;！!\n]|$))"
    r"|(?P<first>首批|第[一二三四五六]批)[^，,；;。：:！!？?\n备登]{0,10}(?:上线|开放|放行|面向公众|向(?:公众|社会|全社会)[^，。]{0,6}开放)"
    r")"
)
TOPIC = re.compile(r"准生证|备案|登记|获批|获准|审批|批准|首批|名单|网信办[^，。；]{0,10}清单|过审|上线|入列")
_NOT_DONE = re.compile(
    r"需|应当|(?<!供|响|反|适|对|效|相|感)应(?!用|急|对|答|届)|必须|须|未(?!来)|尚|无法|不能|不会|难以|没有|没能|若|如果|一旦|如需|拟|将(?!近)|不得|是否|能否|可以|可能|能够|要求|建议|等待|正在|计划|准备|帮助|协助|申请|如何|怎么|何时|待(?!遇)|假如|只有|才能|方可|推动|鼓励|支持|助力|争取|力争|有望|预计|即将|尽快|加快|推进|启动|开展|(?<!已)(?<!依法)履行|引导|指导|督促|对于?|凡|避免|要想|想要|无需|不用|不必|谋求|寻求|非"
)
"""Words of duties, wishes and conditions, between a name and its approval or at the head of its clause."""
ENDS_UNDONE = re.compile(r"(?:无法|不能|没有|没能|未|尚|应当?|必?须|需要?|拟|将|正在|待|要|可|是否|如何)$")
"""The end of words that are no name: `海外模型无法`."""
_USED = re.compile(
    r"接入|调用|基于|依托|采用|使用|选用|搭载|经由|通过了?(?:$|[^，。]{0,4}$)|被(?!评|列|纳)|为[^，。]{1,8}提供"
)
_NOT_THE_FACT = re.compile(
    r"[^，,。；]{0,6}(?:系|为|是|属)(?:误[传读]|谣[传言]|讹传|不实)|[^，,。；]{0,4}(?:用了|花了|耗时|历时|用时)|[，,]?(?:的|最高)?(?:奖励|奖补|补贴|补助|资助|给予|每[个款])|的?(?:变更|申请|材料|流程|工作|手续|要求|制度|条件|程序|义务|责任|前提|过程|进程|难度|周期|通知书|门槛|规定|政策|事宜|数量|管理|范围|数据|情况|统计|审核机构)|[（(](?:登记|备案)[)）](?:数据|情况|信息|清单)|之?前|时(?!间)|的?情况|与否|以?后[，,]?(?:方可|才能|才可|每|给予|即可|可(?:获|享|以|向)|将|应|需)|方可|才能|即可"
)
_ON_DEVICE = re.compile(
    r"(?:手机|终端)端侧|端侧(?:生成式人工智能|AI|大?模型|服务)*(?:备案|登记|已|均|通过|完成|获|名单)"
)
"""The list of services on phones; `端侧` alone may be of a name."""
_OTHER_REGISTERS = re.compile(
    r"ICP|公安|等保|工商|工信|税务|域名|药|器械|商标|著作权|版权|融资|立项|项目|基金|海关|证监|发改|投资|合同|注册会计|专利|收购|上市|IPO|私募|收货|环评|信通院|认证|测试|食品|临床|FDA|欧盟|GDPR|美国"
)

_OTHER_APPROVALS = re.compile(
    r"(?:了|为|建设|成立|设立)?(?:国家|省|市|部)[^，。；]{0,14}(?:中心|基地|平台|试点|项目|资质|示范区|先导区|实验室|园区|企业)"
)
"""What else is approved: `新获批国家绿色数据中心`."""


@dataclass(frozen=True, slots=True)
class Said:
    """An approval spoken of in `text[start:end]`. `is_of` where it only qualifies a noun behind it (`通过备案的大模型`)."""

    start: int
    end: int
    is_done: bool
    is_of: bool
    words: str
    adverb: str

    @property
    def is_granted(self) -> bool:
        """`现对“甲”予以登记`: what it is done to stands behind 对."""
        return self.words.startswith(("予以", "准予"))


def without_used(words: str) -> str:
    """Words without the filed models that apps call: `接入已备案的云上大模型`."""
    return re.sub(r"(?:调用|接入|使用|基于|依托|采用)[^，。；]{0,8}?已?备案[^，。；]{0,6}?模型", "", words)


def is_used(words: str) -> bool:
    """Whether words between a name and an approval call another service."""
    return re.search(r"(?:接入|调用|基于|依托|采用)了?[^，。；]{0,8}?(?:已|通过|完成)", words) is not None


def is_of_another_register(words: str) -> bool:
    """Whether words speak of a register that is not of AI services."""
    return _OTHER_REGISTERS.search(words) is not None


def predicates(text: str, start: int, end: int) -> Iterator[Said]:
    """The approvals that `text[start:end]` states, with those it only speaks of (`is_done` is false)."""
    for match in _PREDICATE.finditer(text, start, end):
        words = match[0]
        after = text[match.end() : min(end, match.end() + 16)]
        is_gone_through = (
            re.search(r"履行|完成|走完|办结|办理了", words) and re.match(r"的?(?:手续|程序|流程)", after)
        ) or (re.search(r"拿到|获得|取得|收到", words) and re.match(r"的?(?:通知书|批文|证[明书])", after))
        is_done = (is_gone_through or not _NOT_THE_FACT.match(after)) and not _OTHER_REGISTERS.search(
            (match["what"] or "") + (match["list"] or "")
        )
        if text[end - 1] in "？?" or re.match(
            r"[^，。；]{0,6}(?:吗|没有[？?]|了没)", text[match.end() : end]
        ):
            is_done = False
        if match["list"] and re.search("阶段|流程|程序|环节|冲刺|倒计时|收尾", match["list"]):
            is_done = False
        if match["short"] and _OTHER_REGISTERS.search(text[max(start, match.start() - 12) : match.start()]):
            is_done = False
        if re.search(
            r"(?:未|没有?|未能|无需|不需|不曾|尚待)(?:有|被)?$",
            text[max(start, match.start() - 4) : match.start()],
        ):
            is_done = False
        is_of = bool(
            re.match(r"的|(?:国产|国内|主流|合规)*(?:大?模型|生成式|产品|服务|应用|企业)", after)
        ) and not re.match(r"的?(?:公告|消息|通知|批复|批准)", after)
        yield Said(match.start(), match.end(), is_done, is_of, words, match["adverb"] or "")


def is_topic(words: str) -> bool:
    """Whether words speak of an approval that was given, for a list that follows: its heading or lead."""
    topics = list(TOPIC.finditer(words))
    if not topics:
        return False
    last = topics[-1]
    head = max((words.rfind(mark, 0, last.start()) for mark in _CLAUSE), default=-1) + 1
    lead = words[max(head, last.start() - 14) : last.start()]
    tail = words[last.end() : last.end() + 6]
    if re.search(r"走完|办完|完成", lead):
        tail = ""
    if re.search(
        r"未|没有|无需|不需|尚|拟|正在|申请|提交|递交|待|非(?!常)|应当|必须|(?<!供)需要?(?!求)", lead
    ) or re.match(r"的?(?:申请|流程|要求|条件|工作|手续|制度)", tail):
        return False
    if last[0] in ("获批", "获准", "批准", "审批") and _OTHER_APPROVALS.match(words, last.end()):
        return False
    return not _OTHER_REGISTERS.search(lead + tail)


def is_held_back(between: str, lead: str) -> bool:
    """Whether the words between a name and its approval, or those before the name in its clause, say it is not done."""
    return bool(
        _NOT_DONE.search(between)
        or _USED.search(between)
        or re.search(
            r"(?:如果|若|一旦|假如|只有|凡|除非|待|要求|鼓励|支持|推动|帮助|协助|应当|必须|争取|力争|计划|拟|预计|期待|希望|是否|接入了?|调用了?|基于|采用了?|使用了?|对)$",
            lead.strip(),
        )
    )


def register_of(words: str) -> Kind | None:
    """The register that words name; null when they name none."""
    if _ON_DEVICE.search(words):
        return "on_device_filing"
    plain = re.sub(r"已(?:完成)?备案(?:的)?(?:大?模型|服务)", "", words)
    if "备案" not in plain and "登记" not in plain:
        return None
    if "算法" in plain and not re.search(r"大模型|生成式", plain):
        return "deep_synthesis_algorithm"
    return "registration" if "登记" in plain and "备案" not in plain else "filing"


def kind_of(words: str, model: str, otherwise: Kind | None) -> Kind:
    """The register a model was approved for: by its name, by the words of its approval, else `otherwise`."""
    if model.endswith("算法"):
        return "deep_synthesis_algorithm"
    if otherwise == "on_device_filing":
        return "on_device_filing"
    return register_of(words) or otherwise or "filing"


_NEWS = re.compile(
    r"消息|[日网]讯|日电|公布|发布|获悉|(?:网信办|办公室|部门)[^，。]{0,6}宣布|通报|公告|公示|报道|更新|披露|回复|表示|介绍|透露|印发|施行|召开|举行|^(?:为止|止|[以之]?前|讯|电)"
)
"""Words behind the day of news."""
_NOT_ITS_DAY = re.compile(r"截[至止]|[至到自从起继]$|比|较|去年同")
_A_DAY = re.compile(r"(?:20\d\d\s?年|去年|前年|上年|今年)?\d{1,2}\s?月\s?\d{1,2}\s?[日号]")


def same_day(words: str, page: dt.date | None) -> dt.date | None:
    """The day `当天` and `同日` mean: the last one the words before name."""
    told = list(_A_DAY.finditer(words))
    return day_in(told[-1][0], page) if told else None


_TODAY = re.compile(r"今[日天](?:起|正式|集中|已)?(?:放行|获批|获准|过审|向公众|面向公众|通过)")
"""`首批产品今日放行`."""


def day_before(words: str, page: dt.date | None) -> dt.date | None:
    """The day the words before a list or a name give for its approval: the last one, unless it is the day of the news or of a
    total (`5月8日，我省又有3款完成备案：…`)."""
    if page is not None and _TODAY.search(words):
        return page
    told = list(_A_DAY.finditer(words))
    if not told:
        return None
    last = told[-1]
    if _NEWS.search(re.split("备案|登记|获批|通过", words[last.end() :])[0]) or _NOT_ITS_DAY.search(
        words[max(0, last.start() - 4) : last.start()]
    ):
        return None
    past = "一年前的" if words[: last.start()].endswith(("一年前的", "一年前")) else ""
    return day_in(past + last[0], page)


def day_approved(words: str, page: dt.date | None) -> dt.date | None:
    """The day of `于今年6月20日获批`, behind a number."""
    told = re.search(rf"(?P<day>{_A_DAY.pattern})(?:正式)?(?:获批|通过|完成|取得|登记|备案)", words)
    return day_in(told["day"], page) if told else None


def day_of_it(words: str, page: dt.date | None) -> dt.date | None:
    """The day of `该模型于2月9日获批`, the sentence behind a number."""
    told = re.match(
        rf"[^。\n]{{0,12}}。(?:该|此|这)[^，,。]{{0,6}}?(?:已|于|在)*(?P<day>{_A_DAY.pattern})(?:正式)?(?:获批|通过|完成|取得|登记|备案)",
        words,
    )
    return day_in(told["day"], page) if told else None


def day_told(words: str, page: dt.date | None) -> dt.date | None:
    """The day of `备案时间同为7月8日`."""
    told = re.search(
        rf"(?:备案|登记|通过|获批|上线|完成)的?(?:时间|日期|日)(?:均|同|都|写的|记录|清一色|一律|统一|全部)*[为是：:]?(?P<day>{_A_DAY.pattern})",
        words,
    )
    return day_in(told["day"], page) if told else None


def day_in_bracket(words: str) -> str:
    """The day in a bracket behind a name of a list: `“甲”（10月11日）`; empty without one."""
    told = re.search(rf"[（(]于?(?P<day>{_A_DAY.pattern})(?:[^（()）]{{0,6}})[)）]$", words)
    return told["day"] if told else ""


def own_day(words: str) -> re.Match[str] | None:
    """The day right behind a name of a list: `“甲”于6月12日、“乙”于6月29日先后获批`."""
    return re.match(rf"[”」》]?[（(]?于?(?={_A_DAY.pattern}[、，）)])(?:{_A_DAY.pattern})", words)


def day_of_all(text: str, page: dt.date | None) -> dt.date | None:
    """The day a text gives for all its services: `上述服务备案时间均为4月20日`."""
    told = re.search(
        rf"(?:(?:上述|以上|上列|本批)[^，。；]{{0,12}})?(?:备案|登记|通过|获批)的?(?:时间|日期)(?:均|同|都|统一|一律)[为是：:]?\s?(?P<day>{_A_DAY.pattern})",
        text,
    )
    return day_in(told["day"], page) if told else None


def days_dealt(words: str, page: dt.date | None) -> list[dt.date]:
    """The days of `分别于10月29日、10月30日完成备案`."""
    row = re.search(
        rf"(?:(?:分别|先后|依次)[于在]|(?:时间|日期)分别[为是])(?P<days>{_A_DAY.pattern}(?:(?:[、和及与]|以及){_A_DAY.pattern})+)",
        words,
    )
    found = [day_in(match[0], page) for match in _A_DAY.finditer(row["days"])] if row else []
    return [day for day in found if day is not None]


def day_in(words: str, page: dt.date | None) -> dt.date | None:
    """The day the words right before an approval give for it; a year left out is the page's."""
    words = re.sub(r"(?<=\d)\s+(?=[年月日号])|(?<=[年月])\s+(?=\d)", "", words)
    if whole := re.search(r"20\d\d年\d{1,2}月\d{1,2}[日号]", words):
        return day_of(whole[0].replace("号", "日"), None)[0]
    if page is not None and (past := re.search(r"(一年前的?|去年|上年|前年)(\d{1,2}月\d{1,2}[日号])", words)):
        year = page.year - (2 if past[1] == "前年" else 1)
        return day_of(f"{year}年{past[2]}".replace("号", "日"), None)[0]
    if page is not None and (near := re.search(r"(?P<before>昨[日天晚])|今[日天]", words)):
        return page - dt.timedelta(days=bool(near["before"]))
    if page is not None and (part := re.search(r"(\d{1,2})月(\d{1,2})[日号]", words)):
        return not_after(page, int(part[1]), int(part[2]))
    if page is not None and (
        only := re.search(r"(?<![\d月])(\d{1,2})日(?:正式)?(?:通过|完成|获批|获)", words)
    ):
        found = dt.date(page.year, page.month, 1) + dt.timedelta(days=int(only[1]) - 1)
        return found if found <= page else None
    return None
