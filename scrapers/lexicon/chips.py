"""Names of accelerators in running text → `chip_family` and, where the page says enough, `chip_id`.

A name is read in whole tokens ("A4000" never holds "A40"), the longest model first ("5090 D V2" before "5090 D" before
"5090"), in either order of words ("80G A100", "A100 80G"). Separators, case, width and the maker's name do not matter;
where maker and model disagree the model wins ("壁仞 天垓100" is Iluvatar's). Memory and form factor pick the chip within
its family and never invent one: `chip_id` is set only when what the page says leaves exactly one chip.

Four tables lie beside this module: `chip_models.csv` (how a model is called, token by token), `chip_makers.csv`,
`chip_variants.csv` (form and memory of each chip) and `chip_spellings.csv` (spellings met on pages, or built by rule where
`kind` is `constructed`). A listed spelling that the grammar cannot read (instance families such as `GN7`, opaque pool
names) is matched as it stands.

In `chip_models.csv` models are separated by `;`. A space between two parts means they may also be written together or
with a hyphen; parts written together must stay together. `!` marks a model that needs its maker beside it ("L2" alone is
a cache), `#` a bare number that needs a context other than money ("4090" in "4090元" is a price).
"""

import csv
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from scrapers.lexicon import instances
from scrapers.text import scan

_HERE = Path(__file__).parent

UNNAMED = frozenset({"vgpu", "unspecified-gpu", "nvidia-blackwell-72gb-unnamed"})
"""Labels of spellings that do not say which chip they are: resolved to no family."""
SERVERS = frozenset(
    {"huawei-atlas-800t-a2", "huawei-atlas-800i-a2", "huawei-atlas-900-a3", "mthreads-kuae-cluster"}
)
"""Families that are a server or a cluster: beside the name of the chip in it, the chip counts."""
VENDOR_ONLY = frozenset({"hygon", "enflame", "kunlunxin"})
"""Families of spellings that name a maker and no model."""


@dataclass(frozen=True, slots=True)
class ChipMatch:
    """One chip named in a text; `text[start:end] == chip_text`, with the memory and form written beside the model.

    `family` is null for a pool that hides its chip (`vGPU-48GB`) and for two chips behind one price. `ambiguous` says
    that another chip shares the price ("A10/4090"). `memory_gib` is per card. `chips` is a card count written into the
    name ("8*H100", "H100x8", "HGX"); `fraction` the slice of a card ("1/4 * T4"). `edition` is `server`,
    `workstation` or `max-q`. `is_instance` marks an instance family's name that stands for a chip (`GN7`).
    """

    family: str | None
    chip_id: str | None
    chip_text: str
    start: int
    end: int
    ambiguous: bool = False
    memory_gib: float | None = None
    form_factor: str | None = None
    chips: int | None = None
    fraction: float | None = None
    is_instance: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    is_cjk: bool = False
    is_plural: bool = False
    """The s of "A100s"."""


@dataclass(frozen=True, slots=True)
class _Model:
    family: str
    maker: str
    need: Literal["none", "maker", "number"]
    tight: tuple[bool, ...]
    chip_id: str | None
    memory_gib: float | None


@dataclass(frozen=True, slots=True)
class _Variant:
    chip_id: str
    form_factor: str
    memory_gib: float | None


# Same length in and out, so that offsets stay true.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0xA0: 0x20,
    ord("×"): ord("*"),
    ord("✕"): ord("*"),
    ord("✖"): ord("*"),
    ord("∗"): ord("*"),
    ord("‐"): ord("-"),
    ord("‑"): ord("-"),
    ord("–"): ord("-"),
    ord("—"): ord("-"),
    ord("−"): ord("-"),
    ord("（"): ord("("),
    ord("）"): ord(")"),
    ord("Ⅴ"): ord("V"),
}
_narrow = scan.translator(_NARROW)
# "8xH100" and "H100x8" hold a count; "MLU370X8" and "RTX" do not.
_COUNT_X = re.compile(
    r"(?<![A-Za-z0-9])(?<=\d)[xX](?=[A-Za-z])|(?<=(?<![A-Za-z0-9])\d)[xX](?=\s?[A-Za-z\d一-鿿])"
    r"|(?<=(?<![A-Za-z0-9])\d\d)[xX](?=\s?[A-Za-z\d一-鿿])"
    r"|(?<=[A-Za-z0-9])(?<!370)(?<!3080)(?<!\b\d)(?<!\b\d\d)[xX](?=\d{1,2}(?![\dA-Za-z]))"
)
_WEAK_GAP = re.compile(r"[ \t\-_·]{0,2}")
_KNOWN_GIB = frozenset(
    {4, 5, 6, 8, 10, 11, 12, 16, 20, 22, 24, 32, 40, 44, 47, 48, 64, 72, 80, 84, 94, 95, 96, 112, 120, 128}
    | {140, 141, 144, 180, 183, 186, 192, 216, 256, 268, 270, 275, 279, 280, 288, 432}
)
_MEMORY = re.compile(r"(\d{1,4}(?:\.\d+)?)\s?(?:G(?:i?B)?)(?![A-Za-z0-9]|/\s?\d+\s?G)", re.IGNORECASE)
_MEMORY_MIB = re.compile(r"(\d{4,6})\s?(?:MiB|MB)(?![A-Za-z0-9])", re.IGNORECASE)
_FORM = re.compile(
    r"(SXM)(?:\s?-?([2-6])(?!\.\d))?|(PCI-?E(?:x16)?)|(NV-?LINK)|(NVL)(?!\d)|(OAM)|(HGX|DGX)", re.IGNORECASE
)
_FILLER = re.compile(
    r"Tensor\s?Core|GPUs?|NVL\d+|HBM\d?e?|GDDR\dX?|GRAPHICS|CARD|VRAM|显卡|加速卡|算力卡|智算卡|显存|涡轮|公版|Ext\b|魔改|改|裸金属|Blackwell"
    r"|Server\s?Edition|Generation|each(?=\))",
    re.IGNORECASE,
)
_SIZE_BEHIND = re.compile(r"-(\d{2,3})(?![\d.A-Za-z元万/-]|\s?[元万])")
_COUNT_AFTER = re.compile(r"[*x]\s?(\d{1,2})(?![\d.])|(\d{1,2})\s?-?(?:卡|张|GPUs?\b)", re.IGNORECASE)
_PROFILE = re.compile(r"-(\d{1,2})[QCAB](?![A-Za-z0-9])")
"""A slice of a card by the maker's name for it: A40-12Q has 12 GB of 48."""
_COUNT_NEXT = re.compile(r"\s?[*xX]\s?(\d{1,2})(?![\d.])")
_BETWEEN = re.compile(r"[ \t\-_,，、/()（）\[\]【】·•:|+]{0,3}")
_HOST_MEMORY = re.compile(r"(?:内存|主存|RAM|DDR\d|硬盘|SSD|系统盘|磁盘)[:： ]?$", re.IGNORECASE)
_HOST_AFTER = re.compile(
    r"\s?(?:系统)?(?:内存|主存|RAM|DDR\d|硬盘|SSD|NVMe|系统盘|磁盘|存储|数据盘)", re.IGNORECASE
)
_MONEY_AFTER = re.compile(
    r"\s*(?:\.\d|,\d{3}|元|圆|块|万|千|w\b|k\b|[¥￥$](?!\s?\d)|%|‰|人民币|RMB|CNY|USD|P\b|P[Ff]|核|台|张|个|人|年|号|小时|h\b"
    r"|/\s*(?:月|台|天|时|小时|年|h\b|hour|month|mo\b|卡时|P\b))",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(
    r"(?:[¥￥$.]|\d,?|人民币|RMB|CNY|USD|价格?[:：]?|[~～至-]\s?\d+)\s*$", re.IGNORECASE
)
_MEMORY_NEXT = re.compile(r"\s?[(（]\s?\d{2}\s?G", re.IGNORECASE)
_PRICE_NEXT = re.compile(
    r"\s+(?:\d{2}\s?G\w?\s+)?(?:[*xX]?\s?\d\s?卡?\s+)?(?:[¥￥]\s?\d|\d+(?:\.\d+)?\s?(?:元|万|w\b|/))",
    re.IGNORECASE,
)
"""A price right behind: in "特价 4090 1.45元" the first number is the chip."""
_PRICED_AFTER = re.compile(r"\s*[=:：]\s*[¥￥$]?\s?\d")
_FRACTION = re.compile(r"(?<![\d.])(1)\s?/\s?([2-9]|1[0-6])\s?(?:\*|张|个|块|卡)?\s?$")
_COUNT_BEFORE = re.compile(r"(?<![\d.A-Za-z])(\d{1,4})\s?[*xX][\s_]?$")
_COUNT_OF_MANY = re.compile(
    r"(?<![\d.,$¥A-Za-z-])(?:(\d{1,2})|(one|two|four|six|eight|ten|sixteen))[\s-]$", re.IGNORECASE
)
_WORDS = {"one": 1, "two": 2, "four": 4, "six": 6, "eight": 8, "ten": 10, "sixteen": 16}
_ALTERNATIVE = re.compile(r"\s*(?:/|\||或者?|or\b|\+)\s*", re.IGNORECASE)
_NOT_RENTED = re.compile(r"[ \-]*(?:laptop|mobile|max-?q laptop|笔记本|移动版)", re.IGNORECASE)
_VIRTUAL = re.compile(
    r"vGPU[ \-_]?(?:\d{1,3}\s?G(?:i?B)?)?(?![A-Za-z0-9])|(?<![A-Za-z0-9])v-\d{1,3}g(?:-[a-z0-9]+)*",
    re.IGNORECASE,
)
_VENDOR = re.compile(
    r"(?:海光\s?)?DCU(?![A-Za-z0-9])|(海光|燧原|昆仑芯)(?=\s?(?:加速卡|智算卡|算力卡|GPU|NPU|XPU|卡|芯片))"
)
_HBM3_IS_SXM = frozenset({"nvidia-h100", "nvidia-h800"})
"""The PCIe cards of these families carry HBM2e; "80GB HBM3" is the driver's name of the SXM part."""
_INSTANCE = re.compile(r"(?:ecs\.|ebm)*(?:G[ANIT]\d\w*)(?:\.\w+)?|p\d\w*(?:-b200)?\.\w+", re.IGNORECASE)


def find(text: str) -> list[ChipMatch]:
    """Every chip named in a text, in order of appearance. Offsets refer to the text as given."""
    return _find(text, _narrow(text))


def resolve(text: str, memory_gib: float | None = None, form_factor: str | None = None) -> ChipMatch | None:
    """The one chip a cell names; null when it names none.

    `memory_gib` (per card) and `form_factor` come from other columns of the row and count only where the name itself is
    silent. A cell with two different chips gives `family` null and `ambiguous`.
    """
    found = _resolve(text)
    if found is None or found.family is None or (memory_gib is None and form_factor is None):
        return found
    memory = found.memory_gib if found.memory_gib is not None else memory_gib
    form = found.form_factor if found.form_factor is not None else canonical_form(form_factor)
    return replace(
        found,
        memory_gib=memory,
        form_factor=form,
        chip_id=found.chip_id or _chip_id(found.family, memory, form, form_factor or form),
    )


@lru_cache(maxsize=65536)
def _resolve(text: str) -> ChipMatch | None:
    found = find(text)
    if not found:
        maker = _tables().vendor_only.get(_narrow(text).strip().casefold())
        return ChipMatch(maker, None, text.strip(), 0, len(text)) if maker else None
    named = [m for m in found if m.family is not None]
    explicit = [m for m in named if not m.is_instance] or named
    families = {m.family for m in explicit}
    if len(families) > 1:
        first, last = explicit[0], explicit[-1]
        return ChipMatch(None, None, text[first.start : last.end], first.start, last.end, ambiguous=True)
    if not explicit:
        return found[0]
    best = max(explicit, key=lambda m: (m.chip_id is not None, m.memory_gib is not None, m.end - m.start))
    return replace(best, ambiguous=any(m.ambiguous for m in explicit) and len(families) > 1)


def canonical_form(written: str | None) -> str | None:
    """`SXM`, `PCIe`, `NVL` or `OAM` for any way of writing it; null for anything else."""
    match = _FORM.search(written or "")
    if not match:
        return None
    if match[1] or match[4] or match[7]:
        return "SXM"
    return "PCIe" if match[3] else "NVL" if match[5] else "OAM"


def families() -> frozenset[str]:
    """Every family the lexicon knows."""
    tables = _tables()
    return frozenset(m.family for models in tables.models.values() for m in models) | frozenset(
        tables.variants
    )


def memory_sizes(family: str) -> frozenset[float]:
    """Known memory sizes of a family's chips, GiB a card."""
    return frozenset(v.memory_gib for v in _tables().variants.get(family, ()) if v.memory_gib)


def per_card_memory(family: str | None, memory_gib: float, chips: int | None) -> float:
    """Memory of one card where a page prints the sum over cards: 640 GiB of eight H100 are 80 each.

    Left as it is when it already is a size of one card, or when no whole card fits. Sizes reported in MiB by drivers
    (49,140 MiB, or 46,068 where error correction takes its share) snap to the size sold (48). Of one card nothing is
    divided: 49,140 MiB of one 4090 is a card rebuilt to 48.
    """
    sizes = memory_sizes(family) if family else frozenset()
    for cards in (1,) if chips == 1 else (1, chips or 1, 8, 4, 2, 16):
        each = memory_gib / cards
        nearest = min(sizes or _KNOWN_GIB, key=lambda size: abs(each - size))
        if abs(each - nearest) <= (0.07 if sizes else 0.03) * nearest and (sizes or cards == 1):
            return float(nearest)
    if chips and chips > 1 and memory_gib / chips in _KNOWN_GIB and memory_gib > 288:
        return memory_gib / chips
    size = min(_KNOWN_GIB, key=lambda known: abs(memory_gib - known))
    return float(size) if chips == 1 and abs(memory_gib - size) <= 0.01 * size else float(memory_gib)


def _find(text: str, plain: str) -> list[ChipMatch]:
    tables = _tables()
    matches: list[ChipMatch] = []
    taken: list[tuple[int, int]] = []
    for instance in instances.find(plain):
        taken.append((instance.start, instance.end))
        cards = instance.cards
        matches.append(
            ChipMatch(
                instance.chip_family,
                instance.chip_id,
                text[instance.start : instance.end],
                instance.start,
                instance.end,
                chips=int(cards) if cards is not None and cards >= 1 else None,
                fraction=float(cards) if cards is not None and cards < 1 else None,
                is_instance=True,
            )
        )
    for literal in tables.literals.finditer(plain):
        if any(s < literal.end() and literal.start() < e for s, e in taken):
            continue
        family = tables.literal_families[literal[0].casefold()]
        taken.append(literal.span())
        start, end = literal.span()
        is_instance = _INSTANCE.fullmatch(literal[0]) is not None
        if is_instance and plain[max(0, start - 4) : start].casefold().endswith("ecs."):
            continue  # Alibaba's `ecs.gn7` is not Tencent's `GN7`
        memory = _MEMORY.search(plain, start, end)
        counted = _COUNT_BEFORE.search(plain[max(0, start - 12) : start]) or _COUNT_NEXT.match(plain, end)
        matches.append(
            ChipMatch(
                None if family in UNNAMED else family,
                None,
                text[start:end],
                start,
                end,
                memory_gib=float(memory[1]) if memory else None,
                chips=int(counted[1]) if counted else None,
                is_instance=is_instance,
            )
        )
    for virtual in _VIRTUAL.finditer(plain):
        if any(s < virtual.end() and virtual.start() < e for s, e in taken):
            continue
        taken.append(virtual.span())
        memory = _MEMORY.search(plain, *virtual.span())
        matches.append(
            ChipMatch(
                None,
                None,
                text[slice(*virtual.span())],
                *virtual.span(),
                memory_gib=float(memory[1]) if memory else None,
            )
        )
    plain = _COUNT_X.sub("*", plain)
    tokens = [t for t in _tokens(plain) if not any(s < t.end and t.start < e for s, e in taken)]
    index = 0
    while index < len(tokens):
        hit = _match_at(plain, tokens, index)
        if hit is None:
            index += 1
            continue
        model, first, last = hit
        match = _with_qualifiers(text, plain, model, tokens[first].start, tokens[last].end)
        if match is not None:
            matches.append(match)
        end = match.end if match else tokens[last].end
        index = last + 1
        while index < len(tokens) and tokens[index].start < end:
            index += 1
    for vendor in _VENDOR.finditer(plain):
        if not any(m.start < vendor.end() + 12 and vendor.start() < m.end for m in matches):
            maker = tables.vendor_only.get((vendor[1] or "DCU").casefold())
            matches.append(ChipMatch(maker, None, text[slice(*vendor.span())], *vendor.span()))
    matches.sort(key=lambda m: m.start)
    return _mark_alternatives(plain, matches)


def _mark_alternatives(plain: str, matches: list[ChipMatch]) -> list[ChipMatch]:
    """Neighbours of different families joined by a slash or "or" share what follows: "A10/4090"."""
    shared = set()
    for i, (left, right) in enumerate(itertools.pairwise(matches)):
        between = plain[left.end : right.start]
        if left.family and right.family and left.family != right.family and _ALTERNATIVE.fullmatch(between):
            shared |= {i, i + 1}
    return [replace(m, ambiguous=True) if i in shared else m for i, m in enumerate(matches)]


def _tokens(plain: str) -> list[_Token]:
    tables = _tables()
    tokens = []
    for match in tables.token.finditer(plain):
        word = match[0]
        if word[0].isascii() and word[0].isalpha():
            at = match.start()
            if _is_plural(plain, word, at):
                stem = word[:-1]
                tokens += [_Token(stem.upper(), at, at + len(stem))] if stem else []
                tokens.append(_Token("S", match.end() - 1, match.end(), is_plural=True))
                continue
            for part in _split_run(word.upper()):
                tokens.append(_Token(part, at, at + len(part)))
                at += len(part)
        else:
            tokens.append(_Token(word.upper(), *match.span(), is_cjk=not word[0].isascii()))
    return tokens


def _is_plural(plain: str, word: str, at: int) -> bool:
    """Whether a run of letters ends in the s of many: "A100s", "A10Gs"."""
    if word[-1] != "s" or at == 0 or not plain[at - 1].isdigit():
        return False
    return len(word) == 1 or (
        len(word) == 2 and word[0].isupper() and word.upper() not in _tables().vocabulary
    )


@lru_cache(maxsize=8192)
def _split_run(run: str) -> tuple[str, ...]:
    """A run of letters as known words ("RTXPRO" → RTX, PRO); unsplit where it is not made of them."""
    words = _tables().vocabulary
    if run in words:
        return (run,)
    best: dict[int, tuple[str, ...]] = {0: ()}
    for at in range(len(run)):
        if at not in best:
            continue
        for end in range(at + 2, len(run) + 1):
            if run[at:end] in words and (end not in best or len(best[end]) > len(best[at]) + 1):
                best[end] = (*best[at], run[at:end])
    return best.get(len(run), (run,))


def _match_at(plain: str, tokens: list[_Token], index: int) -> tuple[_Model, int, int] | None:
    """The longest model that starts at a token, makers before it included: (model, first token, last token)."""
    tables = _tables()
    makers: set[str] = set()
    at, best = index, None
    while True:
        hit = _model_at(plain, tokens, at, makers)
        if hit and (best is None or hit[1] >= best[2]):
            best = (hit[0], index, hit[1])
        found = _maker_at(plain, tokens, at)
        if found is None:
            break
        makers |= tables.makers[tuple(t.text for t in tokens[at : found + 1])]
        at = found + 1
        if at >= len(tokens) or not _WEAK_GAP.fullmatch(plain, tokens[found].end, tokens[at].start):
            break
    if best is None:
        return None
    before = tokens[index - 1] if index else None
    if before and before.end == tokens[index].start and not (before.is_cjk or tokens[index].is_cjk):
        return None
    return best


def _maker_at(plain: str, tokens: list[_Token], at: int) -> int | None:
    makers = _tables().makers
    for length in (3, 2, 1):
        if tuple(t.text for t in tokens[at : at + length]) in makers and len(tokens) >= at + length:
            gaps = zip(tokens[at:], tokens[at + 1 : at + length], strict=False)
            if all(_WEAK_GAP.fullmatch(plain, a.end, b.start) for a, b in gaps):
                return at + length - 1
    return None


_SIZE_NEXT = re.compile(r"[\s\-]?(\d{1,3})\s?GB?(?![A-Za-z0-9])")


def _has_own_memory(plain: str, end: int, model: _Model) -> bool:
    """Whether a short name is followed by the memory of its card ("L2 24G"), which is as good as its maker's name."""
    size = _SIZE_NEXT.match(plain, end)
    return size is not None and float(size[1]) in memory_sizes(model.family)


def _model_at(plain: str, tokens: list[_Token], at: int, makers: set[str]) -> tuple[_Model, int] | None:
    tables = _tables()
    words = tuple(t.text for t in tokens[at : at + tables.longest])
    for length in range(len(words), 0, -1):
        for model in tables.models.get(words[:length], ()):
            last = at + length - 1
            if (
                model.need == "maker"
                and model.maker not in makers
                and not _has_own_memory(plain, tokens[last].end, model)
            ):
                continue
            if not all(
                _fits(plain, tokens[at + i], tokens[at + i + 1], model.tight[i]) for i in range(length - 1)
            ):
                continue
            after = tokens[last + 1] if last + 1 < len(tokens) else None
            if (
                after
                and after.start == tokens[last].end
                and not (after.is_cjk or tokens[last].is_cjk)
                and after.text not in tables.qualifiers
                and not after.is_plural
            ):
                continue
            if (
                after
                and after.text in _OTHER_CARD
                and _WEAK_GAP.fullmatch(plain, tokens[last].end, after.start)
            ):
                continue
            if (
                model.need == "number"
                and not makers
                and _is_amount(plain, tokens[at].start, tokens[last].end)
            ):
                continue
            return model, last
    return None


def _fits(plain: str, left: _Token, right: _Token, tight: bool) -> bool:
    gap = plain[left.end : right.start]
    if not gap:
        return True
    if not tight or left.is_cjk:
        return _WEAK_GAP.fullmatch(gap) is not None
    if left.text.isalpha() and right.text.isdigit():
        return gap in "-_" or (gap == " " and len(left.text) > 1)
    return False


def _is_amount(plain: str, start: int, end: int) -> bool:
    """Whether a bare number is money or a count, not a card: "4090元", "￥3090", "3090台"."""
    if _MONEY_AFTER.match(plain, end):
        return True
    if _PRICED_AFTER.match(plain, end) or _MEMORY_NEXT.match(plain, end):
        return False
    before = plain[max(0, start - 12) : start]
    if _PRICE_NEXT.match(plain, end) and not re.search(r"[¥￥$~～至-]\s*$", before):
        return False
    return _MONEY_BEFORE.search(before) is not None and _COUNT_BEFORE.search(before) is None


def _with_qualifiers(text: str, plain: str, model: _Model, start: int, end: int) -> ChipMatch | None:
    if _NOT_RENTED.match(plain, end):
        return None
    memory, forms, chips = model.memory_gib, [], None
    total: float | None = None
    is_many = plain[end : end + 1] == "s" and not plain[end + 1 : end + 2].isalnum()
    end += is_many
    for form in _FORM.finditer(plain, start, end):
        forms.append(form[0])
    at = end
    while True:
        gap = _BETWEEN.match(plain, at)
        place = gap.end() if gap else at
        if found := _FORM.match(plain, place):
            forms.append(found[0])
        elif found := (_MEMORY.match(plain, place) or _MEMORY_MIB.match(plain, place)):
            amount = _gib(found)
            said_before = memory is not None and memory != model.memory_gib
            if amount is None or said_before or total is not None or _HOST_AFTER.match(plain, found.end()):
                break
            if per_card := _card_size(model.family, amount):
                memory = per_card
            else:
                total = amount
        elif (
            memory is None
            and (found := _SIZE_BEHIND.match(plain, at))
            and float(found[1]) in memory_sizes(model.family)
        ):
            memory = float(found[1])  # "A100-80"
        elif found := _COUNT_AFTER.match(plain, place):
            if chips is not None:
                break
            chips = int(found[1] or found[2])
            at = found.end()
            continue
        elif not (found := _FILLER.match(plain, place)):
            break
        if "(" in plain[at:place] and ")" not in plain[found.end() : found.end() + 12]:
            break
        at = found.end()
        end = at
    if plain[start:end].count("(") > plain[start:end].count(")") and plain[end : end + 1] == ")":
        end += 1
    while True:
        before = plain[max(0, start - 24) : start]
        if (head := re.search(r"(?:SXM\d?|PCI-?E|NVL|OAM|HGX|DGX)[\s\-_]{0,2}$", before, re.IGNORECASE)) or (
            head := re.search(
                r"(?<![\d.A-Za-z])(\d{2,3})\s?G(?:i?B)?(?:显存)?(?:的|版)?[\s\-_]{0,2}$",
                before,
                re.IGNORECASE,
            )
        ):
            if head.lastindex:
                size = _card_size(model.family, float(head[1]))
                if memory is not None or not size or _HOST_MEMORY.search(before[: head.start()]):
                    break
                memory = size
            else:
                forms.append(head[0])
            start -= len(before) - head.start()
        else:
            break
    before = plain[max(0, start - 12) : start]
    fraction = _FRACTION.search(before)
    if counted := (None if fraction else _COUNT_BEFORE.search(before)):
        chips = int(counted[1])
    elif (
        chips is None
        and (is_many or re.search(r"GPUs$", plain[start:end], re.IGNORECASE))
        and (many := _COUNT_OF_MANY.search(before))
    ):
        chips = int(many[1]) if many[1] else _WORDS[many[2].casefold()]
    is_node = any(f.upper().startswith(("HGX", "DGX")) for f in forms)
    chips = chips or (8 if is_node else None)
    if total is not None and memory is None:
        memory = per_card_memory(model.family, total, chips)
    if (
        memory == 80
        and model.family in _HBM3_IS_SXM
        and re.search(r"HBM3(?!e)", plain[start:end], re.IGNORECASE)
    ):
        forms.append("SXM5")
    agreed, written = _agreed_form(model.family, forms)
    share = 1 / int(fraction[2]) if fraction else None
    if profile := _PROFILE.match(plain, end):
        sizes = memory_sizes(model.family)
        end = profile.end()
        share = int(profile[1]) / next(iter(sizes)) if len(sizes) == 1 else 0.0
    return ChipMatch(
        model.family,
        model.chip_id or _chip_id(model.family, memory, agreed, written),
        text[start:end],
        start,
        end,
        memory_gib=memory,
        form_factor=agreed,
        chips=chips,
        fraction=share,
    )


def _gib(found: re.Match[str]) -> float | None:
    amount = float(found[1])
    if found.re is _MEMORY_MIB:
        amount /= 1024
    return amount if amount <= 8192 else None


def _card_size(family: str, amount: float) -> float | None:
    """The size of one card that an amount of memory is, null when no card has it."""
    for sizes in (memory_sizes(family), _KNOWN_GIB):
        nearest = min(sizes, key=lambda size: abs(amount - size), default=None)
        if nearest is not None and abs(amount - nearest) <= 0.01 * nearest:
            return float(nearest)
    return None


def _agreed_form(family: str, forms: list[str]) -> tuple[str | None, str | None]:
    """The one form factor a name states, and as written; two different ones ("PCIe/NVL") state none."""
    known = {canonical_form(form): form for form in forms}
    versions = [f for f in forms if re.search(r"\d", f) and f.upper().startswith("SXM")]
    if len(known) != 1:
        return None, None
    form, written = next(iter(known.items()))
    if form == "SXM" and not any(v.form_factor.startswith("SXM") for v in _tables().variants.get(family, ())):
        # NVLink on a card that has no SXM version is a bridge.
        return ("SXM" if written.upper().startswith(("SXM", "HGX", "DGX")) else None), written
    return form, versions[0] if versions else written


def _chip_id(family: str, memory: float | None, form: str | None, written: str | None) -> str | None:
    """The only chip of a family that fits what is said, else null."""
    fitting = list(_tables().variants.get(family, ()))
    if memory is not None:
        exact = [v for v in fitting if v.memory_gib is not None and abs(v.memory_gib - memory) < 0.6]
        near = [
            v for v in fitting if v.memory_gib is None or abs(v.memory_gib - memory) <= 0.07 * v.memory_gib
        ]
        fitting = exact or near
    if form is not None:
        version = re.sub(r"[\s\-]", "", written or "").upper()
        exact = [v for v in fitting if re.fullmatch(r"SXM\d", version) and v.form_factor == version]
        fitting = exact or [
            v
            for v in fitting
            if not v.form_factor or (canonical_form(v.form_factor) or v.form_factor) == form
        ]
    return fitting[0].chip_id if len(fitting) == 1 else None


@dataclass(frozen=True, slots=True)
class _Tables:
    models: dict[tuple[str, ...], list[_Model]]
    makers: dict[tuple[str, ...], set[str]]
    variants: dict[str, tuple[_Variant, ...]]
    vocabulary: frozenset[str]
    qualifiers: frozenset[str]
    token: re.Pattern[str]
    longest: int
    literals: re.Pattern[str]
    literal_families: dict[str, str]
    vendor_only: dict[str, str]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


_PART = re.compile(r"[A-Za-z]+|\d+|[^\x00-\x7f]+")
_OTHER_CARD = frozenset(["TI", "SUPER"])
"""Words that make another card of a name; after a model that is not listed with them the card is unknown."""
_QUALIFIERS = frozenset(["PCIE", "SXM", "NVL", "NVLINK", "OAM", "GPU", "GPUS", "HGX", "DGX", "SERVER"])
_loading: list[_Tables] = []


def _tables() -> _Tables:
    return _loading[0] if _loading else _load()


def _load() -> _Tables:
    models: dict[tuple[str, ...], list[_Model]] = {}
    words: set[str] = set(_QUALIFIERS)
    cjk: set[str] = set()
    makers: dict[tuple[str, ...], set[str]] = {}

    def note(parts: tuple[str, ...]) -> None:
        words.update(p for p in parts if p.isascii() and p.isalpha())
        cjk.update(p for p in parts if not p.isascii())

    for row in _rows("chip_makers.csv"):
        for name in row["words"].split(";"):
            parts = tuple(p.upper() for p in _PART.findall(name))
            makers.setdefault(parts, set()).add(row["maker"])
            note(parts)
    for row in _rows("chip_models.csv"):
        for name in row["models"].split(";"):
            need: Literal["none", "maker", "number"] = (
                "maker" if name.startswith("!") else "number" if name.startswith("#") else "none"
            )
            chunks = [_PART.findall(chunk.upper()) for chunk in name.lstrip("!#").split()]
            parts = tuple(p for chunk in chunks for p in chunk)
            tight = tuple(same for chunk in chunks for same in [True] * (len(chunk) - 1) + [False])[:-1]
            models.setdefault(parts, []).append(
                _Model(
                    row["chip_family"],
                    row["maker"],
                    need,
                    tight,
                    row["chip_id"] or None,
                    float(row["memory_gib"]) if row["memory_gib"] else None,
                )
            )
            note(parts)
    variants: dict[str, tuple[_Variant, ...]] = {}
    for row in _rows("chip_variants.csv"):
        memory = float(row["memory_gib"]) if row["memory_gib"] else None
        family = row["chip_family"]
        variants[family] = (*variants.get(family, ()), _Variant(row["chip_id"], row["form_factor"], memory))
    cjk_words = "|".join(sorted(map(re.escape, cjk), key=len, reverse=True))
    nothing = re.compile(r"(?!)")
    tables = _Tables(
        models=models,
        makers=makers,
        variants=variants,
        vocabulary=frozenset(words),
        qualifiers=_QUALIFIERS,
        token=re.compile(rf"{cjk_words}|[A-Za-z]+|\d+"),
        longest=max(map(len, models)),
        literals=nothing,
        literal_families={},
        vendor_only={},
    )
    _loading[:] = [tables]
    literals: dict[str, str] = {}
    vendor_only: dict[str, str] = {}
    for row in _rows("chip_spellings.csv"):
        spelling = _narrow(row["spelling"])
        if row["chip_family"] in VENDOR_ONLY:
            vendor_only[spelling.casefold()] = row["chip_family"]
            continue
        read = {m.family for m in _find(spelling, spelling)}
        if (
            row["chip_family"] != "ambiguous"
            and read != {row["chip_family"]}
            and not _VIRTUAL.fullmatch(spelling)
        ):
            literals[spelling.casefold()] = row["chip_family"]
    pattern = "|".join(
        rf"(?<![A-Za-z0-9]){re.escape(s)}(?![A-Za-z0-9])" for s in sorted(literals, key=len, reverse=True)
    )
    tables = replace(
        tables,
        literals=re.compile(pattern, re.IGNORECASE) if literals else nothing,
        literal_families=literals,
        vendor_only=vendor_only,
    )
    _loading[:] = [tables]
    return tables
