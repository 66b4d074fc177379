"""A live day on which sources fail in the usual ways, against a server on this machine: each failure stays its own."""

import shutil
from pathlib import Path

import dagster as dg
import duckdb
import pytest
import yaml
from pytest_httpserver import HTTPServer

from tests.pipelines.conftest import ROOT, Ran, run_python

pytestmark = pytest.mark.e2e

SOURCES = ROOT / "scrapers" / "sources"
LIVE_RUN = """
import functools, sys
from pipelines import cli, refresh
from scrapers.fetch import LiveClient
# The client never asks a private address, and this server has one; nor is there anybody here to be patient with.
refresh.LiveClient = functools.partial(LiveClient, allow_private=True, delay_seconds=0.0)
cli.main(["run", "--live", *sys.argv[1:]])
"""


def page_of(source: str) -> bytes:
    folder = SOURCES / source / "pages"
    return (folder / yaml.safe_load((folder / "pages.yml").read_text())[-1]["file"]).read_bytes()


BAD_DAY = {
    "rates/fed_g5": (500, "text/csv", b"sorry", "HTTP 500"),
    "restrictions/consolidated_screening_list": (
        200, "application/json", page_of("restrictions/consolidated_screening_list")[:-200], "not whole JSON",
    ),
    "policy/govcn_library": (
        200, "text/html", b"<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script></html>",
        "Cloudflare challenge",
    ),
    "approvals/guangdong": (
        # a template in one charset around an article in another
        200, "text/html; charset=utf-8", "<p>备案信息公告</p>".encode("gb18030") + page_of("approvals/guangdong"),
        "not text in utf-8",
    ),
}  # fmt: skip
GOOD = "approvals/fujian"
"""Answers as it should, but in GB18030 while the header says UTF-8."""


@pytest.fixture(scope="module")
def bad_day(
    bundled_run: Ran, tmp_path_factory: pytest.TempPathFactory, make_httpserver: HTTPServer
) -> tuple[Path, int, str]:
    """Home, exit code and stderr of the live run that follows a good replayed one."""
    place = tmp_path_factory.mktemp("bad-day")
    home, sources = place / "home", place / "sources"
    shutil.copytree(bundled_run.home, home)
    shutil.copytree(SOURCES, sources)
    server = make_httpserver
    server.expect_request("/robots.txt").respond_with_data("", status=404)
    answers = {
        **{name: bad[:3] for name, bad in BAD_DAY.items()},
        GOOD: (200, "text/html; charset=utf-8", page_of(GOOD).decode().replace("utf-8", "gbk").encode("gb18030")),
    }  # fmt: skip
    for name, (status, content_type, content) in answers.items():
        server.expect_request(f"/{name}").respond_with_data(content, status=status, content_type=content_type)
        path = sources / name / "source.yml"
        described = yaml.safe_load(path.read_text(encoding="utf-8")) | {"lists": [server.url_for(f"/{name}")]}
        path.write_text(yaml.safe_dump(described, allow_unicode=True), encoding="utf-8")
    only = [word for name in answers for word in ("--only", name)]
    ran = run_python(home, "-c", LIVE_RUN, *only, CHIPWATCH_SOURCES=str(sources))
    return home, ran.returncode, ran.stderr


def rows(file: Path, mart: str) -> int:
    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.execute(f"select count(*) from {mart}").fetchone()
    return int(found[0]) if found else 0


def test_each_failure_is_named_with_its_reason_and_the_exit_code_says_so(
    bad_day: tuple[Path, int, str],
) -> None:
    _, code, errors = bad_day
    assert code == 1
    for name, (_, _, _, reason) in BAD_DAY.items():
        lines = [line for line in errors.splitlines() if line.startswith(f"failed: {name}:")]
        assert len(lines) == 1, errors
        assert reason in lines[0]
    assert f"failed: {GOOD}" not in errors


def test_the_last_good_data_and_the_others_stay(bad_day: tuple[Path, int, str], bundled_run: Ran) -> None:
    published = bad_day[0] / "published" / "chipwatch.duckdb"
    for mart in ("exchange_rates", "listed_entities", "voucher_programmes", "model_approvals", "gpu_offers"):
        assert rows(published, mart) == rows(bundled_run.file, mart) > 0, mart


def test_source_status_says_what_happened(bad_day: tuple[Path, int, str]) -> None:
    with duckdb.connect(str(bad_day[0] / "published" / "chipwatch.duckdb"), read_only=True) as connection:
        status = {
            name: (verdict, why or "")
            for name, verdict, why in connection.execute(
                "select source_id, status, reason from source_status"
            ).fetchall()
        }
    for name, (_, _, _, reason) in BAD_DAY.items():
        assert status[name][0] == "failed"
        assert reason in status[name][1]
    assert status[GOOD][0] == "ok"


def test_dagster_shows_a_failed_check_and_the_reason(bad_day: tuple[Path, int, str]) -> None:
    with dg.DagsterInstance.from_config(str(bad_day[0] / ".dagster")) as instance:
        for name in (*BAD_DAY, GOOD):
            key = dg.AssetCheckKey(dg.AssetKey(["sources", *name.split("/")]), "landed")
            record = instance.event_log_storage.get_asset_check_execution_history(key, limit=1)[0]
            assert record.event is not None
            evaluation = record.event.asset_check_evaluation
            assert evaluation is not None
            assert evaluation.passed is (name == GOOD), name
            if name != GOOD:
                assert BAD_DAY[name][3] in (evaluation.description or "")
