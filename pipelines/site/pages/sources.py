"""Sources: which are alive, how old their newest content is, what they complained of; and a page for each."""

from collections.abc import Iterator

from pipelines.site import words as w
from pipelines.site.answers import Answers, Row
from pipelines.site.blocks import Bar, Bars, Cell, Column, Figure, Filter, Page, Table
from pipelines.site.pages.cells import kind_cell, source_cell, source_path
from pipelines.site.pages.programmes import grouped

QUOTES = 4
AGE_LIMIT = 10_000  # a source with a larger `quiet_days` is a closed list: it never goes stale


def pages(answers: Answers) -> Iterator[Page]:
    answer = answers.ask("source_health")
    official = sum(bool(row["is_official"]) for row in answer.rows)
    yield Page(
        "sources.html",
        "Sources",
        "sources",
        "Is every source alive, and how old is it?",
        f"{w.counted(len(answer.rows), 'source')} feed the records, {official} of them official. A source is stale when its "
        f"newest content is older than its own limit, not when it was last asked. Ages are counted to {w.day(answers.as_of)}.",
        [ages(answers), kinds(answers), health(answers), issues(answers)],
    )
    yield from detail_pages(answers)


def share_of_limit(row: Row) -> float | None:
    """Age of the newest content as a share of what the source allows itself; null for closed lists."""
    if row["content_age_days"] is None or not row["quiet_days"] or row["quiet_days"] > AGE_LIMIT:
        return None
    return float(row["content_age_days"]) / float(row["quiet_days"])


def staleness(answers: Answers) -> str:
    """One sentence: which sources are stale or failed, else which comes nearest to it."""
    rows = answers.ask("source_health").rows
    bad = [f"{row['source_id']} ({row['status']})" for row in rows if row["status"] in ("stale", "failed")]
    if bad:
        rest = f" and {len(bad) - 3} more" if len(bad) > 3 else ""
        return f"{len(bad)} of {w.counted(len(rows), 'source')} {'is' if len(bad) == 1 else 'are'} stale or failed: {', '.join(bad[:3])}{rest}"
    aged = [(share, row) for row in rows if (share := share_of_limit(row)) is not None]
    if not aged:
        return "No source has content with a date yet"
    share, row = max(aged, key=lambda pair: (pair[0], pair[1]["source_id"]))
    return (
        f"No source is stale; the nearest to its limit is {row['source_id']}, {row['content_age_days']} days old of "
        f"{row['quiet_days']} allowed"
    )


def ages(answers: Answers) -> Figure:
    answer = answers.ask("source_health")
    shares = sorted(
        ((share, row) for row in answer.rows if (share := share_of_limit(row)) is not None),
        key=lambda pair: (-pair[0], pair[1]["source_id"]),
    )
    widest = max([1.0, *(share for share, _ in shares)])
    bars = [
        Bar(
            Cell(row["source_id"], href=source_path(row["source_id"])),
            [
                (
                    "c2" if share > 1 else "c3" if share > 0.8 else "c1",
                    100 * share / widest,
                    f"{share:.0%} of its limit",
                )
            ],
            f"{row['content_age_days']} of {row['quiet_days']} days",
        )
        for share, row in shares[:16]
    ]
    return Figure(
        "age", "Age", staleness(answers), answer, Bars(bars, [("c1", "within its limit"), ("c3", "above 80 % of it"), ("c2", "stale")]),
        "Age of the newest content as a share of the age at which the source counts as stale; the 16 nearest to it.",
        "Closed lists, which never change, are left out.", ("Q10",),
    )  # fmt: skip


def kinds(answers: Answers) -> Figure:
    answer = answers.ask("capture_kinds")
    total = sum(row["records"] or 0 for row in answer.rows)
    live = sum(row["records"] or 0 for row in answer.rows if row["capture_kind"] == "live")
    title = "Nothing is archived yet"
    if answer:
        top = max(answer.rows, key=lambda row: row["records"] or 0)
        title = (
            f"{live / total:.0%} of the records were fetched live; most, {(top['records'] or 0) / total:.0%}, are {top['capture_kind']}"
            if total else "The archived documents hold no record yet"
        )  # fmt: skip
    meaning = {
        "live": "fetched from the publisher’s own address",
        "reconstructed": "bundled page: the publisher’s structure and figures, our wording",
        "curated": "row typed in by hand with its source’s address",
    }
    table = Table(
        "kinds-table", "kinds",
        [
            Column("Kept as", lambda r: kind_cell(r["capture_kind"])),
            Column("Which means", lambda r: meaning.get(r["capture_kind"], ""), wide=True),
            Column("Documents", lambda r: Cell(w.number(r["documents"])), numeric=True),
            Column("Records", lambda r: Cell(w.number(r["records"])), numeric=True),
            Column("Sources", lambda r: Cell(w.number(r["sources"])), numeric=True),
        ],
        answer.rows,
    )  # fmt: skip
    return Figure(
        "kinds", "Kinds of capture", title, answer, table, "What the archived documents are.",
        "Every fact on this site carries one of these words, and every row of the published tables too.", ("Q9", "Q10"),
    )  # fmt: skip


def health(answers: Answers) -> Figure:
    answer = answers.ask("source_health")
    ok = sum(row["status"] == "ok" for row in answer.rows)
    table = Table(
        "sources-table", "sources",
        [
            Column("Source", lambda r: Cell(r["title"], r["source_id"], source_path(r["source_id"])), wide=True),
            Column("Publisher", lambda r: Cell(r["publisher_name_en"], r["publisher_name"] if r["publisher_name"] != r["publisher_name_en"] else None)),
            Column("Status", lambda r: Cell(w.label(r["status"]), pill=f"health-{r['status']}", title=r["reason"])),
            Column("Newest content", lambda r: Cell(w.day(r["newest_content_date"])), numeric=True),
            Column("Age, days", lambda r: Cell(w.number(r["content_age_days"])), numeric=True),
            Column("Limit, days", lambda r: Cell("closed list" if r["quiet_days"] > AGE_LIMIT else w.number(r["quiet_days"])), numeric=True),
            Column("Records", lambda r: Cell(w.number(r["records"])), numeric=True),
            Column("Issues", lambda r: Cell(w.number((r["issues_error"] or 0) + (r["issues_warning"] or 0))), numeric=True),
            Column("Asked", lambda r: w.label(r["cadence"])),
            Column("Kept as", lambda r: kind_cell(r["capture_kinds"])),
        ],
        answer.rows,
        [
            Filter("Domain", lambda r: w.label(r["domain"])),
            Filter("Status", lambda r: w.label(r["status"])),
            Filter("Official", lambda r: "Official" if r["is_official"] else "Not official"),
            Filter("Kept as", lambda r: r["capture_kinds"] or w.NOTHING),
        ],
        search=True,
    )  # fmt: skip
    return Figure(
        "health", "All sources", f"{ok} of {w.counted(len(answer.rows), 'source')} answered and are within their limit"
        if answer else "No source is on record yet", answer, table,
        "Each name leads to what the source holds, the pages kept from it and the words read there.", "", ("Q10",),
    )  # fmt: skip


def issues(answers: Answers) -> Figure:
    answer = answers.ask("source_issues")
    errors = sum(row["occurrences"] or 0 for row in answer.rows if row["level"] == "error")
    table = Table(
        "issues-table", "issues",
        [
            Column("Level", lambda r: Cell(r["level"], pill=f"level-{r['level']}")),
            Column("Source", lambda r: Cell(r["source_id"], href=source_path(r["source_id"]))),
            Column("Code", lambda r: Cell(r["code"])),
            Column("Message", lambda r: Cell(r["message"]), wide=True),
            Column("Times", lambda r: Cell(w.number(r["occurrences"])), numeric=True),
            Column("Page", lambda r: source_cell({"source_url": r["url"]})),
        ],
        answer.rows,
        [Filter("Level", lambda r: r["level"])],
    )  # fmt: skip
    return Figure(
        "issues", "Issues", f"{w.counted(len(answer.rows), 'thing')} could not be read as expected, {errors} of them errors"
        if answer else "Nothing was left unread", answer, table,
        "Values that no rule covers are reported, never guessed.", "", ("Q10",),
    )  # fmt: skip


def detail_pages(answers: Answers) -> Iterator[Page]:
    documents: dict[str, list[Row]] = {}
    for row in answers.rows("select * from documents order by last_seen_at desc, source_url, capture_sha256"):
        documents.setdefault(row["source_id"], []).append(row)
    held: dict[str, list[Row]] = {}
    for row in answers.rows(
        "select source_id, fact_table, count(*) as facts from evidence group by all order by facts desc, fact_table"
    ):
        held.setdefault(row["source_id"], []).append(row)
    quotes: dict[str, list[Row]] = {}
    for row in answers.rows(
        f"select source_id, fact_table, fact_key, quote, locator, source_url, capture_kind from evidence "
        f"qualify row_number() over (partition by source_id order by last_seen_at desc, source_url, fact_table, fact_key) <= {QUOTES} "
        f"order by source_id, fact_table, fact_key"
    ):
        quotes.setdefault(row["source_id"], []).append(row)
    issues: dict[str, list[Row]] = {}
    for row in answers.ask("source_issues").rows:
        issues.setdefault(row["source_id"], []).append(row)
    for source in answers.rows("select * from source_status order by source_id"):
        name = source["source_id"]
        yield Page(
            source_path(name),
            source["title"],
            "sources",
            source["title"],
            source["summary"],
            template="source.html.j2",
            context={
                "source": source,
                "documents": documents.get(name, []),
                "held": held.get(name, []),
                "quotes": grouped(quotes.get(name, [])),
                "issues": issues.get(name, []),
                "closed": source["quiet_days"] > AGE_LIMIT,
                "sql": f"select * from evidence where source_id = '{name}'",
            },
        )
