"""Services an English text names outside of tables as approved.

`english_clauses` tells which clauses of a sentence say that an approval was given, `english_items` which services it mentions,
`english_roles` which of them a clause approves; here the sentences and lists of a text are gone through. `read` is all the rest of the package asks for; nothing here reads Chinese.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from scrapers.documents import Context, Document
from scrapers.extract.filings import english_days, english_places
from scrapers.extract.filings.days import page_date
from scrapers.extract.filings.english_clauses import (
    PRINTED,
    Clause,
    Said,
    Status,
    Token,
    clauses,
    place_said,
    places_said,
    said,
    sentences,
    tags,
    tokens,
)
from scrapers.extract.filings.english_items import (
    Item,
    groups,
    items,
    settled,
    shared_makers,
    vote,
    without_form,
)
from scrapers.extract.filings.english_roles import Scene, acts, is_used, subject_of, words_of
from scrapers.extract.filings.english_words import GRANT
from scrapers.extract.filings.grammar import NUMBER, Kind, english_provinces, province_of_number
from scrapers.lexicon import models
from scrapers.records import Filing, Ground

_THE_OFFICE = re.compile(
    r"\b(?:municipal|provincial|city['’]s|province['’]s)\s(?:cyberspace|internet|office|regulator|authorit)",
    re.I,
)
_REGISTER = re.compile(
    r"\b(?:its|the|public|national|official) (?:\w+ ){0,3}(?:list|register|registry|roster)\b", re.I
)
_PRINTED = re.compile(PRINTED)
_ON_DEVICE = re.compile(r"\bon-device\b", re.I)
_ON_DEVICE_LIST = re.compile(
    r"\bon-device\b[^.\n]{0,60}\b(?:services?|list|register|filings?)\b|\blist of on-device\b", re.I
)
"""What makes a text one of the fourth list."""
_ALSO = re.compile(r"\b(?:also|similarly|likewise|too)\b", re.I)
_FILED = re.compile(r"\bfil(?:ed|ings?)\b", re.I)
_REGISTERED = re.compile(r"(?<!un)regist(?:ered|rations?)\b", re.I)
_OF_APPS = re.compile(r"\b(?:apps?|applications?|functions?|features?|call(?:s|ing)?|APIs?)\b", re.I)
_CALL_MODELS = re.compile(r"\bcall(?:s|ing)?\b[^.]{0,40}\bmodels?\b", re.I)
_OF_ALGORITHMS = re.compile(r"\balgorithms?\b", re.I)
_OF_MODELS = re.compile(r"\b(?:generative|models?|LLMs?|chatbots?|services?)\b", re.I)
_LAUNCHED = re.compile(
    r"launch|open|introduc|roll|releas|availab|unveil|debut|accessib|could now use|is called|is named|led the way|went first",
    re.I,
)
_GOES_ON = re.compile(r"\W*(?:Those|These|They|Among them|The (?:list|batch|group|others|newcomers))\b")
"""A sentence that goes on with what the one before told the day of."""
_ROW_END = re.compile(r"(?:w{0,3}k)?[,(;:.-]|(?:w{0,3}k)?$")
_BULLET = re.compile(r"\s*(?:[-*•·●▪‣+]|[（(]?\d{1,3}[.、)）](?!\d))\s*")
_HEADING = re.compile(
    rf"\W*(?:(?:the|\d+|new|newly|latest|recent|recently|first|second|third|fourth|all|also|list of|generative|AI|services?|models?|apps?)\s)*(?:{GRANT}|approved|filed|registered|cleared|licensed|batch|list|newcomers|additions|entrants)\b"
    r"(?![^.]*\b(?:pending|await|expected|applied|rejected|denied|required|requirements?)\b)",
    re.I,
)
_SENTENCE_LIKE = re.compile(r"\b(?:is|are|was|were|has|have|had|said|says|will)\b|[a-z][.!?]\s*$")
"""What a line of a list or a heading does not have."""
_PAIR_LINE = re.compile(r"^\W*(?:\d+[.)]\s)?([^()\n]{2,40}?)\s\(([^()\n]{2,40})\)\W*$", re.M)
"""A line of a list: `1. Tiangong (Kunlun Tech)`."""
_NUMBER_BEHIND = re.compile(
    r"[\s!.]*(?:(?:Its|The|Our)\s)?(?:[Ff]iling|[Rr]egistration|[Rr]ecord)\s(?:[Nn]umber|[Nn]o\.?)(?:\sis)?[:\s]*"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A service that was approved, with the words that say so."""

    item: Item
    start: int
    end: int
    clause: str
    sentence: tuple[int, int]
    verdict_end: int
    place: str | None


@dataclass(slots=True)
class _State:
    """What the text has told so far."""

    last: list[tuple[Item, int, int]] = field(default_factory=list)
    """The services of the last sentence that named one, with their place in the text."""
    owner: str | None = None
    """The maker that was spoken of last."""
    approved: set[str] = field(default_factory=set)
    """Makers who were said to be approved."""
    of_any: bool = False
    """Whether firms or services were said to be approved without their names, which the next sentences may give."""
    was_done: bool = False
    list_for: int = 0
    """For how many sentences more `it` may be the register of services."""
    told_for: int = 0
    """For how many sentences more an approval, given or not, is spoken of."""
    told: str = ""
    """The words of the approval told last."""
    of_firms: bool = False
    """Whether the list that is open is one of firms."""
    in_list: bool = False
    firms_first: bool = True
    """Whether its lines name the maker first."""


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.home = english_places.home(text)
        offices = {office for _, office in places_said(text)}
        offices = offices or {place for _, _, place in english_places.named(text)}
        self.office = offices.pop() if len(offices) == 1 else None
        self.state = _State()
        votes = sum(vote(m[1], m[2]) for m in _PAIR_LINE.finditer(text))
        self.state.firms_first = votes >= 0

    def read(self) -> Iterator[_Named]:
        at = 0
        for line in self.text.split("\n"):
            yield from self._line(at, at + len(line))
            at += len(line) + 1

    def _line(self, start: int, end: int) -> Iterator[_Named]:
        line = self.text[start:end]
        if not line.strip():
            return
        bullet = _BULLET.match(line)
        is_row = bool(bullet) or (len(line) <= 400 and not _SENTENCE_LIKE.search(line))
        if self.state.in_list and is_row:
            found = list(self._listed(start + (bullet.end() if bullet else 0), end))
            yield from found
            if found or bullet:
                return
        self.state.in_list = False
        if is_row and len(line) <= 80 and _HEADING.match(line):
            self.state.in_list, self.state.of_firms = True, False
        elif is_row and _is_headline(line) and self.text.strip() != line.strip():
            return  # what it tells the text tells too, in words whose capitals mean something
        for one, behind in sentences(self.text, start, end):
            yield from self._sentence(one, behind)

    # --- lines of a list ---

    def _listed(self, start: int, end: int) -> Iterator[_Named]:
        """A line below words that announce approved services."""
        row = tokens(self.text, start, end)
        for part in _parts(row):
            whole = Clause(at=list(range(len(part))))
            told = said(part, whole, goes_on=False)
            if told.status == "undone" or re.search(r"\bnot\b|\bnone\b", words_of(part), re.I):
                continue
            found = _dashed(part) or items(part, firms_first=self.state.firms_first)
            own = [x for x in found if x.sort == "service" and x.is_pair]
            if not own and not self.state.of_firms:
                own = [
                    x
                    for x in found[:1]
                    if (x.sort != "maker" or models.sureness(x.name) == 3)
                    and _ROW_END.match(tags(part[x.last + 1 :]))
                ]
            self.state.last += [(x, part[x.first].start, part[x.last].end) for x in own]
            for item in own:
                yield self._made(replace(item, sort="service"), part, whole, (start, end), told)

    # --- sentences ---

    def _sentence(self, start: int, end: int) -> Iterator[_Named]:
        row = tokens(self.text, start, end)
        if not row:
            return
        of_services = re.search(
            r"\b(?:models|services|chatbots|apps|products)\b[^()]{0,60}$",
            words_of(row[: _first_bracket(row)]),
            re.I,
        )
        found = shared_makers(row, items(row, firms_first=not of_services))
        grouped = groups(row, found)
        parts = clauses(row)
        out, last = self._approved(row, parts, found, grouped, (start, end))
        statuses = {told.status for told in [said(row, c, False) for c in parts]}
        if "done" in statuses:
            self._note_makers(row, found)
            self.state.of_any = not found and bool(re.search("[FK]", tags(row)))
        elif not out and "undone" not in statuses and _LAUNCHED.search(words_of(row)):
            out += self._launched(row, found, (start, end))
        words = self.text[start:end].strip()
        if "done" in statuses and not out and (words.endswith(":") or len(words) <= 40):
            nouns = re.findall(r"[fFkK]", tags(row))
            self.state.in_list = True
            self.state.of_firms = bool(nouns) and nouns[0] in "fF" and nouns[-1] in "fF"
        self._note_topic(row, found, statuses, last)
        self._note_names(row, found, grouped)
        yield from out

    def _approved(
        self,
        row: Sequence[Token],
        parts: Sequence[Clause],
        found: Sequence[Item],
        grouped: Sequence[Sequence[Item]],
        sentence: tuple[int, int],
    ) -> tuple[list[_Named], Said]:
        """The services its clauses say were approved, each once, and what the last clause says."""
        state = self.state
        out: list[_Named] = []
        approved: set[int] = set()
        was_done = state.was_done or state.list_for > 0
        told, before = Said(None), set[str | None]()
        list_goes_on = False
        for clause in parts:
            inside = tags([row[i] for i in clause.at])
            goes_on = "done" in before or (was_done and before <= {None})
            goes_on |= "undone" in before and clause.kind in ("predicate", "relative")
            told = said(row, clause, goes_on, contrasts=state.told_for > 0 or bool(before - {None}))
            if told.status is None and list_goes_on and not re.search("[bhmvA]", inside):
                told = Said("done", ())  # `approved: A; B; C`
            before.add(told.status)
            if told.status != "done" or self._is_of_algorithms(row, clause):
                continue
            chosen = Scene(row, clause, told, found, grouped).chosen(state.last)
            for item, at in chosen:
                if at is not None:
                    out.append(self._named(item, *at, row, clause, sentence, told))
                elif item.at not in approved:
                    approved.add(item.at)
                    out.append(self._made(item, row, clause, sentence, told))
            list_goes_on = bool(chosen) and (list_goes_on or ":" in inside)
            if any(v.how != "weak" for v in told.verdicts):
                state.told = self.text[row[clause.at[0]].start : row[clause.at[-1]].end]
        return out, told

    def _note_topic(
        self, row: Sequence[Token], found: Sequence[Item], statuses: set[Status | None], last: Said
    ) -> None:
        """What the next sentence may go on from."""
        state = self.state
        names_list = _REGISTER.search(words_of(row)) and re.search("[kK]", tags(row))
        state.list_for = 2 if names_list else max(0, state.list_for - 1)
        state.told_for = 2 if statuses - {None} else max(0, state.told_for - 1)
        is_aside = state.was_done and not found
        state.was_done = "done" in statuses or is_aside or last.status == "done"

    def _note_names(
        self, row: Sequence[Token], found: Sequence[Item], grouped: Sequence[Sequence[Item]]
    ) -> None:
        """Whom `it` and `the company` of the next sentence may mean."""
        if any(x.sort in ("service", "unknown") or models.sureness(x.name) == 3 for x in found):
            self._remember(row, found, grouped)
        known = [x.maker or x.name for x in found if x.sort == "maker" or x.maker]
        if len(known) == 1:
            self.state.owner = known[0]
        elif known:
            self.state.owner = subject_of(row, found) or self.state.owner or known[0]

    def _remember(
        self, row: Sequence[Token], found: Sequence[Item], grouped: Sequence[Sequence[Item]]
    ) -> None:
        """What `it` and `they` of the next sentence mean: the first list of services."""
        for group in grouped:
            mine = [
                replace(x, sort="service")
                for x in settled(group, False, False, len(group) > 1)
                if x.sort == "service" or models.sureness(x.name) == 3
            ]
            if mine:
                self.state.last = [
                    (
                        replace(x, maker=x.maker or self._owner(row, x, found)),
                        row[x.first].start,
                        row[x.last].end,
                    )
                    for x in mine
                ]
                return

    def _is_of_algorithms(self, row: Sequence[Token], clause: Clause) -> bool:
        words = words_of([row[i] for i in clause.at])
        return bool(_OF_ALGORITHMS.search(words) and not _OF_MODELS.search(words))

    # --- makers ---

    def _owner(self, row: Sequence[Token], item: Item, found: Sequence[Item]) -> str | None:
        """The maker of a service that stands without one: who acts in the sentence, or who `its` speaks of."""
        if item.maker:
            return item.maker
        before = [x for x in found if x.last < item.first and x.sort in ("maker", "unknown")]
        acting = [x for x in before if acts(row, x) and (item.needs_maker or not self._uses(row, x, item))]
        if item.needs_maker:
            known = [x for x in before if x.sort == "maker"]
            if acting or known:
                return (acting or known)[-1].name
            pairs = [x.maker for x in found if x.last < item.first and x.maker]
            return (
                pairs[-1]
                if pairs
                else self.state.owner
                if not re.search(r"\bour\b", words_of(row[max(0, item.first - 6) : item.first]), re.I)
                else None
            )
        if acting:
            return acting[-1].name
        if re.search(
            r"\b(?:the|this) (?:AI )?(?:company|firm|start-?up|group)\b|^\W*it\b",
            words_of(row[: item.first]),
            re.I,
        ):
            named = [x.maker for x in found if x.last < item.first and x.maker and not is_used(row, x)]
            return named[-1] if named else self.state.owner
        return None

    def _uses(self, row: Sequence[Token], maker: Item, item: Item) -> bool:
        words = words_of(row[maker.last + 1 : item.first])
        return bool(
            re.search(
                r"\b(?:us(?:es|ing)|instead|calls|relies|integrat|rival|partner|teamed|talks|follow|gave|given)",
                words,
            )
        )

    def _note_makers(self, row: Sequence[Token], found: Sequence[Item]) -> None:
        for x in found:
            if x.sort in ("maker", "unknown"):
                self.state.approved.add(without_form(x.name))
            elif x.maker:
                self.state.approved.add(without_form(x.maker))

    def _launched(
        self, row: Sequence[Token], found: Sequence[Item], sentence: tuple[int, int]
    ) -> list[_Named]:
        """`It launched its chatbot, Ernie Bot`, of a maker who was said to be approved."""
        whole = Clause(at=list(range(len(row))))
        makers = [x.name for x in found if x.sort == "maker"]
        out = []
        for x in found:
            if x.sort != "service" or is_used(row, x):
                continue
            beside = tags(row[: x.at]) + "§" + tags(row[x.at + 1 :])
            needs = x.needs_maker or re.search("§,d[wka]{0,4}k|dk§", beside)
            owner = x.maker or (self._owner(row, x, found) if needs else None)
            if needs and owner is None and len(makers) == 1:
                owner = makers[0]
            described = re.search(
                "[kK]",
                tags(row[x.first : x.last + 5]) + (tags(row[max(0, x.first - 4) : x.first]) if needs else ""),
            )
            is_approved = owner and without_form(owner) in self.state.approved and described
            follows = self.state.of_any or (self.state.was_done and _ALSO.search(words_of(row)))
            if is_approved or (follows and (x.is_pair or x.needs_maker)):
                out.append(self._made(replace(x, maker=owner), row, whole, sentence, Said("done")))
        return out

    # --- results ---

    def _made(
        self, item: Item, row: Sequence[Token], clause: Clause, sentence: tuple[int, int], told: Said
    ) -> _Named:
        found = items(row)
        item = replace(item, maker=self._owner(row, item, found))
        start, end = row[item.first].start, row[item.last].end
        if item.is_pair is False:
            start, end = row[item.at].start, row[item.at].end
        return self._named(item, start, end, row, clause, sentence, told)

    def _named(
        self,
        item: Item,
        start: int,
        end: int,
        row: Sequence[Token],
        clause: Clause,
        sentence: tuple[int, int],
        told: Said,
    ) -> _Named:
        words = self.text[row[clause.at[0]].start : row[clause.at[-1]].end]
        place = _printed_place(row, item) or place_said(words, start - row[clause.at[0]].start)
        place = place or place_said(self.text[slice(*sentence)], start - sentence[0])
        if place is None and _THE_OFFICE.search(self.text[slice(*sentence)]):
            place = self.home
        if place is None and all(v.how == "lists" for v in told.verdicts):
            place = self.office
        if told.verdicts and all(v.how == "weak" for v in told.verdicts):
            place = place or place_said(self.state.told)
            words = f"{self.state.told} {words}"
        nearest = min(told.verdicts, key=lambda v: (v.last < item.at, abs(v.first - item.at)), default=None)
        verdict = row[nearest.last].end if nearest else row[clause.at[-1]].end
        return _Named(item, start, end, words, sentence, verdict, place)


def _printed_place(row: Sequence[Token], item: Item) -> str | None:
    """The province in a service's own bracket: `Luming (Larch, Hunan)`, `Luming, by Larch (Hunan)`."""
    own = [token.text for token in row[item.first : item.last + 1] if token.tag == "L"]
    seat = re.search(r"\(([A-Z][A-Za-z ]+)\)$", item.maker or "")
    name = own[0] if own else seat[1] if seat else ""
    return english_provinces().get(name.lower())


def _is_headline(line: str) -> bool:
    words = [word for word in re.findall(r"[A-Za-z][\w'’-]*", line) if len(word) > 3]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _first_bracket(row: Sequence[Token]) -> int:
    return next((i for i, token in enumerate(row) if token.tag == "("), len(row))


def _parts(row: Sequence[Token]) -> Iterator[list[Token]]:
    """The parts of a line of a list, which are told apart by `;` or stand behind `Beijing (5):`."""
    colon = next((i for i, token in enumerate(row) if token.tag == ":" and i <= 6), None)
    if colon is not None and not re.search("[NQ]", tags(row[:colon])):
        row = row[colon + 1 :]
    part: list[Token] = []
    for token in row:
        if token.tag == ";":
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _dashed(row: Sequence[Token]) -> list[Item]:
    """`Baidu - Wenxin Kuaima, approved 8 January`."""
    m = re.match(r"(?P<a>[NQ])[-:](?:[wkd]{0,5}c?)(?P<b>[NQ])", tags(row))
    if m is None:
        return []
    a, b = m.start("a"), m.start("b")
    maker, model = (b, a) if vote(row[a].text, row[b].text) < 0 else (a, b)
    return [Item("service", 0, m.end() - 1, model, row[model].text, row[maker].text, False, True)]


def read(document: Document, context: Context, seen: set[str]) -> Iterator[Filing]:
    """Each service once, in the order of the text; the text has no table of them. `seen` holds numbers in lower case, and
    grows."""
    text = document.text
    page = context.date or page_date(document)
    found = list(_Reader(text).read())
    days: dict[str, dt.date] = {}
    for one in found:
        start, end = one.sentence
        filed = english_days.day_of_event(text[start:end], one.verdict_end - start, page)
        filed = filed or english_days.only_day(one.clause, page)
        if filed is None and _GOES_ON.match(text, start):
            before = list(sentences(text, max(0, start - 300), start))
            filed = english_days.only_day(text[slice(*before[-1])], page) if before else None
        if filed:
            days.setdefault(one.item.name, filed)
    printed = set(_PRINTED.findall(text))
    surest: dict[str, _Named] = {}
    for one in found:
        if one.item.name not in surest or (one.item.maker and not surest[one.item.name].item.maker):
            surest[one.item.name] = one
    makers = {one.item.maker for one in surest.values() if one.item.maker}
    last_day: dt.date | None = None
    for one in surest.values():
        item = one.item
        is_firm = any(f"{maker} ".startswith(f"{item.name} ") for maker in makers)
        if item.maker is None and is_firm and models.sureness(item.name) < 3:
            continue  # `SAP secures a filing`: whose it is
        start, end = one.sentence
        sentence = text[start:end]
        beside = [other for other in found if other.sentence == one.sentence]
        code = _number_of(text, one, beside) or _number_elsewhere(text, one, found, printed)
        if code:
            seen.add(code[0].lower())
        is_same_day = re.search(r"\bthe same day\b", sentence) is not None
        last_day = days.get(item.name) or (last_day if is_same_day else None)
        quote = text[one.start : one.end]
        yield Filing(
            kind="registration" if code and code[4] else _kind(one.clause, sentence, text),
            model_name=item.name,
            entity_name=item.maker,
            province=(province_of_number(code[1]) if code else None) or one.place,
            filing_number=code[0] if code else None,
            filed_date=last_day,
            note="named in a sentence" if code else "named in a sentence; no number printed",
            ground=Ground(quote=quote, start=one.start, end=one.end, locator=f"chars {one.start}-{one.end}"),
        )


def _kind(clause: str, sentence: str, text: str) -> Kind:
    """The register a clause speaks of; applications are `registered` where the text tells filing apart from it."""
    if _ON_DEVICE.search(sentence) or _ON_DEVICE_LIST.search(text):
        return "on_device_filing"
    is_registered = _REGISTERED.search(clause) and not re.search(
        r"\bfil(?:ed|ings?)\b(?!\s(?:model|service))", clause
    )
    if (
        is_registered
        and (_OF_APPS.search(clause) or _CALL_MODELS.search(text))
        and (_FILED.search(text) or re.search(r"\bcall(?:s|ing)?\b", text))
    ):
        return "registration"
    return "filing"


def _number_elsewhere(
    text: str, one: _Named, found: Sequence[_Named], printed: set[str]
) -> re.Match[str] | None:
    """The number printed in another sentence that names this service and no other: `Luming's number is …`."""
    name = one.item.name
    others = {other.item.name for other in found} - {name}
    if not others and len(printed) == 1:
        return NUMBER.match(next(iter(printed)))
    for start, end in sentences(text, one.sentence[1], len(text)) if printed else ():
        words = text[start:end]
        codes = _PRINTED.findall(words)
        if len(codes) == 1 and name in words and not any(other in words for other in others):
            return NUMBER.match(codes[0])
    return None


def _number_of(text: str, one: _Named, beside: Sequence[_Named]) -> re.Match[str] | None:
    """The number printed behind a name of a sentence and before the next one, or anywhere when there is one of each."""
    start, end = one.sentence
    codes = list(_PRINTED.finditer(text, start, end))
    names = sorted({other.start for other in beside})
    if len(codes) == len(names) and (len(codes) == 1 or "respectively" in text[start:end]):
        return NUMBER.match(codes[names.index(one.start)][0])
    nexts = [other for other in names if other > one.start]
    inside = [m for m in codes if one.start <= m.start() < min(nexts, default=end)]
    if len(inside) == 1:
        return NUMBER.match(inside[0][0])
    if not codes and len(names) == 1 and (lead := _NUMBER_BEHIND.match(text, end)):
        behind = _PRINTED.match(text, lead.end())
        return NUMBER.match(behind[0]) if behind else None
    return None
