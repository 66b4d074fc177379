"""`python -m tests.train_filings` learns the weights of the reader of prose from the labelled texts.

It reads every text of `approvals_prose` (never one of `approvals_unseen.jsonl`) and writes
`scrapers/extract/filings/prose/weights`. ``--folds N`` writes nothing: it learns N times without a part of the texts and
measures that part, which tells what to expect of texts not met before. The same texts give the same weights.
"""

import argparse
import datetime as dt
import hashlib
import json
import re
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from scrapers import formats
from scrapers.extract.filings.days import page_date
from scrapers.extract.filings.prose import (
    figures,
    is_chinese,
    links,
    model,
    network,
    services,
    spots,
    tagger,
    totals,
)
from scrapers.extract.filings.prose.model import Learned
from scrapers.extract.filings.prose.reading import Prose, Reading
from scrapers.extract.filings.prose.words import Spot, Text, wide
from scrapers.extract.filings.scopes import NATIONAL
from scrapers.text.repair import simplify
from tests import train_network
from tests.bench import approvals
from tests.train_network import Example

_LANGUAGES = ("chinese", "english")
_NETWORKS = 2
"""How many networks are learned, from other starting points."""
_FOLDS = 2
"""Into how many parts texts are dealt so that what links learn from is marked by weights that have not met it."""
_NAMES = {"c1": 0.1, "c2": 0.05, "max_iterations": 60, "feature.minfreq": 2}
_FIGURES = {"c1": 0.05, "c2": 0.3, "max_iterations": 80, "feature.minfreq": 2}
_COLUMNS = {"register": 0, "maker": 2, "region": 3, "number": 4, "day": 5}
_SMOOTHING = 1.0
_Value = str | None
_Example = tuple[list[tuple[_Value, list[str]]], Callable[[_Value], bool]]


@dataclass
class Labelled(Prose):
    """One text of the labelled ones that is prose."""

    id: str
    case: dict[str, Any]

    @cached_property
    def features(self) -> Any:
        return pycrfsuite.ItemSequence(tagger.features(self.text))


def labelled(cases: Iterable[dict[str, Any]]) -> list[Labelled]:
    """The cases that are read as prose: tables and JSON have readers of their own."""
    found = []
    for case in cases:
        if approvals.is_list(case):
            continue
        document = formats.read(case["text"].encode(), name=f"x.{case['format']}")
        page = dt.date.fromisoformat(case["date"]) if case["date"] else page_date(document)
        printed = document.text
        text = wide(simplify(printed))
        plain = json.loads(simplify(json.dumps(case, ensure_ascii=False)))
        plain["filings"] = [[wide(v) if isinstance(v, str) else v for v in row] for row in plain["filings"]]
        plain.setdefault("also_right", [])
        found.append(
            Labelled(
                Text(text if len(text) == len(printed) else printed),
                page,
                is_chinese(printed),
                case["id"],
                plain,
            )
        )
    return found


# --- What the labels say of words, numbers and pairs -----------------------------------------------------------------


def tags(one: Labelled) -> list[str]:
    """A label for each word: `B-service`, `I-service`, `B-maker` …, `O`."""
    labels = ["O"] * len(one.text.words)
    starts = {start: n for n, (start, _) in enumerate(one.text.words)}
    ends = {end: n for n, (_, end) in enumerate(one.text.words)}

    def mark(name: str, kind: str) -> bool:
        is_found = False
        for start in spots.occurrences(one.text.text, name):
            first, last = starts.get(start), ends.get(start + len(name))
            if first is not None and last is not None and all(x == "O" for x in labels[first : last + 1]):
                labels[first : last + 1] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first)
                is_found = True
        return is_found

    rows = one.case["filings"]
    for row in sorted(rows, key=lambda row: -len(row[1])):
        kind = "algorithm" if row[0] == "deep_synthesis_algorithm" else "service"
        any(mark(name, kind) for name in _longest(row[1]))
    for row in sorted((row for row in rows if row[2]), key=lambda row: -len(row[2])):
        any(mark(name, "maker") for name in _longest(row[2]))
    return labels


def _longest(names: str) -> list[str]:
    return sorted(names.split("|"), key=lambda name: -len(name))


def roles(one: Labelled) -> list[str]:
    """What each number counts. A bound may be read where the labels allow it."""
    found = one.figures
    labels = ["O"] * len(found)
    words = {
        "new_registered": "新|增|又|再|添|new|add|more|further",
        "filed": "累计|总|共|达|已有|备案|fil|total|approv",
        "new": "新|增|又|再|添|new|add|more|further",
        "registered": "登记|regist",
    }
    further = [
        [day, place, None, None, None, value] for day, place, value in one.case.get("new_registered", [])
    ]
    for rows, is_floor in ((one.case["counts"], False), (one.case["also_right"], True), (further, False)):
        for row in rows:
            for role, value in zip(figures.ROLES, row[2:], strict=False):
                hits = [
                    n for n, figure in enumerate(found)
                    if value is not None and figure.value == value and labels[n] in ("O", role) and (figure.bound != "exact" or not is_floor)
                ]  # fmt: skip
                if len(hits) > 1:
                    near = [
                        n for n in hits
                        if re.search(words[role], one.text.text[max(0, found[n].start - 14) : found[n].end + 16])
                    ]  # fmt: skip
                    hits = hits if value >= 20 else near or hits[:1]
                for n in hits:
                    labels[n] = role
    return labels


def _service_examples(one: Labelled, marked: list[Spot]) -> Iterable[tuple[str, _Example]]:
    rows: dict[str, list[Any]] = {}
    for row in one.case["filings"]:
        name = next((name for name in _longest(row[1]) if spots.occurrences(one.text.text, name)), None)
        if name:
            rows.setdefault(name, []).append(row)
    if not rows:
        return
    makers = [spot for spot in marked if spot.kind == "maker"]
    named = [Spot(name, 0, 0, "service") for name in rows]
    scenes = services.scenes_of(one, named + makers)
    is_judged = re.match(r"[wt]", one.id) is not None  # there an empty field says that the text tells nothing
    for name, of_name in rows.items():
        if not any(spot.value == name for spot in scenes["register"].names):
            continue
        for sort, scene in scenes.items():
            wanted = {
                value for row in of_name if row[_COLUMNS[sort]] for value in row[_COLUMNS[sort]].split("|")
            }
            pairs = links.candidates(scene, name)
            if sort == "register":
                pairs = [(value or "filing", features) for value, features in pairs]
                if len(wanted) == 1 and wanted & {value for value, _ in pairs}:
                    yield sort, (pairs, wanted.__contains__)
            elif wanted & {value for value, _ in pairs}:
                yield sort, (pairs, wanted.__contains__)
            elif not wanted and (sort == "number" or (is_judged and sort != "region")):
                yield sort, (pairs, lambda value: value is None)


def _total_examples(one: Labelled) -> Iterable[tuple[str, _Example]]:
    named = roles(one)
    days, scopes = totals.scenes_of(one, named)
    default = one.page.isoformat() if one.page else None
    for figure, role in zip(one.figures, named, strict=True):
        if role == "O":
            continue
        at = 2 + figures.ROLES.index(role)
        further = [[day, place, None, None, None, n] for day, place, n in one.case.get("new_registered", [])]
        rows = [
            row
            for row in (*one.case["counts"], *one.case["also_right"], *further)
            if [*row, None][at] == figure.value
        ]
        for sort, scene, wanted, otherwise in (
            ("as_of", days, {row[0] for row in rows}, default),
            ("scope", scopes, {row[1] for row in rows}, NATIONAL),
        ):
            pairs = [
                (otherwise if value is None else value, f)
                for value, f in links.candidates(scene, totals.key(figure))
            ]
            if wanted & {value for value, _ in pairs}:
                yield sort, (pairs, wanted.__contains__)


# --- Learning --------------------------------------------------------------------------------------------------------


def learn_all(texts: Sequence[Labelled], folder: Path) -> None:
    """All weights into a folder: random fields and links for either language, networks for both."""
    chosen = [(texts, folder / "english"), ([one for one in texts if one.is_chinese], folder / "chinese")]
    with get_context("fork").Pool(2) as pool:
        pool.starmap(learn, chosen)
    examples = [Example(*one.seen(), tags(one), roles(one)) for one in texts if one.text.words]
    for seed in range(_NETWORKS):
        found = train_network.learn(examples, seed=seed)
        (folder / f"network_{seed}.npz").write_bytes(network.dump(found))


def learn(texts: Sequence[Labelled], folder: Path) -> None:
    """Weights of the random fields and links into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    marked = _marked_unmet(texts)
    _learn_names(texts, folder / "names.crfsuite")
    _learn_figures(texts, folder / "figures.crfsuite")
    examples: dict[str, list[_Example]] = {}
    for one, spots_of_one in zip(texts, marked, strict=True):
        for sort, example in (*_service_examples(one, spots_of_one), *_total_examples(one)):
            examples.setdefault(sort, []).append(example)
    weights = {sort: _learn_links(found) for sort, found in sorted(examples.items())}
    content = json.dumps(weights, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    (folder / "links.json.z").write_bytes(zlib.compress(content, 9))
    for path in folder.glob("*.crfsuite"):
        path.with_name(f"{path.name}.z").write_bytes(zlib.compress(path.read_bytes(), 9))
        path.unlink()


def _marked_unmet(texts: Sequence[Labelled]) -> list[list[Spot]]:
    """The names and makers of each text as weights mark them that were learned from the others."""
    marked: list[list[Spot]] = [[] for _ in texts]
    with tempfile.TemporaryDirectory() as folder:
        for part in range(_FOLDS):
            path = Path(folder) / "names.crfsuite"
            _learn_names([one for n, one in enumerate(texts) if n % _FOLDS != part], path)
            by = pycrfsuite.Tagger()
            by.open(str(path))
            for n, one in enumerate(texts):
                if n % _FOLDS == part:
                    marked[n] = tagger.tagged(one.text, by.tag(one.features))
    return marked


def _learn_names(texts: Sequence[Labelled], path: Path) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    for one in texts:
        if one.text.words:
            trainer.append(one.features, tags(one))
    trainer.set_params(_NAMES)
    trainer.train(str(path))


def _learn_figures(texts: Sequence[Labelled], path: Path) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    for one in texts:
        if one.figures:
            trainer.append(one.features_of_figures(), roles(one))
    trainer.set_params(_FIGURES)
    trainer.train(str(path))


def _learn_links(examples: Sequence[_Example]) -> dict[str, float]:
    """Weights under which the right values are likeliest, with a penalty on their squares."""
    counted: Counter[str] = Counter()
    for pairs, _ in examples:
        for _, features in pairs:
            counted.update(set(features))
    index = {name: n for n, name in enumerate(sorted(name for name, times in counted.items() if times > 1))}
    rows, columns, groups, right = [], [], [], []
    for group, (pairs, is_right) in enumerate(examples):
        for value, features in pairs:
            for name in sorted(set(features)):
                if name in index:
                    rows.append(len(groups))
                    columns.append(index[name])
            groups.append(group)
            right.append(float(is_right(value)))
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(groups), len(index)))
    of, wanted, size = np.array(groups), np.array(right), len(examples)

    def objective(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        highest = np.full(size, -1e9)
        np.maximum.at(highest, of, scores)
        shares = np.exp(scores - highest[of])
        whole, good = np.bincount(of, shares, size), np.bincount(of, shares * wanted, size)
        loss = -(np.log(good) - np.log(whole)).sum() + _SMOOTHING / 2 * (weights @ weights)
        return loss, matrix.T @ (shares / whole[of] - shares * wanted / good[of]) + _SMOOTHING * weights

    found = minimize(objective, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return {name: round(float(found[n]), 3) for name, n in index.items() if abs(found[n]) >= 0.01}


# --- Measuring -------------------------------------------------------------------------------------------------------


def rows_read(one: Labelled, by: Learned) -> tuple[list[Any], list[Any]]:
    """Totals and services of a text in the form of its labels."""
    reading = Reading(one.text, one.page, one.is_chinese, by)
    found, named = totals.totals(reading), services.services(reading)
    return (
        [(t.day, t.scope, t.filed, t.new, t.registered) for t in found if t.filed or t.new or t.registered],
        [
            (s.kind, s.name, s.maker, s.province, s.number, s.day)
            for s in named
            if s.kind != "deep_synthesis_algorithm"
        ],
    )


def cross_validated(
    texts: Sequence[Labelled], part_of: Callable[[int, Labelled], int], parts: int
) -> dict[str, Any]:
    """Totals and services of each text as weights read it that have not met it."""
    read = {}
    for part in range(parts):
        with tempfile.TemporaryDirectory() as folder:
            learn_all([one for n, one in enumerate(texts) if part_of(n, one) != part], Path(folder))
            by = {language: model.load(Path(folder), language) for language in _LANGUAGES}
            for n, one in enumerate(texts):
                if part_of(n, one) == part:
                    read[one.id] = rows_read(one, by["chinese" if one.is_chinese else "english"])
    return read


def scores(texts: Iterable[Labelled], read: dict[str, Any]) -> tuple[approvals.Score, approvals.Score]:
    of_totals, of_services = approvals.Score(), approvals.Score()
    for one in texts:
        if one.id in read:
            found, named = read[one.id]
            of_totals.add(one.case["counts"], found, approvals.same_count, one.case["also_right"])
            of_services.add(approvals.named_services(one.case), named, approvals.same_filing, [])
    return of_totals, of_services


def digest() -> str:
    """What the texts are known by that the weights were learned from."""
    content = b"".join(path.read_bytes() for path in sorted(approvals.PROSE.glob("*.jsonl")))
    return hashlib.sha256(content).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.train_filings", description=__doc__)
    parser.add_argument("--folds", type=int, help="measure on texts left out, write nothing")
    asked = parser.parse_args()
    texts = labelled(approvals.cases())
    if asked.folds:
        read = cross_validated(texts, lambda n, _: n % asked.folds, asked.folds)
        found, named = scores(texts, read)
        print(
            f"{len(texts)} texts, each read by weights that have not met it: totals {found}; services {named}"
        )
        return
    learn_all(texts, model.FOLDER)
    model.LEARNED_FROM.write_text(digest() + "\n", encoding="utf-8")
    chinese = sum(one.is_chinese for one in texts)
    print(f"learned from {len(texts)} texts, {chinese} of them Chinese")


if __name__ == "__main__":
    main()
