"""English sentences as clauses, and what each says of an approval: given, or only wished, asked for, refused.

A sentence becomes tokens with a tag of one letter each, so that its grammar can be written as patterns over tags; it falls into
clauses where a conjunction brings another subject or predicate, and at relative clauses and participles behind a name. Whether an
approval was given is told for each clause alone: in `A received approval, while B is waiting for it` the two differ.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from scrapers.extract.filings.english_words import APPROVED, GRANT, LIST, PROCESS
from scrapers.extract.filings.grammar import english_provinces, makers
from scrapers.lexicon import models, places

Status = Literal["done", "undone"]

# --- Tokens ---------------------------------------------------------------------------------------------------------
# N a name, Q a name in quotes, X a maker from abroad or a thing of its, L a place, O an office, law or newspaper, C a filing's
# number, D a date, # a number, P the possessive, p its/their/our, W whose, k K a service or services, f F a firm or firms,
# g a title of a person, d determiner, b be, h have, m modal, n not, v another verb, A a verb of approval, a adverb, r who/which,
# s conjunction of clauses, & and, i preposition, c called, t pronoun, w another word, then the marks , ; : ( ) - .

_WORDS: dict[str, str] = {
    "p": "its their our his her my",
    "W": "whose",
    "k": "model llm chatbot bot assistant app application service tool product platform system agent program copilot companion helper version"
    " function feature offering engine cockpit software chat series family",
    "K": "models llms chatbots bots assistants apps applications services tools products platforms systems agents programs copilots functions"
    " features offerings entries ones versions",
    "f": "startup start-up company firm giant maker developer operator owner unit carmaker automaker retailer provider lab laboratory institute"
    " university subsidiary affiliate arm specialist publisher group unicorn vendor builder brand team parent",
    "F": "startups start-ups companies firms giants makers developers operators owners businesses carmakers automakers retailers providers labs"
    " institutes universities groups recipients institutions enterprises vendors players entities brands",
    "g": "ceo founder co-founder president chairman analyst director researcher spokesman spokesperson spokeswoman executive professor minister"
    " official officer chief premier head mayor",
    "d": "the a an this these those each both all every some any another other another three two four five six seven eight nine ten eleven twelve"
    " one several many more most others",
    "b": "is are was were am be been being",
    "h": "have has had having",
    "m": "will would can could may might must shall should",
    "n": "not never no neither none nor cannot",
    "v": "threw said says say announced announces reported reports report won wins got gets gave gives let lets makes made became becomes withdrew rose"
    " fell saw sees went goes held holds hold uses runs expects expect plans intends hopes aims wants needs came comes put puts took takes adds"
    " includes include lists names reads read ran sent led leads leapt jumped climbed relies calls stays stay remains remain follow follows means"
    " built began begun told thinks believes seeks sought faces applies does did do done stood stands rely get counts count seems wrote writes"
    " passes clears approves files registers found finds keeps kept left sits appears appear shows show joins join meet meets",
    "A": "approved cleared filed registered licensed greenlit green-lit greenlighted green-lighted authorised authorized okayed listed",
    "r": "which who whom where",
    "s": "while whereas but although though whilst because",
    "&": "and or &",
    "i": "of in on at by from with for to under over among between after before since until during through against into onto about without"
    " within as than like unlike via alongside behind across upon following including according per",
    "c": "called named dubbed as",
    "t": "it they we he she that there",
    "a": "also already now then later since recently finally officially formally only just still both all respectively too yet even again once"
    " soon jointly separately meanwhile however first together",
}
_TAGS = {word: tag for tag, words in _WORDS.items() for word in words.split()}
_TAGS.update({"as": "i", "both": "d", "all": "d", "since": "i"})
_OPENING = (
    "rival rivals peer peers partner competitor competitors regulators regulator shares officials list milestones local foreign domestic national chinese tech technology internet "
    "search artificial generative large language second third fourth fifth latest newest new recent further next last key "
    "figures total client alert update news digest question answer approvals approval filing filings registration "
    "registrations listing permission clearance licence license licences licenses certificates today yesterday earlier fourteen thirteen dozens hundreds thousands if when because such so what "
    "how why here yes please note source users twenty thirty forty fifty failure proud see additions newcomers entrants you "
    "i us fewer less people investors analysts reporters media state-backed state-owned government authorities city "
    "province provincial municipal nationwide founded backed developed launched released located headquartered based "
    "whether despite amid unless "
)
_OPENERS = frozenset(_OPENING.split()) | frozenset(_TAGS)
"""Words a sentence or a heading may begin with in capitals that are no names."""
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_DATE = rf"(?:{_MONTH}(?:\s\d{{1,2}}(?:st|nd|rd|th)?\b(?!\.\d))?(?:,?\s20\d\d\b)?|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}(?:,?\s20\d\d\b)?|(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|20[12]\d)\b(?!-))"
PRINTED = r"(?<![\w-])[A-Z][A-Za-z]+-[\w.-]+?-\d{8}S?\d{0,6}(?![\w-])"
"""A filing's number."""
_NAME_WORD = (
    r"\d\d\.AI|vivo\b|nubia\b|(?:[a-z]{0,2}[A-Z]|\d(?=[\w.]*[A-Za-z]))(?:[\w&+]|['’](?!s\b)[a-z]+|-(?!(?:like|powered|based|style|driven|backed|branded|built|owned|listed|invested|in|to|of|and)\b)(?=\w))*"
    r"(?:\.(?:\d\w*|AI|com|ai)\b)?|\d{1,4}(?:\.\d+)?(?![\w%,.]*\w)|[\u4e00-\u9fff](?:[\w\u4e00-\u9fff·]|[（(][\u4e00-\u9fff]+[)）])*"
)
_ACADEMY = r"(?:(?!The\b)[A-Z]\w+\s){0,3}(?:Academy|University|Institute|Bank|School|Hospital|College)\sof\s[A-Z]\w+(?:\s[A-Z]\w+)*"
_OFFICE_OF = r"(?:(?!The\b)[A-Z]\w+\s){1,3}(?:Commission|Committee|Bureau|Department|Ministry|Office|Administration)\sof\s(?:the\s)?[A-Z]\w+(?:(?:,\s[A-Z]\w+)*,?\sand\s[A-Z]\w+)?"
_ACCOUNT = r"[“\"]?[A-Z][\w-]+(?:\s[A-Z][\w-]+){0,3}[”\"]?\s(?:(?:WeChat|public|official|media)\s){0,2}(?:account|(?<=Chat\s)number|(?<=blic\s)number)\b|account of [“\"][^”\"\n]{2,40}[”\"]"
"""Who told it: `its Weibo account`."""
_TICKER = r"\((?:[A-Z]{2,7}(?:\s[A-Z]+)?:\s?[A-Z\d.]{1,8}|\d{3,6}\.[A-Z]{2}|[A-Z]{1,5}\.[A-Z]{1,2})\)"
"""The number of a share: `(9888.HK)`."""
_VERSION = re.compile(
    r"\s(?:\d+\.\d+(?!\d|\s(?:million|billion|trillion))|\d{1,2}(?=[,.;)'’]|\s(?:is|was|has|had|to|and)\b))"
)
"""Behind a name, a number that belongs to it: `Seedream 4.0`."""
_KNOWN = "|".join(re.escape(name) for name in makers() if name.isascii() and " " in name)
_SEATS = "|".join(name.title() for name in english_provinces())
_BRANCH = (
    rf"[A-Z][\w-]+(?:\s[A-Z][\w-]+){{0,3}}\s\((?:China|{_SEATS}|Shenzhen|Hangzhou|Guangzhou|Suzhou|Nanjing|Chengdu|Wuhan)\)"
    r"(?:\s(?:[A-Z][\w&-]+|Co\.,?\sLtd))*(?:,?\sLtd)?(?!\w)"
)
"""A firm's branch: `Tesla (Shanghai) Co., Ltd`."""
_TOKEN = re.compile(
    rf"(?P<C>{PRINTED})|(?P<ticker>{_TICKER})|(?P<O>{_OFFICE_OF}|{_ACCOUNT})|(?P<academy>{_ACADEMY}|People['’]s\sRepublic(?:\sof\sChina)?)|(?P<known>(?:{_KNOWN})(?![\w-])|{_BRANCH})|(?P<D>{_DATE})|[“\"](?P<Q>(?=[^a-z]|\w+\s?\w*[”\"])[^”\"\n]{{2,48}})[”\"]|‘(?P<q>[^’\n]{{2,40}})[’](?!\w)|(?<!\w)'(?P<r>[A-Z][^'\n]{{1,40}})'(?!\w)"
    rf"|(?P<adjective>[A-Z]\w+-(?:based|like|powered|backed|style|driven|listed|owned|led|founded|headquartered)\b)|(?P<P>(?<=\w)['’]s\b|(?<=s)['’](?=\s))|(?P<number>\d+(?:st|nd|rd|th)\b|(?:USD|CNY|RMB|HKD|EUR)\s?\d[\d,.]*\d|[$¥€]?\d[\d,]*(?:\.\d+)?[%+]?(?![\w.]*[A-Za-z]))|(?P<N>{_NAME_WORD})"
    r"|(?P<word>[A-Za-z][\w]*(?:[-’'](?!s\b)[\w]+)*)|(?P<mark>[,;:()–—/.!?]|(?<=\s)--?(?=\s))"
)
_ABROAD = re.compile(
    r"(?:OpenAI|ChatGPT|GPT-?\d|Google|Gemini|Bard|Microsoft|Meta|Anthropic|Claude|xAI|Grok|Amazon|Mistral|Perplexity|Stability|Nvidia|TikTok|Siri|WeChat|Windows|Android|IKEA|US|EU|UK|AI Act)\b"
)
"""Makers and services from abroad that news compares the approved ones with, and famous products that are none."""
_OFFICE = re.compile(
    r".*\b(?:Administration|Ministry|Office|Bureau|Commission|Measures|Act|Law|Provisions|Regulations?|Rules|Congress|Conference|Council|Party|Reuters|Caixin Global|Xinhua|Bloomberg|Times|News|LatePost|Caixin|Post|Morning|Wire|Newswire|Journal|Zone|Port|Forum|Court|Police|Exchange|Plan|Report|Paper|App Store|Valley|CAC)$"
    r"|(?:CAC|MIIT|NDRC|PRNewswire|NASDAQ|NYSE|HKEX|SSE|IPO|CEO|API|APIs|GPUs?|Q|A|KEY|FIGURES|HONG|KONG|BEIJING|SHANGHAI|SHENZHEN|PR|App|Co|Ltd|Mr|Ms|Dr|Generative AI|No)$|Cyberspace\b|Interim\b|State\b"
)
_OFFICE_BEHIND = re.compile(
    r"(?:['’]s)?\s(?:\w+\s){0,2}?(?:cyberspace|municipal|provincial|CAC|branch|office|regulators?\b|watchdog|authorit|administration|Cyberspace|Municipal|Provincial|Internet|Administration|Commission|Committee|Bureau|Department)"
)
_OFFICE_BEFORE = re.compile(
    r"\b(?:[Cc]yberspace|[Ii]nternet|[Ii]nformation)\s(?:\w+\s)?(?:[Aa]dministration|[Oo]ffice|[Rr]egulators?|[Ww]atchdog|[Aa]uthorit\w+)\s(?:in|of)\s(?:the\s)?$"
)
_GOVERNS = re.compile(r"regulators?|watchdog|authorit|administration", re.I)
"""What `Beijing's` is followed by when it means the government."""
_APPROVES_BEHIND = re.compile(
    r"\s(?:\w+\s){0,6}?(?:by\s)?(?:approving|greenlighting|clearing|registering|granting)\b|\s(?:has\s)?(?:published|reported|announced|disclosed)\s(?:its|a|the)\b"
    r"|\s(?:\w+ly\s|has\s|had\s|also\s|authorities\s|officials\s)*(?:approved|filed|registered|cleared|granted|added|put|saw|approves|registers|adds)\b|\s(?:now\s)?(?:has|had|counts)\s(?:\w+\s)?(?:\d|\w+\s(?:approved|filed|registered))|['’]s\s(?:first|newest|latest|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|tally|count|total|list|register|registry)\b|\s(?:Free|Province)\b"
)
_APPROVED_IN = re.compile(
    r"\b(?:approved|filed|registered|cleared|filings?|registrations?|approvals?)\s(?:\w+\s)?(?:in|by|with|from)\s(?:the\s)?$",
    re.I,
)
_COUNTRIES = "China|People's Republic|Hong Kong|Macau|Taiwan|Asia|Europe|America|United States|U.S|Chinese|Mandarin|English|American|European|Japan|Singapore|Mainland|Yuan|Lao|Thai|Tibetan|Mongolian|Uyghur|Cantonese|Vietnamese|Malay|Korean|Japanese|Arabic"
_NATIONS = frozenset(_COUNTRIES.split("|"))
_CLASS_WORD = re.compile(r"(?:AI|A\.I|GenAI|AIGC|LLM|NLP|AGI|VR|AR|IT|Gen)(?:-\w+)?")
"""What a service is, no name of one."""
_COUNT_WORD = re.compile(
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|(?:four|fif|six|seven|eigh|nine)teen",
    re.I,
)
_CLASS_BEHIND = re.compile(
    rf"\s(?:{'|'.join([*_WORDS['K'].split(), *_WORDS['F'].split(), 'approvals', 'filings', 'batches', 'rounds', 'lists', 'names'])})\b"
)
"""What makes the capital word before it, that opens a sentence, a common one: `Multiple companies`."""
_LEGAL_END = re.compile(r"(?:\.,?\sLtd)?\.(?=[\s,)])(?!\s[A-Z])|,?\s(?:Inc|Ltd)\.(?!\s[A-Z])")


@dataclass(frozen=True, slots=True)
class Token:
    tag: str
    text: str
    start: int
    end: int


@cache
def _places() -> frozenset[str]:
    named = {p.name_en for p in places.all_places() if p.name_en and p.level in ("province", "city")}
    return frozenset(named | {name.title() for name in english_provinces()}) | _NATIONS


@cache
def _province_names() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(name.title() for name in english_provinces())})\b")


_BESIDE = 120
"""So many letters beside a place tell what it is."""


def places_said(words: str) -> list[tuple[int, str]]:
    """The provinces whose office, or in which, words say that something was approved, with where they stand. Beijing alone is the
    government."""
    out = []
    for m in _province_names().finditer(words):
        before, behind = words[max(0, m.start() - _BESIDE) : m.start()], words[m.end() : m.end() + _BESIDE]
        office = _OFFICE_BEHIND.match(behind)
        by_office = office and (m[0] != "Beijing" or not _GOVERNS.search(office[0]))
        approves = m[0] != "Beijing" and (_APPROVES_BEHIND.match(behind) or _APPROVED_IN.search(before))
        if by_office or approves or _OFFICE_BEFORE.search(before):
            out.append((m.start(), english_provinces()[m[0].lower()]))
    named = {m[0] for m in _province_names().finditer(words)} - {"Beijing"}
    if (
        not out
        and len(named) == 1
        and re.search(r"\b(?:provincial|municipal)\s(?:cyberspace|internet|office|authorit|regulator)", words)
    ):
        out.append((0, english_provinces()[named.pop().lower()]))
    return out


def place_said(words: str, at: int | None = None) -> str | None:
    """The province of `places_said` that stands last before `at`, else the first one."""
    found = places_said(words)
    before = [place for start, place in found if at is not None and start < at]
    return before[-1] if before else found[0][1] if found else None


def is_place(name: str) -> bool:
    return name in _places() or bool(
        re.fullmatch(r"(?:Greater |Mainland )?(.+?) (?:[Pp]rovince|Municipality|City|District|SAR)", name)
    )


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`; words of a name that stand together are one."""
    out: list[Token] = []
    is_open = True
    for m in _TOKEN.finditer(text, start, end):
        kind = m.lastgroup or ""
        if kind == "ticker":
            continue
        if kind in ("Q", "q", "r"):
            token = _quoted(m, kind)
        elif kind == "N":
            token = _name(m, is_open, out[-1] if out else None, text)
        elif kind == "adjective":
            token = Token("w", m[0], m.start(), m.end())
        elif kind in ("academy", "known"):
            token = Token("N", m[0], m.start(), m.end())
        elif kind == "word":
            token = Token(_tag(m[0]), m[0], m.start(), m.end())
        elif (
            kind == "number"
            and out
            and out[-1].tag == "N"
            and not is_place(out[-1].text)
            and _VERSION.match(text, out[-1].end)
        ):
            token, kind = Token("N", m[0], m.start(), m.end()), "N"
        elif kind == "number":
            token = Token(
                "N" if m[0] in makers() and re.match(r"['’]s|\s[A-Z(]", text[m.end() : m.end() + 2]) else "#",
                m[0],
                m.start(),
                m.end(),
            )
        elif kind == "mark":
            token = Token(
                {"–": "-", "—": "-", "--": "-", "/": "&", "!": ".", "?": "."}.get(m[0], m[0]),
                m[0],
                m.start(),
                m.end(),
            )
        else:
            token = Token(kind, m[0], m.start(), m.end())
        last = out[-1] if out else None
        if (
            token.tag == "N"
            and last
            and last.tag == "N"
            and text[last.end : token.start] == " "
            and kind == "N"
        ):
            out[-1] = Token("N", text[last.start : token.end], last.start, token.end)
        else:
            out.append(token)
        is_open = token.tag in ":(-.;"
    formed = [_whole(_with_form(one, text)) for one in _branches(out, text)]
    ends = [max((one.end for one in formed[:i]), default=0) for i in range(len(formed))]
    return [one for one, end in zip(formed, ends, strict=True) if one.start >= end]


def _branches(row: Sequence[Token], text: str) -> list[Token]:
    """`Larch (Beijing) Co.` is one name."""
    out = list(row)
    for m in reversed(list(re.finditer(r"N\([NL]\)N", tags(row)))):
        first, place, last = row[m.start()], row[m.start() + 2], row[m.end() - 1]
        if is_place(place.text) and text[place.end : last.start] == ") ":
            out[m.start() : m.end()] = [Token("N", text[first.start : last.end], first.start, last.end)]
    return out


def _with_form(token: Token, text: str) -> Token:
    """A firm with the dot of its legal form: `Orbita Robotics Ltd.`"""
    if (
        token.tag == "N"
        and (form := _LEGAL_END.match(text, token.end))
        and (form[0][0] == "," or re.search(r"\b(?:Inc|Ltd|Corp|Co)$", token.text))
    ):
        return Token("N", text[token.start : form.end()], token.start, form.end())
    return token


def _quoted(m: re.Match[str], kind: str) -> Token:
    words = m[kind].strip(" ,.")
    is_name = (
        len(words.split()) <= 5
        and not re.search(r"[.!?]\s|,", words)
        and re.match(r"[\w\u4e00-\u9fff]", words)
    )
    at = m.start(kind) + m[kind].find(words) if words else m.start()
    return Token("Q" if is_name else "w", words, at, at + len(words))


def _name(m: re.Match[str], is_open: bool, last: Token | None, text: str) -> Token:
    """A capital word: part of a name, or a common word that stands first."""
    word, low = m[0], m[0].lower()
    is_owner = re.match(r"['’]s", text[m.end() : m.end() + 2]) is not None
    goes_on = last is not None and last.tag == "N" and text[last.end : m.start()] == " "
    if word in ("CEO", "CTO", "CFO", "COO"):
        return Token("g", word, m.start(), m.end())
    if word.replace(".", "").isdigit():
        return Token("N" if goes_on else "#", word, m.start(), m.end())
    if not goes_on and (_CLASS_WORD.fullmatch(word) or _COUNT_WORD.fullmatch(word)):
        return Token("#" if _COUNT_WORD.fullmatch(word) else "w", word, m.start(), m.end())
    if not goes_on and (
        (
            is_open
            and _CLASS_BEHIND.match(text, m.end())
            and word not in makers()
            and not models.sureness(word)
        )
        or (is_open and (low in _OPENERS or (low.endswith("ly") and not is_owner)) and word not in makers())
        or low in ("the", "its", "in", "and", "a", "an", "of", "chinese", "on", "at", "for", "our")
        or (low in _TAGS and (_TAGS[low] in "kKfFbhmdrs&i" or is_open) and word[1:].islower())
    ):
        return Token(_tag(low), word, m.start(), m.end())
    return Token("N", word, m.start(), m.end())


def _tag(word: str) -> str:
    low = word.lower().replace("’", "'")
    if low.endswith("n't"):
        return "n"
    if low in _TAGS:
        return _TAGS[low]
    if "-" in low and (low.endswith(("-like", "-powered", "-based", "-style", "-driven", "-backed"))):
        return "w"
    if low.endswith("ly"):
        return "a"
    return "v" if low.endswith("ed") and "-" not in low else "w"


def _whole(token: Token) -> Token:
    """A name as what it is: a place, an office, something from abroad."""
    if token.tag != "N":
        return token
    if _ABROAD.match(token.text):
        return Token("X", token.text, token.start, token.end)
    if is_place(token.text) or (token.text.isupper() and is_place(token.text.title())):
        return Token("L", token.text, token.start, token.end)
    if _OFFICE.match(token.text) and token.text not in makers():
        return Token("O", token.text, token.start, token.end)
    return token


def tags(row: Sequence[Token]) -> str:
    return "".join(token.tag for token in row)


# --- Clauses --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Clause:
    """Some tokens of a sentence, by their index. `host` is the clause a relative clause, a participle or a predicate without a
    subject belongs to."""

    at: list[int] = field(default_factory=list)
    host: "Clause | None" = None
    kind: Literal["main", "predicate", "relative", "participle"] = "main"


_FINITE = "bhmvA"
_SPEECH = re.compile(
    r"(?:said|says|announced|announces|reported|reports|confirmed|told|showed|according|added|claimed|noted|wrote|believe\w*|think\w*)$",
    re.I,
)
_AWAITS = re.compile(r"(?:await|pend|wait|expect|seek|includ(?!ing)|hop)ing$|pending$", re.I)
_OTHER_SUBJECT = re.compile(
    r"[dNQXLOpPWkKfF#wGiDAtg]{1,12}?(?:,[^,;bhmv]{1,7},)?a*[bhm]|[dNQXLOpPkKfF#wt]{1,6}?(?:,[^,;bhmv]{1,7},)?a*v"
)


def clauses(row: Sequence[Token]) -> list[Clause]:
    """The clauses of a sentence in the order they begin."""
    tagged = tags(row)
    out = [Clause()]
    stack: list[Clause] = []
    opens_with_subordinate = False
    for i, token in enumerate(row):
        now = stack[-1] if stack else _base(out)
        was_embedded = bool(stack) and _ends_embedded(tagged, i, stack[-1])
        if was_embedded:
            stack.pop()
            now = stack[-1] if stack else _base(out)
        if token.tag == ";":
            stack.clear()
            out.append(Clause())
            continue
        if token.tag == "s" and not _is_short(tagged, i):
            if i == 0:
                opens_with_subordinate = token.text.lower() != "but"
                continue
            stack.clear()
            base = _base(out)
            follows = re.match(r"a*[bhmvAn]", tagged[i + 1 :])
            out.append(Clause(host=base if follows else None, kind="predicate" if follows else "main"))
            continue
        if token.tag == ",":
            if opens_with_subordinate and _has_verb(row, out[-1]) and not stack:
                opens_with_subordinate = False
                out.append(Clause())
                continue
            behind = tagged[i + 1 :]
            if re.match(r"(?:[dn#][^,]?i)?[rW]", behind):
                new = Clause(host=now, kind="relative")
                out.append(new)
                stack.append(new)
                continue
            is_verb = was_embedded and not _has_verb(row, now)
            if (not is_verb and _is_participle(row, now, behind)) or (
                i + 1 < len(row) and _AWAITS.match(row[i + 1].text)
            ):
                new = Clause(host=now, kind="participle")
                out.append(new)
                stack.append(new)
                continue
        if token.tag == "&" and _has_verb(row, now):
            behind = tagged[i + 1 :]
            if re.match(r"a*(?:[bhmn]|v|A(?![kKfF]))", behind):
                new = Clause(host=now, kind="predicate")
                if stack:
                    stack.pop()
                    stack.append(new)
                out.append(new)
                continue
            other = _OTHER_SUBJECT.match(behind)
            end = i + 1 + other.end() if other else 0
            if other and not (end < len(row) and row[end].text == "by"):  # `and Luming, made by Larch`
                stack.clear()
                out.append(Clause())
                continue
        now.at.append(i)
    return [one for one in out if one.at]


def _is_participle(row: Sequence[Token], now: Clause, behind: str) -> bool:
    """Whether a comma leads to a participle and not to the verb of a subject that was spoken of between commas: `Baidu, the
    search firm, announced`."""
    if not re.match(r"[aw]?(?:A(?![kKfF])|vi)", behind):
        return False
    return _has_verb(row, now) or bool(re.search(r",[^,]*[bhmvA]", re.split("[;s]", behind)[0]))


def _base(out: list[Clause]) -> Clause:
    """The clause that goes on behind an embedded one."""
    return next(one for one in reversed(out) if one.kind in ("main", "predicate"))


def _ends_embedded(tagged: str, i: int, clause: Clause) -> bool:
    """A comma ends a relative clause or a participle, unless it is one of a list in it."""
    is_listed = tagged[i - 1] in "NQkKfF)" and re.match(r",&?[dNQ]{1,2}(?:P[NQkw]*)?[,&]", tagged[i:])
    return tagged[i] == "," and bool(clause.at) and not is_listed


def _is_short(tagged: str, i: int) -> bool:
    """`small but capable`: no clause behind the conjunction."""
    return not re.search(r"[bhmvAn]", tagged[i + 1 :])


def _has_verb(row: Sequence[Token], clause: Clause) -> bool:
    """Whether a clause has a finite verb of its own, behind `X said`."""
    found = False
    for i in clause.at:
        if row[i].tag == ":":
            found = False
        if row[i].tag in _FINITE:
            found = not _SPEECH.match(row[i].text)
    return found


# --- What a clause says ---------------------------------------------------------------------------------------------

_NEAR = r"(?:(?!\b(?:to|that|which|for|said)\b)[^,;:().§]){0,70}?"
_GOT = (
    r"(?:received?s?|receiving|won|wins?|winning|obtain(?:ed|s|ing)?|gain(?:ed|s|ing)?|secur(?:ed|es?|ing)|got|gets?|getting|earned|landed|holds?|held|ha[sd]|have|having"
    r"|(?:been|was|were|is|are)\s(?:\w+\s)?(?:given|granted|handed|issued|awarded)|given|granted|complet(?:ed|es?|ing)|finish(?:ed|es|ing)?)"
)
_PASSED = r"(?:complet(?:ed|es?|ing)|finish(?:ed|es|ing)?|pass(?:ed|es|ing)?|clear(?:ed|s|ing)?|(?:gone|went|got|been|come|made\sit|gets|goes|sailed)\sthrough)"
_ACTS = (
    rf"(?<!un)(?<!dis)\b(?:{APPROVED}|fil(?:ed|es)|register(?:ed|s))\b"
    r"(?!\s(?:users?|capital|trademarks?|company|office|address|for\s(?:an?\s)?(?:ipo|listing|bankruptcy|patents?|a\slisting)|an?\s(?:\w+\s)?(?:lawsuit|suit|complaint|prospectus|patent)|to\sgo\spublic|patents?|lawsuits?))"
)
_VERDICT = re.compile(
    rf"(?P<got>\b{_GOT}\b\s{_NEAR}\b{GRANT}\b)|(?P<passed>\b{_PASSED}\b\s{_NEAR}\b(?:{PROCESS}|{GRANT})\b)"
    rf"|(?P<gave>\b(?:gave|gives|grant(?:s|ed)?|issued|handed)\b[^;:.()]{{0,60}}?\b{GRANT}\b|\b{GRANT}\b(?:\s(?:no|number)\s?\.?)?(?:\s?\(?№\)?|\sto\s\w+)?\s(?:(?:was|were|(?:ha[sd]|have)\s(?:also\s)?been)\s)?(?:granted|given|issued|went|completed|accepted|made\spublic|published)\b)"
    rf"|(?P<let>\b(?:let|lets|allowed|allows|permitted)\b(?=\s[^,;:.]{{0,30}}§[^,;:.]{{0,60}}\b(?:open|offer|releas|launch|roll|operat|go\slive)))"
    rf"|(?P<act>{_ACTS})"
    rf"|(?P<idiom>\b(?:passed\smuster|made\sthe\s(?:cut|grade|list)|(?:got|received|given)\sthe\sall-clear)\b)"
    rf"|(?P<kept>\b(?:on|in|into|onto|among)\s(?:\w+\s){{0,3}}?(?:file|record|the\s(?:[\w'’]+\s){{0,4}}?{LIST}|(?:\w+\s){{0,2}}{LIST})\b|\b(?:appears?|appeared|listed|named|found|entered)\s(?:in|on|as)\b[^,;.]{{0,50}}?\b(?:{LIST}|update|entry)\b|\bamong\s(?:\w+\s){{0,4}}?(?:approvals|filings|registrations|recipients|newcomers|additions)\b|\b(?:joined|joins|added\sto|made)\s(?:\w+\s){{0,4}}?{LIST}\b)"
    rf"|(?P<lists>\b(?:{LIST}|approvals|filings|registrations|recipients|additions|newcomers|entrants|(?:newly|new)\s(?:added|filed|registered|approved)\s(?:\w+\s){{0,3}}(?:services|models|apps|applications|products)|(?:new|newest|latest)\s(?:ones|names))\b(?=[^;.()]{{0,70}}?(?:\binclud|\bare\b|\bis\b|\bwere\b|\bwas\b|\bnam(?:es|ed|ing)\b|\badd(?:s|ed)\b|\bcontain|\bcover|\bread|\brun|\brange|\bfeatur|\bamong\sthem|:))|(?:\d+(?:st|nd|rd|th)|first|second|third)\s(?:filing|registration|approval)\b(?=[^;.]{{0,40}},\s?§))"
    rf"|(?P<after>\b(?:after|following|with|under|upon|on)\s(?:(?:the|its|their|a)\s)?(?:\w+\s){{0,2}}?{GRANT}\b)"
    rf"|(?P<of>\b{GRANT}\s(?:for|of)\b(?=\s[^,;:.]{{0,40}}§))",
    re.I,
)
_WEAK = re.compile(
    r"\b(?:passed|cleared|followed|joined|(?:did|announced|said|got|confirmed|reported)\sthe\ssame|d(?:id|one)\sso|so\s(?:did|do|does|is|are|was|were|has|have)|as\s(?:did|was|were)|among\sthem)\b|^(?:they|these|others?|among\sthem|those)\s(?:are|were|include[sd]?)\b"
    r"|^also\b|\bbeen\s(?:entered|added|listed|included)\b|\b(?:is|are|was|were)\s(?:also\s)?listed\b|\b(?:is|are|was|were)\s(?:also\s)?(?:on|in|among)\s(?:it|them)\b|\b(?:was|is|were|are)\sthe\s(?:latest|newest|first|last|most\srecent)(?:\s(?:of\sthem|one))?\b(?=\s?[,.]|$)|\b(?:won|gets?|got|received|obtained|gained|secured)\s(?:it|one|theirs)\b|\bthe\ssame\s(?:goes|is\strue|holds|applies|was\strue)\b|(?P<lists>^among\s(?:the\s)?(?:\w+\s){0,2}(?:winners|newcomers|names|approvals|entrants|recipients|additions)\b|^which\s(?:\w+ly\s|also\s)?(?:includes?|included|names|lists|covers|contains?|has|have)\b|^(?:the\s)?(?:\w+\s){0,3}(?:names|highlights|newcomers|examples|standouts|winners|entries|models|services|apps|chatbots):)|^(?:both\sof\s|all\sof\s)?which\s(?:are|is|was|were|ha(?:s|ve))(?=\s*\.?$)",
    re.I,
)
"""What repeats an approval that was just told: `Kuaishou's followed in December`."""
_AFFIRMS = re.compile(
    r"(?<=§)\s(?:has|have|is|are|does|did|was|were)(?:,?\s(?:too|already))?(?=\s*\.?$)", re.I
)
_THEIRS = re.compile(r"\b(?:did\sget|gets?|got|won|received|obtained)\s(?:it|one|theirs|its\sown)\b", re.I)
_UNDONE = re.compile(
    r"\b(?:not|\w+n't|never|no(?!\.|,|\slonger)|nor|neither|none|without|await\w*|pending|wait(?:s|ed|ing)?|expect(?:s|ed|ing)?|hop(?:es|ed|ing)|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?"
    r"|seek(?:s|ing)?|sought|appl(?:y|ies|ied|ying)|applications?\sfor|submit\w*|den(?:y|ied|ies|ying)|refus\w+|reject\w+|turn(?:ed|s)?\sdown|withdr[ae]w\w*|revok\w+|suspend\w+|cancel\w+|fail(?:ed|s|ing|ure)?"
    r"|if|unless|until|till|whether|once|should|must|will|would|could|can|cannot|may|might|shall|need(?:s|ed)?|require[sd]?|requiring|yet\sto|ha(?:s|ve|d)\sto|subject\sto|under\sreview|process\sof"
    r"|prepar\w+|aim(?:s|ed|ing)?|want(?:s|ed|ing)?|ask(?:s|ed|ing)?|lobb\w+|likely|unlikely|delay\w*|lack(?:s|ed|ing)?|unclear|before|ahead\sof|close\sto|close\sof|short\sof|toward|towards"
    r"|struck|strik\w+|removed|delisted|dropped|pulled|deleted|deregistered|off\s(?:the|its|their)|how|obstacles?|chances?|odds|rumou?r\w*|speculation)\b",
    re.I,
)
_TAKEN_BACK = re.compile(
    r"\b(?:revoked|withdrawn|cancell?ed|suspended|rescinded|lapsed|expired|struck|removed|delisted|denied|refused|rejected)\b",
    re.I,
)
_HELD_UP = re.compile(
    r"\s*(?:is|was|are|were|remains?|has|have|had)?\s?(?:\w+\s)?(?:pending|under\sreview|in\sprogress|applications?|requirements?|materials|rules|regime|obligations?)\b",
    re.I,
)
_ANEW = re.compile(
    r"\b(?<!only\s)(?<!until\s)(?:after|following|since|having|upon|now\sthat|thanks\sto|when)\s", re.I
)
"""Behind these words something that has happened is told, whatever the words before wish for."""
_DUTY = re.compile(r"\b(?:must|shall|should|required)\b", re.I)
_INFINITIVE = re.compile(r"\bto\s(?:\w+ly\s)?(?:be\s|have\s)?$", re.I)
_FIRST = re.compile(
    r"\b(?:first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf)th|\d+(?:st|nd|rd|th)|only|latest|earliest|ones?|last|among)\b[^,;]{0,50}$|\b(?:said|reported|understood|known|believed)\s$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """An approval a clause speaks of: the tokens `first` to `last` of the sentence, and how it is said."""

    how: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause says: null where it speaks of no approval."""

    status: Status | None
    verdicts: tuple[Verdict, ...] = ()


def said(row: Sequence[Token], clause: Clause, goes_on: bool, contrasts: bool = False) -> Said:
    """What a clause says of approvals; `goes_on`: the words before it told one, which this one may repeat; `contrasts`: they
    spoke of one, given or not, which `Luming has` affirms."""
    words, at = _plain(row, clause)
    if row[-1].text == "?":
        return Said(None)
    found = list(_VERDICT.finditer(words)) or (list(_WEAK.finditer(words)) if goes_on else [])
    found = found or (list(_AFFIRMS.finditer(words)) if goes_on or contrasts else [])
    found = found or (list(_THEIRS.finditer(words)) if contrasts else [])
    done: list[Verdict] = []
    for m in found:
        how = m.lastgroup or "weak"
        if _is_done(words, m):
            inside = [i for i, start in at if m.start() <= start < max(m.end(), m.start() + 1)]
            if inside:
                done.append(Verdict(how, inside[0], inside[-1]))
    if done:
        return Said("done", tuple(done))
    is_wished = re.search(rf"\b{GRANT}\b|{_ACTS}", words, re.I) and _UNDONE.search(words)
    return Said("undone" if found or is_wished else None)


def _is_done(words: str, m: re.Match[str]) -> bool:
    anew = [x.end() for x in _ANEW.finditer(words, 0, m.end()) if x.start() <= m.start()]
    begin = anew[-1] if anew and not _DUTY.search(words[: m.start()]) else 0
    if (
        _UNDONE.search(words, begin, m.end())
        or _TAKEN_BACK.search(words[m.end() :])
        or _HELD_UP.match(words[m.end() :])
    ):
        return False
    before = words[begin : m.start()]
    wish = _INFINITIVE.search(before)
    return wish is None or bool(_FIRST.search(before[: wish.start()]))


def _plain(row: Sequence[Token], clause: Clause) -> tuple[str, list[tuple[int, int]]]:
    """The words of a clause with `§` for each name, and where each token begins in them."""
    words, at = "", []
    for i in clause.at:
        token = row[i]
        shown = {"N": "§", "Q": "§", "X": "§", "C": "№", "D": "δ"}.get(token.tag, token.text)
        if token.tag not in ",;:.P)" and words and not words.endswith("("):
            words += " "
        at.append((i, len(words)))
        words += shown
    return words, at


_ABBREVIATED = (
    r"(?:Nov|Dec|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|No|no|nos|U\.S|Inc|Co|Ltd|Corp|Mr|Ms|Dr|Prof|vs|approx)\."
)
_LONGEST = 1200
# a stop right before a capital ends a sentence where the blank behind it was lost
SENTENCE = re.compile(
    rf"(?:{_ABBREVIATED}(?=\s*[\w,;)])|\d\.\d|[^.!?\n]|\.(?=[\w,])(?!(?<=[A-Za-z]{{3}}\.)[A-Z][a-z]*\s))+[.!?]*[”\"’)]*"
)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for m in SENTENCE.finditer(text, start, end):
        at = m.start()
        while m.end() - at > _LONGEST:  # no sentence, but the work for one grows with its square
            cut = max(text.rfind(mark, at, at + _LONGEST) for mark in ",; ") + 1 or at + _LONGEST
            yield at, cut
            at = cut
        if text[at : m.end()].strip():
            yield at, m.end()
