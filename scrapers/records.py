"""The typed records that leave this package.

A record is what one document says, in normal form, with the ground it stands on. Readers (`scrapers.extract`,
`scrapers.platforms`) yield records without knowing which capture they read; `scrapers.collect` pairs each with its
`Origin`. Money is in yuan unless the name says otherwise, rates in percent, dates are calendar dates of the place,
times are UTC.
"""

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, Literal

CaptureKind = Literal["live", "reconstructed", "curated"]
Confidence = Literal["high", "medium", "low"]
Side = Literal["user", "supplier"]
Instrument = Literal[
    "compute_voucher", "training_voucher", "model_voucher", "data_voucher", "compute_subsidy", "other"
]
ClauseKind = Literal["rate_cap", "max_amount", "min_amount", "total_budget", "per_unit"]
Period = Literal["per_year", "per_application", "one_off", "total"]
OfferKind = Literal["ask", "bid", "index", "estimate", "purchase", "mock"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The words a record rests on.

    `quote` is `document.text[start:end]` of the repaired text where offsets are known; `locator` is readable without
    offsets (`chars 120-180`, `row 12`, `$.data.list[3]`, `table 2 row 4`, `page 3 row 17`). `url` is set only where
    one capture holds rows with addresses of their own (curated tables).
    """

    quote: str
    start: int | None = None
    end: int | None = None
    locator: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Which capture a record was read from. Added by `scrapers.collect`, never by a parser."""

    source_id: str
    source_url: str
    capture_sha256: str
    capture_kind: CaptureKind
    observed_at: dt.datetime
    observed_until: dt.datetime
    """Last time the same bytes were still seen at the address."""
    parser_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One eligibility condition. `criterion` is one of the names in `scrapers.extract.policy.CRITERIA`;
    `value` is a plain word or number as text (`true`, `300000`), `text` the words."""

    criterion: str
    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One policy document (or one curated row about it).

    `document_key` binds clauses to it: the canonical URL of a page, the row id of a curated table, the file name in
    `chipwatch extract`. `refusal` is a reason why its numbers must not enter a mart (`mirror`, `content-farm`,
    `invented`), null when trusted.
    """

    document_key: str
    jurisdiction: str | None = None
    jurisdiction_code: str | None = None
    """Six-digit GB/T 2260 code; `000000` is the whole country."""
    jurisdiction_en: str | None = None
    province: str | None = None
    level: Literal["national", "province", "city", "district", "zone"] | None = None
    issuer: str | None = None
    document_number: str | None = None
    title: str | None = None
    published_date: dt.date | None = None
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    instruments: tuple[Instrument, ...] = ()
    is_official: bool = False
    status: Literal[
        "draft", "announced", "in_force", "closed", "expired", "superseded", "reported", "unknown"
    ] = "unknown"
    eligibility: tuple[Criterion, ...] = ()
    validity_months: int | None = None
    min_spend_cny: float | None = None
    deadline: dt.date | None = None
    confidence: Confidence = "medium"
    refusal: str | None = None
    supersedes: str | None = None
    """Document number or title of the document this one replaces, as the text names it."""
    programme_name: str | None = None
    programme_name_en: str | None = None
    target: str | None = None
    note: str | None = None
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportClause:
    """One number a policy promises: a share, a cap, a floor, a pot, or an amount per unit.

    `value` is in `unit`: `CNY`, `pct` (30 means 30 %), or a per-unit form such as `CNY/PFLOPS`, `CNY/card-hour`,
    `card-hour`. `tier` groups the clauses that belong together (same beneficiary); null means the general terms.
    """

    document_key: str
    clause_id: str | None = None
    """Id of the clause in a curated table; null for one read from a text."""
    clause_kind: ClauseKind
    value: float
    unit: str
    period: Period | None = None
    instrument: Instrument = "other"
    basis: str | None = None
    applies_to: str | None = None
    side: Side = "user"
    programme: str | None = None
    tier: str | None = None
    confidence: Confidence = "medium"
    refusal: str | None = None
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuance:
    """A batch of vouchers issued or redeemed. A `commitment` is money promised, `participants` a count of firms or
    suppliers admitted: neither is money paid."""

    kind: Literal["issued", "redeemed", "commitment", "participants"] = "issued"
    jurisdiction: str
    jurisdiction_code: str | None = None
    programme: str
    batch: str
    issued_date: dt.date | None = None
    firms: int | None = None
    amount_cny: float | None = None
    note: str | None = None
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One line of a market page: a thing, and what is asked for it.

    `chips_per_offer` is what the price covers; `price_value` the low end, `price_value_max` the high end of a range;
    `price_unit` one of the words in `scrapers.extract.offers.PRICE_UNITS` (`CNY/gpu-hour`, `CNY/server-month` ...).
    `price_basis_rule` names the rule that decided the unit. `chip_family` and `chip_id` are null when not known,
    never guessed. `listing_key` identifies the listing inside its source across price changes.
    """

    listing_key: str
    platform_id: str | None = None
    seller_name: str | None = None
    chip_text: str
    chip_family: str | None = None
    chip_id: str | None = None
    chips_per_offer: int | None = None
    memory_gib: float | None = None
    form_factor: str | None = None
    price_value: float | None = None
    price_value_max: float | None = None
    price_text: str | None = None
    price_unit: str | None = None
    price_bound: Literal["exact", "from", "about", "range", "negotiable"] | None = None
    price_tier: Literal["list", "discounted", "member", "internal", "partner", "external", "spot"] | None = (
        None
    )
    currency: str | None = None
    price_cny_per_gpu_hour: float | None = None
    """Null for a currency other than CNY: the warehouse converts at the month's rate. `chipwatch extract` fills it at
    the rate of the offer's month where the bundled series has one."""
    price_basis_rule: str | None = None
    term: str | None = None
    is_tax_included: bool | None = None
    quantity_idle: int | None = None
    quantity_total: int | None = None
    availability: Literal["in_stock", "sold_out", "limited", "on_request", "beta"] | None = None
    region: str | None = None
    offer_kind: OfferKind = "ask"
    channel: Literal["state_exchange", "broker", "retail", "cloud_list", "institution"] | None = None
    quarantine: str | None = None
    """The likely fault when the price is outside the plausibility band; such a row is kept and never averaged."""
    page_date: dt.date | None = None
    page_date_to: dt.date | None = None
    """Last day of the span the price is of, where the page is known to lie between two days."""
    date_basis: Literal["capture", "page", "span", "unknown"] | None = None
    """What dates the price: the time of capture, the day `page_date`, the span `page_date` to `page_date_to`, or nothing.
    Null leaves it to the warehouse: an index is of its `page_date`, everything else of the time of capture."""
    market: Literal["china", "world"] = "china"
    """Where the seller sells."""
    source_level: str | None = None
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One generative-AI service filed (备案) or registered (登记), or one algorithm filing."""

    kind: Literal["filing", "registration", "on_device_filing", "deep_synthesis_algorithm"]
    model_name: str
    entity_name: str | None = None
    province: str | None = None
    filing_number: str | None = None
    filed_date: dt.date | None = None
    batch: str | None = None
    serial: int | None = None
    published_date: dt.date | None = None
    use_case: str | None = None
    role: str | None = None
    product: str | None = None
    cancelled_date: dt.date | None = None
    is_late_registration: bool = False
    printed: str | None = None
    """The cells as printed where a known error was corrected."""
    note: str | None = None
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingCount:
    """A total announced by an office or the press. `qualifier` is `at_least` where the figure is a floor (`>40`)."""

    as_of: dt.date | None = None
    scope: str
    total_filed: int | None = None
    new_in_period: int | None = None
    total_registered: int | None = None
    new_registered: int | None = None
    qualifier: Literal["exact", "at_least", "about"] = "exact"
    source_kind: str | None = None
    note: str | None = None
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """One event of the restriction record: a rule, letter, guidance, tariff, counter-measure or provider's curb."""

    event_id: str
    slug: str | None = None
    announced_date: dt.date | None = None
    effective_date: dt.date | None = None
    ended_date: dt.date | None = None
    suspended_from: dt.date | None = None
    suspended_to: dt.date | None = None
    jurisdiction: str | None = None
    authority: str | None = None
    instrument: str | None = None
    title: str
    document_number: str | None = None
    covers: str | None = None
    summary: str | None = None
    status_note: str | None = None
    links: str | None = None
    """Links to other events as written in the record: `supersedes EV001; amended_by EV004`."""
    confidence: Confidence = "medium"
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Yuan per US dollar, mean of a calendar month (`month` is its first day)."""

    month: dt.date
    cny_per_usd: float
    series: str
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A row of a curated table whose columns are the table's own: chips, platforms, contracts, curbs, claims.

    `table` is the name of the core table in `warehouse.schema` that takes it; `values` maps its columns to text as
    printed. The warehouse casts by schema and refuses an unknown column.
    """

    table: str
    values: dict[str, str | None]
    ground: Ground


Record = Policy | SupportClause | Issuance | Offer | Filing | FilingCount | Restriction | Rate | Fact

RECORD_NAMES: dict[type, str] = {
    Policy: "policy",
    SupportClause: "support_clause",
    Issuance: "issuance",
    Offer: "offer",
    Filing: "filing",
    FilingCount: "filing_count",
    Restriction: "restriction",
    Rate: "rate",
    Fact: "fact",
}


@dataclass(frozen=True, slots=True)
class Landed:
    """A record with the capture it came from: what the warehouse takes in."""

    record: Record
    origin: Origin


def to_dict(record: Record) -> dict[str, Any]:
    """The record as JSON-ready values with the names `chipwatch extract` prints.

    `ground` is flattened to `quote`, `start`, `end`, `locator`; eligibility becomes an object of criterion → value
    (plain `true`/`false`/numbers where the value is one).
    """
    out: dict[str, Any] = {"record": RECORD_NAMES[type(record)]}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name == "ground":
            out |= {"quote": value.quote, "start": value.start, "end": value.end, "locator": value.locator}
        elif field.name == "eligibility":
            out["eligibility"] = {c.criterion: _plain(c.value) for c in value}
        elif isinstance(value, dt.date | dt.datetime):
            out[field.name] = value.isoformat()
        elif isinstance(value, tuple):
            out[field.name] = list(value)
        else:
            out[field.name] = value
    return out


def _plain(value: str) -> bool | float | int | str:
    try:
        parsed = json.loads(value)
    except ValueError:
        return value
    return parsed if isinstance(parsed, bool | int | float) else value
