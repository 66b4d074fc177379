"""What a small convolutional network says of a text: which words name a service or its maker, what each number counts.

It reads the words in their order, each with what is known of it (`seen`), through layers that look ever farther to both sides
(31 words in all); weights that were learned from several starting points are averaged. It errs elsewhere than the conditional
random fields do, so that the mean of both is better than either (`reading`). `python -m tests.train_filings` learns it.
"""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scrapers.extract.filings.prose import figures, tagger
from scrapers.extract.filings.prose.figures import Figure
from scrapers.extract.filings.prose.words import Spot, Text

LABELS = ("O", "B-service", "I-service", "B-maker", "I-maker", "B-algorithm", "I-algorithm")
ROLES = ("O", *figures.ROLES)
STEPS = (1, 2, 4, 8, 16)
"""How far to either side each layer looks."""
_REACH = sum(STEPS)
_PIECE = 4096
"""How many words are read at once."""

Array = NDArray[np.float32]


def seen(
    text: Text, found: Sequence[Figure], regions: Sequence[Spot], told: Sequence[Spot]
) -> list[list[str]]:
    """What the network sees of each word: itself, its class, the sort of thing it is part of, names that are known."""
    sorts = [""] * len(text.text)
    for start, end, sort in _sorts(text, found, regions, told):
        for at in range(start, end):
            sorts[at] = sort + ("+" if at > start else "")
    telling = [""] * len(text.text)
    for spot in text.told:
        telling[spot.start : spot.end] = [spot.value] * (spot.end - spot.start)
    marks = tagger.Marks(text.text)
    numbers = {figure.start: n for n, figure in enumerate(found)}
    rows = []
    for at, (start, end) in enumerate(text.words):
        word = text.text[start:end]
        kind = tagger.class_of(word)
        row = ["w" + ("9" * len(word) if word.isdigit() else word.casefold()), "c" + kind, "s" + sorts[start]]
        row += [
            letter + row_of[start]
            for letter, row_of in (
                ("t", telling),
                ("k", marks.known),
                ("f", marks.kinds),
                ("n", marks.number),
            )
            if row_of[start]
        ]
        if marks.quotes[start]:
            row.append("q" + marks.quotes[start][-1])
        if start in numbers:
            row += _number(found, numbers[start])
        if kind in "AaC":
            row += ["x" + word[-3:].casefold(), f"l{min(9, len(word))}"]
        if start < text.title_end:
            row.append("title")
        if text.text[start - 1 : start] in (" ", "\t"):
            row.append("blank")
        if kind == "H" and at + 1 < len(text.words) and text.words[at + 1][0] == end:
            row.append("2" + text.text[start : end + 1])
        rows.append(row)
    return rows


def _sorts(
    text: Text, found: Sequence[Figure], regions: Sequence[Spot], told: Sequence[Spot]
) -> Iterator[tuple[int, int, str]]:
    yield from figures.nouns(text.text)
    for spot in regions:
        kind = spot.kind.split(":")[0]
        yield spot.start, spot.end, {"nation": "G", "here": "H", "city": "C", "dateline": "D"}.get(kind, "P")
    for spot in told:
        yield spot.start, spot.end, "T" + spot.kind.rstrip("+")[:8]
    for figure in found:
        yield figure.start, figure.end, "N"


def _number(found: Sequence[Figure], at: int) -> list[str]:
    one = found[at]
    row = [f"z{figures.size_of(one.value)}", f"B{one.bound}", f"u{one.unit}", *figures.sums(found, at)]
    return [*row, "dup"] if sum(figure.value == one.value for figure in found) > 1 else row


@dataclass(frozen=True)
class Network:
    """`vocabulary` numbers what is seen of a word; `weights` by name: `E` an array a thing seen, `W0`, `b0` … of the layers with
    `g0`, `h0` … that scale what goes into them, `T0`, `t0` for the labels of words and `T1`, `t1` for the roles of numbers."""

    vocabulary: Mapping[str, int]
    weights: Mapping[str, Array]

    def judge(self, rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> tuple[Array, Array]:
        """How likely each word has each of `LABELS` (words × 7) and each number, at the word `numbers` tell, each of `ROLES`
        (numbers × 5)."""
        states = np.vstack([*self._states(rows), np.zeros((0, self.weights["E"].shape[1]), np.float32)])
        return tuple(  # type: ignore[return-value]
            shares(of @ self.weights[f"T{head}"] + self.weights[f"t{head}"])
            for head, of in enumerate((states, states[np.asarray(numbers, int)]))
        )

    def _states(self, rows: Sequence[Sequence[str]]) -> Iterator[Array]:
        for start in range(0, len(rows), _PIECE):
            low = max(0, start - _REACH)
            piece = rows[low : start + _PIECE + _REACH]
            yield self._state(piece)[start - low : start - low + _PIECE]

    def _state(self, rows: Sequence[Sequence[str]]) -> Array:
        of = self.weights
        known = ([self.vocabulary[thing] for thing in row if thing in self.vocabulary] for row in rows)
        state = np.array([of["E"][row].sum(0) for row in known], np.float32)
        for n, step in enumerate(STEPS):
            scaled = np.pad(scale(state, of[f"g{n}"], of[f"h{n}"])[0], ((step, step), (0, 0)))
            size = len(state)
            around = np.hstack([scaled[:size], scaled[step : step + size], scaled[2 * step :]])
            state = state + np.maximum(around @ of[f"W{n}"] + of[f"b{n}"], 0)
        return scale(state, of["g"], of["h"])[0]


def scale(state: Array, by: Array, plus: Array) -> tuple[Array, tuple[Array, Array]]:
    """Each row with mean 0 and variance 1, scaled; beside it what learning needs: the rows before scaling and their deviations."""
    apart = state - state.mean(1, keepdims=True)
    deviation = np.sqrt((apart * apart).mean(1, keepdims=True) + 1e-5)
    even = apart / deviation
    return even * by + plus, (even, deviation)


def shares(scores: Array) -> Array:
    """Rows of scores as likelihoods."""
    powers = np.exp(scores - scores.max(1, keepdims=True, initial=-np.inf))
    found: Array = powers / powers.sum(1, keepdims=True)
    return found


def dump(network: Network) -> bytes:
    """A network as bytes: what is seen in whole numbers of 8 bits with a scale a row, the rest in 16 bits."""
    arrays: dict[str, NDArray[np.generic]] = {
        name: array.astype(np.float16) for name, array in network.weights.items() if name != "E"
    }
    things = network.weights["E"]
    steps = np.abs(things).max(1, keepdims=True) / 127 + 1e-12
    arrays |= {"E": np.round(things / steps).astype(np.int8), "steps": steps.astype(np.float32)}
    names = json.dumps(list(network.vocabulary), ensure_ascii=False).encode()
    stream = io.BytesIO()
    np.savez_compressed(stream, vocabulary=np.frombuffer(names, np.uint8), **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


def load(content: bytes) -> Network:
    """The network that `dump` wrote."""
    with np.load(io.BytesIO(content)) as arrays:
        weights = {
            name: arrays[name].astype(np.float32) for name in arrays if name not in ("vocabulary", "steps")
        }
        weights["E"] *= arrays["steps"]
        names = json.loads(arrays["vocabulary"].tobytes())
    return Network({name: n for n, name in enumerate(names)}, weights)
