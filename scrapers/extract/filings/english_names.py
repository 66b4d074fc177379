"""Services an English text names outside of tables: `Baidu's ERNIE Bot`, `ERNIE Bot (Baidu)`, lists of them in a sentence or
with one a line.

`read` is all the rest of the package asks for; nothing here reads Chinese.
"""

import re
from collections.abc import Iterator
from functools import cache

from scrapers.documents import Context, Document
from scrapers.extract.filings import english
from scrapers.extract.filings.days import page_date
from scrapers.extract.filings.grammar import NUMBER, Kind, english_provinces, makers, province_of_number
from scrapers.extract.filings.scopes import NATIONAL, scope_of
from scrapers.lexicon import models
from scrapers.records import Filing, Ground

_Named = tuple[str | None, str, str]
"""(maker, model, the words they rest on)."""

_GIVEN = r"(?:approvals?|licen[cs]es?|clearance|nod|green[- ]?light|go-ahead|permission|filing certificates?)"
_APPROVED = re.compile(
    rf"(?<!un)(?<!dis)approved\b|\bapproves\b|\b(?:obtain|receiv|w[io]n|gain|grant|secur|get|got|giv|be)\w*\b[^.;]{{0,60}}\b{_GIVEN}\b|\b{_GIVEN}\b[^.;]{{0,30}}\b(?:to|for|of)\b"
    rf"|\b(?:following|after|with|under)\b[^.;,]{{0,30}}\b{_GIVEN}\b|\bclear(?:ed|s)\b|\bgreen-?lit\b|\bfiled\b|\bcomplet(?:ed|es|ing) (?:[\w'’-]+ ){{0,6}}?(?:filings?|registrations?)\b|(?<!un)registered\b|\bpass(?:ed|es|ing) (?:[\w'’-]+ ){{0,6}}?(?:filings?|review|assessment|registration)\b|\bpublish\w* filings\b|\b(?:filing|latest|newest|approval) list\b|\b(?:filings|registrations|approvals)\b[^.;]{{0,20}}\b(?:includ|cover)\w+|\bbatch\b|\bon the (?:\w+ )?list\b",
    re.I,
)
_NOT_YET = re.compile(
    r"\b(?:not|never|without|await\w*|seek\w*|pending|must|should|need(?:s|ed)? to|required? to|yet to|waiting|denied|refused|rejected|before (?:it|they) can)\b[^.;]{0,60}(?:approv|licen|clear|fil(?:e|ed|ing)\b|regist|green)",
    re.I,
)
_ABROAD = re.compile(
    r"\b(?:OpenAI|Google|Microsoft|Meta|Anthropic|xAI|Amazon|Mistral|Perplexity|Stability AI)\b"
)
"""Makers whose services news compares the approved ones with."""
_NO_MAKER = re.compile(
    r"(?:Likes|The |This |That |These |Those |Its |Their |Chinese |China|America|Europe|EU|US|U\.S|UK|Trump|Biden|Xi\b|Hong Kong|Government|Ministry|State|Cyberspace|CAC|Interim|According|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
)
_NO_MODEL = re.compile(
    r"(?:.*\b(?:Act|Plan|Law|Measures|Administration|Office|Bureau|Commission|Ministry|Regulations?|Provisions|Report|Paper|Congress|Conference|Index|Inc|Ltd|Group|Holdings|Corp|President|CEO|Chairman|Founder|Mayor|Developed|Algorithms?|List|Likes|University|Academy|Institute|School|Sciences|Party|Cloud|Technology|Technologies)|AI|LLMs?|GPT|Chinese|China|Generative AI|GenAI|API|App Store|IPO|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)$"
)
_WORD = r"(?:\d\d\.AI|(?<![\w-])(?:vivo\b|[a-z]?[A-Z0-9](?:[\w&]|-(?!like|powered|based|style|driven|backed))*+(?!-)(?:\.(?:\d+|AI))?))"
_NAME = rf"(?!(?:AI|A\.I\.|LLMs?)\b){_WORD}(?:\s{_WORD}){{0,3}}"
_CALLED = rf"(?:{_NAME}|\w*[\u4e00-\u9fff]\w*)"
"""A name of a service, which may be Chinese."""
_KIND = r"(?:(?!(?:on|in|to|for|and|or|of|with|by|the|at|from|after|as|would|will|is|was|were|are|has|have|had|be|been|that|which|who|said)\s)(?:[a-z][\w-]*|\w+-(?:like|powered|based|style|driven)|AI|A\.I\.|LLMs?|GenAI|\([A-Za-z]+\))\s)"
"""A word that tells what a service is: `ChatGPT-like`, `large language model`."""
_SERVICE = re.compile(
    r"模型|助手|\b(?:chat)?bots?\b|model|LLM|assistant|\bapp\b|service|\btool\b|product|GPT", re.I
)
_FILED = re.compile(r"\bfil(?:ed|ings?)\b", re.I)
_ON_DEVICE = re.compile(r"\bon-device\b", re.I)
_LAUNCHED = re.compile(r"launch|open|introduc|roll|releas|availab|unveil|debut|accessib", re.I)
_OWNED = re.compile(
    rf"(?P<e>{_NAME})['’]s?\s(?P<kind>{_KIND}{{0,6}}(?:[a-z]+,\s)?)(?:(?:called|named|dubbed|known as)\s)?[“\"‘]?(?P<m>{_CALLED})[”\"’]?(?![\w’'])"
)
"""`Baidu's ERNIE Bot`, `Baidu's ChatGPT-like chatbot Ernie Bot`."""
_ITS = re.compile(
    rf"\b(?:[Ii]ts|[Tt]heir|[Tt]he company['’]s)\s(?P<kind>(?:{_KIND})*?)(?P<last>[a-z]+|\([A-Z]+\)|bot|LLM)?,?\s?(?:(?:called|named|dubbed|known as)\s)?[“\"‘]?(?P<m>{_CALLED})[”\"’]?(?![\w’'])"
)
"""`Baidu has obtained approval to launch its bot, Ernie`: the maker is said before."""
_QUOTED = re.compile(
    r"[“\"](?P<m>[^”\"]{2,40}?),?[”\"](?=(?:\s(?:and|or)\s[“\"]|,\s|\s+(?:AI |large |language |\w+ )?(?:LLM|model|chatbot|service|app|assistant|product|GPT)))"
)
_MADE_BY = re.compile(
    rf"(?P<m>{_NAME})(?:\s\([^()]*\))?,?\s(?:(?:which was |was |is (?:an? (?:{_KIND}){{1,5}})?|(?:the|an?) (?:{_KIND}){{1,5}})?(?:developed|made|built|created|owned|run|operated|offered|launched)\sby|from|by)\s(?:\w+\s){{0,3}}?(?P<e>{_NAME})"
)
_GOES_ON = re.compile(
    r"(?:It|The (?:\w+ ){0,2}(?:model|service|chatbot|app|assistant|product|tool))\s(?:was|has|is|had|also|received|obtained|gained|won|got|passed|completed|cleared)\b"
)
"""A sentence about the service of the one before."""
_PRINTED = re.compile(r"(?<![\w-])[A-Z][A-Za-z]+-[\w.-]+?-\d{8}S?\d{0,6}(?![\w-])")
"""A filing's number in a sentence."""
_OURS = re.compile(
    rf"\b[Oo]ur\s(?:{_KIND}){{0,6}}?(?:model|LLM|chatbot|app|assistant|service|product|tool)s?(?:,\s(?P<a>[\w-]+)[,\s]|\s(?P<c>{_NAME}))"
    rf"|(?P<b>{_NAME}),\s(?:our|its|their|(?P<be>{_NAME})['’]s)\s(?:{_KIND}){{0,5}}[a-z]+,"
)
"""`Our language model, bilibiliindex, …`, `Naive, our chat companion, …`: the maker speaks, or is not said."""
_BUILT_ON = re.compile(
    r"\b(?:(?:built|based|running|runs|trained|powered|developed) (?:on(?: top of)?|by|with|around)|us(?:es|ing)|call(?:s|ing)|rel(?:ies|ying) on)\s(?:the\s)?$"
)
"""Before what a service calls, which is not what was approved."""
_LAUNCHES = re.compile(
    rf"(?P<e>{_NAME})\s(?:has\s|have\s)?(?:opened|launched|released|introduced|unveiled|rolled out)\s(?:its\s|the\s)?(?:{_KIND}){{0,5}}?(?P<m>{_NAME})"
)
_GIVEN_FOR = re.compile(rf"\b{_GIVEN} for\s(?:its\s|the\s)?(?:{_KIND}){{0,5}}?(?P<m>{_NAME})")
_NUMBER_BEHIND = re.compile(
    r"[\s!.]*(?:(?:Its|The|Our)\s)?(?:[Ff]iling|[Rr]egistration|[Rr]ecord)\s(?:[Nn]umber|[Nn]o\.?)(?:\sis)?[:\s]*"
)
_ARE_MODELS = re.compile(
    r"\b(?:services|models|chatbots|apps|applications|products|tools|LLMs)\b[^.;()]{0,40}(?:\b(?:are|were|include|including)|:)\s+(?:the\s)?$"
)
_WITH_ENTITY = re.compile(
    rf"(?P<m>{_CALLED})\s*(?:[—–:,(-]|by|from)\s*(?P<e>[\w（）()&. ]{{2,40}}?(?:公司|研究院|大学|Ltd|Inc))"
)
"""`TigerBot — 虎博网络技术（上海）有限公司`, in a line that prints a number."""
_WHOSE = re.compile(rf"(?P<e>{_NAME}),?\swhose\s(?:{_KIND}){{0,4}}(?P<m>{_NAME})")
_QUOTED_BY = re.compile(
    rf"[“\"](?P<m>[^”\"]{{2,40}}?),?[”\"],? (?:developed |made |built )?(?:by|from) (?:[\w-]+\s){{0,5}}?(?P<e>{_NAME})"
)
_MAKER_OF = re.compile(
    rf"(?P<e>{_NAME}),?\s(?:the |a )?(?:\w+\s){{0,3}}?(?:maker|developer|creator|operator|owner|company|startup|start-up|firm)\s(?:of|behind)\s(?:the\s)?(?:{_KIND}){{0,5}}?(?P<m>{_NAME})"
)
_BRACKETS = re.compile(rf"(?P<a>{_NAME})\s\((?P<b>[A-Z0-9][\w .&-]{{1,40}})\)")
_ITEM = rf"(?:the\s)?{_NAME}(?:['’]s\s{_NAME})?(?:\s(?:phone )?model)?"
_OF_FIRMS = re.compile(
    r"\b(?:recipients|companies|firms|makers|developers|providers|startups|groups)\b", re.I
)
"""Before the list, these say that it is of makers."""
_ADVERBS = r"(?:(?:all|both|also|now|already|since)\s)*"
_SUBJECTS = re.compile(
    rf"(?:^|[.:;]\s|\s)(?P<items>{_NAME}(?:(?:,\s(?:and\s)?|\sand\s){_NAME})+)\s"
    rf"(?:(?:are|were|(?:have|had)\s{_ADVERBS}been)\s{_ADVERBS}(?:approved|filed|cleared|registered)|(?:have|had)\s{_ADVERBS}(?:completed|passed))\b"
)
"""`DeepSeek, Kimi and Doubao have all been filed`."""
_AMONG = re.compile(
    rf"\b(?:services|models|chatbots|apps|products|tools|LLMs|platforms|systems|bots)\b[^.;]{{0,60}}?\b(?:includ(?:e|es|ed|ing)|such as|is|are|was|were|like):?\s+"
    rf"(?P<items>{_ITEM}(?:(?:,\s(?:and\s)?|\sand\s|\salongside\s){_ITEM})+)"
)
"""`The services that were filed include DeepSeek and Baidu's Ernie Bot`."""
_OF_LIST = re.compile(rf"(?:(?:the\s)?(?P<owner>{_NAME})['’]s\s)?(?P<name>{_NAME}(?:\s(?:phone )?model)?)")
_LISTED = re.compile(
    rf"\b(?:approved|cleared|filed|registered)\s\((?P<items>{_NAME}(?:,\s(?:and\s)?{_NAME})+)\)", re.I
)
"""`First batch approved (ERNIE Bot, SenseChat, ChatGLM)`."""
_PART = re.compile(
    r"(?:(?:Inc|Co|Ltd|Corp|Mr|Dr|No|U\.S)\.|\d\.\d|(?!,\s(?:while|whereas|but)\s)[^.!?;\n]|\.(?=\w))+(?:,\s(?:while|whereas|but)(?=\s)|[.!?;”\"]*\n?)"
)
"""A sentence, or its part up to where it turns to another service."""


def read(document: Document, context: Context, seen: set[str]) -> Iterator[Filing]:
    """Each service once, in the order of the text; the text has no table of them. `seen` holds numbers in lower case, and
    grows."""
    text = document.text
    page = context.date or page_date(document)
    told: set[tuple[str | None, str]] = set()
    approved: set[str] = set()
    latest: set[str] = set()
    previous: re.Match[str] | None = None
    for match in _PART.finditer(text):
        sentence = match[0].rstrip("\n")
        is_approval = bool(_APPROVED.search(sentence) or _PRINTED.search(sentence)) and not _NOT_YET.search(
            sentence
        )
        found: list[_Named] = []
        before, latest = latest, _makers_in(sentence) if is_approval else set()
        approved |= latest
        if is_approval:
            found = _named(sentence, after=previous[0].rstrip("\n") if previous else "")
        elif approved and not _NOT_YET.search(sentence):
            # `It launched its chatbot, Ernie Bot`, of a maker who was said to be approved, just now or before
            of_whom = approved if _LAUNCHED.search(sentence) else before
            found = [one for one in _named(sentence, only_described=True) if one[0] in of_whom]
        if is_approval and not found and (len(sentence) <= 40 or sentence.rstrip().endswith(":")):
            found = _lines_after(text, match.end())
        from_start = match.start()
        if is_approval and not found and previous and _GOES_ON.match(sentence.strip()):
            found, from_start = _named(previous[0].rstrip("\n"))[:1], previous.start()
        previous = match
        place = scope_of(sentence, None)
        for entity, model, quote in found:
            if (entity, model) in told:
                continue
            told.add((entity, model))
            start = text.index(quote, from_start)
            code = _number_of(quote, [quote for _, _, quote in found], sentence)
            if code is None and len(found) == 1 and (lead := _NUMBER_BEHIND.match(text, match.end())):
                behind = _PRINTED.match(text, lead.end())
                code = NUMBER.match(behind[0]) if behind else None
            if code:
                seen.add(code[0].lower())
            yield Filing(
                kind="registration" if code and code[4] else _kind(sentence, text),
                model_name=model,
                entity_name=entity,
                province=(province_of_number(code[1]) if code else None)
                or (place if place != NATIONAL else None),
                filing_number=code[0] if code else None,
                filed_date=english.day_behind(sentence, _APPROVED, page),
                note="named in a sentence" if code else "named in a sentence; no number printed",
                ground=Ground(
                    quote=quote,
                    start=start,
                    end=start + len(quote),
                    locator=f"chars {start}-{start + len(quote)}",
                ),
            )


def _kind(sentence: str, text: str) -> Kind:
    """The register a sentence speaks of; applications are `registered` where the text tells filing apart from it."""
    if _ON_DEVICE.search(sentence):
        return "on_device_filing"
    is_registered = re.search(r"(?<!un)regist(?:ered|rations?)\b", sentence) and not _FILED.search(sentence)
    is_of_apps = re.search(r"\b(?:apps?|applications?|functions?|features?)\b", sentence)
    return "registration" if is_registered and is_of_apps and _FILED.search(text) else "filing"


def _number_of(name: str, names: list[str], sentence: str) -> re.Match[str] | None:
    """The number printed behind a name of a sentence and before the next one, or anywhere when there is one of each."""
    codes = list(_PRINTED.finditer(sentence))
    if len(codes) == len(names) and (len(codes) == 1 or "respectively" in sentence):
        return NUMBER.match(codes[names.index(name)][0])
    at = sentence.find(name)
    ends = [start for other in names if (start := sentence.find(other)) > at]
    inside = [m for m in codes if at <= m.start() < min(ends, default=len(sentence))] if at >= 0 else []
    return NUMBER.match(inside[0][0]) if len(inside) == 1 else None


def _lines_after(text: str, at: int) -> list[_Named]:
    """`1. Tiangong (Kunlun Tech)`: one service a line, below a line that announces them; the maker is the side of the brackets
    that is known as one."""
    rows: list[tuple[str, str, str]] = []
    for line in text[at:].lstrip("\n").split("\n"):
        item = re.sub(r"^\s*(?:[-*•·●]|[（(]?\d{1,3}[.、)）])\s*", "", line).strip(" .;")
        if (pair := re.fullmatch(r"([^()]{2,60}?)\s*\(([^()]{2,60})\)", item)) is None:
            break
        rows.append((pair[1], pair[2], line.strip()))
    if len(rows) < 2:
        return []
    swap = sum((inside in makers()) - (outside in makers()) for outside, inside, _ in rows) > 0
    return [(inside, outside, quote) if swap else (outside, inside, quote) for outside, inside, quote in rows]


def _named(sentence: str, *, only_described: bool = False, after: str = "") -> list[_Named]:
    """The services a sentence names with their makers, in its order; `only_described`: those it calls a model or a bot;
    `after`: the sentence before, which names the maker of `its model`."""
    out: dict[int, _Named] = {}

    def add(at: int, maker: str | None, model: str, quote: str) -> None:
        if _BUILT_ON.search(sentence[:at]) and not _WITH_ENTITY.match(sentence, at):
            return
        owner, name = _maker(maker) if maker else None, _model(model)
        inside = any(start <= at < start + len(one[2]) for start, one in out.items())
        if name and owner != name and not inside:
            out[at] = (owner, name, quote)

    for m in _OWNED.finditer(sentence):
        tail = sentence[m.end() : m.end() + 24]
        described = (
            _SERVICE.search(m["kind"])
            or _SERVICE.search(m["m"])
            or re.match(r"\s(?:\w+\s)?" + _SERVICE.pattern, tail, re.I)
        )
        if _is_maker(m["e"]) and (described or not only_described):
            is_class = re.match(r"\s(?:model|chatbot|assistant|tool|service|app)s?\b", tail)
            add(m.start(), m["e"], m["m"].removesuffix(" AI") if is_class else m["m"], m[0])
    for m in _ITS.finditer(sentence):
        maker = _last_maker(sentence[: m.start()]) or _last_maker(after)
        if maker and _SERVICE.search(
            f"{m['kind']}{m['last'] or ''} {m['m']}{sentence[m.end() : m.end() + 12]}"
        ):
            add(m.start("m"), maker, m["m"], m["m"])
    if only_described:
        return [out[at] for at in sorted(out)]
    for m in _QUOTED.finditer(sentence):
        add(m.start("m"), _last_maker(sentence[: m.start()]), m["m"], m["m"])
    if _PRINTED.search(sentence):
        for m in _WITH_ENTITY.finditer(sentence):
            add(m.start(), m["e"], m["m"], m[0])
    for m in _OURS.finditer(sentence):
        group = next(name for name in "abc" if m[name])
        is_theirs = re.search(r",\s(?:its|their)\s", m[0])
        maker = _last_maker(sentence[: m.start()]) if is_theirs else m["be"]
        add(m.start(group), maker, m[group], m[group])
    for m in _LAUNCHES.finditer(sentence):
        if _is_maker(m["e"]):
            add(m.start(), m["e"], m["m"], m[0])
    for m in _GIVEN_FOR.finditer(sentence):
        maker = _last_maker(sentence[: m.start()])
        if maker and not _known(m["m"]):
            add(m.start("m"), maker, m["m"], m["m"])
    for m in _WHOSE.finditer(sentence):
        if _is_maker(m["e"]):
            add(m.start(), m["e"], m["m"], m[0])
    for m in _QUOTED_BY.finditer(sentence):
        add(m.start(), m["e"], m["m"], m[0])
    for pattern in (_MAKER_OF, _MADE_BY):
        for m in pattern.finditer(sentence):
            if _is_maker(m["e"]) and (
                pattern is _MAKER_OF
                or _known(m["e"])
                or "by" in m[0].split(m["e"])[0]
                or _SERVICE.search(m["m"])
            ):
                add(m.start(), m["e"], m["m"], m[0])
    brackets = [m for m in _BRACKETS.finditer(sentence) if _known(m["a"]) or _known(m["b"])]
    unknown = [m for m in _BRACKETS.finditer(sentence) if m not in brackets and not m["b"].isupper()]
    bracketed = sorted(
        brackets + (unknown if len(brackets) + len(unknown) > 1 else []), key=lambda m: m.start()
    )
    for m in bracketed:
        are_models = _ARE_MODELS.search(sentence[: bracketed[0].start()])
        swap = not _known(m["a"]) and (_known(m["b"]) or are_models)
        maker, model = (m["b"], m["a"]) if swap else (m["a"], m["b"])
        add(m.start(), maker, model, m[0])
    for among in [*_AMONG.finditer(sentence), *_SUBJECTS.finditer(sentence)]:
        items = list(_OF_LIST.finditer(among["items"]))
        split = [(m["owner"], m["name"]) if m["owner"] else _split(m["name"]) for m in items]
        if _OF_FIRMS.search(sentence[among.start() : among.start("items")]):
            continue
        # makers alone are a list of firms; one with its service shows that the list is of services
        if len(items) < 2 or not (
            any(owner or (models.sureness(name) >= 2 and not _known(name)) for owner, name in split)
            or not any(_known(name) for _, name in split)
        ):
            continue
        for m, (owner, name) in zip(items, split, strict=True):
            at = among.start("items") + m.start()
            out.pop(among.start("items") + m.start("name"), None)
            add(at, owner, name, m[0])
    if listed := _LISTED.search(sentence):
        for m in re.finditer(_NAME, listed["items"]):
            add(listed.start("items") + m.start(), *_split(m[0]), m[0])
    return [out[at] for at in sorted(out)]


def _split(name: str) -> tuple[str | None, str]:
    """`Baidu Ernie Bot` to its maker and its name; a known name (Apple Intelligence) is whole."""
    if models.sureness(name) == 3:
        return None, name
    maker = next((known for known in makers() if known.isascii() and name.startswith(known + " ")), None)
    return (maker, name[len(maker) + 1 :]) if maker else (None, name)


@cache
def _places() -> frozenset[str]:
    return frozenset(name.title() for name in english_provinces())


def _known(name: str) -> bool:
    return name in makers()


def _is_maker(name: str) -> bool:
    return not (_NO_MAKER.match(name) or _ABROAD.search(name) or name in _places())


def _maker(name: str) -> str | None:
    """A maker without the words of its kind before it: `Startup Frontis.AI`."""
    name = re.sub(
        r"^(?:Tech giant|Startup|Start-up|Company|Firm|Meanwhile|Also|And|But|While|Among|Internet giant)\s",
        "",
        name,
    )
    return re.sub(r"\s(?:Inc|Corp|Holdings|Ltd)\.?$", "", name) or None


def _model(name: str) -> str | None:
    """A name a model can have; null for what is none."""
    name = name.strip(' .,“”"')
    is_other = name.isdigit() or _NO_MODEL.match(name) or name in _places() or _ABROAD.search(name)
    return None if is_other else name or None


def _makers_in(sentence: str) -> set[str]:
    """Who a sentence about an approval speaks of."""
    found = {m[0] for m in re.finditer(_NAME, sentence)}
    made = {maker for name in found if _is_maker(name) and (maker := _maker(name)) and not maker.isdigit()}
    return made | {maker.removesuffix(" Group") for maker in made}


def _last_maker(before: str) -> str | None:
    """The maker that words before a service speak of last: a known one, else the name the sentence begins with or that a verb
    follows."""
    names = [m for m in re.finditer(_NAME, before) if _is_maker(m[0]) and not m[0].isdigit()]
    known = [m for m in names if _known(m[0]) or _known(_maker(m[0]) or "")]
    acting = [
        m
        for m in names
        if re.match(
            r"(?:\s\([^()]*\))?(?:,[^,]{3,120},)?\s(?:(?:today|also|recently|now) )?(?:has|have|had|was|is|said|\w+ed|won|got|made)\b",
            before[m.end() :],
        )
    ]
    return _maker((acting or known)[-1][0]) if acting or known else None
