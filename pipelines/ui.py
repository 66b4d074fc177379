"""`chipwatch ui`: Dagster's webserver and scheduler over the same home as `chipwatch run`."""

import os
import signal
import socket
import sys
from typing import NoReturn

from pipelines.errors import CommandError
from pipelines.paths import ROOT, home
from pipelines.run import prepare_instance


def serve(port: int) -> NoReturn:
    """Becomes `dagster dev`; `CommandError` for a port that is taken, which it would only log."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(f"port {port}: {error.strerror}; take another with --port") from None
    prepare_instance(home())
    environment = os.environ | {"DAGSTER_HOME": str(home().dagster), "CHIPWATCH_HOME": str(home().root)}
    command = [
        *(sys.executable, "-W", "ignore:Function `dev_command`"),  # its successor is another package
        *("-m", "dagster", "dev", "-m", "pipelines.definitions", "-p", str(port), "-h", "127.0.0.1"),
    ]
    os.chdir(ROOT)
    sys.stdout.flush()
    # A script's `chipwatch ui &` starts with Ctrl-C ignored, and Dagster would then ignore SIGTERM as well.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # In its place: whatever stops this process stops the server.
    os.execve(sys.executable, command, environment)
