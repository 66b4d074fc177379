"""One run of everything through Dagster, in this process, recorded where `chipwatch ui` shows it."""

import json
import logging
import multiprocessing
import os
import warnings
from dataclasses import dataclass
from typing import Any

from pipelines import progress
from pipelines.paths import Home, home
from scrapers.collect import read_ahead

INSTANCE = """\
# The run log is SQLite files: one process writes at a time, so runs queue.
telemetry:
  enabled: false
nux:
  enabled: false
run_coordinator:
  module: dagster.core.run_coordinator
  class: QueuedRunCoordinator
  config:
    max_concurrent_runs: 1
event_log_storage:
  module: pipelines.run_log
  class: RunLog
  config:
    base_dir: {log}
"""


@dataclass(frozen=True, slots=True)
class RunResult:
    """`failed` maps each failed source to its reason; `error` says why nothing new was published, null when it was."""

    manifest: dict[str, Any] | None
    failed: dict[str, str]
    stale: dict[str, str]
    error: str | None
    seconds: float


def prepare_instance(place: Home) -> None:
    """Makes the folder Dagster keeps its run log in, with telemetry and the welcome box off."""
    place.dagster.mkdir(parents=True, exist_ok=True)
    (place.dagster / "dagster.yaml").write_text(
        INSTANCE.format(log=json.dumps(str(place.dagster / "history" / "runs"))), encoding="utf-8"
    )
    os.environ["DAGSTER_HOME"] = str(place.dagster)


def run(*, live: bool, only: list[str], allow_shrink: bool = False, quiet: bool = False) -> RunResult:
    """Runs job `refresh`. A failing source does not stop it; a failing model, test or gate leaves what is published."""
    import time

    started = time.monotonic()
    place = home()
    prepare_instance(place)
    if not live and not place.parse_cache.exists():
        # The orchestrator and dbt take a while to load, on one processor.
        multiprocessing.get_context("spawn").Process(
            target=read_ahead, args=(only, place.parse_cache), daemon=True
        ).start()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # preview notices of the orchestrator are not for an operator
        # When nothing changed no dbt test runs, and Dagster would name each of some 160 that gave no result.
        logging.getLogger("dagster._core.execution.plan.active").setLevel(logging.ERROR)
        import dagster as dg

        from pipelines import assets, definitions, refresh
        from warehouse.publish import read_manifest

        job = definitions.defs.get_job_def("refresh")
        config = dg.RunConfig(
            resources={"collection": assets.Collection(live=live, only=only, allow_shrink=allow_shrink)},
            loggers={"console": {"config": {"log_level": "CRITICAL"}}},
        )
        with dg.DagsterInstance.get() as instance, progress.shown(quiet=quiet):
            result = job.execute_in_process(instance=instance, run_config=config, raise_on_error=False)
    failed, stale = refresh.verdicts(place)
    return RunResult(
        manifest=read_manifest(place.published),
        failed=failed,
        stale=stale,
        error=None if result.success else _why(result),
        seconds=time.monotonic() - started,
    )


def _why(result: Any) -> str:
    """The steps that failed, each with the words of its own error."""
    lines = []
    for event in result.all_events:
        if event.is_step_failure:
            data = event.step_failure_data
            error = data.error.cause or data.error
            text = data.user_failure_data.description if data.user_failure_data else error.message
            if error.cls_name == "DagsterExecutionInterruptedError":
                text = "stopped"
            lines.append(f"{event.step_key}: {text.strip()}")
    return "\n".join(lines)
