"""The services an English sentence mentions with their makers, and the makers it mentions alone.

Each form in which English ties a service to its maker is one pattern over the tags of `english_clauses`: `Baidu's chatbot Ernie
Bot`, `Ernie Bot (Baidu)`, `Ernie Bot, a chatbot developed by Baidu`, `Bailing, its language model`. What is left is a bare name,
and what a bare name is (a service or a firm) its neighbours in a list, the words beside it and the lexicons tell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from scrapers.extract.filings.english_clauses import Token, tags
from scrapers.extract.filings.english_words import GRANT
from scrapers.extract.filings.grammar import is_entity, makers
from scrapers.lexicon import models

Sort = Literal["service", "maker", "unknown", "foreign"]


@dataclass(frozen=True, slots=True)
class Item:
    """A name in the tokens `first` to `last`; `at` is the token of the service itself, or of the maker that stands alone."""

    sort: Sort
    first: int
    last: int
    at: int
    name: str
    maker: str | None = None
    needs_maker: bool = False
    """`its chatbot X`: the maker is said elsewhere."""
    is_pair: bool = False


_FIRM_END = re.compile(
    r"(?:.*\s)?(?:Inc|Ltd|Limited|Corp|Corporation|Group|Holdings|Technology|Technologies|Tech|Intelligent|Institute|University|Academy|Laboratory|Lab|Labs|Bank|Airlines|Auto|Motors?|Motor"
    r"|Network|Networks|Daily|Press|Media|Robotics|Company|Co|Securities|Hospital|Electronics|Cars|China|Telecom|Pharma|Insurance|Sciences|Software|Systems|Entertainment|Culture|Tourism|Publishing|Games|Mobility|Semiconductor)\.?$"
)
_SERVICE_END = re.compile(
    r".*(?:GPT|LLM|[Bb]ot|Copilot|Assistant|Chat|Brain|Q&A|Agent|Helper|Companion|Guide|App|Tutor|Studio|Model|Writer|Coder)(?:[ -]?[\w.]+)?$"
)
_CLASS = re.compile(
    r"(?:AI|Cloud|Chat|Assistant|Model|Bot|Agent|Copilot|App|Intelligence|Health|Research|LLM)"
)
_NO_SERVICE = re.compile(
    r"(?:备案|登记|[Rr]egistrations?|[Ff]ilings?|网信办|Company|Netinfo\s.*|Western|Eastern|Foreign|Global|Multiple|Several|AI|[A-Z]{2,5}s|GPT|LLMs?|Generative AI|GenAI|AIGC|API|Chinese|App Store|IPO|Web|Pro|IT|[A-Z]|VIP|OS|iOS|iPhones?|iPads?|Macs?|CEO|CTO|CFO|IPhone)$|.*\b(?:Act|Plan|Law|Measures|Administration|Office|Bureau|Commission|Ministry|Regulations?|Provisions|Report|Congress|Conference|List|Algorithms?|President|Chairman|Eve|Day|Models|Services|Systems|Chatbots|Apps|Applications|Products|Intelligence\sServices?)$"
)
_MADE = re.compile(
    r"(?:developed|made|built|created|owned|run|operated|offered|launched|trained|released|produced|designed|provided|maintained|published|submitted|filed)$",
    re.I,
)
_OF_MAKER = re.compile(r"(?:of|behind)$", re.I)

_OWNED = re.compile(
    r"(?P<e>[NX])P(?P<mods>[wkKa#vA]{0,8}|[wkKa]{0,4}[kK]bv?)(?:(?<=[kKa]),)?c?(?P<m>[NQ])(?!P)"
)
_WHOSE = re.compile(r"(?P<e>N),?W(?P<mods>[wkKa#v]{0,6}),?c?(?P<m>[NQ])")
_ITS = re.compile(r"p(?P<mods>[wkKa#v]{0,8})(?:(?<=[kK]),)?(?:c,?)?(?P<m>[NQ])(?!P)")
_BRACKETS = re.compile(r"(?P<a>[NQ])\((?P<b>[NQ])(?:,L)?(?:w{0,3}k)?\)")
_FILED_BY = re.compile(r"(?P<m>[NQ])\((?:[^()]*[,;])?[Av](?P<i>i)(?P<e>N)[^()]*\)")
"""`Luming (number …, filed by Larch on 3 May)`."""
_BEHIND = re.compile(
    r"(?P<m>[NQ])(?P<described>w{0,3}[kK])?(?:\([^()]*\))?(?P<is>,?(?:r?bd|b?d)?)(?P<apposed>[wkav#]{0,7}(?:k|f)(?:iw{0,3}K)?)?,?(?:r?b)?(?P<v>[vwAc]?)(?P<i>i)(?P<mods>d?[wfk#]{0,5})(?P<e>N)"
)
_APPOSED = re.compile(
    r"(?<!P)(?P<m>[NQ])(?:\([^()]*\))?,(?:(?P<own>(?P<e>N)P|p|d)[wka#v]{0,8}k(?!,?c?[NQ]|b)|(?P<plain>(?P<f>N)P|p)[wkaiK#]{1,8},(?![NQ]))"
)
_OF_FIRM = re.compile(r"(?P<m>[NQ])[kcwaA]{0,4}(?P<i>i)(?P<e>N)(?!P)")
"""`the xBot customer service of Tesla (Shanghai)`."""
_MAKER_OF = re.compile(r"(?P<e>N),?d?[w]{0,4}f(?P<i>i)d?[wka]{0,5}(?P<m>[NQ])")
_DESCRIBED = re.compile(r"(?:(?P<k>k),?c?,?(?P<m>[NQ])|(?P<n>[NQ])(?P<behind>w{0,3}[kK])(?!c?[NQ]))")
_CALLED = re.compile(r"[kK],?(?P<c>c)(?P<m>[NQ])")
_QUOTED = re.compile(r"(?P<m>Q),d[wkf]{1,4}(?P<i>i)d?(?P<e>N)")
"""`“Luming”, an adviser of Larch`."""
_SOURCE = re.compile(r"[kKwf](?P<i>i)d?(?P<e>N),?(?P<m>Q)(?=[,.;&]|$)")
"""`a planner of Larch, “Luming”,`."""
_INSIDE = re.compile(r"(?P<a>[NQ])\((?:(?P<f>f):?|(?P<i>i))d?[wf]{0,3}(?P<b>[NQ])\)")
"""`Luming (operator: Larch)`, `Luming (by Larch)`, `Larch (for Luming)`."""
_DASHED = re.compile(
    r"(?:(?<=[:;])(?P<a>[NQ])-(?P<b>[NQ])(?=[;.,]|$)|(?<=[:;)&])(?P<c>[NQ]),(?P<d>[NQ])(?=;)|(?<=[;)&])(?P<e>[NQ]),(?P<f>[NQ])(?=[;.]|$))"
)
"""`Approved: Luming - Larch; Shuyu - Rowan`."""
_FOR = re.compile(
    r"(?:(?<=[:,&;])|(?=Nv))(?P<e>N)(?P<did>v?)(?P<i>i)[dp]?[wka]{0,4},?(?P<m>[NQ])(?=[,.;&]|$)"
)
"""`Approvals went to: Huawei for Xiaoyi, OPPO for Xiaobu`."""
_FIRM = re.compile(
    r"(?:f(?P<a>N)|(?P<b>N),d[wka#vL]{0,8}f|(?P<c>N)(?:\([^()]*\))?,?b?d[wka#vL]{0,6}f|(?P<d>N)&N,?bd[wka#vL]{0,6}F|(?<=N&)(?P<g>N),?bd[wka#vL]{0,6}F)"
)
_LOWER = re.compile(r"p[wkKa]{0,6}k,(?P<m>w),")
_SHARED = re.compile(r"(?P<more>(?:,[NQ])*,?&[NQ])w{0,3}K")
_SPEAKS = re.compile(r"(?:said|says|announced|announces|reported|confirmed|told|declined|disclosed)$", re.I)
_SAYS = re.compile(
    r"(?:said|says|announced|announces|reported|reports|confirmed|told|plans|expects|declined|shares|stock|launched|opened|unveiled|jumped|rose|fell)$",
    re.I,
)


_BESIDE = re.compile(r"(?:rival|competitor|peer|partner|supplier|investor|backer|neighbou?r)s?", re.I)
"""Whom a firm has beside it, no service of its own."""


_CHIP = re.compile(r"[A-Z]{1,2}\d{2,4}[A-Z]?")


def name_of(words: str) -> str | None:
    """A name a service can have, without the class behind it; null for what is none."""
    words = words.strip(' .,“”"')
    return None if not words or _NO_SERVICE.match(words) or words.isdigit() else words


def without_form(name: str) -> str:
    return re.sub(r",?\s(?:Inc|Corp|Holdings|Ltd|Group|Co)\.?$", "", name)


_BRANCH = re.compile(r"\w\s\([A-Z]\w+\)(?:\s[A-Z]|,|$)")
"""`Tesla (Shanghai)`: a firm's branch."""


def is_known(name: str) -> bool:
    """Whether a name is that of a well-known maker, with or without its legal form."""
    return name in makers() or without_form(name) in makers() or _BRANCH.search(name) is not None


def _looks_like(name: str) -> Sort:
    """What a name looks like by itself."""
    sure = models.sureness(name)
    if is_known(name) or is_entity(name):
        return "maker"
    if sure >= 2:
        return "service"
    if _FIRM_END.match(name):
        return "maker"
    return "service" if _SERVICE_END.match(name) else "unknown"


def split(name: str) -> tuple[str | None, str]:
    """`Baidu Ernie Bot` to its maker and its name; a known name (Apple Intelligence) is whole."""
    if models.sureness(name) == 3 or is_known(name):
        return None, name
    maker = next((known for known in makers() if known.isascii() and name.startswith(known + " ")), None)
    rest = name[len(maker) + 1 :] if maker else name
    if (
        maker is None
        or not name_of(rest)
        or is_known(rest)
        or models.sureness(maker) == 3
        or _FIRM_END.match(rest)
        or _CLASS.fullmatch(rest)
    ):
        return None, name
    return maker, rest


def items(row: Sequence[Token], firms_first: bool = True) -> list[Item]:
    """The names of a sentence in its order; `firms_first`: of an unknown pair `A (B)` the maker is A."""
    names = _Names(row, tags(row))
    names.told_apart()
    names.owned()
    names.apposed()
    names.made_by()
    names.bracketed(firms_first)
    names.pronouns()
    names.alone()
    return sorted(names.out, key=lambda item: item.first)


@dataclass(slots=True)
class _Names:
    """Takes the names of a sentence, the surest forms first: a token is part of one item."""

    row: Sequence[Token]
    tagged: str
    out: list[Item] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def take(
        self, sort: Sort, span: tuple[int, int], at: int, maker: str | None = None, needs: bool = False
    ) -> None:
        row = self.row
        name = row[at].text if sort != "service" else name_of(row[at].text)
        if name in ("备案", "登记", "网信办") or _CHIP.fullmatch(name or ""):
            return
        if name and sort == "service" and name.endswith(" AI") and self.tagged[at + 1 : at + 2] in ("k", "K"):
            name = name[:-3]  # `Larch's Luming AI model`
        mine = {i for i in range(span[0], span[1] + 1) if row[i].tag in "NQX"} | {at}
        if not name or mine & self.taken:
            return
        is_pair = maker is not None
        if sort == "service" and maker is None and row[at].tag == "N" and not needs:
            maker, name = split(name)
        self.taken.update(mine)
        self.out.append(Item(sort, *span, at, name, maker, needs, is_pair))

    def pair(self, m: re.Match[str], begin: str = "m") -> None:
        """A service `m` with its maker `e`; the item begins with the group `begin`."""
        self.take("service", (m.start(begin), m.end() - 1), m.start("m"), self.row[m.start("e")].text)

    def one(self, sort: Sort, at: int, needs: bool = False) -> None:
        self.take(sort, (at, at), at, None, needs)

    def shared(self, at: int, maker: str | None = None, needs: bool = False) -> None:
        """The names behind a service that one noun has in common: `its Luming and Shuyu models`."""
        more = _SHARED.match(self.tagged, at + 1)
        for i in range(*more.span("more")) if more else ():
            if self.row[i].tag in "NQ":
                self.take("service", (i, i), i, maker, needs)

    def word(self, m: re.Match[str], group: str = "i") -> str:
        return self.row[m.start(group)].text

    # --- forms that tie a service to its maker ---

    def told_apart(self) -> None:
        for m in _QUOTED.finditer(self.tagged):
            if self.word(m) in ("of", "by", "from"):
                self.pair(m)
        for m in _SOURCE.finditer(self.tagged):
            if self.word(m) in ("of", "by", "from"):
                self.pair(m, "e")
        for m in _FOR.finditer(self.tagged):
            if self.word(m) in ("for", "with") and (not m["did"] or self.word(m, "did") in ("did", "does")):
                self.pair(m, "e")
        for m in _APPOSED.finditer(self.tagged):
            is_owned = re.search(r"[NX]P[wkKa#v]*$", self.tagged[: m.start()])
            if not is_owned and (m["e"] or m["f"]):  # else `Larch's tool Luming, Rowan's …`
                owner = self.word(m, "e" if m["e"] else "f")
                self.take("service", (m.start("m"), m.end() - 1), m.start("m"), owner)

    def owned(self) -> None:
        for m in _OWNED.finditer(self.tagged):
            at, owner, name = m.start("m"), self.word(m, "e"), self.word(m, "m")
            if m["e"] == "X":
                self.take("foreign", (m.start(), m.end() - 1), at)
                continue
            if any(_BESIDE.fullmatch(self.row[i].text) for i in range(*m.span("mods"))):
                continue  # `Larch's rival Rowan`
            if re.search("[vA]", m["mods"]) and not re.search(r"[vA][wkKa#v]*[kK]$|^[vA]", m["mods"]):
                continue
            is_firm = self.row[at].tag == "N" and models.sureness(name) == 0 and _looks_like(name) == "maker"
            if is_firm and not re.search("[kK]", m["mods"]):
                self.one("maker", at)  # `Larch's neighbour Rowan Technology`
                continue
            self.take("service", (m.start(), m.end() - 1), at, owner)
            self.shared(at, owner)

    def apposed(self) -> None:
        """`Luming, its model,`: the maker is told elsewhere."""
        for m in _APPOSED.finditer(self.tagged):
            if re.search(r"[NX]P[wkKa#v]*$", self.tagged[: m.start()]):
                continue
            name, made = self.word(m, "m"), _BEHIND.match(self.tagged, m.start())
            if _is_source(self.row, self.tagged, m.start("m")) or (made and _is_made(self.row, made)):
                continue
            if not is_known(name) or models.sureness(name) >= 2:
                needs = "p" in (m["own"], m["plain"])
                self.take("service", (m.start("m"), m.end() - 1), m.start("m"), None, needs)

    def made_by(self) -> None:
        for m in _WHOSE.finditer(self.tagged):
            self.pair(m)
        for m in _BEHIND.finditer(self.tagged):
            if _is_made(self.row, m):
                self.pair(m)
        for m in _MAKER_OF.finditer(self.tagged):
            if _OF_MAKER.match(self.word(m)):
                self.pair(m)
        for m in _OF_FIRM.finditer(self.tagged):
            if self.word(m) == "of" and is_known(self.row[m.start("e")].text):
                self.take("service", (m.start(), m.end() - 1), m.start(), self.row[m.start("e")].text)
        for m in _FILED_BY.finditer(self.tagged):
            if self.word(m) == "by":
                self.pair(m)
        for m in _INSIDE.finditer(self.tagged):
            a, b = m.start("a"), m.start("b")
            preposition = self.word(m) if m["i"] else "by"
            if preposition in ("by", "from", "of"):
                self.take("service", (a, m.end() - 1), a, self.row[b].text)
            elif preposition in ("for", "with"):
                self.take("service", (a, m.end() - 1), b, self.row[a].text)

    def bracketed(self, firms_first: bool) -> None:
        for m in re.finditer(r"(?<=[kc])Q\((?P<b>N)\)", self.tagged):
            self.one("service", m.start())  # `model “Luming” (Bright Path)`: its name in English
            self.one("foreign", m.start("b"))
        pairs = [m for m in _BRACKETS.finditer(self.tagged) if _is_pair(self.row, m)]
        beside = [(m.start("a"), m.start("b"), m.end() - 1) for m in pairs]
        for m in _DASHED.finditer(self.tagged):
            a, b = (i for i, token in enumerate(self.row) if m.start() <= i < m.end() and token.tag in "NQ")
            beside.append((a, b, b))
        votes = sum(vote(self.row[a].text, self.row[b].text) for a, b, _ in beside)
        for a, b, end in beside:
            told = vote(self.row[a].text, self.row[b].text) or votes or (1 if firms_first else -1)
            maker, model = (a, b) if told > 0 else (b, a)
            self.take("service", (a, end), model, self.row[maker].text)

    def pronouns(self) -> None:
        """`its model Luming`, `the founder's Luming`."""
        for m in _ITS.finditer(self.tagged):
            name = self.word(m, "m")
            if not is_known(name) or models.sureness(name):
                self.take("service", (m.start("m"), m.end() - 1), m.start("m"), None, True)
                self.shared(m.start("m"), None, True)
        for m in re.finditer(r"[gf]P[wkKa]{0,3}(?P<m>[NQ])", self.tagged):
            self.one("service", m.start("m"))
        for m in _LOWER.finditer(self.tagged):
            self.one("service", m.start("m"), True)

    # --- names that stand alone ---

    def alone(self) -> None:
        for m in _FIRM.finditer(self.tagged):
            at = m.start(next(name for name in "abcdg" if m[name]))
            if models.sureness(self.row[at].text) < 3 or is_known(self.row[at].text):
                self.one("maker", at)
        for pattern in (_CALLED, _DESCRIBED):
            for m in pattern.finditer(self.tagged):
                at = m.start("m") if m["m"] else m.start("n")
                if not is_known(self.row[at].text) or models.sureness(self.row[at].text) >= 2:
                    self.one("service", at)
                    self.shared(at)
        for i, token in enumerate(self.row):
            if token.tag in "NQX" and i not in self.taken:
                self.one(_bare(self.row, self.tagged, i), i)


def _bare(row: Sequence[Token], tagged: str, i: int) -> Sort:
    """What a name without a maker beside it is."""
    token = row[i]
    if (
        token.tag == "X"
        or tagged[i - 1 : i] == "g"
        or (token.tag == "N" and re.match(r",d?w?g", tagged[i + 1 :]))
        or re.search(r"\([^()]*:[^()]*$", tagged[:i])
        or (re.search(r"N\($", tagged[:i]) and _is_ticker(token.text, row[i - 2].text))
    ):
        return "foreign"  # or a person, a ticker, another spelling
    if token.tag == "Q":
        return "unknown" if token.text.islower() else "service"
    sort: Sort = "service" if split(token.text)[0] else _looks_like(token.text)
    if sort == "unknown" and _is_source(row, tagged, i):
        return "maker"
    if (
        sort == "unknown"
        and tagged[i + 1 : i + 2] == "P"
        and not re.match(GRANT, row[i + 2].text if i + 2 < len(row) else "", re.I)
    ):
        return "maker"  # `Larch's résumé writer`, but `Luming's approval`
    if sort == "unknown" and re.search("[kK]i$", tagged[:i]) and row[i - 1].text == "for":
        return "foreign"  # `a model for Cantonese`
    acts = re.match(r"a?[vwAh]{1,2}(?:[dw]{0,3}i)?p[wa]{0,3}[kK]|[gfw]P", tagged[i + 1 :])
    if sort == "unknown" and (acts or (token.text.endswith(" AI") and tagged[i - 1 : i] not in ("i", "P"))):
        return "maker"  # `Larch enters its assistant in the register`
    behind = row[i + 1].text if i + 1 < len(row) else ""
    if _SPEAKS.match(behind) or (models.sureness(token.text) < 3 and _SAYS.match(behind)):
        return "maker"
    return sort


def _is_source(row: Sequence[Token], tagged: str, i: int) -> bool:
    """`a tool from Larch`."""
    return bool(re.search("[kK]id?$", tagged[:i])) and row[tagged.rfind("i", 0, i)].text in (
        "from",
        "by",
        "of",
    )


def _is_made(row: Sequence[Token], m: re.Match[str]) -> bool:
    """Whether `X, a chatbot made by Y` and its kin name a maker."""
    preposition = row[m.start("i")].text.lower()
    verb = row[m.start("v")].text if m["v"] else ""
    described = bool(m["apposed"] or m["described"])
    if preposition not in ("by", "from", "of") or (m["apposed"] and m["apposed"].endswith("f")):
        return False
    if verb.lower() in ("comes", "came"):
        return preposition == "from"
    if verb:
        return bool(_MADE.match(verb)) and preposition == "by"
    if m["apposed"] and not m["is"]:
        return False
    if preposition == "of":
        return described or row[m.start("m")].tag == "Q" or models.sureness(row[m.start("m")].text) >= 2
    if preposition == "from":
        return not m["mods"].startswith("d") or described
    return True


def _is_ticker(inside: str, name: str) -> bool:
    """`Tesla (TSLA)`: the letters of a share are those of its firm."""
    letters = iter(name.upper())
    return inside.isupper() and inside.isalpha() and len(inside) <= 5 and all(c in letters for c in inside)


def _is_pair(row: Sequence[Token], m: re.Match[str]) -> bool:
    inside = row[m.start("b")].text
    if _is_ticker(inside, row[m.start("a")].text):
        return False
    return not (
        inside.isupper()
        and inside.isalpha()
        and len(inside) <= 4
        and not models.sureness(inside)
        and not is_known(inside)
        and not is_known(row[m.start("a")].text)
    )


def vote(a: str, b: str) -> int:
    """Whether the maker of a pair is the first name (1) or the second (-1)."""
    firm = {"maker": 1, "unknown": 0, "foreign": 0, "service": -1}
    told = firm[_looks_like(a)] - firm[_looks_like(b)]
    return (told > 0) - (told < 0)


_BETWEEN = re.compile(r"(?:w{0,2}[kK])?(?:\([^()]*\))?(?:[,;&]|,&|;&|,?i|,a|&a)$")
_JOINS = re.compile(r"(?:alongside|with|including|like|to)$", re.I)


def groups(row: Sequence[Token], found: Sequence[Item]) -> list[list[Item]]:
    """Items that one list names: `A, B and C`."""
    out: list[list[Item]] = []
    for item in found:
        last = out[-1][-1] if out else None
        between = tags(row[last.last + 1 : item.first]) if last else ""
        if last and _joins(row, last, item, between):
            out[-1].append(item)
        else:
            out.append([item])
    return out


def shared_makers(row: Sequence[Token], found: Sequence[Item]) -> list[Item]:
    """The items of a sentence, with the maker that one list has in common: `Larch's Luming Pro and Luming Kids`, `Luming and
    Shuyu, both from Larch`, `Larch and Rowan … for Luming and Shuyu, respectively`."""
    out = list(found)
    lists = groups(row, found)
    for group in lists:
        for one, after in pairwise(group):
            if after.maker is None and one.maker and _is_kin(one.name, after.name):
                out[out.index(after)] = replace(after, sort="service", maker=one.maker)
        last = group[-1]
        words = [token.text.lower() for token in row[last.at : last.last]]
        if last.maker and {"both", "all", "each"} & set(words):
            out = [replace(x, sort="service", maker=x.maker or last.maker) if x in group else x for x in out]
    if _DEALS_OUT.search(" ".join(token.text for token in row)):
        bare = [group for group in lists if len(group) > 1 and not any(x.maker for x in group)]
        if len(bare) == 2 and len(bare[0]) == len(bare[1]):
            for firm, service in zip(*bare, strict=True):
                out[out.index(service)] = replace(service, sort="service", maker=firm.name)
                out[out.index(firm)] = replace(firm, sort="maker")
    return out


_DEALS_OUT = re.compile(r"\brespectively\b|\bapprovals? for\b", re.I)
"""Makers and as many services in one sentence: `Larch and Rowan won approval for Luming and Shuyu`."""


def _is_kin(a: str, b: str) -> bool:
    """`Luming Pro` and `Luming Kids`, `LongCatVL` and `LongCatS`."""
    return a.split()[0] == b.split()[0] or (len(b) > 6 and a.startswith(b[:-3]))


def _joins(row: Sequence[Token], last: Item, item: Item, between: str) -> bool:
    words = [token.text for token in row[last.last + 1 : item.first] if token.tag == "i"]
    if words and words[0] in ("by", "of", "from"):  # `Luming by a museum, Shuyu and …`
        between, words = re.sub(r"^id[wfk]{1,3}(?=[,;&])", "", between), words[1:]
    if not _BETWEEN.fullmatch(re.sub(r"(?<=[,&;])d?w?$", "", between)):
        return False
    return all(_JOINS.match(word) for word in words)


def settled(
    group: Sequence[Item], of_firms: bool, of_services: bool, is_argument: bool = True
) -> Iterator[Item]:
    """A list with each bare name as what the others and the noun before it make it: firms or services. Where nothing tells, a name
    that is the argument of an approval is a service."""
    sure = any(item.sort == "service" for item in group)
    firms = sum(item.sort == "maker" for item in group)
    paired = any(item.is_pair for item in group)
    of_services = of_services and not any(x.sort == "maker" and not models.sureness(x.name) for x in group)
    if firms >= 2 and not any(
        item.is_pair or item.needs_maker or models.sureness(item.name) for item in group
    ):
        group = [
            replace(item, sort="maker") if item.maker else item for item in group
        ]  # `Larch Huazhang` among firms
    for item in group:
        if item.sort == "unknown":
            is_service = not of_firms and (of_services or sure or (is_argument and not firms))
            yield replace(item, sort="service" if is_service else "maker")
        elif (
            item.sort == "maker"
            and not of_firms
            and (sure or of_services or (is_argument and models.sureness(item.name) == 3))
            and models.sureness(item.name) >= 2
        ):
            # a firm named as its service: `DeepSeek, Kimi and Doubao`; in `Baidu (Ernie), Baichuan` it may be the firm
            yield replace(item, sort="service") if not paired or models.sureness(item.name) == 3 else item
        else:
            yield item
