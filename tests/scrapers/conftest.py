"""Sources made for a test: a folder, its pages, and a platform of static lists."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from scrapers.source import Source, load

MakeSource = Callable[..., Source]


@pytest.fixture
def make_source(tmp_path: Path) -> MakeSource:
    """A source folder with `source.yml`, and bundled pages given as (url, fetched_at, bytes)."""

    def make(
        name: str = "rates/test",
        *,
        platform: str = "fred_csv",
        lists: tuple[str, ...] = ("https://example.org/rates.csv",),
        pages: tuple[tuple[str, str, bytes], ...] = (),
        **changes: Any,
    ) -> Source:
        folder = tmp_path / "sources" / name
        folder.mkdir(parents=True, exist_ok=True)
        described = {
            "title": "A source made for a test",
            "publisher": {"name": "测试", "name_en": "Test", "url": "https://example.org/", "official": True},
            "summary": "A source made for a test, with just enough words for the strict reader.",
            "platform": platform,
            "lists": list(lists),
            "cadence": "daily",
            "expect": {"min": 1, "max": 100, "quiet_days": 30},
            "confidence": "C",
            "delay_seconds": 0,
        } | changes
        (folder / "source.yml").write_text(yaml.safe_dump(described, allow_unicode=True), encoding="utf-8")
        (folder / "pages").mkdir(exist_ok=True)
        index = []
        for number, (url, fetched_at, content) in enumerate(pages):
            (folder / "pages" / f"{number}.bin").write_bytes(content)
            index.append({"file": f"{number}.bin", "url": url, "fetched_at": fetched_at})
        (folder / "pages" / "pages.yml").write_text(yaml.safe_dump(index), encoding="utf-8")
        return load(folder)

    return make
