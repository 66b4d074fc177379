"""Records to core tables, one module a domain.

Each module offers `tables(landing: Landing) -> dict[str, pl.DataFrame]`: pure, no clock, no file but the CSV tables of
`warehouse.resolve`. The frames carry exactly the columns of `warehouse.schema` (`schema.conform` casts and checks).
"""

from collections.abc import Sequence
from dataclasses import dataclass

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

    def without_withdrawn(self) -> "Landing":
        """Registers as their last file has them: a row taken out of a register was wrong or has moved to a page of its
        own, and no reading of the market ended it."""
        last = {
            landed.origin.source_id: landed.origin.capture_sha256
            for landed in self.records
            if landed.origin.capture_kind == "curated"
        }
        return Landing(
            records=[
                landed
                for landed in self.records
                if landed.origin.capture_kind != "curated"
                or landed.origin.capture_sha256 == last[landed.origin.source_id]
            ],
            captures=self.captures,
        )
