"""What the name of a column, the key of a field or the label of a line stands for.

The words are those of the official lists (序号 · 属地 · 模型名称 · 备案单位 · 备案号 · 备案时间), of copies of them, and of keys in
English, pinyin and camel case.
"""

import re
from collections.abc import Container

from scrapers.extract.filings.grammar import Kind

_OF = r"(?:所用|调用|生成式人工智能|生成式AI|AI|大?模型|算法|服务|应用|产品|国家|中央|省级|属地|网信办?|网信部门)*"
_ACT = r"(?:备案|登记|上线|注册)"
_WHO = r"(?:单位|主体|企业|公司|机构|厂商|厂家|提供者|提供方|运营者|开发者|开发商|运营商|研发方|开发方|运营方|出品方|主办方|服务商|申请人|责任方)"

# What a header cell may say, whole: a model may be called 大模型 and a firm 公司 in a data row too.
_HEADERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(rf"{_OF}(?:{_ACT}(?:/|（)?)+(?:{_ACT})?）?(?:的)?(?:编号|编码|号码?|序列号)(?:/上线编号|/登记号)?|许可编?号")),
    ("cancelled", re.compile(r"注销(?:情况|时间|日期)?")),
    ("date", re.compile(rf"{_OF}(?:备案|登记|公示|发布|通过|注册|上线|获批|批准|完成|获准|审核|办结|/)*(?:时间|日期)|通过日|{_ACT}日")),
    ("entity", re.compile(rf"{_OF}(?:备案|登记|申报|申请|运营|开发|研发|研制|所属|所在|归属|服务|提供|主体|责任|主办|主管|建设|出品|/)*的?{_WHO}(?:名称|全称|简称)?|谁(?:家|做|开发|研发|出品)的")),
    ("product", re.compile(r"应用产品|(?:关联|对应|备案|登记|获批)?产品")),
    ("model", re.compile(r"(?:所用|使用|调用|接入|底层|已?备案|已?登记|获批)?(?:大?模型|应用/?(?:或)?功能|应用（功能）|应用|功能|算法|服务|产品|大模型产品|模型/应用|模型（?服务）?|生成式人工智能服务|大模型/应用|/)*(?:名称|名)|大?模型|(?:应用|服务|算法)|应用/?(?:或)?功能|(?:备案|登记|获批)(?:大?模型|服务|应用)")),
    ("province", re.compile(r"属地|省份?|省市|省（?区、?市）?|地区|所在地|地域|所属(?:地区?|省份|省市|区域)|所在(?:省份?|地区)|地方|(?:备案|登记)地|区域|在?(?:哪儿|哪里|何地)")),
    ("use_case", re.compile(r"适用(?:场景|终端|机型)|主要用途|用途|应用场景|场景")),
    ("role", re.compile(r"(?:主体)?角色")),
    ("kind", re.compile(r"(?:(?:备案|登记|业务|办理|手续|注册|合规|信息|服务|事项|/)*(?:类型|类别|种类|性质|分类|方式|事项|手续))|备案/登记|登记/备案|备案或登记|途径")),
    ("status", re.compile(r"(?:办理|审核|审批|当前|备案|登记)?(?:状态|进度|进展|结果)|(?:是否|国内|大模型|网信办|国家|生成式AI)*(?:已|通过|完成)*(?:备案|登记)(?:状态|情况|与否|进度)?|合规(?:状态|情况)?")),
    ("remark", re.compile(r"备注|说明")),
    ("serial", re.compile(r"序号|编号|序列|编码|No\.?|#", re.I)),
)  # fmt: skip

_ENGLISH: tuple[tuple[str, str], ...] = (
    ("serial", r"seq|no|#|id|serial(?: (?:no|number))?|index|xu ?hao|row|rank|order"),
    ("cancelled", r"cancel(?:led)?(?: (?:date|at|on))?"),
    ("remark", r"remarks?|notes?|comments?|bei ?zhu"),
    ("role", r"role"),
    ("status", r"status"),
    ("kind", r"(?:filing |record |register |service )?(?:kind|type|category|track|register)|lei ?(?:xing|bie)"),
    ("number", r"(?:(?:cac|genai|aigc|ai|llm|filing|registration|registered|reg|record|licen[cs]e|code|online|beian|bei an|dengji|deng ?ji|approval|file|model|service|app|ba|dj) )*(?:number|no|num|code|id|bianhao|bian hao|hao|bh)|bian ?hao|code|babh|djbh|sxbh"),
    ("date", r"(?:(?:cac|filing|filed|registration|registered|reg|record|approval|approved|beian|bei an|dengji|deng ?ji|online|pass(?:ed)?|ba|dj) )*(?:date|time|at|on|day|riqi|shijian|sj|rq)(?: (?:approved|filed|registered|of (?:approval|filing|registration)))?|filed|approved|shi ?jian|ri ?qi|basj|djsj|registered"),
    ("entity", r"(?:(?:filing|registration|registering|registered|record|service|responsible|model|app|parent|beian|legal) )*(?:entity|company|provider|organi[sz]ation|org|developer|filer|operator|firm|unit|subject|applicant|vendor|maker|institution|enterprise|corp|corporation|registrant|owner|dan ?wei|qi ?ye|gong ?si|zhu ?ti)(?: name)?|badw|djdw"),
    ("province", r"(?:filing |registration )?(?:province|location|region|place|jurisdiction|area|shu ?di|sheng(?: ?fen)?|di ?qu|province name|prov)(?: name)?"),
    ("product", r"products?(?: name)?"),
    ("model", r"(?:model|service|app|application|algorithm|llm|function|feature|mo ?xing|da ?mo ?xing|ying ?yong|fu ?wu|product)(?: (?:name|title|ming ?cheng)| or (?:app|application|service|function)(?: name)?)?|name|title|label|ming ?cheng|mxmc|yymc"),
)  # fmt: skip
_ENGLISH_WHOLE = tuple((name, re.compile(pattern)) for name, pattern in _ENGLISH)

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("deep_synthesis_algorithm", re.compile(r"算法|深度合成|algorithm|deep synthesis")),
    ("on_device_filing", re.compile(r"端侧|on.device")),
    ("registration", re.compile(r"登记|deng ?ji|\bregist(?:er|ered|ration|rations)\b|\breg\b")),
    ("filing", re.compile(r"备案|bei ?an|\bfil(?:ing|ings|ed)\b")),
)


def column_named(cell: str, taken: Container[str] = ()) -> str | None:
    """What a header cell, or the label of a field, stands for."""
    words = english_words(cell)
    if words:
        return next((name for name, pattern in _ENGLISH_WHOLE if pattern.fullmatch(words)), None)
    text = re.sub(r"\s", "", cell).replace("(", "（").replace(")", "）").rstrip("：:")
    return next((name for name, pattern in _HEADERS if name not in taken and pattern.fullmatch(text)), None)


def english_words(name: str) -> str:
    """The words of a name in Latin letters, in lower case and apart: `filingNo.` to `filing no`; empty for another name."""
    if not name.isascii():
        return ""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return " ".join(re.split(r"[^a-z0-9#%]+", apart.lower())).strip()


def kind_said(text: str) -> Kind | None:
    """The register a cell, a key or a heading names; null when it names none, or both of those of services."""
    words = english_words(text) or text
    found = [kind for kind, pattern in _KINDS if pattern.search(words)]
    if {"registration", "filing"} <= set(found):
        return None
    return found[0] if found else None
