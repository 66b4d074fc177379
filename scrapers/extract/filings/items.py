"""The parts of a list, and what one part names: maker, model, or nothing.

A list is cut at its marks and line ends, never inside quotes or brackets; `和` and its kin cut where both sides name
something. One reading serves every form a text has: `百度（文心一言）`, `文心一言（百度）`, `百度的文心一言`, `百度“文心一言”`,
`甲有限公司乙大模型`, `乙大模型：甲有限公司`, `文心一言`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from scrapers.extract.filings.grammar import NUMBER, is_entity, makers, province_names, province_of
from scrapers.lexicon import models, places

LONGEST = 110
"""Letters of the longest part that may name a service."""
_OPEN, _CLOSE = "（(《“「『【[〈‘", "）)》”」』】]〉’"
QUOTES = "“”「」『』《》〈〉\"'‘’*【】`"
_MARKS = "、，,；;：:|｜—…\n"
QUOTED = re.compile(r"[“「『《【\"‘'](?P<q>[^”」』》】\"’'\n]{1,40})[”」』》】\"’']")
_LONGEST_GROUP = 160
"""A quote or bracket that does not close within so many letters is none."""


@dataclass(frozen=True, slots=True)
class Part:
    """`text[start:end]` of a list, trimmed; `mark` is what stands before it (empty at the beginning)."""

    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a part names. `sure`: 3 a known service, or a known maker with a model; 2 a name that is quoted, bracketed or
    ends as models do; 1 words that may be a name. `turnable` where only the order of the brackets told maker from model."""

    maker: str | None
    model: str
    sure: int
    turnable: bool = False
    place: str | None = None
    """The province printed in the maker's stead."""


# --- Cutting --------------------------------------------------------------------------------------------------------


def groups(text: str, start: int, end: int) -> dict[int, int]:
    """Where each outermost quote or bracket opens, to the place behind its end."""
    found: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    straight: dict[str, int] = {}
    for at in range(start, end):
        char = text[at]
        if char == "*":  # `**bold**` of Markdown
            if text.startswith("**", at) and text[at - 1 : at] != "*":
                if "**" in straight and at - straight["**"] <= _LONGEST_GROUP:
                    found[straight.pop("**")] = at + 2
                else:
                    straight["**"] = at
        elif char in "\"'":
            if char in straight and at - straight[char] <= _LONGEST_GROUP:
                found[straight.pop(char)] = at + 1
            elif char == '"' or not text[max(0, at - 1) : at].isascii() or at == start:  # no apostrophe
                straight[char] = at
        elif char in _OPEN:
            stack.append((_CLOSE[_OPEN.index(char)], at))
        elif char in _CLOSE:
            kin = "）)" if char in "）)" else char
            for depth in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
                if stack[depth][0] in kin:
                    opened = stack[depth][1]
                    del stack[depth:]
                    if at - opened <= _LONGEST_GROUP:
                        found[opened] = at + 1
                    break
    return found


def parts(text: str, start: int, end: int, inside: Mapping[int, int], marks: str = _MARKS) -> Iterator[Part]:
    """The parts of `text[start:end]`, each trimmed of spaces, up to a bracket that was open before `start`; `和` and its kin
    are cut where both sides name something. `inside`: the groups of the text around."""
    mark, at, begun = "", start, start
    while at <= end:
        if at < end and at in inside and inside[at] <= end:
            # two quotes side by side are two parts
            if text[at] in "“「『《" and at > begun and text[at - 1] in "”」』》":
                yield from _joined(text, begun, at, mark)
                mark, begun = "、", at
            at = inside[at]
            continue
        if at < end and text[at] in "）)】]":
            end = at
        if at < end and text[at] == "、" and re.fullmatch(r"\s*[一二三四五六七八九十]{1,2}", text[begun:at]):
            at += 1  # `一、云上大模型`
            continue
        if at == end or text[at] in marks or (text[at] == "•" and "\n" in marks):
            yield from _joined(text, begun, at, mark)
            mark = text[at] if at < end else ""
            begun = at + 1
        at += 1


def _length(words: str) -> int:
    """Letters outside of brackets, which may hold long numbers."""
    return len(re.sub(r"[（(][^（()）]*[)）]", "", words))


_JOINTS = re.compile(r"以及|和|及|(?<!参)与|跟|或|还有| and |\s?[/／]\s?")


_ONE_BODY = re.compile(
    r"[\u4e00-\u9fff]{2,12}?(?:研究院|实验室|管理局|数据局|中心|学院|研究所|有限公司)(?:等单位)?(?:的|研制的|研发的|开发的)?[“「]"
)
"""The rest of one institution's name, before what it made."""


def _joined(text: str, start: int, end: int, mark: str) -> Iterator[Part]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "。！!？?"):
        end -= 1
    if start >= end:
        return
    words = text[start:end]
    if _length(words) <= LONGEST and not models.sureness(words):
        inside = groups(text, start, end)
        covered = [(opened, closed) for opened, closed in inside.items()]
        joints = list(_JOINTS.finditer(words))
        for number, joint in enumerate(joints):
            at = start + joint.start()
            if joint.start() == 0 or any(opened < at < closed for opened, closed in covered):
                continue
            if _ONE_BODY.match(words[joint.end() :]) and not re.search("[“（(”]", words[: joint.start()]):
                continue  # `某区块链与边缘计算研究院的“某某”`
            following = joints[number + 1].start() if number + 1 < len(joints) else len(words)
            left, right = words[: joint.start()], words[joint.end() : following]
            if joint.end() < following and reading(without_tail(right)) is None:
                right = words[joint.end() :]
            sides = reading(without_lead(left)), reading(without_tail(right))
            if joint[0].strip() in "/／" and not all(ends_known(side) for side in (left, right)):
                continue  # `智能体 / 工作流平台`
            if all(sides) and (
                min(side.sure for side in sides if side) >= 2
                or (mark == "、" and max(side.sure for side in sides if side) >= 1)
            ):
                yield Part(start, at, mark)
                yield from _joined(text, start + joint.end(), end, "、")
                return
    yield Part(start, end, mark)


def ends_known(words: str) -> bool:
    """Whether the last word of `可选 Kimi(Moonshot)` is a known name."""
    bare = re.sub(r"[（(][^（()）]*[)）]$", "", words.strip())
    return bool(models.sureness(bare) or models.sureness(bare.rsplit(" ", 1)[-1]))


# --- Words that are not of the name ---------------------------------------------------------------------------------

DATE = r"(?:(?:去年|今年|前年)\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?|20\d\d\s?年(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?[日号])?|\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号]|[底初末])?|20\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}\s?[日号])"
LEAD = re.compile(
    rf"(?:“[^”]{{2,20}}”的(?=[“「])|[\u4e00-\u9fff]{{2,6}}(?:领域|行业)的?(?=[A-Z“])|[^，“”]{{0,12}}(?:网信办|网信部门)(?:批准|同意|核准)了?(?=.)|[“「]?[^，。“”（(]{{2,12}}[”」]?背后的|[“「][^，。“”]{{2,12}}[”」]所?(?:采用|使用|接入|调用)的|[【〔（(\[][^】〕）)\]]{{0,16}}(?:讯|电|报道|动态|消息|新闻|公告|要闻|速递|关注|头条|播报|喜报)[】〕）)\]]|[-•·●▪■◆○►▲△▶◎>☆★#\s]+|\*(?!\*)|(?:更早|最早|典型|另一个)的?(?:案例|例子|一[款个])?[是为]|\]?\(https?://[^\s)]+\)|[—–:：]+|[\[【（(]20\d\d[.\-/年]\d{{1,2}}(?:[.\-/月]\d{{1,2}}日?)?[\]】）)]|(?:自主研发|自研|自主开发|独立研发|联合研发)的?|所有|默认|可?(?:平|无缝)?切换?(?:至|到)?\s|(?:优先|建议|推荐|默认|仅|可|已|现)?(?:支持|选用|调用|使用|采用|接入|选择|对接|内置|推荐)了?的?(?=.)|[（(]?\d{{1,3}}[.、)）]\s*(?!\d)|[①-⑳]|[一二三四五六七八九十]{{1,2}}、|于?{DATE}(?:上午|下午|晚间?)?[,，]?|据悉|据了解|[^，“”（(]{{0,12}}(?:产品|模型|应用)有(?!限)(?=.{{2}})|则?以(?=.{{2,20}}(?:公司|大学|集团|学院|院))|旗下(?=.)|(?:根据|据)(?=[^，]{{2,16}}(?:公司|集团|公告|介绍))|[称指](?=[^，]{{2,}})|其中|目前|截至目前|迄今|此外|另外|同时|近日|日前|不久前|前不久|最近|今日|今天|昨日|昨天|刚刚|本次|此次|当天|同[日批期步]|随后|[一二三四五六]是|[^，。“”]{{2,10}}所属的|[\u4e00-\u9fff]{{2,4}}首[个款家][^，“”（(]{{0,8}}?[为是](?=.{{2}})|新增(?=.{{2,20}}(?:公司|大学|集团|学院|医院|局)[“「])|既有|也有|更有|近期|近来|[我本][省市区县]的?|继(?=[“「《A-Z\u4e00-\u9fff])(?!续)|另?一[款个](?:是|为)|而|且|但|并|以及|还有|另有|又有|已有|包括了?|包含|涵盖|含(?=[A-Za-z“「])|例如|比如|诸如|譬如|分别(?:为|是|有|来自)|名单[为是有]|即|有|为|是|如|像|和|与|及|由|在|将|来自|国内|国产|全国|我国|首批|(?:本?公司|我司|该公司|其)(?:旗下|全新|自主|独立|最新|自研|研发|开发|推出|打造|申报|的)*|知名的?|主流的?|备受关注的|大家熟知的|我们熟悉的)"
)
_HAS = re.compile(r"(?P<place>[^，的“”（(]{2,8}?)(?:目前)?[已现还另共]有(?=.)")
"""`湖南已有`, before the first of a list."""
_CLASS_BEFORE = re.compile(
    r"(?:(?:国产|国内|知名|主流|头部|旗下|自研|自主研发|通用|大语言|生成式|人工智能|智能|对话|聊天|类|AI|大|的|等|商用|首个|首款|一款|产品|服务|应用|模型|助手|工具|机器人|平台|搜索|网站|软件|App|APP)+)(?=.)"
)


def without_lead(words: str) -> str:
    """Words without what joins them to the sentence before; a known name is never cut."""
    words = words.strip()
    while words and not models.sureness(words) and not _starts_with_maker(words):
        match = LEAD.match(words)
        if match is None and (has := _HAS.match(words)) and is_place(has["place"]):
            match = has
        if match is None or match.end() >= len(words):
            break
        words = words[match.end() :].lstrip(" ，,：:")
    return words


_NUMERAL = r"(?:\d+|[一两二三四五六七八九十百多几]+)余?多?"
_NOUN = r"(?:国产|国内|知名|主流|通用|行业|生成式|人工智能|大语言|多模态|语言|AI|大?模型|产品|服务|应用|企业|公司|机构|厂商|平台|功能|智能体|助手|算法|相关|头部)+"
_TAIL = re.compile(
    rf"(?:(?<=.)等?(?:其中)?之一|(?<=.)(?:等等|等|在内)(?:在内)?的?(?:{_NUMERAL}[款个家项种]|多[款个家])?[^、，“”（()）]{{0,12}}{_NOUN}(?:在内)?的?(?:{_NUMERAL}[款个家项种])?(?:{_NOUN})?|(?:等|在内)的?(?:{_NUMERAL}[款个家项种])?"
    rf"|(?:共计?|合计|这){_NUMERAL}[款个家项种](?:{_NOUN})?"
    r"|(?<=..)(?:在|经|由|向|获)[^，,。“”（(]{0,16}?(?:网信办|网信部门|互联网信息办公室)"
    r"|在?同一[天日]|同在|为代表|为例|领衔|(?<=[”」』》])(?:在[^，。]{1,4})?(?:正式)?(?:发布|上线|亮相|面世|启用)"
    rf"|(?<=..)(?:在|于|早在)?(?:今年|去年|{DATE})+[初底末]?(?:[至到—-]{DATE}[初底末]?)"
    rf"|(?<=..)于?(?:今年|去年|{DATE})+(?:\d{{1,2}}月)?(?:正式)?(?:上线|发布|亮相|面世|推出)"
    r"|(?<=[”」》型])则?[是为系][^，。“”（()）]*"
    r"|(?<=..)(?:国内|全国|行业|全球|业内|省内|市内)?(?:首[个款家]|唯一)[^，。“”（()）]{0,16}"
    rf"|(?:[几两二三四五六七八九十]|(?<=[^\W\d_])\d{{1,2}}(?=[款个项]{_NOUN}))[款个家项](?:[\u4e00-\u9fff]{{0,6}}?{_NOUN})?"
    rf"|也?(?:均|都|皆|也|亦|则|先行|悉数|尽数|由此|因此|随即|已经?|现|正式|成功|顺利|率先|先后|陆续|相继|双双|分别|全部|集中|一次性|批量|同时|一同|(?<=[年月日])[和及与]|同[日步批期]|一[道起]|当[日天]|继(?=$)|首批|再次|又|日前|近日|不久前|前不久|最近|今日|昨日|目前|刚刚|早已|早前|此前|于|[在于](?:{'|'.join(province_names())})[省市]?|即|在{DATE}|于?{DATE}|早在(?:今年|去年)?{DATE}|就|于?(?:去年|今年|本月|上月|上周|本周|年初)|宣布|在内|在列|入列|入选|上榜)|[。，,、；;.…\s])+$"
)


def without_tail(words: str) -> str:
    """Words without what joins them to the predicate: `等5款产品均已`; a known name is never cut."""
    words = words.strip()
    while words and not models.sureness(words):
        match = _TAIL.search(words)
        if match is None or match.start() == 0:
            break
        words = words[: match.start()].rstrip()
    return words


def _starts_with_maker(words: str) -> bool:
    return _known_prefix(words) is not None


# --- Reading --------------------------------------------------------------------------------------------------------

_COUNTED = re.compile(
    r"\d+\s*(?:余|多)?(?:款|家|项|个(?!人)|%|％|亿|万)|[两二三四五六七八九十几多数][款家项]|数量|超过$"
)
_SPOKEN = re.compile(
    r"(?:产品|服务|提供|供应)商$|梳理|统计|汇总|盘点|披露|整理|具有|容易|优先|除了|首批|^(?:首[个款家]|国内首|一[个款]|某)|^.{0,4}(?:行业|领域|垂直|垂类)大?模型$|^(?:模型|服务|应用|算法|产品|功能)?(?:名称|编号|属地|单位|主体)$|^(?:发布|公示|公开|更新|曝光|出炉|揭晓|开放)|备案|登记|通过|完成|获批|审批|获得|宣布|表示|显示|公布|公告|名单|清单|要求|规定|办法|应当|可以|成为|作为|正式|上线[^A-Za-z]|接入|采用|基于|使用|调用|目前|截至|其中|以上|上述|我国|数据|来源|属地|网信办|监管|面向|提供|能够|进行|增长|达到$|位居|排名|用户[^的]{0,4}$|^关于|^涉事|等于|^相关|^(?:C[TEFO]O|总裁|董事长|创始人|总经理|首席)|收到|牵头$|^对|^并|[也亦均都]有(?:产品|模型|应用|服务)|国行版?$|底座$|团队$|^[对将由把被向]|^历时|^成功|^证实|^网信[\u4e00-\u9fff]{2}$|喜讯$|^十[四五]五$|^可见|^方面|已有$|由.{2,}(?:研发|开发|打造|推出|研制)$|^在(?!线)|宣传[处部]|浮出水面|^等|[说办做想看]法$|[你您]好|展[厅台][里内中]?$|^[\d.]+\s|何时|走进|走向|迈向|孵化|^未来将|^(?:推动|推进|促进|助力|鼓励)|公众号|力量$|^又一|^总[数量]|\d月\d+日|[升增]至|^到.|场景$|并$|成立|创立|不到|^这|^该|^此|^其|^本|^他|^她|^它|^我们|^大家|[吗呢吧了着]$|^的|是$|^是|^了|报道|(?<!小)记者|日讯|图片|下载|点击|请|第[一二三四五六七八九十]|[？?！!]"
)
"""Words of a sentence, not of a name."""
_OF_APPROVALS = re.compile(
    r"备案|登记|通过|完成|获批|审批|首[批个款]|[一两几多]款|上线|接入|采用|基于|国产|这|该|其|我国|[吗呢了着]"
)
"""What a quoted name that ends as models do has none of, though it may hold words of a sentence: `“云上显示大模型”`."""
_NOT_QUOTED = re.compile(
    r"(?:办法|规定|倡议|报告|通知|意见|计划|方案|指南|公告|条例|行动|标准|清单|名单|白皮书|目录)(?:[（(].*)?$|奖$|大会|论坛|峰会|榜$|规划|人工智能\+|AI\+|备案|登记|^\d+$|双|一网|新质|(?:准生|许可|通行|入场|上岗|资格)证$|讯$|成员$|突破$|门槛|标杆$|样[板本]$|名片$|新[星兵军]$|玩家$|选手$|国家队|军团$|小[虎龙]$|^.没.$|^有没有|方阵$|先锋$|破冰|加速度$|朋友圈|答卷$|^记者|^持证$|包过|渠道$|动态$|消息$|要闻$|喜报"
)
_FIELD = (
    "金融|数学|机器人|医疗|教育|法律|医药|政务|视觉|安全|文旅|工业|农业|交通|能源|电力|办公|营销|代码|写作|翻译|司法|财税|气象|遥感|汽车|家电|客服|电商|传媒|媒体|新闻|城市|水利|建筑|矿山|煤矿|钢铁|化工"
    "|医学|中医|生物|材料|科研|教学|心理|养老|体育|旅游|物流|航空|航天|海洋|环保|应急|税务|审计|财务|保险|银行|证券|藏语|方言|多语种|专利|知识产权|烟草|地震|医保|招标|采购|档案|统计|设计|服装|家居|地产|种业|畜牧|港口|铁路|机场|零售|直播|游戏|音乐|绘画"
)
"""What a class of models is for."""
_CLASS = re.compile(
    rf"(?:[省市区]内|自有|首[个款批家]|[多几数各][个款家种]|唯一|其|该|这些?|此|上述|本|我国|国内|国产|国外|海外|境外|自研|自主|全国|全省|全市|全球|{_FIELD}|行业|领域|垂直|垂类|通用|基础|专业|多模态|多媒体|音视频|多|更多|更|相关|所有|部分|一批|一大批|一系列|若干|又有?|各类|各|AI|人工智能|生成式(?:人工智能|AI)?|企业级?|公司|某|头部|主流|以上|以下|商用|其他|其它|另外|旗下|核心|数字|语言|视频|文本|图像|图片|音频|语音|类|级|的|型|大厂|互联网|科技|新|两|等|及|和|与|或|手机|终端|车载|端侧|车企|药企|外资|合资|开源|闭源|文生图|对话|聊天|知名|备案|登记|已|搜索|Chat|Bot|App|APP|LLM|GPT|新增|大语言|大|小|应用|算力|芯片|数据|合成|深度|推理|智能)*"
    r"(?:模型|服务|应用|产品|企业|算法|平台|软件|智能体|机器人|助手|助理|功能|能力|系统|技术|机构|公司|厂商|项目|工具|场景|参数|数据集|终端|手机|汽车|产业|生态)*(?:Chat|Bot|App|APP|LLM)?(?:等|类)?"
)
"""A class of services, not one of them."""
MODEL_WORD = re.compile(
    r"模型|GPT|Chat|GLM|LLM|LM$|助手|助理|智能体|引擎|机器人|大脑|智脑|Bot|Copilot|Agent|AI$|^AI[\u4e00-\u9fff]|算法$|软件$|平台$",
    re.I,
)
_NO_WORDS = r"[\d\W_]+|_?(?:title|text|name|kind|type|date|url|summary|source|category|id|label|value|beian|dengji|vendor|number|filing|org|(?:Filing|Registration|Model|Record) (?:number|No|name|ID))"
"""Digits, and the keys of data and code."""
_LINK = (
    r"(?:的|旗下的?|(?:牵头|主导|参与|自主|独立|联合|共同|全栈|最新|全新|重磅|正式|倾力|匠心|精心|潜心|全力|所)*(?:研发|自研|开发|打造|推出|发布|研制|训练|建设|提供|申报|运营)了?的?"
    r"(?:产品|大模型产品)?)"
)
_SAYS = r"(?:近日|日前|不久前|前不久|今日|近期|对外|官方|正式|宣布|透露|介绍|表示|获悉|指出|回应|公布|发布|告诉|强调|认为|披露|称|说|已|也|在|其|向|最新|牵头|主导|参与)"
_FIRM_WORD = r"(?:科技|集团|智能|网络|信息|汽车|传媒|软件|数据|智科|智云|通信|证券|银行|教育|医疗|时代|在线|股份|控股|金融|数科|云|银河)"
_NOT_MAKER = re.compile(
    r"^[A-Za-z]+ ?\d+$|领域$|工作人员|演示|见到|方言$|^又一|^[一两几多]家|负责$|第[一二三四五六]个|问答$|^主打|^联合|^[练背写学听读]|[，。；：！？、]|\d+[款个家年月日]|备案|登记|通过|完成|发布$|发布会|宣布|包括|公布|显示|位于|首[批个款]|名单|模型|产品|服务|应用|公告|通知|《|获|已|成为|作为|未(?!来)|推出|[是有在为了将]$|^[在对从做搞]|^[我本该][校院司行社]|^[两三四五六七八九十几]位|入选|[此本]次|期[内间]$|版$|年[内底初度]$|^(?:面向|针对|专注|聚焦|用于|主打|定位|服务于|基于|围绕|结合|适用|助力|覆盖)"
)
_NOTE = re.compile(
    r"备案|登记|通过|获批|编号|网信算备|https?:|www\.|\.(?:com|cn|net)|^\d{1,4}$|^[\d年月日.\-/ ]+$|^原|^即|^又名|更名|^前身|已|内测|公测|股票|股份代码|[：:]|\d{5,6}|\.(?:SZ|SH|HK)|简称|下称|以下"
)


def is_maker(words: str) -> bool:
    """Whether words surely name a firm or institution."""
    return is_entity(words) or words in makers()


def is_firm(words: str) -> bool:
    """Whether words look like a firm, known or not: `杭州深度求索`, `云杉科技`."""
    if is_maker(words) or re.search(rf"{_FIRM_WORD}$", words):
        return True
    head = next((m for m in places.find(words[:6]) if m.start == 0), None)
    return any(words.endswith(name) for name in makers()) or (head is not None and len(words) > head.end + 1)


def is_place(words: str) -> bool:
    """Whether words are a place and nothing else."""
    return (
        places.by_name(words.strip()) is not None
        or places.by_name(words.strip().rstrip("市省区县")) is not None
    )


def is_counted(words: str) -> bool:
    """Whether words hold a number of services, firms or people."""
    return _COUNTED.search(words) is not None


def is_class(words: str) -> bool:
    """Whether words are a kind of services, not the name of one."""
    pieces = re.split(r"[和与及、]", re.sub(r"[^\w、]|_", "", words))
    return all(_CLASS.fullmatch(piece) for piece in pieces)  # `算法与模型`


_WITH = re.compile(r"(?<=..)(?:联合|携手|联手|会同)(?=..)")
"""`甲联合乙发布的…`: the first is the maker."""
_JOINT_WORK = re.compile(
    r"(?:(?<=公司|医院|大学|学院|集团|银行|中心)|(?<=[院所]))[与和及、](?=[^，]{2,40}(?:联合|共同|合作|携手)[研自开打推发申建训])"
)
"""`甲医院与乙研究所共同研制的`: the first is the maker."""
_MADE = re.compile(
    r"(?:(?:自主|独立|联合|共同|牵头|自行|倾力|匠心|精心|潜心|全力|历时[^，]{1,5})*(?:研发|自研|开发|打造|推出|发布|研制|训练|申报|运营))了?的?(?=[^公司]{1,24}$)(?=.*[模型助手应用平台系统产品服务智能体工具]$)"
)
"""`甲医院研发的糖尿病管理应用`, before a name: whose it is, then what."""
_KIND_OF_BODY = r"(?:研究|科学|学|医|法)院|公司|集团|大学|中心|实验室|研究所|团队|银行|出版社|协会|学会"
PERSON = r"(?:联合创始人|CTO|CFO|COO|首席执行官|首席技术官|研究员|教授|董事长|总裁|CEO|创始人|首席|副总|总经理|董秘|相关负责人|负责人|高管|院长|校长)"


_TOLD_FIRST = re.compile(
    r"^(?:请问|(?:记者|昨[天日]|今[天日]|近日|日前|\d{1,2}日)+从|则(?=由)|随着|[（(][^（()）]{0,12}(?:记者|通讯员)[^（()）]{0,12}[)）]|就有|[^，]{0,16}(?:打开|走进|来到|登录)(?=..)|.{0,20}(?:网信办|互联网信息办公室)[^，]{0,6}对|还有|另有|新增\d+款[为是]|[^，]{0,6}(?:依次|分别)[为是]|第\d{1,3}[款个][为是])"
)
"""How a sentence comes to a maker: `记者从云上医院获悉`, `分别是云上科技`."""
_KIND_FIRST = re.compile(
    r"^(?:除(?=.{2,30}公司)|.{0,4}来自(?=.{4})|[^，]{0,12}?(?:产品|模型|服务|应用)[还另又]?有(?!限)(?=.{2})|.{0,12}?(?:日电|日讯|报讯|网讯(?!科技|网络|信息))(?:由)?|[^，]{0,10}?[既也还又更已]有(?!限)|(?:这是|[^，]{2,10}中)?继(?=.{4})|(?:登记|备案|研发|开发|运营)?(?:单位|主体|方)[为是：:]|由|来自|AI公司|清华系AI公司|人工智能公司|AI企业|上市公司|(?:旗下|全资|控股|参股)*子公司|(?:[我本该全]|同在?)[省市区县城](?:的)?(?:企业|公司|单位)|(?:园区|区内|本地|本土|当地|辖区|入驻)(?:内|的)?(?:重点|知名)?(?:企业|公司)|互联网公司|国内|国产|首个|此前|老牌|巨头|下属|所属|附属公司(?=..)|(?:[省市区国业][内外])?(?:同行|友商)(?=..)|[^，]{0,10}方面则?有|[^，]{0,12}(?:包括|包含|涵盖)(?=..)|[^，的公司]{0,8}(?:企业(?!管理|咨询|服务|发展|信用|征信)|公司|高校|单位|机构)(?=.{2,40}(?:公司|大学|学院|研究院|集团|中心|医院)$))+"
)
"""What a maker is, before its name: `子公司`, `我市企业`, `AI公司`."""
_THEN_MADE = re.compile(
    rf"(?:{_LINK}|其|则|(?<=公司|企业|团队|机构)所|宣布|刚刚?|又|再|也|亦|披露|透露|已?拥?有|已经?|正式|日前|近日|不久前|前不久|今[日天]|昨[日天])+$"
)
_THEN_ROLE = re.compile(rf"(?<=..)(?:(?:(?<!有限)公司)?{PERSON}.*|方面)$")
_THEN_DID = re.compile(
    r"(?<=..)则?[以凭]$|(?<=公司|集团|大学|医院|学院|银行)(?:将|于|在|已|基于|对外|近日|日前|不久前|前不久|今[日天]|昨[日天]|正式|宣布).*$"
)
_THEN_PART = re.compile(r"(?<=医院|大学|学院|公司|集团)[^，的]{1,12}(?:科|科室|系|部|课题组|团队|实验室)$")
"""What stands behind a maker's name: what it did, who speaks for it, which part of it."""
_THEN_CLASS = re.compile(
    r"(?:的|旗下)?(?:(?:新一代|国产|首个|首款|第[一二三四五六七八九十][个款]|自研|自主|通用|大语言|多模态|生成式|人工智能|对话|聊天|智能|AI|产品|服务|应用|大?模型|助手|机器人|软件|App|APP)+)$"
)
_OURS = re.compile(
    r"(?:[我本该贵]?(?:公司|集团|企业|医院|学校|学院|银行|团队|机构|平台|单位)|我单位|[我本该贵][司院校所行社台厂局]|[我咱你他她它]们?|[我本该全][国省市区县州])(?:的|旗下)?"
)
_A_PART = re.compile(r"(?:学校|医院|公司)(?=.{2,8}(?:学院|科|系|中心|团队|部)$)")
"""A part of whoever tells it."""
_NO_BODY = re.compile(rf"{_KIND_OF_BODY}|.{{0,5}}(?:科|部|组)?(?:科研)?团队")


_ALSO_CALLED = re.compile(
    r"(?<=..)[（(](?:以下|下称|简称|证券代码|股票代码|\d{6}(?!\d))[^（()）]*(?:[)）](?=.)|$)"
)
"""`（以下简称“公司”）`, `（600000）` behind a firm's name."""


def maker_of(words: str) -> str | None:
    """The maker that words before a model end in; null when they name none."""
    words = without_lead(words.strip(" ，、：:—-·" + QUOTES))
    words = re.split(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", words)[-1].removesuffix("之")
    words = re.sub(r"^.{2,12}(?:孵化|投资|培育|参股)的?(?:企业|公司)(?=..)", "", words)
    words = _ALSO_CALLED.sub("", words)
    words = _TOLD_FIRST.sub("", words)
    words = re.split(r"——", _JOINT_WORK.split(words)[0])[-1].removesuffix("等")
    if words.endswith("的的") and words[:-1] in makers():
        return words[:-1]  # `美的的“…”`
    words = _THEN_ROLE.sub("", _THEN_MADE.sub("", words))
    if _OURS.fullmatch(words):
        return None
    words = _WITH.split(words)[0]
    if made := _MADE.search(words):
        words = words[: made.start()]
    words = _without_class_behind(_THEN_PART.sub("", _THEN_DID.sub("", words)))
    words = re.sub(
        r"^.*(?:模型|服务|产品|应用|算法|平台)(?:分别)?[为是系]|^.{2,12}是(?=.{2}.*公司$)", "", words
    )
    words = _KIND_FIRST.sub("", words)
    if words not in makers():
        if whole := re.match(r"(?P<e>.{2,30}?)旗下.*(?:搭载|内置|品牌|产品|手机|眼镜)$", words):
            words = whole["e"]  # `云上科技旗下的眼镜搭载的“…”`
        words = re.sub(
            r"^(?:则以|是|为|以(?=.{2,}(?:公司|大学|学院|集团|院)$))(?=.{3})",
            "",
            re.split(r"的|旗下", words)[-1],
        )
    return _as_maker(words)


def without_seat(maker: str) -> str:
    """A firm without the province in a bracket behind it: `云上公司（安徽）`."""
    bare = re.sub(rf"[（(](?:{'|'.join(province_names())})[省市]?[)）]$", "", maker)
    return bare if is_entity(bare) else maker


def _without_class_behind(words: str) -> str:
    """A maker without the class of what it made: `云上科技自研大模型`."""
    while (
        (cut := _THEN_CLASS.sub("", words)) != words
        and cut
        and words not in (cut + "智能", cut + "软件")  # `云杉智能` is a firm
        and words not in makers()
        and not is_entity(words)
    ):
        words = re.sub(rf"(?:{_LINK}|其)+$", "", cut)
    return words


def _as_maker(words: str) -> str | None:
    """Bare words as a maker, where they may be one."""
    if not 2 <= len(words) <= 40 or re.match(r"(?:联合|携手|会同)(?=.{2,}(?:公司|院|大学|集团)$)", words):
        return None
    if _A_PART.match(words) or _NO_BODY.fullmatch(words):
        return None
    if is_entity(words) and not _SPOKEN.search(re.sub(r"显示|数据|统计|更新|用户", "", words)):
        return words
    if words in makers():
        return words
    known = next((name for name in makers() if words.endswith(name) and not name.isascii()), None)
    if known and re.search(r"(?:公司|企业|巨头|厂商|大厂|集团)$", words[: -len(known)]):
        return known
    is_none = is_class(words) or is_place(words) or _NOT_MAKER.search(words) or _COUNTED.search(words)
    return None if len(words) > 16 or is_none else words


@cache
def _makers_by_letter() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in makers():
        found.setdefault(name[0], []).append(name)
    return found


def _known_prefix(words: str) -> str | None:
    """The known maker words begin with, as a word of its own."""
    for name in _makers_by_letter().get(words[:1], ()):
        if words.startswith(name) and len(words) > len(name):
            following = words[len(name)]
            if name[-1].isascii() and name[-1].isalnum() and following.isascii() and following.isalnum():
                continue
            return name
    return None


def maker_in_name(words: str) -> str | None:
    """The known maker a known name begins with, `华为小艺`; none where it is called as its model (`DeepSeek-V3`)."""
    prefix = _known_prefix(words)
    if prefix is None and (
        firm := re.match(
            r"(?!手机|网上|电子|掌上|个人|直销)[\u4e00-\u9fff]{2,4}(?:证券|银行|期货|基金|保险|医院|大学)(?=..)",
            words,
        )
    ):
        return firm[0]
    return prefix if prefix and models.sureness(prefix) < 3 else None


def name_of(words: str) -> str | None:
    """Words as the name of one service, without quotes and the class behind a known name; null when they are none."""
    words = re.sub("[“”「」]", "", words.strip(" ，、：:—-·。；;" + QUOTES))
    if not 2 <= len(words) <= 40:
        return None
    if models.is_listed(words):
        return words
    words = re.sub(r"(?<=模型|助手|平台)在[京津沪渝冀晋辽吉苏浙皖闽赣鲁豫鄂湘粤桂琼川黔滇陕]$", "", words)
    if models.sureness(words):
        cut = re.sub(r"(?:(?<!系列)产品|服务|应用|(?<!大)模型)$", "", words)
        return cut if cut != words and models.sureness(cut) else words
    head = next((m for m in places.find(words[:6]) if m.start == 0), None)
    if head and is_class(words[head.end :]):
        return None  # `厦门两企业大模型`
    if is_class(words) or is_place(words) or _SPOKEN.search(words) or _COUNTED.search(words):
        return None
    if re.fullmatch(rf"(?:{_LINK}|{_SAYS})+", words):
        return None  # `研发`, `近日对外宣布`, behind its maker
    if without_lead(words + "，某") == "某":
        return None  # `近期`, `目前`
    if words in makers() or is_entity(words) or re.search(r"[，。；！？、]", words):
        return None
    if re.fullmatch(_NO_WORDS, words) or NUMBER.match(words):
        return None
    return words


_OWN_SAID = re.compile(r"(?P<e>[^，“”]{2,30}?)(?:宣布|表示|公告|透露|披露|称)其(?P<m>.+)$")
"""`云上公司宣布其某某`."""
_QUOTED_FIRM = re.compile(r"[^，“”]{0,14}“(?P<e>[^“”]{2,12})”(?:公司)?旗下的?(?P<m>.+)$")
"""`机器人企业“云上”旗下某某`."""


def reading(words: str) -> Reading | None:
    """What one part of a list names; null when it names no service."""
    words = re.sub(r"^[（(](?:本报)?(?:记者|通讯员)[^（()）]{0,12}[)）]", "", words.strip())
    words = re.sub(r"“(AI|人工智能)”(?=[\u4e00-\u9fff]{4,}模型)", r"\1", words.strip())
    words = re.sub(r"^(?:[^，“”]{2,8}[报网]讯\s*)?继(?=.{4})", "", _ALSO_CALLED.sub("", words))
    words = re.sub(r"^(?:清华系|AI|初创|创业|独角兽|明星)+(?:AI)?(?:公司|企业)(?=..)", "", words)
    if not 2 <= _length(words) <= LONGEST:
        return None
    if words in makers() and not models.is_listed(words):
        return None
    head, is_of, rest = words.partition("的")
    if is_of and (place := province_of(head)) and (named := reading(rest)) and named.sure >= 2:
        return replace(named, place=place)  # `上海市的云上大模型（云上公司）`
    if (sure := models.sureness(words)) and not _is_split(words):
        return Reading(None, name_of(words) or words, sure)
    if (said := _OWN_SAID.match(words)) and (maker := maker_of(said["e"])) and (named := reading(said["m"])):
        return replace(named, maker=maker, sure=max(2, named.sure))
    if (owned := _QUOTED_FIRM.match(words)) and (named := reading(owned["m"])):
        return replace(named, maker=owned["e"], sure=max(2, named.sure))
    shape = _shape(words)
    kinds = "".join(kind for kind, _ in shape)
    texts = [text for _, text in shape]
    if len(marked := re.findall("[qs]", kinds)) == 1:
        return _quoted(kinds.replace("s", "q"), texts, is_bold=marked == ["s"])
    if marked:
        return None
    if kinds == "pb":
        return _bracketed(texts[0], texts[1], words)
    if kinds == "p":
        return _plain(words)
    return None


def _is_split(words: str) -> bool:
    """Whether a known name is a known maker with another name: `百度文心一言`, `vivo 蓝心智能大模型`."""
    prefix = _known_prefix(words)
    rest = words[len(prefix) :] if prefix else ""
    if len(rest.strip("·- ")) < 2 or models.is_listed(words):
        return False
    return models.sureness(rest.strip("·- ")) == 3 or (rest[0] in " ·" and not is_class(rest.strip("·- ")))


def _shape(words: str) -> list[tuple[str, str]]:
    """A part as plain words (p), quoted (q), bold (s) and bracketed ones (b). A bracket inside a name is of the name."""
    inside = groups(words, 0, len(words))
    out: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        opened = min((o for o in inside if o >= at), default=len(words))
        if words[at:opened].strip():
            out.append(("p", words[at:opened].strip()))
        if opened < len(words):
            closed = inside[opened]
            width = 2 if words[opened] == "*" else 1
            kind = "b" if words[opened] in "（([" else "s" if width == 2 else "q"
            out.append((kind, words[opened + width : closed - width].strip()))
            at = closed
            # `智鑫数创（重庆）科技有限公司`, `东风（DFM）语言大模型`: the words go on behind the bracket
            if out[-1][0] == "b" and len(out) > 1 and out[-2][0] == "p":
                following = min((o for o in inside if o >= at), default=len(words))
                tail = words[at:following].strip()
                whole = f"{out[-2][1]}{words[opened:closed]}{tail}"
                if tail and (
                    is_entity(tail)
                    or re.fullmatch(_LINK, tail)
                    or is_entity(re.split(_LINK, tail)[0])
                    or re.match(r".{0,20}?公司|.{0,6}大?模型$", tail)
                ):
                    out[-2:] = [("p", whole)]
                    at = following
        else:
            at = len(words)
    return [(kind, text) for kind, text in out if text]


def _quoted(kinds: str, texts: list[str], is_bold: bool) -> Reading | None:
    at = kinds.index("q")
    model = texts[at]
    before = "".join(texts[:at]) if kinds[:at] in ("", "p") else texts[0]
    behind = [(kind, text) for kind, text in zip(kinds[at + 1 :], texts[at + 1 :], strict=True)]
    if kinds[:at] not in ("", "p", "pb"):
        return None
    if (
        _NOT_QUOTED.search(model)
        or (
            is_class(model)
            and not ((MODEL_WORD.search(model) or len(model) > 5) and len(model) > 3 and _is_of_firm(before))
        )
        or is_place(model)
        or (is_maker(model) and not models.sureness(model))
    ):
        return None
    if re.search(r"[，。；！？]", model) or re.fullmatch(_NO_WORDS, model) or len(model) < 2:
        return None
    is_named = re.fullmatch(r"[\w·-]{2,12}大模型", model) and not _OF_APPROVALS.search(model)
    if not models.sureness(model) and (
        (_SPOKEN.search(model) and not is_named)
        or re.search(r"\d+\s*(?:款|家|项|%|亿|万)|超过|总数|突破", model)
    ):
        return None
    if not is_bold and re.search(r"[·\d]\s*$|\d", before) and maker_of(before) is None:
        return None
    if re.search(r"(?:共同|联合|发布|印发|根据|按照|制定|落实|开展|实施|施行|《)$", before):
        return None
    maker = maker_of(before) if before else None
    if (
        maker
        and re.search(rf"{re.escape(maker)}\S*(?:模型|应用|产品|服务|平台|智能体)$", before)
        and not is_firm(maker)
    ):
        maker = None  # `煤矿大模型“某某”`: of what field it is
    for kind, text in behind:
        if kind == "b" and re.match(r"(?:备案|登记|运营|开发|研发)(?:单位|主体|方)[：:]", text):
            maker = maker_in(text) or maker  # `某研究院参与的“某某”（备案单位：某大学）`
        elif kind == "b" and not (maker and is_firm(maker)):
            # `做音乐的“某音”（某公司）`
            is_name = not (text.isascii() or _NOTE.search(text)) and (maker is None or is_firm(text))
            maker = maker_in(text) or (maker_of(text) if is_name else None) or maker
        elif (
            kind == "p"
            and maker is None
            and is_entity(text)
            and len(text) <= 40
            and not re.match("[在于经由向]", text)
        ):
            maker = maker_of(text)  # `【某音】某公司`
        elif kind == "p" and not (
            is_class(text)
            or re.fullmatch(rf"[^，。的]{{0,10}}(?:{_NOUN}|问答|客服|搜索|小程序|讲解员)", text)
        ):
            return None
        elif (
            kind == "p"
            and re.fullmatch(r"\D{0,8}模型", text)
            and not re.match(_NUMERAL, text)
            and not is_bold
            and not model.endswith("模型")
            and (models.is_listed(model + text) or not models.is_listed(model))
        ):
            model += text  # `“天工”大模型`; not where the official name is the quoted word alone
    sure = 3 if models.sureness(model) or (maker and is_maker(maker)) else 2
    return Reading(maker, model, sure, place=province_of(before) if maker is None else None)


def _is_of_firm(before: str) -> bool:
    """Whether words before a quote end in a firm or institution: `某公司的“安全大模型”` is a name."""
    maker = maker_of(before) if before else None
    return maker is not None and is_entity(maker)


def maker_in(text: str) -> str | None:
    """The maker a bracket names, alone or beside other notes."""
    for piece in re.split(r"[，,；;、|/]", text):
        piece = re.sub(
            r"^(?:由|来自|主体|运营方|厂商|公司|单位|备案主体|备案单位|开发者|所属公司)[：:]?",
            "",
            piece.strip(),
        )
        if is_maker(piece):
            return piece
    text = text.strip()
    if _NOTE.search(text) or is_place(text) or re.search(r"[，,；;]", text):
        return None
    return maker_of(text) if re.search(rf"{_FIRM_WORD}$", text) else None


def _bracketed(outside: str, inside: str, words: str) -> Reading | None:
    if is_entity(f"{outside}（{inside}）") and not is_maker(inside) and is_place(inside):
        return None  # `某公司（北京）`
    plain = _plain(outside)
    if is_maker(inside) and not is_maker(outside):
        if plain is None:
            return None
        if models.sureness(outside) or plain.maker is None:
            return Reading(inside, plain.model, 3)
        # `津云采编助手（津云新媒体集团）`: the firm in brackets is surer than a known name at the head
        whole = None if re.search(rf"^{re.escape(plain.maker)}{_LINK}", outside) else name_of(outside)
        return Reading(inside, whole, 3) if whole and is_entity(inside) else plain
    if plain is not None and re.search(r"版$|^自研$|^演示$", inside):
        printed = words[words.rfind(plain.model) :].strip()
        return replace(plain, model=printed)  # `CVTE大模型（自研）`, as official names have it
    if _NOTE.search(inside) or is_place(inside) or is_place(outside):
        maker = maker_in(inside)
        if plain is None:
            return None
        return replace(plain, maker=maker) if maker and plain.maker is None else plain
    if models.sureness(outside) == 3 or (models.sureness(outside) and not models.sureness(inside)):
        # a known service with another name, or with a maker that is not known
        if plain is None:
            return None
        return replace(plain, maker=maker_of(inside)) if is_firm(inside) else plain
    if plain is not None and plain.maker is not None and plain.sure == 3 and not is_maker(outside):
        return plain  # `百度文心一言（ERNIE Bot）`
    if (
        outside.endswith("模型")
        and inside.isascii()
        and not is_maker(models.core(outside))
        and plain
        and plain.maker is None
    ):
        return replace(plain, sure=max(plain.sure, models.sureness(inside)))  # `安第斯大模型（AndesGPT）`
    maker, model = maker_of(outside), name_of(inside)
    if maker is None or model is None:
        return plain if plain and plain.sure >= 2 else None
    if MODEL_WORD.search(outside) and not is_maker(outside) and not MODEL_WORD.search(inside):
        # `云杉大模型（云杉科技）`
        return Reading(maker_of(inside), outside, 2, turnable=True)
    sure = 3 if is_maker(maker) or models.sureness(model) else 2
    return Reading(maker, model, sure, turnable=not is_maker(maker))


def turned(item: Reading) -> Reading:
    """The reading with maker and model the other way round."""
    return replace(item, maker=item.model, model=item.maker or item.model) if item.maker else item


_OF = re.compile(rf"^(?P<e>[^的]{{2,30}}?){_LINK}(?P<m>[^的].{{1,39}})$")
_ENTITY_THEN = re.compile(
    rf"^(?P<e>.{{2,40}}?(?:公司|研究院|研究所|实验室|大学|学院|医院|集团|出版社|日报社|报业|电视台|总台|银行|协会|学会|图书馆|博物馆)(?!股份|有限)(?:[（(][^（()）]{{2,10}}[)）])?)(?:{_LINK})?(?:关于)?[\s：:·—-]*(?P<m>[^的（(].{{1,39}})$"
)
_LATIN = re.compile(
    r"(?P<class>[\u4e00-\u9fff]{2,10}(?:模型|助手|平台|应用|系统|智能体|机器人))(?P<m>[A-Z][A-Za-z\d-]{2,20})"
)
"""A class and a Latin name: `专利大模型PatentGPT`."""
_WITH_OTHERS = re.compile(r"^(?:联合|携手|会同|与|和)[^，的]{2,20}?(?:研发|开发|打造|推出|共建|研制)的(?=..)")
"""Behind the first of several makers: `某医院联合某公司开发的…`."""
_PART_OF = re.compile(
    rf"(?P<e>[^的“（(]{{1,16}}?(?:研究院|研究所|实验室|公司|医院|学院|大学|中心|分行|出版社))(?:{_LINK})?(?=[^的])"
)
"""A part of an institution behind the whole."""
_FIRM_THEN = re.compile(rf"^(?P<e>[^的]{{1,8}}?{_FIRM_WORD})[\s·]*(?P<m>\S.{{1,29}})$")


def _plain(words: str) -> Reading | None:
    """Maker and model of words without quotes or brackets around a part of them."""
    words = words.strip(" ，、：:—-·。；;" + QUOTES)
    if (sure := models.sureness(words)) and not _is_split(words):
        return Reading(None, name_of(words) or words, sure)
    if (named := _entity_then(words)) and not re.match(r"[等和与及（(]", named[1]):
        maker, model = maker_of(named[0]), name_of(_without_class(named[1]))
        if maker and model and (is_maker(maker)):
            return Reading(maker, model, 3)
    if match := _OF.match(words):
        maker, model = maker_of(match["e"]), name_of(_without_class(match["m"]))
        if maker and model is None and is_class(match["m"]) and MODEL_WORD.search(match["m"]):
            return None  # `云上自研视觉大模型`
        if maker and model and (models.sureness(model) or MODEL_WORD.search(model) or is_maker(maker)):
            return Reading(maker, model, 3 if is_maker(maker) or models.sureness(model) else 2)
        if maker and model and not re.search(r"[一不很最更]|性|化|力$|法$", match["m"]):
            return Reading(maker, model, 1)
    prefix = _known_prefix(words)
    if prefix is not None and (
        rest := re.sub(rf"^(?:{_LINK}|公司|集团|科技|[\s·:：—-])+", "", words[len(prefix) :])
    ):
        model = name_of(_without_class(rest))
        if models.is_listed(prefix) and not models.sureness(rest) and not MODEL_WORD.search(rest):
            return Reading(None, prefix, 2)  # `DeepSeek 底座`: a firm that is called as its model
        if model is None and is_class(rest) and MODEL_WORD.search(rest):
            # `百度自研大模型` is none; `中兴大模型` may be
            return Reading(prefix, words, 1) if rest in ("大模型", "模型") else None
        if model is not None and not _looks_like_firm(words):
            sure = (
                3
                if models.sureness(model)
                or MODEL_WORD.search(model)
                or words[len(prefix)] in "的旗自推发研·- ：:"
                else 2
            )
            return Reading(prefix, model, sure)
    if "的" in words:
        return None
    # `衔远科技衔远品商大模型`
    if (match := _FIRM_THEN.match(words)) and MODEL_WORD.search(match["m"]) and not is_class(match["m"]):
        maker, model = maker_of(match["e"]), name_of(match["m"])
        if maker and model:
            return Reading(maker, model, 2)
    if (bare := _CLASS_BEFORE.match(words)) and models.sureness(words[bare.end() :]):
        rest = words[bare.end() :]
        return Reading(None, name_of(rest) or rest, models.sureness(rest))
    if (latin := _without_class(words)) != words:
        return Reading(None, latin, 2)  # `专利大模型PatentGPT`
    name = name_of(words)
    if name is None:
        return None
    if MODEL_WORD.search(name):
        return Reading(None, name, 2)
    return Reading(None, name, 1) if len(name) <= 20 else None


def _entity_then(words: str) -> tuple[str, str] | None:
    """A firm or institution and the words behind it; of `中国科学院自动化研究所…` the whole institution."""
    match = _ENTITY_THEN.match(words)
    if match is None:
        return None
    entity, rest = match["e"], match["m"]
    while (part := _PART_OF.match(rest)) and part.end() < len(rest):
        entity, rest = words[: words.index(rest) + part.end("e")], rest[part.end() :]
    return entity, _WITH_OTHERS.sub("", rest)


def _without_class(words: str) -> str:
    """A model without the class words before its name: `大模型“文心一言”`, `AI助手豆包`."""
    if latin := _LATIN.fullmatch(words):
        is_use = re.search(
            r"(?:问答|服务|导诊|客服|写作|咨询)(?:应用|系统|智能体|机器人|助手)$", latin["class"]
        )
        return latin["m"] if is_use or is_class(latin["class"]) else words
    match = _CLASS_BEFORE.match(words)
    return words[match.end() :] if match and models.sureness(words[match.end() :]) == 3 else words


def _looks_like_firm(words: str) -> bool:
    return is_entity(words) or (
        bool(re.search(rf"^.{{2,12}}(?:公司|集团)$|^.{{2,6}}{_FIRM_WORD}$", words))
        and not models.sureness(words)
    )
