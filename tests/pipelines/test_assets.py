"""What the Dagster UI holds: every source and mart as a described asset, schedules that ask only what is due."""

import datetime as dt
import threading
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines import metadata, refresh
from pipelines.assets import SOURCES, source_key
from pipelines.definitions import CRON, defs, schedules
from pipelines.paths import Home
from scrapers.archive import Archive, Attempt, Outcome
from scrapers.source import DOMAINS
from tests.pipelines.conftest import Ran
from warehouse.schema import marts


@pytest.fixture(scope="module")
def specs() -> dict[dg.AssetKey, dg.AssetSpec]:
    return {spec.key: spec for spec in defs.resolve_all_asset_specs()}


def test_every_source_and_mart_is_an_asset_with_owner_group_kind_and_code(
    specs: dict[dg.AssetKey, dg.AssetSpec],
) -> None:
    wanted = [source_key(source) for source in SOURCES.values()]
    wanted += [dg.AssetKey(["marts", mart.name]) for mart in marts()]
    assert [key for key in wanted if key not in specs] == []
    for key in wanted:
        spec = specs[key]
        assert spec.description, key
        assert spec.owners, key
        assert spec.group_name not in (None, "default"), key
        assert spec.kinds, key
        found = spec.metadata["dagster/code_references"]
        assert isinstance(found, dg.CodeReferencesMetadataValue)
        paths = [ref.file_path for ref in found.code_references if isinstance(ref, dg.LocalFileCodeReference)]
        assert paths, key
        assert all(Path(path).is_file() for path in paths), key


def test_every_source_has_its_two_checks() -> None:
    checks = {
        (key.asset_key, key.name) for assets in defs.assets or () for key in getattr(assets, "check_keys", ())
    }
    for source in SOURCES.values():
        assert {(source_key(source), "landed"), (source_key(source), "fresh")} <= checks


def test_every_domain_has_a_live_schedule_that_asks_what_is_due() -> None:
    assert {schedule.name.rsplit("_", 1)[0] for schedule in schedules} == set(DOMAINS)
    for schedule in schedules:
        assert schedule.cron_schedule in CRON.values()
        assert schedule.execution_timezone == "Asia/Shanghai"
        result = schedule.evaluate_tick(
            dg.build_schedule_context(scheduled_execution_time=dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
        )
        config = result.run_requests[0].run_config["resources"]["collection"]["config"]  # type: ignore[index]
        assert config["live"] is True
        assert config["due_only"] is True


@pytest.mark.parametrize(
    ("asked_hours_ago", "outcome", "is_due"), [(None, "new", True), (30, "new", True), (2, "new", False), (2, "error", False)]
)  # fmt: skip
def test_a_source_is_due_when_its_cadence_has_passed(
    tmp_path: Path, asked_hours_ago: int | None, outcome: Outcome, is_due: bool
) -> None:
    source = next(s for s in SOURCES.values() if s.cadence == "daily")
    now = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    if asked_hours_ago is not None:
        asked = now - dt.timedelta(hours=asked_hours_ago)
        Archive(tmp_path / "archive").record(
            Attempt(run_id="r", source_id=source.id, url="https://example.org", role="list",
                    attempted_at=asked, observed_at=asked, outcome=outcome)
        )  # fmt: skip
    assert bool(refresh.due(Home(tmp_path), [source], now)) is is_due


def test_a_second_run_in_a_home_says_so_and_waits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, done = Home(tmp_path), []

    def other() -> None:
        with refresh.alone(place):
            done.append("second")

    with refresh.alone(place):
        second = threading.Thread(target=other)
        second.start()
        second.join(0.2)
        done.append("first")
    second.join()
    assert done == ["first", "second"]
    assert capsys.readouterr().err == f"chipwatch: another run is at work in {tmp_path}; waiting for it\n"


def test_scraped_words_cannot_break_a_table_or_become_markup() -> None:
    shown = metadata.table(("a", "b"), [("x|y\n<script>alert(1)</script>", None), (1234.5, "[l](http://x)")])
    lines = (shown.md_str or "").splitlines()
    assert len(lines) == 4
    assert r"x\|y \<script\>alert(1)\</script\>" in lines[2]
    assert r"\[l\](http://x)" in lines[3]


def test_a_plot_names_its_ends_and_its_peak() -> None:
    days = [dt.date(2026, month, 1) for month in range(1, 5)]
    shown = (metadata.plot(list(zip(days, [0, 10, 80, 40], strict=True))).md_str or "").splitlines()
    assert shown[0] == "`▁▁█▄`"
    assert shown[2] == "2026-01-01 to 2026-04-01; most: 80 on 2026-03-01"


def test_the_check_of_freshness_says_what_source_status_says(bundled_run: Ran) -> None:
    """Content without dates of its own ages from its first sight, in the UI as in the marts."""
    with duckdb.connect(str(bundled_run.file), read_only=True) as connection:
        ages = dict(connection.execute("select source_id, content_age_days from source_status").fetchall())
    place = Home(bundled_run.home)
    day = refresh.as_of(place)
    assert {o.source.id: refresh.content_age(o, day) for o in refresh.outcomes(place)} == ages
