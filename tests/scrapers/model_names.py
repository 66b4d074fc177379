"""`python -m tests.scrapers.model_names` writes the names of the bundled national lists to the lexicon of model names."""

from pathlib import Path

import scrapers
from scrapers import formats
from scrapers.documents import Context
from scrapers.extract.filings import tables
from scrapers.lexicon import models
from scrapers.records import Filing

LISTS = Path(scrapers.__path__[0]) / "sources" / "approvals" / "cac_national" / "pages"


def official() -> list[str]:
    """Each name of the national lists once, in the order of the alphabet."""
    names: set[str] = set()
    for path in LISTS.glob("*.pdf"):
        document = formats.read(path.read_bytes(), name=path.name)
        for item in tables.read(document, Context(document_key=path.name)):
            if isinstance(item, Filing):
                names.add(" ".join(item.model_name.split()))
    return sorted(names)


if __name__ == "__main__":
    models.NAMES.write_text("".join(f"{name}\n" for name in official()), encoding="utf-8")
