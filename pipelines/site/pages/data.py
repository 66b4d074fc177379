"""The data behind the site: tables with their files, the saved queries, and every query the site runs."""

from collections.abc import Iterator

from pipelines.site.answers import Answers
from pipelines.site.blocks import Page
from warehouse.queries import saved
from warehouse.schema import marts


def pages(answers: Answers) -> Iterator[Page]:
    rows = {
        mart.name: answers.rows(f"select count(*) as n from {mart.name}")[0]["n"]
        for mart in marts()
        if mart.name in answers.there
    }
    yield Page(
        "data.html",
        "Data and queries",
        "data",
        "Take the data, check the numbers",
        "Every table as CSV and Parquet, one DuckDB file with all of them, and the SQL of every figure on this site.",
        template="data.html.j2",
        context={
            "marts": [mart for mart in marts() if mart.name in answers.there],
            "rows": rows,
            "saved": list(saved().values()),
            "kinds": answers.kinds,
        },
    )
