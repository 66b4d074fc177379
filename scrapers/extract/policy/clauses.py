"""Support clauses of a text: every number bound to its programme, beneficiary, base and period.

A sentence is cut into phrases at commas, phrases are gathered into frames: a frame opens where the text names a new subject
(对…企业, 支持…, 每年发放…) and holds what is promised to it. A frame takes its topic from its own words, else from the frame,
sentence or heading before it, unless its words speak of something else (prizes, investment, people, rooms).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, pairwise

from scrapers.extract.policy import roles, topics
from scrapers.extract.policy.segments import Sentence
from scrapers.extract.policy.topics import Topic
from scrapers.records import ClauseKind, Period
from scrapers.text.money import Amount, amounts

_COMMA = re.compile(r"(?<!\d)[,:](?!\d)|(?<=\d)[,:](?!\d{3})|(?<=[^\d])[,:](?=\d)|(?<=\d),(?=\d{4})")
_OPENS = re.compile(
    r"^\s*(?:[\"'(\[]|其中|同时|另|并且?|此外|且|凡|即|如|属于|(?:\d{1,2}|[一二三四五六七八九十])[.、]|\([一二三四五六七八九十\d]{1,2}\)|第[一二三四五六七八九十\d]{1,4}条|[a-z]\))*\s*"
    r"(?:对|对于|针对|面向|向|为|支持|鼓励|引导|推动|加快|每年(?:度)?(?:安排|发放|设立|统筹|遴选|支持|评选|择优)|设立|发放|统筹|安排|组织|优先|建设|新建|打造|首次|符合|获得|获批|经认定|租用|购买|采购|使用|单个|每家|单家|同一|年度|企业(?:在|通过|租|购))"
)
_SUBJECT = re.compile(
    r"(?:对于?|针对|向|为)(?!象|外|应|接|标|照|期|此|了|主|进|降|推|加|贯|落)(?P<who>[^,;:。]{2,80}?)(?:,|;|:|$|给予|予以|按照?|每年|发放|提供|补贴|奖励|最高|一次性|租用的|(?=的\d))"
)
_EXAMPLE = re.compile(
    r"例如|举例|比如|譬如|假设|假如|假定|如某|以某|示例|例\d?:|[×÷]|\d\s?[*x]\s?\d|=\s?\d|测算"
)
_PRIZE = re.compile(
    r"获批|获评|评为|评定为|认定为|入选|荣获|获奖|获得[^,;]{0,16}(?:奖|称号|认定|资质)|大赛|赛事|竞赛|挑战赛|比赛|排名|优秀|优胜|标杆|典型案例|十佳|"
    r"应用场景|场景(?:建设|项目|应用|示范|创新)|示范(?:应用|场景|项目|工程|企业)|首版次|首台套|首批次|专利|论文|标准(?:制定|编制|化)|制定[^,;]{0,8}标准|软件著作权|"
    r"上市|挂牌|落户|总部|开办|安家|人才|博士|团队|办公|租房|房租|住房|购房|场地|厂房|用房|入驻|贷款|贴息|融资|担保|保险|基金|投资额|固定资产|"
    r"研发投入|研发费用|研发经费|揭榜|攻关|重大专项|技术改造|产业化项目|实验室|研究院|创新中心|孵化器|加速器|会展|展会|论坛|会议|活动|出海|营业收入|营收|产值|规上|小升规"
)
_FILED = re.compile(r"(?:通过|完成|取得|获得|首次)[^,;]{0,16}备案|备案(?:登记)?的(?:大?模型|算法)")
_BARE_SUBJECT = re.compile(
    r"初创|小微|中小|创业|OPC|一人公司|链主|龙头|领军|独角兽|瞪羚|小巨人|专精特新|单项冠军|高新技术|科技型|国家级|省级|市级|国产|自主|备案|高校|科研|牵头|外地|新引进|其他|重点|个人|学生"
)
_BODY = re.compile(r"企业|单位|机构|主体|方|团队|项目|用户")
_FIGURE = re.compile(r"[\d元%成]|百分之|分之")

_BASE = re.compile(
    r"(?:按照?|依据|根据|以|给予|抵扣|支付|补贴|资助|补助|奖励|为)?(?:其|该|企业|单位|不超过|最高|不高于|上年度?|当年度?|不超)*(?P<base>[\u4e00-\u9fffA-Za-z\"()/]{2,30}?)(?:的)?(?:最高|不超过|不高于|比例)?(?:的)?$"
)
_BASE_AFTER = re.compile(
    r"^(?:的)(?P<base>[\u4e00-\u9fffA-Za-z]{0,10}(?:费用|成本|支出|租金|金额|合同额|服务费|价格|费))"
)
_SPEND_NOUN = re.compile(
    r"(?:费用?|支出|成本|租金|金额|合同额|合同|总额|款|价格|价款|额度?|费|开支|投入|投资)$"
)
_LIST = re.compile(r"^\s?(?:[、和与及或]|以及)\s?(?:最高|不超过)?\s?$")
_TIERS = re.compile(
    r"国家级|省级|市级|区级|国家|省|大型|中型|小型|微型|[A-Da-d]类|[一二三]类|[一二三]等奖?|[一二三]档|国产|非国产|进口|初创企业|中小企业|小微企业|高校|科研机构|训练|推理|备案|自主可控|境内"
)
_TIER_SUBJECT = re.compile(
    r"初创(?:企业|团队|期企业)?|一人公司|OPC|中小微?企业|小微企业|国家级[^,;的]{0,10}|省级[^,;的]{0,10}|链主[^,;的]{0,4}|龙头[^,;的]{0,4}|独角兽[^,;的]{0,4}|(?:专精特新)?[\"']?小巨人[\"']?[^,;的]{0,4}|单项冠军[^,;的]{0,4}|"
    r"(?:已|经|通过|完成|取得)[^,;]{0,12}备案[^,;的]{0,10}|备案[^,;的]{0,8}模型|国产[^,;的]{0,10}|自主可控[^,;的]{0,8}|非国产[^,;的]{0,8}|其他[^,;的]{0,10}|重点企业|伙伴计划成员|新型研发机构|高校|多模态[^,;的]{0,10}|[A-D]类[^,;的]{0,6}"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause as read, before it becomes a record; offsets refer to the text."""

    kind: ClauseKind
    value: Decimal
    unit: str
    topic: Topic
    start: int
    end: int
    sentence: Sentence
    period: Period | None = None
    basis: str | None = None
    applies_to: str | None = None
    tier: str | None = None
    low: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    """Spend from which a programme pays (`min_spend_cny`)."""

    value: Decimal
    topic: Topic
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A number near a programme that is not its promise."""

    code: str
    start: int
    end: int


@dataclass(slots=True)
class _Frame:
    start: int
    end: int
    text: str
    own: Topic | None
    noise: bool
    subject: str | None
    phrases: list[tuple[int, int]]


def read(folded: str, found: list[Sentence]) -> Iterator[Draft | Floor | Dropped]:
    """The promises of a text in order. `folded` is the text folded for matching; offsets are those of the text."""
    reader = _Reader(folded, bool(re.search(r"算力|智算|模型|人工智能|comput", folded, re.I)))
    for _, group in groupby(found, key=lambda sentence: sentence.article):
        yield from reader.article(list(group))


class _Reader:
    """Reads sentence by sentence; what an article has said of its topic so far is carried to the next frame."""

    def __init__(self, folded: str, is_about_compute: bool) -> None:
        self.folded = folded
        self.about = is_about_compute
        self.carried: Topic | None = None
        self.voucher: Topic | None = None

    def article(self, found: list[Sentence]) -> Iterator[Draft | Floor | Dropped]:
        self.carried = self.voucher = None
        for heading in found[0].headings:
            topic = topics.topic(heading, self.about)
            if topic is not None and not _PRIZE.search(heading):
                self.carried = topic
                self.voucher = topic if topic.named else self.voucher
        for sentence in found:
            text = self.folded[sentence.start : sentence.end]
            if self.carried is None and not topics.RELEVANT.search(text):
                continue
            if not _FIGURE.search(text):
                self._listen(text)
                continue
            if _EXAMPLE.search(text):
                yield Dropped("worked-example", sentence.start, sentence.end)
                continue
            yield from self._sentence(text, sentence)

    def _listen(self, text: str) -> None:
        """A sentence without figures still says what the next ones are about."""
        topic = topics.topic(text, self.about)
        if topic is not None and topic.strength > 1 and not (_PRIZE.search(text) and not topic.named):
            self.carried = topic
            self.voucher = topic if topic.named else self.voucher

    def _sentence(self, text: str, sentence: Sentence) -> Iterator[Draft | Floor | Dropped]:
        figures = amounts(text)
        has_rate = False
        subject: str | None = None
        for frame in _frames(text, self.about):
            topic = _topic_of(frame, self.carried, self.voucher)
            subject = frame.subject or subject
            if topic is None:
                if frame.noise:
                    self.carried = None
                continue
            self.carried = topic
            if topic.named:
                self.voucher = topic
            if frame.subject or frame.own is not None:
                has_rate = False
            inside = [figure for figure in figures if frame.start <= figure.start < frame.end]
            for item in _frame(text, sentence, frame, inside, topic, subject, has_rate):
                has_rate |= isinstance(item, Draft) and item.kind == "rate_cap"
                yield item


def _topic_of(frame: _Frame, carried: Topic | None, voucher: Topic | None) -> Topic | None:
    own = frame.own
    if own is not None and own.strength == 3:
        if own.instrument == "compute_subsidy" and voucher and voucher.family == "compute":
            return replace(voucher, strength=3)
        return own
    if own is not None and own.strength == 2:
        if (
            frame.noise
            and own.side == "user"
            and not re.search(r"算力|智算|Token|词元|语料|数据", frame.text)
        ):
            return None
        if own.side == "user" and voucher is not None and voucher.family == own.family:
            return replace(voucher, strength=2)
        return own
    if frame.noise:
        return None
    if carried is None:
        return own if own is not None and not frame.noise else None
    if (
        frame.subject
        and own is None
        and not _BARE_SUBJECT.search(frame.subject)
        and (not _BODY.search(frame.subject) or len(frame.subject) > 24)
    ):
        return None
    return carried


def _frames(text: str, about: bool) -> list[_Frame]:
    cuts = [0, *(match.end() for match in _COMMA.finditer(text)), len(text)]
    phrases = [(a, b) for a, b in pairwise(cuts) if b > a]
    groups: list[list[tuple[int, int]]] = []
    for start, end in phrases:
        if not groups or _OPENS.match(text[start : min(end, start + 40)]):
            groups.append([])
        groups[-1].append((start, end))
    out = []
    for group in groups:
        start, end = group[0][0], group[-1][1]
        words = text[start:end]
        subject = _SUBJECT.search(words)
        out.append(
            _Frame(
                start,
                end,
                words,
                topics.topic(words, about),
                bool(_PRIZE.search(words) or _FILED.search(words)),
                subject["who"] if subject else None,
                group,
            )
        )
    return out


def _frame(
    text: str,
    sentence: Sentence,
    frame: _Frame,
    figures: list[Amount],
    topic: Topic,
    subject: str | None,
    has_rate: bool,
) -> Iterator[Draft | Floor | Dropped]:
    base = sentence.start
    for position, figure in enumerate(figures):
        phrase = next((p for p in frame.phrases if p[0] <= figure.start < p[1]), (frame.start, frame.end))
        left = max(phrase[0], figures[position - 1].end if position else 0)
        listed = (
            position > 0
            and figures[position - 1].kind == figure.kind
            and bool(_LIST.match(text[figures[position - 1].end : figure.start]))
        )
        if listed:
            left = phrase[0]
        right = min(phrase[1], figures[position + 1].start if position + 1 < len(figures) else len(text))
        nearby = topic
        own = topics.named(text, frame.start, figure.start)
        if own:
            nearby = (
                replace(topic, instrument=own[-1][2])
                if own[-1][2] != "compute_subsidy" or topic.family != "compute"
                else topic
            )
        after = topics.named(text, figure.end, min(frame.end, figure.end + 16))
        if (
            after
            and not re.search("[,;]", text[figure.end : after[0][0]])
            and after[0][2] != "compute_subsidy"
        ):
            nearby = replace(topic, instrument=after[0][2])
        at = roles.Setting(
            before=text[left : figure.start],
            after=text[figure.end : right],
            frame=text[frame.start : left],
            sentence=text,
            has_rate=has_rate,
            subject=frame.subject is not None,
            named=topic.named,
        )
        role: roles.Role
        if figure.kind == "share":
            role = roles.share(figure, at)
        elif figure.kind == "money":
            role = roles.money(figure, at) if figure.unit == "CNY" else "none"
        elif figure.kind == "per_unit":
            role = "per_unit" if re.search(r"补贴|补助|奖励|给予|资助|支持|抵扣", text) else "none"
        elif figure.kind == "quantity" and figure.unit == "card-hour":
            role = "per_unit" if re.search(r"免费|给予|赠送|提供|支持|发放", at.frame + at.before) else "none"
        else:
            continue
        if role == "none":
            yield Dropped("other-number", base + figure.start, base + figure.end)
            continue
        if role == "spend_floor":
            yield Floor(figure.value, nearby, base + figure.start, base + figure.end)
            continue
        if role == "rate_cap":
            has_rate = True
        yield Draft(
            kind=role,
            value=figure.value,
            unit=figure.unit,
            topic=nearby,
            start=base + figure.start,
            end=base + figure.end,
            sentence=sentence,
            period=roles.period(at, role),
            basis=_basis(at) if role == "rate_cap" else None,
            applies_to=_clean(subject),
            tier=_tier(text, frame, figures, position) if role in ("rate_cap", "max_amount") else None,
            low=figure.low,
        )


def _basis(at: roles.Setting) -> str | None:
    """What a share is taken of: 合同金额, 实际支出费用."""
    if (after := _BASE_AFTER.match(at.after)) is not None:
        return after["base"]
    match = _BASE.search(at.before[-44:])
    if match is None:
        return None
    words = re.sub(r"^(?:分别|照|最高|可|按|不超过|给予)+", "", match["base"]).strip("\"'(")
    return words if _SPEND_NOUN.search(words) else None


def _tier(text: str, frame: _Frame, figures: list[Amount], position: int) -> str | None:
    """The group of beneficiaries a number is for: the k-th of those enumerated, else the one its frame names."""
    run = _run(text, figures, position)
    if len(run) > 1:
        names = list(dict.fromkeys(match[0] for match in _TIERS.finditer(text[: figures[run[0]].start])))
        if len(names) >= len(run):
            return names[run.index(position)]
        return str(run.index(position) + 1)
    if frame.subject and (match := _TIER_SUBJECT.match(frame.subject)):
        return match[0]
    return None


def _run(text: str, figures: list[Amount], position: int) -> list[int]:
    """The positions of the figures enumerated together with this one (30%、20%)."""
    first = last = position
    while (
        first
        and figures[first - 1].kind == figures[first].kind
        and _LIST.match(text[figures[first - 1].end : figures[first].start])
    ):
        first -= 1
    while (
        last + 1 < len(figures)
        and figures[last + 1].kind == figures[last].kind
        and _LIST.match(text[figures[last].end : figures[last + 1].start])
    ):
        last += 1
    return list(range(first, last + 1))


def _clean(words: str | None) -> str | None:
    if not words:
        return None
    words = words.strip(" \"'()")
    return words[:80] or None


def distinct(drafts: list[Draft]) -> list[Draft]:
    """Each promise once: a lead repeats the body, a heading its article. The fuller reading stays."""
    out: list[Draft] = []
    for draft in drafts:
        twin = next(
            (
                at
                for at, other in enumerate(out)
                if (other.kind, other.value, other.unit, other.topic.family, other.topic.side)
                == (draft.kind, draft.value, draft.unit, draft.topic.family, draft.topic.side)
                and (
                    other.tier == draft.tier
                    or other.tier is None
                    or draft.tier is None
                    or other.sentence is not draft.sentence
                )
            ),
            None,
        )
        if twin is None:
            out.append(draft)
        elif _detail(draft) > _detail(out[twin]):
            out[twin] = draft
    return sorted(out, key=lambda draft: draft.start)


def _detail(draft: Draft) -> int:
    return (
        sum(part is not None for part in (draft.period, draft.basis, draft.applies_to)) + draft.topic.strength
    )
