"""Learning the network that helps to read prose (`scrapers/extract/filings/prose/network.py`).

Plain steps against the slope (Adam) on texts dealt into batches of some 4,000 words, forward and backward written out in numpy. What
is seen of a word is left out now and then, and parts of what layers pass on, so that the network does not learn texts by heart.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from scrapers.extract.filings.prose.network import LABELS, ROLES, STEPS, Array, Network, scale, shares

_WIDTH = 128
_ROUNDS = 10
_BATCH = 4000
_RATE = 2e-3
_LEAST_SEEN = {"2": 12}
"""How often two letters in a row are met before they are told from others; all else three times."""
_UNSEEN = 0.12
"""How much of what is seen of words is left out."""
_LEFT_OUT = 0.3
"""How much of what layers pass on is left out."""
_ROLES_COUNT = 20.0
"""How much more a number counts than a word."""


@dataclass
class Example:
    """A text: what is seen of its words, which of them are numbers, a label a word and a role a number."""

    rows: list[list[str]]
    numbers: list[int]
    labels: list[str]
    roles: list[str]


@dataclass
class _Batch:
    seen: csr_matrix
    text_of: NDArray[np.int64]
    numbers: NDArray[np.int64]
    labels: NDArray[np.int64]
    roles: NDArray[np.int64]


@dataclass
class _Pass:
    """What a pass forward leaves for the way back."""

    kept: Array
    layers: list[tuple[Any, ...]] = field(default_factory=list)
    last: tuple[Array, Array] | None = None


def learn(examples: Sequence[Example], *, seed: int) -> Network:
    """A network for labelled texts; the same texts and seed give the same one, but for rounding on other machines."""
    random = np.random.default_rng(seed)
    met = Counter(thing for one in examples for row in one.rows for thing in row)
    things = sorted(thing for thing, times in met.items() if times >= _LEAST_SEEN.get(thing[0], 3))
    vocabulary = {thing: n for n, thing in enumerate(things)}
    weights = _start(len(things), random)
    packed = [_packed([one], vocabulary) for one in examples]
    sizes = [len(one.labels) for one in packed]
    adam = _Adam(weights)
    steps = max(1, sum(sizes) * _ROUNDS // _BATCH)
    for _ in range(_ROUNDS):
        for batch in _dealt(packed, sizes, random):
            slopes = _slopes(weights, _joined(batch), random)
            done = adam.step / steps
            adam.follow(slopes, _RATE * min(1.0, (adam.step + 1) / 100) * max(0.02, 1 - done))
    return Network(vocabulary, weights)


def _start(things: int, random: np.random.Generator) -> dict[str, Array]:
    def some(*shape: int, size: float = 0.05) -> Array:
        found: Array = (random.standard_normal(shape) * size).astype(np.float32)
        return found

    weights = {"E": some(things, _WIDTH), "g": np.ones(_WIDTH, np.float32), "h": np.zeros(_WIDTH, np.float32)}
    for n, _ in enumerate(STEPS):
        weights |= {
            f"W{n}": some(3 * _WIDTH, _WIDTH, size=0.7 * np.sqrt(2 / (3 * _WIDTH))),
            f"b{n}": np.zeros(_WIDTH, np.float32),
            f"g{n}": np.ones(_WIDTH, np.float32),
            f"h{n}": np.zeros(_WIDTH, np.float32),
        }
    for head, names in enumerate((LABELS, ROLES)):
        weights |= {f"T{head}": some(_WIDTH, len(names)), f"t{head}": np.zeros(len(names), np.float32)}
    return weights


def _packed(examples: Sequence[Example], vocabulary: dict[str, int]) -> _Batch:
    (one,) = examples
    found = [[vocabulary[thing] for thing in row if thing in vocabulary] for row in one.rows]
    ends = np.cumsum([0, *map(len, found)])
    columns = np.array([thing for row in found for thing in row], np.int32)
    seen = csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(found), len(vocabulary)))
    return _Batch(
        seen,
        np.zeros(len(found), np.int64),
        np.array(one.numbers, np.int64),
        np.array([LABELS.index(label) for label in one.labels], np.int64),
        np.array([ROLES.index(role) for role in one.roles], np.int64),
    )


def _dealt(packed: list[_Batch], sizes: list[int], random: np.random.Generator) -> list[list[_Batch]]:
    batches: list[list[_Batch]] = [[]]
    words = 0
    for at in random.permutation(len(packed)):
        if words >= _BATCH:
            batches.append([])
            words = 0
        batches[-1].append(packed[at])
        words += sizes[at]
    return batches


def _joined(batch: Sequence[_Batch]) -> _Batch:
    sizes = [len(one.labels) for one in batch]
    starts = np.cumsum([0, *sizes[:-1]])
    return _Batch(
        vstack([one.seen for one in batch]).tocsr(),
        np.repeat(np.arange(len(batch)), sizes),
        np.concatenate([one.numbers + start for one, start in zip(batch, starts, strict=True)]),
        np.concatenate([one.labels for one in batch]),
        np.concatenate([one.roles for one in batch]),
    )


def _slopes(weights: dict[str, Array], batch: _Batch, random: np.random.Generator) -> dict[str, Array]:
    """In which direction the loss of a batch grows with each weight."""
    seen = batch.seen.copy()
    seen.data *= random.random(seen.data.shape) > _UNSEEN
    slopes = _slopes_of(weights, seen, batch, random)
    length = np.sqrt(sum(float((slope * slope).sum()) for slope in slopes.values()))
    return {name: slope * np.float32(min(1.0, 5 / length)) for name, slope in slopes.items()}


def _slopes_of(
    weights: dict[str, Array], seen: csr_matrix, batch: _Batch, random: np.random.Generator
) -> dict[str, Array]:
    states, way = _forward(weights, seen, batch.text_of, random)
    slopes: dict[str, Array] = {}
    of_words = _less_right(shares(states @ weights["T0"] + weights["t0"]), batch.labels) / 1000
    slopes["T0"], slopes["t0"] = states.T @ of_words, of_words.sum(0)
    back = of_words @ weights["T0"].T
    told = states[batch.numbers]
    of_numbers = _less_right(shares(told @ weights["T1"] + weights["t1"]), batch.roles) * _ROLES_COUNT / 1000
    slopes["T1"], slopes["t1"] = told.T @ of_numbers, of_numbers.sum(0)
    back[batch.numbers] += of_numbers @ weights["T1"].T
    return slopes | _backward(weights, seen, way, back)


def slope_error(example: Example) -> float:
    """How far the slopes are from what the loss does where a weight is moved a little, as a share of the largest slope."""
    random = np.random.default_rng(0)
    vocabulary = {
        thing: n for n, thing in enumerate(sorted({thing for row in example.rows for thing in row}))
    }
    weights = {name: one.astype(np.float64) for name, one in _start(len(vocabulary), random).items()}
    batch = _packed([example], vocabulary)

    def loss() -> float:
        states, _ = _forward(weights, batch.seen, batch.text_of, np.random.default_rng(1))
        of_words = shares(states @ weights["T0"] + weights["t0"])[np.arange(len(batch.labels)), batch.labels]
        told = shares(states[batch.numbers] @ weights["T1"] + weights["t1"])
        of_numbers = told[np.arange(len(batch.roles)), batch.roles]
        return float(-(np.log(of_words).sum() + _ROLES_COUNT * np.log(of_numbers).sum()) / 1000)

    slopes = _slopes_of(weights, batch.seen, batch, np.random.default_rng(1))
    errors = []
    for name, slope in slopes.items():
        at = np.unravel_index(np.abs(slope).argmax(), slope.shape)
        before = weights[name][at]
        weights[name][at] = before + 1e-5
        above = loss()
        weights[name][at] = before - 1e-5
        errors.append(abs((above - loss()) / 2e-5 - slope[at]) / (abs(slope[at]) + 1e-6))
        weights[name][at] = before
    return max(errors)


def _less_right(likely: Array, right: NDArray[np.int64]) -> Array:
    likely[np.arange(len(right)), right] -= 1
    return likely


def _kept(shape: tuple[int, ...], random: np.random.Generator) -> Array:
    found: Array = (random.random(shape, dtype=np.float32) > _LEFT_OUT).astype(np.float32) / np.float32(
        1 - _LEFT_OUT
    )
    return found


def _forward(
    weights: dict[str, Array], seen: csr_matrix, text_of: NDArray[np.int64], random: np.random.Generator
) -> tuple[Array, _Pass]:
    state: Array = seen @ weights["E"]
    way = _Pass(_kept(state.shape, random))
    state = state * way.kept
    size, width = state.shape
    for n, step in enumerate(STEPS):
        scaled, of_scale = scale(state, weights[f"g{n}"], weights[f"h{n}"])
        is_same = (text_of[step:] == text_of[:-step])[:, None] if size > step else np.zeros((0, 1), bool)
        around = np.zeros((size, 3 * width), scaled.dtype)
        around[step:, :width] = scaled[:-step] * is_same
        around[:, width : 2 * width] = scaled
        around[:-step, 2 * width :] = scaled[step:] * is_same
        sums = around @ weights[f"W{n}"] + weights[f"b{n}"]
        kept = _kept(sums.shape, random)
        way.layers.append((of_scale, is_same, around, sums > 0, kept))
        state = state + np.maximum(sums, 0) * kept
    states, way.last = scale(state, weights["g"], weights["h"])
    return states, way


def _backward(weights: dict[str, Array], seen: csr_matrix, way: _Pass, back: Array) -> dict[str, Array]:
    slopes: dict[str, Array] = {}
    back, slopes["g"], slopes["h"] = _of_scale(back, weights["g"], way.last)
    width = back.shape[1]
    for n in reversed(range(len(STEPS))):
        of_scale, is_same, around, is_open, kept = way.layers[n]
        step = STEPS[n]
        of_sums = back * kept * is_open
        slopes[f"W{n}"], slopes[f"b{n}"] = around.T @ of_sums, of_sums.sum(0)
        of_around = of_sums @ weights[f"W{n}"].T
        of_scaled = of_around[:, width : 2 * width].copy()
        of_scaled[:-step] += of_around[step:, :width] * is_same
        of_scaled[step:] += of_around[:-step, 2 * width :] * is_same
        more, slopes[f"g{n}"], slopes[f"h{n}"] = _of_scale(of_scaled, weights[f"g{n}"], of_scale)
        back = back + more
    slopes["E"] = np.asarray(seen.T @ (back * way.kept))
    return slopes


def _of_scale(back: Array, by: Array, of_scale: Any) -> tuple[Array, Array, Array]:
    even, deviation = of_scale
    of_even = back * by
    apart = of_even - of_even.mean(1, keepdims=True) - even * (of_even * even).mean(1, keepdims=True)
    return apart / deviation, (back * even).sum(0), back.sum(0)


class _Adam:
    """Steps against slopes, each weight by how its slopes were lately."""

    def __init__(self, weights: dict[str, Array]) -> None:
        self.weights = weights
        self.step = 0
        self._mean = {name: np.zeros_like(one) for name, one in weights.items()}
        self._square = {name: np.zeros_like(one) for name, one in weights.items()}

    def follow(self, slopes: dict[str, Array], rate: float) -> None:
        self.step += 1
        for name, slope in slopes.items():
            mean, square = self._mean[name], self._square[name]
            mean += (slope - mean) * np.float32(0.1)
            square += (slope * slope - square) * np.float32(0.02)
            size = np.sqrt(square / (1 - 0.98**self.step)) + 1e-8
            self.weights[name] -= (rate * mean / (1 - 0.9**self.step) / size).astype(np.float32)
