"""Offers: are lines read right, and how fast are a million rows priced?

``python -m tests.bench offers`` measures

* accuracy on lines generated from 330 real offers in the styles of real pages, and on lines written by hand, most
  labelled before the engine had seen them: F1 of (chip family, price per GPU-hour within 2.5 %); offers typed bid, mock,
  estimate or purchase must not come out as asks;
* throughput: one million raw rows with the real mix of spellings resolved, priced and normalised, beside a plain Polars
  read of the same file and beside gpuhunt's name matching on the same names (where gpuhunt can be imported).

``--lines FILE`` scores another set: a TSV `line`, `offers` (``family@price;family@price``, empty for none), or plain
lines with ``--labels FILE`` (TSV without header: line number, family, price per GPU-hour). `\\n` in a line is a line break.

``--texts FOLDER`` scores whole files (any format `chipwatch extract` reads) by ``--labels FILE`` or the folder's
``labels.tsv``: a row without header is file name, family, price per GPU-hour in the page's currency (``¥2.5``, ``$1.99``,
``-`` for an offer without a price), and further fields as ``name=value`` that are compared where the offer is found:
``chips_per_offer``, ``price_value``, ``price_unit``, ``quantity_idle``, ``availability``, ``region``, ... of `records.Offer`.
A file with no offer has one row with its name only. Every ask and index with a chip or a price counts, quarantined or
not; an offer of no known chip must have no price per GPU-hour or carry an issue. Dollars convert as for a page without a day.
"""

import argparse
import csv
import datetime as dt
import importlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.extract import extract_file, monthly_rates
from scrapers.documents import Context, Document
from scrapers.extract import offers
from scrapers.extract.offers.page import undated_rate
from scrapers.records import Offer

HERE = Path(__file__).parent
TOLERANCE = 0.025
RATES = {"2020-01": 7.1}
"""The sample rows were priced at 7.1 yuan per dollar."""

Label = tuple[str, float]


@dataclass
class Score:
    hits: int = 0
    wrong: int = 0
    missed: int = 0
    unpriced: int = 0
    """Of the wrong ones those without a price per GPU-hour: a number whose unit is not said, with an issue."""
    failures: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        total = 2 * self.hits + self.wrong + self.missed
        return 2 * self.hits / total if total else 1.0

    def add(self, line: str, wanted: list[Label], got: list[Label]) -> None:
        left = list(got)
        missed = []
        for family, price in wanted:
            match = next((g for g in left if g[0] == family and abs(g[1] - price) <= TOLERANCE * price), None)
            if match is None:
                missed.append((family, price))
            else:
                left.remove(match)
        self.hits += len(wanted) - len(missed)
        self.missed += len(missed)
        self.wrong += len(left)
        if missed or left:
            self.failures.append(f"{line!r}\n    missed {missed}\n    extra  {left}")


def asks(text: str, day: dt.date = dt.date(2026, 7, 15)) -> list[Label]:
    """What a reader of the price marts would count from a text: asks and indices with chip and price."""
    context = Context(document_key="bench", date=day, options={"rates": RATES})
    return [
        (r.chip_family, r.price_cny_per_gpu_hour)
        for r in offers.read(Document(text=text), context)
        if isinstance(r, Offer)
        and r.offer_kind in ("ask", "index")
        and r.chip_family is not None
        and r.price_cny_per_gpu_hour is not None
        and r.quarantine in (None, "fraction")
    ]


def score(cases: Iterable[tuple[str, list[Label]]]) -> Score:
    result = Score()
    for line, wanted in cases:
        result.add(line, wanted, asks(line.replace("\\n", "\n")))
    return result


def labelled(path: Path, labels: Path | None = None) -> list[tuple[str, list[Label]]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    if labels is not None:
        wanted: dict[int, list[Label]] = {}
        for row in csv.reader(labels.open(encoding="utf-8"), delimiter="\t"):
            wanted.setdefault(int(row[0]), []).append((row[1], float(row[2])))
        return [(line, wanted.get(number, [])) for number, line in enumerate(lines, 1) if line.strip()]
    cases = []
    for line in lines[1:]:
        text, _, given = line.rpartition("\t")
        pairs = [part.split("@") for part in given.split(";") if part]
        cases.append((text, [(family, float(price)) for family, price in pairs]))
    return cases


@dataclass
class Fields:
    """Further fields of the offers that were found: how many were asked for and right, by name."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def compare(self, file: str, wanted: dict[str, str], got: dict[str, Any]) -> None:
        for name, value in wanted.items():
            self.asked[name] += 1
            if _same(value, got[name]):
                self.right[name] += 1
            else:
                self.differences.append(
                    f"{file}: {name} wanted {value}, got {got[name]}: {got['quote'][:80]!r}"
                )


def _same(wanted: str, got: object) -> bool:
    if isinstance(got, int | float) and not isinstance(got, bool):
        return wanted != "-" and abs(got - float(wanted)) <= 0.001 * abs(got)
    return wanted == ("-" if got is None else str(got))


def files(texts: Path, labels: Path) -> tuple[Score, Fields]:
    """The files of a folder against their labels (see the module's text)."""
    wanted: dict[str, list[tuple[str, str, dict[str, str]]]] = {}
    for row in csv.reader(labels.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        if not row or row[0].startswith("#"):
            continue
        of_file = wanted.setdefault(row[0], [])
        if len(row) > 1:
            of_file.append((row[1], row[2], dict(part.split("=", 1) for part in row[3:] if part)))
    dollars = {f"{day:%Y-%m}": rate for day, rate in monthly_rates().items()}
    result, fields = Score(), Fields()
    for file, rows in wanted.items():
        left = [
            line
            for line in extract_file(texts / file, "market")
            if line["record"]
            and line["offer_kind"] in ("ask", "index")
            and (line["chip_family"] or (line["price_cny_per_gpu_hour"] and not line["issues"]))
        ]
        missed = []
        for family, price, further in rows:
            fitting = [
                line for line in left if line["chip_family"] == family and _costs(line, price, dollars)
            ]
            if not fitting:
                missed.append(f"{family} {price}")
                continue
            best = max(fitting, key=lambda line: sum(_same(v, line[k]) for k, v in further.items()))
            left.remove(best)
            fields.compare(file, further, best)
        result.hits += len(rows) - len(missed)
        result.missed += len(missed)
        result.wrong += len(left)
        result.unpriced += sum(1 for line in left if line["price_cny_per_gpu_hour"] is None)
        if missed or left:
            extra = "".join(
                f"\n    extra  {line['chip_family']} {line['price_cny_per_gpu_hour']} {line['price_unit']} {line['price_text']!r}: {line['quote'][:100]!r}"
                for line in left
            )
            result.failures.append(f"{file}: missed {missed}{extra}")
    return result, fields


def _costs(line: dict[str, Any], wanted: str, dollars: dict[str, float]) -> bool:
    """Whether a line has the price per GPU-hour of a label, dollars at the rate of the line's own day where it has one."""
    got = line["price_cny_per_gpu_hour"]
    if got is None or wanted == "-":
        return got is None and wanted == "-"
    rate: float | None = 1.0
    if wanted[0] == "$":
        month = line["page_date"][:7] if line["page_date"] else None
        rate = undated_rate(
            {m: r for m, r in dollars.items() if month is None or m == max(k for k in dollars if k <= month)}
        )
    assert rate is not None
    price = float(wanted[1:]) * rate
    return bool(abs(got - price) <= TOLERANCE * price)


# Styles of real pages by what the price covers. {c} chip as spelled, {n} cards, {p} price, {q} upper end, {w} price in 万.
STYLES = {
    "gpu-hour": [
        "{c} {p}元/卡时", "{c}：¥{p}/卡/小时", "{c} {p} 元/卡·时 现货", "{p}元/卡/小时 {c}", "{c} | {p}元/GPU/小时 | {r}",
        "{c} 单卡 {p}元/小时", "{c} ￥{p}/时", "{c} 按量 {p}元/小时 库存充足", "单卡{c}，每小时{p}元", "{c} {p}元每卡每小时",
    ],
    "gpu-month": ["{c} 单卡 {p}元/月", "{c} {p}元/卡/月 {r}", "{c} 每卡每月{p}元", "{c} ¥{p}/卡/月"],
    "gpu-year": ["{c} {w}万元/颗/年", "{c} {w}万/卡/年"],
    "instance-hour": [
        "{c} {n}卡 {p}元/时", "{n}卡 {c} {p} 元/小时", "{c} * {n} ¥{p}/h", "{c} ×{n} 按量计费 {p}元/小时 {r}",
        "| GPU | 卡数 | 按需价格（元/小时） |\\n|---|---|---|\\n| {c} | {n} | {p} |", "{n}×{c} {p}元/小时起",
    ],
    "instance-month": [
        "{c} {n}卡 包月 {p}元", "{n}卡{c} {p}元/月", "{c}×{n} 月付¥{p}",
        "| 显卡 | 数量 | 价格（元/月） |\\n|---|---|---|\\n| {c} | {n} | {p} |", "{c} {n}颗 {p} 元/月 {r}",
    ],
    "server-month": [
        "8*{c} - {p}/月", "{c} 8卡 {w}万/月", "{c} {w}万/台/月 {r}", "{c} 整机 月租{w}万", "{c} 八卡整机 {p}元/月",
        "8卡{c} {w}w/月 现货", "{c} {w}万元/8卡整机/月", "出租 {c}×8 每台每月{p}元", "{c} {w} 万元/台/月（含税）",
    ],
    "server-year": ["{c} 8卡 {w}万元/台/年", "8卡{c} {w}万/年"],
    "usd-gpu-hour": [
        "{c} ${p}/hr", "{c} — ${p}/GPU/hr", "{c} from ${p} per GPU hour", "{c}: {p} USD/GPU-hour", "${p}/hr {c}",
        "| GPU | Price per GPU/hour |\\n|---|---|\\n| {c} | ${p} |",
    ],
    "usd-instance-hour": [
        "{n}x {c} ${p}/hr", "{c} x{n} ${p}/h {r}",
        "| accelerator | gpu_count | usd_per_hour |\\n|---|---|---|\\n| {c} | {n} | {p} |", "{n} × {c}: ${p} per hour",
    ],
}  # fmt: skip
RANGES = {"CNY": ["{p}-{q}", "{p}~{q}", "{p}～{q}", "{p}—{q}", "{p} 至 {q}"], "USD": ["{p}-{q}"]}
REFUSED = {
    "bid": ["求租 {c} 8卡 {w}万/月", "买方出价 {c} {w}万/台/月"],
    "estimate": ["{c} 测算租金 {p}元/卡时", "{c} 预估{w}万/台/月"],
}
UNNAMED = {"vgpu", "unspecified-gpu", "nvidia-blackwell-72gb-unnamed"}


def spellings() -> dict[str, list[str]]:
    """Ways a chip is written, met on pages, by the chip as written in the sample rows."""
    path = Path(offers.__file__).parents[2] / "lexicon" / "chip_spellings.csv"
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(path.open(encoding="utf-8")):
        name = row["spelling"]
        counted = any(
            mark in name for mark in ("*", "×", "卡", "整机", "服务器", "SMM", "RMB", "x8", " x ", "/")
        )
        if row["kind"] != "documented" and not counted:
            found.setdefault(row["chip_as_written"], []).append(name)
    return found


def generated(seed: int = 7) -> list[tuple[str, list[Label]]]:
    """One line an offer of the sample, in a style drawn at random."""
    rng = random.Random(seed)
    ways = spellings()
    cases = []
    for row in csv.DictReader((HERE / "offers_rows.tsv").open(encoding="utf-8"), delimiter="\t"):
        if not row["price"] or row["unit"] == "unknown" or float(row["cards"] or 1) < 1:
            continue
        chip = rng.choice(ways.get(row["chip"]) or [row["chip"].split("-", 1)[1].replace("-", " ")])
        currency, _, unit = row["unit"].partition("/")
        cards = int(float(row["cards"]))
        if unit.startswith("instance") and cards == 1:
            unit = unit.replace("instance", "gpu")
        price, top = float(row["price"]), float(row["price_max"]) if row["price_max"] else None
        wan = f"{price / 1e4:g}"
        shown = f"{price:g}" if price < 1e5 else f"{price:.0f}"
        if top is not None and top > price:
            form = rng.choice(RANGES[currency])
            shown = form.format(p=shown, q=f"{top:g}")
            wan = form.format(p=wan, q=f"{top / 1e4:g}")
        if row["kind"] in REFUSED:
            style = rng.choice(REFUSED[row["kind"]])
        else:
            style = rng.choice(STYLES[("usd-" if currency == "USD" else "") + unit])
        line = style.format(c=chip, n=cards, p=shown, w=wan, r=row["region"])
        is_asked = row["kind"] not in REFUSED and row["chip_family"] not in UNNAMED
        cases.append((line, [(row["chip_family"], float(row["cny_per_gpu_hour"]))] if is_asked else []))
    return cases


AGREE = 0.03
QUOTATIONS = (
    "{c} {hour}元/卡时", "{c} {n}卡 {node_hour}元/小时", "{c} {month}元/卡/月", "{c} {n}卡 {node_month}元/月",
    "| GPU | 卡数 | 价格（元/小时） |\\n|---|---|---|\\n| {c} | {n} | {node_hour} |",
)  # fmt: skip
"""One offer by the card and by the node, by the hour and by the month."""


def agreement() -> tuple[int, int, float]:
    """Every offer of the sample quoted in each way of `QUOTATIONS`: how many offers, how many whose readings all agree
    within 3 %, and the widest ratio among those that do."""
    offers_ = agreed = 0
    widest = 1.0
    for row in csv.DictReader((HERE / "offers_rows.tsv").open(encoding="utf-8"), delimiter="\t"):
        if not row["cny_per_gpu_hour"] or row["kind"] in REFUSED or row["chip_family"] in UNNAMED:
            continue
        rate, cards = float(row["cny_per_gpu_hour"]), max(2, int(float(row["cards"] or 1)))
        amounts = {
            "hour": rate,
            "node_hour": rate * cards,
            "month": rate * 730,
            "node_month": rate * 730 * cards,
        }
        shown = {name: f"{value:.2f}" for name, value in amounts.items()}
        chip = row["chip"].split("-", 1)[1].replace("-", " ")
        read = [asks(line.format(c=chip, n=cards, **shown).replace("\\n", "\n")) for line in QUOTATIONS]
        rates = [price for found in read for _, price in found]
        offers_ += 1
        if len(rates) == len(QUOTATIONS) and max(rates) <= min(rates) * (1 + AGREE):
            agreed += 1
            widest = max(widest, max(rates) / min(rates))
    return offers_, agreed, widest


def resolved() -> tuple[int, int]:
    """Listed spellings of chips, and how many are resolved to the family listed beside them."""
    from scrapers.lexicon import chips

    path = Path(chips.__file__).parent / "chip_spellings.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    right = 0
    for row in rows:
        match = chips.resolve(row["spelling"])
        hidden = row["chip_family"] in chips.UNNAMED | {"ambiguous"}
        right += match is not None and match.family == (None if hidden else row["chip_family"])
    return len(rows), right


HEADERS = {
    "gpu-hour": ["元/卡时", "单价（元/卡/小时）", "价格（元/卡·时）"],
    "gpu-month": ["元/卡/月", "单卡月租（元）"],
    "gpu-year": ["元/颗/年"],
    "instance-hour": ["按需价格（元/小时）", "元/时", "按量计费（元/小时）"],
    "instance-month": ["价格（元/月）", "包月价格（元）"],
    "server-month": ["元/台/月", "整机月租（元）", "8卡整机月租（元）"],
    "server-year": ["元/台/年"],
    "usd-gpu-hour": ["Price per GPU/hour ($)", "$/GPU-hr", "usd_per_gpu_hour"],
    "usd-instance-hour": ["price_usd_per_hour", "Price ($/hr)"],
}
SPEED_LIMIT_SECONDS = 20.0


def write_raw(path: Path, rows: int, seed: int = 11) -> None:
    """A CSV of raw offer rows: the sample's chips in the spellings of pages, prices spread around the sample's."""
    rng = random.Random(seed)
    ways = spellings()
    sample = [
        row
        for row in csv.DictReader((HERE / "offers_rows.tsv").open(encoding="utf-8"), delimiter="\t")
        if row["price"] and row["unit"] != "unknown" and float(row["cards"] or 1) >= 1
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["chip_text", "price_text", "price_header", "chips_per_offer", "observed_on", "region"])
        for _ in range(rows):
            row = rng.choice(sample)
            chip = rng.choice(ways.get(row["chip"]) or [row["chip"]])
            currency, _, unit = row["unit"].partition("/")
            price = float(row["price"]) * rng.lognormvariate(0, 0.2)
            text = f"{price:.2f}" if price < 100 else f"{price:.0f}"
            style = rng.random()
            if style < 0.15:
                text = ("$" if currency == "USD" else "¥") + text
            elif style < 0.25 and row["price_max"]:
                text += f"-{price * 1.1:.2f}" if price < 100 else f"-{price * 1.1:.0f}"
            elif style < 0.3:
                text += "起"
            head = rng.choice(HEADERS[("usd-" if currency == "USD" else "") + unit])
            day = dt.date(2024, 1, 1) + dt.timedelta(days=rng.randrange(1000))
            out.writerow([chip, text, head, int(float(row["cards"])), day.isoformat(), row["region"]])


def speed(rows: int) -> bool:
    """Prices generated rows in a child process held to one core; True when the promise is kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "raw.csv"
        write_raw(path, rows)
        child = subprocess.run(
            [sys.executable, "-m", "tests.bench.offers", str(path)],
            env=os.environ | {"POLARS_MAX_THREADS": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if child.returncode:
            print(child.stderr[-2000:], file=sys.stderr)
            return False
        got = json.loads(child.stdout.splitlines()[-1])
        limit = SPEED_LIMIT_SECONDS * max(rows, 1) / 1_000_000
        print(
            f"{rows:,} raw rows ({path.stat().st_size / 1e6:.0f} MB CSV, {got['names']:,} names, {got['texts']:,} price texts), "
            f"one core: resolved, priced and normalised in {got['priced']:.1f} s (wanted {limit:.0f}); "
            f"plain Polars read {got['read']:.2f} s; {got['resolved']:.1%} with a chip, {got['with_price']:.1%} with a price"
        )
    _gpuhunt()
    return bool(got["priced"] <= limit)


def _child(path: Path) -> None:
    """The measured part: one core, nothing warm."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    import polars as pl

    from warehouse.normalise.offer_prices import price

    start = time.perf_counter()
    raw = pl.read_csv(path, try_parse_dates=True)
    read = time.perf_counter() - start
    start = time.perf_counter()
    raw = pl.read_csv(path, try_parse_dates=True)
    priced = price(raw, {"2024-01": 7.1})
    took = time.perf_counter() - start
    print(
        json.dumps(
            {
                "read": read,
                "priced": took,
                "names": raw["chip_text"].n_unique(),
                "texts": raw["price_text"].n_unique(),
                "resolved": 1 - priced["chip_family"].null_count() / max(priced.height, 1),
                "with_price": 1 - priced["price_cny_per_gpu_hour"].null_count() / max(priced.height, 1),
            }
        )
    )


def _gpuhunt() -> None:
    """The same names given to gpuhunt's own matching (exact names) and to ours: how many are known, how fast."""
    try:
        gpuhunt = importlib.import_module("gpuhunt")
    except ImportError:
        print(
            "gpuhunt not installed: its name matching is not compared; "
            "pip install --target DIR gpuhunt && PYTHONPATH=DIR python -m tests.bench offers"
        )
        return
    from scrapers.lexicon import chips

    names = sorted({name for way in spellings().values() for name in way})
    chips.resolve("warm")
    results = []
    for find in (lambda n: bool(gpuhunt.find_accelerators(names=[n])), lambda n: _family(chips.resolve(n))):
        start = time.perf_counter()
        known = sum(map(find, names))
        results.append((known, (time.perf_counter() - start) / len(names) * 1e6))
    (theirs, slow), (ours, fast) = results
    print(
        f"{len(names)} names: gpuhunt knows {theirs} ({slow:.0f} µs a name), chipwatch {ours} ({fast:.0f} µs a name)"
    )


def _family(match: object) -> bool:
    return match is not None and getattr(match, "family", None) is not None


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench offers", description=__doc__.split("\n")[0])
    parser.add_argument(
        "--lines", type=Path, help="TSV of lines and their offers, or plain lines with --labels"
    )
    parser.add_argument(
        "--texts", type=Path, help="folder of whole files, labelled in --labels or its labels.tsv"
    )
    parser.add_argument("--labels", type=Path, help="TSV of line number or file, family, price per GPU-hour")
    parser.add_argument("--failures", type=int, default=0, help="print this many lines that were read wrong")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the throughput test, 0 skips it")
    given = parser.parse_args(argv)
    failed = False
    if given.texts:
        result, fields = files(given.texts, given.labels or given.texts / "labels.tsv")
        precision, recall = (result.hits / max(result.hits + n, 1) for n in (result.wrong, result.missed))
        print(
            f"{given.texts}: F1 {result.f1:.3f} (precision {precision:.3f}, recall {recall:.3f}); {result.hits} right, "
            f"{result.wrong} extra ({result.unpriced} of them without a price per GPU-hour), {result.missed} missed"
        )
        print(
            "of those found: "
            + ", ".join(f"{n} {fields.right[n]} of {asked}" for n, asked in fields.asked.items())
        )
        for failure in [*result.failures, *fields.differences][: given.failures]:
            print(f"  {failure}")
        return 0
    if given.lines:
        sets = {given.lines.name: (labelled(given.lines, given.labels), 0.0)}
        given.rows = 0
    else:
        sets = {
            "generated from real offers": ([c for seed in range(5) for c in generated(seed)], 0.93),
            "written by hand": (labelled(HERE / "offers_lines.tsv"), 0.93),
        }
    for name, (cases, target) in sets.items():
        start = time.perf_counter()
        result = score(cases)
        took = time.perf_counter() - start
        failed |= result.f1 < target
        wanted = f" (wanted {target})" if target else ""
        print(
            f"{name}: F1 {result.f1:.3f}{wanted}; {len(cases)} lines, {result.hits} right, {result.wrong} extra, "
            f"{result.missed} missed; {took / max(len(cases), 1) * 1e3:.2f} ms a line"
        )
        for failure in result.failures[: given.failures]:
            print(f"  {failure}")
    if not given.lines:
        listed, right = resolved()
        quoted, agreed, widest = agreement()
        print(f"spellings: {right} of {listed} resolved to their family")
        print(
            f"one offer by card and by node, by hour and by month: {agreed} of {quoted} offers agree within {AGREE:.0%} "
            f"(widest ratio {widest:.4f})"
        )
        failed |= right < listed or agreed < 0.99 * quoted
    if given.rows:
        failed |= not speed(given.rows)
    return int(failed)


if __name__ == "__main__":
    _child(Path(sys.argv[1]))
