"""The dashboard in a real browser, opened from disk as a reader opens it.

Needs Debian's `chromium`; without it these tests are skipped and say so, unless `CHIPWATCH_BROWSER=required` (as in
`.ci/run`). Screenshots are left in `build/screenshots`.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.pipelines.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.e2e]

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SCREENSHOTS = ROOT / "build" / "screenshots"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
KINDS = (
    "index", "vouchers", "market", "approvals", "restrictions", "claims", "sources", "data",
    "programmes/330100-compute-voucher-2025-06", "chips/nvidia-rtx-4090", "sources/approvals-cac_national",
)  # fmt: skip
WITH_CHARTS = ("index", "vouchers", "market", "approvals", "restrictions")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

Open = Callable[..., Page]

if CHROMIUM is None and os.environ.get("CHIPWATCH_BROWSER") != "required":
    pytest.skip(
        "no chromium on this machine: apt-get install chromium fonts-noto-cjk", allow_module_level=True
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM is not None, "no chromium, and CHIPWATCH_BROWSER=required"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, site: Path) -> Iterator[Open]:
    """Opens a page of the site; at the end of the test nothing may have gone wrong in it or asked the network."""
    contexts, wrong = [], []

    def go(page: str, *, root: Path = site, anchor: str = "", **options: Any) -> Page:
        context = browser.new_context(**({"viewport": WIDE} | options))
        contexts.append(context)
        tab = context.new_page()
        tab.on(
            "console", lambda m: wrong.append(f"{page}: {m.text}") if m.type in ("error", "warning") else None
        )
        tab.on("pageerror", lambda error: wrong.append(f"{page}: {error}"))
        tab.on(
            "request",
            lambda r: (
                wrong.append(f"{page} asked {r.url}") if not r.url.startswith(("file:", "data:")) else None
            ),
        )
        tab.goto(f"file://{root / page}.html{anchor}")
        return tab

    yield go
    for context in contexts:
        context.close()
    assert wrong == []


def cells(tab: Page, table: str, position: int) -> list[str]:
    """The text a column shows, hidden rows left out."""
    rows = tab.locator(f"#{table} tbody tr:visible")
    return [text.strip() for text in rows.locator(f"td:nth-child({position})").all_inner_texts()]


CONTRAST = """() => {
  const rgb = (text) => { const p = text.match(/[\\d.]+/g).map(Number); return text.startsWith('color(srgb') ? [p[0]*255, p[1]*255, p[2]*255, p[3] ?? 1] : [p[0], p[1], p[2], p[3] ?? 1]; };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = (node) => { for (let n = node; n; n = n.parentElement) { const c = rgb(getComputedStyle(n).backgroundColor); if (c[3] > .99) return c; } return [255, 255, 255, 1]; };
  const bad = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || node.closest('title, option') || !node.checkVisibility({ visibilityProperty: true })) continue;
    const box = node.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || node.disabled) continue;
    const style = getComputedStyle(node);
    const svg = node.namespaceURI.endsWith('svg');
    const fore = rgb(svg ? style.fill : style.color);
    const [a, b] = [light(fore), light(behind(svg ? node.closest('.body, section') : node))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = (a + .05) / (b + .05);
    if (ratio < (large ? 3 : 4.5)) bad.add(`${ratio.toFixed(2)} ${node.tagName}.${node.getAttribute('class') ?? ''}: ${walker.currentNode.textContent.trim().slice(0, 30)}`);
  }
  return [...bad].slice(0, 12);
}"""
UNNAMED = """() => [...document.querySelectorAll('input, select, textarea, button, a[href], [role=region], [role=listbox], svg[role=img], output')].filter((node) => {
  const said = node.getAttribute('aria-label') || [...(node.labels ?? [])].map((l) => l.textContent).join('') || node.textContent || node.getAttribute('title');
  return !said?.trim() && node.tagName !== 'OUTPUT';
}).map((node) => node.outerHTML.slice(0, 120))"""
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 120);
})"""


@pytest.mark.parametrize("page", KINDS)
def test_a_page_opens_whole(visit: Open, page: str) -> None:
    """No error, no request, nothing that moves, all controls named, no side scroll, text that can be read, light and dark."""
    name = page.split("/")[0] if "/" in page else page
    kind = (
        {"programmes": "programme", "chips": "chip", "sources": "source"}.get(name, name)
        if "/" in page
        else name
    )
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for mode in ("light", "dark"):
        tab = visit(page, color_scheme=mode)
        assert tab.evaluate(SHIFT) < 0.01
        assert tab.evaluate(CONTRAST) == []
        tab.add_style_tag(
            content=".tall { content-visibility: visible !important }"
        )  # drawn only when reached
        tab.screenshot(path=SCREENSHOTS / f"{kind}-{mode}.png", full_page=mode == "light")
    assert tab.evaluate(UNNAMED) == []
    assert tab.locator("h1").count() == 1
    narrow = visit(page, viewport=NARROW)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert narrow.evaluate(SHIFT) < 0.01
    narrow.screenshot(path=SCREENSHOTS / f"{kind}-narrow.png")


@pytest.mark.parametrize("page", WITH_CHARTS)
def test_charts_draw_at_either_width(visit: Open, page: str) -> None:
    for size in (WIDE, NARROW):
        tab = visit(page, viewport=size)
        charts = tab.locator("svg.chart:visible")
        figures = tab.locator(".fig-chart")
        assert charts.count() == figures.count() >= 2
        for n in range(charts.count()):
            box = charts.nth(n).bounding_box()
            assert box is not None
            assert box["width"] > 300
            assert box["height"] > 100
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size["width"]
            assert charts.nth(n).locator("path, rect, line").count() > 10
            assert re.search(r"\d", charts.nth(n).get_attribute("aria-label") or "")


def test_filters_choose_rows_and_tell_how_many(visit: Open, published: duckdb.DuckDBPyConnection) -> None:
    tab = visit("vouchers")
    box = tab.locator(".filters[data-for=programmes]")
    box.locator("select[data-at='0']").select_option("Guangdong")
    box.locator("select[data-at='2']").select_option("In force")
    row = published.execute(
        "select count(*) from voucher_programmes where province_name = '广东省' and status = 'in_force'"
    ).fetchone()
    assert row is not None
    assert len(cells(tab, "programmes", 1)) == row[0] > 0
    assert box.locator("output").inner_text() == f"{row[0]} programmes"
    box.get_by_label("Find").fill("深圳")
    places = cells(tab, "programmes", 1)
    assert 0 < len(places) <= row[0]
    assert tab.locator(".tile[aria-pressed=true]").inner_text().endswith("Guangdong")


def test_a_province_of_the_map_filters_the_table(visit: Open) -> None:
    tab = visit("vouchers")
    before = len(cells(tab, "programmes", 1))
    tile = tab.locator(".tile", has_text="Beijing")
    tile.focus()
    tab.keyboard.press("Enter")
    after = len(cells(tab, "programmes", 1))
    assert 0 < after < before
    tile.click()
    assert len(cells(tab, "programmes", 1)) == before


def test_sorting_by_keyboard_orders_numbers_dates_and_words(visit: Open) -> None:
    tab = visit("vouchers")
    header = tab.locator("#programmes th", has_text="Cap")
    header.locator("button").focus()
    tab.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "ascending"
    tab.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "descending"
    caps = cells(tab, "programmes", 6)
    sizes = {"k": 1e3, "m": 1e6, "bn": 1e9}
    money = [float(m[1]) * sizes[m[2]] for cap in caps if (m := re.fullmatch(r"¥([\d.]+)(k|m|bn)", cap))]
    assert money == sorted(money, reverse=True)
    assert len(money) > 20
    assert caps[len(money) :] == ["–"] * (len(caps) - len(money))
    place = tab.locator("#programmes th", has_text="Place")
    place.locator("button").click()
    assert header.get_attribute("aria-sort") == "none"
    names = [name.split("\n")[0] for name in cells(tab, "programmes", 1)]
    order = tab.evaluate("names => names.toSorted(new Intl.Collator(['en', 'zh']).compare)", names)
    assert names == order
    assert names[0] < names[-1]


def test_search_finds_programmes_chips_and_filings_by_keyboard(
    visit: Open, published: duckdb.DuckDBPyConnection
) -> None:
    tab = visit("chips/nvidia-rtx-4090")
    tab.keyboard.press("/")
    tab.keyboard.type("杭州")
    tab.locator("#found li[role=option]").first.wait_for()
    assert tab.locator("#found").inner_text().count("Programme") >= 2
    tab.locator("#q").fill("h800 sxm")
    tab.wait_for_function("document.querySelector('#found').innerText.includes('H800')")
    numbers = published.execute(
        "select filing_number, model_name from model_approvals order by hash(filing_number) limit 4"
    ).fetchall()
    for number, name in numbers:
        tab.locator("#q").fill(number)
        tab.wait_for_function("n => document.querySelector('#found').innerText.includes(n)", arg=number)
        assert name in tab.locator("#found").inner_text()
    tab.keyboard.press("ArrowDown")
    assert tab.locator("#q").get_attribute("aria-activedescendant") == "found-0"
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/approvals.html#service=*")
    tab.wait_for_function("document.querySelectorAll('#filings tbody tr').length < 5")
    assert numbers[-1][0] in tab.locator("#filings").inner_text()
    tab.locator("#q").fill("no such thing at all")
    tab.wait_for_function("document.querySelector('#found').innerText.includes('Nothing found')")
    tab.keyboard.press("Escape")
    assert tab.locator("#found").is_hidden()


def test_every_filing_is_found_by_the_search_of_its_page(
    visit: Open, published: duckdb.DuckDBPyConnection
) -> None:
    tab = visit("approvals")
    box = tab.locator("#filings-filters")
    box.get_by_label("Find").focus()
    tab.wait_for_function(
        "document.querySelector('#filings-filters output').textContent.startsWith('1,') || true"
    )
    row = published.execute("select count(*) from model_approvals").fetchone()
    assert row is not None
    tab.wait_for_function(
        "n => document.querySelector('#filings-filters output').textContent.startsWith(n)",
        arg=f"{row[0]:,} services",
    )
    box.get_by_label("Province").select_option(label="Guangdong")
    row = published.execute("select count(*) from model_approvals where province_name = '广东省'").fetchone()
    assert row is not None
    tab.wait_for_function(
        "n => document.querySelector('#filings-filters output').textContent.startsWith(n)",
        arg=f"{row[0]:,} services",
    )


def test_status_on_a_day_is_that_of_the_macro(visit: Open, published: duckdb.DuckDBPyConnection) -> None:
    tab = visit("restrictions")
    tab.locator("#day-all").fill("2023-12-01")
    tab.wait_for_function("document.querySelector('#day-all-said').textContent !== ''")
    for day in (
        "2021-06-01",
        "2022-09-15",
        "2022-12-01",
        "2023-10-30",
        "2023-12-01",
        "2025-06-01",
        "2026-02-01",
    ):
        computed = tab.evaluate(
            "day => Object.fromEntries(Object.entries(chipwatchStatus).map(([chip, spans]) => [chip, chipwatchStatusOn(spans, day).status]))",
            day,
        )
        rows = published.execute("select chip_id, status from chip_status_on($1::date)", [day]).fetchall()
        assert {chip: computed.get(chip, "not_controlled") for chip, _ in rows} == dict(rows), day
    count = published.execute(
        "select count(*) filter (where status = 'controlled'), count(*) from chip_status_on(date '2023-12-01')"
    ).fetchone()
    assert count is not None
    assert (
        tab.locator("#day-all-said").inner_text() == f"{count[0]} of {count[1]} chips controlled on that day."
    )


def test_a_chip_page_answers_for_a_day(visit: Open) -> None:
    tab = visit("chips/nvidia-rtx-4090", anchor="#day=2023-12-01")
    assert tab.locator("#day-said").inner_text().startswith("Controlled under R2023-11 (3A090.a)")
    tab.get_by_label("Status on").fill("2023-01-01")
    assert tab.locator("#day-said").inner_text() == "Not controlled."


def test_the_theme_follows_the_system_until_chosen_and_is_kept(visit: Open) -> None:
    tab = visit("index", color_scheme="dark")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    dark = tab.evaluate(paper)
    tab.locator("#theme").click()
    light = tab.evaluate(paper)
    assert light != dark
    tab.goto(tab.url.replace("index.html", "claims.html"))
    assert tab.evaluate(paper) == light


def test_keyboard_reaches_the_content_first(visit: Open) -> None:
    tab = visit("market")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    box = tab.locator(".skip").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    assert tab.evaluate(
        "[...document.querySelectorAll('.scroll')].every((box) => box.tabIndex === 0 && box.getAttribute('aria-label'))"
    )


def test_a_query_opens_and_is_copied(visit: Open) -> None:
    tab = visit("data", anchor="#query-programme_totals", permissions=["clipboard-read", "clipboard-write"])
    query = tab.locator("#query-programme_totals")
    assert query.get_attribute("open") is not None
    query.get_by_role("button", name="Copy").click()
    query.get_by_role("button", name="Copied").wait_for()
    assert "from voucher_programmes" in tab.evaluate("navigator.clipboard.readText()")


def test_pages_read_without_scripts(visit: Open) -> None:
    tab = visit("vouchers", java_script_enabled=False)
    assert tab.locator("#programmes tbody tr").count() > 100
    assert tab.locator(".filters").first.is_hidden()
    assert tab.locator("svg.chart:visible").count() >= 2


def test_print_shows_all_and_hides_controls(visit: Open) -> None:
    tab = visit("vouchers", color_scheme="dark")
    tab.emulate_media(media="print")
    assert tab.locator(".tools").is_hidden()
    assert tab.locator(".filters").first.is_hidden()
    assert tab.evaluate(
        "[...document.querySelectorAll('.scroll')].every((box) => box.scrollHeight <= box.clientHeight + 2)"
    )
    assert tab.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    tab.pdf(path=SCREENSHOTS / "vouchers.pdf", format="A4")


@pytest.mark.parametrize(
    "page", ["index", "vouchers", "market", "approvals", "restrictions", "claims", "sources"]
)
def test_hostile_words_do_nothing(visit: Open, hostile_site: Path, page: str) -> None:
    tab = visit(page, root=hostile_site)
    if page in ("index", "approvals"):
        tab.locator("#q").fill("onerror")
        tab.locator("#found li[role=option]").first.wait_for()
        assert "<img src=x" in tab.locator("#found").inner_text()
    if page == "approvals":
        tab.locator("#filings-filters input").fill("onerror")
        tab.wait_for_function("document.querySelector('#filings').innerText.includes('<img src=x')")
    assert tab.evaluate("window.hurt") is None
    assert tab.locator("main img").count() == 0


def test_numbers_in_the_page_are_those_of_the_file(visit: Open, published: duckdb.DuckDBPyConnection) -> None:
    """The headline numbers, read off the page, against the file."""
    tab = visit("index")
    shown = dict(
        zip(
            tab.locator(".numbers .big").all_inner_texts(),
            tab.locator(".numbers p:not(.ref)").all_inner_texts(),
            strict=True,
        )
    )
    force = published.execute("select count(*) from voucher_programmes where status = 'in_force'").fetchone()
    assert force is not None
    assert "programmes in force" in shown[f"{force[0]:,}"]
