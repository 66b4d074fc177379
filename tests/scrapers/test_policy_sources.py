"""The places watched: every bundled page is reached from its list, and what is read of it is what the document grants."""

import csv
import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from scrapers.archive import GOOD, Archive
from scrapers.collect import Outcome, ReplayClient, collect
from scrapers.records import Policy, SupportClause
from scrapers.source import SOURCES, Source, discover

PLACES = [
    source
    for source in discover()
    if source.domain == "policy" and source.platform not in ("curated", "govcn_library")
]
GRANTED = Path(__file__).with_name("policy_pages.tsv")
"""What the documents grant, read by a person: source, page, instrument, kind and value of each clause, and whose it is."""

Clause = tuple[str, str, str, str, float, str]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    return {source.folder.name: collect(source, ReplayClient(), archive, run_id="test") for source in PLACES}


def granted() -> list[Clause]:
    with GRANTED.open(encoding="utf-8", newline="") as file:
        return [
            (
                row["source"],
                row["page"],
                row["instrument"],
                row["clause_kind"],
                float(row["value"]),
                row["side"],
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def read(outcomes: dict[str, Outcome]) -> list[Clause]:
    return [
        (name, landed.origin.source_url.split("?")[0].rsplit("/", 1)[-1], c.instrument, c.clause_kind, round(c.value, 2), c.side)
        for name, outcome in outcomes.items()
        for landed in outcome.records
        if isinstance(c := landed.record, SupportClause) and c.refusal is None
    ]  # fmt: skip


def test_thirty_jurisdictions() -> None:
    assert len({source.place for source in PLACES}) >= 30
    assert {source.confidence for source in PLACES} == {"A", "B", "C"}


@pytest.mark.parametrize("source", PLACES, ids=lambda source: source.folder.name)
def test_every_page_is_reached_and_belongs_to_the_place(source: Source, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[source.folder.name]
    assert outcome.reason is None
    assert [attempt.url for attempt in outcome.attempts if attempt.outcome not in GOOD] == []
    assert [issue.message for issue in outcome.issues if issue.level == "error"] == []
    codes = {
        landed.record.jurisdiction_code for landed in outcome.records if isinstance(landed.record, Policy)
    }
    assert codes == {source.place}


def test_a_page_says_where_the_words_come_from(outcomes: dict[str, Outcome]) -> None:
    """A bundled page restates a document: the fact leads to the document, the capture to the page."""
    for outcome in outcomes.values():
        cites = {page.url: page.cites for page in outcome.source.pages() if page.cites}
        for landed in outcome.records:
            if (document := cites.get(landed.origin.source_url)) is not None:
                assert landed.record.ground.url == document


def test_attachments_belong_to_their_notice(outcomes: dict[str, Outcome]) -> None:
    keys = defaultdict(set)
    for name in ("beijing", "dongguan", "hangzhou", "shenzhen"):
        for landed in outcomes[name].records:
            if isinstance(landed.record, SupportClause):
                keys[landed.origin.source_url.rsplit(".", 1)[-1]].add(
                    landed.record.document_key.rsplit("/", 1)[-1]
                )
    assert keys["docx"] == {"t20260214_4516700.html", "art_0_0000002.html", "post_12764271.html"}
    assert keys["pdf"] == {"post_00000001.html"}


def test_clauses_read_are_the_clauses_granted(outcomes: dict[str, Outcome]) -> None:
    """Kind, value and side of each; a floor rather than equality, since the reader is developed on other documents."""
    wanted = {(s, page, kind, value, side) for s, page, _, kind, value, side in granted()}
    found = {(s, page, kind, value, side) for s, page, _, kind, value, side in read(outcomes)}
    missed, extra = sorted(wanted - found), sorted(found - wanted)
    right = len(wanted & found)
    report = "\n".join([*(f"missed {c}" for c in missed), *(f"not granted {c}" for c in extra)])
    assert right / len(wanted) >= 0.95, report
    assert right / len(found) >= 0.95, report
    print(f"{right} of {len(wanted)} granted, {len(extra)} not granted\n{report}")


# --- One more city ----------------------------------------------------------------------------------------------------

CITY = """\
title: Changsha, notices of the data bureau
publisher: {name: 长沙市数据资源管理局, name_en: Changsha Data Resources Administration, url: "http://www.changsha.gov.cn/", official: true}
summary: A city made for a test, on a known publishing system, with one list and one notice.
place: "430100"
platform: html_list
lists: ["http://sjj.changsha.gov.cn/tzgg/"]
keep: [算力券]
cadence: daily
expect: {min: 3, max: 50, quiet_days: 400}
confidence: C   # made for a test
"""
CITY_PAGES = """\
- {file: list.html, url: "http://sjj.changsha.gov.cn/tzgg/", fetched_at: "2026-11-01T00:00:00Z", content_type: text/html}
- {file: notice.html, url: "http://sjj.changsha.gov.cn/tzgg/202610/t20261020_1.html", fetched_at: "2026-11-01T00:00:00Z", content_type: text/html}
"""
CITY_LIST = """<html><body><ul><li><a href="./202610/t20261020_1.html">关于发放算力券的通知</a><span>2026-10-20</span></li>
<li><a href="./202610/t20261019_2.html">关于春节放假安排的通知</a><span>2026-10-19</span></li></ul></body></html>"""
CITY_NOTICE = """<html><head><meta name="ArticleTitle" content="关于发放算力券的通知"><meta name="PubDate" content="2026-10-20"></head>
<body><div class="TRS_Editor"><p>各有关单位：为降低企业使用智能算力的成本，现就发放算力券有关事项通知如下。</p>
<p>一、企业租用智能算力的，算力券按不超过合同金额的40%给予支持，每家企业每年最高不超过300万元。</p>
<p>长沙市数据资源管理局</p><p>2026年10月20日</p></div></body></html>"""


def test_a_city_is_one_folder_and_no_python(tmp_path: Path) -> None:
    folder = tmp_path / "sources" / "policy" / "changsha"
    (folder / "pages").mkdir(parents=True)
    (folder / "source.yml").write_text(CITY, encoding="utf-8")
    for name, text in (("pages.yml", CITY_PAGES), ("list.html", CITY_LIST), ("notice.html", CITY_NOTICE)):
        (folder / "pages" / name).write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", "from pipelines.cli import main; main()", "source", "check", "policy/changsha", "--json"],
        env=os.environ | {"CHIPWATCH_SOURCES": str(tmp_path / "sources"), "CHIPWATCH_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    (report,) = json.loads(ran.stdout)
    assert report["records"] == {"policy": 1, "support_clause": 2}, ran.stderr
    golden = [
        json.loads(line)
        for line in (folder / "pages" / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert {(r["clause_kind"], r["value"]) for r in golden if r.get("record") == "support_clause"} == {
        ("rate_cap", 40.0),
        ("max_amount", 3_000_000.0),
    }


def test_the_city_shown_in_the_documentation_is_the_one_in_the_repository() -> None:
    described = (SOURCES / "policy" / "zhuhai" / "source.yml").read_text(encoding="utf-8")
    for page in ("docs/add-a-city.md", "README.md"):
        assert described in (SOURCES.parents[1] / page).read_text(encoding="utf-8"), page
