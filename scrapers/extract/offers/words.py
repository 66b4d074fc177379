"""What the words of a listing say beside chip and price: kind, stock, term, tax, seller, region, node size.

Pure functions over plain text (`units.plain`); each returns null where the text is silent.
"""

import re
from dataclasses import dataclass
from typing import Literal

from scrapers.extract.offers.units import COUNT_WORD, small_number
from scrapers.records import OfferKind

Availability = Literal["in_stock", "sold_out", "limited", "on_request", "beta"]

_KINDS: tuple[tuple[OfferKind, re.Pattern[str]], ...] = (
    (
        "mock",
        re.compile(
            r"\bmock|示例|样例|示范数据|演示(?!文稿)|(?<!/)\bdemo\b(?!\s(?:window|video|site|app|day|instance|project|script|notebook|page))|模拟数据|模拟报价|测试数据|测试用例|假数据|虚构|虚拟数据|仅供展示|占位|placeholder|dummy"
            r"|sample\s?(?:data|value)|\bfixture|lorem|北方智算中心|for\sillustration|格式参考|样本格式|随机填充",
            re.IGNORECASE,
        ),
    ),
    (
        "bid",
        re.compile(
            r"(?<!按)需租用|(?:单价|价格?|租金)[^，,。;；\d]{0,4}(?:不高于|不超过|低于)[^，,。;；]{0,20}(?:时|才|再|则)|能接(?:受)?(?=[，,。;；\s]|的|$)|有货的?(?:请)?(?:报|联系)|(?:客户|老板|甲方)[^，,。;；]{0,4}(?:在找|急找|要找)|能做[不吗嘛]|(?:我司|我方|我们)(?:需要?|想)租|可接受(?=\s?\d)|有资源请?联系|有没有|谁有|哪位(?:老板|大佬|朋友)?有|(?<![主重需只])要\s?\d+\s?[台卡张P]|最高限价|限价|控制价|询比价|询价(?:公告|函|采购)|拟(?:租赁|租用|采购|购置)|客户要|客户需|能做的|(?<![主重需])要\s?(?=\uE000)|买方|买盘|买家|求租|求购|求组|急求|收购|(?:高价|长期|现金|上门|大量)回收|回收(?=\s?(?:[:：]|各[类种]|二手|闲置|旧?显卡|服务器|\uE000))|出价|报买|意向价|寻租|寻购|寻求|期望价|可接受价|心理价|需求方|采购方|(?<!用于)(?<!便于)预算(?:上限)?|需求[:：]|(?:租赁|采购)需求|想租|要租|(?<![验接回吸查应])收\s?(?=[:：]|\d|[一二两三四八]|\uE000|\uE001)|求\s?(?=[:：]|\d|[一二两三四八]|\uE000|\uE001)"
            r"|\bWTB\b|\bbids?\b|looking\sfor|want(?:ed)?\sto\s(?:rent|buy|lease)|willing\sto\spay|\bbudget_?(?:per|month|amount|max)|\bbudget\b(?!\W{1,4}(?:\d+\s?x\s?)?[\ue000\ue001])(?![\s\-](?:option|card|gpu|pick|tier|choice|friendly))",
            re.IGNORECASE,
        ),
    ),
    (
        "purchase",
        re.compile(
            r"售价|出售|转让|升级(?:本地|显卡|自己)|整机价|裸机价|买断|二手(?:均价|价格?|行情)|购置|采购价|采购单价|采购金额|采购成本|购买价|购机|华强北(?:[^，,：:]{0,4}报价)?|盒装|拆机卡|准系统|卖价|二手|销售价|出货价|整机采购|设备(?:单|总|采购)?价|硬件成本|官方定价|单卡售|原厂价|全新(?=\s?[¥约]?\s?\d)"
            r"|for\ssale|\bused\s\ue000|local\spickup|purchase|capital\s(?:cost|expen)|\bcapex\b|\bMSRP\b|street\sprices?|\bbuy(?:ing)?\s(?:price|outright)|retail\sprice|resale",
            re.IGNORECASE,
        ),
    ),
    (
        "estimate",
        re.compile(
            r"估算|粗估|粗算|预估|估计|核价|估为|估值区间|❌|❎|测算|推算|估值|假设|假定|设定值|(?<!低)(?<!降)(?<!省)(?<!小时)(?<!时)(?<!使用)(?<!租用)(?<!租赁)(?<!云服务器)(?<!云端)(?<!训练)(?<!推理)成本(?!效|可控|控制|优|参考|对比|较?低|更低)|盈亏|回本|理论(?:价|值|租金)|预测|预计|折算|约合|相当于|投资者|模型(?:假设|测算)|剔除|不采信|已排除|未采用|作废|存疑|不实|辟谣"
            r"|贵不贵|贵吗|划算吗|合理吗|值不值|靠谱吗|\bis\s[^?。]{1,24}\b(?:expensive|cheap|reasonable|fair|too\smuch)\b[^.。]*\?|内部(?:划拨|结算|调拨|转移)|\bestimat|\bspeculat|\bassum|\brejected|\bdebunk|\bcosts?\sus\b|amorti[sz]|hypothetical|forecast|projected|break-?even|\bop-?ex\b",
            re.IGNORECASE,
        ),
    ),
    (
        "index",
        re.compile(
            r"指数|均价|平均(?:价|值|租金)?|中位(?:数|价|值)|主流(?:报价|成交)|报价(?:区间|集中|范围)|成交(?:价|均价|区间)|实际成交|行情|\bindex\b|\bmedian\b|\baverage\b|\bmean\b|\bavg\b",
            re.IGNORECASE,
        ),
    ),
    (
        "ask",
        re.compile(
            r"卖方|卖盘|卖家|报价|挂牌|标价|要价|出租|对外(?:价|报价)|刊例|官网价|\bask(?:s|ing)?\b|list\sprice|现货",
            re.IGNORECASE,
        ),
    ),
)


def kind(text: str) -> OfferKind | None:
    """The kind the words name; the most doubtful wins (a mock bid is a mock)."""
    text = _OFFERED.sub("", text)
    return next((name for name, pattern in _KINDS if pattern.search(text)), None)


_OFFERED = re.compile(
    r"(?:有没有|有无|哪位|谁)[^，,。;；\d\ue000]{0,8}要(?:的|租)?|预计(?=[^，,。;；元¥$]{0,8}(?:到货|到港|交付|交货|上架|释放|上线|发货|开放|可用|有货))"
)
"""Words of bids and estimates that are none: who asks for takers has something to let, and a day of delivery is no price."""


def is_rent(text: str) -> bool:
    """Whether the words speak of letting, so that a price per server may be a month's rent."""
    return re.search(r"租(?!赁公司)|月付|押[一二三]付|\brent|\blease", text, re.IGNORECASE) is not None


def is_rejected(text: str) -> bool:
    """Whether the page itself marks the line as refused ("❌", "不采信")."""
    return re.search(r"❌|❎|✗|不采信|已剔除|证伪|辟谣|幻觉", text) is not None


def is_staged(text: str) -> bool:
    """Whether a file of data says of itself that it is no market's: a fixture, a demonstration, a known invention."""
    return (
        re.search(
            r"\bmock|\bfixture|placeholder|示例数据|模拟数据|演示数据|测试数据|北方智算中心",
            text,
            re.IGNORECASE,
        )
        is not None
    )


def is_staged_code(text: str) -> bool:
    """Whether a text is a program's source with data that says so of itself; prose may talk of mocks beside real prices."""
    return re.search(
        r"^\s*(?:export\s+)?(?:const|let|var)\s+\w+[^=\n]*=", text, re.MULTILINE
    ) is not None and is_staged(text)


def nearest_kind(lead: str) -> OfferKind | None:
    """The kind named closest before a price: "卖方报 6.2万，买方出价 5.3万" holds an ask and a bid."""
    best: tuple[int, OfferKind] | None = None
    for name, pattern in _KINDS:
        for hit in pattern.finditer(lead):
            if best is None or hit.end() > best[0]:
                best = (hit.end(), name)
    return best[1] if best else None


@dataclass(frozen=True, slots=True)
class Stock:
    """Idle and total cards as printed, and how the page words it. `per_server` says that the count is of servers."""

    idle: int | None = None
    total: int | None = None
    availability: Availability | None = None
    is_servers: bool = False


_INT = r"\d{1,3}(?:,\d{3})+|\d+"
_IDLE_OF_TOTAL = re.compile(
    rf"(?:(?:库存|空闲|剩余|可用|可租|余量|资源|idle|available|free)\s?[:：/]?\s?(?:/\s?(?:总量|总数|total)\s?[:：]?\s?)?(?P<i1>{_INT})\s?(?:/|of)\s?(?:共|总[量数计]?)?\s?[:：]?\s?(?P<t1>{_INT}))"
    rf"|(?:(?<![\d.,/])(?!1\s?/\s?[2-8]\s?[卡张])(?P<i2>{_INT})\s?/\s?(?P<t2>{_INT})(?=\s?[(（]?\s?(?:全租完|租完|已租完|售罄|库存|空闲|充足|紧张|有货|可用|可租|张|卡|台|idle|available|free|in\sstock)))"
    rf"|(?:(?P<i3>{_INT})\s?(?:张|卡|台)?\s?(?:空闲|idle|free|available)\s?[/,，]?\s?(?:共|总|of|/)?\s?(?P<t3>{_INT})\s?(?:张|卡|台)?\s?(?:总|total)?)",
    re.IGNORECASE,
)
_IDLE = re.compile(
    rf"(?:库存|空闲|剩余?|余量?|可用|可租|现货|在库|有货|仅剩|idle|available|in\sstock|stock|inventory)(?:数量?|卡数|台数|节点数)?\s?[:：=]?\s?(?:约|仅|还有|共|只)?\s?(?P<n>{_INT})\s?(?P<unit>台|套|节点|nodes?|servers?|张|卡|块|GPUs?|P(?![A-Za-z]))?(?![\d.]|\s?[万元/折]|G\b|GB|个月)"
    rf"|(?<![\d.])(?P<n2>{_INT})\s?(?P<unit2>台|套|张|卡|nodes?|GPUs?)\s?(?:现货|空闲|可租|可用|有货|在库|库存|可交付|可上架|idle|available|in\sstock)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"^\s?[(（\[]\s?(?P<n>\d{1,6})\s?(?:张|卡|台)?\s?[)）\]](?![/\d])")
_STATES: tuple[tuple[Availability, re.Pattern[str]], ...] = (
    (
        "sold_out",
        re.compile(
            r"售罄|全租完|租完|已租出|全部租出|已出租|无现货|没有?现货|没有?货|无库存|缺货|暂无(?:库存|资源|货)?|无货|已满|满租|资源不足|库存不足|卖完|抢光|已售|(?<!\d)0\s?(?:台|卡|张)(?:可用|空闲|库存)?"
            r"|sold[\s\-_]?out|out\sof\sstock|unavailable|no\s(?:gpu|stock|capacity)|fully\s(?:booked|let|rented)|\bsoldout\b|waitlist",
            re.IGNORECASE,
        ),
    ),
    ("beta", re.compile(r"内测|公测|邀测|\bbeta\b|preview", re.IGNORECASE)),
    (
        "limited",
        re.compile(r"限量|库存紧张|紧张|少量|仅剩|余量不足|limited|low\sstock|few\sleft", re.IGNORECASE),
    ),
    (
        "on_request",
        re.compile(
            r"需申请|期货|预订|预定|预售|预约|排期|需提前|工作日交付|天交付|周交付|on\srequest|pre-?order|backorder|reserve(?:d)?\sonly|contact\s(?:us|sales)",
            re.IGNORECASE,
        ),
    ),
    (
        "in_stock",
        re.compile(
            r"现货|有货|库存充足|充足|可立即|即租即用|立即(?:可用|交付)|有库存|随时上架|可租|在售|\bin[\s\-]?stock\b|\bavailable\b|\bnormal\b|ready\sto\sdeploy",
            re.IGNORECASE,
        ),
    ),
)


def stock(text: str, after_chip: str = "") -> Stock | None:
    """Stock as the line words it; `after_chip` is the text right behind the chip's name ("RTX 4090 (601)")."""
    idle = total = None
    servers = False
    if found := _IDLE_OF_TOTAL.search(text):
        idle = _int(found["i1"] or found["i2"] or found["i3"])
        total = _int(found["t1"] or found["t2"] or found["t3"])
        if idle is not None and total is not None and idle > total:
            idle = total = None
    if idle is None and (found := _IDLE.search(text)):
        idle = _int(found["n"] or found["n2"])
        unit = (found["unit"] or found["unit2"] or "").lower()
        if unit == "p":
            idle = None
        servers = unit.startswith(("台", "套", "节点", "node", "server"))
    if idle is None and (found := _BRACKET.match(after_chip)):
        idle = int(found["n"])
    state = next((name for name, pattern in _STATES if pattern.search(text)), None)
    if idle == 0 and state in (None, "in_stock", "limited"):
        state = "sold_out"
    elif idle is not None and idle > 0 and state is None:
        state = "in_stock"
    if idle is None and total is None and state is None:
        return None
    return Stock(idle, total, state, servers)


def status_word(text: str) -> Availability | None:
    """A status cell as one word: `Normal`, `Soldout`, `售罄`, `限量购买 (需申请)`; also 0/1, true/false, 有/无."""
    words = text.strip().casefold()
    if words in {"0", "false", "no", "none", "无", "否", "off", "hidden", "下架"}:
        return "sold_out"
    if words in {"1", "true", "yes", "有", "是", "on", "正常", "active", "high", "medium"}:
        return "in_stock"
    if words == "low":
        return "limited"
    return next((name for name, pattern in _STATES if pattern.search(text)), None)


_NODE = re.compile(
    rf"(?<![\d.])(?P<n>{COUNT_WORD})\s?-?\s?(?:卡|张卡|[张块](?=\s?\uE000)|cards?\b|GPUs?(?!\s?(?:内存|显存|hour|/))|颗|基(?=[をでがの、]|あたり)|[個个](?=搭)|路)\s?(?P<whole>整机|机(?!房|器学习)|服务器|节点|裸金属)?"
    rf"|(?:卡数|[每单]机卡数|GPU数量?|加速卡数量?)\s?[:：]\s?(?P<n4>\d{{1,2}})(?!\d)|(?P<per>每台|单台|单机|单节点|per\s(?:node|server))\s?(?P<n3>{COUNT_WORD})\s?(?:卡|张|GPUs?)",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"(?<![\d.])(?P<eq>[2-8])\s?[*xX]\s?(?:GPUs?)?\s?(?=[=:：])|(?<=[\s\uE000)])[*xX]\s?(2|4|5|6|8|10|16)(?![\d.]|\s?(?:万|元|\d|小?时|天|个?月|年|h(?:rs?|ours?)?\b|days?\b|bytes?\b|bits?\b|params?\b|tokens?\b))|(?<=\uE000\s)(2|4|8|16)[xX](?=\s)"
)
_STOCK_LEAD = re.compile(
    r"(?:库存|剩余?|空闲|可用|可租|共|总|余|现货|合计|约|近|超|≥|>|规模|集群|至少|起订|\d|/)\s?[:：]?\s?$"
)
_SERVER = re.compile(
    r"整机|整柜|(?<!云)服务器|裸金属|整租|物理机|(?<!子)节点|\bHGX\b|\bDGX\b|bare[\s\-]?metal|\bnode\b|\bserver\b|每台|/\s?台|台/|单台|8卡机|八卡机",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    r"单卡(?!显存|功耗|算力|性能|价格对比|\d{2,3}\s?G)|单张|每张|每卡|一卡|1\s?卡(?!起)|1\s?\*\s?(?=\uE000)|(?:张|卡|GPUs?)(?:来)?(?:换算|折算)|single\s?(?:gpu|card)|per\s(?:gpu|card)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Node:
    cards: int | None
    is_server: bool
    is_single: bool

    @property
    def says_anything(self) -> bool:
        return bool(self.cards) or self.is_server or self.is_single


def node(masked: str) -> Node:
    """Node size as the line words it; `masked` has chips blanked. A count of stock or of a cluster is not a node."""
    cards = None
    if times := _TIMES.search(masked):
        cards = int(times[1] or times[2] or times[3])
    for hit in _NODE.finditer(masked):
        word = hit["n"] or hit["n3"] or hit["n4"]
        number = small_number(word)
        if (
            number is None
            or number > 16
            or _STOCK_LEAD.search(masked[: hit.start()])
            or number not in (1, 2, 3, 4, 5, 6, 7, 8, 10, 16)
        ):
            continue
        tail = masked[hit.end() : hit.end() + 3]
        if re.match(r"[ ]?(?:起|空闲|可用|现货|库存|换算|折算)", tail):
            continue
        if number > 1:
            cards = cards or number
            break
    return Node(
        cards, _SERVER.search(masked) is not None, _SINGLE.search(masked) is not None and cards is None
    )


_RACK_CARDS = re.compile(
    r"NVL\s?-?(\d{2,3})(?!\d)|(?<![\d.])(\d{2,3})\s?(?:(?:卡|张)(?=\s?(?:超节点|整柜|机柜|柜))|(?=超节点))|(?:超节点|整柜|CloudMatrix)\s?[(（]?(\d{2,3})(?![\d.]|[万千])",
    re.IGNORECASE,
)


def rack_cards(text: str) -> int | None:
    """Cards of a rack or super node as its name or the words say: NVL72 → 72, 384卡超节点 → 384."""
    found = _RACK_CARDS.search(text)
    return int(found[1] or found[2] or found[3]) if found else None


def is_board(name: str, text: str) -> bool:
    """Whether a chip is named by its board (HGX, DGX) and no word says that the whole of it is let."""
    return (
        re.search(r"HGX|DGX", name, re.IGNORECASE) is not None
        and re.search(
            r"(?<![\d.])(?:8|16|八)\s?(?:[*xX×卡张]|-?\s?GPUs?\b)|[*xX×]\s?(?:8|16)(?![\d.])|整机|服务器|节点|裸金属|台|\bnodes?\b|\bservers?\b|bare[\s\-]?metal|\bsystems?\b|\bper\sinstance",
            text,
            re.IGNORECASE,
        )
        is None
    )


SOME_HOURS = re.compile(
    r"\b(?:few|couple\sof|some)\shours\b|\d\+?\s?(?:hours?|hrs?|h)\s?(?:/|an?\s|per\s|each\s)\s?(?:day|night|week)\b|每[天日周晚]\s?(?:只?用|使用|跑|训练)?\s?\d+\s?个?小时",
    re.IGNORECASE,
)
"""Use for part of the time: a month of it is no month's rent."""
_TERMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("spot", re.compile(r"竞价|抢占|闲时|spot|preempt|interruptible", re.IGNORECASE)),
    (
        "on_demand",
        re.compile(r"按量|按需|后付费|随用随付|on[\s\-]?demand|pay[\s\-]as[\s\-]you|\bpayg\b", re.IGNORECASE),
    ),
)
_COMMIT = re.compile(
    r"(?:租期|合同期?|起租|签约|租满|最短|至少|承诺)\s?[:：为是]?\s?(?P<n>\d{1,2}|[一二三五半])\s?(?P<u>个?月|年)|(?P<n2>\d{1,2}|[一二三五半])\s?(?P<u2>个?月|年)\s?(?:起租|以上|租期|合同|合约|起签|付|期)"
    r"|(?P<n3>\d{1,2})[\s\-]?(?P<u3>months?|years?|yr)\s(?:commit\w*|reserved?|contract|term|lease)",
    re.IGNORECASE,
)
_BILLED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("year", re.compile(r"年租|包年(?!包?/?月)|年付|按年|yearly|annual", re.IGNORECASE)),
    ("quarter", re.compile(r"季租|包季|季付|按季|quarterly", re.IGNORECASE)),
    ("month", re.compile(r"月租|包月|月付|按月|monthly", re.IGNORECASE)),
    ("week", re.compile(r"周租|包周|周付|按周|weekly", re.IGNORECASE)),
    ("day", re.compile(r"日租|包[天日]|按[天日]|daily", re.IGNORECASE)),
    ("hour", re.compile(r"时租|按小?时|hourly", re.IGNORECASE)),
)


def term(text: str) -> str | None:
    """`spot`, `on_demand`, a commitment (`12-month`, `3-year`) or the way of billing (`month`, `year`, `day`, `hour`)."""
    for name, pattern in _TERMS:
        if pattern.search(text):
            return name
    if found := _COMMIT.search(text):
        number = found["n"] or found["n2"] or found["n3"]
        unit = (found["u"] or found["u2"] or found["u3"]).casefold()
        count = 0.5 if number == "半" else small_number(number)
        if count:
            if count == 0.5:
                return "6-month"
            return f"{count}-{'month' if '月' in unit or unit.startswith('mo') else 'year'}"
    return next((name for name, pattern in _BILLED if pattern.search(text)), None)


def tax_included(text: str) -> bool | None:
    """含税 true, 不含税/未税 false, else null."""
    if re.search(
        r"不含税|未税|税前|税外|不[带含开]票|无票|票另|excl(?:u\w*|\.)?\s?(?:of\s)?(?:tax|vat)|\+\s?税|税另",
        text,
        re.IGNORECASE,
    ):
        return False
    if re.search(
        r"含税|税后|含\d{1,2}\s?%?(?:个点|税)|带票|incl(?:uding|\.)?\s?(?:tax|vat)|专票", text, re.IGNORECASE
    ):
        return True
    return None


_SELLER = re.compile(
    r"(?:供应商|供应方|卖方|服务商|出租方|商家|提供方|运营商|平台|seller|provider|vendor)\s?[:：]\s?(?P<name>[^\s,，;；|。/]{2,24})",
    re.IGNORECASE,
)
_BRACKET_SELLER = re.compile(r"^\s?[【\[](?P<name>[^】\]\d]{2,16})[】\]]")
_NOT_SELLER = re.compile(r"现货|出租|求租|急|热|推荐|公告|报价|价格|算力|特价|新品|置顶|单位|租赁|期货|库存")


def seller(text: str) -> str | None:
    """A seller named as such ("供应商：X"), or in the brackets that open a line ("【X】8*910B ...")."""
    if found := _SELLER.search(text):
        return found["name"]
    found = _BRACKET_SELLER.match(text)
    return found["name"].strip() if found and not _NOT_SELLER.search(found["name"]) else None


_PLACES = (
    "北京|上海|天津|重庆|河北|山西|内蒙古|内蒙|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
    "|深圳|广州|杭州|南京|苏州|成都|武汉|西安|郑州|合肥|青岛|济南|宁波|厦门|福州|长沙|贵阳|贵安|昆明|兰州|庆阳|银川|中卫|乌兰察布|呼和浩特|和林格尔|张家口|怀来|廊坊|大同|芜湖|宿迁|无锡|扬州|佛山|东莞|中山|韶关|哈密|克拉玛依|酒泉|西宁|太原|石家庄|沈阳|大连|长春|哈尔滨|南昌|南宁|海口|拉萨|雅安|泉州|温州|嘉兴|常州|镇江"
    "|华东|华南|华北|华中|西南|西北|东北|西部|东部|海外|新加坡|日本|东京|美国|美西|美东|欧洲|马来西亚|柔佛|韩国|德国|泰国|印尼|越南"
)
_REGION = re.compile(
    rf"(?:地域|区域|地区|机房|位置|所在地|可用区|region|zone|location)\s?[:：]\s?(?P<named>[^\s,，;；|。)）]{{2,20}})"
    rf"|(?P<zone>(?:{_PLACES})[一二三四五六七八九\dA-Z]{{0,2}}区)|(?P<place>(?:{_PLACES})(?:[省市州]|地区)?)",
    re.IGNORECASE,
)


def region(text: str) -> str | None:
    """The place as printed: a named field, a zone ("西北B区", "河北一区") or a place's name."""
    found = _REGION.search(text)
    return (found["named"] or found["zone"] or found["place"]) if found else None


_SLICE = re.compile(
    r"(?<![\d.])1\s?/\s?(2|3|4|6|8)\s?(?:卡|张|颗|块|\*|GPU)|(?P<half>半(?:张卡|卡|张))|(?<![A-Za-z0-9])(?P<mig>[1-4])g\.\d{1,3}gb(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_DISCOUNT = re.compile(
    r"(?<![\d.])(?P<d>\d(?:\.\d{1,2})?|\d{2})\s?折(?!算|合|旧)|(?P<cn>[一二三四五六七八九])(?P<cn2>[一二三四五六七八九])?折(?!算|合|旧)"
)
_UNCLEAR = re.compile(r"(\d{1,2})\s?%\s?(?:的)?折扣")
_OFF = re.compile(r"(\d{1,2})\s?%\s?(?:off|discount)|立减\s?(\d{1,2})\s?%", re.IGNORECASE)


WHOLE_CARD = re.compile(r"整卡|全卡|整张")


def slice_of_card(text: str) -> float | None:
    """1/4卡 → 0.25, 半卡 → 0.5, the MIG slice 1g.10gb → 1/7."""
    found = _SLICE.search(text)
    if found and found["mig"]:
        return int(found["mig"]) / 7
    return None if found is None else 0.5 if found["half"] else 1 / int(found[1])


def discount(text: str) -> float | None:
    """The share still to pay: 9.5折 and 95折 → 0.95, 八五折 → 0.85, "20% off" → 0.8."""
    if found := _DISCOUNT.search(text):
        if found["d"]:
            number = float(found["d"])
            share = number / 100 if number >= 10 else number / 10
        else:
            digits = "一二三四五六七八九"
            share = (digits.index(found["cn"]) + 1) / 10 + (
                (digits.index(found["cn2"]) + 1) / 100 if found["cn2"] else 0
            )
        return share if 0 < share < 1 else None
    if found := _OFF.search(text):
        return 1 - int(found[1] or found[2]) / 100
    return None


def unclear_discount(text: str) -> str | None:
    """ "65%折扣" may mean 65 % off or 65 % to pay; the words, for an issue."""
    found = _UNCLEAR.search(text)
    return found[0] if found else None


def _int(text: str | None) -> int | None:
    return int(text.replace(",", "")) if text else None
