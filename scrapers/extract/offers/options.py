"""What a source declares about its market pages (`options:` in source.yml, `Context.options`).

Units are words of `units.PRICE_UNITS`. A price whose unit or divisor is not declared and not written on the page stays
without a price per GPU-hour; it is never guessed from its size.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from scrapers.extract.offers import units
from scrapers.extract.offers.prices import Tier
from scrapers.records import OfferKind

Channel = Literal["state_exchange", "broker", "retail", "cloud_list", "institution"]


class OptionsError(ValueError):
    """The options are not right: one line that names the key."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _known_unit(unit: str | None) -> str | None:
    if unit is not None:
        units.from_name(unit)
    return unit


class PriceField(_Strict):
    """One price of a record. `path` leads to the number; it is divided by `divisor` (1000 for thousandths of a yuan,
    100 for fen). `unit` is null where the platform does not say: then the number is kept as text only."""

    path: str
    unit: str | None
    divisor: float = Field(default=1.0, gt=0)
    tier: Tier | None = None
    term: str | None = None
    kind: OfferKind | None = None

    _unit = field_validator("unit")(_known_unit)


class Declared(_Strict):
    """Where a JSON answer (or the rows of a CSV) keeps what.

    `items` leads to the records. Paths are keys joined by dots; `[]` goes through a list, `*name` through the values of
    an object and remembers its key as `@name`. In the other paths a leading `^` reads from the enclosing record (one
    level each), `@name` gives a remembered key and `=text` is the text itself.

    ``{"data": [{"RTX 4090": {"idle_gpu_num": 3}}]}`` is read by ``items: data[].*model, chip: "@model", idle:
    idle_gpu_num``. For CSV `items` stays empty and paths are column names.
    """

    items: str = ""
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Only records whose value at the path is one of these texts are read (a table that lists core-hours too); an empty
    list asks for any value."""
    without: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Records whose text at the path contains one of these words are left (licences, spot meters)."""
    chip: str
    prices: tuple[PriceField, ...] = ()
    count: str | None = None
    """Cards the price covers. Without it a price per instance covers one card."""
    memory: str | None = None
    memory_unit: Literal["GiB", "MiB", "bytes"] = "GiB"
    is_memory_total: bool = False
    """The memory is the sum over the record's cards."""
    form: str | None = None
    region: str | None = None
    seller: str | None = None
    idle: str | None = None
    total: str | None = None
    status: str | None = None
    term: str | None = None
    date: str | None = None
    key: tuple[str, ...] = ()
    """Paths that identify the listing; default: chip, count, region and the price's path."""


class Options(_Strict):
    """Declared by a source for its pages; every key may be left out."""

    unit: str | None = None
    """Unit of a price that says nothing itself, e.g. `CNY/gpu-hour` for a retail shop."""
    currency: Literal["CNY", "USD", "HKD", "EUR"] | None = None
    cards_per_server: int = Field(default=8, ge=1)
    kind: OfferKind | None = None
    """Kind of every row of the source (an index, a fixture); the page's own words may only lower it."""
    channel: Channel | None = None
    tier: Tier | None = None
    """Whose price it is where the page does not say: `internal` for a university's own members."""
    seller: str | None = None
    region: str | None = None
    is_tax_included: bool | None = None
    source_level: str | None = None
    records: Declared | None = None
    rates: dict[str, float] = Field(default_factory=dict)
    """Yuan per US dollar by month (`2026-06`). Without the month or an earlier one dollars stay dollars."""

    _unit = field_validator("unit")(_known_unit)

    @field_validator("rates", mode="before")
    @classmethod
    def _months(cls, rates: object) -> object:
        """First days of months serve as well as `2026-06`."""
        if not isinstance(rates, Mapping):
            return rates
        return {f"{k:%Y-%m}" if isinstance(k, dt.date) else k: v for k, v in rates.items()}

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Options":
        """Validated options; `OptionsError` names the key that is wrong."""
        try:
            return cls.model_validate(dict(given))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "options"
            raise OptionsError(f"{where}: {first['msg']}") from None
