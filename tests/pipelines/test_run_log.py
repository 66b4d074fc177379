"""Dagster's run log: fewer waits for the disk, nothing left behind."""

from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from pipelines.run_log import unhurried

FULL, NORMAL = 2, 1


def test_within_it_a_file_is_not_synced_at_every_commit_and_its_journal_stays_open(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'log.db'}", poolclass=NullPool)

    def write(sql: str) -> int:
        with engine.begin() as connection:
            connection.execute(text(sql))
            return int(connection.execute(text("pragma synchronous")).scalar_one())

    with engine.connect() as connection:
        connection.execute(text("pragma journal_mode = wal"))
    journal = tmp_path / "log.db-wal"
    with unhurried():
        assert write("create table event (n int)") == NORMAL
        assert write("insert into event values (1)") == NORMAL
        assert journal.exists()
    assert not journal.exists()  # folded in when the last connection closed
    assert write("insert into event values (2)") == FULL
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from event")).scalar_one() == 2
