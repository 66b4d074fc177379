"""`chipwatch classify`: the class of a chip, real or supposed, under each rule version, one line a test.

The numbers go through the rule engine of `dbt/` (`pipelines.rules`): no threshold stands here.
"""

import datetime as dt
import sys
from dataclasses import dataclass
from typing import Any

import duckdb
import polars as pl
import typer

from pipelines.output import emit
from pipelines.query import nearest
from pipelines.rules import bundled, engine
from warehouse.schema import tables

CHIPS = "core_restrictions__chips"
MODELS = (
    "restriction_timeline",
    "chip_rules",
    "rule_versions",
    "restriction_events",
    "restriction_event_states",
    "chips",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What is known of a supposed chip; null is unknown. Bandwidths in GB/s, area in mm2 of non-planar logic dies (0: none is
    non-planar)."""

    tpp: float | None = None
    tpp_at_least: float | None = None
    die_area: float | None = None
    memory_bandwidth: float | None = None
    io_bandwidth: float | None = None
    is_datacentre: bool | None = None
    vendor: str | None = None
    released: dt.date | None = None
    is_memory_stack: bool = False


def classify(chip: str | None, numbers: Numbers, day: dt.date | None) -> dict[str, Any]:
    """The chip's inputs, each rule version with its outcome and tests, and (with a day) the effective status for China.

    With a day only versions in force that day are given. `typer.BadParameter` for a chip or maker that is not in the table.
    """
    inputs = bundled()
    chips = inputs[CHIPS]
    if chip is not None:
        row = chips.filter(pl.col("chip_id") == chip)
        if row.is_empty():
            near = nearest(chip, chips["chip_id"].to_list())
            raise typer.BadParameter(
                f"no chip {chip!r}" + (f"; did you mean {', '.join(near)}?" if near else "")
            )
    else:
        row = _supposed(numbers, chips)
    with engine(inputs | {CHIPS: row}, models=MODELS) as connection:
        return _found(connection, is_supposed=chip is None, day=day)


def _supposed(numbers: Numbers, chips: pl.DataFrame) -> pl.DataFrame:
    """A row of the table of chips for numbers that belong to none."""
    vendor = None
    if numbers.vendor:
        known = {name.lower(): name for name in chips["vendor"].unique().to_list()}
        if numbers.vendor.lower() not in known:
            raise typer.BadParameter(
                f"no maker {numbers.vendor!r}; known are {', '.join(sorted(known.values()))}"
            )
        vendor = known[numbers.vendor.lower()]
    origin = chips.filter(pl.col("vendor") == vendor)["origin"].first() if vendor else None
    values = {
        "chip_id": "supposed",
        "chip_family": "supposed",
        "vendor": vendor,
        "origin": origin,
        "tpp": 0.0 if numbers.is_memory_stack and numbers.tpp is None else numbers.tpp,
        "tpp_lower_bound": numbers.tpp_at_least,
        "die_area_mm2": numbers.die_area,
        "memory_bandwidth_gbs": numbers.memory_bandwidth,
        # all of it on one side: the test of 2022 asks for the sum
        "interconnect_gbs": numbers.io_bandwidth,
        "host_io_gbs": None if numbers.io_bandwidth is None else 0.0,
        "has_no_chip_link": False,
        "is_datacentre": numbers.is_datacentre,
        "market": "memory" if numbers.is_memory_stack else "supposed",
        "release_date": numbers.released,
    }
    return pl.DataFrame([values], schema_overrides=dict(tables()[CHIPS].polars_schema), infer_schema_length=1)


def _found(
    connection: duckdb.DuckDBPyConnection, *, is_supposed: bool, day: dt.date | None
) -> dict[str, Any]:
    chip = connection.sql("from stg_restrictions__chips").pl().to_dicts()[0]
    versions = connection.execute(
        """
        select v.rule_id, v.regime, v.title, v.valid_from, v.valid_to, v.role, v.is_in_cfr, v.is_enforced, v.destination,
            c.outcome, c.status, c.paragraph, c.is_licence_required, c.review_policy, c.reason, c.missing_inputs,
            (select any_value(t.licence_exceptions) from restriction_timeline as t where t.rule_id = v.rule_id) as licence_exceptions,
            (select any_value(t.tariff_pct) from restriction_timeline as t where t.rule_id = v.rule_id) as tariff_pct,
            rules.tests_rule_id
        from rule_versions as v inner join chip_rules as c using (rule_id) inner join rules using (rule_id)
        where ($day::date is null or (v.valid_from <= $day::date and (v.valid_to is null or v.valid_to > $day::date)))
            -- a supposed chip is named nowhere
            and ($named or exists (select 1 from rule_tests as t where t.rule_id = rules.tests_rule_id and t.metric <> 'named'))
        order by v.valid_from, v.rule_id
        """,
        {"day": day, "named": not is_supposed},
    ).pl()
    tests = connection.execute(
        "select rule_id, paragraph, clause, case_tpp, holds, said from int_restrictions__tests"
        " where metric <> 'named' or $named order by rule_id, clause, case_tpp, metric desc, operator",
        {"named": not is_supposed},
    ).pl()
    windows = connection.sql("select rule_id, said from int_restrictions__review").pl()
    out = []
    for version in versions.to_dicts():
        own = tests.filter(pl.col("rule_id") == version.pop("tests_rule_id"))
        version["tests"] = own.drop("rule_id").to_dicts()
        window = windows.filter(pl.col("rule_id") == version["rule_id"])
        version["review_window"] = window["said"].first() if version["outcome"] == "met" else None
        out.append(version)
    answer = None
    if day is not None:
        row = connection.execute("select * from chip_status_on(?)", [day]).pl().to_dicts()[0]
        answer = {name: row[name] for name in ("status", "binding_regimes", "rule_ids", "is_licence_required", "review_policy",
                                               "licence_exceptions", "missing_inputs", "answer")}  # fmt: skip
    known = ("chip_id", "vendor", "tpp", "tpp_lower_bound", "die_area_mm2", "performance_density", "memory_bandwidth_gbs",
             "io_bandwidth_gbs", "is_datacentre", "release_date", "vendor_eccn")  # fmt: skip
    return {"chip": {name: chip[name] for name in known}, "versions": out, "on": day, "effective": answer}


def print_classes(found: dict[str, Any], *, as_json: bool) -> None:
    """One block a version: its outcome, then its tests."""
    if as_json:
        emit(found)
        return
    out = sys.stdout
    chip = found["chip"]
    shown = [
        f"{name} {_plain(value)}" for name, value in chip.items() if value is not None and name != "chip_id"
    ]
    unknown = [
        name
        for name, value in chip.items()
        if value is None and name not in ("tpp_lower_bound", "vendor_eccn", "performance_density")
    ]
    print(f"{chip['chip_id']}: {', '.join(shown) or 'nothing known'}", file=out)
    if unknown:
        print(f"unknown: {', '.join(unknown)}", file=out)
    for version in found["versions"]:
        until = f" until {version['valid_to']}" if version["valid_to"] else ""
        print(
            f"\n{version['rule_id']}  {version['regime']}  from {version['valid_from']}{until}  {version['title']}",
            file=out,
        )
        print(f"  => {_outcome(version)}", file=out)
        for test in version["tests"]:
            mark = {True: "yes", False: "no ", None: "?  "}[test["holds"]]
            case = (
                f"  (were the TPP {_plain(test['case_tpp'])})"
                if chip["tpp"] is None and test["case_tpp"] is not None
                else ""
            )
            print(f"  {mark}  {test['paragraph']} clause {test['clause']}: {test['said']}{case}", file=out)
        if version["review_window"]:
            print(
                f"  {'yes' if version['review_window'].startswith('inside') else 'no '}  {version['review_window']}",
                file=out,
            )
    if found["effective"]:
        print(f"\n{found['effective']['answer']}", file=out)


def _outcome(version: dict[str, Any]) -> str:
    parts = [str(version["status"]).replace("_", " ")]
    if version["paragraph"]:
        parts[0] += f" ({version['paragraph']})"
    if version["is_licence_required"]:
        policy = version["review_policy"]
        parts.append(
            "licence required" + (f", {policy.replace('_', ' ')}" if policy else ", review policy not public")
        )
    if version["outcome"] == "met" and version["licence_exceptions"]:
        parts.append(f"exception {version['licence_exceptions']}")
    if version["outcome"] == "met" and version["tariff_pct"]:
        parts.append(f"duty of {_plain(version['tariff_pct'])} %")
    if version["outcome"] == "met" and not version["is_enforced"]:
        parts.append("in the CFR, not enforced" if version["is_in_cfr"] else "not enforced")
    if version["missing_inputs"]:
        parts.append(f"missing {version['missing_inputs'].replace(',', ', ')}")
    if version["destination"]:
        parts.append(f"reach: {version['destination']}")
    return "; ".join(parts)


def _plain(value: Any) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)
