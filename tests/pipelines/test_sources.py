"""`chipwatch source new|record|check`: a source from nothing, against a server on this machine."""

import datetime as dt
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from typer.testing import CliRunner

from pipelines import sources
from pipelines.cli import app
from pipelines.errors import CommandError
from pipelines.sources import check, record, scaffold
from scrapers import fetch, platforms
from scrapers import source as scrapers_source
from scrapers.captures import Capture
from scrapers.fetch import LiveClient
from scrapers.source import discover, load

ROOT = Path(__file__).parents[2]
run = CliRunner().invoke
WORDS = "Filings of generative AI services with the office of a province, one table a notice."
NOTICE = """<html><head><meta name="ArticleTitle" content="生成式人工智能服务已备案信息公告"/>
<meta name="PubDate" content="2026-09-08 10:00"/></head><body><h1>生成式人工智能服务已备案信息公告</h1><table>
<tr><td>序号</td><td>属地</td><td>模型名称</td><td>备案单位</td><td>备案编号</td><td>备案时间</td></tr>
<tr><td>1</td><td>安徽省</td><td>星火认知大模型</td><td>科大讯飞股份有限公司</td><td>Anhui-XingHuoRenZhiDaMoXing-20230823</td><td>2023/9/4</td></tr>
</table></body></html>"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An operator's own set of sources, empty."""
    for module in (sources, scaffold, scrapers_source):
        monkeypatch.setattr(module, "SOURCES", tmp_path)
    return tmp_path


@pytest.fixture
def site(httpserver: HTTPServer) -> HTTPServer:
    """A list of two notices, one about something else; no robots.txt."""
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/list.htm").respond_with_data(
        '<html><body><p>公告列表，共两条公告供社会公众查阅下载使用。</p><a href="/a.html">生成式人工智能备案公告</a>'
        '<a href="/b.html">招聘</a></body></html>',
        content_type="text/html; charset=utf-8",
    )
    httpserver.expect_request("/a.html").respond_with_data(NOTICE, content_type="text/html; charset=utf-8")
    return httpserver


def new(site: HTTPServer, *more: str, name: str = "approvals/hefei") -> list[str]:
    return [
        "source", "new", name, "--platform", "filing_notices", "--list", site.url_for("/list.htm"), "--keep", "备案",
        "--title", "Filings noticed in Hefei", "--publisher", "合肥市网信办", "--publisher-en", "Hefei office", "--summary",
        WORDS, "--place", "Hefei", "--official", *more,
    ]  # fmt: skip


def client() -> LiveClient:
    return LiveClient(workers=1, allow_private=True, delay_seconds=0)


def test_a_source_from_nothing(root: Path, site: HTTPServer) -> None:
    """Scaffold, record, a first check that writes the golden and fails, a second that passes, a third that sees a
    reader change."""
    made = run(app, new(site))
    assert made.exit_code == 0, made.stderr
    source = load(root / "approvals" / "hefei")
    assert (source.place, source.keep, source.publisher.official) == ("340100", ("备案",), True)

    bare = check.check("approvals/hefei", source.folder)
    assert bare.faults == ["no saved page: chipwatch source record approvals/hefei, or write one into pages/"]

    visits, left = record.record(source, client(), most=25)
    assert [(visit.outcome, visit.file) for visit in visits] == [("new", "list.htm"), ("new", "a.html")]
    assert left == []
    index = yaml.safe_load((source.folder / "recorded" / "pages.yml").read_text())
    assert {entry["kind"] for entry in index} == {"live"}
    assert (source.folder / "recorded" / "a.html").read_text() == NOTICE

    first = run(app, ["source", "check", "approvals/hefei"])
    assert first.exit_code == 1
    assert "recorded/expected.jsonl is new" in first.stdout
    golden = [
        json.loads(line) for line in (source.folder / "recorded" / "expected.jsonl").read_text().splitlines()
    ]
    assert {line["page"].rsplit("/")[-1]: line["records"] for line in golden if "page" in line} == {
        "list.htm": {},
        "a.html": {"filing": 1},
    }
    assert [line["model_name"] for line in golden if "record" in line] == ["星火认知大模型"]

    second = run(app, ["source", "check", "approvals/hefei", "--json"])
    assert second.exit_code == 0, second.stdout
    report = json.loads(second.stdout)[0]
    assert (report["records"], report["kinds"], report["newest_content"]) == (
        {"filing": 1},
        "live",
        "2026-09-08",
    )

    page = source.folder / "recorded" / "a.html"
    page.write_text(page.read_text().replace("科大讯飞股份有限公司", "某公司"))
    changed = run(app, ["source", "check", "approvals/hefei"])
    assert changed.exit_code == 1
    assert "2 lines differ from recorded/expected.jsonl" in changed.stdout
    assert "某公司" in changed.stdout
    assert run(app, ["source", "check", "approvals/hefei", "--accept"]).exit_code == 0


def test_recorded_pages_are_live_where_they_are_replayed_and_no_run_replays_them(
    root: Path, site: HTTPServer
) -> None:
    run(app, new(site))
    source = load(root / "approvals" / "hefei")
    record.record(source, client(), most=25)
    assert source.pages() == []
    (source.folder / "pages").rmdir()
    (source.folder / "recorded").rename(source.folder / "pages")
    report = check.check("approvals/hefei", source.folder)
    assert (report.under, report.kinds, report.records) == ("pages", "live", {"filing": 1})


def test_no_page_in_the_repository_is_a_copy_and_git_ignores_what_is_recorded() -> None:
    assert all(page.kind == "reconstructed" for source in discover() for page in source.pages())
    ignored = subprocess.run(
        ["git", "check-ignore", "scrapers/sources/policy/x/recorded/list.html"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert ignored.returncode in (0, 128), "recorded/ must be ignored"


def test_a_visit_stops_at_its_limit_and_names_the_rest(root: Path, site: HTTPServer) -> None:
    run(app, new(site))
    visits, left = record.record(load(root / "approvals" / "hefei"), client(), most=1)
    assert [visit.file for visit in visits] == ["list.htm"]
    assert left == [site.url_for("/a.html")]
    report = check.check("approvals/hefei", root / "approvals" / "hefei")
    assert any("1 linked addresses are not among the saved pages" in note for note in report.notes)


def test_a_failed_visit_leaves_what_was_recorded(root: Path, site: HTTPServer) -> None:
    run(app, new(site))
    source = load(root / "approvals" / "hefei")
    record.record(source, client(), most=25)
    site.clear()
    site.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /")
    with pytest.raises(CommandError, match=r"disallowed: .*robots\.txt forbids it"):
        record.record(source, client(), most=25)
    assert (source.folder / "recorded" / "a.html").exists()


def test_the_command_line_never_asks_a_private_address(root: Path, site: HTTPServer) -> None:
    run(app, new(site))
    result = run(app, ["source", "record", "approvals/hefei"])
    assert isinstance(result.exception, CommandError)
    assert "leads to the private address 127.0.0.1" in str(result.exception)
    assert site.log == []


def test_the_command_line_records(root: Path, site: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    run(app, new(site))
    monkeypatch.setattr(fetch, "LiveClient", lambda workers: client())
    result = run(app, ["source", "record", "approvals/hefei"])
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("new ") == 2
    assert "next: chipwatch source check approvals/hefei" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["source", "new"], "give DOMAIN/NAME, --platform"),
        (["source", "check", "approvals/heffei"], "did you mean approvals/hefei"),
        (["source", "record", "hefei"], "did you mean approvals/hefei"),
        (["run", "--only", "policy/hefei"], "did you mean approvals/hefei"),
    ],
)
def test_wrong_usage_is_told_with_the_nearest(
    root: Path, site: HTTPServer, arguments: list[str], hint: str
) -> None:
    run(app, new(site))
    result = run(app, arguments)
    assert result.exit_code == 2, result.stdout
    assert hint in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        (["--platform", "filing_notice"], "filing_notices"),
        (["--place", "Heffei"], "did you mean Hefei"),
        (["--summary", "too short"], "summary: String should have at least 50 characters"),
        (["--option", "scop=x"], "filing_notices takes published, scope"),
        (["--option", "x"], "name=value"),
        (["--cadence", "often"], "hourly, daily"),
    ],
)
def test_a_wrong_wish_writes_nothing(root: Path, site: HTTPServer, more: list[str], hint: str) -> None:
    result = run(app, new(site, *more))
    assert result.exit_code == 2
    assert hint in " ".join(result.stderr.replace("│", " ").split()), result.stderr
    assert list(root.iterdir()) == []


def test_a_bad_id_and_a_folder_that_is_there(root: Path, site: HTTPServer) -> None:
    assert run(app, new(site, name="politics/Hefei")).exit_code == 2
    assert run(app, new(site)).exit_code == 0
    assert isinstance(run(app, new(site)).exception, CommandError)


def test_a_curated_source_gets_the_header_of_its_rows(root: Path) -> None:
    made = run(
        app,
        [
            "source", "new", "policy/own_issuance", "--platform", "curated", "--title", "Issuance typed in", "--publisher",
            "本所", "--publisher-en", "Our institute", "--site", "https://example.org/", "--summary",
            "What was issued, typed in from notices, one row a batch.", "--option", "record=issuance", "--option",
            "as_of=2026-11-24",
        ],
    )  # fmt: skip
    assert made.exit_code == 0, made.stderr
    first = (root / "policy" / "own_issuance" / "rows.csv").read_text()
    assert first.startswith("kind,jurisdiction,")
    assert first.endswith("source_url,quote\n")


def test_every_platform_can_be_scaffolded_and_says_what_it_is() -> None:
    for name, about in scaffold.systems().items():
        assert len(about) > 20, name
        model = scaffold.options_model(name)
        if hasattr(platforms.load(name), "Options"):
            assert model is not None
            assert scaffold._options(name, {})[0] == "# options:"


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("titel: x\n", "titel: Extra inputs are not permitted"),
        ("options: {scop: x}\n", "options.scop: Extra inputs"),
        ("platform: none_such\n", "unknown platform 'none_such'"),
        (": :", "source.yml"),
    ],
)
def test_a_broken_yaml_is_one_line_and_stops_no_other_source(
    root: Path, site: HTTPServer, broken: str, told: str
) -> None:
    run(app, new(site))
    run(app, new(site, name="approvals/wuhu"))
    path = root / "approvals" / "hefei" / "source.yml"
    text = "".join(line for line in path.read_text().splitlines(True) if not line.startswith(broken[:8]))
    path.write_text(text + broken)
    result = run(app, ["source", "check", "--json"])
    reports = {report["source"]: report for report in json.loads(result.stdout)}
    assert told in reports["approvals/hefei"]["faults"][0]
    assert "\n" not in reports["approvals/hefei"]["faults"][0]
    assert reports["approvals/wuhu"]["faults"][0].startswith("no saved page")


@pytest.mark.parametrize("name", sources.known(), ids=str)
def test_every_bundled_source_passes_its_check(name: str, tmp_path: Path) -> None:
    """Valid YAML and options, every saved page reached and read without a fault, within its bounds; and the records of
    its golden, where it has one."""
    folder = tmp_path / name
    shutil.copytree(sources.known()[name], folder)  # a missing golden is written: not into the repository
    report = check.check(name, folder)
    assert [fault for fault in report.faults if "is new" not in fault] == []


def test_a_golden_spreads_over_the_page() -> None:
    assert list(check.spread(3, 6)) == [0, 1, 2]
    assert list(check.spread(101, 6)) == [0, 20, 40, 60, 80, 100]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.text(max_size=40), st.sampled_from(["text/html", "application/pdf", 'x/y; q="', ""])),
        max_size=8,
    )
)
def test_a_saved_page_has_a_plain_name_of_its_own(parts: list[tuple[str, str]]) -> None:
    """Whatever an address holds: no folder, no name twice, never the index or the golden."""
    taken = {"pages.yml", "expected.jsonl"}
    for part, media in [*parts, ("../../etc/passwd", ""), ("pages.yml", "text/yaml"), ("expected.jsonl", "")]:
        before = set(taken)
        capture = Capture(
            source_id="policy/x",
            url=f"https://example.org/{part}",
            role="list",
            fetched_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
            content=b"x",
            capture_kind="live",
            content_type=media,
        )
        name = record.file_name(capture, taken)
        assert re.fullmatch(r"[0-9A-Za-z_-]{1,70}\.[0-9A-Za-z]{1,5}", name), name
        assert name not in before
