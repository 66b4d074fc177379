"""The weights the reader of prose has learned from the labelled texts (`python -m tests.train_filings` writes them)."""

import json
import threading
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    content: tuple[bytes, ...]
    """What the taggers read from: they hold no copy."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def labels_of_words(self, features: Sequence[list[str]]) -> list[str]:
        """The likeliest labels of the words of a text. A tagger holds the text it was asked last: one at a time."""
        with self.lock:
            found: list[str] = self.names.tag(features)
        return found

    def likely_roles(self, features: Sequence[list[str]], roles: Sequence[str]) -> list[dict[str, float]]:
        """For each number of a text how likely it counts each of `roles`."""
        with self.lock:
            self.figures.set(features)
            known = [role for role in roles if role in self.figures.labels()]
            return [{role: self.figures.marginal(role, at) for role in known} for at in range(len(features))]


def load(folder: Path) -> Learned:
    """The weights of a folder."""
    content = tuple(
        zlib.decompress((folder / f"{name}.crfsuite.z").read_bytes()) for name in ("names", "figures")
    )
    links = json.loads(zlib.decompress((folder / "links.json.z").read_bytes()))
    names, figures = (_tagger(one) for one in content)
    return Learned(names, figures, links, content)


def _tagger(content: bytes) -> pycrfsuite.Tagger:
    found = pycrfsuite.Tagger()
    found.open_inmemory(content)
    return found


@cache
def bundled(*, is_chinese: bool) -> Learned:
    """The weights for a language: Chinese ones are learned from Chinese texts, English ones from all."""
    return load(FOLDER / ("chinese" if is_chinese else "english"))
