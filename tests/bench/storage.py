"""Storage: 365 daily captures of a page of 5,000 offers of which 2 % change a day, beside one capture of it.

Counts every byte of the archive (blobs, captures, ledger) and of the core Parquet of the offers. Every capture is read
back and compared.
"""

import argparse
import datetime as dt
import hashlib
import json
import random
import tempfile
from pathlib import Path

import polars as pl

from scrapers.archive import Archive, Attempt
from scrapers.captures import Capture
from tests.bench import history
from warehouse import store
from warehouse.normalise import market

LIMIT = 12.0
START = dt.datetime(2025, 7, 1, 6, tzinfo=dt.UTC)
SOURCE = "market/bench"
URL = "https://bench.example/offers"


def page(listings: pl.DataFrame, versions: list[int]) -> bytes:
    """A retail platform's answer: machines with chip, region, free cards and price."""
    machines = [
        {
            "machine_id": hashlib.sha256(str(number).encode()).hexdigest()[:12],
            "region_name": f"区{number % 30}",
            "gpu_name": chip,
            "gpu_idle_num": (stock + version) % 60,
            "payg_price": round(price * (1 + 0.01 * (version // 2 % 20)) * 1000),
        }
        for (number, chip, stock, price), version in zip(
            listings.select("number", "chip_id", "stock", "price").iter_rows(), versions, strict=True
        )
    ]
    return json.dumps({"code": "Success", "data": {"list": machines}}, ensure_ascii=False).encode()


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench storage", description=__doc__.split("\n")[0])
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--offers", type=int, default=5_000)
    given = parser.parse_args(argv)
    rng = random.Random(3)
    listings = history.listings_of(given.offers, rng).with_columns(
        source_id=pl.lit(SOURCE), source_url=pl.lit(URL)
    )
    names = market.sightings([]).columns
    versions = [0] * given.offers
    readings: list[pl.DataFrame] = []
    hashes: list[str] = []
    first: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        archive = Archive(root / "archive")
        for day in range(given.days):
            at = START + dt.timedelta(days=day)
            for changed in rng.sample(range(given.offers), given.offers // 50) if day else ():
                versions[changed] += 1
            capture = Capture(
                source_id=SOURCE, url=URL, role="list", fetched_at=at, content=page(listings, versions),
                capture_kind="live",
            )  # fmt: skip
            archive.record(
                Attempt(
                    run_id=f"r{day}", source_id=SOURCE, url=URL, role="list", attempted_at=at, observed_at=at,
                    outcome=archive.store(capture), sha256=capture.sha256,
                )
            )  # fmt: skip
            hashes.append(capture.sha256)
            there = listings.with_columns(version=pl.Series(versions))
            readings.append(history.reading(there, at.replace(tzinfo=None), names))
            if day == 0:
                first = _sizes(root, readings)
        last = _sizes(root, readings)
        kept = [hashlib.sha256(c.content).hexdigest() for c in Archive(root / "archive").captures(SOURCE)]
    ratios = {name: last[name] / first[name] for name in first}
    print(
        f"{given.days} daily captures of {given.offers:,} offers, 2 % changed a day: archive {last['archive'] / 1e6:.2f} MB, "
        f"{ratios['archive']:.1f} × one capture of {first['archive'] / 1e3:.0f} kB; core Parquet {last['core'] / 1e6:.2f} MB, "
        f"{ratios['core']:.1f} × one of {first['core'] / 1e3:.0f} kB (wanted {LIMIT:.0f} × each); "
        f"read back {'the same' if kept == hashes else 'DIFFERENT'}"
    )
    return int(max(ratios.values()) > LIMIT or kept != hashes)


def _sizes(root: Path, readings: list[pl.DataFrame]) -> dict[str, int]:
    """Bytes of the archive and of the core tables made from the readings so far."""
    for name, frame in market.offer_tables(pl.concat(readings).lazy()).items():
        store.write(frame, root / "core" / f"{name}.parquet")
    return {
        part: sum(path.stat().st_size for path in (root / part).rglob("*") if path.is_file())
        for part in ("archive", "core")
    }
