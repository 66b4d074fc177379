"""One service that a clause says was approved: `云上公司的“云上大模型”已通过国家网信办备案`.

The clause must state it as done: wishes, duties and conditions (`应当通过备案`, `尚未完成备案`) name nothing, nor do classes of
services (`国产大模型`, `12款大模型`).
"""

import datetime as dt
import re
from dataclasses import dataclass

from scrapers.extract.filings.grammar import Kind, day_of, is_entity, makers, province_of

_ADVERB = r"(?:已经?|均|也|同时|双双|正式|成功|顺利|率先|首批|首个|日前|近日|最近|现|全部|再次|宣布|于?20\d\d年\d{1,2}月(?:\d{1,2}日)?|于\d{1,2}月\d{1,2}日)"
_STATED = re.compile(
    rf"(?P<subject>[^，,；;。：:！!？?\n]{{2,70}}?)(?P<when>{_ADVERB}*)(?:通过|完成|获得|取得|获)了?(?P<what>[^，,；;。：:！!？?\n]{{0,40}}?)(?P<register>备案|登记)(?!的|申请|材料|流程|工作|手续|要求|制度|条件|[的并后]?[前时])"
)
_AMONG_FIRST = re.compile(
    r"(?:作为|成为|是|系)?[^，。；\n]{0,14}(?:首批|第[一二三]批|首个|首家|首款)[^，。；\n]{0,10}(?:通过|完成|获得)[^，。；\n]{0,24}(?P<register>备案|登记)的[^，。；\n]{0,16}[，,](?P<rest>[^，。；\n]{4,50})"
)
_IS_FIRST = re.compile(
    r"(?P<subject>[^，,；;。：:\n]{3,40}?)(?:是|系|为|成为)[^，。；\n]{0,8}(?:首批|首个|首款|第[一二三]批)[^，。；\n]{0,6}(?:通过|完成|获得)(?P<what>[^，。；\n]{0,24}?)(?P<register>备案|登记)的"
)
_UNDER_HEADING = re.compile(
    r"[-•*·\s]*(?:该(?:大?模型|产品|服务))?(?:国内|全国|我国)?(?:首批|首个|已|已正式|已成功)(?:通过|完成|获得)(?P<what>[^，,；;。：:（(]{0,24}?)(?P<register>备案|登记)"
)
_NOT_DONE = re.compile(
    r"需|应当?|必须|须|未|尚|无法|不能|难以|没有|若|如果|如需|拟|将|不得|是否|能否|可以|要求|之前|建议|等待|正在|计划|准备|帮助|协助|申请|如何|怎么|何时|是否|待|假|只有|才能|推动|鼓励|支持|助力|经|由|被|用|接入|调用|基于|选择|使用"
)
_OTHER_REGISTERS = re.compile(
    r"ICP|公安|等保|工商|工信|税务|域名|药|器械|商标|著作权|版权|融资|立项|项目|评估|认证|测试|基金|海关|证监|发改|投资|合同"
)
_QUOTED = re.compile(r"^(?P<e>.*?)[“\"「『《](?P<m>[^”\"」』》]{2,30})[”\"」』》](?P<tail>[^“”]{0,12})$")
_MADE = re.compile(
    r"^(?P<e>.{2,40}?)(?:全资子公司)?(?:牵头|自主|独立|联合|共同|全栈)*(?:研发|自研|开发|打造|推出|旗下|发布|研制|训练|建设)的?(?P<m>[^的].{1,30})$"
)
_OF = re.compile(r"^(?P<e>[^的]{2,30})的(?P<m>[^的]{2,30})$")
_MODEL = re.compile(r"模型|GPT|Chat|GLM|LLM|助手|智能体|机器人|助理|算法$|软件$|平台$")
_CLASS = re.compile(
    r"(?:首[个款批]|唯一|其|该|这|此|上述|本|我国|国内|国产|自研|自主|全国|全省|全市|金融|医疗|教育|法律|医药|政务|行业|领域|垂直|垂类|通用|基础|专业|多模态|多|更多|相关|所有|部分|这些|一批|一大批|一系列|若干|各类|AI|人工智能|生成式(?:人工智能|AI)?|企业级?|公司|某|头部|主流|以上|产品|商用|其他|旗下|核心|数字|语言|视频|文本|图像|类|级|的|型)*"
    r"(?:大语言|大)?(?:模型|服务|应用|产品|企业|算法|平台|软件|智能体|机器人|助手|功能|能力|系统|技术)*(?:等)?"
)
_TIME = re.compile(  # words before the name, of time and of order
    r"^(?:[\[【（(]?20\d\d[.\-/]\d{1,2}(?:[.\-/]\d{1,2})?[\]】）)]?\s*|近日|日前|今日|今天|昨日|据悉|其中|目前|此外|另有|另外|还有|又有|已有|共有|同时|本次|此次|而|且|并|但|与此同时|(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|初)?|20\d\d年?)+"
)
_PEOPLE = re.compile(
    r"用户|单位|提供者|服务商|厂商|机构$|企业$|公司$|[名家]|等$|\d+\s*[款个项]|[两多几数一二三四五六七八九十][款个项]"
)


@dataclass(frozen=True, slots=True)
class Single:
    """A service with its maker where the clause tells it, its kind and the day it was approved."""

    entity: str | None
    model: str
    kind: Kind
    filed: dt.date | None
    quote: str


def read(sentence: str) -> list[Single]:
    """The services a sentence says were approved, each by a clause of its own."""
    out: list[Single] = []
    for match in _STATED.finditer(sentence):
        subject, what = match["subject"], match["what"]
        if _NOT_DONE.search(subject) or _NOT_DONE.search(match["when"]) or _OTHER_REGISTERS.search(what):
            continue
        if (named := _named(subject)) is None:
            continue
        entity, model = named
        if entity is None:
            entity = _announcer(sentence[: match.start("subject")])
        day = re.search(r"20\d\d年\d{1,2}月\d{1,2}日", match["when"])
        kind = _kind(model, what, match["register"])
        out.append(Single(entity, model, kind, day_of(day[0], None)[0] if day else None, match[0].strip()))
    if not out and (is_first := _IS_FIRST.search(sentence)) and (named := _named(is_first["subject"])):
        out.append(
            Single(*named, _kind(named[1], is_first["what"], is_first["register"]), None, is_first[0].strip())
        )
    if not out and (first := _AMONG_FIRST.search(sentence)) and (named := _launched(first["rest"])):
        out.append(Single(*named, _kind(named[1], "", first["register"]), None, first[0].strip()))
    return out


def under(heading: str, sentence: str) -> Single | None:
    """The service a heading names when the sentence below it says `已完成备案` without a subject."""
    match = _UNDER_HEADING.match(sentence)
    name = re.sub(r"\s*[\[【（(].*$", "", heading).strip()
    if match is None or _OTHER_REGISTERS.search(match["what"]):
        return None
    if not 2 <= len(name) <= 24 or not _plain(name) or not (_MODEL.search(name) or name in makers()):
        return None
    return Single(None, name, _kind(name, match["what"], match["register"]), None, match[0].strip(" -•*·"))


def _named(subject: str) -> tuple[str | None, str] | None:
    """(maker, model) of the subject of an approval; null for a class of services."""
    words = _TIME.sub("", subject.strip(" -•·*　"))
    words = re.sub(r"(?:在|于)?(?:20\d\d年)?\d{1,2}月\d{1,2}日", "", words)
    words = (
        re.sub(r"^(?P<who>.{2,20}?)(?:宣布|表示|称|透露)其?", r"\g<who>的", words)
        if "宣布" in words
        else words
    )
    words = re.sub(r"^(?:公司|我司|企业|其)?(?:自研|自主研发)的?", "", words)
    if quoted := _QUOTED.match(words):
        if re.search(r"\d|[和与、及]$", quoted["e"][-1:]) or re.search(
            r"办法|规定|倡议|计划|方案", quoted["m"]
        ):
            return None
        entity = _maker(re.sub(r"(?:产品|服务|应用|大模型|模型|助手|AI)+$", "", quoted["e"]))
        return (entity, quoted["m"]) if _plain(quoted["m"]) or entity else None
    if _PEOPLE.search(words):
        return None
    for pattern in (_MADE, _OF):
        if (match := pattern.match(words)) and _plain(match["m"]) and _MODEL.search(match["m"]):
            entity = _maker(match["e"])
            return (entity, match["m"].strip()) if entity or pattern is _MADE else None
    if "旗下" in words:
        return None
    for name in makers():
        rest = words[len(name) :].strip(" ·-")
        if (
            "旗下" not in rest
            and words.startswith(name)
            and 2 <= len(rest) <= 20
            and _plain(rest)
            and _MODEL.search(rest)
        ):
            return name, rest
    return (None, words) if len(words) <= 20 and _MODEL.search(words) and _plain(words) else None


def _plain(name: str) -> bool:
    """Whether words can be the name of one service."""
    return not (
        _CLASS.fullmatch(name)
        or _PEOPLE.search(name)
        or re.search(r"备案|登记|通过|完成|宣布|企业|大模型.+大模型|的", name)
        or province_of(name)
    )


def _maker(words: str) -> str | None:
    """The maker that words before a model end in."""
    words = re.sub(
        r"(?:的|其|旗下|所|(?:牵头|自主|独立|联合|共同|全栈)*(?:研发|自研|开发|打造|推出|发布|研制|训练))+$",
        "",
        words.strip(),
    )
    words = re.sub(r"^(?:由|来自|国内|首个|国产)+", "", words)
    if not 2 <= len(words) <= 30 or _CLASS.fullmatch(words) or province_of(words):
        return None
    known = next((name for name in makers() if words.endswith(name)), None)
    if known or is_entity(words):
        return words if is_entity(words) else known
    return words if len(words) <= 12 and not re.search(r"[是在为了]|\d", words) else None


def _announcer(before: str) -> str | None:
    """The maker of `云上科技宣布，其云上大模型…`."""
    match = re.search(
        r"(?:^|[，,。])(?P<e>[^，,。]{2,30}?)(?:正式)?(?:宣布|表示|公告称?|透露|发布消息)[，,：:]?$", before
    )
    return _maker(_TIME.sub("", match["e"])) if match else None


def _launched(words: str) -> tuple[str | None, str] | None:
    """(maker, model) of what followed an approval among the first: `“云上清言”正式上线`, `云上公司推出了云上清言`."""
    if quoted := re.match(r"(?P<e>[^“”]{0,30})“(?P<m>[^”]{2,30})”", words):
        return _maker(re.sub(r"(?:生成式|AI|人工智能|助手|大模型|应用|产品)+$", "", quoted["e"])), quoted["m"]
    made = re.match(
        r"(?P<e>.{2,20}?)(?:正式)?(?:推出|发布|上线)了?(?:生成式|AI|人工智能|助手|大模型|对话|产品)*(?P<m>.{2,16})$",
        words,
    )
    if made and (entity := _maker(made["e"])) and _plain(made["m"]):
        return entity, made["m"]
    return None


def _kind(model: str, what: str, register: str) -> Kind:
    if model.endswith("算法") or "算法" in what:
        return "deep_synthesis_algorithm"
    return "registration" if register == "登记" else "filing"
