"""Records to tables to one DuckDB file.

Imports `scrapers.records`, `scrapers.captures` and `scrapers.archive` only. `warehouse.schema` is the one contract;
`warehouse.normalise` makes tables of records; `warehouse.store`, `warehouse.build` and `warehouse.publish` write them.
"""
