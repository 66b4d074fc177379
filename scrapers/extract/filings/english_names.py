"""Services an English text names outside of tables as approved.

`english_clauses` tells which clauses of a sentence say that an approval was given, `english_items` which services it mentions;
here the two are brought together: what a clause approves stands in it, or is what its pronoun, its relative `which` or its list
goes on from. `read` is all the rest of the package asks for; nothing here reads Chinese.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from scrapers.documents import Context, Document
from scrapers.extract.filings import english_days
from scrapers.extract.filings.days import page_date
from scrapers.extract.filings.english_clauses import (
    PRINTED,
    Clause,
    Said,
    Token,
    Verdict,
    clauses,
    place_said,
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
from scrapers.extract.filings.english_words import GRANT
from scrapers.extract.filings.grammar import NUMBER, Kind, province_of_number
from scrapers.lexicon import models
from scrapers.records import Filing, Ground

_PRINTED = re.compile(PRINTED)
_ON_DEVICE = re.compile(r"\bon-device\b", re.I)
_FILED = re.compile(r"\bfil(?:ed|ings?)\b", re.I)
_REGISTERED = re.compile(r"(?<!un)regist(?:ered|rations?)\b", re.I)
_OF_APPS = re.compile(r"\b(?:apps?|applications?|functions?|features?|call(?:s|ing)?|APIs?)\b", re.I)
_OF_ALGORITHMS = re.compile(r"\balgorithms?\b", re.I)
_OF_MODELS = re.compile(r"\b(?:generative|models?|LLMs?|chatbots?|services?)\b", re.I)
_LAUNCHED = re.compile(
    r"launch|open|introduc|roll|releas|availab|unveil|debut|accessib|led the way|went first", re.I
)
_USES = re.compile(
    r"\b(?:(?:built|based|runs?|running|trained|powered|relies|rely|relying|integrated|embedded|top) (?:on|by|with|around|of|into)|us(?:e|es|ed|ing)|call(?:s|ing)?|(?:rivals?|competitors?) to|(?:rival|competitor) (?:like|such as)|compet\w+ with|similar to"
    r"|unlike|like|than|compared with|versus|against|instead of|access(?: to|es|ed|ing)?|alternatives? to|backed by|invest\w+ in|talks with|(?<!such )as|replac\w+|answer to|renamed|based on|under the name|(?:application|version|user|part|feature|function)s? of)(?: (?:the|a|an|its|that of|those of|models?|chatbots?))*$",
    re.I,
)
"""Before what a service calls or is compared with, which is not what was approved."""
_BUILT = re.compile(
    r"\b(?:(?:built|based|runs?|running|trained|powered|relies|rely|relying) (?:on|by)|us(?:es|ing)|calls|calling)\b",
    re.I,
)
_IN_PROGRESS = re.compile(
    r"\b(?:in progress|under way|underway|pending|under review|not|await\w*|applied|planned|rejected|refused|denied|revoked|withdrawn|expected)\b",
    re.I,
)
_CONNECTS = re.compile(
    r"\b(?:includ(?:e|es|ed|ing)|such as|namely|among (?:them|others?),?|are|were|is|was|nam(?:es|ed|ing)|add(?:s|ed)|contain(?:s|ed)|cover(?:s|ed)|runs? from|ranges? from|went to|featur(?:es|ed|ing)|like|even|especially|notably|with)(?:,? (?:among others|for example|for instance|also|now),?)*:?$|[:(]$",
    re.I,
)
"""Before a list of what the words before it speak of."""
_NAMELY = re.compile(r"\b(?:namely|including|such as|among them),?$", re.I)
_TO_OBJECT = re.compile(
    r"(?:(?:for|to|of|its|their|the|a|an|new|launch|release|open|offer|roll out|operate|two|three|four|five|models?|services?|chatbots?|both|use|public|first|and|AI|large|language)\s?)*"
)
"""Between an approval and what it is for."""
_OF_FILING = re.compile(r"\W*(?:the|this|its) (?:\w+ )?(?:filing|registration|approval)\b", re.I)
_ROW_END = re.compile(r"(?:w{0,3}k)?[,(;:.-]|(?:w{0,3}k)?$")
_THE_ONE = re.compile(r"(?:a?t|d[wka]{0,3}[kK]|d{1,3})a?[bhvAmn]")
_THERE = re.compile(r"\bthere (?:is|are|was|were|have|has|had)\b", re.I)
_THE_LATTER = re.compile(r"\bthe (?:latter|former)\b", re.I)
_PLURAL = re.compile(r"\b(?:they|both|all|these|those|each|two|three|four|five)\b", re.I)
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
    told_for: int = 0
    """For how many sentences more an approval, given or not, is spoken of."""
    told: str = ""
    """The words of the approval told last."""
    of_firms: bool = False
    """Whether the list that is open is one of firms."""
    in_list: bool = False
    firms_first: bool = True
    """Whether its lines name the maker first."""
    place: str | None = None


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
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
            if told.status == "undone" or re.search(r"\bnot\b|\bnone\b", self._words(part), re.I):
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
        parts = clauses(row)
        found = items(
            row,
            firms_first=not re.search(
                r"\b(?:models|services|chatbots|apps|products)\b[^()]{0,60}$",
                self._words(row[: _first_bracket(row)]),
                re.I,
            ),
        )
        found = shared_makers(row, found)
        grouped = groups(row, found)
        state = self.state
        approved_now: set[int] = set()
        out: list[_Named] = []
        was_done, before = state.was_done, None
        told_before: set[str | None] = set()
        list_goes_on = False
        for clause in parts:
            goes_on = was_done if before is None else "done" in told_before
            goes_on |= "undone" in told_before and clause.kind in ("predicate", "relative")
            told = said(row, clause, goes_on, contrasts=state.told_for > 0 or bool(told_before - {None}))
            if (
                told.status is None
                and list_goes_on
                and not re.search("[bhmvA]", tags([row[i] for i in clause.at]))
            ):
                told = Said("done", ())  # `approved: A; B; C`
            if told.status == "done" and not self._is_of_algorithms(row, clause):
                chosen = self._chosen(row, clause, told, found, grouped)
                for item, at in chosen:
                    if item.at in approved_now and at is None:
                        continue
                    if at is None:
                        approved_now.add(item.at)
                        out.append(self._made(item, row, clause, (start, end), told))
                    else:
                        out.append(self._again(item, at, row, clause, (start, end), told))
                list_goes_on = bool(chosen) and (list_goes_on or ":" in tags([row[i] for i in clause.at]))
                if any(v.how != "weak" for v in told.verdicts):
                    state.told = self.text[row[clause.at[0]].start : row[clause.at[-1]].end]
            before = told
            told_before.add(told.status)
        statuses = {told.status for told in [said(row, c, False) for c in parts]}
        if "done" in statuses:
            self._note_makers(row, found)
            state.of_any = not found and bool(re.search("[FK]", tags(row)))
        elif not out and "undone" not in statuses and _LAUNCHED.search(self._words(row)):
            out += self._launched(row, found, (start, end))
        words = self.text[start:end].strip()
        if "done" in statuses and not out and (words.endswith(":") or len(words) <= 40):
            state.in_list = True
            tagged = tags(row)
            nouns = re.findall(r"[fFkK]", tagged)
            state.of_firms = bool(nouns) and nouns[0] in "fF" and nouns[-1] in "fF"
        is_aside = state.was_done and not found
        state.told_for = 2 if statuses - {None} else max(0, state.told_for - 1)
        state.was_done = "done" in statuses or is_aside or (before is not None and before.status == "done")
        services = [x for x in found if x.sort in ("service", "unknown") or models.sureness(x.name) == 3]
        if services:
            self._remember(row, found, grouped)
        known = [x for x in found if x.sort == "maker" or x.maker]
        if known:
            state.owner = (
                (known[-1].maker or known[-1].name)
                if len(known) == 1
                else (_subject(row, found) or state.owner or known[0].maker or known[0].name)
            )
        yield from out

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
        words = self._words([row[i] for i in clause.at])
        return bool(_OF_ALGORITHMS.search(words) and not _OF_MODELS.search(words))

    def _chosen(
        self,
        row: Sequence[Token],
        clause: Clause,
        told: Said,
        found: Sequence[Item],
        grouped: Sequence[Sequence[Item]],
    ) -> list[tuple[Item, tuple[int, int] | None]]:
        """The services a clause says were approved; with their place in the text where it is in a sentence before."""
        inside = set(clause.at)
        own: list[Item] = []
        for group in grouped:
            here = [x for x in group if x.at in inside]
            if not here:
                continue
            of_firms, is_listed = self._listed_as(row, clause, here[0], told)
            is_argument = self._is_argument(row, clause, here, told)
            direct = is_listed or any(x.sort == "service" for x in here) or is_argument
            of_services = is_listed and not of_firms and self._lists_services(row, here[0], told)
            for x in settled(group, of_firms and is_listed, of_services, is_argument):
                if x.at not in inside or x.sort != "service":
                    continue
                was = next(one for one in group if one.at == x.at)
                if (
                    (was.sort == "service" or direct)
                    and not self._is_of_base(row, clause, x, told)
                    and not self._is_held_back(row, x)
                    and (
                        any(
                            x.first <= v.first <= x.last for v in told.verdicts
                        )  # `uses Larch's approved Luming`
                        or not (self._is_used(row, group[0]) or self._is_used(row, x))
                    )
                ):
                    own.append(x)
        if own and not (clause.kind == "participle" and not self._has_object(row, clause, told)):
            return [(x, None) for x in own]
        if clause.kind in ("relative", "participle"):
            # `Luming, which Larch filed`
            filer = re.match(r"a?r[dw]{0,2}[NfF]", tags([row[i] for i in clause.at]))
            if (
                told.verdicts
                and not filer
                and not any(self._takes_subject(row, clause, v) for v in told.verdicts)
            ):
                return []
            one = row[clause.at[filer.end() - 1]] if filer else None
            by = one.text if one and one.tag == "N" else None
            return [(replace(x, maker=x.maker or by), None) for x in self._before(row, clause, grouped)]
        if clause.kind == "predicate" and clause.host is not None:
            subject = self._subjects(row, clause.host, grouped)
            if subject:
                return [(x, None) for x in subject]
        for v in told.verdicts:  # `ByteDance opened Doubao after the chatbot was cleared`
            lead = tags([row[i] for i in clause.at if i < v.first])
            if re.search(r"(?:d[wa]{0,3}k|(?<![kKNQw])t)[bha]*$", lead) and self._takes_subject(
                row, clause, v
            ):
                named = [
                    x
                    for x in found
                    if x.last < v.first
                    and x.at in inside
                    and x.sort in ("service", "unknown")
                    and not self._is_used(row, x)
                ]
                if named:
                    return [(replace(named[-1], sort="service"), None)]
        head = clause if clause.kind != "predicate" or clause.host is None else clause.host
        if (
            self._is_pronoun(row, head)
            or _THE_LATTER.search(self._words([row[i] for i in clause.at]))
            or _OF_FILING.match(self._words([row[i] for i in head.at]))
            or self._it_is_object(row, clause)
        ):
            earlier = [
                x for x in found if x.at < clause.at[0] and x.sort == "service" and not self._is_used(row, x)
            ]
            words = self._words([row[i] for i in head.at[:3]])
            if latter := _THE_LATTER.search(self._words([row[i] for i in clause.at])):
                words = latter[0]
            lists = [g for g in grouped if len(g) > 1 and g[-1].at < clause.at[0]]
            if lists and _PLURAL.search(words):
                here = [x for x in settled(lists[-1], False, True) if x.sort == "service"]
                return [(x, None) for x in here]
            if earlier:
                return [(earlier[0 if "former" in words else -1], None)]
            last = (
                self.state.last
                if _PLURAL.search(self._words([row[i] for i in head.at[:3]]))
                else self.state.last[:1]
            )
            maker = _subject(row, found) if self._it_is_object(row, clause) else None
            return [(replace(x, maker=x.maker or maker), (a, b)) for x, a, b in last]
        return []

    def _is_pronoun(self, row: Sequence[Token], clause: Clause) -> bool:
        """Whether the subject of a clause is a pronoun or what stands for one: `At home it has …`, `the model was …`."""
        lead = tags([row[i] for i in clause.at]).lstrip(",&:")
        lead = re.sub("^i[^tkKNQXbhmv,]{1,6},?", "", lead)
        return bool(_THE_ONE.match(lead)) and not _THERE.search(self._words([row[i] for i in clause.at]))

    def _is_held_back(self, row: Sequence[Token], item: Item) -> bool:
        """Whether brackets behind a name say that it is not done: `Luming (filing in progress)`."""
        note = re.match(r"\([^()]*\)", tags(row[item.last + 1 :]))
        words = self._words(row[item.last + 1 : item.last + 1 + note.end()]) if note else ""
        return bool(_IN_PROGRESS.search(words))

    def _is_of_base(self, row: Sequence[Token], clause: Clause, item: Item, told: Said) -> bool:
        """Whether what is approved is what the item only builds on: `X runs on a model that was filed`."""
        first = min((v.first for v in told.verdicts), default=0)
        return item.last < first and bool(
            _BUILT.search(self._words([row[i] for i in clause.at if item.last < i < first]))
        )

    def _it_is_object(self, row: Sequence[Token], clause: Clause) -> bool:
        return any(
            row[i].tag == "A" and row[j].text.lower() in ("it", "them")
            for i, j in zip(clause.at, clause.at[1:], strict=False)
        )

    def _has_object(self, row: Sequence[Token], clause: Clause, told: Said) -> bool:
        """Whether a participle has what it approves behind it: `, winning approval for Kimi`."""
        return any(v.how in ("got", "gave", "after", "of", "weak") for v in told.verdicts)

    def _is_argument(self, row: Sequence[Token], clause: Clause, here: Sequence[Item], told: Said) -> bool:
        """Whether a bare name is what a verdict speaks of: right before it as its subject or right behind it as its object."""
        for v in told.verdicts:
            if here[-1].last < v.first:
                between = tags([row[i] for i in clause.at if here[-1].last < i < v.first])
                if between.startswith("P") and v.how != "gave":
                    continue
                between = re.sub(r"^(?:P|,|-|\([^()]*\))", "", re.sub(r",[^,]*,", "", between))
                between = re.sub(r"ba*v", "b", between)
                if here[-1].sort == "unknown" and not re.match(r"[abhnr(-]|w{0,2}[kK]|$", between):
                    continue
                if re.fullmatch(r"[^NQXvm;:,]{0,14}", between) and self._takes_subject(row, clause, v):
                    return True
            elif here[0].first > v.last:
                if self._names_subject(row, clause, v, here[0]):
                    return True
                inside = [row[i] for i in clause.at if v.last < i < here[0].first]
                takes = v.how in ("got", "gave", "let", "of", "after", "weak") or (
                    v.how == "act" and self._is_active(row, clause, v)
                )
                if takes and _TO_OBJECT.fullmatch(self._words(inside)):
                    return v.how != "act" or not tags(inside).startswith("i")
        return False

    def _names_subject(self, row: Sequence[Token], clause: Clause, v: Verdict, item: Item) -> bool:
        """Whether a name behind a comma is that of the subject: `the first model to be filed, ASEAN Bridge,`."""
        before = tags([row[i] for i in clause.at if i < v.first])
        return bool(
            tags(row[v.last + 1 : item.first]) == ","
            and re.search(r"k[^NQX,]{0,6}$", before)
            and tags(row[item.last + 1 : item.last + 2]) in (",", "", ".")
        )

    def _takes_subject(self, row: Sequence[Token], clause: Clause, v: Verdict) -> bool:
        """Whether what stands before a verdict is what was approved, not who approves or who files something."""
        if v.how == "act":
            return not self._is_active(row, clause, v)
        behind = self._words([row[i] for i in clause.at if i > v.last][:2])
        return (
            v.how in ("passed", "idiom", "kept", "lists", "weak", "after")
            or (v.how == "gave" and row[v.first].tag == "w")
            or (v.how == "got" and not re.match(r"(?:for|to)\b", behind))
        )

    def _is_active(self, row: Sequence[Token], clause: Clause, v: Verdict) -> bool:
        """Whether a verb of approval has a subject that approves or files: no form of `be` before it, and an object."""
        before = re.sub(r"[ani]+$", "", tags([row[i] for i in clause.at if i < v.first]))
        if before.endswith("b"):
            return False
        behind = tags([row[i] for i in clause.at if i > v.last])
        return bool(re.match(r"[a#]*[dpwkKNQt]", behind)) and (
            clause.kind != "participle" or bool(re.match(r"[NQ]", behind))
        )

    def _listed_as(self, row: Sequence[Token], clause: Clause, item: Item, told: Said) -> tuple[bool, bool]:
        """Whether the words before an item lead to a list: (of firms, that it is one)."""
        before = [i for i in clause.at if i < item.first]
        words = re.sub(r"(?:\s(?:the|a|an))+$", "", self._words([row[i] for i in before]).rstrip())
        nouns = [row[i].tag for i in before if row[i].tag in "kKfF"]
        of_firms = bool(nouns) and nouns[-1] in "F"
        if not before:
            return False, not told.verdicts
        leads = bool(_CONNECTS.search(words)) and (
            not told.verdicts
            or any(v.first < item.first for v in told.verdicts)
            or bool(_NAMELY.search(words))
        )
        return of_firms, leads

    def _lists_services(self, row: Sequence[Token], item: Item, told: Said) -> bool:
        """Whether what is listed from an item on is services: the noun before says so, or the list itself is one of approvals."""
        nouns = re.findall("[kKfF]", tags(row[: item.first]))
        return (
            bool(nouns and nouns[-1] in "kK")
            or any(v.how in ("lists", "kept") for v in told.verdicts)
            or not told.verdicts
        )

    def _is_used(self, row: Sequence[Token], item: Item) -> bool:
        before = self._words(row[max(0, item.first - 5) : item.first]).rstrip()
        return bool(_USES.search(before)) and not re.search(r"\b\w+s like$", before)

    def _before(self, row: Sequence[Token], clause: Clause, grouped: Sequence[Sequence[Item]]) -> list[Item]:
        """What a relative clause or a participle is said of: the name right before it, or its whole list."""
        begin = clause.at[0]
        for group in reversed(grouped):
            if group[0].first >= begin:
                continue
            here = [x for x in settled(group, False, False) if x.first < begin]
            between = tags(row[here[-1].last + 1 : begin])
            if not re.fullmatch(r"(?:w{0,3}[kK])?(?:\([^()]*\))?,?", between):
                return []
            here = [
                replace(x, sort="service") if models.sureness(x.name) >= 2 or x.sort == "unknown" else x
                for x in here
            ]
            is_many = re.match(
                r"(?:both|all|each) of|which (?:are|were|have|all|both)",
                self._words([row[i] for i in clause.at[:3]]),
                re.I,
            )
            return [x for x in (here if is_many else here[-1:]) if x.sort == "service"]
        return []

    def _subjects(self, row: Sequence[Token], host: Clause, grouped: Sequence[Sequence[Item]]) -> list[Item]:
        """The services that are the subject of a clause."""
        verb = next((i for i in host.at if row[i].tag in "bhmvAn"), None)
        for group in grouped:
            here = [
                x for x in settled(group, False, False) if x.at in host.at and (verb is None or x.at < verb)
            ]
            if any(x.sort == "service" for x in here):
                return [x for x in here if x.sort == "service"]
        return []

    # --- makers ---

    def _owner(self, row: Sequence[Token], item: Item, found: Sequence[Item]) -> str | None:
        """The maker of a service that stands without one: who acts in the sentence, or who `its` speaks of."""
        if item.maker:
            return item.maker
        before = [x for x in found if x.last < item.first and x.sort in ("maker", "unknown")]
        acting = [x for x in before if _acts(row, x) and (item.needs_maker or not self._uses(row, x, item))]
        if item.needs_maker:
            known = [x for x in before if x.sort == "maker"]
            if acting or known:
                return (acting or known)[-1].name
            pairs = [x.maker for x in found if x.last < item.first and x.maker]
            return (
                pairs[-1]
                if pairs
                else self.state.owner
                if not re.search(r"\bour\b", self._words(row[max(0, item.first - 6) : item.first]), re.I)
                else None
            )
        if acting:
            return acting[-1].name
        if re.search(
            r"\b(?:the|this) (?:AI )?(?:company|firm|start-?up|group)\b|^\W*it\b",
            self._words(row[: item.first]),
            re.I,
        ):
            named = [x.maker for x in found if x.last < item.first and x.maker and not self._is_used(row, x)]
            return named[-1] if named else self.state.owner
        return None

    def _uses(self, row: Sequence[Token], maker: Item, item: Item) -> bool:
        words = self._words(row[maker.last + 1 : item.first])
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
        out = []
        for x in found:
            if x.sort != "service" or self._is_used(row, x):
                continue
            owner = x.maker or (self._owner(row, x, found) if x.needs_maker else None)
            described = re.search(
                "[kK]",
                tags(row[x.first : x.last + 2])
                + (tags(row[max(0, x.first - 4) : x.first]) if x.needs_maker else ""),
            )
            is_approved = owner and without_form(owner) in self.state.approved and described
            if is_approved or (self.state.of_any and (x.is_pair or x.needs_maker)):
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

    def _again(
        self,
        item: Item,
        at: tuple[int, int],
        row: Sequence[Token],
        clause: Clause,
        sentence: tuple[int, int],
        told: Said,
    ) -> _Named:
        return self._named(item, *at, row, clause, sentence, told)

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
        place = place_said(words, start - row[clause.at[0]].start) or place_said(
            self.text[slice(*sentence)], start - sentence[0]
        )
        if told.verdicts and all(v.how == "weak" for v in told.verdicts):
            place = place or place_said(self.state.told)
            words = f"{self.state.told} {words}"
        nearest = min(told.verdicts, key=lambda v: (v.last < item.at, abs(v.first - item.at)), default=None)
        verdict = row[nearest.last].end if nearest else row[clause.at[-1]].end
        return _Named(item, start, end, words, sentence, verdict, place)

    def _words(self, row: Sequence[Token]) -> str:
        return " ".join("§" if t.tag in "NQX" else t.text for t in row).replace(" ,", ",").replace(" :", ":")


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


def _acts(row: Sequence[Token], item: Item) -> bool:
    """Whether a name is followed by a verb of its own."""
    behind = tags(row[item.last + 1 : item.last + 40])
    return (
        bool(re.match(r"(?:\([^()]*\))?(?:,[^,]{1,20},)?[aD]*(?:i?D)?[bhvAm]", behind))
        and row[item.first].tag == "N"
    )


def _subject(row: Sequence[Token], found: Sequence[Item]) -> str | None:
    acting = [x for x in found if x.sort in ("maker", "unknown") and _acts(row, x)]
    return acting[0].name if acting else None


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
        if filed := filed or english_days.only_day(one.clause, page):
            days.setdefault(one.item.name, filed)
    told: set[str] = set()
    for one in found:
        item = one.item
        if item.name in told:
            continue
        told.add(item.name)
        start, end = one.sentence
        sentence = text[start:end]
        beside = [other for other in found if other.sentence == one.sentence]
        code = _number_of(text, one, beside) or _number_elsewhere(text, one, found)
        if code:
            seen.add(code[0].lower())
        quote = text[one.start : one.end]
        yield Filing(
            kind="registration" if code and code[4] else _kind(one.clause, sentence, text),
            model_name=item.name,
            entity_name=item.maker,
            province=(province_of_number(code[1]) if code else None) or one.place,
            filing_number=code[0] if code else None,
            filed_date=days.get(item.name),
            note="named in a sentence" if code else "named in a sentence; no number printed",
            ground=Ground(quote=quote, start=one.start, end=one.end, locator=f"chars {one.start}-{one.end}"),
        )


def _kind(clause: str, sentence: str, text: str) -> Kind:
    """The register a clause speaks of; applications are `registered` where the text tells filing apart from it."""
    if _ON_DEVICE.search(sentence):
        return "on_device_filing"
    is_registered = _REGISTERED.search(clause) and not re.search(
        r"\bfil(?:ed|ings?)\b(?!\s(?:model|service))", clause
    )
    if (
        is_registered
        and _OF_APPS.search(clause)
        and (_FILED.search(text) or re.search(r"\bcall(?:s|ing)?\b", text))
    ):
        return "registration"
    return "filing"


def _number_elsewhere(text: str, one: _Named, found: Sequence[_Named]) -> re.Match[str] | None:
    """The number printed in another sentence that names this service and no other: `Luming's number is …`."""
    name = one.item.name
    others = {other.item.name for other in found} - {name}
    for start, end in sentences(text, one.sentence[1], len(text)):
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
