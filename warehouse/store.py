"""Parquet on disk: written to a temporary file, then renamed, so that a reader never meets half a file."""

import os
from pathlib import Path

import polars as pl


def write(frame: pl.DataFrame, path: Path) -> None:
    """Writes one frame; the same frame always gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    frame.write_parquet(aside, compression="zstd", statistics=True)
    aside.replace(path)


def write_all(frames: dict[str, pl.DataFrame], folder: Path) -> None:
    """Writes one domain's core tables as `<folder>/<table>.parquet` and removes tables it no longer has."""
    for name, frame in frames.items():
        write(frame, folder / f"{name}.parquet")
    for path in folder.glob("*.parquet"):
        if path.stem not in frames:
            path.unlink()
