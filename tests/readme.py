"""`make docs`: fills the marked parts of README.md (`<!-- results -->`, `<!-- counts -->`) from `published/`.

Each answer stands under the command that prints it; a few rows and columns of it are shown.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.paths import ROOT, home
from pipelines.query import assignments, fetch, find
from pipelines.tabular import cell

README = ROOT / "README.md"


def ask(saved_query: str, *values: str) -> list[dict[str, Any]]:
    """The rows of a saved query; `values` are `variable=text`."""
    query = find(saved_query)
    frame: pl.DataFrame = fetch(query.sql, assignments(values, query))
    return frame.to_dicts()


def answer(question: str, command: str, body: str) -> str:
    return f"**{question}**\n\n```console\n$ chipwatch query {command}\n```\n\n{body}"


def table(rows: Sequence[dict[str, Any]], columns: Sequence[str], most: int, width: int = 60) -> str:
    """Some rows and columns as Markdown, long cells cut."""
    lines = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    for row in rows[:most]:
        texts = [cell(row[column]).replace("|", "/") for column in columns]
        lines.append("| " + " | ".join(t if len(t) <= width else t[: width - 1] + "…" for t in texts) + " |")
    return "\n".join(lines)


def results() -> str:
    terms = ask("voucher_terms", "place=Hangzhou")
    city = [
        row
        for row in terms
        if row["capture_kind"] == "reconstructed" and row["place"] == "Hangzhou" and row["value"] is not None
    ]
    servers = ask("chip_prices", "chip=H100", "cards=8", "market=china")
    status = ask("chip_status_on", "chip=RTX 4090", "day=2023-12-01")[0]
    return "\n\n".join(
        [
            answer(
                "What does Hangzhou's voucher pay, in which words?",
                "--saved voucher_terms --set place=Hangzhou",
                table(city, ["programme_id", "term", "value", "unit", "period", "words"], 4)
                + f"\n\nFour of {len(terms)} rows. The words of these are ours, after the document `source_url` names.",
            ),
            answer(
                "What does an 8-card H100 server cost per GPU-hour in China, and where?",
                "--saved chip_prices --set chip=H100 --set cards=8 --set market=china",
                table(
                    servers,
                    [
                        "price_day",
                        "channel",
                        "platform_id",
                        "price_value",
                        "price_unit",
                        "price_cny_per_gpu_hour",
                        "offer_kind",
                    ],
                    5,
                ),
            ),
            answer(
                "Was the RTX 4090 controlled on 1 December 2023, and why?",
                '--saved chip_status_on --set "chip=RTX 4090" --set day=2023-12-01',
                f"> {status['answer']}\n>\n> {status['rule']} ({status['document_number']})",
            ),
            answer(
                "How many models had Guangdong filed by the end of 2025?",
                "--saved approvals_of_province --set province=Guangdong --set day=2025-12-31",
                table(
                    ask("approvals_of_province", "province=Guangdong", "day=2025-12-31"),
                    ["province", "kind", "approved", "in_year", "first_date", "last_date"],
                    4,
                ),
            ),
            answer(
                "Which source is stale, or close to it?",
                "--saved sources_stale",
                table(
                    ask("sources_stale"),
                    ["source_id", "status", "newest_content_date", "content_age_days", "quiet_days"],
                    4,
                ),
            ),
        ]
    )


def counts() -> str:
    manifest = json.loads((home().published / "manifest.json").read_text(encoding="utf-8"))
    names = sorted(manifest["marts"])
    third = -(-len(names) // 3)
    lines = [
        f"Rows a table, as `chipwatch run` prints them (data as of {manifest['as_of']}):",
        "",
        "| table | rows | table | rows | table | rows |",
        "|---|---:|---|---:|---|---:|",
    ]
    for row in range(third):
        cells = [names[n] if (n := row + third * column) < len(names) else "" for column in range(3)]
        lines.append(
            "| "
            + " | ".join(f"`{n}` | {manifest['marts'][n]['rows']:,}" if n else " | " for n in cells)
            + " |"
        )
    kinds: dict[str, list[int]] = {}
    for found in ask("where_facts_come_from"):
        told = kinds.setdefault(found["capture_kind"], [0, 0])
        told[0] += found["facts"]
        told[1] += found["documents"]
    told = ", ".join(
        f"{facts:,} on {documents} {kind} documents"
        for kind, (facts, documents) in sorted(kinds.items(), reverse=True)
    )
    sources = len(ask("sources_health"))
    lines += [
        "",
        f"{sources} sources. Facts by what they rest on: {told} (`chipwatch query --saved where_facts_come_from`).",
    ]
    return "\n".join(lines)


def fill(text: str, name: str, body: str) -> str:
    """The text with what stands between the two marks of `name` replaced."""
    filled, found = re.subn(
        rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)",
        lambda match: match[1] + body + match[2],
        text,
        flags=re.S,
    )
    if found != 1:
        raise SystemExit(f"{README}: the marks of {name} are not there once")
    return filled


def main(path: Path = README) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(fill(fill(text, "results", results()), "counts", counts()), encoding="utf-8")


if __name__ == "__main__":
    main()
