"""The eCFR versioner as a sentinel: has the text of the export classification changed since a person read it?

`GET /api/versioner/v1/versions/title-15.json?part=774` answers with `content_versions[]` of `date`, `identifier`,
`name`, `part`, `substantive`, `type`. Each date of Supplement No. 1 that `reviewed` in source.yml does not hold is an
issue that names it: rules are not read by machine, their rows are curated (see the runbook in the source of the
events).
"""

import json
from collections.abc import Iterable, Iterator

from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.records import Fact, Ground, Record
from scrapers.source import Source

VERSION = "1"
SUPPLEMENT = "Supplement No. 1"


def requests(source: Source) -> Iterable[Request]:
    """The amendment dates of part 774 of title 15."""
    return [Request(url=url, role="list", params=(("part", "774"),)) for url in source.list_urls()]


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """One row a version of the supplement; an unreviewed one is also an issue."""
    answer = json.loads(capture.content)
    dates: dict[str, bool] = {}
    for version in answer.get("content_versions", []):
        if SUPPLEMENT in f"{version.get('identifier', '')} {version.get('name', '')}":
            dates[version["date"]] = dates.get(version["date"], False) or bool(version.get("substantive"))
    for date, is_substantive in sorted(dates.items()):
        reviewed = date in source.reviewed
        yield Fact(
            table="core_restrictions__regulation_versions",
            values={
                "citation": "15 CFR 774 Supp. 1",
                "version_date": date,
                "is_substantive": str(is_substantive).lower(),
                "is_reviewed": str(reviewed).lower(),
            },
            ground=Ground(quote=f"{SUPPLEMENT} to Part 774, {date}", locator=f"version {date}"),
        )
        if not reviewed:
            yield Issue(
                level="warning",
                code="unreviewed-version",
                locator=f"version {date}",
                message=f"15 CFR 774 Supp. 1 changed on {date}: compare 3A090 and 4A090 with the rule versions, then add the date to `reviewed`",
            )
