"""JSON answers and CSV rows whose fields a source has declared (`options.Declared`), and the guess for those it has not.

Undeclared JSON is read like a table of its records: field names give units ("price_usd_per_gpu_hour"); a price whose name
does not say its unit stays without one.
"""

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scrapers.documents import Table
from scrapers.extract.offers import units, words
from scrapers.extract.offers.options import Declared, PriceField
from scrapers.extract.offers.page import Listing, Page
from scrapers.extract.offers.prices import Price
from scrapers.extract.offers.units import Unit
from scrapers.issues import Issue
from scrapers.lexicon import chips
from scrapers.records import Ground, Offer


@dataclass(frozen=True, slots=True)
class _Item:
    """A record inside the answer with the way to it: enclosing records (nearest last), remembered keys, JSON path."""

    value: Any
    above: tuple[Any, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    path: str = "$"

    def get(self, path: str | None) -> Any:
        if path is None:
            return None
        if path.startswith("="):
            return path[1:]
        if path.startswith("@"):
            return self.keys.get(path[1:])
        value = self.value
        if path.startswith("^"):
            up = len(path) - len(path.lstrip("^"))
            value = self.above[-up] if up <= len(self.above) else None
            path = path.lstrip("^")
        for part in path.split(".") if path else ():
            value = _opened(value)
            if isinstance(value, list) and part.isdigit():
                value = value[int(part)] if int(part) < len(value) else None
            elif isinstance(value, Mapping):
                value = value.get(part)
            else:
                return None
        return value


def _opened(value: Any) -> Any:
    """A cell that holds JSON or a Python literal, as catalogues in CSV keep nested fields; anything else as it is."""
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return value
    for reader in (json.loads, ast.literal_eval):
        try:
            return reader(value)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return value


def items(document: Any, path: str) -> Iterator[_Item]:
    """The records a path leads to (see `Declared.items`)."""
    yield from _walk(_Item(document), [p for p in path.split(".") if p])


def _walk(item: _Item, parts: list[str]) -> Iterator[_Item]:
    if not parts:
        yield item
        return
    part, rest = parts[0], parts[1:]
    name = part.removesuffix("[]")
    if part.startswith("*"):
        if isinstance(item.value, Mapping):
            for key, value in item.value.items():
                keys = {**item.keys, part[1:]: str(key)}
                yield from _walk(
                    _Item(
                        value,
                        (*item.above, item.value),
                        keys,
                        f"{item.path}[{json.dumps(key, ensure_ascii=False)}]",
                    ),
                    rest,
                )
        return
    value = item.value.get(name) if name and isinstance(item.value, Mapping) else item.value
    path = f"{item.path}.{name}" if name else item.path
    above = (*item.above, item.value) if name else item.above
    if part.endswith("[]"):
        for number, element in enumerate(value if isinstance(value, list) else ()):
            yield from _walk(_Item(element, above, item.keys, f"{path}[{number}]"), rest)
    elif value is not None:
        yield from _walk(_Item(value, above, item.keys, path), rest)


def read(page: Page, document: Any, declared: Declared) -> Iterator[Offer | Issue]:
    """Offers of a declared answer. No record at the declared path is an error: the platform has changed."""
    found = False
    for item in items(document, declared.items):
        found = True
        if _wanted(item, declared):
            yield from _offers(page, item, declared)
    if not found:
        yield page.issue("no-items", f"nothing at declared path {declared.items!r}", "$")


def rows(page: Page, tables: Sequence[Table], declared: Declared) -> Iterator[Offer | Issue]:
    """Offers of the tables that have the declared columns; a document without such a table has changed."""
    named = [declared.chip, *(p.path for p in declared.prices), *declared.where]
    wanted = {name.lstrip("^").partition(".")[0] for name in named if not name.startswith(("=", "@"))}
    missing = ""
    found = False
    for table in tables:
        header = [cell.strip() for cell in table.rows[0]] if table.rows else []
        absent = sorted(wanted - set(header))
        if absent:
            missing = missing or absent[0]
            continue
        found = True
        yield from _rows(page, table, header, declared)
    if not found:
        yield page.issue("no-column", f"declared column {missing!r} is not there")


def _rows(page: Page, table: Table, header: list[str], declared: Declared) -> Iterator[Offer | Issue]:
    for number, row in enumerate(table.rows[1:], 2):
        locator = table.row_locators[number - 1] if number <= len(table.row_locators) else f"row {number}"
        values = dict(zip(header, (cell.strip() for cell in row), strict=False))
        item = _Item({k: v for k, v in values.items() if v != ""}, path=locator)
        if _wanted(item, declared):
            yield from _offers(page, item, declared)


def _wanted(item: _Item, declared: Declared) -> bool:
    """Whether a record is one of those the source declares to be offers of accelerators."""
    for path, values in declared.where.items():
        text = _text(item.get(path))
        if text is None or (values and text not in values):
            return False
    return not any(
        word in (_text(item.get(path)) or "") for path, words_ in declared.without.items() for word in words_
    )


def _offers(page: Page, item: _Item, declared: Declared) -> Iterator[Offer | Issue]:
    chip_text = _text(item.get(declared.chip))
    if not chip_text:
        yield page.issue("no-chip", f"nothing at declared path {declared.chip!r}", item.path)
        return
    cards = _whole(item.get(declared.count))
    match = chips.resolve(chip_text)
    if cards is None and match is not None:
        cards = match.chips
    amount = _number(item.get(declared.memory))
    memory: float | None = None
    if amount:
        amount /= {"GiB": 1, "MiB": 1024, "bytes": 1024**3}[declared.memory_unit]
        total = amount / cards if declared.is_memory_total and cards else amount
        memory = chips.per_card_memory(
            match.family if match else None, total, 1 if declared.is_memory_total else cards
        )
    form = chips.canonical_form(_text(item.get(declared.form)))
    if match is not None and match.family:
        match = replace(match, chip_id=None) if memory is not None and match.memory_gib is None else match
        refined = chips.resolve(chip_text, memory, form)
        match = replace(refined, chips=cards) if refined is not None else match
    idle, total_cards = _whole(item.get(declared.idle)), _whole(item.get(declared.total))
    status = _text(item.get(declared.status))
    state = words.status_word(status) if status else None
    if state is None and idle is not None:
        state = "in_stock" if idle > 0 else "sold_out"
    stock = (
        words.Stock(idle, total_cards, state) if (idle, total_cards, state) != (None, None, None) else None
    )
    region = _text(item.get(declared.region))
    quote = json.dumps(item.value, ensure_ascii=False, separators=(", ", ": "))
    named = [_text(item.get(path)) or "" for path in declared.key]
    listing = Listing(
        chip=match,
        chip_text=chip_text,
        cards=cards,
        memory_gib=memory if match is None or match.memory_gib is None else match.memory_gib,
        form_factor=form,
        seller=_text(item.get(declared.seller)),
        region=region,
        stock=stock,
        page_date=_day(_text(item.get(declared.date))),
        key="|".join(named) if named else None,
        ground=Ground(quote=quote[:400], locator=item.path),
    )
    read_any = False
    for wanted in declared.prices:
        raw = item.get(wanted.path)
        number, highest = _span(raw)
        if number is None or number == 0:
            continue
        read_any = True
        own = replace(listing, kind=wanted.kind, term=wanted.term or _text(item.get(declared.term)))
        if wanted.unit is None:
            yield page.issue("no-unit", f"unit of {wanted.path} is not known: {raw}", item.path)
            for record in page.offers(own, [], Unit()):
                yield (
                    replace(record, price_text=str(raw), price_tier=wanted.tier)
                    if isinstance(record, Offer)
                    else record
                )
            continue
        yield from page.offers(own, [_price(number, highest, wanted, raw)], Unit())
    if not read_any and (stock is not None or not declared.prices):
        yield from page.offers(listing, [], Unit())


def _span(raw: Any) -> tuple[float | None, float | None]:
    """The number of a price, and the high end where a cell prints a range ("16.21 - 18.04")."""
    hit = (
        re.search(r"(\d[\d,]*(?:\.\d+)?)\s?[-~–至]\s?(\d[\d,]*(?:\.\d+)?)", raw)
        if isinstance(raw, str)
        else None
    )
    if hit is not None:
        low, high = (float(part.replace(",", "")) for part in hit.groups())
        if low < high:
            return low, high
    return _number(raw), None


def _price(number: float, highest: float | None, wanted: PriceField, raw: Any) -> Price:
    assert wanted.unit is not None
    return Price(
        round(number / wanted.divisor, 6),
        round(highest / wanted.divisor, 6) if highest is not None else None,
        units.from_name(wanted.unit),
        Unit(),
        str(raw),
        0,
        0,
        bound="range" if highest is not None else "exact",
        tier=wanted.tier,
    )


def guess(document: Any) -> list[Table]:
    """Lists of records in an undeclared answer as tables: a column a field, enclosing scalars repeated."""
    tables: list[Table] = []

    def visit(value: Any, path: str, outer: dict[str, str]) -> None:
        if isinstance(value, Mapping):
            scalars = outer | {
                str(k): _cell(v) for k, v in value.items() if not isinstance(v, Mapping | list)
            }
            inner = [(k, v) for k, v in value.items() if isinstance(v, Mapping | list)]
            keyed = [(str(k), v) for k, v in value.items() if isinstance(v, Mapping)]
            if keyed and len(keyed) == len(value) and any(chips.find(key) for key, _ in keyed):
                tables.append(_table([{"name": key, **child} for key, child in keyed], path, outer))
                return
            for key, child in inner:
                if isinstance(child, list) and child and chips.find(str(key)):
                    # {"H100": [{"provider": ...}]}: the key names what its records are about.
                    child = [{"name": key, **v} if isinstance(v, Mapping) else v for v in child]
                visit(child, f"{path}.{key}", scalars)
        elif isinstance(value, list):
            records: list[Mapping[str, Any]] = [v for v in value if isinstance(v, Mapping)]
            if records and all(len(r) == 1 and isinstance(next(iter(r.values())), Mapping) for r in records):
                records = [{"name": str(k), **v} for r in records for k, v in r.items()]
            flat = [r for r in records if any(not isinstance(v, Mapping | list) for v in r.values())]
            if flat and any(chips.find(_cell(v)) for r in flat for v in r.values() if isinstance(v, str)):
                nested = [
                    r
                    for r in flat
                    if any(isinstance(v, list) and v and isinstance(v[0], Mapping) for v in r.values())
                ]
                if nested:
                    for number, record in enumerate(flat):
                        visit(record, f"{path}[{number}]", outer)
                else:
                    tables.append(_table(flat, path, outer))
            else:
                for number, record in enumerate(records):
                    visit(record, f"{path}[{number}]", outer)

    visit(document, "$", {})
    if (
        not tables
        and isinstance(document, Mapping)
        and any(isinstance(v, str) and chips.find(v) for v in document.values())
    ):
        tables.append(_table([document], "$", {}))
    return tables


def _table(records: Sequence[Mapping[str, Any]], path: str, outer: Mapping[str, str]) -> Table:
    flat = [_flat(record) for record in records]
    columns = list(dict.fromkeys(k for record in flat for k in record))
    extra = {
        k: v
        for k, v in outer.items()
        if k not in columns
        and re.search(r"currency|unit|provider|platform|seller|vendor|region|date|gpu|chip|model|name", k)
    }
    body = [[*(record.get(c, "") for c in columns), *extra.values()] for record in flat]
    return Table(
        [[*columns, *extra], *body],
        path,
        "",
        row_locators=[path, *(f"{path}[{n}]" for n in range(len(body)))],
    )


def _flat(record: Mapping[str, Any], lead: str = "") -> dict[str, str]:
    out: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, Mapping):
            out |= _flat(value, f"{lead}{key} ")
        elif not isinstance(value, list):
            out[f"{lead}{key}"] = _cell(value)
    return out


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, Mapping | list):
        return None
    return str(value).strip() or None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    hit = re.search(r"\d[\d,]*(?:\.\d+)?", str(value))
    return float(hit[0].replace(",", "")) if hit else None


def _whole(value: Any) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number == int(number) else None


def _day(text: str | None) -> Any:
    from scrapers.extract.offers.tables import _date

    return _date(text, None) if text else None
