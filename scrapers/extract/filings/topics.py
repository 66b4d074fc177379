"""Whether a heading or title speaks of an approval that was given."""

import re

_CLAUSE = "，,；;。！!？?\n：:"
_TOPIC = re.compile(
    r"准生证|备案|登记|获批|获准|审批|批准|首批|名单|网信办[^，。；]{0,10}清单|过审|上线|入列"
)
_OTHER_REGISTERS = re.compile(
    r"ICP|公安|等保|工商|工信|税务|域名|药|器械|商标|著作权|版权|融资|立项|项目|基金|海关|证监|发改|投资|合同|注册会计|专利|收购|上市|IPO|私募|收货|环评|信通院|认证|测试|食品|临床|FDA|欧盟|GDPR|美国"
)
_OTHER_APPROVALS = re.compile(
    r"(?:了|为|建设|成立|设立)?(?:国家|省|市|部)[^，。；]{0,14}(?:中心|基地|平台|试点|项目|资质|示范区|先导区|实验室|园区|企业)"
)
"""What else is approved: `新获批国家绿色数据中心`."""


def is_topic(words: str) -> bool:
    """Whether words speak of an approval that was given, for a list that follows: its heading or lead."""
    topics = list(_TOPIC.finditer(words))
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
