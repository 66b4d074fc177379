"""From what was read on a page to `Offer` records: price basis, conversion, plausibility, identity."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from scrapers.documents import Context
from scrapers.extract.offers import basis, units, words
from scrapers.extract.offers.options import Options
from scrapers.extract.offers.prices import Price
from scrapers.extract.offers.units import Unit
from scrapers.issues import Issue
from scrapers.lexicon.chips import ChipMatch
from scrapers.records import Ground, Offer, OfferKind

_UNDATED_MONTHS = 36


def undated_rate(rates: Mapping[str, float]) -> float | None:
    """Yuan per dollar for a page that does not say its day: the mean of the last three years of the series, which is off
    by less than any one month's rate would be."""
    latest = [rates[month] for month in sorted(rates)[-_UNDATED_MONTHS:]]
    return sum(latest) / len(latest) if latest else None


def assumed_currency(text: str) -> str | None:
    """Dollars, for a document without a Chinese character and without the sign of any other currency: sellers who write for
    the world leave out the one everybody there uses."""
    other = re.search(
        r"[㐀-鿿぀-ヿ가-힯¥￥€£₹₩]|\b(?:CNY|RMB|yuan|HKD|EUR|GBP|INR|JPY|KRW|SGD|AUD|CAD)\b|HK\$|[AS]\$", text
    )
    return None if other else "USD"


_FOREIGN_MONEY = re.compile(
    r"[぀-ヿ가-힯$€£₹₩]|\b(?:USD|HKD|EUR|GBP|JPY|SGD|AUD|dollars?)\b|美元|美金|港[元币]|欧元|日元|台币|ドル",
    re.IGNORECASE,
)


def is_yuan(text: str) -> bool:
    """Whether a document is Chinese and names no other money, so that a price without a currency is in yuan."""
    return re.search(r"[\u4e00-\u9fff]", text) is not None and _FOREIGN_MONEY.search(text) is None


_OTHER_DOLLARS = re.compile(
    r"\b(?:rates|prices|pricing|amounts|figures|values)\b[^.\n]{0,30}\bin\s(?:\w+\s)?(AUD|CAD|SGD|NZD|TWD)\b|\bcurrency\W{1,4}(AUD|CAD|SGD|NZD|TWD)\b",
    re.IGNORECASE,
)


def other_dollars(text: str) -> str | None:
    """The currency whose sign "$" is on a page that says so ("All rates in AUD")."""
    found = _OTHER_DOLLARS.search(text)
    return (found[1] or found[2]).upper() if found else None


@dataclass(slots=True)
class Listing:
    """One thing on offer as the page words it, before its prices are understood."""

    chip: ChipMatch | None
    chip_text: str
    cards: int | None = None
    is_server: bool = False
    is_single: bool = False
    is_counted: bool = False
    """The cards stand in a column of counts."""
    memory_gib: float | None = None
    form_factor: str | None = None
    seller: str | None = None
    region: str | None = None
    term: str | None = None
    is_tax_included: bool | None = None
    stock: words.Stock | None = None
    is_rent: bool = False
    is_prose: bool = False
    """Read from running text, where a bare number ("12-month") may be anything."""
    kind: OfferKind | None = None
    page_date: dt.date | None = None
    key: str | None = None
    ground: Ground = field(default_factory=lambda: Ground(quote=""))


@dataclass(slots=True)
class Page:
    """Turns listings of one document into offers; counts how often a listing key has occurred."""

    context: Context
    options: Options
    assumed: str | None = None
    """Currency of a price where neither it nor the page or source names one (`assumed_currency`)."""
    stated: Unit = field(default_factory=Unit)
    """What the document says all its prices are per."""
    dollars: str | None = None
    """What "$" stands for where the page says that it is no US dollar."""
    is_yuan: bool = False
    """Prices under Chinese heads that name no money are in yuan (`is_yuan`)."""
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def day(self) -> dt.date | None:
        return self.context.date

    @property
    def default(self) -> Unit:
        if self.options.unit:
            return units.from_name(self.options.unit)
        return Unit(currency=self.options.currency)

    def issue(self, code: str, message: str, locator: str = "", level: str = "warning") -> Issue:
        return Issue(
            level="info" if level == "info" else "warning",
            code=code,
            message=" ".join(message.split())[:300],
            url=self.context.url,
            locator=locator,
        )

    def offers(
        self, listing: Listing, prices: list[Price], header: Unit, extra: list[Issue] | None = None
    ) -> Iterator[Offer | Issue]:
        """One offer a price; one without a price where none is printed."""
        yield from extra or ()
        chip = listing.chip
        if chip is None or chip.family is None:
            code = "ambiguous-chip" if chip is not None and chip.ambiguous else "unknown-chip"
            yield self.issue(code, f"no one chip: {listing.chip_text}", listing.ground.locator)
        if not prices:
            yield from self._offer(listing, None, header)
        for price in prices:
            yield from self._offer(listing, price, header)

    def _offer(self, listing: Listing, price: Price | None, header: Unit) -> Iterator[Offer | Issue]:
        chip = listing.chip
        family = chip.family if chip else None
        day = listing.page_date or self.day
        cards = listing.cards if listing.cards is not None else (chip.chips if chip else None)
        fraction = chip.fraction if chip else None
        kind: OfferKind = self.options.kind or listing.kind or "ask"
        if listing.kind in ("mock", "bid", "purchase", "estimate"):
            kind = listing.kind
        found = basis.Basis(None, None, cards, None, None)
        currency = unit_name = quarantine = rule = None
        yuan: float | None = None
        if price is not None and price.value is not None:
            currency = (
                price.unit.currency or header.currency or self.options.currency or self.default.currency
            )
            assumed = self.assumed if not listing.is_prose or re.search(r"/|\bper\b", price.text) else None
            is_assumed = currency is None and assumed is not None
            currency = currency or assumed
            conflict = (
                price.unit.currency is not None
                and header.currency is not None
                and price.unit.currency != header.currency
            )
            if conflict:
                currency = header.currency
            if self.dollars is not None and currency == "USD" and not re.search(r"US", price.text):
                currency = None
            rate = 1.0 if currency == "CNY" else self.rate(currency, day)
            value = price.value
            if (
                currency in (None, "CNY")
                and not re.search(r"[元块¥$]|RMB|CNY", price.text)
                and basis.is_short_of_wan(value, price.unit, price.hint, family, day)
            ):
                value, high = value * 1e4, price.value_max * 1e4 if price.value_max else None
                price = replace(price, value=value, value_max=high, is_wan=True)
            if price.is_total or self._is_lot(listing, price, header):
                kind = "purchase" if kind in ("ask", "index") else kind
                unit_name = f"{currency}/total" if currency else None
            else:
                found = basis.decide(
                    value,
                    price.unit,
                    price.hint,
                    header,
                    basis.Line(
                        family,
                        cards,
                        fraction,
                        listing.is_server,
                        listing.is_single,
                        rack_cards=words.rack_cards(f"{listing.chip_text} {listing.ground.quote}"),
                        is_board=not listing.is_counted
                        and words.is_board(listing.chip_text, listing.ground.quote),
                        is_rent=listing.is_rent,
                    ),
                    self.default,
                    cny_per_unit=rate,
                    is_wan=price.is_wan,
                    day=day,
                    cards_per_server=self.options.cards_per_server,
                )
                rule = found.rule
                if (
                    found.period is None
                    and found.thing in ("gpu", "server", "rack")
                    and kind in ("ask", "index")
                ):
                    # "283万元/台": the price of the thing itself.
                    kind = "purchase"
                is_open = found.thing is None and found.period is None and not listing.is_rent
                if (
                    is_open
                    and kind in ("ask", "index")
                    and rate
                    and basis.is_to_buy(value * rate, family, day)
                ):
                    kind = "purchase"
                unit_name = units.name(currency, found.thing, found.period)
                if found.rate is not None and currency is not None and kind != "purchase":
                    yuan = found.rate * rate if rate is not None else None
                    if yuan is None:
                        yield self.issue(
                            "no-rate", f"no rate for {currency} in {day}", listing.ground.locator, "info"
                        )
                elif found.rate is None and kind != "purchase":
                    why = f"{unit_name} is no price of a GPU" if unit_name else "unit not known"
                    yield self.issue("no-unit", f"{why}: {price.text}", listing.ground.locator)
                if currency is None:
                    yield self.issue(
                        "no-currency",
                        f"currency not known: {price.text} {self.dollars or ''}",
                        listing.ground.locator,
                    )
                elif is_assumed and kind != "purchase":
                    yield self.issue(
                        "assumed-currency",
                        f"read as {currency}: {price.text}",
                        listing.ground.locator,
                        "info",
                    )
            if yuan is not None:
                quarantine = basis.quarantine(yuan, family, day, is_fraction=fraction is not None)
                if conflict:
                    quarantine = "currency"
                if quarantine is not None:
                    yield self.issue(
                        "implausible-price",
                        f"{quarantine}: {listing.chip_text} {price.text}",
                        listing.ground.locator,
                    )
            if price.is_repaired:
                yield self.issue("lost-currency", f"read as dollars: {price.text}", listing.ground.locator)
        covers = None if fraction is not None else (found.cards if found.cards is not None else cards)
        stock = listing.stock
        per = (cards or self.options.cards_per_server) if stock is not None and stock.is_servers else 1
        memory = listing.memory_gib if listing.memory_gib is not None else (chip.memory_gib if chip else None)
        form = (
            listing.form_factor if listing.form_factor is not None else (chip.form_factor if chip else None)
        )
        tier = (price.tier or self.options.tier) if price else None
        term = listing.term or (found.period if found.rule else None)
        yield Offer(
            listing_key=self._key(listing, kind, covers, unit_name, tier, term),
            platform_id=self.context.platform_id,
            seller_name=listing.seller or self.options.seller,
            chip_text=listing.chip_text,
            chip_family=family,
            chip_id=chip.chip_id if chip else None,
            chips_per_offer=covers,
            memory_gib=memory,
            form_factor=form,
            price_value=price.value if price else None,
            price_value_max=price.value_max if price else None,
            price_text=price.text if price else None,
            price_unit=unit_name,
            price_bound=price.bound if price else None,
            price_tier=tier,
            currency=currency,
            price_cny_per_gpu_hour=round(yuan, 6) if yuan is not None else None,
            price_basis_rule=rule,
            term=term,
            is_tax_included=(
                listing.is_tax_included
                if listing.is_tax_included is not None
                else self.options.is_tax_included
            ),
            quantity_idle=stock.idle * per if stock and stock.idle is not None else None,
            quantity_total=stock.total * per if stock and stock.total is not None else None,
            availability=stock.availability if stock else None,
            region=listing.region or self.options.region,
            offer_kind=kind,
            channel=self.options.channel,
            quarantine=quarantine,
            page_date=listing.page_date,
            source_level=self.options.source_level,
            ground=listing.ground,
        )

    def _is_lot(self, listing: Listing, price: Price, header: Unit) -> bool:
        """ "5台 1656万元": a sum for several servers with no term has no rate."""
        silent = price.unit.says_nothing and price.hint.says_nothing and header.says_nothing
        return (
            silent
            and self.options.unit is None
            and price.value is not None
            and price.value >= 500_000
            and (listing.chip is None or listing.chip.family is None or price.value >= 1_000_000)
        )

    def rate(self, currency: str | None, day: dt.date | None) -> float | None:
        """Yuan per unit of a currency in the month of a day, or of the last month before it that the series has; for a page
        without a day see `undated_rate`."""
        if currency != "USD" or not self.options.rates:
            return None
        if day is None:
            return undated_rate(self.options.rates)
        earlier = [m for m in sorted(self.options.rates) if m <= f"{day:%Y-%m}"]
        return self.options.rates[earlier[-1]] if earlier else None

    def _key(
        self,
        listing: Listing,
        kind: str,
        covers: int | None,
        unit: str | None,
        tier: str | None,
        term: str | None,
    ) -> str:
        """What stays when the price changes. Two listings that read the same are told apart by their order."""
        parts = [
            listing.key or re.sub(r"[\s\-_]+", "", units.plain(listing.chip_text)).casefold(),
            None if listing.key else str(covers or ""),
            listing.region or "",
            listing.seller or "",
            (unit or "").partition("/")[2],
            tier or "",
            term or "",
            kind if kind != "ask" else "",
        ]
        key = "|".join(p for p in parts if p is not None).rstrip("|")
        self.seen[key] += 1
        return key if self.seen[key] == 1 else f"{key}#{self.seen[key]}"
