"""The weights the reader of prose has learned from the labelled texts (`python -m tests.train_filings` writes them)."""

import json
import threading
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pycrfsuite

from scrapers.extract.filings.prose import network
from scrapers.extract.filings.prose.links import Weights
from scrapers.extract.filings.prose.network import LABELS, ROLES, Array, Network

FOLDER = Path(__file__).with_name("weights")
LEARNED_FROM = FOLDER / "learned_from.sha256"
"""The digest of the labelled texts: a test sees to it that the weights are those of the present ones."""


@dataclass(frozen=True)
class Learned:
    """`names` marks services and makers, `figures` tells what numbers count, `networks` both; `links` which spot belongs to
    which of them: by `maker`, `day`, `region`, `register`, `number` of services, `as_of` and `scope` of totals."""

    names: pycrfsuite.Tagger
    figures: pycrfsuite.Tagger
    networks: Sequence[Network]
    links: Mapping[str, Weights]
    content: tuple[bytes, ...]
    """What the taggers read from: they hold no copy."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def likely_labels(self, features: Sequence[list[str]]) -> Array:
        """How likely each word of a text has each of `network.LABELS` by the random field (words × labels)."""
        return self._marginals(self.names, features, LABELS)

    def likely_roles(self, features: Sequence[list[str]]) -> Array:
        """How likely each number of a text counts each of `network.ROLES` by the random field (numbers × roles)."""
        return self._marginals(self.figures, features, ROLES)

    def _marginals(
        self, by: pycrfsuite.Tagger, features: Sequence[list[str]], labels: Sequence[str]
    ) -> Array:
        with self.lock:  # a tagger holds the text it was asked last: one at a time
            by.set(features)
            known = set(by.labels())
            rows = [
                [by.marginal(label, at) if label in known else 0.0 for label in labels]
                for at in range(len(features))
            ]
        return np.array(rows, np.float32)


def load(folder: Path, language: str) -> Learned:
    """The weights of a folder for `chinese` or `english`; the networks are of both."""
    content = tuple(
        zlib.decompress((folder / language / f"{name}.crfsuite.z").read_bytes())
        for name in ("names", "figures")
    )
    links = json.loads(zlib.decompress((folder / language / "links.json.z").read_bytes()))
    names, figures = (_tagger(one) for one in content)
    return Learned(names, figures, _networks(folder), links, content)


@cache
def _networks(folder: Path) -> Sequence[Network]:
    return [network.load(path.read_bytes()) for path in sorted(folder.glob("network_*.npz"))]


def _tagger(content: bytes) -> pycrfsuite.Tagger:
    found = pycrfsuite.Tagger()
    found.open_inmemory(content)
    return found


@cache
def bundled(*, is_chinese: bool) -> Learned:
    """The weights for a language: the random fields and links for Chinese are learned from Chinese texts, all else from all."""
    return load(FOLDER, "chinese" if is_chinese else "english")
