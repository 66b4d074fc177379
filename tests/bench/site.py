"""The dashboard: is it small, does it open at once, and what does building it cost?

``python -m tests.bench site [SITE]`` reads the published site (`published/site` unless another folder is named), builds
it anew from the published file beside it, and opens each kind of page from disk in Chromium, five times cold. Promises:
at most 5 MB (the dbt docs beside it are told and not counted), and at most 1 s from the start of the navigation to the
end of the page's load event, the median of five.
"""

import datetime as dt
import json
import resource
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from pipelines.paths import ROOT

LIMIT_BYTES = 5_000_000
LIMIT_MS = 1000
ROUNDS = 5


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main(argv: list[str]) -> int:
    site = Path(argv[0]) if argv else ROOT / "published" / "site"
    if not site.exists():
        print(f"{site}: no such folder; run `chipwatch run` first")
        return 1
    failed = not _sizes(site)
    _build(site)
    return int(failed | (not _openings(site)))


def _sizes(site: Path) -> bool:
    total = size(site)
    pages = list(site.rglob("*.html"))
    print(f"size           {total:>10,} bytes in {len(pages)} pages (promised: at most {LIMIT_BYTES:,})")
    for part in ("programmes", "chips", "sources", "assets"):
        print(f"  {part:<12} {size(site / part):>10,}")
    print(f"  {'main pages':<12} {sum(page.stat().st_size for page in site.glob('*.html')):>10,}")
    docs = site.parent / "docs"
    if docs.exists():
        print(f"dbt docs       {size(docs):>10,} bytes beside it")
    return total <= LIMIT_BYTES


def _build(site: Path) -> None:
    started, used = time.perf_counter(), time.process_time()
    from pipelines.site.build import build

    file = site.parent / "chipwatch.duckdb"
    day = dt.date.fromisoformat(json.loads((site.parent / "manifest.json").read_text())["as_of"])
    with tempfile.TemporaryDirectory() as folder:
        build(file, Path(folder) / "site", as_of=day)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"built in       {time.perf_counter() - started:>10.1f} s ({time.process_time() - used:.1f} s of CPU, imports and all), "
        f"peak {peak:.0f} MiB"
    )


def _openings(site: Path) -> bool:
    chromium = shutil.which("chromium")
    if chromium is None:
        print("opening        not measured: no chromium on this machine")
        return False
    from playwright.sync_api import sync_playwright

    names = [page.stem for page in sorted(site.glob("*.html"))]
    for part in ("programmes", "chips", "sources"):
        largest = max((site / part).iterdir(), key=lambda path: path.stat().st_size)
        names.append(f"{part}/{largest.stem}")
    kept = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name in names:
            loads, paints = [], []
            for _ in range(ROUNDS):
                context = browser.new_context(viewport={"width": 1280, "height": 900})
                tab = context.new_page()
                tab.goto(f"file://{(site / name).resolve()}.html")
                loads.append(tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
                paints.append(
                    tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
                )
                context.close()
            load = statistics.median(loads)
            kept &= load <= LIMIT_MS
            print(
                f"opens in       {load:>10.0f} ms (first paint {statistics.median(paints):.0f} ms, slowest {max(loads):.0f} ms) {name}"
            )
        browser.close()
    return kept
