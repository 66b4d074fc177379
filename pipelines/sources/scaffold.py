"""`chipwatch source new`: the folder of a source, its YAML explained line by line."""

import csv
import dataclasses
import inspect
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, get_args
from urllib.parse import urlsplit

import typer
import yaml
from pydantic import BaseModel, ValidationError

from pipelines.errors import CommandError
from pipelines.query import nearest
from scrapers import platforms, records
from scrapers.lexicon import places
from scrapers.source import DOMAINS, SOURCES, Source, load

CADENCES: tuple[str, ...] = get_args(Source.model_fields["cadence"].annotation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person says of a new source. `place` is a name or a code; `options` are `name=value`."""

    id: str
    platform: str
    title: str
    publisher: str
    publisher_en: str
    summary: str
    lists: Sequence[str] = ()
    site: str = ""
    is_official: bool = False
    place: str = ""
    keep: Sequence[str] = ()
    cadence: str = "daily"
    quiet_days: int = 120
    options: Sequence[str] = ()


def systems() -> dict[str, str]:
    """Every publishing system with the first line of what its module says."""
    return {
        module.name: (inspect.getdoc(platforms.load(module.name)) or "").split("\n")[0]
        for module in iter_modules(platforms.__path__)
    }


def scaffold(wish: Wish) -> list[Path]:
    """Writes `source.yml` (and an empty `rows.csv` for a curated source) and returns the paths. Wrong usage where the
    result would not be a valid source; `CommandError` where the folder is there already."""
    domain, _, name = wish.id.partition("/")
    if domain not in DOMAINS or not re.fullmatch(r"[a-z0-9][a-z0-9_]*", name):
        raise typer.BadParameter(
            f"{wish.id!r}: write the id as <domain>/<name>, the domain one of {', '.join(DOMAINS)}, the name in a-z, 0-9, _"
        )
    known = systems()
    if wish.platform not in known:
        near = nearest(wish.platform, list(known)) or list(known)
        raise typer.BadParameter(f"no platform {wish.platform!r}; there are {', '.join(near)}")
    if wish.cadence not in CADENCES:
        raise typer.BadParameter(f"--cadence {wish.cadence}: one of {', '.join(CADENCES)}")
    place = find_place(wish.place)
    options = read_options(wish.platform, wish.options)
    folder = SOURCES / domain / name
    if folder.exists():
        raise CommandError(f"{folder}: is there already")
    text = render(wish, place, options, known[wish.platform])
    try:
        Source.model_validate({**yaml.safe_load(text), "folder": folder})
    except ValidationError as error:
        first = error.errors()[0]
        raise typer.BadParameter(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    (folder / "pages").mkdir(parents=True)
    (folder / "source.yml").write_text(text, encoding="utf-8")
    made = [folder / "source.yml"]
    if wish.platform == "curated":
        (folder / "pages").rmdir()
        (folder / "rows.csv").write_text(header(options), encoding="utf-8")
        made.append(folder / "rows.csv")
    load(folder)
    return made


def find_place(text: str) -> places.Place | None:
    """A place by code or name; none for empty text."""
    if not text:
        return None
    found = places.by_code(text) if text.isdigit() else places.by_name(text)
    if found is None:
        names = [place.name_en for place in places.all_places() if place.name_en]
        near = nearest(text, names)
        raise typer.BadParameter(
            f"--place {text!r}: not a place on record"
            + (f"; did you mean {', '.join(near)}?" if near else "")
        )
    return found


def read_options(platform: str, given: Sequence[str]) -> dict[str, Any]:
    """`name=value` pairs as the platform's own options, checked by its model."""
    values: dict[str, Any] = {}
    for item in given:
        name, sign, value = item.partition("=")
        if not sign:
            raise typer.BadParameter(f"--option {item}: write it as name=value")
        values[name.strip()] = yaml.safe_load(value)
    model = options_model(platform)
    if model is None:
        if values:
            raise typer.BadParameter(f"platform {platform} takes no options")
        return {}
    try:
        model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        fields = ", ".join(model.model_fields)
        raise typer.BadParameter(
            f"--option {'.'.join(map(str, first['loc']))}: {first['msg']}; {platform} takes {fields}"
        ) from None
    return values


def options_model(platform: str) -> type[BaseModel] | None:
    """The model of what `options:` may hold for a platform; none when it takes nothing."""
    model = getattr(platforms.load(platform), "Options", None)
    return model if isinstance(model, type) and issubclass(model, BaseModel) else None


def render(wish: Wish, place: places.Place | None, options: dict[str, Any], about: str) -> str:
    """The YAML, each line with what it means."""
    site = wish.site or ("{0.scheme}://{0.netloc}/".format(urlsplit(wish.lists[0])) if wish.lists else "")
    if not site:
        raise typer.BadParameter("--site: the publisher's site, where no --list tells it")
    publisher = {
        "name": wish.publisher,
        "name_en": wish.publisher_en,
        "url": site,
        "official": wish.is_official,
    }
    lines = [
        "# One source. Unknown keys are refused; after each edit: chipwatch source check " + wish.id,
        f"title: {_flow(wish.title)}",
        f"publisher: {_flow(publisher)}",
        f"summary: {_flow(wish.summary)}",
    ]
    if place is not None:
        lines.append(f'place: "{place.code}"   # {place.name_en} {place.name}, GB/T 2260')
    lines.append(f"platform: {wish.platform}   # {about}")
    if wish.lists or wish.platform != "curated":
        lines.append(f"lists: {_flow(list(wish.lists))}")
    if wish.keep:
        lines.append(
            f"keep: {_flow(list(wish.keep))}   # entries whose title holds one of these are followed"
        )
    elif wish.platform != "curated":
        lines.append("# keep: [算力券, 训力券]   # follow only entries whose title holds one of these words")
    lines += [
        f"cadence: {wish.cadence}   # {', '.join(CADENCES)}",
        "# Records of a healthy run: fewer than min fails, more than max warns. quiet_days: age of the newest content that is",
        "# still normal. Set all three from what `chipwatch source check` finds, and say why when they move.",
        f"expect: {{min: 1, max: 400, quiet_days: {wish.quiet_days}}}",
        "confidence: C   # A: address seen to answer; B: site seen, list address not; C: sensible, not tried",
        '# licence: "…"            # where the publisher states one',
        "# hosts: []               # other hosts that links or redirects may lead to",
        "# delay_seconds: 2.0      # pause between two requests to one host",
    ]
    return "\n".join([*lines, *_options(wish.platform, options)]) + "\n"


def header(options: dict[str, Any]) -> str:
    """The first line of a curated source's `rows.csv`: the columns of the record or table its rows become."""
    from warehouse.schema import tables

    if options["record"] == "fact":
        table = tables().get(str(options.get("table")))
        if table is None:
            raise typer.BadParameter(f"--option table={options.get('table')}: no such core table")
        columns = [column.name for column in table.own]
    else:
        kinds = {name: kind for kind, name in records.RECORD_NAMES.items()}
        if options["record"] not in kinds:
            raise typer.BadParameter(f"--option record={options['record']}: one of {', '.join(kinds)}")
        columns = [
            field.name for field in dataclasses.fields(kinds[options["record"]]) if field.name != "ground"
        ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([*columns, "source_url", "quote"])
    return out.getvalue()


def _options(platform: str, given: dict[str, Any]) -> list[str]:
    model = options_model(platform)
    if model is None:
        return []
    lines = [f"{'' if given else '# '}options:"]
    lines += [f"  # {line}".rstrip() for line in (inspect.getdoc(model) or "").splitlines()]
    for name, field in model.model_fields.items():
        if name in given:
            lines.append(f"  {name}: {_flow(given[name])}")
        elif not field.is_required():
            lines.append(f"  # {name}: {_flow(field.get_default(call_default_factory=True))}")
    return lines


def _flow(value: Any) -> str:
    """One YAML value on one line."""
    if isinstance(value, BaseModel):
        value = value.model_dump()
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000, sort_keys=False)
    return text.removesuffix("...\n").strip()
