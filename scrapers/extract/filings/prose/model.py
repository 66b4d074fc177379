"""The weights the reader of prose has learned from the labelled texts (`python -m tests.train_filings` writes them)."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pycrfsuite

from scrapers.extract.filings.prose.links import Weights

FOLDER = Path(__file__).with_name("weights")
LEARNED_FROM = FOLDER / "learned_from.sha256"
"""The digest of the labelled texts: a test sees to it that the weights are those of the present ones."""


@dataclass(frozen=True)
class Learned:
    """`names` marks services and makers, `figures` tells what numbers count, `links` which spot belongs to which of them: by
    `maker`, `day`, `region`, `register`, `number` of services, `as_of` and `scope` of totals."""

    names: pycrfsuite.Tagger
    figures: pycrfsuite.Tagger
    links: Mapping[str, Weights]


def load(folder: Path) -> Learned:
    """The weights of a folder."""

    def tagger(name: str) -> pycrfsuite.Tagger:
        found = pycrfsuite.Tagger()
        found.open(str(folder / f"{name}.crfsuite"))
        return found

    links = json.loads(zlib.decompress((folder / "links.json.z").read_bytes()))
    return Learned(tagger("names"), tagger("figures"), links)


@cache
def bundled(*, is_chinese: bool) -> Learned:
    """The weights for a language: Chinese ones are learned from Chinese texts, English ones from all."""
    return load(FOLDER / ("chinese" if is_chinese else "english"))
