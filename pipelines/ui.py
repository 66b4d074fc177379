"""`chipwatch ui`: Dagster's webserver and scheduler over the same home as `chipwatch run`."""

import os
import subprocess
import sys

from pipelines.paths import ROOT, home
from pipelines.run import prepare_instance


def serve(port: int) -> None:
    """Runs `dagster dev` until interrupted."""
    prepare_instance(home())
    environment = os.environ | {"DAGSTER_HOME": str(home().dagster)}
    command = [
        *(sys.executable, "-W", "ignore:Function `dev_command`"),  # its successor is another package
        *("-m", "dagster", "dev", "-m", "pipelines.definitions", "-p", str(port), "-h", "127.0.0.1"),
    ]
    try:
        subprocess.run(command, cwd=ROOT, env=environment, check=False)
    except KeyboardInterrupt:
        return
