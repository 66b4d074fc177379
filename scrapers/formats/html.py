"""HTML to a document: main text by the containers government systems use, page tags, tables and links.

The containers are tried in the order of how surely they hold the text and nothing else; trafilatura is the fallback
for pages without one. Page tags (annex of 国办发〔2017〕47号, and GB/T 42147) are read in any letter case.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import lxml.html

from scrapers.documents import Document, Link, Table

_SKIP = frozenset(
    ["script", "style", "noscript", "template", "iframe", "select", "button", "svg", "head", "object"]
)
_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "ucapcontent",
        "ucaptitle",
        "caption",
    ]
)
_GAP = re.compile(r"[ \t\r\n\f\xa0]+")
_HAN_BREAK = re.compile(r"(?<=[\u3400-\u9fff，。；：、）])[ \t]*[\r\n]\s*(?=[\u3400-\u9fff，。；：、（0-9])")
_BLANK_LINES = re.compile(r"\s*\n\s*")

# Names of containers, surest first: by tag, id or class, letter case ignored.
CONTAINERS = (
    "ucapcontent",
    "ucap-content",
    "pages_content",
    "trs_editor_view",
    "trs_ueditor",
    "trs_editor",
    "trs_preappend",
    "js_content",
    "zoomcon",
    "zoom",
    "arc_cont",
    "news_cont_d_wrap",
    "article-content",
    "article_content",
    "wp_articlecontent",
    "v_news_content",
    "j-fontcontent",
    "xxgk_content",
    "zwgk_content",
    "gkml_content",
    "bt-content",
    "wzcon",
    "con_text",
    "artibody",
    "art_content",
    "articlecontent",
    "article-body",
    "post_content",
    "post-content",
    "entry-content",
    "detail-content",
    "detail_content",
    "news_content",
    "news-content",
    "newscontent",
    "rich_media_content",
    "article",
)
_RANK = {name: rank for rank, name in enumerate(CONTAINERS)}
_ENOUGH = 60
"""Letters a container must hold to be taken for the main text."""

_TITLE_TAIL = re.compile(r"\s*[-_|–—]+\s*[^-_|–—]{2,30}$")


def read(text: str, url: str = "") -> Document:
    """The document of a page. `text` and `raw_text` are not yet repaired. Links are absolute where `url` is known."""
    root = _root(text)
    meta: dict[str, str] = {}
    heading: Any = None
    page_title: str | None = None
    best: tuple[int, Any] | None = None
    links: list[Link] = []
    table_nodes: list[Any] = []
    for node in root.iter():
        tag = node.tag
        if not isinstance(tag, str):
            continue
        if tag == "meta":
            key = node.get("name") or node.get("property") or node.get("itemprop")
            value = node.get("content")
            if key and value and value.strip():
                meta.setdefault(key.strip().lower(), value.strip())
            continue
        if tag == "title" and page_title is None:
            page_title = _line(node)
        elif tag == "h1" and heading is None and _line(node):
            heading = node
        elif tag == "a":
            links.extend(_link(node, url))
        elif tag in ("table", "dl"):
            table_nodes.append(node)
        rank = _rank(tag, node)
        if rank is not None and (best is None or rank < best[0]) and len(_line(node)) >= _ENOUGH:
            best = (rank, node)
    body = root.find("body")
    raw = _text(body if body is not None else root)
    if best is not None:
        main = _text(best[1])
        inner = sum(len(_line(anchor)) for anchor in best[1].iter("a"))
        if inner * 2 > len(main):
            main = _fallback(text) or raw
    else:
        main = _fallback(text) or raw
    base = {name: meta[name] for name in ("articletitle", "og:title") if name in meta}
    title = (
        base.get("articletitle") or (_line(heading) if heading is not None else None) or base.get("og:title")
    )
    if not title and page_title:
        title = _TITLE_TAIL.sub("", page_title) or page_title
    return Document(
        text=main,
        raw_text=raw,
        title=title or None,
        meta=meta,
        tables=list(_tables(table_nodes)),
        links=links,
        media_type="text/html",
    )


def links(text: str, url: str = "") -> list[Link]:
    """The links of a page alone, as `read` gives them."""
    return [link for node in _root(text).iter("a") for link in _link(node, url)]


def tables(fragment: str) -> list[Table]:
    """The tables of a piece of HTML, such as stands inside a Markdown page."""
    root = lxml.html.fragment_fromstring(fragment, create_parent="div")
    return list(_tables(list(root.iter("table"))))


def _root(text: str) -> Any:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return lxml.html.document_fromstring(
        text.encode("utf-8", "ignore") or b"<html/>", parser=parser, ensure_head_body=True
    )


def _link(anchor: Any, url: str) -> Iterator[Link]:
    href = (anchor.get("href") or "").strip()
    if href and not href.startswith(("javascript:", "#", "mailto:", "tel:")):
        yield Link(_join(url, href), _line(anchor) or (anchor.get("title") or "").strip())


def _rank(tag: str, node: Any) -> int | None:
    ranks = [_RANK[tag]] if tag in _RANK else []
    if (identifier := node.get("id")) and identifier.lower() in _RANK:
        ranks.append(_RANK[identifier.lower()])
    if classes := node.get("class"):
        ranks.extend(_RANK[name] for name in classes.lower().split() if name in _RANK)
    return min(ranks, default=None)


def _fallback(text: str) -> str:
    """The main text as trafilatura sees it; empty where it finds none."""
    if len(text) < 200:
        return ""
    import trafilatura

    found = trafilatura.extract(text, include_comments=False, include_tables=True, favor_recall=True)
    return str(found) if found and len(found) >= _ENOUGH else ""


def _join(url: str, href: str) -> str:
    if href.startswith(("http://", "https://")) or not url:
        return href
    try:
        return urljoin(url, href)
    except ValueError:
        return href


def _line(node: Any) -> str:
    """The text of a node on one line."""
    return _GAP.sub(" ", "".join(node.itertext())).strip()


def _text(root: Any) -> str:
    """The visible text below a node: a line per block, cells of a row side by side; no recursion, so depth is free."""
    out: list[str] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag
        if leaving:
            if tag in _BLOCK:
                out.append("\n")
            elif tag in ("td", "th") and node is not root:
                out.append(" | ")
            elif tag == "span" and not node.tail and _is_field(node.getnext()):
                out.append(" ")
            if node is not root and node.tail:
                out.append(_inline(node.tail))
            continue
        if not isinstance(tag, str) or tag in _SKIP or (node is not root and _hidden(node)):
            if node is not root and node.tail:
                out.append(_inline(node.tail))
            continue
        if tag in _BLOCK:
            out.append("\n")
        stack.append((node, True))
        if node.text:
            out.append(_inline(node.text))
        stack.extend((child, False) for child in reversed(node))
    text = _BLANK_LINES.sub("\n", "".join(out))
    return re.sub(r"(?: \| ?)+(?=\n|$)", "", text).strip()


def _is_field(node: Any) -> bool:
    """Whether an inline node begins with a label, `<span>登记单位：…</span>`: one of the fields of a line, apart on the page."""
    return (
        node is not None
        and node.tag == "span"
        and re.match(r"\s*[\u4e00-\u9fff]{2,8}[：:]", node.text or "") is not None
    )


def _hidden(node: Any) -> bool:
    style = node.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()


def _inline(text: str) -> str:
    return _GAP.sub(" ", _HAN_BREAK.sub("", text))


def _tables(nodes: list[Any]) -> Iterator[Table]:
    for number, node in enumerate(nodes, start=1):
        rows = _rows(node)
        if len(rows) < 2 or max(map(len, rows)) < 2:
            continue
        locator = f"table {number}"
        yield Table(
            rows=rows,
            locator=locator,
            context=_context(node),
            row_locators=[f"{locator} row {n}" for n in range(1, len(rows) + 1)],
        )


def _terms(terms: Any) -> list[list[str]]:
    """The pairs of a description list: `dt` and the `dd` behind it."""
    rows: list[list[str]] = []
    for node in terms.iter("dt", "dd"):
        if node.tag == "dt":
            rows.append([_cell(node), ""])
        elif rows and not rows[-1][1]:
            rows[-1][1] = _cell(node)
    return [row for row in rows if all(row)]


def _rows(table: Any) -> list[list[str]]:
    """Cells with merged ones repeated; nothing for a table that only lays out other tables. A span is cut at 200, a
    table at 20,000 rows."""
    if next(table.iterdescendants("table"), None) is not None:
        return []
    if table.tag == "dl":
        return _terms(table)
    rows: list[list[str]] = []
    carried: dict[int, tuple[int, str]] = {}
    for tr in table.iter("tr"):
        row: list[str] = []
        for cell in tr:
            if cell.tag not in ("td", "th"):
                continue
            _fill(row, carried)
            text = _cell(cell)
            width, height = _span(cell.get("colspan")), _span(cell.get("rowspan"))
            for _ in range(width):
                if height > 1:
                    carried[len(row)] = (height - 1, text)
                row.append(text)
        _fill(row, carried)
        if row:
            rows.append(row)
        if len(rows) >= 20_000:
            break
    return rows


def _fill(row: list[str], carried: dict[int, tuple[int, str]]) -> None:
    while len(row) in carried:
        left, text = carried.pop(len(row))
        if left > 1:
            carried[len(row)] = (left - 1, text)
        row.append(text)


def _cell(node: Any) -> str:
    return _GAP.sub(
        " ", _HAN_BREAK.sub("", " ".join(part for part in _text(node).split("\n") if part))
    ).strip()


def _span(value: str | None) -> int:
    digits = (value or "1").strip()
    return min(max(int(digits), 1), 200) if digits.isdigit() and len(digits) < 5 else 1


def _context(table: Any) -> str:
    """The caption, else the nearest text before the table, at most 300 letters."""
    caption = table.find("caption")
    if caption is not None and _line(caption):
        return _line(caption)[:300]
    node = table
    for _ in range(6):
        for before in node.itersiblings(preceding=True):
            if isinstance(before.tag, str) and before.tag not in _SKIP and (text := _line(before)):
                return text[-300:]
        parent = node.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        node = parent
        if node.text and node.text.strip():
            return _GAP.sub(" ", node.text).strip()[-300:]
    return ""
