"""Printed claims: rows of the curated table, cast by schema."""

import polars as pl

from warehouse.normalise import Landing
from warehouse.normalise.facts import fact_tables


def tables(landing: Landing) -> dict[str, pl.DataFrame]:
    """`core_claims__claims`."""
    return fact_tables(landing, ["core_claims__claims"])
