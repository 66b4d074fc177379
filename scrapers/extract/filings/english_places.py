"""The province an English sentence speaks for. `Beijing` is a place only where a sentence speaks of the city's own office, list or
services: "Beijing requires" is the government."""

import re
from functools import cache

from scrapers.extract.filings.english_clauses import place_said
from scrapers.extract.filings.grammar import english_provinces
from scrapers.extract.filings.scopes import NATIONAL
from scrapers.lexicon import places

_CITY_BEHIND = re.compile(
    r"['’]s\s(?:(?:\w+\s){0,2}?(?:cyberspace|municipal|city|count|total|tally|number|share|list|registr\w+|filings?)|\d)|\s(?:Municipal|municipality|Cyberspace|Office\sof|city|CAC)\b"
    r"|\s(?:has\s|had\s)?(?:filed|registered|added)\b|\s(?:continues\sto\s|still\s)?(?:leads?|led|tops?|topped|ranks?|counts?|hosts?)\b|\s(?:is\s|was\s)?home\sto\b|,?\s(?:has|had|holds)\s(?:a\s)?(?:\d|\w+\sof)"
    r"|\snow\b|\shas\salso\b|\s(?:Clears?|[Aa]dds?)\b|\s(?:alone|accounts?|accounted|accounting|with|stands?|stood|at)\b|\s(?:companies|firms|developers|start-?ups|ones)\b|\*{0,2}\s?(?:[(:]|[–—](?!\s[A-Z][\w’']*\s[a-z])|-(?!\w))|:?\s\d|\sand\s[A-Z]"
)
"""Behind `Beijing` where it is the city."""
_CITY_BEFORE = re.compile(r"(?:\b[Ii]n|\b[Ff]rom|\bbehind|\bahead\sof)\s(?:the\sMunicipality\sof\s)?$")
_GOVERNMENT_BEHIND = re.compile(
    r"['’]s\s(?:\w+\s){0,2}?(?:approv|licens|regulat|rules?\b|requirement|crackdown|ban\b|push|drive\b|regime)"
)
_GRANTED_BY = re.compile(r"\b(?:approvals?|licen[cs]es?|permission|clearances?|nod)\sfrom\s$", re.I)


@cache
def provinces() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(name.title() for name in english_provinces())})\b")


@cache
def cities() -> re.Pattern[str]:
    """Cities, parts of a province that have no totals of their own."""
    names = {p.name_en for p in places.all_places() if p.level == "city" and p.name_en}
    others = {name.title() for name in english_provinces()}
    return re.compile(
        rf"\b(?:{'|'.join(sorted(names - others))})\b(?!-based\s(?!developers|firms|companies|start-?ups|makers|providers))"
    )


def is_city(words: str, start: int, end: int) -> bool:
    """Whether `Beijing` at `words[start:end]` is the city and not the government."""
    before = words[max(0, start - 60) : start]
    if _GOVERNMENT_BEHIND.match(words, end):
        return False
    if _CITY_BEHIND.match(words, end):
        return True
    return bool(_CITY_BEFORE.search(before)) and not _GRANTED_BY.search(before)


def named(words: str) -> list[tuple[int, int, str]]:
    """The provinces words name, with where they stand."""
    return [
        (m.start(), m.end(), english_provinces()[m[0].lower()])
        for m in provinces().finditer(words)
        if not re.match(r"-based\s[A-Z]", words[m.end() :])
        and (m[0] != "Beijing" or is_city(words, m.start(), m.end()))
    ]


def home(text: str) -> str | None:
    """The province a text names most, for `the city` and `the province`."""
    found = [place for _, _, place in named(text)]
    if not found and re.search(r"\bBeijing\b.*\b(?:the city|municipal)\b", text, re.S):
        return "北京市"
    return max(found, key=found.count) if found else None


@cache
def _subject() -> re.Pattern[str]:
    """A sentence that speaks for a province."""
    names = "|".join(name.title() for name in english_provinces())
    others = "|".join(name.title() for name in english_provinces() if name != "beijing")
    body = r"(?:['’]s|\s(?:[Mm]unicipal(?:ity)?|[Pp]rovinc(?:e|ial)|[Cc]ity|[Oo]ffice of the|[Cc]yberspace|[Ii]nternet|[Aa]dministration|CAC|[Rr]egulators?|[Ww]atchdog|[Aa]uthorities|[Oo]fficials?))*"
    return re.compile(
        rf"^\W*(?:(?:As|In|On|By|At)\s(?:[^,]{{2,30}},|\w+\salone)\s)?(?:(?:In|The)\s)?(?P<p>{others}){body}(?=\s[a-z]|\s(?:Clears?|Adds?|Approves?|Registers?)\b|[,:]\s)"
        r"|\b(?P<b>Beijing)(?:['’]s\s(?:\w+\s){0,2}?(?:cyberspace|municipal|city|count|total|tally|number|registr\w+|filings?)|\s(?:Municipal|Cyberspace|city|CAC|(?:has |had )?(?:filed|registered|added)\b|(?:continues to |still )?(?:leads?|led|tops?|topped|ranks?|counts?|hosts?)\b|(?:is\s|was\s)?home\sto\b|(?:has|had)\s\d|now\b|has also\b|Clears?\b|[Aa]dds?\b))"
        rf"|\bwith\s(?P<w>{names})['’]s\s(?:cyberspace|internet|municipal|provincial)"
        rf"|\bin\s(?P<q>{names})\b(?=[^.]*\b(?:complet|fil(?:ed|ings)|registered|city|count|tally))"
    )


def scope(words: str, now: str, home: str | None) -> tuple[str, str | None]:
    """The place a sentence speaks for, and the last province the text spoke for; `now` where it says none."""
    found = _subject().search(words)
    if found and found["q"] and re.search(r"\bnationwide\b", words):
        found = None
    if found is None and (office := place_said(words)):
        return office, office
    if found is None and re.search(r"\b[Ii]n Beijing\b.*\b(?:municipal|the city)\b", words):
        return "北京市", "北京市"
    if (
        found is None
        and home == "北京市"
        and re.match(
            r"\W*Beijing\s(?!keeps|wants|approve|let|has\sapproved|gave|gives|moved?s?\b)[a-z]", words
        )
    ):
        return home, home
    if found and not re.match(r"(?:Administration )?of China", words[found.end() :].strip()):
        place = english_provinces()[(found["p"] or found["b"] or found["w"] or found["q"]).lower()]
        return place, place
    if (
        home
        and re.search(
            r"\b(?:the|our|this) (?:\w+ern )?(?:city|province|municipality|municipal|provincial|region|region['’]s|regional)\b(?! (?:offices|authorities|regulators|level))",
            words,
            re.I,
        )
        and not re.search(r"\bCAC\b|\bnationwide\b|Administration of China", words)
    ):
        return home, home
    if re.search(
        r"(?<!in )(?<!of )\bChina(?:['’]s)?\b|\b[Nn]ation(?:al|wide)\b|Cyberspace Administration of China|\bCAC\b",
        words,
    ):
        return NATIONAL, home
    if home and re.search(
        r"\b(?:the|our|this) (?:\w+ern )?(?:city|province|municipality|capital)\b", words, re.I
    ):
        return home, home
    return now, home
