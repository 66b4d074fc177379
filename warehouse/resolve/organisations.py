"""Filing entities to company groups: by the exact name in a curated table, by the subject code of an algorithm number
that a known entity shares, never by a substring (京东方 is not 京东)."""

import csv
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("entity_groups.csv")
RENAMED = Path(__file__).with_name("renamed_firms.csv")
NO_GROUP = "(false friend)"


@cache
def groups() -> dict[str, str]:
    """Entity, in one form of brackets, → group. False friends are in the table so that nobody adds them again; they
    have no group."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            plain(row["entity"]): row["entity_group"]
            for row in csv.DictReader(file)
            if row["entity_group"] and row["entity_group"] != NO_GROUP
        }


def plain(entity: str) -> str:
    """The name without spaces and with full-width brackets: 滴滴出行(北京) and 滴滴出行（北京） are one firm."""
    return "".join(entity.split()).replace("(", "（").replace(")", "）")


@cache
def _renamed() -> dict[str, str]:
    with RENAMED.open(encoding="utf-8", newline="") as file:
        return {plain(row["former"]): row["current"] for row in csv.DictReader(file)}


def current_name(entity: str | None) -> str | None:
    """One name a firm: with full-width brackets, and the present one where it was renamed."""
    return _renamed().get(plain(entity), plain(entity)) if entity else None


def members() -> list[dict[str, str | None]]:
    """The curated table itself, without the false friends."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            {name: value or None for name, value in row.items()}
            for row in csv.DictReader(file)
            if row["entity_group"] and row["entity_group"] != NO_GROUP
        ]


def group_of(entity: str | None) -> str | None:
    """The group of an entity, or null."""
    return groups().get(plain(entity)) if entity else None


def group_by_subject(entities: dict[str, set[str]]) -> dict[str, str]:
    """Subject code → group, where exactly one group is known among the entities that filed under the code."""
    out = {}
    for code, names in entities.items():
        known = {group for name in names if (group := group_of(name))}
        if len(known) == 1:
            out[code] = known.pop()
    return out
