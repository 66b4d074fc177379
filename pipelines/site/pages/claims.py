"""Printed claims against the records."""

from collections.abc import Iterator

from pipelines.site import words as w
from pipelines.site.answers import Answers
from pipelines.site.blocks import Page


def pages(answers: Answers) -> Iterator[Page]:
    answer = answers.ask("claims")
    verdicts = answers.ask("claim_verdicts")
    said = w.listed([f"{row['claims']} {row['verdict']}" for row in verdicts.rows])
    yield Page(
        "claims.html",
        "Claims",
        "claims",
        "Does what the press printed hold?",
        f"Each claim is put to the records with a query; the verdict follows from what the query returns. Of "
        f"{w.counted(len(answer.rows), 'claim')}: {said}." if answer else "No claim is on record yet.",
        template="claims.html.j2",
        context={"answer": answer},
    )  # fmt: skip
