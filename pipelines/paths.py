"""Where a run keeps what it makes.

Everything lies under one home: the checkout, unless `CHIPWATCH_HOME` names another folder.
"""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DBT = ROOT / "dbt"


@dataclass(frozen=True, slots=True)
class Home:
    root: Path

    @property
    def archive(self) -> Path:
        """Captures and the outcome ledger: the only thing that cannot be made again."""
        return self.root / "archive"

    @property
    def core(self) -> Path:
        """Core tables as Parquet, one folder a domain."""
        return self.root / "build" / "core"

    @property
    def parse_cache(self) -> Path:
        return self.root / "build" / "parsed"

    @property
    def build_file(self) -> Path:
        # The published copy has the same stem: views would break otherwise.
        return self.root / "build" / "chipwatch.duckdb"

    @property
    def dbt_target(self) -> Path:
        return self.root / "build" / "dbt"

    @property
    def site(self) -> Path:
        """The dashboard before it is published."""
        return self.root / "build" / "site"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def dagster(self) -> Path:
        return self.root / ".dagster"


def home() -> Home:
    return Home(Path(os.environ.get("CHIPWATCH_HOME", ROOT)).resolve())
