"""A page for each voucher programme: its terms, who qualifies, what was paid, what it buys, and the words it rests on."""

from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.site import words as w
from pipelines.site.answers import Answers, Row
from pipelines.site.blocks import Page
from pipelines.site.pages.vouchers import programme_path, rate

BUYS = 6


def pages(answers: Answers) -> Iterator[Page]:
    tiers = by(answers, "select * from voucher_values order by programme_id, side desc, tier")
    criteria = by(answers, "select * from eligibility_criteria order by programme_id, criterion")
    batches = by(
        answers,
        "select * from voucher_issuance where programme_id is not null order by issued_date desc, batch",
    )
    differences = by(answers, "select * from programme_reconciliation where verdict <> 'agrees' order by all")
    power = by(
        answers,
        "select programme_id, tier, chip, channel, as_of_date, list_price_cny_per_gpu_hour, effective_price_cny_per_gpu_hour, "
        "gpu_hours_at_cap, offers from voucher_purchasing_power where rate_pct is not null order by programme_id, tier, list_price_cny_per_gpu_hour, chip, channel",
    )
    quotes = evidence(answers)
    programmes = answers.ask("programmes").rows
    known = {row["programme_id"]: row for row in programmes}
    for programme in programmes:
        name = programme["programme_id"]
        terms = tiers.get(name, [])
        yield Page(
            programme_path(name),
            f"{programme['jurisdiction_name_en']}: {programme['programme_name_en']}",
            "vouchers",
            programme["programme_name_en"],
            sentence(programme, terms),
            template="programme.html.j2",
            context={
                "programme": programme,
                "terms": terms,
                "criteria": criteria.get(name, []),
                "batches": batches.get(name, []),
                "differences": differences.get(name, []),
                "power": power.get(name, [])[:BUYS],
                "power_total": len(power.get(name, [])),
                "quotes": quoted(programme, terms, quotes),
                "earlier": known.get(programme["supersedes_programme_id"] or ""),
                "later": known.get(programme["successor_programme_id"] or ""),
                "sql": f"select * from voucher_values where programme_id = '{name}'",
            },
        )


def by(answers: Answers, sql: str) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for row in answers.rows(sql):
        out.setdefault(row["programme_id"], []).append(row)
    return out


def evidence(answers: Answers) -> dict[tuple[str, str], list[Row]]:
    """Quotes of the policy domain by capture and locator."""
    out: dict[tuple[str, str], list[Row]] = {}
    for row in answers.rows(
        "select distinct fact_table, fact_key, quote, locator, capture_sha256, source_id, source_url, capture_kind from evidence "
        "where fact_table like 'core_policy__%' order by fact_table, fact_key, quote"
    ):
        out.setdefault((row["capture_sha256"], row["locator"]), []).append(row)
        out.setdefault(("key", row["fact_key"].split(" | ")[0]), []).append(row)
    return out


def quoted(programme: Row, terms: list[Row], quotes: dict[tuple[str, str], list[Row]]) -> list[list[Row]]:
    """The words the programme and its tiers rest on, each once, by the page they stand on."""
    found = [
        *quotes.get(("key", programme["programme_id"]), []),
        *(
            row
            for fact in (programme, *terms)
            for row in quotes.get((fact["capture_sha256"], fact["locator"]), [])
        ),
    ]
    seen: dict[tuple[Any, ...], Row] = {}
    for row in found:
        seen.setdefault((row["quote"], row["locator"], row["capture_sha256"]), row)
    return grouped(seen.values())


def grouped(quotes: Iterable[Row]) -> list[list[Row]]:
    """Quotes by source, address and kind of capture."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in quotes:
        groups.setdefault((row["source_id"], row["source_url"], row["capture_kind"]), []).append(row)
    return list(groups.values())


def sentence(programme: Row, terms: list[Row]) -> str:
    """The terms in a sentence, from the tier with the highest cap."""
    user = [row for row in terms if row["side"] == "user"] or terms
    if not user:
        return f"{programme['jurisdiction_name_en']} · the record states no rate or cap."
    best = max(user, key=lambda row: (row["cap_cny"] or 0, row["rate_pct"] or 0))
    shares = [row["rate_pct"] for row in user if row["rate_pct"] is not None]
    parts = []
    if shares:
        parts.append(f"pays {rate({'least_rate_pct': min(shares), 'rate_pct': max(shares)})} of the bill")
    if best["cap_cny"] is not None:
        period = (
            f" {w.lower(best['cap_period'])}" if best["cap_period"] and best["cap_period"] != "total" else ""
        )
        parts.append(f"{'up to' if parts else 'pays up to'} {w.cny(best['cap_cny'])} a firm{period}")
    return f"{programme['jurisdiction_name_en']} {' '.join(parts) or 'supports compute without a stated rate or cap'}."
