"""Totals in English texts.

English pages say "registered" for both registers: it means filing, unless the text sets registered applications apart
from filed services. `Beijing` and `Shanghai` are places only where the sentence speaks of the city's own office or
services: "Beijing requires" is the government.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Literal

from scrapers.documents import Context, Document
from scrapers.extract.filings.days import page_date
from scrapers.extract.filings.grammar import day, english_provinces, not_after
from scrapers.extract.filings.scopes import NATIONAL
from scrapers.records import FilingCount, Ground

Register = Literal["filed", "registered"]
Sense = Literal["total", "new"]
_Key = tuple[dt.date | None, str]

# --- Days -----------------------------------------------------------------------------------------------------------

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_DATE = (
    rf"(?:{_MONTH.format('ma')}\s(?P<da>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<ya>20\d\d))?"
    rf"|(?P<db>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH.format('mb')}(?:,?\s(?P<yb>20\d\d))?"
    rf"|(?:the\send\sof\s|end[- ]|late\s)?{_MONTH.format('mc')}(?:\s(?:of\s)?(?P<yc>20\d\d)|\s(?P<tc>this|last)\syear)?"
    r"|(?:the\s)?(?:end\sof|year[- ]end|end-)\s?(?P<yd>20\d\d))"
)
_UNTIL = re.compile(
    rf"\b(?:(?:as\s(?:of|at)|by|until|till|through|up\sto)\s(?:the\s(?:end|close)\sof\s)?|(?:at|to)\sthe\s(?:end|close)\sof\s|(?:current|figures|data|numbers)\s(?:up\s)?to\s){_DATE}"
    r"|\b(?:at|by|as of|to)\s(?:the\s)?(?:end|close)\sof\s(?P<y0>20\d\d)"
    r"|\bas\s(?P<ye>20\d\d)\s(?:closed|ended|drew)|\b(?:at|by|as of)\s(?:the\s)?(?P<yearend>end of the year|year[- ]end)\b"
    r"|\b(?:at|by|as of|through|until|to)\s(?:the\s)?(?P<monthend>end of last month)\b",
    re.I,
)
_IN_YEAR = re.compile(r"\b(?:In|During|Throughout)\s(20\d\d)\b")
_ON = re.compile(rf"\bon\s(?:\w+day,?\s)?{_DATE}", re.I)
_BACK = re.compile(
    rf"\s(?:fil\w+\s|generative\s|AI\s|services\s|models\s|approv\w+\s){{0,5}}(?:in|as\sof|at\sthe\send\sof)\s{_DATE}",
    re.I,
)
_NEWS_DAYS = 14
_SENTENCE = re.compile(
    r"(?:(?:Nov|Dec|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|No|U\.S|Inc|Co|Ltd|Corp|Mr|Dr)\.|\d\.\d|[^.!?\n]|\.(?=\w))+[.!?\n]?"
)


def _day(match: re.Match[str], page: dt.date | None) -> dt.date | None:
    g = match.groupdict()
    if g.get("yearend"):
        return dt.date(page.year - (page.month < 10), 12, 31) if page else None
    if g.get("monthend"):
        return page.replace(day=1) - dt.timedelta(days=1) if page else None
    if ended := g.get("ye") or g.get("y0") or g["yd"]:
        return dt.date(int(ended), 12, 31)
    for month, number, year in (("ma", "da", "ya"), ("mb", "db", "yb")):
        if g[month]:
            m, d = _MONTHS.index(g[month][:3].lower()) + 1, int(g[number])
            if g[year]:
                return day(int(g[year]), m, d)
            return not_after(page, m, d) if page else None
    if not g["mc"]:
        return None
    m = _MONTHS.index(g["mc"][:3].lower()) + 1
    if g["yc"]:
        year_number = int(g["yc"])
    elif page is None:
        return None
    else:
        year_number = page.year - (g["tc"] == "last") - (m > page.month and g["tc"] is None)
    return dt.date(year_number + (m == 12), m % 12 + 1, 1) - dt.timedelta(days=1)


# --- Numbers --------------------------------------------------------------------------------------------------------

_WORDS = {
    word: value
    for value, word in enumerate(
        [
            *(
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
            ),
            *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
        ],
        start=1,
    )
} | {"a dozen": 12}
_NUMBER = re.compile(
    rf"(?P<pre>at least|more than|over|exceed(?:s|ed|ing)|some|about|around|nearly|almost|roughly|approximately)?\s*(?<![\w.,$-])(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}|{'|'.join(_WORDS)})(?P<post>\+|-odd)?"
    r"(?![\w%]|\.\d|,\d|-\w|\s(?:percent|per cent|million|billion|trillion|users|months?|days?|weeks?|years?|hours?|categories|news|cities|provinces|companies|firms|pages?|rounds?|batch|rules)\b)",
    re.I,
)
_NOUN = re.compile(
    r"^[\s)]*(?:\([^)]*\)\s*)?(?:(?!and\b|its\b|with\b)[\w’'/-]+\s+|\([^)]*\)\s*){0,6}?(?P<noun>services?|models?|LLMs?|applications?|apps?|functions?|filings?|registrations?|ones|products|tools|features)\b",
    re.I,
)
_ABOUT = re.compile(
    r"approv|licen[sc]ed|\badded\b|\bfil(?:ed|ing|ings|e)\b|regist(?:er|r)|\bcleared?\b|clears|green[- ]?light|\bnod\b|(?:complet|pass)ed (?:this|that|the) (?:process|procedure|review)|on record|official record|on (?:its|their|the) books",
    re.I,
)
_FILED = re.compile(r"\bfil(?:ed|ing|ings)\b|\bapprov|\bcleared\b|green", re.I)
_APP = ("application", "app", "function", "feature")
_FLOOR = ("at least", "more than", "over", "exceed", "exceeds", "exceeded", "exceeding")
_GOES_ON = re.compile(
    r"\b(?:with|to|and|of|cumulative|total(?: of)?|by|up|for|including|had|has)\s*$|\($", re.I
)
"""Words before a bare number that goes on with what the number before it counted."""
_REACHES = re.compile(
    r"(?:services|models|apps|applications|filings|registrations|count|total|number)\b.{0,60}\b(?:to|at|reach(?:ed|ing)?|hit|topped)\s*$",
    re.I,
)
_BARE = re.compile(
    r"\s(?:were|was|have been)\sadded|\smore than\b|\s(?:registered|filed)\b|\s(?:were|was)\s(?:new|added)"
)
_FROM = re.compile(r"\s*(?:are|were|is|was)?\s*(?:from|in|based in)\s(?P<p>[A-Z]\w+(?:\s[A-Z]\w+)?)")
_SUM = re.compile(r"\b(?:totall?ing|altogether|combined)\b[^,]*$", re.I)
_CONTINUES = re.compile(r"\b(?:bringing|taking|raising|lifting|for a|to a total|total to|totall?ing)\b", re.I)
_NEW_BEFORE = re.compile(
    r"\bup\s*$|increase of\s*$|add(?:ed|s|ing)\s*$|additional\s*$|including\s*$|granted approvals? to a total of\s*$|licensed a total of\s*$|\bbatch\b[^.;\d]{0,40}\b(?:includes?|included|covers?|covered)\s*$",
    re.I,
)
_NEW_AFTER = re.compile(
    r"\s*(?:were |was |have been )?added|[^.;,]{0,60}\b(?:were|was) added\b|\s*(?:newly|more|new)\b|[^.;\d]{0,80}?,\s(?:taking|bringing|raising|for a (?:cumulative |running )?total)",
    re.I,
)
_NEW_NEAR = re.compile(r"last week|this week|this month|first batch", re.I)
_TOTAL = re.compile(
    r"total|cumulative|\bnow\b|altogether|in all|so far|to date|\bhad been\b|\bas of\b|bringing|taking|to reach|stands? at|reached",
    re.I,
)
_STEP = re.compile(r"\b(\d{1,4})-(?:service|model|product)s?\s(?:increase|rise|gain)", re.I)
_TOTALS = re.compile(r"\btotals?\b[^.;]{0,40}?\b(\d{1,5}) and (\d{1,5})\b", re.I)
_NEWS = re.compile(
    r"\b(\d{1,4})\s(?:new|more|additional)\b[^,;\d]*\bservices and (\d{1,4})\s(?:new|more|additional)\b[^,;\d]*\bapp",
    re.I,
)
_PAIR = re.compile(r"\b(?:adding|up|with)\s(\d+)\sand\s(\d+)\s(?:new ones\s)?respectively", re.I)


def read(document: Document, context: Context) -> Iterator[FilingCount]:
    """One count a day and place, as `counts.read` gives them for Chinese."""
    text = document.text
    page = context.date or page_date(document)
    rows: dict[_Key, FilingCount] = {}
    loose: list[tuple[str, str, int, str, re.Match[str]]] = []
    scope = str(context.options.get("scope") or NATIONAL)
    home: str | None = None
    filed_before = False
    told = ""
    for sentence in _SENTENCE.finditer(text):
        words, before_it = sentence[0], told
        told = words
        scope, home = _scope(words, scope, home)
        added = _NEWS.search(words)
        if (pair := _TOTALS.search(words)) and (
            added or (_FILED.search(before_it) and "regist" in before_it)
        ):
            day_said = next((d for m in _UNTIL.finditer(words) if (d := _day(m, page))), None)
            fields = [("total_filed", pair[1]), ("total_registered", pair[2])]
            fields += [("new_in_period", added[1]), ("new_registered", added[2])] if added else []
            for field, number in fields:
                _put(rows, day_said or page, scope, field, int(number), "exact", sentence)
            continue
        untils = [(m, found) for m in _UNTIL.finditer(words) if (found := _day(m, page)) is not None]
        rows_said = list(_patterns()[2].finditer(words))
        if len(rows_said) > 1 and _ABOUT.search(before_it + words):
            for row in rows_said:
                place = english_provinces()[row[1].lower()]
                if untils:
                    _put(rows, untils[0][1], place, "total_filed", int(row[2]), "exact", sentence)
                else:
                    loose.append((place, "total_filed", int(row[2]), "exact", sentence))
            continue
        if not _ABOUT.search(words):
            continue
        in_year = _IN_YEAR.search(words)
        dated = [m.span() for pattern in (_UNTIL, _ON) for m in pattern.finditer(words)]
        register: Register | None = None
        sense: Sense | None = None
        behind = 0
        contrast = bool(re.search(r"\bfil(?:ed|ings?)\b", words, re.I))
        for hit in _NUMBER.finditer(words):
            after, before = words[hit.end() :], words[behind : hit.start()]
            noun = _NOUN.match(after)
            value = _value(hit["n"])
            if any(start <= hit.start("n") < end for start, end in dated) or not _counts_services(
                words, hit, before, noun, register
            ):
                continue
            if re.search(r"\bfrom\s*$", before):  # `up from 346 filed services in March 2025`
                if (back := _BACK.match(after)) and (then := _day(back, page)):
                    _put(rows, then, scope, "total_filed", value, "exact", sentence)
                behind = hit.end()
                continue
            name = (noun["noun"] if noun else "").lower()
            span = after[: noun.end() + 50] if noun else after[:30]
            clause = re.split(
                r"[,;]| and (?=\d|registered|filed|\w+ (?:more|new|registered|application))", span
            )[0]
            sense = (
                "new"
                if in_year and not untils
                else _sense(words[: hit.start("n")], before, after, clause, name, sense)
            )
            register = _register(clause, before, name, register, contrast, filed_before)
            filed_before |= register == "filed" and bool(_FILED.search(words))
            field = {("total", "filed"): "total_filed", ("total", "registered"): "total_registered", ("new", "filed"): "new_in_period", ("new", "registered"): "new_registered"}[sense, register]  # fmt: skip
            place = _own_place(words, hit, after) or scope
            behind = hit.end()
            pre = (hit["pre"] or "").lower()
            vague = "at_least" if hit["post"] or pre in _FLOOR else "about" if pre else "exact"
            if untils:
                earlier = [found for match, found in untils if match.start() < hit.start()]
                _put(rows, earlier[-1] if earlier else untils[0][1], place, field, value, vague, sentence)
            elif in_year and page and page.year > int(in_year[1]):
                _put(rows, dt.date(int(in_year[1]), 12, 31), place, field, value, vague, sentence)
            else:
                loose.append((place, field, value, vague, sentence))
        if untils:
            _put_steps(rows, words, untils[0][1], scope, contrast, sentence)
    news = next(
        (
            d
            for m in _ON.finditer(text)
            if (d := _day(m, page)) and page and 0 <= (page - d).days <= _NEWS_DAYS
        ),
        page,
    )
    for place, field, value, vague, sentence in loose:
        days = [key[0] for key in rows if key[1] == place and key[0] is not None]
        if not days and len(told_days := {key[0] for key in rows}) == 1:
            days = [d for d in told_days if d is not None]
        _put(rows, days[0] if days else news, place, field, value, vague, sentence)
    yield from rows.values()


def document_day(document: Document, context: Context) -> dt.date | None:
    """The first `as of` of a text; null where it says none."""
    page = context.date or page_date(document)
    return next((found for m in _UNTIL.finditer(document.text) if (found := _day(m, page))), None)


def _value(text: str) -> int:
    return int(text.replace(",", "")) if text[0].isdigit() else _WORDS[text.lower()]


def _counts_services(
    words: str, hit: re.Match[str], before: str, noun: re.Match[str] | None, register: Register | None
) -> bool:
    """Whether a number counts approved services: "China had 130 LLMs" does not say so, the sum of both registers is no
    total of either."""
    after, lead = words[hit.end() :], words[: hit.start("n")]
    if re.match(r"20[12]\d$", hit["n"]):
        return False
    if register is not None and _SUM.search(before) and "registr" in words.lower():
        return False
    if noun is None:
        goes_on = register is not None and (_GOES_ON.search(lead) or _FROM.match(after))
        return bool(goes_on or _REACHES.search(lead) or _BARE.match(after))
    if noun["noun"].lower() in ("filing", "filings", "registration", "registrations"):
        return True
    span = after[: noun.end() + 50]
    if re.search(r"\bChina had\s*$|\bhas\s*$", before) and not _ABOUT.search(span):
        return False
    return bool(
        _ABOUT.search(span)
        or _ABOUT.search(before)
        or re.search(r"official record|\blist (?:contains|holds|has|of)\b", words)
    )


def _sense(lead: str, before: str, after: str, clause: str, noun: str, previous: Sense | None) -> Sense:
    if _REACHES.search(lead) or re.match(r"\s(?:in all|altogether|in total|overall)\b", after):
        return "total"
    adjectives = clause.split(noun)[0] if noun else clause
    if (
        re.search(r"\bnew(?:ly)?\b|additional|\bmore\b|\badded\b", adjectives, re.I)
        or re.search(r"\badded\b|^\s*(?:were|was) new\b", clause)
        or _NEW_BEFORE.search(lead)
        or _NEW_AFTER.match(after)
        or _NEW_NEAR.search(f"{before[-60:]} {clause}")
    ):
        return "new"
    return "total" if previous is None or noun or _TOTAL.search(before) else previous


def _register(
    clause: str, before: str, noun: str, previous: Register | None, contrast: bool, filed_before: bool
) -> Register:
    if _CONTINUES.search(before[-80:]) and previous is not None:
        return previous
    is_app = noun.startswith(_APP)
    if noun.startswith("registration") or (
        is_app and not re.search(r"\b(?:were|been|complet\w+|ha[sd])\s+(?:their\s)?fil", clause)
    ):
        return "registered"
    if noun.startswith("filing") or re.search(r"\bfil(?:ed|ing|ings)\b", clause, re.I):
        return "filed"
    if not noun:
        if own := re.match(r"\s*(registered|filed)\b", clause):
            return "registered" if own[1] == "registered" else "filed"
        named = re.findall(r"\bfil(?:ed|ings?)\b|\bregist\w+", before, re.I)
        return (
            ("registered" if named[-1].lower().startswith("regist") else "filed")
            if named
            else previous or "filed"
        )
    if re.search(r"regist", clause, re.I):
        return "registered" if contrast or filed_before else "filed"
    return previous or "filed"


def _put_steps(
    rows: dict[_Key, FilingCount],
    words: str,
    as_of: dt.date,
    scope: str,
    contrast: bool,
    sentence: re.Match[str],
) -> None:
    """`a 192-service increase`, `adding 48 and 46 respectively`."""
    for step in _STEP.finditer(words):
        _put(rows, as_of, scope, "new_in_period", int(step[1]), "exact", sentence)
    for pair in _PAIR.finditer(words):
        if contrast and "regist" in words:
            _put(rows, as_of, scope, "new_in_period", int(pair[1]), "exact", sentence)
            _put(rows, as_of, scope, "new_registered", int(pair[2]), "exact", sentence)


def _put(
    rows: dict[_Key, FilingCount],
    as_of: dt.date | None,
    scope: str,
    field: str,
    value: int,
    vague: str,
    sentence: re.Match[str],
) -> None:
    quote = sentence[0].strip()
    start = sentence.start() + sentence[0].find(quote)
    end = start + len(quote)
    row = rows.get((as_of, scope)) or FilingCount(
        as_of=as_of,
        scope=scope,
        source_kind="english press",
        ground=Ground(quote=quote, start=start, end=end, locator=f"chars {start}-{end}"),
    )
    if getattr(row, field) is None:
        row = replace(row, **{field: value}, qualifier=vague if vague != "exact" else row.qualifier)  # type: ignore[arg-type]
    rows[as_of, scope] = row


# --- Places ---------------------------------------------------------------------------------------------------------


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A sentence that speaks for a province, a number of a list of provinces, a province with nothing but its number."""
    names = "|".join(name.title() for name in english_provinces())
    speaks = re.compile(
        rf"\b(?P<p>{names})(?:['’]s)?\s(?:(?:Municipal|Provincial|city|province|[Oo]ffice of the)\s)*"
        r"(?:Cyberspace|cyberspace|internet regulator|CAC\b|Clears?\b|Adds?\b|now\b|has also\b|has filed|had filed|approved\b|registered\b|filed\b|added\b|authorities|announced\b|said\b|reported\b|count\b|total\b|tally\b|number\b)"
        rf"|\bin\s(?P<q>{names})\b(?=[^.]*\b(?:complet|filed|registered|city))"
    )
    listed = re.compile(
        rf"\b({names})(?:['’]s)?\s*(?:alone\s)?(?:\(|(?:\w+\s){{0,2}}?with\s|(?:had|has|having|account(?:ed|ing) for|counted|at|for)\s)(?:about\s|only\s)?$"
    )
    bare = re.compile(rf"(?<![\w-])({names}):?\s(\d{{1,4}})(?=[,;.]|\sand\s|$)(?![,.]\d)")
    return speaks, listed, bare


def _scope(words: str, scope: str, home: str | None) -> tuple[str, str | None]:
    """The place a sentence speaks for, and the last province the text spoke for."""
    named = _patterns()[0].search(words)
    if named and named[0].startswith("Beijing") and re.search(r"(?:announced|said|reported)$", named[0]):
        named = None  # the government, not the city
    if named and not re.match(r"(?:Administration )?of China", words[named.end() :].strip()):
        place = english_provinces()[(named["p"] or named["q"]).lower()]
        return place, place
    if re.search(
        r"(?<!in )(?<!of )\bChina(?:['’]s)?\b|\bnation(?:al|wide)\b|Cyberspace Administration of China|\bCAC\b",
        words,
    ):
        return NATIONAL, home
    if home and re.search(r"\bthe (?:city|province|municipality|capital)\b", words, re.I):
        return home, home
    return scope, home


def _own_place(words: str, hit: re.Match[str], after: str) -> str | None:
    """The place of a number in a list: `Shanghai with 46`, `Guangdong (32)`, `252 nationwide`."""
    if re.match(r"\s*(?:\w+\s){0,2}?(?:nationwide|nationally|across (?:the country|China))", after):
        return NATIONAL
    if (found := _FROM.match(after)) and (place := english_provinces().get(found["p"].lower())):
        return place
    match = _patterns()[1].search(words[: hit.start("n")])
    return english_provinces()[match[1].lower()] if match else None
