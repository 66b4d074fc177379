"""Which of the services an English sentence mentions a clause approves: what stands in it, or what its pronoun, its relative
`which`, its subject or its list goes on from.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scrapers.extract.filings.english_clauses import Clause, Said, Token, Verdict, tags
from scrapers.extract.filings.english_items import Item, settled
from scrapers.lexicon import models

_USES = re.compile(
    r"(?<![-\w])(?:(?:built|based|runs?|running|trained|powered|relies|rely|relying|integrated|embedded|top) (?:on|by|with|around|of|into)|us(?:e|es|ed|ing)|call(?:s|ing)?|(?:rivals?|competitors?) to|(?:rival|competitor) (?:like|such as)|compet\w+ with|similar to"
    r"|unlike|like|than|compared with|versus|against|instead of|access(?: to|es|ed|ing)?|alternatives? to|backed by|invest\w+ in|talks with|(?<!such )(?<!well )as|replac\w+|answer to|renamed|based on|under the name|(?:application|version|user|part|feature|function)s? of)(?: (?:the|a|an|its|that of|those of|models?|chatbots?))*$",
    re.I,
)
"""Before what a service calls or is compared with, which is not what was approved."""
_NOT_USED = re.compile(
    r"\b\w+s like$|\b(?:public|everyone|anyone|users|people) (?:can|could|may) (?:now )?use$", re.I
)
_BUILT = re.compile(
    r"\b(?:(?:built|based|runs?|running|trained|powered|relies|rely|relying) (?:on|by)|us(?:es|ing)|calls|calling)\b",
    re.I,
)
_IN_PROGRESS = re.compile(
    r"\b(?:in progress|under way|underway|pending|under review|not|await\w*|applied|planned|rejected|refused|denied|revoked|withdrawn|expected)\b",
    re.I,
)
_CONNECTS = re.compile(
    r"\b(?:includ(?:e|es|ed|ing)|such as|namely|among (?:them|others?),?|are|were|is|was|nam(?:es|ed|ing)|add(?:s|ed)|contain(?:s|ed)|cover(?:s|ed)|as well as|along with|together with|runs? from|ranges? from|went to|featur(?:es|ed|ing)|like|even|especially|notably|with)(?:,? (?:among others|for example|for instance|also|now),?)*:?$|[:(]$",
    re.I,
)
"""Before a list of what the words before it speak of."""
_NAMELY = re.compile(r"\b(?:namely|including|such as|among them),?$", re.I)
_TO_OBJECT = re.compile(
    r"(?:(?:for|to|of|its|their|the|a|an|new|launch|release|open|offer|roll out|operate|two|three|four|five|models?|services?|chatbots?|both|use|public|first|and|AI|large|language)\s?)*"
)
"""Between an approval and what it is for."""
_OF_FILING = re.compile(r"\W*(?:the|this|its) (?:\w+ )?(?:filing|registration|approval)\b", re.I)
_THE_ONE = re.compile(r"(?:a?t|d[wka]{0,3}[kK]|d{1,3})a?[bhvAmn]")
_THERE = re.compile(r"\bthere (?:is|are|was|were|have|has|had)\b", re.I)
_THE_LATTER = re.compile(r"\bthe (?:latter|former)\b", re.I)
_PLURAL = re.compile(r"\b(?:they|both|all|these|those|each|two|three|four|five)\b", re.I)

Found = list[tuple[Item, tuple[int, int] | None]]
"""Services, with their place in the text where it is in a sentence before."""


def words_of(row: Sequence[Token]) -> str:
    """The words of tokens, with `§` for each name."""
    return " ".join("§" if t.tag in "NQX" else t.text for t in row).replace(" ,", ",").replace(" :", ":")


def acts(row: Sequence[Token], item: Item) -> bool:
    """Whether a name is followed by a verb of its own."""
    behind = tags(row[item.last + 1 : item.last + 40])
    return (
        bool(re.match(r"(?:\([^()]*\))?(?:,[^,]{1,20},)?[aD]*(?:i?D)?[bhvAm]", behind))
        and row[item.first].tag == "N"
    )


def subject_of(row: Sequence[Token], found: Sequence[Item]) -> str | None:
    """The maker that acts in a sentence."""
    acting = [x for x in found if x.sort in ("maker", "unknown") and acts(row, x)]
    return acting[0].name if acting else None


def is_used(row: Sequence[Token], item: Item) -> bool:
    """Whether a name is what something else calls, or is compared with."""
    before = words_of(row[max(0, item.first - 5) : item.first]).rstrip()
    return bool(_USES.search(before)) and not _NOT_USED.search(before)


@dataclass(frozen=True, slots=True)
class Scene:
    """A clause that tells an approval, in its sentence, with the names of the sentence in their order and as lists."""

    row: Sequence[Token]
    clause: Clause
    told: Said
    found: Sequence[Item]
    grouped: Sequence[Sequence[Item]]

    def chosen(self, last: Sequence[tuple[Item, int, int]]) -> Found:
        """The services the clause says were approved; `last` are those of the sentences before, with their place in the text."""
        own = self._own()
        kind = self.clause.kind
        if own and not (kind == "participle" and not self._has_object()):
            return [(x, None) for x in own]
        if kind in ("relative", "participle"):
            if kind == "relative" and last and self._is_of_noun():
                return [(x, (a, b)) for x, a, b in last[:1]]
            return [(x, None) for x in self._embedded()]
        if (
            kind == "predicate"
            and self.clause.host is not None
            and (subject := self._subjects(self.clause.host))
        ):
            return [(x, None) for x in subject]
        if before := self._noun_before():
            return [(replace(before, sort="service"), None)]
        return self._meant(last)

    def _words(self, clause: Clause | None = None) -> str:
        return words_of([self.row[i] for i in (clause or self.clause).at])

    def _tags(self, start: int = -1, end: int = 1 << 30) -> str:
        """The tags of the clause between two tokens of the sentence."""
        return tags([self.row[i] for i in self.clause.at if start < i < end])

    # --- what stands in the clause ---

    def _own(self) -> list[Item]:
        out: list[Item] = []
        inside = set(self.clause.at)
        for group in self.grouped:
            here = [x for x in group if x.at in inside]
            if not here:
                continue
            of_firms, is_listed = self._listed_as(here[0])
            is_argument = self._is_argument(here)
            direct = is_listed or any(x.sort == "service" for x in here) or is_argument
            of_services = is_listed and not of_firms and self._lists_services(here[0])
            sure = {x.at for x in group if x.sort == "service"}
            out += [
                x
                for x in settled(group, of_firms and is_listed, of_services, is_argument)
                if x.at in inside
                and x.sort == "service"
                and (x.at in sure or direct)
                and not self._is_of_base(x)
                and not self._is_held_back(x)
                and (self._is_called_approved(x) or not (is_used(self.row, group[0]) or is_used(self.row, x)))
            ]
        for v in self.told.verdicts:  # `Kuaidui holds a filing for its model Yinhe`
            of_object = [x for x in out if x.first > v.last]
            if (
                v.how == "got"
                and of_object
                and re.fullmatch("[^,:]+", self._tags(v.last, of_object[0].first))
            ):
                return of_object
        return out

    def _is_called_approved(self, item: Item) -> bool:
        """`uses Larch's approved Luming`."""
        return any(item.first <= v.first <= item.last for v in self.told.verdicts)

    def _is_held_back(self, item: Item) -> bool:
        """Whether brackets behind a name say that it is not done: `Luming (filing in progress)`."""
        note = re.match(r"\([^()]*\)", tags(self.row[item.last + 1 :]))
        words = words_of(self.row[item.last + 1 : item.last + 1 + note.end()]) if note else ""
        return bool(_IN_PROGRESS.search(words))

    def _is_of_base(self, item: Item) -> bool:
        """Whether what is approved is what the item only builds on: `X runs on a model that was filed`."""
        first = min((v.first for v in self.told.verdicts), default=0)
        between = [self.row[i] for i in self.clause.at if item.last < i < first]
        return item.last < first and bool(_BUILT.search(words_of(between).split(" and ")[0]))

    def _listed_as(self, item: Item) -> tuple[bool, bool]:
        """Whether the words before an item lead to a list: (of firms, that it is one)."""
        before = [self.row[i] for i in self.clause.at if i < item.first]
        words = re.sub(r"(?:\s(?:the|a|an))+$", "", words_of(before).rstrip())
        nouns = [token.tag for token in before if token.tag in "kKfF"]
        of_firms = bool(nouns) and nouns[-1] in "F"
        if re.search("A[wk]*K(?:iL)?,$", tags(before)):
            return False, True  # `has two filed models, Luming and Shuyu`
        if not before:
            return False, not self.told.verdicts
        leads = bool(_CONNECTS.search(words)) and (
            not self.told.verdicts
            or any(v.first < item.first for v in self.told.verdicts)
            or bool(_NAMELY.search(words))
        )
        return of_firms, leads

    def _lists_services(self, item: Item) -> bool:
        """Whether what is listed from an item on is services: the noun before says so, or the list itself is one of approvals."""
        nouns = re.findall("[kKfF]", tags(self.row[: item.first]))
        of_approvals = any(v.how in ("lists", "kept") for v in self.told.verdicts)
        return bool(nouns and nouns[-1] in "kK") or of_approvals or not self.told.verdicts

    # --- subjects and objects ---

    def _is_argument(self, here: Sequence[Item]) -> bool:
        """Whether a bare name is what a verdict speaks of: right before it as its subject or right behind it as its object."""
        for v in self.told.verdicts:
            if here[-1].last < v.first:
                if self._is_subject(here[-1], v):
                    return True
            elif here[0].first > v.last:
                if self._names_subject(v, here[0]):
                    return True
                inside = [self.row[i] for i in self.clause.at if v.last < i < here[0].first]
                takes = v.how in ("got", "gave", "let", "of", "after", "weak") or (
                    v.how == "act" and self._is_active(v)
                )
                if takes and _TO_OBJECT.fullmatch(words_of(inside)):
                    return v.how != "act" or not re.match("i|.*Ki", tags(inside))
        return False

    def _is_subject(self, item: Item, v: Verdict) -> bool:
        between = self._tags(item.last, v.first)
        if between.startswith("P") and v.how != "gave":
            return False
        between = re.sub(r"^(?:P|,|-|\([^()]*\))", "", re.sub(r",[^,]*,", "", between))
        between = re.sub(r"ba*v", "b", between)
        if item.sort == "unknown" and not re.match(r"[abhnr(-]|w{0,2}[kK]|$", between):
            return False
        return bool(re.fullmatch(r"[^NQXvm;:,]{0,14}", between)) and self._takes_subject(v)

    def _names_subject(self, v: Verdict, item: Item) -> bool:
        """Whether a name behind a comma is that of the subject: `the first model to be filed, ASEAN Bridge,`."""
        return bool(
            tags(self.row[v.last + 1 : item.first]) == ","
            and re.search(r"k[^NQX,]{0,6}$", self._tags(end=v.first))
            and tags(self.row[item.last + 1 : item.last + 2]) in (",", "", ".")
        )

    def _takes_subject(self, v: Verdict) -> bool:
        """Whether what stands before a verdict is what was approved, not who approves or who files something."""
        if v.how == "act":
            return not self._is_active(v)
        behind = words_of([self.row[i] for i in self.clause.at if i > v.last][:2])
        return (
            v.how in ("passed", "idiom", "kept", "lists", "weak", "after")
            or (v.how == "gave" and self.row[v.first].tag == "w")
            or (v.how == "got" and not re.match(r"(?:for|to)\b", behind))
        )

    def _is_active(self, v: Verdict) -> bool:
        """Whether a verb of approval has a subject that approves or files: no form of `be` before it, and an object."""
        if re.sub(r"[ani]+$", "", self._tags(end=v.first)).endswith("b"):
            return False
        behind = self._tags(v.last)
        return bool(re.match(r"[a#]*[dpwkKNQt]", behind)) and (
            self.clause.kind != "participle" or bool(re.match(r"[NQ]", behind))
        )

    def _has_object(self) -> bool:
        """Whether a participle has what it approves behind it: `, winning approval for Kimi`."""
        return any(v.how in ("got", "gave", "after", "of", "weak") for v in self.told.verdicts)

    def _it_is_object(self) -> bool:
        return any(
            self.row[i].tag == "A" and self.row[j].text.lower() in ("it", "them")
            for i, j in zip(self.clause.at, self.clause.at[1:], strict=False)
        )

    # --- what stands before the clause ---

    def _embedded(self) -> list[Item]:
        """What a relative clause or a participle approves: what it is said of, `Luming, which Larch filed`."""
        filer = re.match(r"a?r[dw]{0,2}[NfF]", self._tags())
        if self.told.verdicts and not filer and not any(self._takes_subject(v) for v in self.told.verdicts):
            return []
        one = self.row[self.clause.at[filer.end() - 1]] if filer else None
        by = one.text if one and one.tag == "N" else None
        return [replace(x, maker=x.maker or by) for x in self._before()]

    def _is_of_noun(self) -> bool:
        """`The chatbot, which was approved`: what the sentence before speaks of."""
        begin = self.clause.at[0]
        takes = any(self._takes_subject(v) for v in self.told.verdicts)
        return takes and bool(re.fullmatch("d[wka]{0,3}k,?", tags(self.row[:begin])))

    def _before(self) -> list[Item]:
        """What a relative clause or a participle is said of: the name right before it, or its whole list."""
        begin = self.clause.at[0]
        for group in reversed(self.grouped):
            if group[0].first >= begin:
                continue
            here = [x for x in settled(group, False, False) if x.first < begin]
            between = tags(self.row[here[-1].last + 1 : begin])
            if not re.fullmatch(r"(?:w{0,3}[kK])?(?:\([^()]*\))?,?", between):
                return []
            here = [
                replace(x, sort="service") if models.sureness(x.name) >= 2 or x.sort == "unknown" else x
                for x in here
            ]
            is_many = re.match(
                r"(?:both|all|each) of|which (?:are|were|have|all|both)",
                words_of([self.row[i] for i in self.clause.at[:3]]),
                re.I,
            )
            return [x for x in (here if is_many else here[-1:]) if x.sort == "service"]
        return []

    def _subjects(self, host: Clause) -> list[Item]:
        """The services that are the subject of a clause."""
        verb = next((i for i in host.at if self.row[i].tag in "bhmvAn"), None)
        for group in self.grouped:
            here = [
                x for x in settled(group, False, False) if x.at in host.at and (verb is None or x.at < verb)
            ]
            if any(x.sort == "service" for x in here):
                return [x for x in here if x.sort == "service"]
        return []

    def _noun_before(self) -> Item | None:
        """`ByteDance opened Doubao after the chatbot was cleared`."""
        for v in self.told.verdicts:
            lead = self._tags(end=v.first)
            if re.search(r"(?:d[wa]{0,3}k|(?<![kKNQw])t)[bha]*$", lead) and self._takes_subject(v):
                named = [
                    x
                    for x in self.found
                    if x.last < v.first
                    and x.at in self.clause.at
                    and x.sort in ("service", "unknown")
                    and not is_used(self.row, x)
                ]
                if named:
                    return named[-1]
        return None

    def _meant(self, last: Sequence[tuple[Item, int, int]]) -> Found:
        """What a pronoun, or a noun that stands for one, means: `it was approved`, `they were`, `the latter has`."""
        clause = self.clause
        head = clause if clause.kind != "predicate" or clause.host is None else clause.host
        latter = _THE_LATTER.search(self._words())
        if last and last[0][0].maker and self.is_firm(head):
            return [(x, (a, b)) for x, a, b in last[:1]]
        if not (
            latter or self._is_pronoun(head) or _OF_FILING.match(self._words(head)) or self._it_is_object()
        ):
            return []
        pronoun = latter[0] if latter else words_of([self.row[i] for i in head.at[:3]])
        lists = [g for g in self.grouped if len(g) > 1 and g[-1].at < clause.at[0]]
        if lists and _PLURAL.search(pronoun):
            return [(x, None) for x in settled(lists[-1], False, True) if x.sort == "service"]
        earlier = [
            x for x in self.found if x.at < clause.at[0] and x.sort == "service" and not is_used(self.row, x)
        ]
        if earlier:
            return [(earlier[0 if "former" in pronoun else -1], None)]
        maker = subject_of(self.row, self.found) if self._it_is_object() else None
        meant = last if _PLURAL.search(pronoun) else last[:1]
        return [(replace(x, maker=x.maker or maker), (a, b)) for x, a, b in meant]

    def is_firm(self, clause: Clause) -> bool:
        """`The company got approval`, of what it was said to offer."""
        lead = tags([self.row[i] for i in clause.at]).lstrip(",&:")
        got = any(v.how in ("got", "passed") for v in self.told.verdicts)
        return got and not self.found and bool(re.match("df[ahb]", lead))

    def _is_pronoun(self, clause: Clause) -> bool:
        """Whether the subject of a clause is a pronoun or what stands for one: `At home it has …`, `the model was …`."""
        lead = tags([self.row[i] for i in clause.at]).lstrip(",&:")
        lead = re.sub("^i[^tkKNQXbhmv,]{1,6},?", "", re.sub("^(?:[^:]{0,3}:)?(?:[wa],)?", "", lead))
        return bool(_THE_ONE.match(lead)) and not _THERE.search(self._words(clause))
