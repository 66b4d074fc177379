"""Totals in English texts.

English pages say "registered" for both registers: it means filing, unless the text sets registered applications apart
from filed services. `Beijing` and `Shanghai` are places only where the sentence speaks of the city's own office or
services: "Beijing requires" is the government.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from scrapers.documents import Context, Document
from scrapers.extract.filings.counts import NATIONAL, page_date
from scrapers.extract.filings.grammar import day, english_provinces, not_after
from scrapers.records import FilingCount, Ground

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_DATE = (
    rf"(?:{_MONTH.format('ma')}\s(?P<da>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<ya>20\d\d))?"
    rf"|(?P<db>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH.format('mb')}(?:,?\s(?P<yb>20\d\d))?"
    rf"|(?:the\send\sof\s|end[- ]|late\s)?{_MONTH.format('mc')}(?:\s(?:of\s)?(?P<yc>20\d\d)|\s(?P<tc>this|last)\syear)?"
    r"|(?:the\s)?(?:end\sof|year[- ]end|end-)\s?(?P<yd>20\d\d))"
)
_UNTIL = re.compile(
    rf"\b(?:(?:as\s(?:of|at)|by|until|till|through|up\sto)\s(?:the\s(?:end|close)\sof\s)?|(?:at|to)\sthe\s(?:end|close)\sof\s){_DATE}|\bas\s(?P<ye>20\d\d)\s(?:closed|ended|drew)",
    re.I,
)
_ON = re.compile(rf"\bon\s(?:\w+day,?\s)?{_DATE}", re.I)
_WORDS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
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
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"a dozen": 12}
_NUMBER = re.compile(
    rf"(?P<pre>at least|more than|over|exceed(?:s|ed|ing)|some|about|around|nearly|almost|roughly|approximately)?\s*(?<![\w.,$-])(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}|{'|'.join(w for w in _WORDS if w != 'zero')})(?P<post>\+|-odd)?(?![\w%]|\.\d|,\d|-\w|\s(?:percent|per cent|million|billion|trillion|users|months?|days?|weeks?|years?|hours?|categories|news|cities|provinces|companies|firms|pages?|rounds?|batch|rules)\b)",
    re.I,
)
_NOUN = re.compile(
    r"^[\s)]*(?:\([^)]*\)\s*)?(?:(?!and\b|its\b|with\b)[\w’'/-]+\s+|\([^)]*\)\s*){0,6}?(?P<noun>services?|models?|LLMs?|applications?|apps?|functions?|filings?|registrations?|ones|products|tools|features)\b",
    re.I,
)
_ABOUT = re.compile(
    r"approv|licen[sc]ed|were added|\bfil(?:ed|ing|ings|e)\b|regist(?:er|r)|\bcleared?\b|clears|green[- ]?light|\bnod\b|on record|official record",
    re.I,
)
_NEW = re.compile(
    r"\bnew(?:ly)?\b|additional|\bmore\b|\badded\b|\badding\b|increase|another|last week|this (?:week|month)|latest batch|\bup\b|in the period|during the (?:year|period)|first batch|further|fresh",
    re.I,
)
_TOTAL = re.compile(
    r"total|cumulative|\bnow\b|altogether|in all|so far|to date|\bhad been\b|\bas of\b|bringing|taking|to reach|has (?:now )?approved|stands? at|reached",
    re.I,
)
_CONTINUES = re.compile(
    r"\b(?:bringing|taking|raising|lifting|for a|to a total|total to|totalling|totaling)\b", re.I
)
_FILED = re.compile(r"\bfil(?:ed|ing|ings)\b|\bapprov|\bcleared\b|green", re.I)
_FLOOR = ("at least", "more than", "over", "exceed", "exceeds", "exceeded", "exceeding")


def read(document: Document, context: Context) -> Iterator[FilingCount]:
    """One count a day and place, as `counts.read` gives them for Chinese."""
    text = document.text
    page = context.date or page_date(document)
    rows: dict[tuple[dt.date | None, str], FilingCount] = {}
    loose: list[tuple[str, int, str, str, re.Match[str]]] = []
    scope = str(context.options.get("scope") or NATIONAL)
    home: str | None = None
    filed_before = False
    said: dt.date | None = None
    news = next(
        (d for m in _ON.finditer(text) if (d := _day(m, page)) and page and 0 <= (page - d).days <= 14), page
    )
    for sentence in re.finditer(
        r"(?:(?:Nov|Dec|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|No|U\.S|Inc|Co|Ltd|Corp|Mr|Dr)\.|\d\.\d|[^.!?\n]|\.(?=\w))+[.!?\n]?",
        text,
    ):
        words = sentence[0]
        scope, home = _scope(words, scope, home)
        if not _ABOUT.search(words):
            continue
        untils = [(m, found) for m in _UNTIL.finditer(words) if (found := _day(m, page)) is not None]
        previous: Literal["filed", "registered"] | None = None
        sense: Literal["total", "new"] | None = None
        last_end = 0
        contrast = bool(re.search(r"\bfil(?:ed|ings?)\b", words, re.I))
        for hit in _NUMBER.finditer(words):
            if any(
                m.start() <= hit.start("n") < m.end() for m in [*_UNTIL.finditer(words), *_ON.finditer(words)]
            ):
                continue
            after = words[hit.end() :]
            noun = _NOUN.match(after)
            before = words[last_end : hit.start()]
            lead = words[: hit.start("n")]
            follows = (
                (
                    previous is not None
                    and re.search(
                        r"\b(?:with|to|and|of|cumulative|total(?: of)?|by|up|from|for|including)\s*$|\($",
                        lead,
                        re.I,
                    )
                )
                or re.search(
                    r"(?:services|models|filings|registrations|count|total|number)\b.{0,60}\b(?:to|at|reach(?:ed|ing)?)\s*$",
                    lead,
                    re.I,
                )
                or re.match(r"\s(?:were|was|have been)\sadded", after)
            )
            if re.match(r"20[12]\d$", hit["n"]) or (noun is None and not follows):
                continue
            if noun is None and re.match(r"\s*(?:%|percent)", after):
                continue
            if (
                re.search(r"\b(?:totall?ing|altogether|combined)\b[^,]*$", before, re.I)
                and previous is not None
                and "registr" in words.lower()
            ):
                continue  # the sum of both registers
            noun_text = (noun["noun"] if noun else "").lower()
            span = after[: noun.end() + 50] if noun else after[:30]
            clause = re.split(r"[,;]| and (?=\d|\w+ (?:more|new|registered|application))", span)[0]
            if not (noun is None and follows) and not _is_approved(words, before, span, noun_text):
                continue
            value = (
                _WORDS.get(hit["n"].lower()) if not hit["n"][0].isdigit() else int(hit["n"].replace(",", ""))
            )
            if value is None:
                continue
            near = f"{before[-60:]} {clause}"
            if (
                re.search(
                    r"\bnew(?:ly)?\b|additional|\bmore\b|\badded\b", clause.split(noun_text or "\0")[0], re.I
                )
                or re.search(
                    r"\bup\s*$|increase of\s*$|adding\s*$|additional\s*$|including\s*$|granted approvals? to a total of\s*$",
                    before,
                    re.I,
                )
                or re.search(r"^\s*(?:were |was )?added|service increase|more\b", after[:20], re.I)
                or re.search(r"last week|this week|this month|first batch", near, re.I)
            ) or re.search(r"-service increase|increase since", span, re.I):
                sense = "new"
            elif _TOTAL.search(before) or sense is None or noun is not None:
                sense = "total"
            register = _register(clause, before, noun_text, previous, contrast, filed_before)
            if register == "filed" and _FILED.search(words):
                filed_before = True
            previous = register
            place = _own_place(words, hit, after) or scope
            field = {("total", "filed"): "total_filed", ("total", "registered"): "total_registered", ("new", "filed"): "new_in_period", ("new", "registered"): "new_registered"}[sense, register]  # fmt: skip
            pre = (hit["pre"] or "").lower()
            vague = "at_least" if hit["post"] or pre in _FLOOR else "about" if pre else "exact"
            last_end = hit.end()
            if untils:
                earlier = [d for m, d in untils if m.start() < hit.start()]
                said = earlier[-1] if earlier else untils[0][1]
                _put(rows, said, place, field, value, vague, sentence)
            else:
                loose.append((place, value, field, vague, sentence))
        for increase in re.finditer(
            r"\b(\d{1,4})-(?:service|model|product)s?\s(?:increase|rise|gain)", words, re.I
        ):
            if untils:
                _put(rows, untils[0][1], scope, "new_in_period", int(increase[1]), "exact", sentence)
    for place, value, field, vague, sentence in loose:
        dated = [key[0] for key in rows if key[1] == place and key[0] is not None]
        _put(rows, dated[0] if dated else news, place, field, value, vague, sentence)
    yield from rows.values()


def _put(rows: dict[tuple[dt.date | None, str], FilingCount], as_of: dt.date | None, scope: str, field: str, value: int, vague: str, sentence: re.Match[str]) -> None:  # fmt: skip
    quote = sentence[0].strip()
    start = sentence.start() + sentence[0].find(quote)
    row = rows.get((as_of, scope)) or FilingCount(
        as_of=as_of,
        scope=scope,
        source_kind="english press",
        ground=Ground(
            quote=quote, start=start, end=start + len(quote), locator=f"chars {start}-{start + len(quote)}"
        ),
    )
    if getattr(row, field) is None:
        row = replace(row, **{field: value}, qualifier=vague if vague != "exact" else row.qualifier)  # type: ignore[arg-type]
    rows[as_of, scope] = row


def _is_approved(words: str, before: str, span: str, noun: str) -> bool:
    """Whether the number counts approved services: "China had 130 LLMs" does not say so."""
    if noun in ("filing", "filings", "registration", "registrations"):
        return True
    if re.search(r"\bChina had\s*$|\bhas\s*$", before) and not _ABOUT.search(span):
        return False
    return (
        bool(_ABOUT.search(span)) or bool(_ABOUT.search(before)) or bool(re.search(r"official record", words))
    )


def _register(
    clause: str,
    before: str,
    noun: str,
    previous: Literal["filed", "registered"] | None,
    contrast: bool,
    filed_before: bool,
) -> Literal["filed", "registered"]:
    if _CONTINUES.search(before[-80:]) and previous is not None:
        return previous
    is_app = noun.startswith(("application", "app", "function", "feature"))
    if noun.startswith("registration") or (
        is_app and (re.search("regist", clause, re.I) or not _FILED.search(clause))
    ):
        return "registered"
    if noun.startswith("filing") or re.search(r"\bfil(?:ed|ing|ings)\b", clause, re.I):
        return "filed"
    if not noun:
        named = re.findall(r"\bfil(?:ed|ings?)\b|\bregist\w+", before, re.I)
        return (
            ("registered" if named[-1].lower().startswith("regist") else "filed")
            if named
            else previous or "filed"
        )
    if re.search(r"regist", clause, re.I):
        return "registered" if contrast or filed_before else "filed"
    return previous or "filed"


def _scope(words: str, scope: str, home: str | None) -> tuple[str, str | None]:
    """The place a sentence speaks for, and the last city or province the text spoke for."""
    named = re.search(
        rf"\b(?P<p>{_places()})(?:['’]s)?\s(?:(?:Municipal|Provincial|city|province|Office of the)\s)*(?:Cyberspace|cyberspace|internet regulator|CAC\b|Clears?\b|Adds?\b|now\b|has also\b|has filed|had filed|added\b|authorities|count\b|total\b|tally\b|number\b)|\bin\s(?P<q>{_places()})\b(?=[^.]*\b(?:complet|filed|registered|city))",
        words,
    )
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
    before = words[: hit.start("n")]
    if re.match(r"\s*(?:\w+\s){0,2}?(?:nationwide|nationally|across (?:the country|China))", after):
        return NATIONAL
    match = re.search(
        rf"\b({_places()})(?:['’]s)?\s*(?:\(|(?:\w+\s){{0,2}}?with\s|(?:had|has|having|account(?:ed|ing) for|counted|at|for)\s)(?:about\s|only\s)?$",
        before,
    )
    return english_provinces()[match[1].lower()] if match else None


def _places() -> str:
    return "|".join(name.title() for name in english_provinces() if name not in ("shanxi",)) + "|Shanxi"


def _day(match: re.Match[str], page: dt.date | None) -> dt.date | None:
    g = match.groupdict()
    if g.get("ye"):
        return dt.date(int(g["ye"]), 12, 31)
    if g["yd"]:
        return dt.date(int(g["yd"]), 12, 31)
    for month, number, year in (("ma", "da", "ya"), ("mb", "db", "yb")):
        if g[month]:
            m, d = _MONTHS.index(g[month][:3].lower()) + 1, int(g[number])
            if g[year]:
                return day(int(g[year]), m, d)
            return not_after(page, m, d) if page else None
    if not g["mc"]:
        return None
    month_number = _MONTHS.index(g["mc"][:3].lower()) + 1
    if g["yc"]:
        year_number = int(g["yc"])
    elif page is None:
        return None
    else:
        year_number = page.year - (g["tc"] == "last") - (month_number > page.month and g["tc"] is None)
    following = dt.date(year_number + (month_number == 12), month_number % 12 + 1, 1)
    return following - dt.timedelta(days=1)
