"""What Dagster loads: assets, jobs and schedules.

`refresh` runs everything; each domain has a job of its own on a schedule that follows its most frequent source, and asks
only the sources that are due. All jobs run in one process: a step of the default executor starts an interpreter, 2.4 s for nothing.
"""

import dagster as dg

from pipelines.assets import (
    SOURCES,
    Collection,
    collect_assets,
    core_assets,
    ledger_key,
    marts,
    published,
)
from scrapers.source import DOMAINS
from warehouse.schema import core

CRON = {
    "hourly": "5 * * * *",
    "daily": "20 5 * * *",
    "weekly": "20 5 * * 1",
    "monthly": "20 5 2 * *",
    "quarterly": "20 5 2 1,4,7,10 *",
    "yearly": "20 5 2 1 *",
    "once": "20 5 2 1 *",
}
"""Cadence of a source to the hour it is asked, in Beijing time."""

_tables = core()
collections = [collect_assets(domain) for domain in DOMAINS]
normalised = [
    core_assets(domain, [t for t in _tables if t.name.split("_")[1] == domain], [ledger_key(domain)])
    for domain in DOMAINS
    if any(t.name.split("_")[1] == domain for t in _tables)
]
trust = core_assets(
    "trust", [t for t in _tables if t.name.startswith("core_trust__")], [ledger_key(d) for d in DOMAINS]
)


def _cadence(domain: str) -> str:
    order = list(CRON)
    return min((s.cadence for s in SOURCES.values() if s.domain == domain), key=order.index, default="weekly")


refresh = dg.define_asset_job(
    "refresh", dg.AssetSelection.all(), description="Everything: collect, build, publish."
)
jobs = {
    domain: dg.define_asset_job(
        f"refresh_{domain}",
        dg.AssetSelection.groups(f"sources_{domain}")
        | dg.AssetSelection.assets(ledger_key(domain)).downstream(),
        description=f"Collects the {domain} sources, then builds and publishes.",
    )
    for domain in DOMAINS
}
schedules = [
    dg.ScheduleDefinition(
        name=f"{domain}_{_cadence(domain)}",
        job=job,
        cron_schedule=CRON[_cadence(domain)],
        execution_timezone="Asia/Shanghai",
        run_config=dg.RunConfig(resources={"collection": Collection(live=True, due_only=True)}),
    )
    for domain, job in jobs.items()
]

defs = dg.Definitions(
    assets=[*collections, *normalised, trust, marts, published],
    jobs=[refresh, *jobs.values()],
    schedules=schedules,
    resources={"collection": Collection()},
    executor=dg.in_process_executor,
)
