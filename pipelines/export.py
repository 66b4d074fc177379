"""`chipwatch export`: marts as files for other tools, with the package descriptor and the dictionary beside them."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import duckdb
import typer

from pipelines import progress, tabular
from pipelines.errors import CommandError
from pipelines.published import connect
from pipelines.query import nearest
from warehouse.schema import Table, marts

FORMS = ("parquet", "csv", "xlsx", "json")


def export(names: Sequence[str], form: str, folder: Path) -> list[Path]:
    """Writes the named marts (all when none is named) and returns the files made. A workbook holds all of them, a
    sheet each; the other forms are one file a mart. Beside them go `dictionary.md`,
    `manifest.json` with the hashes, and, but for a workbook, `datapackage.json`."""
    from warehouse.describe import data_package, dictionary, sha256

    chosen = choose(names)
    files: list[Path] = []
    frames = {}
    rows = {}
    with connect() as connection, progress.shown(), progress.bar("export", len(chosen)) as done:
        there = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
        for mart in chosen:
            if mart.name not in there:
                raise CommandError(f"{mart.name}: not in the published file; run `chipwatch run`")
            columns = ", ".join(column.name for column in mart.columns)
            frame = connection.execute(
                f"select {columns} from {mart.name} order by {', '.join(mart.key)}"
            ).pl()
            rows[mart.name] = frame.height
            if form == "xlsx":
                frames[mart.name] = frame
            else:
                path = folder / f"{mart.name}.{form}"
                tabular.write(frame, path, form)
                files.append(path)
            done(mart.name)
        as_of, sources = _about(connection)
    if form == "xlsx":
        path = folder / "chipwatch.xlsx"
        notes = {mart.name: {c.name: _note(c.meaning, c.unit) for c in mart.columns} for mart in chosen}
        tabular.save(tabular.to_xlsx(frames, notes), path)
        files.append(path)
    else:
        package = data_package(as_of, tables=chosen, form=form, folder="", sources=sources, root=folder)
        tabular.save(
            (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode(), folder / "datapackage.json"
        )
        files.append(folder / "datapackage.json")
    tabular.save(dictionary(chosen).encode(), folder / "dictionary.md")
    files.append(folder / "dictionary.md")
    manifest = {
        "as_of": as_of.isoformat(),
        "exported_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "rows": rows,
        "files": {path.name: {"bytes": path.stat().st_size, "sha256": sha256(path)} for path in files},
    }
    tabular.save(
        (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode(), folder / "manifest.json"
    )
    return [*files, folder / "manifest.json"]


def choose(names: Sequence[str]) -> list[Table]:
    """The marts by name, all when none is named; `typer.BadParameter` with the nearest for an unknown one."""
    by_name = {mart.name: mart for mart in marts()}
    for name in names:
        if name not in by_name:
            near = nearest(name, list(by_name))
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise typer.BadParameter(f"no mart {name!r}{hint}")
    return [by_name[name] for name in dict.fromkeys(names)] or list(by_name.values())


def _about(connection: duckdb.DuckDBPyConnection) -> tuple[dt.date, list[tuple[str, str]]]:
    """The newest capture's day, and title and address of every source."""
    newest = connection.execute("select max(last_seen_at)::date from documents").fetchone()
    if newest is None or newest[0] is None:
        raise CommandError("documents is empty: run `chipwatch run` first")
    sources = connection.execute(
        "select title, publisher_url from source_status order by source_id"
    ).fetchall()
    return newest[0], sources


def _note(description: str, unit: str | None) -> str:
    return f"{description} Unit: {unit}." if unit else description
