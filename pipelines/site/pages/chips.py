"""A page for each chip: its numbers, its status under each regime over time, what it rents for, and the words behind."""

import datetime as dt
from collections.abc import Iterator

from pipelines.site import words as w
from pipelines.site.answers import Answers, Row
from pipelines.site.blocks import Page
from pipelines.site.pages.restrictions import REGIMES, chip_path, merged

OFFERS = 5
START = dt.date(2022, 1, 1)


def pages(answers: Answers) -> Iterator[Page]:
    today = {row["chip_id"]: row for row in answers.ask("chips_today").rows}
    spans = by(
        answers, "chip_id",
        "select chip_id, regime, valid_from, valid_to, status, paragraph, rule_id, reason, missing_inputs, review_policy "
        "from restriction_timeline order by chip_id, regime, valid_from",
    )  # fmt: skip
    offers = by(
        answers,
        "chip_family",
        "select chip_family, * from (" + answers.ask("offers").sql + ") where chip_family is not null",
    )
    prices = by(
        answers,
        "chip_family",
        "select * from gpu_prices order by chip_family, month desc, market, channel, chip",
    )
    quotes = by(
        answers, "fact_key",
        "select fact_key, quote, locator, source_id, source_url, capture_kind from evidence where fact_table = 'core_restrictions__chips' order by fact_key, locator, quote",
    )  # fmt: skip
    for chip in answers.rows("select * from chips order by chip_id"):
        name = chip["chip_id"]
        stretches = merged(spans.get(name, []))
        status = today.get(name, {})
        yield Page(
            chip_path(name),
            f"{chip['vendor']} {chip['chip_name']}",
            "restrictions",
            f"{chip['vendor']} {chip['chip_name']}",
            sentence(chip, status, answers.as_of),
            template="chip.html.j2",
            context={
                "chip": chip,
                "status": status,
                "spans": [row for row in stretches if is_told(row)],
                "passed": list(dict.fromkeys(row["rule_id"] for row in stretches if not is_told(row))),
                "strips": strips(stretches, answers.as_of),
                "years": years(answers.as_of),
                "offers": [row for row in offers.get(chip["chip_family"], []) if row["chip_id"] in (None, name)][:OFFERS],
                "prices": prices.get(chip["chip_family"], [])[:OFFERS],
                "quotes": [found] if (found := quotes.get(name)) else [],
                "sql": f"select * from restriction_timeline where chip_id = '{name}' order by regime, valid_from",
            },
        )  # fmt: skip


def by(answers: Answers, key: str, sql: str) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for row in answers.rows(sql):
        out.setdefault(row[key], []).append(row)
    return out


def is_told(row: Row) -> bool:
    """Whether a stretch has a line of its own: those that caught the chip or lack an input, and the US tests by numbers."""
    return bool(row["status"] != "not_controlled" or row["regime"] == "us_list")


def sentence(chip: Row, status: Row, day: dt.date) -> str:
    if not status or status.get("status") is None:
        return f"No status could be computed for {w.day(day)}."
    words = {
        "controlled": "is controlled for China", "presumed": "is presumed to be controlled for China",
        "unknown": "cannot be judged: an input is missing", "not_controlled": "is not controlled for China",
    }  # fmt: skip
    rule = ""
    if status["status"] in ("controlled", "presumed") and status["rule_ids"]:
        rule = f" under {status['rule_ids'].replace(',', ', ')}" + (
            f" ({status['paragraphs'].replace(',', ', ')})" if status["paragraphs"] else ""
        )
    return f"On {w.day(day)} the {chip['chip_name']} {words.get(status['status'], status['status'])}{rule}."


def years(until: dt.date) -> list[tuple[int, float]]:
    """Year marks of the strips: (year, per cent from the left)."""
    return [(year, _share(dt.date(year, 1, 1), until)) for year in range(START.year, until.year + 1)]


def strips(spans: list[Row], until: dt.date) -> list[tuple[str, list[tuple[str, float, float]]]]:
    """One strip a regime: (state, left and width in per cent) a stretch, from 2022 to the day of the data."""
    out = []
    for regime in REGIMES:
        parts = []
        for row in spans:
            end = row["valid_to"] or until
            if row["regime"] != regime or end <= START or row["status"] == "not_controlled":
                continue
            left = _share(max(row["valid_from"], START), until)
            parts.append((row["status"], left, round(_share(min(end, until), until) - left, 1)))
        if parts:
            out.append((regime, parts))
    return out


def _share(day: dt.date, until: dt.date) -> float:
    return round(100 * (day - START).days / max(1, (until - START).days), 1)
