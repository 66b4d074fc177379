"""The dashboard as files: whole, linked, small, safe, and the same for the same data."""

import datetime as dt
import json
import re
import shutil
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest
from lxml import html

from pipelines.site import words
from pipelines.site.answers import SQL, Answers, marts_of
from pipelines.site.build import build
from pipelines.site.lean import lean
from pipelines.site.pages import approvals, market, restrictions, vouchers
from pipelines.site.tiles import GRID
from scrapers.lexicon.places import all_places
from tests.pipelines.conftest import HOSTILE, Ran
from warehouse.schema import marts

AS_OF = dt.date(2026, 11, 24)


@cache
def tree(page: Path) -> html.HtmlElement:
    return html.fromstring(page.read_bytes())


def data(site: Path, name: str) -> object:
    """What a data script assigns."""
    text = (site / "assets" / name).read_text(encoding="utf-8")
    return json.loads(text[text.index("=") + 1 :].rstrip().rstrip(";"))


def test_every_link_and_anchor_inside_the_publication_resolves(site: Path) -> None:
    """But for anchors that a script reads: a day, a service."""
    ids = {page: set(tree(page).xpath("//@id")) for page in site.rglob("*.html")}
    broken = []
    for page in ids:
        for href in {*tree(page).xpath("//@href"), *tree(page).xpath("//@src")}:
            if href.startswith(("http:", "https:", "data:")):
                continue
            path, _, anchor = href.partition("#")
            target = (page.parent / unquote(path)).resolve() if path else page
            if not target.is_file():
                broken.append(f"{page.name}: {href}")
            elif (
                anchor
                and target in ids
                and not re.match("day=|service=", anchor)
                and unquote(anchor) not in ids[target]
            ):
                broken.append(f"{page.name}: {href} (no such place)")
    assert broken == []


def test_the_search_index_leads_to_pages_and_holds_every_service(
    site: Path, published: duckdb.DuckDBPyConnection
) -> None:
    for _, _, _, path in data(site, "search.js"):  # type: ignore[attr-defined]
        page, _, anchor = path.partition("#")
        assert not anchor or anchor in tree(site / page).xpath("//@id"), path
    there = {row[2] for row in data(site, "filings.js")["rows"]}  # type: ignore[index]
    filed = {
        number for (number,) in published.execute("select filing_number from model_approvals").fetchall()
    }
    assert there == filed


@pytest.mark.parametrize(
    ("folder", "sql"),
    [
        ("programmes", "select programme_id from voucher_programmes"),
        ("chips", "select chip_id from chips"),
        ("sources", "select replace(source_id, '/', '-') from source_status"),
    ],
)
def test_each_programme_chip_and_source_has_its_page_with_quotes(
    site: Path, published: duckdb.DuckDBPyConnection, folder: str, sql: str
) -> None:
    names = {name for (name,) in published.execute(sql).fetchall()}
    assert {page.stem for page in (site / folder).iterdir()} == names
    bare = [name for name in names if not tree(site / folder / f"{name}.html").xpath("//blockquote")]
    if folder != "sources":  # a source whose listing is closed has nothing to quote
        assert bare == []
    assert len(bare) < len(names) / 2


def test_names_are_told_as_names(site: Path) -> None:
    """No id of a changed document, no tags in a description, no list with its separators."""
    fed = [item.text_content() for item in tree(site / "index.html").xpath("//ul[@class='feed']/li")]
    assert fed
    assert not [text for text in fed if "policy_document:" in text or "restriction_event:" in text]
    assert "&lt;code&gt;" not in (site / "data.html").read_text()
    assert "H20, HGX H20, H20 SXM" in (site / "chips" / "nvidia-h20-96gb.html").read_text()


def test_the_site_is_small(site: Path) -> None:
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    assert size <= 5_000_000, f"{size:,} bytes"


def test_a_lean_page_is_the_same_page() -> None:
    whole = (
        '<ul class="key">\n<li><i class="mc"></i>a &gt; b</li>\n<li>it&#39;s &lt;b&gt;</li></ul>\n'
        '<p>one</p>\n<p title="x &#34;y&#34; &gt; z">two <a href="https://a.cn/b/">three</a></p>\n'
        '<table><thead><tr><th>h</th></tr></thead><tbody><tr><td class="num">1</td><td data-f="a b">2</td></tr></tbody></table>\n'
        '<svg viewBox="0 0 1 1"><circle r="4"/><path d="M0,0"><title>t</title></path></svg><pre>a\n  b</pre>'
    )
    short = lean(whole)
    assert len(short) < len(whole) * 0.8
    assert "r=4/" not in short

    def told(page: str) -> list[object]:
        elements = html.fromstring(f"<div>{page}</div>").iter()
        return [(e.tag, dict(e.attrib), (e.text or "").strip(), (e.tail or "").strip()) for e in elements]

    assert told(short) == told(whole)


def test_nothing_is_loaded_from_outside(site: Path) -> None:
    for page in site.rglob("*.html"):
        loaded = tree(page).xpath(
            "//script/@src | //img/@src | //link/@href | //iframe/@src | //*[local-name()='use']/@href"
        )
        assert [address for address in loaded if "//" in address] == [], page.name
    for asset in ("site.css", "site.js"):
        assert "http" not in (site / "assets" / asset).read_text(encoding="utf-8").replace(
            "http://www.w3.org", ""
        )


def test_every_figure_has_a_query_that_runs_and_its_files(
    site: Path, published: duckdb.DuckDBPyConnection
) -> None:
    seen = 0
    for page in site.glob("*.html"):
        for figure in tree(page).xpath("//section[contains(@class, 'fig-')]"):
            [sql] = figure.xpath(
                "./div[@class='ground']/details[@class='query']//code[starts-with(@id, 'sql-')]"
            )
            published.execute(sql.text_content())
            assert figure.xpath(".//a[@class='csv']/@href"), figure.get("id")
            seen += 1
    assert seen >= 25


def test_every_page_tells_how_its_facts_were_captured(site: Path) -> None:
    bare = [p.name for p in site.rglob("*.html") if not tree(p).xpath("//*[contains(@class, 'kind-')]")]
    assert bare == []


def test_answers_to_what_readers_ask_stand_on_the_first_page(
    site: Path, published: duckdb.DuckDBPyConnection
) -> None:
    counts = published.execute(
        "select count(*) filter (where kind = 'filing'), count(*) filter (where kind = 'registration') from model_approvals "
        "where province_name = '广东省' and filed_date <= date '2025-12-31'"
    ).fetchone()
    assert counts is not None
    said = " ".join(tree(site / "index.html").xpath("//dl[@class='asked']")[0].text_content().split())
    assert re.search(r"Hangzhou.*30% of the bill.*up to ¥\d", said)
    assert re.search(r"RTX 4090.*Controlled under R2023-11.*3A090\.a.*4800", said)
    assert re.search(rf"Guangdong.*{counts[0]} filings and {counts[1]} registrations", said)
    assert re.search(r"H800.*(¥\d|No offer)", said)
    assert re.search(r"stale\? ?(No source is stale|\d+ of \d+ sources?)", said)


def test_titles_follow_the_rows(bundled_run: Ran, tmp_path: Path) -> None:
    """Other data, other sentence."""
    copy = shutil.copy(bundled_run.file, tmp_path / "chipwatch.duckdb")
    figures = (
        vouchers.provinces,
        vouchers.programmes,
        approvals.provinces,
        restrictions.today,
        market.restricted,
    )
    with duckdb.connect(str(copy)) as connection:
        before = [figure(Answers(connection, AS_OF)).title for figure in figures]
        connection.execute("delete from voucher_programmes where province_name = '北京市'")
        connection.execute("delete from model_approvals_over_time where province_name = '北京市'")
        connection.execute("delete from restriction_timeline where regime = 'us_list'")
        connection.execute(
            "delete from intermediate.int_restrictions__chip_statuses where regime = 'us_list'"
        )
        connection.execute("delete from restricted_offers where days_since_restriction > 1000")
        after = [figure(Answers(connection, AS_OF)).title for figure in figures]
    assert [title for title in before if title in after] == []


def test_the_same_file_gives_the_same_site(bundled_run: Ran, site: Path, tmp_path: Path) -> None:
    build(bundled_run.file, tmp_path / "site", as_of=AS_OF)
    names = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert names == sorted(
        p.relative_to(tmp_path / "site") for p in (tmp_path / "site").rglob("*") if p.is_file()
    )
    assert [
        name for name in names if (site / name).read_bytes() != (tmp_path / "site" / name).read_bytes()
    ] == []


def test_empty_marts_break_no_page(bundled_run: Ran, tmp_path: Path) -> None:
    copy = shutil.copy(bundled_run.file, tmp_path / "chipwatch.duckdb")
    with duckdb.connect(str(copy)) as connection:
        for mart in marts():
            connection.execute(f"delete from {mart.name}")
    build(Path(copy), tmp_path / "site", as_of=AS_OF)
    for page in ("index", "vouchers", "market", "approvals", "restrictions", "claims", "sources"):
        assert "No rows yet" in tree(tmp_path / "site" / f"{page}.html").text_content(), page


def test_hostile_words_stay_words(hostile_site: Path) -> None:
    for page in hostile_site.rglob("*.html"):
        parsed = tree(page)
        assert len(parsed.xpath("//script")) == 2, page.name
        assert not parsed.xpath("//img | //@onerror | //textarea"), page.name
        assert not [
            href for href in parsed.xpath("//@href") if href.strip().lower().startswith("javascript")
        ], page.name
    assert HOSTILE.replace('"', '\\"') in (hostile_site / "assets" / "filings.js").read_text(encoding="utf-8")


def test_every_query_of_the_site_runs_and_names_a_mart(published: duckdb.DuckDBPyConnection) -> None:
    for path in SQL.glob("*.sql"):
        sql = path.read_text(encoding="utf-8").replace("$as_of", f"date '{AS_OF}'")
        published.execute(sql)
        assert marts_of(sql), path.name


def test_every_province_has_a_tile() -> None:
    provinces = {place.name for place in all_places() if place.level == "province"}
    assert set(GRID) == provinces
    assert len(set(GRID.values())) == len(GRID)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        (0, "¥0"),
        (950, "¥950"),
        (200_000, "¥200k"),
        (8_000_000, "¥8m"),
        (2.5e8, "¥250m"),
        (1.25e9, "¥1.25bn"),
    ],
)
def test_money_reads_at_a_glance(value: float | None, said: str) -> None:
    assert words.cny(value) == said


def test_chip_ids_read_as_names() -> None:
    assert words.chip_name("nvidia-rtx-4090-24gb") == "NVIDIA RTX 4090 24 GB"
    assert words.chip_name("huawei-ascend-910b2-64gb") == "Huawei Ascend 910B2 64 GB"
    assert words.chip_short("mthreads-s4000-48gb") == "S4000 48 GB"


def test_words_in_ticks_become_code_and_the_rest_stays_text() -> None:
    assert words.ticked(words.tagged("a `b` <c>")) == "a <code>b</code> &lt;c&gt;"


def test_only_web_addresses_become_links() -> None:
    assert words.web_address("https://example.org/a?b=1") == "https://example.org/a?b=1"
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        'https://x.org/"onclick="',
        "file:///etc/passwd",
        "",
        None,
    ):
        assert words.web_address(bad) is None


def test_chinese_is_marked_and_text_is_escaped() -> None:
    assert words.tagged("Hangzhou 杭州市 <b>") == 'Hangzhou <span lang="zh-Hans">杭州市</span> &lt;b&gt;'


def test_long_addresses_are_shortened_to_host_and_last_part() -> None:
    assert (
        words.short_address("https://www.cac.gov.cn/cms/pub/downloadfile.jsp?filepath=" + "x" * 200)
        == "cac.gov.cn/…/downloadfile.jsp"
    )
    assert words.short_address("https://example.org/") == "example.org"


def test_one_offer_at_an_end_is_no_move() -> None:
    first = {"chip": "nvidia-a100", "market": "china", "channel": "retail", "month": dt.date(2023, 3, 1),
             "median_usd_per_gpu_hour": 2.0, "offers": 3}  # fmt: skip
    last = first | {"month": dt.date(2026, 7, 1), "median_usd_per_gpu_hour": 1.0}
    assert "fell 50%" in market._history_title([first, last])
    assert market._history_title([first, last | {"offers": 1}]).startswith("Too few offers")
