"""Markdown to a document: markup taken off, links, pipe tables and tables written in HTML kept apart."""

import re
from dataclasses import replace
from urllib.parse import urljoin

from scrapers.documents import Document, Link, Table
from scrapers.formats import html

_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,500})\]\(\s*<?([^\s()<>]{1,2000})>?(?:\s+[\"'][^\"'\n]{0,200}[\"'])?\s*\)"
)
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
_RULE = re.compile(r"^ {0,3}(?:[-*_]\s*){3,}$")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)([^*_`\n]{1,2000}?)(?<=\S)\1")
_BULLET = re.compile(r"^(\s*)[-*+]\s+")
_HTML_TABLE = re.compile(r"<table\b(?:(?!<table\b).)*?</table\s*>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"</?[a-zA-Z][\w-]{0,20}(?:\s[^<>\n]{0,300})?>")
_CONTAINER = re.compile(r"^:{3,}\s*")
_ASIDE = "\ue0f0table "
"""Opens a line that stands for a table written in HTML."""
_BARRED = re.compile(r"^\|[^|]{1,400}\|.{1,400}\|\s*$")
"""A row between bars; three of them are a table without a rule under its head."""
_DIVIDER = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")


def read(text: str, url: str = "") -> Document:
    """`title` is the first heading; a fenced block stays as it is."""
    title: str | None = None
    links: list[Link] = []
    tables: list[Table] = []
    out: list[str] = []
    embedded: list[str] = []

    def aside(block: re.Match[str]) -> str:
        embedded.append(block[0])
        return f"\n{_ASIDE}{len(embedded) - 1}\n"

    lines = _HTML_TABLE.sub(aside, text.replace(_ASIDE, "")).split("\n")
    fenced = False
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.lstrip().startswith("```"):
            fenced = not fenced
            at += 1
            continue
        if fenced or _RULE.match(line):
            out.append(line if fenced else "")
            at += 1
            continue
        if line.startswith(_ASIDE):
            context = next((previous for previous in reversed(out) if previous.strip()), "")
            for table in html.tables(embedded[int(line.removeprefix(_ASIDE))]):
                locator = f"table {len(tables) + 1}"
                rows_at = [f"{locator} row {n}" for n in range(1, len(table.rows) + 1)]
                tables.append(replace(table, locator=locator, context=context.strip(), row_locators=rows_at))
                out.extend(" | ".join(" ".join(cell.split()) for cell in row) for row in table.rows)
            at += 1
            continue
        ruled = "|" in line and at + 1 < len(lines) and _DIVIDER.match(lines[at + 1]) and "|" in lines[at + 1]
        if ruled or (
            _BARRED.match(line) and all(map(_BARRED.match, lines[at + 1 : at + 3])) and at + 2 < len(lines)
        ):
            context = next((previous for previous in reversed(out) if previous.strip()), "")
            rows = [_cells(line)]
            at += 2 if ruled else 1
            while at < len(lines) and "|" in lines[at]:
                rows.append(_cells(lines[at]))
                at += 1
            number = len(tables) + 1
            tables.append(
                Table(
                    rows=rows,
                    locator=f"table {number}",
                    context=context.strip(),
                    row_locators=[f"table {number} row {n}" for n in range(1, len(rows) + 1)],
                )
            )
            out.extend(" | ".join(row) for row in rows)
            continue
        if heading := _HEADING.match(line):
            line = heading[2]
            title = title or _plain(line, url, None)
        line = _CONTAINER.sub("", _TAGS.sub("", line)).replace("\\s", " ")
        out.append(_plain(_BULLET.sub(r"\1", line), url, links))
        at += 1
    return Document(
        text="\n".join(out),
        raw_text=text,
        title=title,
        tables=tables,
        links=links,
        media_type="text/markdown",
    )


def _plain(line: str, url: str, links: list[Link] | None) -> str:
    def unlink(match: re.Match[str]) -> str:
        if links is not None and not match[0].startswith("!"):
            links.append(Link(urljoin(url, match[2]), match[1]))
        return "" if match[0] == line.strip() and match[0].startswith("!") else match[1]

    line = _LINK.sub(unlink, line)
    return _EMPHASIS.sub(r"\2", line).lstrip("> ") if line.startswith(">") else _EMPHASIS.sub(r"\2", line)


def _cells(line: str) -> list[str]:
    return [_plain(cell.strip(), "", None) for cell in line.strip().strip("|").split("|")]
