"""What went wrong, said once in one form."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One thing a reader of the data should know about a source or a document.

    `code` is a stable kebab-case word (`unknown-chip`, `no-unit`, `cut-clause`, `blocked`); `locator` says where in
    the document; `message` is one line with the offending sample. A parser yields issues beside its records and
    never raises for bad content.
    """

    level: Level
    code: str
    message: str
    source: str = ""
    url: str = ""
    locator: str = ""
