"""Bytes to records: fetch public pages, keep them, and read typed facts out of them.

Knows nothing of Dagster, DuckDB, dbt or Polars. The way in is `scrapers.collect`; one publishing system is
one module of `scrapers.platforms`; one source is one folder of `scrapers/sources`.
"""
