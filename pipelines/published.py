"""Read-only access to the published file."""

import duckdb

from pipelines.errors import CommandError
from pipelines.paths import home


def connect() -> duckdb.DuckDBPyConnection:
    """A short-lived read-only connection; `CommandError` when nothing is published yet."""
    path = home().published / home().build_file.name
    if not path.exists():
        raise CommandError(f"{path}: nothing is published yet; run `chipwatch run` first")
    connection = duckdb.connect(str(path), read_only=True)
    # What a user types reads the published file and nothing else on this machine.
    connection.execute("set enable_external_access = false")
    # Nor does an unknown table name reach into this process's own variables.
    connection.execute("set python_enable_replacements = false")
    return connection
