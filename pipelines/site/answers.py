"""Questions put to the build file, each a file of `sql/`; the answer keeps its SQL, so a figure can show it."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import duckdb

from warehouse.schema import marts

SQL = Path(__file__).with_name("sql")
Row = dict[str, Any]

# Marts that hold no capture of their own, and the facts they are computed from.
COMPUTED_FROM = {
    "approvals_reconciliation": ("model_approvals", "approval_counts"),
    "china_world_prices": ("gpu_offers", "gpu_quotes"),
    "chip_number_differences": ("chips",),
    "chip_status_on": ("chips", "restriction_events"),
    "entity_group_shares": ("model_approvals",),
    "gpu_availability": ("gpu_offers",),
    "gpu_prices": ("gpu_offers", "gpu_quotes"),
    "model_approvals_over_time": ("model_approvals", "approval_counts"),
    "programme_reconciliation": ("voucher_programmes",),
    "restriction_impact": ("gpu_offers", "restriction_events"),
    "voucher_purchasing_power": ("voucher_values", "gpu_offers"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of one question, the SQL that gives them, the marts it reads, and how those facts were captured
    (rows a `capture_kind`)."""

    name: str
    sql: str
    rows: Sequence[Row]
    marts: tuple[str, ...]
    kinds: dict[str, int]

    def __bool__(self) -> bool:
        return bool(self.rows)

    def first(self) -> Row:
        """The only row, or an empty one."""
        return self.rows[0] if self.rows else {}


class Answers:
    """Asks the build file. `as_of` is the day the data speaks of: the newest capture, never today's date."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, as_of: dt.date) -> None:
        self.connection = connection
        self.as_of = as_of
        self._asked: dict[str, Answer] = {}

    def ask(self, name: str) -> Answer:
        """The answer to `sql/<name>.sql`; a question is run once. `$as_of` stands for the day the data speaks of."""
        if name not in self._asked:
            text = (SQL / f"{name}.sql").read_text(encoding="utf-8").strip()
            self._asked[name] = self.answer(name, text.replace("$as_of", f"date '{self.as_of}'"))
        return self._asked[name]

    def answer(self, name: str, sql: str) -> Answer:
        read = marts_of(sql)
        return Answer(name, sql, self.rows(sql), read, self.kinds_of(read))

    def rows(self, sql: str) -> list[Row]:
        cursor = self.connection.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def asked(self) -> list[Answer]:
        """Every question asked so far."""
        return list(self._asked.values())

    @cached_property
    def there(self) -> set[str]:
        """The tables of the file. A mart that was not built is the gate's to refuse, after the site is made."""
        return {row["table_name"] for row in self.rows("select table_name from duckdb_tables()")}

    @cached_property
    def kinds(self) -> dict[str, dict[str, int]]:
        """Rows a `capture_kind`, mart by mart, for the marts that hold facts."""
        out: dict[str, dict[str, int]] = {}
        for mart in marts():
            if mart.name in self.there and any(column.name == "capture_kind" for column in mart.columns):
                counted = self.rows(
                    f"select capture_kind, count(*) as n from {mart.name} group by capture_kind order by n desc"
                )
                out[mart.name] = {row["capture_kind"]: row["n"] for row in counted}
        return out

    def kinds_of(self, read: Sequence[str]) -> dict[str, int]:
        """Rows a `capture_kind` of the facts that some marts hold or are computed from."""
        bases = {base for name in read for base in COMPUTED_FROM.get(name, (name,))}
        total: dict[str, int] = {}
        for base in sorted(bases):
            for kind, count in self.kinds.get(base, {}).items():
                total[kind] = total.get(kind, 0) + count
        return total


def marts_of(sql: str) -> tuple[str, ...]:
    """The marts a query names, in the order of the schema."""
    words = set(re.findall(r"\b\w+\b", sql))
    named = [name for name in _names() if name in words]
    if "chip_status_on" in words and "restriction_timeline" not in named:
        named.append("restriction_timeline")
    return tuple(named)


@cache
def _names() -> tuple[str, ...]:
    return tuple(mart.name for mart in marts())
