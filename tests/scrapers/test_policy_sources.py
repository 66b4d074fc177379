"""The places watched: every bundled page is reached from its list, and what is read of it is what the document grants."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from scrapers.archive import GOOD, Archive
from scrapers.collect import Outcome, ReplayClient, collect
from scrapers.records import Policy, SupportClause
from scrapers.source import Source, discover

PLACES = [
    source
    for source in discover()
    if source.domain == "policy" and source.platform not in ("curated", "govcn_library")
]
GRANTED = Path(__file__).with_name("policy_pages.tsv")
"""What the documents grant, read by a person: source, page, instrument, kind and value of each clause, and whose it is."""

Clause = tuple[str, str, str, str, float, str]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    return {source.folder.name: collect(source, ReplayClient(), archive, run_id="test") for source in PLACES}


def granted() -> list[Clause]:
    with GRANTED.open(encoding="utf-8", newline="") as file:
        return [
            (
                row["source"],
                row["page"],
                row["instrument"],
                row["clause_kind"],
                float(row["value"]),
                row["side"],
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def read(outcomes: dict[str, Outcome]) -> list[Clause]:
    return [
        (name, landed.origin.source_url.split("?")[0].rsplit("/", 1)[-1], c.instrument, c.clause_kind, round(c.value, 2), c.side)
        for name, outcome in outcomes.items()
        for landed in outcome.records
        if isinstance(c := landed.record, SupportClause) and c.refusal is None
    ]  # fmt: skip


def test_thirty_jurisdictions() -> None:
    assert len({source.place for source in PLACES}) >= 30
    assert {source.confidence for source in PLACES} == {"A", "B", "C"}


@pytest.mark.parametrize("source", PLACES, ids=lambda source: source.folder.name)
def test_every_page_is_reached_and_belongs_to_the_place(source: Source, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[source.folder.name]
    assert outcome.reason is None
    assert [attempt.url for attempt in outcome.attempts if attempt.outcome not in GOOD] == []
    assert [issue.message for issue in outcome.issues if issue.level == "error"] == []
    codes = {
        landed.record.jurisdiction_code for landed in outcome.records if isinstance(landed.record, Policy)
    }
    assert codes == {source.place}


def test_a_page_says_where_the_words_come_from(outcomes: dict[str, Outcome]) -> None:
    """A bundled page restates a document: the fact leads to the document, the capture to the page."""
    for outcome in outcomes.values():
        cites = {page.url: page.cites for page in outcome.source.pages() if page.cites}
        for landed in outcome.records:
            if (document := cites.get(landed.origin.source_url)) is not None:
                assert landed.record.ground.url == document


def test_attachments_belong_to_their_notice(outcomes: dict[str, Outcome]) -> None:
    keys = defaultdict(set)
    for name in ("beijing", "dongguan", "hangzhou", "shenzhen"):
        for landed in outcomes[name].records:
            if isinstance(landed.record, SupportClause):
                keys[landed.origin.source_url.rsplit(".", 1)[-1]].add(
                    landed.record.document_key.rsplit("/", 1)[-1]
                )
    assert keys["docx"] == {"t20260214_4516700.html", "art_0_0000002.html", "post_12764271.html"}
    assert keys["pdf"] == {"post_00000001.html"}


def test_clauses_read_are_the_clauses_granted(outcomes: dict[str, Outcome]) -> None:
    """Kind, value and side of each; a floor rather than equality, since the reader is developed on other documents."""
    wanted = {(s, page, kind, value, side) for s, page, _, kind, value, side in granted()}
    found = {(s, page, kind, value, side) for s, page, _, kind, value, side in read(outcomes)}
    missed, extra = sorted(wanted - found), sorted(found - wanted)
    right = len(wanted & found)
    report = "\n".join([*(f"missed {c}" for c in missed), *(f"not granted {c}" for c in extra)])
    assert right / len(wanted) >= 0.85, report
    assert right / len(found) >= 0.85, report
    print(f"{right} of {len(wanted)} granted, {len(extra)} not granted\n{report}")
