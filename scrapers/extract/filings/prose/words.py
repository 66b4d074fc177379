"""A text as the reader of prose sees it: its words, its sentences and the words that tell of approvals.

A word is one Chinese character, a run of Latin letters, a run of digits or one mark, so that Chinese and English texts, and
the many that mix both, are read alike. Every word and every spot of a text keeps its offsets.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

_WORD = re.compile(r"[A-Za-zÀ-ÿ]+|\d+|\n|[^\s]")
_SHORTENED = [
    "Co",
    "Ltd",
    "Inc",
    "Corp",
    "No",
    "Mr",
    "Ms",
    "Dr",
    "St",
    "vs",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_END = re.compile(
    r"[。！？!?\n]+|"
    + "".join(rf"(?<!\b{word})" for word in (*_SHORTENED, "[A-Z]"))
    + r"\.(?=\s+[^a-z\s]|\s*\n|\s*$)"
)
"""Where a sentence ends; not behind a shortened word, nor where it goes on in small letters."""
CLAUSE_MARKS = "，。；：！？;,\n"

TOLD = {
    "filed": r"备案|过审|过关|准生证|record-?fil\w*|fil(?:ed|ing|ings|es)\b",
    "registered": r"登记|regist\w+",
    "approved": r"获批|获准|批准|放行|批复|入列|在列|榜上有名|上榜|拿证|approv\w+|clear(?:ed|ance)|green light|licen[cs]\w+|permission|authori[sz]\w+|go-ahead",
    "online": r"上线|launch\w*|roll\w* out|releas\w+|available",
    "list": r"名单|清单|列表|\blists?\b|listed|batch|tranche|roster",
    "published": r"公示|公告|公布|通报|发布|更新|披露|announc\w+|publish\w+|updat\w+|disclos\w+|said|says|told",
    "done": r"通过|完成|拿到|取得|获得|办结|办妥|落地|complet\w+|obtain\w+|receiv\w+|secur\w+|pass(?:ed|es)|gain\w*|won|\bgot\b|completed",
    "undone": r"未|没有|尚|申请|正在|拟|计划|将|提交|筹备|准备|材料|审核中|排队|预计|争取|有望|待|不需|无需|无须|仍|或|争取|apply\w*|applied|application\w*|plan\w*|pending|await\w*|not\b|n't\b|yet|will|expect\w*|seek\w*|hop\w+|intend\w*|prepar\w+|submit\w*|review|rejected|withdr\w+|no\b|without|unnamed|unapproved",
    "used": r"基于|接入|调用|依托|底座|采用|搭载|使用|based on|built on|powered by|\bcall\w*\b|\buses?\b|using|underlying|rel(?:y|ies)",
    "algorithm": r"算法|深度合成|algorithm\w*|deep[- ]synthesis",
    "device": r"端侧|on-device|on device|device-side|handset|smartphone",
    "made": r"研发|开发|打造|推出|旗下|自研|自主|申报|运营|出品|研制|孵化|建设|developed|developer|built|\bown\w*|made|makers?|operat\w+|maintain\w*|by\b|from\b|of\b|unit|subsidiary",
    "row": r"包括|分别|其中|分别为|另外|此外|同批|同日|同期|以及|还有|includ\w+|namely|among|respectively|also|alongside|as well as|both",
    "ended": r"注销|撤销|停止|下架|cancel\w*|revok\w+|remov\w+|delist\w*",
    "other": r"ICP|等保|软件著作权|著作权|专利|商标|药监|证监|牌照|立项|认证|测评|奖|patent\w*|copyright\w*|award\w*|certif\w+",
    "rival": r"竞品|对手|友商|竞争|同行|rival\w*|compet\w+|peer\w*",
}
"""What words around a name say, by what they tell of it."""
_TOLD = re.compile("|".join(f"(?P<{name}>{words})" for name, words in TOLD.items()), re.I)


_HALF = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_NARROW = re.compile(r"(?<=[\u4e00-\u9fff”」》])[,:;?!()]|[,:;?!()](?=[\u4e00-\u9fff“「《])")


_CORNERS = str.maketrans("「」『』", "“”“”")
_STRAIGHT = re.compile(r'"([^"\n]{1,60})"')


def wide(text: str) -> str:
    """A text with the full-width marks that Chinese has, beside its letters, for narrow ones, and with one sort of quotes; of the
    same length."""
    text = _STRAIGHT.sub("“\\1”", text.translate(_CORNERS))
    return _NARROW.sub(lambda match: _HALF[match[0]], text)


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of a text that stands for `value`; `kind` tells how it is written."""

    value: str
    start: int
    end: int
    kind: str


class Text:
    """A text with its words, sentences and telling words, each found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [match.span() for match in _WORD.finditer(text)]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        ends = [match.end() for match in _END.finditer(self.text)]
        if not ends or ends[-1] < len(self.text):
            ends.append(len(self.text))
        return [(start, end) for start, end in pairwise([0, *ends]) if end > start]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_of(self, at: int) -> int:
        """The number of the sentence that holds a place of the text."""
        return max(0, bisect_right(self._starts, at) - 1)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Where the clause around a piece begins and ends."""
        text = self.text
        behind = [at for mark in CLAUSE_MARKS if (at := text.find(mark, end)) >= 0]
        return max(text.rfind(mark, 0, start) for mark in CLAUSE_MARKS) + 1, min(behind, default=len(text))

    @cached_property
    def told(self) -> list[Spot]:
        """The telling words, by what they tell."""
        return [
            Spot(m.lastgroup or "", m.start(), m.end(), m[0].casefold()) for m in _TOLD.finditer(self.text)
        ]

    @cached_property
    def _told_starts(self) -> list[int]:
        return [spot.start for spot in self.told]

    def told_before(self, at: int, begin: int, most: int) -> list[Spot]:
        """The last telling words between `begin` and `at`, in their order."""
        found: list[Spot] = []
        n = bisect_right(self._told_starts, at) - 1
        while n >= 0 and self.told[n].start >= begin and len(found) < most:
            if self.told[n].end <= at:
                found.append(self.told[n])
            n -= 1
        return found[::-1]

    def told_behind(self, at: int, end: int, most: int) -> list[Spot]:
        """The first telling words from `at` to `end`."""
        n = bisect_left(self._told_starts, at)
        return [spot for spot in self.told[n : n + most] if spot.end <= end]

    @cached_property
    def title_end(self) -> int:
        """Where the first line ends if it is a headline, else -1."""
        at = self.text.find("\n")
        return at if 0 < at < 120 else -1


def told_in(words: str) -> set[str]:
    """What the telling words of a piece of text say."""
    return {m.lastgroup or "" for m in _TOLD.finditer(words)}
