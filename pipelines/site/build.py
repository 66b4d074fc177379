"""Renders the site into a folder."""

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from pipelines.site import words
from pipelines.site.answers import Answer, Answers
from pipelines.site.blocks import Bars, Chart, Matrix, Page, Table, Tiles
from pipelines.site.lean import lean
from pipelines.site.pages import (
    approvals,
    chips,
    claims,
    data,
    market,
    overview,
    programmes,
    restrictions,
    sources,
    vouchers,
)
from pipelines.site.pages.cells import source_path
from warehouse.queries import SavedQuery, saved

HERE = Path(__file__).parent
GROUPS = (overview, vouchers, market, approvals, restrictions, claims, sources, data, programmes, chips)
MENU = (
    ("overview", "Overview", "index.html"),
    ("vouchers", "Vouchers", "vouchers.html"),
    ("market", "Market", "market.html"),
    ("approvals", "Approvals", "approvals.html"),
    ("restrictions", "Restrictions", "restrictions.html"),
    ("claims", "Claims", "claims.html"),
    ("sources", "Sources", "sources.html"),
    ("data", "Data", "data.html"),
)


def build(build_file: Path, folder: Path, *, as_of: dt.date) -> Path:
    """Writes the whole site into `folder`, replacing what is there, and returns it. `as_of` is the day the data speaks
    of. The same file gives the same bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with duckdb.connect(str(build_file), read_only=True) as connection:
        answers = Answers(connection, as_of)
        made = [page for group in GROUPS for page in group.pages(answers)]
        templates = _templates(answers)
        for page in made:
            path = folder / page.path
            path.parent.mkdir(exist_ok=True)
            path.write_text(_render(templates, page), encoding="utf-8")
        shutil.copytree(HERE / "static", folder / "assets")
        (folder / "assets" / "search.js").write_text(_search_script(answers, made), encoding="utf-8")
        (folder / "assets" / "filings.js").write_text(_filings_script(answers), encoding="utf-8")
        (folder / "assets" / "status.js").write_text(restrictions.status_script(answers), encoding="utf-8")
    return folder


def _templates(answers: Answers) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "tagged": words.tagged, "ticked": words.ticked, "label": words.label, "cny": words.cny, "usd": words.usd, "price": words.price, "pct": words.pct,
        "number": words.number, "quantity": words.quantity, "day": words.day, "month": words.month, "web_address": words.web_address,
        "host": words.host, "short_address": words.short_address, "chip_name": words.chip_name, "place_en": words.place_en, "slug": words.slug, "lower_label": words.lower,
    }  # fmt: skip
    environment.globals |= {
        "menu": MENU,
        "as_of": answers.as_of,
        "kinds_of": lambda page: _kinds(answers, page),
        "saved_for": saved_for,
        "block_of": lambda body: {
            Chart: "chart", Table: "table", Bars: "bars", Tiles: "tiles", Matrix: "matrix", type(None): "nothing",
        }[type(body)],
        "source_path": source_path,
        "programme_path": vouchers.programme_path,
        "queries": lambda: sorted(answers.asked(), key=lambda answer: answer.name),
    }  # fmt: skip
    return environment


def _render(templates: jinja2.Environment, page: Page) -> str:
    return lean(templates.get_template(page.template).render(page=page, root=page.root, **page.context))


def _kinds(answers: Answers, page: Page) -> dict[str, int]:
    """How the facts behind a page were captured, rows a `capture_kind`."""
    shown = [figure.answer for figure in page.figures]
    shown += [part for part in page.context.values() if isinstance(part, Answer)]
    read = {mart for answer in shown for mart in answer.marts}
    return answers.kinds_of(sorted(read))


def saved_for(questions: tuple[str, ...]) -> list[SavedQuery]:
    """The saved queries that answer one of the design's questions."""
    return [query for query in saved().values() if set(query.answers) & set(questions)]


def _search_script(answers: Answers, made: list[Page]) -> str:
    """`assets/search.js`: everything but filings that the search box finds, as [kind, name, about, path]."""
    kinds = {"programmes": "Programme", "chips": "Chip", "sources": "Source"}
    zh = {row["programme_id"]: row["programme_name"] for row in answers.ask("programmes").rows}
    aliases = {row["chip_id"]: row["aliases"] for row in answers.rows("select chip_id, aliases from chips")}
    entries = [["Page", page.title, page.heading, page.path] for page in made if "/" not in page.path]
    for page in made:
        if "/" not in page.path:
            continue
        about = page.standfirst
        if programme := page.context.get("programme"):
            about = " · ".join(part for part in (
                programme["jurisdiction_name_en"], programme["jurisdiction_name"], words.label(programme["instrument"]),
                words.INSTRUMENT_ZH.get(programme["instrument"]), zh.get(programme["programme_id"]), programme["document_number"],
                words.label(programme["status"]),
            ) if part)  # fmt: skip
        elif chip := page.context.get("chip"):
            status = page.context["status"].get("status")
            about = " · ".join(
                part for part in (words.label(status).lower(), aliases.get(chip["chip_id"])) if part
            )
        elif source := page.context.get("source"):
            about = f"{source['source_id']} · {source['publisher_name']}"
        entries.append([kinds[page.path.split("/")[0]], page.heading, about, page.path])
    for row in answers.ask("events").rows:
        entries.append(
            [
                "Measure",
                row["title"],
                f"{words.day(row['announced_date'])} · {row['jurisdiction']} · {row['document_number'] or ''}",
                f"restrictions.html#{row['event_id']}",
            ]
        )
    return f"window.chipwatchIndex={_json(entries)};\n"


def _filings_script(answers: Answers) -> str:
    """`assets/filings.js`: every service as [name, entity, number, kind, province, day, kept as], the words that repeat
    as positions in lists."""
    rows = answers.ask("filings").rows
    lists: dict[str, list[str]] = {"kinds": [], "provinces": [], "kept": []}

    def position(of: str, word: str | None) -> int:
        words_ = lists[of]
        if (word or "") not in words_:
            words_.append(word or "")
        return words_.index(word or "")

    packed = [
        [
            row["model_name"], row["entity_name"], row["filing_number"], position("kinds", row["kind"]),
            position("provinces", row["province_name"]), str(row["filed_date"] or row["published_date"] or ""), position("kept", row["capture_kind"]),
        ]
        for row in rows
    ]  # fmt: skip
    out = {
        "rows": packed,
        "kinds": [words.label(kind) for kind in lists["kinds"]],
        "provinces": [[words.place_en(name), name] for name in lists["provinces"]],
        "kept": lists["kept"],
    }
    return f"window.chipwatchFilings={_json(out)};\n"


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
