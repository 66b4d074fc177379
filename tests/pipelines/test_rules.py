"""The rule engine: the seeds alone decide, and what they leave open is said."""

import csv
import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.rules import SEEDS, bundled, engine
from tests.bench import restrictions as bench

State = dict[tuple[str, str, str], tuple[str, str | None, str | None]]


@pytest.fixture(scope="module")
def inputs() -> dict[str, pl.DataFrame]:
    return bundled()


@pytest.fixture(scope="module")
def built(inputs: dict[str, pl.DataFrame]) -> Iterator[duckdb.DuckDBPyConnection]:
    with bench.built(inputs) as connection:
        yield connection


def states(connection: duckdb.DuckDBPyConnection) -> State:
    """chip, regime, day of each rule change → status, paragraph, review policy."""
    rows = connection.execute(
        "select t.chip_id, t.regime, d.day::varchar, t.status, t.paragraph, t.review_policy from restriction_timeline as t"
        " inner join (select distinct valid_from as day from rule_versions) as d"
        " on t.valid_from <= d.day and (t.valid_to is null or t.valid_to > d.day)"
    ).fetchall()
    return {
        (chip, regime, day): (status, paragraph, policy)
        for chip, regime, day, status, paragraph, policy in rows
    }


@pytest.mark.parametrize(("name", "least"), bench.LEAST.items())
def test_published_statements_agree(built: duckdb.DuckDBPyConnection, name: str, least: float) -> None:
    total, right, lines = bench.agreement(built, bench.HERE / name)
    assert right >= least * total, lines


def test_every_chip_has_a_founded_status_on_every_rule_date(built: duckdb.DuckDBPyConnection) -> None:
    checked, bad = bench.holes(built)
    assert checked > 50_000
    assert bad == 0


@pytest.mark.parametrize(
    ("seed", "where", "value", "regimes", "changed"),
    [
        # one of two chips just under the density of 3.2, the other with more of it
        ("rule_tests.csv", {"rule_id": "R2023-11", "clause": "4", "metric": "performance_density", "operator": ">="}, "3.15",
         {"us_list"}, {"nvidia-a10"}),
        # a limit between the RTX 4090 (5284.8) and the RTX 6000 Ada (5840); the A100 (4989) stays in by its density, the Ascend
        # 910B3 (5008), of which no area is published, becomes unknown
        ("rule_tests.csv", {"rule_id": "R2023-11", "clause": "1"}, "5300", {"us_list", "allied"}, {"nvidia-rtx-4090", "huawei-ascend-910b3"}),
        # the letter's 1400 GB/s lies between the RTX 5090 D V2 (1344) and the A100 (1555); the RTX PRO 5000 has 1344 too
        ("rule_tests.csv", {"rule_id": "L2025-04", "metric": "memory_bandwidth_gbs"}, "1340",
         {"us_letter"}, {"nvidia-rtx-5090d-v2", "nvidia-rtx-6000d", "nvidia-rtx-pro-5000-48gb", "nvidia-rtx-pro-5000-72gb"}),
        ("review_windows.csv", {"rule_id": "R2026-01", "metric": "tpp"}, "20900", {"us_list"}, {"amd-mi300x", "amd-mi325x"}),
        ("rule_tests.csv", {"rule_id": "T2026-01", "clause": "1", "metric": "memory_bandwidth_gbs", "operator": ">"}, "4850",
         {"us_tariff"}, {"nvidia-h200-sxm-141gb", "nvidia-h200-nvl-141gb"}),
    ],
)  # fmt: skip
def test_a_changed_threshold_changes_exactly_the_chips_it_should(
    built: duckdb.DuckDBPyConnection,
    inputs: dict[str, pl.DataFrame],
    tmp_path: Path,
    seed: str,
    where: dict[str, str],
    value: str,
    regimes: set[str],
    changed: set[str],
) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    path = tmp_path / "seeds" / seed
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    touched = [row for row in rows if all(row[name] == wanted for name, wanted in where.items())]
    assert len(touched) == 1
    touched[0]["value"] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    before = states(built)
    with bench.built(inputs, seeds=tmp_path / "seeds") as connection:
        after = states(connection)
    moved = {
        (chip, regime)
        for chip, regime, day in before
        if before[chip, regime, day] != after[chip, regime, day]
    }
    assert {chip for chip, _ in moved} == changed
    assert {regime for _, regime in moved} == regimes


def test_a_bound_decides_only_what_holds_in_every_case(built: duckdb.DuckDBPyConnection) -> None:
    def status(chip: str, day: str) -> tuple[str, str, str, str]:
        row = built.execute(
            "select status, paragraph, missing_inputs, reason from chip_regimes_on(?) where chip_id = ? and regime = 'us_list'",
            [day, chip],
        ).fetchone()
        assert row is not None
        return row

    # at least 2879 for data centres on 609 mm2: 3A090.a or .b whatever the number is, and the maker says .b
    assert status("nvidia-l40g", "2024-06-01")[:2] == ("controlled", "3A090.b")
    # at least 3105 but not for data centres: only the number can tell, or the class its maker publishes
    assert status("nvidia-rtx-6000d", "2025-06-01")[0] == "not_controlled"
    # its links are too narrow for the test of 2022, whatever its rate
    assert status("nvidia-rtx-6000d", "2023-01-01")[0] == "not_controlled"
    # a rate without an area: the area is named, not the density
    assert status("huawei-ascend-910b4", "2024-06-01")[2] == "die_area_mm2"


def test_a_class_the_maker_publishes_decides_where_a_number_is_missing(
    inputs: dict[str, pl.DataFrame],
) -> None:
    board = inputs["core_restrictions__chips"].filter(pl.col("chip_id") == "nvidia-rtx-6000d")
    full = inputs["core_restrictions__chips"].filter(pl.col("chip_id") == "nvidia-l40s")
    made = pl.concat(
        [
            *(board.with_columns(chip_id=pl.lit(f"as {name}"), vendor_eccn=pl.lit(name, pl.String)) for name in (None, "4A994.l", "4A090.b", "5A992.z")),
            # numbers that decide are not overruled
            full.with_columns(vendor_eccn=pl.lit("4A994.l")),
        ]
    )  # fmt: skip
    with engine({"core_restrictions__chips": made}, models=("chip_rules",)) as connection:
        found = {
            chip: (told, missing)
            for chip, told, missing in connection.execute(
                "select chip_id, outcome || coalesce(' ' || paragraph, ''), missing_inputs from chip_rules where rule_id = 'R2023-11'"
            ).fetchall()
        }
        reason = connection.execute(
            "select reason from chip_rules where rule_id = 'R2023-11' and chip_id = 'as 4A994.l'"
        ).fetchone()
    assert found["as None"] == ("open", "tpp")
    assert found["as 4A994.l"] == ("not met", None)
    assert found["as 4A090.b"] == ("met 3A090.b", None)
    assert found["as 5A992.z"] == ("met 3A090.a or 3A090.b", None)
    assert found["nvidia-l40s"] == ("met 3A090.a", None)
    assert reason is not None
    assert reason[0].startswith("no: the maker classifies it 4A994.l; by its published numbers undecided: ")


def test_loose_memory_is_listed_and_the_exception_ends_at_its_line(built: duckdb.DuckDBPyConnection) -> None:
    def row(chip: str, day: str) -> tuple[str, str | None, str | None]:
        found = built.execute(
            "select status, paragraph, licence_exceptions from chip_regimes_on(?) where chip_id = ? and regime = 'us_list'",
            [day, chip],
        ).fetchone()
        assert found is not None
        return found

    assert row("memory-hbm3", "2024-12-01") == ("not_controlled", None, None)
    assert row("memory-hbm3", "2024-12-02") == ("controlled", "3A090.c", None)
    # 2.8 GB/s a mm2: above 2.0, below the 3.3 of the exception
    assert row("memory-hbm2", "2025-06-01") == ("controlled", "3A090.c", "HBM")
    # the same memory on a processor's package is not loose
    assert row("nvidia-h200-sxm-141gb", "2025-06-01")[1] == "3A090.a"


def test_the_letter_of_october_2023_is_a_threshold_for_its_addressee(
    built: duckdb.DuckDBPyConnection,
) -> None:
    found = {
        chip
        for (chip,) in built.execute(
            "select chip_id from chip_regimes_on(date '2023-11-01') where regime = 'us_letter' and status = 'controlled'"
        ).fetchall()
    }
    assert {"nvidia-l40s", "nvidia-a100x", "nvidia-gh200-96gb", "nvidia-h800-sxm5-80gb"} <= found
    # below 4800, or not for data centres, or another maker's
    assert not {"nvidia-l40", "nvidia-l4", "nvidia-rtx-4090", "nvidia-rtx-6000-ada", "amd-mi250x"} & found


def test_a_version_for_china_is_a_chip_of_its_own(built: duckdb.DuckDBPyConnection) -> None:
    def status(chip: str, regime: str, day: str) -> str:
        row = built.execute(
            "select status from chip_regimes_on(?) where chip_id = ? and regime = ?", [day, chip, regime]
        ).fetchone()
        assert row is not None
        return str(row[0])

    # 21 links of 25 GB/s and 64 to the host stay under 600, 24 do not
    assert status("intel-gaudi2-hl225b", "us_list", "2023-07-11") == "not_controlled"
    assert status("intel-gaudi2", "us_list", "2023-07-11") == "controlled"
    assert status("intel-gaudi2-hl225b", "us_list", "2023-11-17") == "controlled"
    # no rate is published of the version below 4800: unknown by the list, named by the letter
    assert status("intel-gaudi3-hl328", "us_list", "2024-07-01") == "unknown"
    assert status("intel-gaudi3-hl328", "us_letter", "2025-05-01") == "controlled"


def test_an_exception_does_not_help_against_a_letter(built: duckdb.DuckDBPyConnection) -> None:
    def exception(chip: str, day: str) -> str | None:
        row = built.execute(
            "select licence_exceptions from chip_status_on(?) where chip_id = ?", [day, chip]
        ).fetchone()
        assert row is not None
        return row[0]

    assert exception("nvidia-rtx-5090", "2025-03-01") == "NAC"
    # 1792 GB/s of memory: the letter of April 2025 binds too, and knows no such exception
    assert exception("nvidia-rtx-5090", "2025-05-01") is None
    assert exception("nvidia-rtx-4090", "2025-05-01") == "NAC"


def test_the_review_window_is_for_chips_sold_in_the_us_of_one_paragraph(
    built: duckdb.DuckDBPyConnection, inputs: dict[str, pl.DataFrame]
) -> None:
    def review(connection: duckdb.DuckDBPyConnection, chip: str) -> tuple[str, str, str]:
        row = connection.execute(
            "select paragraph, review_policy, reason from chip_regimes_on('2026-02-01') where chip_id = ? and regime = 'us_list'",
            [chip],
        ).fetchone()
        assert row is not None
        return row

    paragraph, policy, why = review(built, "nvidia-h200-sxm-141gb")
    assert (paragraph, policy) == ("3A090.a", "case_by_case")
    assert "by 2026-01-15" in why
    for chip in ("nvidia-l40", "nvidia-a30", "amd-mi210"):
        paragraph, policy, why = review(built, chip)
        assert (paragraph, policy) == ("3A090.b", "presumption_of_denial")
        assert "outside the review window: it is for 3A090.a" in why
    # nobody exports from the US what is designed in China
    paragraph, policy, why = review(built, "huawei-ascend-910b3")
    assert (paragraph, policy) == ("3A090.a", "presumption_of_denial")
    assert "outside the review window: designed in China" in why

    chips = inputs["core_restrictions__chips"]
    sold = chips.filter(pl.col("chip_id") == "nvidia-h100-sxm5-80gb")
    made = pl.concat(
        sold.with_columns(chip_id=pl.lit(name), release_date=pl.lit(day, pl.Date), **more)
        for name, day, more in (
            ("later", dt.date(2026, 1, 16), {}),
            ("undated", None, {}),
            # no rate is published, the maker says .z: .a or .b
            ("either", dt.date(2024, 1, 1), {"tpp": pl.lit(None, pl.Float64), "tpp_lower_bound": pl.lit(None, pl.Float64),
                                             "vendor_eccn": pl.lit("5A992.z")}),
        )
    )  # fmt: skip
    with bench.built(inputs | {"core_restrictions__chips": made}) as connection:
        assert review(connection, "later")[1] == "presumption_of_denial"
        assert "after 2026-01-15" in review(connection, "later")[2]
        assert review(connection, "undated")[1] == "presumption_of_denial"
        assert "review window undecided: release date unknown" in review(connection, "undated")[2]
        assert review(connection, "either")[:2] == ("3A090.a or 3A090.b", "presumption_of_denial")


def test_licences_for_named_chips_are_no_policy_for_others(built: duckdb.DuckDBPyConnection) -> None:
    rows = dict(
        built.execute(
            "select chip_id, coalesce(review_policy, 'not public') from chip_regimes_on('2025-12-10')"
            " where regime = 'us_letter' and status = 'controlled' and chip_id in"
            " ('nvidia-h20-96gb', 'amd-mi308x', 'nvidia-b30a', 'nvidia-rtx-5090')"
        ).fetchall()
    )
    assert rows == {
        "nvidia-h20-96gb": "case_by_case",
        "amd-mi308x": "case_by_case",
        "nvidia-b30a": "not public",
        "nvidia-rtx-5090": "not public",
    }


def test_density_is_compared_unrounded_and_planar_dies_add_nothing(inputs: dict[str, pl.DataFrame]) -> None:
    chips = inputs["core_restrictions__chips"]
    a30 = chips.filter(pl.col("chip_id") == "nvidia-a30")
    made = pl.concat(
        [
            # 2399 over 750 is 3.1987: rounded to one decimal it would be 3.2
            a30.with_columns(chip_id=pl.lit("just-under"), tpp=pl.lit(2399.0), die_area_mm2=pl.lit(750.0)),
            a30.with_columns(
                chip_id=pl.lit("just-at"), tpp=pl.lit(2399.0), die_area_mm2=pl.lit(2399.0 / 3.2)
            ),
            a30.with_columns(chip_id=pl.lit("planar"), tpp=pl.lit(4799.0), die_area_mm2=pl.lit(0.0)),
            a30.with_columns(chip_id=pl.lit("planar-fast"), tpp=pl.lit(4800.0), die_area_mm2=pl.lit(0.0)),
        ]
    )
    with engine({"core_restrictions__chips": made}, models=("chip_rules",)) as connection:
        found = dict(
            connection.execute(
                "select chip_id, outcome || coalesce(' ' || paragraph, '') from chip_rules where rule_id = 'R2023-11'"
            ).fetchall()
        )
    assert found == {
        "just-under": "not met",
        "just-at": "met 3A090.b",
        "planar": "not met",
        "planar-fast": "met 3A090.a",
    }


def test_a_rule_in_the_code_that_is_not_enforced_is_told_apart(built: duckdb.DuckDBPyConnection) -> None:
    rows = built.execute(
        "select rule_id, is_in_cfr, is_enforced, reaches_china, outcome from chip_rules"
        " where chip_id = 'nvidia-h100-sxm5-80gb' and rule_id like 'R2025-01-DIFF%' order by rule_id"
    ).fetchall()
    assert rows == [
        ("R2025-01-DIFF", True, False, False, "met"),
        ("R2025-01-DIFF-HQ", True, True, True, "met"),
        ("R2025-01-DIFF-NE", True, False, False, "met"),
    ]


@pytest.mark.parametrize(
    ("chip", "day", "wanted"),
    [
        ("nvidia-rtx-4090", "2023-11-16", "not_controlled"),
        ("nvidia-rtx-4090", "2023-12-01", "controlled by R2023-11, licence required (presumption of denial), exception NAC"),
        ("nvidia-rtx-4090d", "2024-06-01", "not_controlled"),
        ("nvidia-h20-96gb", "2024-06-01", "not_controlled"),
        ("nvidia-h20-96gb", "2025-05-01", "controlled by L2025-04, licence required"),
        ("nvidia-h20-96gb", "2025-09-01", "controlled by L2025-04-LIC, licence required (case by case)"),
        ("nvidia-l40", "2023-11-01", "not_controlled"),
        ("nvidia-l40s", "2023-11-01", "controlled by L2023-10, licence required (presumption of denial)"),
        ("nvidia-h200-sxm-141gb", "2026-01-20", "controlled by R2026-01,L2025-04-LIC,CN-H200-2026-01, licence required (case by case)"),
        ("nvidia-b200", "2026-03-01", "controlled by R2026-01,L2025-04-LIC, licence required (presumption of denial)"),
        ("huawei-ascend-910d", "2025-06-01", "presumed by GP10-2025-05"),
        ("amd-mi308x", "2025-03-01", "unknown by R2023-11, missing die_area_mm2,tpp"),
    ],
)  # fmt: skip
def test_the_effective_status_says_which_measure_binds(
    built: duckdb.DuckDBPyConnection, chip: str, day: str, wanted: str
) -> None:
    row = built.execute("select answer from chip_status_on(?) where chip_id = ?", [day, chip]).fetchone()
    assert row is not None
    assert row[0].startswith(
        f"{chip} on {day}: {wanted.replace('_', ' ') if 'by' not in wanted else wanted}. "
    )


def test_status_as_it_was_known(built: duckdb.DuckDBPyConnection) -> None:
    def known(on: str) -> str:
        row = built.execute(
            "select status from chip_status_known('2023-12-01', ?) where chip_id = 'nvidia-h800-sxm5-80gb'",
            [on],
        ).fetchone()
        assert row is not None
        return str(row[0])

    assert known("2023-10-16") == "not_controlled"
    assert known("2023-10-17") == "controlled"


def test_known_by_takes_later_ends_and_suspensions_away(built: duckdb.DuckDBPyConnection) -> None:
    def known(event: str, on: str) -> tuple[object, ...]:
        row = built.execute(
            "select ended_date::varchar, suspended_from::varchar, is_resumed_by_default from known_by(?) where event_id = ?",
            [on, event],
        ).fetchone()
        assert row is not None
        return row

    assert known("EV012", "2023-10-16") == (None, None, False)
    assert known("EV012", "2023-10-17") == ("2023-11-17", None, False)
    assert known("EV093", "2025-10-20") == (None, None, False)
    assert known("EV093", "2025-11-20") == (None, "2025-11-10", False)
    assert known("EV093", "2026-11-20") == (None, "2025-11-10", True)


def test_a_suspension_past_its_end_resumes_by_default_with_low_confidence(
    built: duckdb.DuckDBPyConnection,
) -> None:
    rows = built.execute(
        "select event_id, state, confidence from restriction_event_states"
        " where event_id in ('EV093', 'EV095', 'EV056') and valid_from <= date '2026-11-23' and (valid_to is null or valid_to > date '2026-11-23')"
        " order by event_id"
    ).fetchall()
    assert rows == [
        ("EV056", "not_enforced", "high"),
        ("EV093", "resumed_by_default", "low"),
        ("EV095", "resumed_by_default", "low"),
    ]
