"""Every saved query over the published file: it gives the columns it promises, rows, and numbers that can be."""

import datetime as dt
import re
from typing import Any

import duckdb
import pytest

from warehouse.queries import SavedQuery, saved

pytestmark = pytest.mark.e2e

ASKED: dict[str, dict[str, str]] = {
    "changed_since": {"day": "2025-01-01"},
    "vouchers_open": {"day": "2026-05-10"},
}
"""Variables under which a query must give rows, where its defaults may rightly give none."""
LIMITS: list[tuple[str, float, float]] = [
    (r"rate_pct$|share_pct$", 0, 100),
    (r"(price|cny|usd)_per_gpu_hour$", 0, 1_000),
    (r"^cap_cny$|budget_cny$", 10_000, 5e9),
    (r"^(offers|asks|records|total|approved|facts)$", 0, 1_000_000),
]


def rows(published: duckdb.DuckDBPyConnection, name: str, **variables: str) -> list[dict[str, Any]]:
    """The query as the command line asks it: variables are text, set for this question only."""
    query = saved()[name]
    assert set(variables) <= set(query.variables), f"{name} reads {list(query.variables)}"
    for variable, value in variables.items():
        published.execute(f"set variable {variable} = ?", [value])
    try:
        cursor = published.execute(query.sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    finally:
        for variable in variables:
            published.execute(f"reset variable {variable}")


def test_there_are_enough_and_every_question_is_answered() -> None:
    assert len(saved()) >= 25
    answered = {answer for query in saved().values() for answer in query.answers}
    assert answered == {f"Q{number}" for number in range(1, 12)}


@pytest.mark.parametrize("query", saved().values(), ids=lambda query: query.name)
def test_header_and_sql_agree_on_the_variables(query: SavedQuery) -> None:
    assert set(re.findall(r"getvariable\('(\w+)'\)", query.body)) == set(query.variables)
    assert query.question.endswith("?")
    assert all(query.columns.values())
    assert all(";" in meaning for meaning in query.variables.values()), "a variable names its default"


@pytest.mark.parametrize("query", saved().values(), ids=lambda query: query.name)
def test_gives_its_columns_and_rows(published: duckdb.DuckDBPyConnection, query: SavedQuery) -> None:
    cursor = published.execute(query.sql)
    assert [column[0] for column in cursor.description] == list(query.columns)
    found = rows(published, query.name, **ASKED.get(query.name, {}))
    assert found
    assert found == rows(published, query.name, **ASKED.get(query.name, {})), "the order is not settled"
    for row in found:
        for pattern, least, most in LIMITS:
            for name, value in row.items():
                if re.search(pattern, name) and value is not None:
                    assert least <= value <= most, (query.name, name, row)
        address = row.get("source_url")
        assert address is None or address.startswith("http"), row


def test_the_terms_of_hangzhou_rest_on_words(published: duckdb.DuckDBPyConnection) -> None:
    terms = rows(published, "voucher_terms", place="Hangzhou")
    found = {(row["term"], row["value"], row["unit"]) for row in terms}
    assert found >= {
        ("rate_cap", 30, "pct"),
        ("rate_cap", 20, "pct"),
        ("max_amount", 8_000_000, "CNY"),
        ("total_budget", 250_000_000, "CNY"),
    }
    budget = next(
        row for row in terms if row["term"] == "total_budget" and row["capture_kind"] == "reconstructed"
    )
    assert "2.5亿元" in budget["words"]
    assert all(row["words"] for row in terms if row["value"] is not None)
    assert not any(row["programme_id"].startswith("3506") for row in terms), "Zhangzhou is another place"
    assert terms[0]["programme_id"] in {
        r["programme_id"] for r in rows(published, "voucher_terms", place="杭州")
    } | {r["programme_id"] for r in rows(published, "voucher_terms", place="滨江")}


def test_why_the_rtx_4090_was_controlled(published: duckdb.DuckDBPyConnection) -> None:
    on_day = rows(published, "chip_status_on", chip="RTX 4090", day="2023-12-01")
    assert {row["chip_id"] for row in on_day} == {"nvidia-rtx-4090"}
    first = on_day[0]
    assert (first["status"], first["rule_id"], first["paragraph"]) == ("controlled", "R2023-11", "3A090.a")
    assert "5284.8 >= 4800" in first["answer"]
    assert first["document_number"].startswith("88 FR 73458")
    before = rows(published, "chip_status_on", chip="rtx-4090", day="2023-10-01")
    assert {row["status"] for row in before} == {"not_controlled"}
    assert {r["status"] for r in rows(published, "chip_status_on", chip="RTX 4090D", day="2023-12-01")} == {
        "not_controlled"
    }


def test_guangdong_at_the_end_of_2025(published: duckdb.DuckDBPyConnection) -> None:
    found = {row["kind"]: row["approved"] for row in rows(published, "approvals_of_province")}
    over_time = published.execute(
        "select kind, cumulative from model_approvals_over_time where province_name = '广东省' and month = '2025-12-01'"
    ).fetchall()
    assert found == {kind: count for kind, count in over_time if count}
    assert found["filing"] > 100
    by_chinese_name = rows(published, "approvals_of_province", province="广东")
    assert {row["kind"]: row["approved"] for row in by_chinese_name} == found


def test_a_chip_name_counts_as_whole_words(published: duckdb.DuckDBPyConnection) -> None:
    named = {row["chip_id"] for row in rows(published, "chip_status_history", chip="H20")}
    assert named
    assert all(re.search(r"\bh20\b", name) for name in named), named


def test_effective_prices_are_the_price_less_the_rate(published: duckdb.DuckDBPyConnection) -> None:
    found = rows(published, "effective_prices_h100_class")
    for row in found:
        expected = row["list_price_cny_per_gpu_hour"] * (1 - row["rate_pct"] / 100)
        assert row["effective_price_cny_per_gpu_hour"] == pytest.approx(expected)
    assert {row["chip"] for row in found} >= {"nvidia-h100-80gb"}


def test_evidence_of_a_programme_leads_to_a_document(published: duckdb.DuckDBPyConnection) -> None:
    found = rows(published, "evidence_of", key="330100-compute-voucher-2025-06")
    hashes = {name for (name,) in published.execute("select capture_sha256 from documents").fetchall()}
    assert found
    assert all(row["quote"] and row["capture_sha256"] in hashes for row in found)


def test_the_measures_of_a_quarter_lie_in_it(published: duckdb.DuckDBPyConnection) -> None:
    found = rows(published, "restrictions_between", since="2023-10-01", until="2023-12-31")
    assert {row["event_id"] for row in found} >= {"EV030"}
    first, last = dt.date(2023, 10, 1), dt.date(2023, 12, 31)
    for row in found:
        days = [day for day in (row["announced_date"], row["effective_date"]) if day]
        assert any(first <= day <= last for day in days), row


def test_all_asks_of_the_share_are_counted_once(published: duckdb.DuckDBPyConnection) -> None:
    counted = sum(row["asks"] for row in rows(published, "restricted_share"))
    there = published.execute("select count(*) from gpu_offers where market = 'china'").fetchone()
    assert there == (counted,)


def test_the_file_carries_its_queries(published: duckdb.DuckDBPyConnection) -> None:
    """Whoever has only the file, a person in an SQL client or a model behind an MCP server, has the questions too."""
    found = published.execute("select query_name, question, sql from saved_queries").fetchall()
    assert {name for name, _, _ in found} == set(saved())
    for name, question, sql in found:
        assert question == saved()[name].question
        names = [column[0] for column in published.execute(sql).description]
        assert names == list(saved()[name].columns)


def test_every_macro_is_told_in_the_description_of_a_table(published: duckdb.DuckDBPyConnection) -> None:
    macros = published.execute(
        "select function_name from duckdb_functions() where function_type = 'table_macro' and not internal"
    ).fetchall()
    comments = published.execute(
        "select string_agg(comment) from duckdb_tables() where schema_name = 'main'"
    ).fetchone()
    assert len(macros) >= 4
    assert comments is not None
    assert [name for (name,) in macros if f"{name}(" not in comments[0]] == []
