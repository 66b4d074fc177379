"""Records to core tables, one module a domain.

Each module offers `tables(landing: Landing) -> dict[str, pl.DataFrame]`: pure, no clock, no file but the CSV tables of
`warehouse.resolve`. The frames carry exactly the columns of `warehouse.schema` (`schema.conform` casts and checks).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scrapers.captures import Seen
from scrapers.records import Landed


@dataclass(frozen=True, slots=True)
class Landing:
    """Everything the sources of one domain have landed, oldest capture first.

    `captures` also lists answers that held no record, so that a listing's disappearance can be told from a failed
    fetch: a failed fetch has no capture.
    """

    records: Sequence[Landed]
    captures: Sequence[Seen]

    def standing(self) -> "Landing":
        """Registers (curated files) as their last version has them: a row taken out was wrong or has moved to a page of
        its own, and nothing in the world ended it. A row that stays keeps the time of the file that had it first."""
        last: dict[str, str] = {}
        first: dict[tuple[str, str | None], dt.datetime] = {}
        for landed in self.records:
            origin = landed.origin
            if origin.capture_kind == "curated":
                last[origin.source_id] = origin.capture_sha256
                first.setdefault((origin.source_id, landed.record.ground.locator), origin.observed_at)
        records = []
        for landed in self.records:
            origin = landed.origin
            if origin.capture_kind != "curated":
                records.append(landed)
            elif origin.capture_sha256 == last[origin.source_id]:
                since = first[origin.source_id, landed.record.ground.locator]
                records.append(replace(landed, origin=replace(origin, observed_at=since)))
        return Landing(records=records, captures=self.captures)
