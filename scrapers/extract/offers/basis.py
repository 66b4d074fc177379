"""What a price covers, and so what a card costs an hour.

Order of the rules, the first that decides wins and is stored as `price_basis_rule`: the unit at the number
(`explicit_unit`), the column header or section title (`header`), the number of cards the line sells (`sku_count`), the
page's declared default (`platform_default`), the plausibility band of the chip (`plausibility`), the habits of the trade
(`convention`: hourly is a card, a bare 万 is an 8-card server a month).

A price outside the chip's band keeps its reading and gets a `quarantine` with the likely fault.
"""

import csv
import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from scrapers.extract.offers.units import HOURS, Period, Thing, Unit

CARDS_PER_SERVER = 8
"""By convention of the trade; the count is seldom written."""


_BARE_WAN_LIMIT = math.log(3)
"""How far from the typical price a 万 without any unit may be and still be a server's month."""


_BOARD_DOUBT = math.log(2)
"""How much likelier (in factors of e) one reading of "HGX H100 $8/hr" must be than the other."""

_SERVER_UNSAID = 0.3
"""How much less likely (in factors of e) a month's price is a server's where neither 万 nor any word speaks of one."""


@dataclass(frozen=True, slots=True)
class Band:
    """Plausible CNY per GPU-hour of a family between two days (null is open)."""

    family: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    low: float
    typical: float | None
    high: float

    def holds(self, price: float) -> bool:
        return self.low <= price <= self.high


@dataclass(frozen=True, slots=True)
class Basis:
    """How a price was understood. `cards` is what it covers; `rate` the price of a card-hour in the price's currency,
    null where thing or period stay open."""

    thing: Thing | None
    period: Period | None
    cards: int | None
    rule: str | None
    rate: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """What the line says about the thing sold, beside the price. `cards` is the number of cards of one node or
    instance; `is_server` that a whole server is offered; `is_single` that one card is (单卡)."""

    family: str | None
    cards: int | None = None
    fraction: float | None = None
    is_server: bool = False
    is_single: bool = False
    rack_cards: int | None = None
    """Cards of a rack, where the line says how many; there is no usual number."""
    is_board: bool = False
    """The cards are counted by the name of a board only (HGX, DGX), which sellers write beside prices of one card too."""
    is_rent: bool = False
    """The words speak of letting: "7.3万一台，长租可谈" is a month, "24万/台" alone is a sale."""


def decide(
    value: float,
    at_number: Unit,
    hint: Unit,
    header: Unit,
    line: Line,
    default: Unit,
    *,
    cny_per_unit: float | None,
    is_wan: bool,
    day: dt.date | None,
    cards_per_server: int = CARDS_PER_SERVER,
) -> Basis:
    """The basis of one price. `cny_per_unit` turns the price's currency into yuan for the plausibility rule (null skips
    it); `day` is the page's day."""
    period = at_number.period or hint.period or header.period or default.period
    # Eight cards to a server is a habit of the Chinese trade; elsewhere "GPU server" may hold one.
    currency = at_number.currency or header.currency or default.currency
    is_trade = is_wan or (currency in (None, "CNY") and cny_per_unit in (None, 1.0))
    thing, cards, rule = _stated(at_number, hint, header, line, cards_per_server, is_trade=is_trade)
    if period is not None and rule in ("explicit_unit", "header") and thing != "pflops" and cards:
        # Nothing is left open that a band or a habit would have to decide.
        return Basis(thing, period, cards, rule, value / HOURS[period] / _divisor(line, cards))
    is_unsaid = not is_trade and thing is None and (line.is_server or hint.thing == "server")
    if thing == "pflops" or (thing == "rack" and cards is None):
        return Basis(thing, period, None, rule, None)
    if thing is None and period is None and not (is_wan and line.family):
        return Basis(None, None, None, None, None)
    band = band_of(line.family, day) if line.family else None

    def rate(per: Period, over: float) -> float:
        return value / HOURS[per] / over

    def distance(per: Period, over: float) -> float:
        """How far a reading is from the typical price, in factors of e; infinite outside the band."""
        if band is None or band.typical is None or cny_per_unit is None:
            return math.inf
        yuan = rate(per, over) * cny_per_unit
        return abs(math.log(yuan / band.typical)) if band.holds(yuan) and yuan > 0 else math.inf

    is_bare = (
        period is None
        and cny_per_unit in (None, 1.0)
        and (
            (is_wan and rule in (None, "sku_count") and hint.thing in (None, "server"))
            or (thing == "server" and line.is_rent)
        )
    )
    if thing is None and period is not None:
        if default.thing is not None:
            thing, rule = default.thing, "platform_default"
            cards = (
                1
                if thing == "gpu"
                else default.count or (cards_per_server if thing == "server" else line.cards or 1)
            )
        elif is_unsaid and math.isinf(distance(period, 1)) and math.isinf(distance(period, cards_per_server)):
            return Basis(None, period, None, None, None)
        else:
            thing, cards, rule = _by_band_or_habit(period, is_wan, distance, cards_per_server)
            if is_unsaid and distance(period, cards_per_server) < distance(period, 1):
                thing, cards, rule = "server", cards_per_server, "plausibility"
    elif thing is None and cny_per_unit not in (None, 1.0):
        return Basis(None, period, cards, None, None)
    elif thing is None or is_bare:
        # A bare 万 of yuan in the trade's lists is a server a month; "2 万美元" is what a card costs to buy.
        over = cards or line.cards or cards_per_server
        if distance("month", over) > _BARE_WAN_LIMIT:
            return Basis(thing, None, cards, rule, None)
        period = "month"
        thing, cards, rule = "server", over, "plausibility"
    elif rule == "sku_count" and period is not None and line.is_board and cards and not is_wan:
        card, server = distance(period, 1), distance(period, cards)
        if card == server or abs(card - server) < _BOARD_DOUBT:
            return Basis(None, period, None, None, None)
        if card < server:
            thing, cards, rule = "gpu", 1, "plausibility"
    elif (
        rule == "sku_count"
        and thing == "server"
        and line.cards is None
        and period == "hour"
        and not is_wan
        and distance(period, 1) + _BOARD_DOUBT < distance(period, cards or 1) < math.inf
    ):
        # "A100 集群整租 15元/时": a server by one word only, and by the hour
        thing, cards, rule = "gpu", 1, "plausibility"
    elif (
        rule == "sku_count"
        and period is not None
        and cards is not None
        and cards > 1
        and not is_wan
        and math.isinf(distance(period, cards))
        and not math.isinf(distance(period, 1))
    ):
        # "8卡机 1.98元/时": the node is described, the price is a card's. Only where the count cannot be meant.
        thing, cards, rule = "gpu", 1, "plausibility"
    if period is None or thing is None:
        return Basis(thing, period, cards, rule, None)
    return Basis(thing, period, cards, rule, rate(period, _divisor(line, cards)))


def _divisor(line: Line, cards: int | None) -> float:
    return line.fraction if line.fraction and (cards or 1) == 1 else float(cards or 1)


_TO_BUY = 8_000
"""From how many usual card-hours on an amount is what a card costs to buy; a month of a server is 5,840 of them."""


def is_to_buy(yuan: float, family: str | None, day: dt.date | None) -> bool:
    """Whether an amount without any unit is the price of the card itself ("H100 SXM | $35,000")."""
    band = band_of(family, day) if family else None
    return band is not None and band.typical is not None and yuan >= _TO_BUY * band.typical


def is_short_of_wan(
    value: float, at_number: Unit, hint: Unit, family: str | None, day: dt.date | None
) -> bool:
    """Whether a server's price by the month leaves out its 万 ("A100 八卡 3.2 一个月"): no card costs so little, and read
    in 万 it is what eight of them usually cost."""
    period = at_number.period or hint.period
    band = band_of(family, day) if family else None
    if period not in ("month", "year") or at_number.thing == "gpu" or value >= 100 or band is None:
        return False
    each = value * 1e4 / HOURS[period] / CARDS_PER_SERVER
    return (
        band.typical is not None and band.holds(each) and abs(math.log(each / band.typical)) < _BARE_WAN_LIMIT
    )


def _stated(
    at_number: Unit, hint: Unit, header: Unit, line: Line, cards_per_server: int, *, is_trade: bool
) -> tuple[Thing | None, int | None, str | None]:
    # "单卡" in front of a number is as good as a unit; "整机" only says what is sold.
    hinted = hint if hint.thing == "gpu" else Unit()
    for unit, rule in ((at_number, "explicit_unit"), (hinted, "explicit_unit"), (header, "header")):
        if unit.thing == "pflops":
            return "pflops", None, rule
        if unit.thing == "rack":
            return "rack", unit.count or line.rack_cards, rule
        if unit.thing == "gpu":
            return "gpu", 1, rule
        if unit.thing == "server":
            return "server", unit.count or line.cards or cards_per_server, rule
        if unit.thing == "instance":
            return "instance", unit.count or line.cards or 1, rule
    if line.is_single:
        return "gpu", 1, "sku_count"
    if line.cards is not None:
        if line.cards == 1:
            return "gpu", 1, "sku_count"
        return (
            ("server" if line.is_server or hint.thing == "server" or line.cards % 8 == 0 else "instance"),
            line.cards,
            "sku_count",
        )
    if (line.is_server or hint.thing == "server") and line.rack_cards:
        return "rack", line.rack_cards, "sku_count"
    if (line.is_server or hint.thing == "server") and is_trade:
        return "server", cards_per_server, "sku_count"
    return None, None, None


def _by_band_or_habit(
    period: Period, is_wan: bool, distance: Callable[[Period, float], float], cards_per_server: int
) -> tuple[Thing, int, str]:
    card, server = distance(period, 1), distance(period, cards_per_server)
    # A bare 万 is a server by the habit of the trade; a year's price only so, or "7万 a year" would pass as a card's.
    if is_wan and period == "year":
        return "server", cards_per_server, "convention"
    if is_wan and period != "hour" and not math.isinf(server):
        return "server", cards_per_server, "convention"
    if math.isinf(card) and math.isinf(server):
        if is_wan and period != "hour":
            return "server", cards_per_server, "convention"
        return "gpu", 1, "convention"
    if period in ("second", "minute", "hour", "day"):
        return "gpu", 1, "convention"
    return (
        ("gpu", 1, "plausibility")
        if card <= server + _SERVER_UNSAID
        else ("server", cards_per_server, "plausibility")
    )


@lru_cache(maxsize=1 << 17)
def band_of(family: str, day: dt.date | None) -> Band | None:
    """The band of a family on a day (the latest one without a day); null where none is known."""
    fitting = [
        b
        for b in _bands().get(family) or _bands().get(_BIN.sub("", family), ())
        if day is None
        or ((b.valid_from is None or b.valid_from <= day) and (b.valid_to is None or day <= b.valid_to))
    ]
    return fitting[-1] if fitting else None


_BIN = re.compile(r"(?<=-910b)\d$")
"""The bins of one chip (910B1 to 910B4) share its band where they have none of their own."""


def quarantine(
    yuan_per_hour: float, family: str | None, day: dt.date | None, *, is_fraction: bool = False
) -> str | None:
    """Why a price must not be averaged, null when it is plausible.

    `fraction` for a slice of a card; else the fault that would bring it into the band: `divide-by-8`, `multiply-by-8`,
    `year-as-month`, `month-as-year`, `currency`, `wan`, `purchase`; `outside-band` when none does. A family without a
    band of its own is held against the widest one.
    """
    if is_fraction:
        return "fraction"
    band = (band_of(family, day) if family else None) or band_of("*", None)
    if band is None or band.holds(yuan_per_hour):
        return None
    typical = band.typical or math.sqrt(band.low * band.high)
    mended = [
        (abs(math.log(yuan_per_hour * factor / typical)) + doubt, fault)
        for fault, factor, doubt in _FAULTS
        if yuan_per_hour > 0 and band.holds(yuan_per_hour * factor)
    ]
    if mended:
        return min(mended)[1]
    return "purchase" if yuan_per_hour > band.high else "outside-band"


# Fault, the factor that mends it, and how much less likely it is than a card read for a server (in factors of e).
_FAULTS = (
    ("divide-by-8", 1 / 8, 0.0),
    ("multiply-by-8", 8.0, 0.0),
    ("month-as-year", 12.0, 0.0),
    ("year-as-month", 1 / 12, 0.0),
    ("currency", 7.0, 0.5),
    ("currency", 1 / 7.0, 0.5),
    ("wan", 1e4, 0.3),
    ("wan", 1e-4, 0.3),
)


def bands() -> list[Band]:
    """Every band."""
    return [band for family in _bands().values() for band in family]


@lru_cache(maxsize=1)
def _bands() -> dict[str, tuple[Band, ...]]:
    bands: dict[str, tuple[Band, ...]] = {}
    with (Path(__file__).parent / "bands.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            band = Band(
                row["chip_family"],
                dt.date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
                dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                float(row["low_cny_per_gpu_hour"]),
                float(row["typical_cny_per_gpu_hour"]) if row["typical_cny_per_gpu_hour"] else None,
                float(row["high_cny_per_gpu_hour"]),
            )
            bands[band.family] = (*bands.get(band.family, ()), band)
    return bands
