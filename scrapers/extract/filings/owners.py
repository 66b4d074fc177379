"""Who made a service that a Chinese text names without its maker beside it.

The maker announces it (`云上科技宣布，其云上大模型…`), is said to have made it where the text speaks of it a little before or
behind (`云上科技发布了云上大模型`, `云上大模型由云上科技研发`, `该模型由…打造`), or is dealt out to a list
(`分别由甲公司、乙公司开发`).
"""

import re
from collections.abc import Iterator

from scrapers.extract.filings import items
from scrapers.lexicon import models

_WINDOW = 200
"""Letters before and behind a name in which its maker is looked for."""
_FIRM = r"[^，,。；;：:！!？?\n“”「」]{2,30}?"
_DID = r"(?:自研|研发|推出|开发|打造|发布|研制|运营|提供|申报|建设|训练|出品|构建|承建)(?![（(]|有限|科技|集团|股份|公司|区|部|中心|者|商)"
_HOW = r"(?:(?:自主|独立|联合|共同|牵头|全资|正式|最新|重磅|全新|倾力|匠心|精心|潜心|全力|历时[^，,。；;]{1,5}){0,3}(?:(?:联合|携手|会同|与)[^，,。；;\n]{2,20}?)?)"
_THIS = (
    r"(?:(?:该|此|其|这[款个])(?:[^，,。；;\n“”由]{0,6}?(?:模型|产品|服务|应用|项目|系统|平台|助手|智能体))?)"
)
_ROLE = r"(?:(?:研发|开发|运营|申报|备案|登记|建设|承建|所属|研制|出品|提供|主办|责任)(?:单位|主体|企业|公司|机构|方|者|商)|主体)"
_BEHIND = re.compile(
    rf"[{items.QUOTES}）)]*(?:大?模型)?(?:"
    rf"(?:(?:[^，,。；;\n“”]{{0,30}}(?:[，,\s]|(?<=备案|登记))){{0,2}}{_THIS}?|[^\n“”]{{0,90}}。{_THIS})(?:是|系|为)?(?:一款)?由(?P<by>{_FIRM}){_HOW}{_DID}"
    rf"|[，,]?便?(?:出自|来自)(?P<from>{_FIRM})(?=[，,。；;\n]|$)"
    rf"|(?:是|系|为)(?:一款)?(?P<whose>{_FIRM}){_HOW}{_DID}的"
    rf"|(?:[^。\n“”]{{0,40}}[，,。；;（(]{_THIS}?的?|的){_ROLE}[为是系：:]\s*(?P<role>(?:[^，,。；;\n“”（()）]|[（(][^（()）]*[)）]){{2,40}}))"
)
_BEFORE = re.compile(
    rf"(?:^|[，,。；;\n：:])(?P<e>{_FIRM}){_HOW}{_DID}了?(?:的|[^，,。；;\n：:]{{0,24}}的)?(?:[^，,。；;“”]{{0,8}}(?:模型|产品|服务|应用|智能体)(?:分别)?(?:[是为]|[—–]{{1,2}}|[：:]))?[“「《]?$"
    rf"|(?:^|[，,。；;\n])(?P<other>{_FIRM})的?[又另]一[款个]?[^，,。；;“”]{{0,8}}(?:——?|[：:])[^，,。；;“”]{{0,8}}[“「《]?$"
    rf"|由(?P<by>{_FIRM}){_HOW}{_DID}了?[，,](?:取名|命名|名|叫)[为做叫]?[“「《]?$"
)
_ANNOUNCES = re.compile(
    r"(?:^|[，,。\n！？】”])(?P<e>[^，,。\n：:！？（(】”]{2,30}?)(?:[（(][^（()）]{2,20}[)）])?(?:\d{1,2}月\d{1,2}日)?(?:[在于](?![^，,。]{0,20}(?:公司|集团))[^，,。\n：:！？]{2,24}?)?"
    r"(?:官方|官微|正式|今日|日前|近日|不久前|前不久|发布){0,3}(?:宣布|表示|公告称?|透露|披露|发布消息|发布公告|称|获悉|回答|回复(?:投资者)?|回应|答复|介绍|确认|证实|(?<=负责人)说|(?<=[)）])(?=[：:]))[，,：:]?\s*$"
)
_NO_ANNOUNCER = re.compile(
    r"网信办|记者|办公室|消息|数据|(?:[办局委厅处区市]|部门|中心)(?:相关|有关)?负责人|^.{0,3}负责人|互动平台|互动易|投资者|网友|专家|新闻|报道|回答|回复|答复"
)
_SAID_BEFORE = re.compile(
    r"(?:^|[。\n！？】])(?:(?:其中|此外|另外|同时|近日|日前|不久前|前不久)[，,])?(?P<e>[^，,。\n：:！？（(】]{2,20}?)(?:[（(][^（()）]{2,20}[)）])?(?:近日|日前|今日|对外|(?:\d{1,2}月)?\d{1,2}日晚?间?)?(?:发布)?(?:宣布|表示|公告|透露|披露|回复|回应|介绍)称?[，,：:]"
)
"""The head of a sentence before, `云上科技公告称，…。近日，旗下“某某”…`."""
_OWN = re.compile(
    r"(?:[本贵我]?公司|[本贵我该][司行院校社]|[本我]集团|该公司|其|(?<=[，,：:]))(?:面向[^，,。；;“”]{2,12}的|旗下|全新|自主|独立|最新|自研|研发|开发|推出|打造|申报|的)*(?:[^，,。；;“”]{0,16}(?:模型|助手|应用|平台|系统|产品|服务))?[“「《]?$"
)
_DEALT = re.compile(
    rf"分别(?:是|系)?(?:由|来自于?|出自)(?P<es>[^。；;\n]{{4,160}}?)(?:{_HOW}{_DID}|[，,。；;\n]|$)"
    r"|(?:单位|主体|企业|公司|方)(?:分别|依次)[是为](?P<roles>[^，,。；;\n]{4,160})"
)


_SPEAKER = re.compile(
    rf"”\s*(?P<e>[^，,。；;\n“”]{{2,30}}?)(?:{items.PERSON}[^，,。；;\n“”]{{0,6}}?)?(?:对记者|告诉记者|在[^，。]{{2,16}})?(?:说|表示|介绍|称|透露|告诉)"
)
"""`“我们的某某上个月通过了备案。”云上科技负责人说`."""
_OURS = re.compile(
    r"(?:我们|我司|我院|咱们)(?:公司|团队|医院|学校)?(?:旗下|自主|自研|研发|开发|推出|打造|的)*[“「《‘]?$"
)
_ISSUER = re.compile(
    r"(?:^|\n)\s*(?:致[：:])?(?P<e>[^\s，。：:]{4,40}?(?:公司|集团))(?=\n|\s|关于|法务部|招股|20\d\d年|年度报告|可持续发展|社会责任|半年度|\d{1,2}月)"
    r"|(?:^|[。\n])\s*(?P<signed>[\u4e00-\u9fff（）()]{4,30}(?:公司|集团|局|院|大学|医院|学校|中心|银行|委员会))\s*20\d\d年\d{1,2}月\d{1,2}日\s*$"
    r"|——\s*(?P<closing>[\u4e00-\u9fff（）()]{4,30}(?:公司|集团|大学|医院|学院|银行))\s*$"
    r"|(?:^|\n)\s*(?P<site>[\u4e00-\u9fff]{4,20}(?:医院|大学|学院|公司|集团|银行|局|中心))(?:[（(][^（()）\n]{2,20}[)）])?(?:(?:官网|官微|新闻网|公众号)\s*(?:讯|消息|\d|[｜|])|(?:宣传[处部]|新闻中心|办公室)(?=\s|近日|日前|不久前|前不久|\d))"
    r"|感谢[您你]对(?P<thanks>[^，,。；;\n]{2,12}?)的?(?:关注|关心|支持)"
    r"|证券简称[：:]\s*(?P<abbr>[^\s，。：:（()）]{2,10})(?=\s|$)"
    r"|[（(](?P<net>[\u4e00-\u9fff]{2,14}?(?:大学|学院|医院))(?:新闻网|官网|党委宣传部|宣传部|供稿)"
    r"|解释权归(?P<rights>[^，,。；;\n]{4,30}?公司)"
    r"|^\s*(?P<subject>[\u4e00-\u9fff]{2,20}?(?:大学|学院|医院|公司|集团|银行|研究院))[“「\"](?=[^”」\"\n]{2,30}[”」\"][^。\n]{0,30}(?:备案|登记|获批))"
    r"|(?:^|\n)\s*(?:公司名称|公司简称|上市公司|来源)[：:]\s*(?P<field>[^\s，。：:（()）]{4,30}(?:公司|集团|医院|大学|学院|银行|院))(?=\s|$)"
    r"|[，,（(](?:公司|证券简称)[：:]\s*(?P<called>[^\s，。：:（()）]{2,12})[）)]"
    r"|^【(?P<by>[^】]{2,20}(?:医院|大学|学院|公司|集团|银行)|[^】]{1,4}大)(?:要闻|新闻|动态|快讯)?】"
    r"|(?:^|\n)(?:【[^】\n]*】)?\s*(?P<listed>[^\s，。：:【】]{2,12})[（(]\d{6}(?:\.[A-Z]{2})?[)）]"
)
"""The firm an announcement is headed with: `某股份有限公司关于…的公告`."""
_ANSWERS = re.compile(
    r"(?:^|\n)\s*(?P<e>[^\s，。：:？?]{2,20}?)(?:[（(]\d{6}[^（()）]{0,6}[)）])?(?:回?答|回复)?[：:](?=尊敬的投资者|您好|感谢)"
)
"""The firm that answers an investor."""


def issuer_of(text: str, title: str | None) -> str | None:
    """Who `公司` is in a document: the firm its title names alone, that heads it as an announcement, or answers in it."""
    if title and len(title) <= 10 and (firm := items.maker_of(title)):
        return firm
    # the name in full before the short one of its shares
    told = min(_ISSUER.finditer(text[:600]), key=lambda m: m["abbr"] is not None, default=None)
    told = told or _ANSWERS.search(text)
    if told is None:
        return None
    named = told.groupdict()
    maker = items.maker_of(next((name for name in named.values() if name), ""))
    return re.sub(r"(?<=大学).+学院$", "", maker) if maker else None


def answering(text: str, at: int) -> str | None:
    """The firm whose answer to an investor stands at `at`; null outside of one."""
    told = list(_ANSWERS.finditer(text, 0, at))
    return items.maker_of(told[-1]["e"]) if told else None


_IN_TURN = re.compile(
    rf"前者(?:是|系)?(?:由|来自|出自|[^，,。；;]{{0,10}}(?:单位|主体|企业|公司|方)[是为])(?P<a>{_FIRM}){_HOW}(?:{_DID}|(?=[，,；;。]))[^。\n]{{0,40}}?[，,；;。]"
    rf"后者(?:则)?(?:是|系)?(?:由|来自|出自|[^，,。；;]{{0,10}}(?:单位|主体|企业|公司|方)[是为])(?P<b>{_FIRM}){_HOW}(?:{_DID}|(?=[，,；;。\n])|$)"
)


def owner_of(text: str, model: str, start: int, end: int, ours: str | None) -> str | None:
    """The maker of the service named in `text[start:end]`; `ours` is who `本公司` is."""
    before = text[max(0, start - 80) : max(start, text.find(model, start, end))].rstrip(items.QUOTES)
    own = _OWN.search(before)
    if ours and own and re.match(r"[本贵我]?公司|[本贵我][司行院校社]|[本我]集团", own[0]):
        return ours
    if _OURS.search(before) and (said := _SPEAKER.search(text, end, min(len(text), end + _WINDOW))):
        return items.maker_of(said["e"])
    told = _ANNOUNCES.search(before[: own.start()] if own else before)
    told = told or (_HEADED.search(before[: own.start()]) if own and own[0] else None)
    if own and own[0].startswith("其") and (clause := _FIRM_CLAUSE.search(before[: own.start()])):
        told = told or (clause if items.is_firm(items.maker_of(clause["e"]) or "") else None)
    if not told and own and own[0]:
        wide = text[max(0, start - _WINDOW) : start - len(before) + own.start()] if start > 80 else ""
        told = next(reversed(list(_SAID_BEFORE.finditer(wide + before[: own.start()]))), None)
    if told and not _NO_ANNOUNCER.search(told["e"]) and (maker := items.maker_of(told["e"])):
        return re.sub(r"(?<=大学).+$", "", maker) if own and re.match("[我本]校", own[0]) else maker
    if ours and _BY_US.match(text[end : end + 60]):
        return ours
    if maker := next(_made(text, model, start, end), None):
        return maker
    if _NAMED_BEFORE.search(before):
        return next(reversed(_organisations(text[max(0, start - 300) : start])), None)
    return next((one for at in _spoken_of(text, model, start, end) if (one := _subject(text, at))), None)


def _subject(text: str, at: int) -> str | None:
    """The one organisation of the sentence up to `at`, where it is its subject."""
    sentence = text[max(text.rfind(mark, 0, at) for mark in "。！!？?\n；;”") + 1 : at]
    named = _organisations(sentence) if "、" not in sentence else []
    return named[0] if len(named) == 1 and _SUBJECT.search(sentence) else None


def _spoken_of(text: str, model: str, start: int, end: int) -> list[int]:
    """Where a service is named: here, a little before and a little behind."""
    name = models.core(model)
    low, high = max(0, start - _WINDOW), min(len(text), end + _WINDOW)
    start = max(start, text.find(model, start, end))
    return [start, *(at for at in (text.rfind(name, low, start), text.find(name, end, high)) if at >= 0)]


_HEADED = re.compile(r"(?:^|[】\n])\s*(?P<e>[^，,。：:】\n]{2,20})[：:]\s*$")
"""`零跑汽车：旗下…`."""
_FIRM_CLAUSE = re.compile(r"(?:^|[。；;”\n])[^，,。；;\n]{0,30}?(?P<e>[^，,。；;的\n”]{2,30})[，,]$")
"""`位于杭州的云上科技，`, before `其“某某”`."""
_SUBJECT = re.compile(
    r"(?:公司|集团|大学|学院|医院|研究院|研究所|实验室|银行|总台)(?:[^，,]{0,16}[，,][^，,]{0,6}|(?:董事长|总裁|总经理|副总|负责人|创始人|院长|校长)[^，,]{0,16})[“「]?$|牵头[研开打][^，,]*$"
)
"""A sentence with an organisation as its subject, right before a name: `云上公司成立不到一年，“某某”是…`."""
_NAMED_BEFORE = re.compile(
    r"(?:该(?:公司|企业|集团|机构|团队|平台|单位|[院校行社台厂])|(?<=[，,。；;：:\s])(?:其(?:升级版|新版|姊妹篇)?|医院|学校|学院|公司|集团|企业|银行))(?:[^，。；的“”]{1,8}(?:科|部|系|室|团队|中心)的|旗下|自主|独立|自研|研发|开发|推出|打造|申报|的)*(?:[^，,。；;“”]{0,8}(?:模型|助手|应用|平台|系统|产品|服务))?[“「《]?$"
)
"""`该公司的“…”`, `：其“…”`: whose name stands before."""
_SUFFIX = r"(?:公司|集团|大学|学院|医院|研究院|研究所|实验室|银行|电视台|总台|出版社)"
_ORGANISATION = re.compile(rf"[\w（）()·]{{2,40}}?{_SUFFIX}(?:[^\W与和及的在对由]{{0,8}}?{_SUFFIX})*")


_NO_NAME = re.compile(
    r"在(?!线)|[到为由了的是]|^[除据受]|^[一两几某多]家|创业公司$|(?:互联网|人工智能|科技|上市|国有|民营|初创|相关|多家|两家|外资|内资|合资)公司$"
)
"""Not in the name of one organisation."""


def _organisations(words: str) -> list[str]:
    """The organisations that words name."""
    found = (items.maker_of(re.split(r"[向给对]", m[0])[-1]) for m in _ORGANISATION.finditer(words))
    return [m for m in found if m and items.is_maker(m) and not _NO_NAME.search(m)]


def _made(text: str, model: str, start: int, end: int) -> Iterator[str]:
    """The makers the text around gives, the one told behind the name itself first."""
    here, *others = _spoken_of(text, model, start, end)
    if role := _ROLE_SPEAKS.search(text, end, min(len(text), end + _WINDOW)):
        maker = items.maker_of(role["e"] or role["short"])
        if maker and items.is_maker(maker):
            yield maker
    names = (model, models.core(model))
    ends = ((at, at + len(next((n for n in names if text.startswith(n, at)), ""))) for at in others)
    for at, behind in ((here, end), *ends):
        told = _BEHIND.match(text[behind : behind + 110])
        if told and (maker := _first(told["by"] or told["from"] or told["whose"] or told["role"])):
            yield maker
        made = _BEFORE.search(text[max(0, at - 60) : at])
        if made and (maker := items.maker_of(made["e"] or made["other"] or made["by"])):
            yield maker


def _first(words: str) -> str | None:
    """The maker that words name, the first of several."""
    words = re.sub(r"(?<=..)[（(][^（()）]*公司[)）]$", "", words)
    first = re.split(r"和|与|及|、", words)[0]
    return items.maker_of(first if items.is_maker(first) else words)


def first_of_joint(before: str, words: str) -> str | None:
    """The first of the makers of `甲大学、乙公司联合研发的某某`, where `words` begin with the last of them."""
    row = re.search(
        r"(?:^|[，,。；;：:！!\n])由?(?P<first>[^，,。；;：:、！!\n]{2,30})(?:、[^，,。；;：:、\n]{2,30})*[、和与及]$",
        before,
    )
    if row is None or not re.search(r"(?:联合|共同|参与)[研开打推发申]", words):
        return None
    first = row["first"].removesuffix("牵头")
    return items.maker_of(first) if items.is_maker(first) else None


_BY_US = re.compile(r"[”」』》]?[^，。“”]{0,8}由[我本][院校司行][^，。]{0,24}(?:研发|开发|打造|研制|推出)")
_ROLE_SPEAKS = re.compile(
    rf"{_ROLE}(?:(?P<e>[^，,。；;：:为是]{{4,30}}?(?:公司|集团|大学|研究院|医院))(?:相关)?(?:负责人|{items.PERSON})?[^，,。]{{0,8}}"
    rf"|(?P<short>[^，,。；;：:为是]{{2,12}}?)(?:相关)?(?:负责人|{items.PERSON})?)(?:介绍|表示|说|透露|称)"
)
"""`研发单位云上公司负责人介绍`."""
_SHARED = re.compile(
    rf"[，,。；;（(](?:二者|两者|三者|以上|其)?(?:的)?{_ROLE}(?:均|都|全|同)(?:为|是|系)(?P<e>[^，,。；;\n“”）)]{{2,40}})|[，,。；;（(](?:均|都)(?:是|系)?由(?P<by>{_FIRM}){_HOW}{_DID}"
)
"""`运营方均为云上科技`, `均由云上科技研发`."""


def dealt(text: str, start: int, end: int, count: int) -> list[str]:
    """The makers that a sentence, or the one behind it, tells of the `count` services before: `分别由甲公司、乙公司开发`, `前者由甲
    开发，后者由乙开发`, `运营方均为甲`; empty where it does not tell so many."""
    if in_turn := _IN_TURN.search(text, start, min(len(text), end + _WINDOW)):
        names = [in_turn["a"], in_turn["b"]]
    elif told := _DEALT.search(text, start, end):
        row = told["es"] or told["roles"]
        names = row.split("、")
        if len(names) != count:  # `政务服务和数据管理局` is one
            names = re.split(r"、|和|与|及", row)
    elif count > 1 and (shared := _SHARED.search(text, start, end)):
        names = [shared["e"] or shared["by"]] * count
    else:
        names = []
    return _all_makers(names, count)


_DEALT_BEFORE = re.compile(
    r"(?:^|[，,。；;：:])(?P<es>[^，,。；;：:“”]{4,80})的(?:\d+|[两三四五六七八九十])[款个项][^，,。；;“”]{0,14}(?:——?|[：:]|分别[是为])[“「《]?$"
    r"|(?:^|[，,。；;：:])(?P<schools>[^，,。；;：:“”]{4,80})[两三四五六][校家院企]的[^，,。；;“”]{0,14}[“「]?$"
)


def dealt_before(before: str, count: int) -> list[str]:
    """The makers of the `count` services behind `甲、乙、丙的三款大模型——`; empty where it does not name so many."""
    told = _DEALT_BEFORE.search(before)
    row = re.split(r"、|和|与|及", told["es"] or told["schools"]) if told else []
    return _all_makers(row, count) if count > 1 else []


def _all_makers(names: list[str], count: int) -> list[str]:
    makers = [items.maker_of(name) for name in names]
    return [maker for maker in makers if maker] if len(makers) == count and all(makers) else []
