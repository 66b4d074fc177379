"""Exchange rates: one row a month and series."""

import polars as pl

from scrapers.records import Rate
from warehouse.history import fold, provenance
from warehouse.normalise import Landing
from warehouse.schema import conform
from warehouse.schema import tables as schema


def tables(landing: Landing) -> dict[str, pl.DataFrame]:
    """`core_rates__monthly` from `Rate` records; a month seen again keeps its latest value."""
    rows = [
        {"month": r.month, "cny_per_usd": r.cny_per_usd, "series": r.series} | provenance(landed)
        for landed in landing.records
        if isinstance(r := landed.record, Rate)
    ]
    table = schema()["core_rates__monthly"]
    if not rows:
        return {table.name: table.empty()}
    return {table.name: conform(fold(pl.DataFrame(rows, infer_schema_length=None), table.key), table)}
