"""Wiring only: Dagster assets that call `scrapers`, `warehouse` and dbt, and the command line."""
