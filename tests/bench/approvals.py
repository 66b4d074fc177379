"""Registers of AI services: rows of official PDFs, totals and names in prose, pages a second.

* Rows right (serial, place, name, entity, number, day) of PDFs laid out as the official lists: all on clean pages, 99 of 100
  where every known defect was drawn in, none invented.
* F1 of totals (day, place, filed, registered, new) and of services named, on texts of our own wording with a label each:
  at least 0.9. The prose among them is what the reader learned from (`python -m tests.train_filings`, whose ``--folds``
  measures each text by weights that have not met it); the tables and JSON have readers of their own.
* The same on `approvals_unseen.jsonl`, texts that nobody looks at who works on the reader and that nothing is learned from:
  they are written and labelled by others, and one that was looked at moves to `approvals_prose`. What it prints is what
  to expect of a new page.
* 100 pages in at most 10 s of one core.

``python -m tests.bench approvals --cases FILE.jsonl`` measures only the texts, on any other set in the same form: one JSON
object a line with ``id``, ``date`` (of the page, or null), ``format`` (the ending of the file's name), ``text``, ``counts``
(lists of day, place, filed, new, registered), ``also_right`` (counts that may be read) and ``filings`` (lists of kind, model,
maker, province, number, day; null where the label does not ask).
"""

import argparse
import datetime as dt
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scrapers import formats
from scrapers.documents import Context
from scrapers.extract.filings import read
from scrapers.records import Filing, FilingCount
from scrapers.text.repair import simplify
from tests.scrapers import official_pdf
from tests.scrapers.official_pdf import FILED, REGISTERED, made_rows

PROSE = Path(__file__).with_name("approvals_prose")
UNSEEN = Path(__file__).with_name("approvals_unseen.jsonl")
SEEDS = range(100, 110)


def main(argv: Sequence[str] = ()) -> int:
    """Exit code 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench approvals")
    parser.add_argument("--cases", type=Path, help="measure only the labelled texts of this file")
    parser.add_argument("-v", action="store_true", dest="verbose", help="name the texts read wrong")
    asked = parser.parse_args(list(argv))
    if asked.cases:
        return int(not _prose(cases(asked.cases), asked.verbose))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.pdf"
        kept = [_clean(path), _defects(path), _speed(path)]
    kept += [_prose(cases(), asked.verbose), _prose(cases(UNSEEN), verbose=False, which="unseen ")]
    return int(not all(kept))


def _clean(path: Path) -> bool:
    filed, registered = made_rows(400), made_rows(300, registered=True)
    official_pdf.write(path, _sections(filed, registered), repeat_header=False)
    right, wanted, extra = _compare(path, filed, registered)
    print(f"clean PDF: {right} of {wanted} rows right, {extra} invented (promise: all, none)")
    return right == wanted and not extra


def _defects(path: Path) -> bool:
    right = wanted = extra = 0
    named: Counter[str] = Counter()
    for seed in SEEDS:
        filed, registered = made_rows(130), made_rows(90, registered=True)
        named.update(official_pdf.write_with_defects(path, _sections(filed, registered), seed).named)
        counts = _compare(path, filed, registered)
        right, wanted, extra = right + counts[0], wanted + counts[1], extra + counts[2]
    print(f"PDFs with {', '.join(sorted(named))}:")
    print(f"  {right} of {wanted} rows right ({right / wanted:.2%}; promise: 99 %), {extra} invented")
    return right >= 0.99 * wanted and not extra


def _sections(filed: list[list[str]], registered: list[list[str]]) -> list[official_pdf.Section]:
    return [
        ("生成式人工智能服务已备案信息", FILED, filed),
        ("生成式人工智能服务已登记信息", REGISTERED, registered),
    ]


def _compare(path: Path, filed: list[list[str]], registered: list[list[str]]) -> tuple[int, int, int]:
    """Rows right, rows wanted, rows more than wanted."""
    document = formats.read(path.read_bytes(), name=path.name)
    found = [item for item in read(document, Context(document_key=path.name)) if isinstance(item, Filing)]
    right = 0
    for kind, rows in (("filing", filed), ("registration", registered)):
        wanted: Counter[tuple[object, ...]] = Counter(
            (int(r[0]), *r[1:5], dt.date(*map(int, r[5].split("/")))) for r in rows
        )
        got: Counter[tuple[object, ...]] = Counter(
            (f.serial, f.province, f.model_name, _full(f.entity_name), f.filing_number, f.filed_date)
            for f in found
            if f.kind == kind
        )
        right += sum((wanted & got).values())
    return right, len(filed) + len(registered), max(0, len(found) - len(filed) - len(registered))


def _full(text: str | None) -> str:
    return (text or "").replace("(", "（").replace(")", "）")


def _speed(path: Path) -> bool:
    import pypdfium2

    official_pdf.write(path, [("生成式人工智能服务已备案信息", FILED, made_rows(2200))])
    content = path.read_bytes()
    pages = len(pypdfium2.PdfDocument(content))
    best = min(_seconds(content) for _ in range(2)) * 100 / pages
    print(
        f"{pages} PDF pages read: {100 / best:.0f} pages/s of one core, 100 pages in {best:.1f} s (promise: 10 s)"
    )
    return best <= 10


def _seconds(content: bytes) -> float:
    start = time.process_time()
    list(read(formats.read(content, name="list.pdf"), Context(document_key="list.pdf")))
    return time.process_time() - start


# --- Prose ----------------------------------------------------------------------------------------------------------


def cases(path: Path = PROSE) -> list[dict[str, Any]]:
    """The labelled texts of a file, or of all files of a folder: id, date of the page, format, text, counts, filings."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def _prose(labelled: list[dict[str, Any]], verbose: bool, which: str = "") -> bool:
    totals, names = Score(), Score()
    parts: dict[str, tuple[Score, Score]] = {}
    for case in labelled:
        counts, filings = read_case(case)
        wanted = named_services(case)
        before = (totals.wrong, names.wrong)
        for of_totals, of_names in ((totals, names), parts.setdefault(_part(case), (Score(), Score()))):
            of_totals.add(case["counts"], counts, same_count, case.get("also_right", []))
            of_names.add(wanted, filings, same_filing, [])
        if verbose and (totals.wrong, names.wrong) != before:
            print(f"  {case['id']}: {case['text'][:60]!r}\n    counts {counts}\n    filings {filings}")
    for what, score in (("totals", totals), ("services named", names)):
        print(f"{what} in {len(labelled)} {which}texts: {score} (promise: 0.9)")
    for part, (of_totals, of_names) in sorted(parts.items()):
        print(f"  {part}: totals {of_totals}, services {of_names}")
    return totals.f1 >= 0.9 and names.f1 >= 0.9


def named_services(case: dict[str, Any]) -> list[Any]:
    """The services a label asks for; algorithms are another register, which prose is not measured on."""
    return [row for row in case["filings"] if row[0] != "deep_synthesis_algorithm"]


def _part(case: dict[str, Any]) -> str:
    """Which reader a text is for, so that its parts can be told apart: tables, prose in English or in Chinese."""
    if is_list(case):
        return "tables"
    letters = [len(re.findall(kind, case["text"])) for kind in (r"[\u4e00-\u9fff]", "[A-Za-z]")]
    return "Chinese" if letters[0] * 3 > letters[1] else "English"


def is_list(case: dict[str, Any]) -> bool:
    """Whether a text is a table or JSON, which have readers of their own."""
    return (
        case["format"] in ("csv", "tsv", "json")
        or re.search(r"<table|^\s*\|.*\|\s*$|\t", case["text"], re.M) is not None
    )


class Score:
    def __init__(self) -> None:
        self.right = self.invented = self.missed = 0

    def add(self, wanted: list[Any], got: list[Any], same: Any, also: list[Any]) -> None:
        """One text: each wanted row takes one that was read, as it is or as `also` has it (the same numbers under another day
        that is right too); what is left over counts against it unless `also` has it."""
        left = list(got)
        for row in wanted:
            others = [
                a
                for a in also
                if a[1] == row[1] and any(x == y is not None for x, y in zip(a[2:], row[2:], strict=True))
            ]
            match = next((g for way in (row, *others) for g in left if same(way, g)), None)
            if match is None:
                self.missed += 1
            else:
                self.right += 1
                left.remove(match)
        self.invented += sum(not any(same(row, g) for row in also) for g in left)

    def __str__(self) -> str:
        return f"F1 {self.f1:.3f} ({self.right} right, {self.missed} missed, {self.invented} invented)"

    @property
    def wrong(self) -> int:
        return self.invented + self.missed

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong) if self.right else 0.0


def read_case(case: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    document = formats.read(case["text"].encode(), name=f"x.{case['format']}")
    day = dt.date.fromisoformat(case["date"]) if case["date"] else None
    items = list(read(document, Context(document_key="x", date=day)))
    counts = [
        (str(i.as_of) if i.as_of else None, i.scope, i.total_filed, i.new_in_period, i.total_registered)
        for i in items
        if isinstance(i, FilingCount)
    ]
    filings = [
        (
            i.kind,
            i.model_name,
            i.entity_name,
            i.province,
            i.filing_number,
            str(i.filed_date) if i.filed_date else None,
        )
        for i in items
        if isinstance(i, Filing) and i.kind != "deep_synthesis_algorithm"
    ]
    return [c for c in counts if any(c[2:])], filings


def same_count(wanted: list[Any], got: tuple[Any, ...]) -> bool:
    return (*wanted[:3], wanted[4]) == (*got[:3], got[4]) and wanted[3] in (None, got[3])


def same_filing(wanted: list[Any], got: tuple[Any, ...]) -> bool:
    """Kind and name as they are, in simplified letters; entity, place, number and day where the label gives them. A
    bar parts two names that are both right."""
    wanted, got = ([simplify(v) if isinstance(v, str) else v for v in row] for row in (wanted, got))
    return wanted[0] == got[0] and all(
        w is None or g in w.split("|") for w, g in zip(wanted[1:], got[1:], strict=True)
    )
