"""One run of everything through Dagster, in this process, recorded where `chipwatch ui` shows it."""

import json
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
import uuid
import warnings
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing import resource_tracker, util
from typing import Any, NoReturn

from pipelines import progress
from pipelines.paths import Home, home
from scrapers.collect import read_ahead

PATIENCE = 3
"""Seconds a stopped run may take to put its house in order."""

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


_NO_COPY_OF_OUTPUT = {
    "module": "dagster._core.storage.noop_compute_log_manager",
    "class": "NoOpComputeLogManager",
}


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
    """Runs job `refresh`. A failing source does not stop it; a failing model, test or gate leaves what is published.

    Ctrl-C ends the process with one line on stderr and exit code 1, at once: whatever is half made lies aside and is made
    anew by the next run.
    """
    place, run_id, done = home(), str(uuid.uuid4()), Future[RunResult]()
    begun: list[Any] = []  # Dagster's instance, once it is there
    prepare_instance(place)

    def work() -> None:
        # Nor does what it starts (the reading ahead, Dagster's log writers) hear of Ctrl-C, and answer with a traceback.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            done.set_result(_run(place, begun, run_id, live, only, allow_shrink, quiet))
        except BaseException as error:
            done.set_exception(error)

    resource_tracker.ensure_running()  # it would let Ctrl-C through to the thread again
    # Not in the main thread, where Ctrl-C strikes: dbt and Dagster each have their own idea of what to do then.
    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(0.2)  # Polars lets a wait without end go on after a signal
        return done.result()
    except KeyboardInterrupt:
        _stop(begun, run_id)


def _run(
    place: Home, begun: list[Any], run_id: str, live: bool, only: list[str], allow_shrink: bool, quiet: bool
) -> RunResult:
    started = time.monotonic()
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
        from dagster._core.instance import InstanceRef

        from pipelines import assets, definitions, refresh
        from warehouse.publish import read_manifest

        job = definitions.defs.get_job_def("refresh")
        config = dg.RunConfig(
            resources={"collection": assets.Collection(live=live, only=only, allow_shrink=allow_shrink)},
            loggers={"console": {"config": {"log_level": "CRITICAL"}}},
        )
        # What steps print goes where this process prints: Dagster would start a `tail` for it that may outlive the run and keep
        # a pipe open, so that `chipwatch run | tee log` never ends.
        stored = InstanceRef.from_dir(str(place.dagster), overrides={"compute_logs": _NO_COPY_OF_OUTPUT})
        with dg.DagsterInstance.from_ref(stored) as instance, progress.shown(quiet=quiet):
            begun.append(instance)
            result = job.execute_in_process(
                instance=instance, run_config=config, raise_on_error=False, run_id=run_id
            )
    failed, stale = refresh.verdicts(place)
    return RunResult(
        manifest=read_manifest(place.published),
        failed=failed,
        stale=stale,
        error=None if result.success else _why(result),
        seconds=time.monotonic() - started,
    )


def _stop(begun: list[Any], run_id: str) -> NoReturn:
    """Ends the process without waiting for the work; the run log says that the run was stopped."""

    def tidy() -> None:
        util._exit_function()  # type: ignore[attr-defined]  # children and semaphores, which `os._exit` leaves
        for instance in begun:
            if (run := instance.get_run_by_id(run_id)) and not run.is_finished:
                instance.report_run_canceled(run)

    progress.clear()
    print("chipwatch: stopped; what was published stays", file=sys.stderr, flush=True)
    tidying = threading.Thread(target=tidy, daemon=True)
    tidying.start()
    tidying.join(PATIENCE)
    os._exit(1)


def _why(result: Any) -> str:
    """The steps that failed, each with the words of its own error."""
    lines = []
    for event in result.all_events:
        if event.is_step_failure:
            data = event.step_failure_data
            error = data.error.cause or data.error
            text = data.user_failure_data.description if data.user_failure_data else error.message
            lines.append(f"{event.step_key}: {text.strip()}")
    return "\n".join(lines)
