"""How values are written on the site: money, numbers, dates, names. Nothing here knows a page."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from html import escape

from markupsafe import Markup

from scrapers.lexicon.places import all_places

NOTHING = "–"
# A run of Chinese: from one Han character to the last that only digits, Latin words or marks set apart.
_HAN = re.compile(
    r"([\u3400-\u9fff\uf900-\ufaff](?:[\w%.·+/ \u2000-\u206f\u3000-\u30ff\uff00-\uffef()-]{0,24}[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef])*)"
)
_HAN_IN_BRACKETS = re.compile(r"\s*[(（][^()（）]*[\u3400-\u9fff][^()（）]*[)）]")

LABELS = {
    "compute_voucher": "Compute voucher",
    "training_voucher": "Training voucher",
    "model_voucher": "Model voucher",
    "data_voucher": "Data voucher",
    "compute_subsidy": "Compute subsidy",
    "cloud_list": "Cloud list price",
    "state_exchange": "State exchange",
    "on_device_filing": "On-device filing",
    "deep_synthesis_algorithm": "Deep-synthesis algorithm",
    "us_list": "US list",
    "us_letter": "US letter",
    "us_guidance": "US guidance",
    "us_tariff": "US tariff",
    "per_year": "a year",
    "per_application": "an application",
    "one_off": "once",
    "no_listing": "no listing",
    "per_unit": "a unit",
}
INSTRUMENT_ZH = {
    "compute_voucher": "算力券",
    "training_voucher": "训力券",
    "model_voucher": "模型券",
    "data_voucher": "语料券",
    "compute_subsidy": "算力补贴",
}


def label(value: object) -> str:
    """A word of the schema as people say it: `in_force` as `In force`."""
    if value is None or value == "":
        return NOTHING
    text = str(value)
    said = LABELS.get(text) or text.replace("_", " ")
    return said[0].upper() + said[1:]


def lower(value: object) -> str:
    """The same within a sentence."""
    text = label(value)
    return text if text.startswith(("US ", "China")) else text[0].lower() + text[1:]


def number(value: float | None, digits: int = 0) -> str:
    return NOTHING if value is None else f"{value:,.{digits}f}"


def cny(value: float | None) -> str:
    """Yuan at a glance: ¥200k, ¥8m, ¥1.2bn."""
    return _money(value, "¥")


def usd(value: float | None) -> str:
    return _money(value, "$")


def _money(value: float | None, sign: str) -> str:
    if value is None:
        return NOTHING
    for size, unit in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= size:
            return f"{sign}{_short(value / size)}{unit}"
    return f"{sign}{_short(value)}"


def _short(value: float) -> str:
    text = f"{value:,.2f}" if abs(value) < 10 else f"{value:,.1f}" if abs(value) < 100 else f"{value:,.0f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: float | None) -> str:
    """A count at a glance: 4.7m, 830k, 950."""
    return NOTHING if value is None else _money(value, "")


def price(value: float | None, sign: str = "¥") -> str:
    """A price per GPU-hour: two decimals."""
    return NOTHING if value is None else f"{sign}{value:,.2f}"


def pct(value: float | None) -> str:
    return NOTHING if value is None else f"{_short(value)}%"


def day(value: dt.date | dt.datetime | None) -> str:
    return NOTHING if value is None else f"{value.day} {value:%b %Y}"


def month(value: dt.date | None) -> str:
    return NOTHING if value is None else f"{value:%b %Y}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def counted(n: int, one: str, many: str | None = None) -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def tagged(value: object) -> Markup:
    """Text made safe for the inside of an element, its Chinese marked as such for fonts and screen readers."""
    parts = (escape(part, quote=False) for part in _HAN.split(str(value)))
    return Markup(
        "".join(f'<span lang="zh-Hans">{part}</span>' if n % 2 else part for n, part in enumerate(parts))
    )


def ticked(text: Markup) -> Markup:
    """Safe text with its `words in ticks` as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(text)))  # a Markup would escape the tags


def web_address(value: object) -> str | None:
    """The address when a browser may follow it: http or https, nothing that could run."""
    text = str(value or "").strip()
    return text if re.match(r"https?://[^\s\"'<>]+$", text) else None


def short_address(value: str) -> str:
    """Host and last part of an address, as link text."""
    parts = re.sub(r"^https?://(www\.)?|[?#].*$", "", value).rstrip("/").split("/")
    short = "/".join(parts if len(parts) < 3 else [parts[0], "…", parts[-1]])
    return short if len(short) <= 60 else f"{short[:59]}…"


def host(value: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", value).split("/")[0]


@cache
def english_places() -> dict[str, str]:
    """Names of places in Chinese to English; provinces come first, so that a district of the same name gives way."""
    names: dict[str, str] = {}
    for place in all_places():
        names.setdefault(place.name, place.name_en or place.name)
    return names


def place_en(name: str | None) -> str:
    return NOTHING if name is None else english_places().get(name, name)


_UPPER = {
    "rtx",
    "gtx",
    "bi",
    "mlu",
    "pcie",
    "sxm",
    "nvl",
    "amd",
    "aws",
    "tpu",
    "gb",
    "gh",
    "dgx",
    "hgx",
    "cnx",
    "oam",
}
_MAKERS = {
    "nvidia": "NVIDIA", "amd": "AMD", "huawei": "Huawei", "mthreads": "Moore Threads", "metax": "MetaX",
    "iluvatar": "Iluvatar", "kunlunxin": "Kunlunxin", "thead": "T-Head", "aws": "AWS", "enflame": "Enflame",
}  # fmt: skip


def chip_name(chip: str | None) -> str:
    """A chip's id as a name: `nvidia-rtx-4090-24gb` as `NVIDIA RTX 4090 24 GB`."""
    return " ".join(_chip_words(chip)) if chip else NOTHING


def chip_short(chip: str | None) -> str:
    """The name without its maker, for axes: `RTX 4090 24 GB`."""
    return " ".join(_chip_words(chip)[1:]) if chip else NOTHING


def _chip_words(chip: str) -> list[str]:
    maker, *parts = chip.split("-")
    words = [_MAKERS.get(maker, maker.capitalize())]
    for part in parts:
        if memory := re.fullmatch(r"(\d+)gb", part):
            words.append(f"{memory[1]} GB")
        elif part in _UPPER or any(letter.isdigit() for letter in part):
            words.append(part.upper())
        else:
            words.append(part.capitalize())
    return words


def without_chinese(text: str) -> str:
    """An English title without its bracketed Chinese, for axes and sentences."""
    return _HAN_IN_BRACKETS.sub("", text).strip()


def slug(text: str) -> str:
    """An id as a file name; ids of the schema are already lower-case words with dashes."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text)
