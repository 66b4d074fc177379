"""What a file says once it is opened: repaired text, tables, metadata and links, whatever the format was.

`scrapers.formats.read` makes one from bytes; `scrapers.extract` reads facts out of one.
"""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cell texts. `locator` names the place (`table 2`, `page 3 table 1`, `sheet 备案`); `context` is the text
    right before the table (section title, caption); `rows[0]` is the header only where the source marks one, else
    readers decide. Merged cells are repeated."""

    rows: list[list[str]]
    locator: str
    context: str = ""
    row_locators: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """`text` is the repaired main text, to which all offsets refer; `meta` holds page metadata under lower-case keys
    (`articletitle`, `pubdate`, `contentsource` ...); `media_type` is the sniffed type; `repairs` names what was done
    (`traditional`, `pinyin`, `mojibake`, `fullwidth`, `spam`)."""

    text: str
    title: str | None = None
    meta: dict[str, str] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    media_type: str = "text/plain"
    repairs: tuple[str, ...] = ()
    raw_text: str = ""
    """All visible text of the page, navigation included, before the main text was chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a reader may know beside the document itself. `date` is the capture's day: a parser has no clock."""

    document_key: str
    url: str = ""
    date: dt.date | None = None
    platform_id: str | None = None
    place: str | None = None
    """GB/T 2260 code of the source's jurisdiction, where the source belongs to one."""
    is_official: bool | None = None
    options: dict[str, object] = field(default_factory=dict)
    """Declared by the source: page default unit, JSON paths, divisors."""
