"""English sentences about approvals: what their clauses say, and which services and makers they name."""

import datetime as dt

import pytest

from scrapers import formats
from scrapers.documents import Context
from scrapers.extract.filings import english_clauses, english_items, read
from scrapers.records import Filing, FilingCount


def _said(words: str) -> list[str | None]:
    row = english_clauses.tokens(words, 0, len(words))
    return [
        english_clauses.said(row, clause, goes_on=False).status for clause in english_clauses.clauses(row)
    ]


@pytest.mark.parametrize(
    ("words", "statuses"),
    [
        ("Larch won approval for Luming.", ["done"]),
        ("Larch hopes to win approval for Luming.", ["undone"]),
        ("Larch was the first firm to win approval for a chatbot.", ["done"]),
        ("Luming was approved, while Qingqiu is waiting for clearance.", ["done", "undone"]),
        ("Luming, which has not been filed, is free.", [None, "undone"]),
        ("Luming, approved in May, will open next week.", [None, "done"]),
        ("Larch will open its bot after receiving approval.", ["done"]),
        ("Firms must launch their bots after receiving approval.", ["undone"]),
        ("The filing of Luming was revoked.", ["undone"]),
        ("Larch filed for an IPO.", [None]),
        ("Larch has 30 million registered users.", [None]),
    ],
)
def test_whether_an_approval_was_given_is_told_for_each_clause(
    words: str, statuses: list[str | None]
) -> None:
    assert sorted(map(str, _said(words))) == sorted(map(str, statuses))


@pytest.mark.parametrize(
    ("words", "maker", "name"),
    [
        ("Larch's language model Luming is new.", "Larch", "Luming"),
        ("Luming (Larch Technology) is new.", "Larch Technology", "Luming"),
        ("Luming, a chatbot developed by Larch, is new.", "Larch", "Luming"),
        ("Luming, Larch's travel companion, is new.", "Larch", "Luming"),
        ("Larch, whose chatbot Luming is new, grew.", "Larch", "Luming"),
        ("“Luming” of Chengdu Larch is new.", "Chengdu Larch", "Luming"),
        ("The Suzhou Academy of Sciences' Luming is new.", "Suzhou Academy of Sciences", "Luming"),
    ],
)
def test_a_service_and_its_maker(words: str, maker: str, name: str) -> None:
    row = english_clauses.tokens(words, 0, len(words))
    pairs = [(item.maker, item.name) for item in english_items.items(row) if item.sort == "service"]
    assert pairs == [(maker, name)]


def _read(text: str, day: dt.date | None = None) -> list[tuple[str, str, str | None, dt.date | None]]:
    document = formats.read(text.encode(), name="x.txt")
    return [
        (item.kind, item.model_name, item.entity_name, item.filed_date)
        for item in read(document, Context(document_key="x", date=day))
        if isinstance(item, Filing)
    ]


def test_a_firm_that_won_approval_is_no_service() -> None:
    assert _read("Among the six firms that got the nod are Larch Technology, Rowan Group and BYD.") == []


def test_what_it_speaks_of_stands_in_the_sentence_before() -> None:
    text = "Luming is a chatbot developed by Larch. It was tested for a year and received approval on 3 May 2024."
    assert _read(text) == [("filing", "Luming", "Larch", dt.date(2024, 5, 3))]


def test_what_a_service_calls_was_not_approved() -> None:
    found = _read(
        "Larch's Luming, built on Rowan's Shuyu, was filed in June; the company has since filed Qingqiu."
    )
    assert [(name, maker) for _, name, maker, _ in found] == [("Luming", "Larch"), ("Qingqiu", "Larch")]


def test_the_weekday_of_an_approval_is_the_last_before_the_page() -> None:
    found = _read("The chatbot Luming was cleared on Thursday.", dt.date(2024, 5, 6))
    assert found == [("filing", "Luming", None, dt.date(2024, 5, 2))]


@pytest.mark.parametrize(
    "text",
    [
        "Is Luming approved?",
        "Larch's bot Luming (filing under way) is on the approved list.",
        "Larch's chatbot Luming runs on a model that was filed in May.",
        "Regulators struck Luming, a chatbot of Larch, off the list of approved services.",
    ],
)
def test_no_approval_is_told(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize(
    ("text", "total", "new"),
    [
        ("Ningxia plans to have 40 models on file; 9 models have been filed.", 9, None),
        (
            "Between 1 May and 30 June 7 services were filed in Ningxia, so that 21 services are now on file.",
            21,
            7,
        ),
        ("Ningxia's three most popular filed models are free.", None, None),
    ],
)
def test_totals_of_a_sentence(text: str, total: int | None, new: int | None) -> None:
    document = formats.read(text.encode(), name="x.txt")
    items = read(document, Context(document_key="x", date=dt.date(2025, 7, 2)))
    rows = [(one.total_filed, one.new_in_period) for one in items if isinstance(one, FilingCount)]
    assert rows == ([(total, new)] if total else [])


def test_a_line_without_an_end_is_read_in_pieces() -> None:
    words = "Luming, Shuyu and Larch Technology, " * 200
    pieces = list(english_clauses.sentences(words, 0, len(words)))
    assert max(end - start for start, end in pieces) <= 1200
    assert "".join(words[start:end] for start, end in pieces).strip() == words.strip()
