"""The last step: gate, then replace what readers have.

Everything is made in a staging folder; when the gate is passed each file is renamed into `published/`, the manifest
last. A failed run never moves anything, and a reader who has a file open keeps reading the old one.
"""

import datetime as dt
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse import changelog
from warehouse.describe import data_package, dictionary, sha256
from warehouse.schema import Table, marts

CHANGES = "changes_since_previous.json"
SHRINK_LIMIT = 0.5
"""A mart that loses more than this share of its rows against the previous publication is a fault until shown right."""

# U+FFFD, and the letters that UTF-8 Chinese leaves when it is read as Latin-1.
MOJIBAKE = r"\x{FFFD}|[ÃÂ][\x{80}-\x{BF}]|[äåæçèé][\x{80}-\x{BF}]{2}|锟斤拷"


class GateError(Exception):
    """The build is not fit to be published. One line a reason; what was published before stays."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A file or folder to publish beside the tables: where it is, and its path under `published/`."""

    source: Path
    target: str


def read_manifest(published: Path) -> dict[str, Any] | None:
    """The manifest of what is published now, or null when nothing is (or the file cannot be read)."""
    try:
        manifest = json.loads((published / "manifest.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return manifest if isinstance(manifest, dict) else None


def gate(build_file: Path, previous: dict[str, Any] | None) -> list[str]:
    """Reasons against publishing, none when it may go out: a mart is missing or lost half its rows, a fact has no
    archived capture, a text column holds mojibake."""
    reasons = []
    with duckdb.connect(str(build_file), read_only=True) as connection:
        there = {
            name
            for (name,) in connection.execute(
                "select table_name from duckdb_tables() where schema_name = 'main'"
            ).fetchall()
        }
        for mart in marts():
            if mart.name not in there:
                reasons.append(f"{mart.name}: the mart was not built")
                continue
            rows = _one(connection, f"select count(*) from main.{mart.name}")
            before = (previous or {}).get("marts", {}).get(mart.name, {}).get("rows", 0)
            if rows < before * SHRINK_LIMIT:
                reasons.append(f"{mart.name}: {rows} rows, {before} were published before")
            if mart.is_fact:
                lost = _one(
                    connection,
                    f"select count(*) from main.{mart.name} anti join main.documents using (source_id, capture_sha256)",
                )
                if lost:
                    reasons.append(f"{mart.name}: {lost} rows lead to no archived capture")
            texts = [column.name for column in mart.columns if column.type == "text"]
            broken = (
                _one(
                    connection,
                    f"select count(*) from main.{mart.name} where "
                    + " or ".join(f"regexp_matches({name}, '{MOJIBAKE}')" for name in texts),
                )
                if texts
                else 0
            )
            if broken:
                reasons.append(f"{mart.name}: {broken} rows hold broken characters")
    return reasons


def publish(
    build_file: Path,
    published: Path,
    *,
    now: dt.datetime,
    as_of: dt.date,
    fingerprint: str,
    extras: Iterable[Extra] = (),
    allow_shrink: bool = False,
) -> dict[str, Any]:
    """Passes the gate (`GateError` otherwise), writes the file, Parquet, CSV, dictionary and data package, and returns
    the manifest. `as_of` is the newest capture's day; `fingerprint` identifies the inputs."""
    previous = read_manifest(published)
    reasons = gate(build_file, None if allow_shrink else previous)
    if reasons:
        raise GateError("\n".join(reasons))
    staging = published.with_name(f".{published.name}-next")
    shutil.rmtree(staging, ignore_errors=True)
    (staging / "parquet").mkdir(parents=True)
    (staging / "csv").mkdir()
    shutil.copy(build_file, staging / build_file.name)
    counts: dict[str, Any] = {}
    with duckdb.connect(str(build_file), read_only=True) as connection:
        for mart in marts():
            _export(connection, mart, staging)
            counts[mart.name] = {"rows": _one(connection, f"select count(*) from main.{mart.name}")}
        kinds = connection.execute(
            "select capture_kind, count(*) from main.documents group by all order by all"
        ).fetchall()
        sources = connection.execute(
            "select title, publisher_url from main.source_status order by source_id"
        ).fetchall()
    for extra in extras:
        target = staging / extra.target
        target.parent.mkdir(parents=True, exist_ok=True)
        if extra.source.is_dir():
            shutil.copytree(extra.source, target)
        else:
            shutil.copy(extra.source, target)
    changes = changelog.compare(published / build_file.name, build_file, previous)
    (staging / CHANGES).write_text(_json(changes), encoding="utf-8")
    told = changelog.as_markdown(changes, now.isoformat(timespec="seconds"))
    (staging / CHANGES).with_suffix(".md").write_text(told, encoding="utf-8")
    (staging / "dictionary.md").write_text(dictionary(), encoding="utf-8")
    package = data_package(as_of, sources=sources, root=staging)
    (staging / "datapackage.json").write_text(_json(package), encoding="utf-8")
    manifest = {
        "published_at": now.isoformat(timespec="seconds"),
        "checked_at": now.isoformat(timespec="seconds"),
        "as_of": as_of.isoformat(),
        "fingerprint": fingerprint,
        "captures": dict(kinds),
        "marts": counts,
        "files": {
            str(path.relative_to(staging)): {"bytes": path.stat().st_size, "sha256": sha256(path)}
            for path in sorted(staging.rglob("*"))
            if path.is_file()
        },
    }
    _replace(staging, published, manifest)
    return manifest


def mark_checked(published: Path, now: dt.datetime) -> dict[str, Any]:
    """Notes in the manifest that a run found nothing new; the data files are not touched."""
    manifest = read_manifest(published)
    if manifest is None:
        raise GateError(f"{published / 'manifest.json'}: nothing is published yet")
    manifest["checked_at"] = now.isoformat(timespec="seconds")
    _write_manifest(published, manifest)
    return manifest


def _export(connection: duckdb.DuckDBPyConnection, mart: Table, staging: Path) -> None:
    order = ", ".join(mart.key)
    connection.execute(
        f"copy (select * from main.{mart.name} order by {order}) to '{staging}/parquet/{mart.name}.parquet' (format parquet, compression zstd)"
    )
    # A cell that a spreadsheet would run as a formula gets a leading apostrophe.
    columns = ", ".join(
        f"case when regexp_matches({c.name}, '^[=+\\-@\\t\\r\\n＝＋－＠]') then '''' || {c.name} else {c.name} end as {c.name}"
        if c.type == "text"
        else c.name
        for c in mart.columns
    )
    connection.execute(
        f"copy (select {columns} from main.{mart.name} order by {order}) to '{staging}/csv/{mart.name}.csv' (format csv, header)"
    )


def _replace(staging: Path, published: Path, manifest: dict[str, Any]) -> None:
    published.mkdir(parents=True, exist_ok=True)
    wanted = set(manifest["files"])
    for name in sorted(wanted):
        (published / name).parent.mkdir(parents=True, exist_ok=True)
        (staging / name).replace(published / name)
    _write_manifest(published, manifest)
    history = published / "manifests"
    history.mkdir(exist_ok=True)
    (history / f"{manifest['published_at'].replace(':', '')}.json").write_text(
        _json(manifest), encoding="utf-8"
    )
    for path in published.rglob("*"):
        relative = path.relative_to(published)
        if (
            path.is_file()
            and str(relative) not in wanted
            and relative.parts[0] not in ("manifest.json", "manifests")
        ):
            path.unlink()
    shutil.rmtree(staging, ignore_errors=True)


def _write_manifest(published: Path, manifest: dict[str, Any]) -> None:
    aside = published / ".manifest.json"
    aside.write_text(_json(manifest), encoding="utf-8")
    aside.replace(published / "manifest.json")


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
