"""Files to documents: HTML, plain text, Markdown, JSON, CSV, XLSX, DOCX and PDF.

`read(content, name=…, url=…, content_type=…) -> Document` sniffs the format from the first bytes, then the
declared type, then the name; a file that cannot be read raises `UnreadableFile` with one line naming it.

The modules `pdf` and `office` offer `read(content: bytes, label: str) -> Document` with the text as printed and raise
`UnreadableFile`; repair of text, title and cells happens here, once for all formats.
"""

import csv
import dataclasses
import io
import json
import re
import zipfile
from importlib import import_module
from typing import Literal, Protocol, cast

from scrapers.documents import Document, Link, Table
from scrapers.text.charset import CharsetError, decode
from scrapers.text.repair import repair, simplify, undo_mojibake

Format = Literal["html", "text", "markdown", "json", "csv", "xlsx", "docx", "pdf"]

MEDIA_TYPES: dict[Format, str] = {
    "html": "text/html",
    "text": "text/plain",
    "markdown": "text/markdown",
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_BY_SUFFIX: dict[str, Format] = {
    "html": "html",
    "htm": "html",
    "shtml": "html",
    "xhtml": "html",
    "txt": "text",
    "text": "text",
    "md": "markdown",
    "markdown": "markdown",
    "json": "json",
    "csv": "csv",
    "tsv": "csv",
    "xlsx": "xlsx",
    "xls": "xlsx",
    "et": "xlsx",
    "docx": "docx",
    "pdf": "pdf",
}
_BY_MEDIA_TYPE: dict[str, Format] = {
    **{media_type: name for name, media_type in MEDIA_TYPES.items()},
    "application/xhtml+xml": "html",
    "text/json": "json",
    "text/x-markdown": "markdown",
    "application/vnd.ms-excel": "xlsx",
    "text/tab-separated-values": "csv",
}
_PIPED = re.compile(
    rb"^\|.{1,400}\|[ \t\r]*\n\|(?:(?:[ :]*-{2,}[ :]*\|)+|.{1,400}\|[ \t\r]*\n\|.{1,400}\|)[ \t\r]*$", re.M
)
"""A table of Markdown in a file that calls itself plain text: a rule under its head, or three rows between bars."""
_HTML_START = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|p|table|title|h[1-6]|script|article|section|ul|ucapcontent)\b", re.I | re.S)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class UnreadableFile(Exception):
    """A file that cannot be opened as what it is. The message is one line naming the file and the reason."""


def sniff(content: bytes, name: str = "", url: str = "", content_type: str = "") -> Format:
    """The format of a file: by its first bytes, then the declared type, then the suffix of name or URL, then text."""
    label = name or url or "file"
    if content.startswith(b"%PDF-") or b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content, label)
    suffix = _suffix(name) or _suffix(url)
    if content.startswith(_OLE):
        if suffix in ("xls", "et"):
            return "xlsx"
        raise UnreadableFile(f"{label}: old binary Office file; save it as .docx or .xlsx")
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf")):
        raise UnreadableFile(f"{label}: an image or archive, not a text")
    head = content[:4096].lstrip(b"\xef\xbb\xbf")
    if _HTML_START.match(head):
        return "html"
    declared = _BY_MEDIA_TYPE.get(content_type.partition(";")[0].strip().lower())
    by_name = _BY_SUFFIX.get(suffix)
    for guess in (declared if declared != "text" else None, by_name):
        if guess in ("pdf", "xlsx", "docx"):
            raise UnreadableFile(f"{label}: named {guess}, but its bytes are not")
        if guess is not None and guess != "text":
            return guess
    if head.lstrip()[:1] in (b"{", b"[") and _is_json(content):
        return "json"
    return "markdown" if _PIPED.search(content) else "text"


def read(content: bytes, name: str = "", url: str = "", content_type: str = "") -> Document:
    """Opens a file of any supported format; text and table cells come repaired, `raw_text` is the page as printed.

    `UnreadableFile` when the bytes are empty, damaged, of an unsupported kind, or no text in any charset.
    """
    label = name or url or "file"
    if not content.strip():
        raise UnreadableFile(f"{label}: empty")
    kind = sniff(content, name, url, content_type)
    if kind == "pdf":
        return repaired(_module("pdf").read(content, label))
    if kind == "xlsx" or kind == "docx":
        return repaired(_module("office").read(content, label))
    text = text_of(content, label, content_type)
    if kind == "html":
        from scrapers.formats import html

        return repaired(html.read(text, url))
    if kind == "markdown":
        from scrapers.formats import markdown

        return repaired(markdown.read(text, url))
    if kind == "json":
        return Document(text=text, raw_text=text, media_type=MEDIA_TYPES["json"])
    if kind == "csv":
        return repaired(_csv(text))
    return repaired(Document(text=text, raw_text=text, media_type=MEDIA_TYPES["text"]))


def links(content: bytes, name: str = "", url: str = "", content_type: str = "") -> list[Link]:
    """The links of a page, without reading its text; none for any other kind of file."""
    if sniff(content, name, url, content_type) != "html":
        return []
    from scrapers.formats import html

    return html.links(text_of(content, name or url or "file", content_type), url)


class _Reader(Protocol):
    def read(self, content: bytes, label: str) -> Document: ...


def _module(name: str) -> _Reader:
    """Late import: the libraries behind PDF and Office files are heavy, and most captures are pages."""
    return cast(_Reader, import_module(f"scrapers.formats.{name}"))


def text_of(content: bytes, label: str, content_type: str = "") -> str:
    """The characters of a text file. A page that was encoded twice is turned back."""
    reason: CharsetError | None = None
    try:
        text, charset = decode(content, content_type)
    except CharsetError as error:
        text, charset, reason = "", "gb18030", error
    if charset == "gb18030":
        try:
            twice = content.decode("utf-8")
        except UnicodeDecodeError:
            twice = ""
        if (undone := undo_mojibake(twice)) != twice:
            return undone
    if reason is not None:
        raise UnreadableFile(f"{label}: {reason}")
    return text


def repaired(document: Document) -> Document:
    """The document with repaired text, title and cells; cells are changed only in the ways the text was."""
    text, repairs = repair(document.text)
    needed = {"traditional", "pinyin", "mojibake", "fullwidth", "entities"} & set(repairs)

    def short(part: str) -> str:
        part = repair(part).text if needed else part
        return simplify(part) if "traditional" in needed else part

    tables = document.tables
    if needed:
        tables = [
            dataclasses.replace(
                table,
                rows=[[short(cell) for cell in row] for row in table.rows],
                context=short(table.context),
            )
            for table in document.tables
        ]
    return dataclasses.replace(
        document,
        text=text,
        title=(short(document.title).strip() or None) if document.title else None,
        tables=tables,
        repairs=tuple(dict.fromkeys([*document.repairs, *repairs])),
    )


def _suffix(address: str) -> str:
    path = re.split(r"[?#]", address, maxsplit=1)[0].rsplit("/", 1)[-1]
    return path.rsplit(".", 1)[-1].lower() if "." in path else ""


def _zipped(content: bytes, label: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        raise UnreadableFile(f"{label}: damaged zip container") from None
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    raise UnreadableFile(f"{label}: a zip archive that is neither DOCX nor XLSX")


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True


def _csv(text: str) -> Document:
    first = next((line for line in text.splitlines() if re.search(r"[,\t;|]", line)), "")  # below a title
    delimiter = max(",\t;|", key=first.count)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    table = Table(rows=rows, locator="table 1", row_locators=[f"row {n}" for n in range(1, len(rows) + 1)])
    return Document(text=text, raw_text=text, tables=[table] if rows else [], media_type=MEDIA_TYPES["csv"])
