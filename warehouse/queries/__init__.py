"""Saved queries: plain SQL files over the marts, each with a header that says what it answers.

A header is a block of `--` lines at the top of the file: `question:` what a reader asks, `answers:` the questions of
the design it serves (`Q1` … `Q11`), one `column:` line an output column (`name: meaning`), and one `variable:` line
for each value a reader may set (`name: meaning; default`). A variable is DuckDB's own (`getvariable('chip')`) and its
default stands in the SQL, so that the file runs as it is in any DuckDB client.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_HEADER = re.compile(r"--\s*(question|answers|column|variable):\s*(.+)")


class QueryFileError(Exception):
    """A saved query's header is not right. One line with file and reason."""


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """`columns` and `variables` map names to meanings; `sql` is the whole file, header included."""

    name: str
    question: str
    answers: tuple[str, ...]
    columns: dict[str, str]
    variables: dict[str, str]
    sql: str

    @property
    def body(self) -> str:
        """The SQL without its header."""
        return "\n".join(line for line in self.sql.splitlines() if not line.startswith("--")).strip()


@cache
def saved() -> dict[str, SavedQuery]:
    """Every saved query by name, in the order of the questions they answer; `QueryFileError` for a bad header."""
    found = [read(path) for path in FOLDER.glob("*.sql")]
    found.sort(key=lambda query: (int(query.answers[0][1:]), query.name))
    return {query.name: query for query in found}


def read(path: Path) -> SavedQuery:
    """One saved query from its file."""
    text = path.read_text(encoding="utf-8")
    question = ""
    answers: tuple[str, ...] = ()
    columns: dict[str, str] = {}
    variables: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        match = _HEADER.fullmatch(line.strip())
        if match is None:
            raise QueryFileError(f"{path.name}: not a header line: {line}")
        kind, value = match[1], match[2].strip()
        if kind == "question":
            question = value
        elif kind == "answers":
            answers = tuple(part.strip() for part in value.split(","))
        else:
            name, _, meaning = value.partition(":")
            (columns if kind == "column" else variables)[name.strip()] = meaning.strip()
    if not question or not columns:
        raise QueryFileError(f"{path.name}: the header needs a question and its columns")
    if not answers or not all(re.fullmatch(r"Q([1-9]|1[01])", answer) for answer in answers):
        raise QueryFileError(f"{path.name}: `answers:` must name Q1 to Q11")
    return SavedQuery(path.stem, question, answers, columns, variables, text)
