"""`python -m tests.scrapers.model_names` writes the services and the bodies of the bundled national lists to the lexicon."""

from pathlib import Path

import scrapers
from scrapers import formats
from scrapers.documents import Context
from scrapers.extract.filings import tables
from scrapers.lexicon import makers, models
from scrapers.records import Filing

LISTS = Path(scrapers.__path__[0]) / "sources" / "approvals" / "cac_national" / "pages"


def official() -> tuple[list[str], list[str]]:
    """Each name of a service and each body of the national lists once, in the order of the alphabet."""
    names: set[str] = set()
    bodies: set[str] = set()
    for path in LISTS.glob("*.pdf"):
        document = formats.read(path.read_bytes(), name=path.name)
        for item in tables.read(document, Context(document_key=path.name)):
            if isinstance(item, Filing):
                names.add(" ".join(item.model_name.split()))
                bodies.add(" ".join((item.entity_name or "").split()))
    return sorted(names), sorted(bodies - {""})


if __name__ == "__main__":
    for path, lines in zip((models.NAMES, makers.ENTITIES), official(), strict=True):
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
