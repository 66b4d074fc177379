"""Exchange rates."""

from warehouse.schema import Column, Table

TABLES = [
    Table(
        "core_rates__monthly",
        "rates",
        "Yuan per US dollar, mean of a calendar month, one row a month and series.",
        ("month", "series"),
        (
            Column("month", "date", "First day of the month.", required=True),
            Column("cny_per_usd", "float", "Yuan for one US dollar.", unit="CNY per USD", required=True),
            Column("series", "text", "The official series the rate was taken from.", required=True),
        ),
    ),
    Table(
        "exchange_rates",
        "rates",
        "Yuan per US dollar by month: the rate every converted amount in the other marts was made with.",
        ("month",),
        (
            Column("month", "date", "First day of the month.", required=True),
            Column("cny_per_usd", "float", "Yuan for one US dollar.", unit="CNY per USD", required=True),
            Column("series", "text", "The official series the rate was taken from.", required=True),
        ),
    ),
]
