"""A result table to a terminal, a stream or a file: text, CSV, JSON, Parquet, XLSX.

A text cell that a spreadsheet would run as a formula gets a leading apostrophe in CSV; in XLSX it is stored as text
with the same prefix as a cell format.
"""

import io
import json
import math
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.errors import CommandError

FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
"""What starts a formula in a spreadsheet, full-width forms included (OWASP, CSV injection)."""
XLSX_ROWS = 1_048_576
XLSX_CELL = 32_767


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """DuckDB's wide integers and decimals as Int64 or Float64."""
    return frame.with_columns(
        pl.col(name).cast(pl.Int64 if kind.scale == 0 else pl.Float64)
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.Decimal)
    )


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists and structs as JSON text, for forms that have only plain cells."""
    return frame.with_columns(
        pl.Series(
            name,
            [
                None if value is None else json.dumps(_json_ready(value), ensure_ascii=False)
                for value in frame.get_column(name).to_list()
            ],
            dtype=pl.String,
        )
        for name, kind in frame.schema.items()
        if kind.is_nested()
    )


def to_csv(frame: pl.DataFrame) -> str:
    """Header and rows, comma separated, times in ISO form, guarded against formulas."""
    frame = flat(frame)
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    guarded = frame.with_columns(
        pl.when(pl.col(name).str.contains(FORMULA))
        .then(pl.lit("'") + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )
    return guarded.write_csv(datetime_format="%Y-%m-%dT%H:%M:%S")


def to_json(frame: pl.DataFrame) -> str:
    """A list of objects, one a row; dates and times as ISO text."""
    return json.dumps([_json_ready(row) for row in frame.to_dicts()], ensure_ascii=False, indent=1) + "\n"


def to_parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def to_xlsx(
    sheets: Mapping[str, pl.DataFrame], notes: Mapping[str, Mapping[str, str]] | None = None
) -> bytes:
    """A workbook with one sheet a table: header row frozen and filtered, `notes` (sheet → column → text) as comments
    on the header cells. `CommandError` for a table or a text that a sheet cannot hold."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        styles = {
            "header": book.add_format({"bold": True, "bottom": 1, "bg_color": "#eef1f4"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "guarded": book.add_format({"quote_prefix": True}),
        }
        for name, frame in sheets.items():
            _sheet(book, name, flat(plain(frame)), styles, (notes or {}).get(name, {}))
    return buffer.getvalue()


def _sheet(
    book: Any, name: str, frame: pl.DataFrame, styles: dict[str, Any], notes: Mapping[str, str]
) -> None:
    if frame.height >= XLSX_ROWS:
        raise CommandError(f"{name}: {frame.height} rows do not fit a sheet; export Parquet or CSV instead")
    sheet = book.add_worksheet(name[:31])
    for position, (column, kind) in enumerate(frame.schema.items()):
        sheet.write_string(0, position, column, styles["header"])
        if column in notes:
            sheet.write_comment(0, position, notes[column], {"x_scale": 2})
        values = frame[column]
        width = len(column)
        for row, value in enumerate(values, start=1):
            if value is None:
                continue
            if kind == pl.String:
                if len(value) > XLSX_CELL:
                    raise CommandError(
                        f"{name}.{column}, row {row}: text of {len(value)} characters does not fit a cell"
                    )
                width = max(width, min(len(value), 48))
                guard = styles["guarded"] if value[:1] in "=+-@\t\r\n＝＋－＠" else None
                sheet.write_string(row, position, value, guard)
            elif kind == pl.Boolean:
                sheet.write_boolean(row, position, value)
            elif kind == pl.Date:
                sheet.write_datetime(row, position, value, styles["date"])
                width = max(width, 11)
            elif isinstance(kind, pl.Datetime):
                sheet.write_datetime(row, position, value.replace(tzinfo=None), styles["time"])
                width = max(width, 17)
            elif kind.is_numeric():
                sheet.write_number(row, position, value)
            else:
                sheet.write_string(row, position, str(value))
        sheet.set_column(position, position, min(width + 2, 50))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(frame.height, 1), max(frame.width - 1, 0))


def write(frame: pl.DataFrame, path: Path, form: str, *, name: str = "result") -> None:
    """One table to one file, made aside and renamed; `form` is csv, json, parquet or xlsx."""
    if form == "csv":
        # The mark lets Excel read the file as UTF-8.
        content = b"\xef\xbb\xbf" + to_csv(frame).encode()
    elif form == "json":
        content = to_json(frame).encode()
    elif form == "parquet":
        content = to_parquet(frame)
    else:
        content = to_xlsx({name: frame})
    save(content, path)


def save(content: bytes, path: Path) -> None:
    """Bytes to a file, aside first; `CommandError` naming the path when it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.part")
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None


def cell(value: Any) -> str:
    """One value as a reader wants to see it in a table: no trailing zeros, thousands apart, ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        digits = 0 if abs(value) >= 1000 else 2 if abs(value) >= 1 else 4
        text = f"{value:,.{digits}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, int):
        return str(value)
    if hasattr(value, "isoformat"):
        return (
            str(value.isoformat(sep=" ", timespec="minutes"))
            if hasattr(value, "hour")
            else str(value.isoformat())
        )
    return " ".join(str(value).split())


def _json_ready(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json_ready(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_json_ready(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
