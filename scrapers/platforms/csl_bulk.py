"""The Consolidated Screening List as one JSON file, regenerated daily; open, no key.

`https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.json` answers with `results[]`. The
list has no date of listing and drops what is removed, so first and last sight come from the captures. Footnotes are
glued to the end of `license_requirement` (`… of the EAR)4`). Of some 26,000 entries those are kept whose name or alias
holds one of the source's `keep` words: the firms of the AI-chip trade.
"""

import json
import re
from collections.abc import Iterable, Iterator

from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.records import Fact, Ground, Record
from scrapers.source import Source

VERSION = "1"
_FOOTNOTE = re.compile(r"\bEAR\.?\)?\s*([1245])\b\s*\.?$|[Ff]ootnote\s*([1245])")


def requests(source: Source) -> Iterable[Request]:
    """The file, whole."""
    return [Request(url=url, role="list") for url in source.list_urls()]


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """One row an entry that names a firm of `keep`."""
    wanted = re.compile(
        "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in source.keep),
        re.I,
    )
    for position, entry in enumerate(json.loads(capture.content).get("results", [])):
        names = [entry.get("name") or "", *(entry.get("alt_names") or [])]
        if not any(wanted.search(name) for name in names):
            continue
        requirement = entry.get("license_requirement") or ""
        footnote = _FOOTNOTE.search(requirement)
        countries = sorted({a.get("country") or "" for a in entry.get("addresses") or []} - {""})
        yield Fact(
            table="core_restrictions__listed_entities",
            values={
                "entity_key": str(
                    entry.get("id") or entry.get("entity_number") or f"{entry.get('source')}/{names[0]}"
                ),
                "entity_name": names[0],
                "alt_names": "; ".join(names[1:]) or None,
                "list_name": entry.get("source"),
                "countries": ", ".join(countries) or None,
                "license_requirement": requirement or None,
                "license_policy": entry.get("license_policy"),
                "footnote": (footnote[1] or footnote[2]) if footnote else None,
                "federal_register_notice": entry.get("federal_register_notice"),
            },
            ground=Ground(quote=names[0], locator=f"$.results[{position}]", url=entry.get("source_list_url")),
        )
