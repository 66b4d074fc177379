"""`chipwatch source check`: the YAML, a replay of the saved pages, and the golden records beside them.

A golden (`expected.jsonl`) holds, for each page, how many records and issues of each kind it gave and a spread of at
most `SAMPLE` of the records: small enough to be read by a person, enough to show that a reader changed. Where there is
none it is written, and the check fails: somebody has to look at it once.
"""

import datetime as dt
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipelines.sources import GOLDEN, RECORDED
from pipelines.sources.scaffold import options_model
from scrapers.archive import Archive
from scrapers.collect import Outcome, ReplayClient, collect
from scrapers.issues import Issue
from scrapers.records import RECORD_NAMES, to_dict
from scrapers.source import Source, SourceError, load
from warehouse.normalise.trust import newest_dated

SAMPLE = 6


@dataclass(slots=True)
class Report:
    """What was found about one source. `faults` fail the check; `notes` do not."""

    source: str
    pages: int = 0
    under: str = "pages"
    kinds: str = ""
    records: dict[str, int] = field(default_factory=dict)
    issues: dict[str, int] = field(default_factory=dict)
    samples: list[str] = field(default_factory=list)
    newest_content: str | None = None
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.faults

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"ok": self.ok}


def check(name: str, folder: Path, *, accept: bool = False, today: dt.date | None = None) -> Report:
    """Checks one source folder. `accept` writes the golden anew; `today` is the day for the age of the content (the day
    of the newest page otherwise). Never raises for what is wrong with the source."""
    report = Report(name)
    try:
        source = load(folder)
        _options(source)
        report.under = RECORDED if (folder / RECORDED / "pages.yml").exists() else "pages"
        outcome, unasked = replay(source, report.under)
    except (SourceError, OSError) as error:
        report.faults.append(str(error).removeprefix(f"{folder}/"))
        return report
    report.pages = len(outcome.captures)
    report.kinds = ", ".join(sorted({capture.capture_kind for capture in outcome.captures}))
    report.records = dict(Counter(RECORD_NAMES[type(landed.record)] for landed in outcome.records))
    report.issues = dict(Counter(f"{issue.level}: {issue.code}" for issue in outcome.issues))
    report.samples = _samples(outcome.issues)
    if not outcome.captures:
        report.faults.append(f"no saved page: chipwatch source record {name}, or write one into pages/")
        return report
    if outcome.reason:
        report.faults.append(outcome.reason)
    report.notes += unasked
    _bounds(report, source, outcome)
    _age(report, source, outcome, today)
    if report.kinds != "curated":  # rows typed in by hand are their own golden
        _golden(report, folder / report.under / GOLDEN, golden(outcome), accept)
    return report


def replay(source: Source, under: str) -> tuple[Outcome, list[str]]:
    """The saved pages as a run would read them, into an archive that is thrown away; and, for recorded pages, which
    addresses the visit left out (for bundled ones that is a fault of its own)."""
    with tempfile.TemporaryDirectory() as scratch:
        archive = Archive(Path(scratch))
        outcome = collect(source, ReplayClient(under=under), archive, run_id="check")
    missing = [a.url for a in outcome.attempts if a.outcome == "not_found" and a.role != "list"]
    notes = (
        [f"{len(missing)} linked addresses are not among the saved pages, first {missing[0]}"]
        if missing
        else []
    )
    return outcome, notes


def golden(outcome: Outcome) -> list[str]:
    """The lines of `expected.jsonl`: one a page, each followed by a spread of its records."""
    lines = []
    for capture in sorted(outcome.captures, key=lambda capture: (capture.fetched_at, capture.url)):
        own = [
            landed.record
            for landed in outcome.records
            if landed.origin.source_url == capture.url and landed.origin.observed_at == capture.fetched_at
        ]
        issues = Counter(issue.code for issue in outcome.issues if issue.url == capture.url)
        lines.append(
            {
                "page": capture.url,
                "fetched_at": capture.fetched_at.isoformat(),
                "records": dict(sorted(Counter(RECORD_NAMES[type(record)] for record in own).items())),
                "issues": dict(sorted(issues.items())),
            }
        )
        for position in spread(len(own), SAMPLE):
            values = to_dict(own[position])
            lines.append(
                {"n": position}
                | {name: value for name, value in values.items() if value not in (None, [], {})}
            )
    return [json.dumps(line, ensure_ascii=False, default=str) for line in lines]


def spread(size: int, most: int) -> Sequence[int]:
    """At most `most` positions of a list of `size`, first and last among them."""
    if size <= most:
        return range(size)
    return [round(step * (size - 1) / (most - 1)) for step in range(most)]


def _options(source: Source) -> None:
    model = options_model(source.platform)
    if model is None:
        if source.options:
            raise SourceError(f"source.yml: options: platform {source.platform} takes none")
        return
    try:
        model.model_validate(source.options)
    except ValidationError as error:
        told = "; ".join(f"options.{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise SourceError(f"source.yml: {told}") from None


def _samples(issues: Iterable[Issue]) -> list[str]:
    """One example a kind of issue."""
    seen: dict[str, str] = {}
    for issue in issues:
        seen.setdefault(issue.code, f"{issue.code}: {' '.join(issue.message.split())[:140]}")
    return list(seen.values())


def _bounds(report: Report, source: Source, outcome: Outcome) -> None:
    newest: dict[str, dt.datetime] = {}
    for capture in outcome.captures:
        newest[capture.url] = max(capture.fetched_at, newest.get(capture.url, capture.fetched_at))
    current = sum(newest[r.origin.source_url] == r.origin.observed_at for r in outcome.records)
    low, high = source.expect.min, source.expect.max
    if current > high:
        report.notes.append(f"{current} records, more than expect.max {high}")
    if not low <= current <= high or (report.under == RECORDED and low < current // 2):
        report.notes.append(
            f"bounds of a healthy run of this size: min {current * 8 // 10}, max {current * 2}"
        )


def _age(report: Report, source: Source, outcome: Outcome, today: dt.date | None) -> None:
    newest = newest_dated(outcome.records)
    if newest is None:
        report.notes.append("no record carries a date: staleness counts from the first sight of the content")
        return
    report.newest_content = newest.isoformat()
    day = today or max(capture.fetched_at for capture in outcome.captures).date()
    age = (day - newest).days
    if age > source.expect.quiet_days:
        report.notes.append(
            f"stale: newest content is {age} days old, quiet_days is {source.expect.quiet_days}"
        )


def _golden(report: Report, path: Path, lines: list[str], accept: bool) -> None:
    text = "\n".join(lines) + "\n"
    before = path.read_text(encoding="utf-8") if path.exists() else None
    if before == text:
        return
    if before is None or accept:
        path.write_text(text, encoding="utf-8")
    if before is None and not accept:
        report.faults.append(
            f"{path.parent.name}/{path.name} is new: read it against the pages, then check again"
        )
    elif not accept:
        changed = [
            line[:200]
            for line in unified_diff((before or "").splitlines(), lines, lineterm="", n=0)
            if line[:1] in "+-" and line[:3] not in ("+++", "---")
        ]
        report.faults.append(
            f"{len(changed)} lines differ from {path.parent.name}/{path.name} (--accept takes them over); first: "
            + " | ".join(changed[:2])
        )
