"""The processes of a running town: how each is started, and all of them in one terminal."""

import errno
import os
import shlex
import socket
import sys

from django.conf import settings
from honcho.manager import Manager

from aisociety.tether import Tethered

QUIET = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
"""Celery warns of root; whoever runs the town as root, as in a container, knows."""

PATIENCE = 2
"""Seconds that the web server gives requests under way when it is told to stop: somebody waits."""


LONGEST_SAID = "4096"
"""Bytes of a message that a watcher may send."""


class PortError(RuntimeError):
    """The web server could not listen where it should; says why."""


def check_port(host: str, port: int) -> None:
    """Raises PortError if nobody can listen at this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortError(
                    f"Port {port} is taken by another program: stop it, or say another port,"
                    " such as PORT=8001 make up."
                ) from None
            raise PortError(f"Nobody can listen at {host}:{port}: {error.strerror}.") from None


def commands(host: str, port: int, patience: int = PATIENCE) -> dict[str, list[str]]:
    """The command line of each process, by its name. Of one kind, several may run side by side."""
    here = f"{os.getpid()}@%h"
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "aisociety"]
    worker = [*celery, "worker", "--without-gossip", "--without-mingle"]
    return {
        "web": [
            *(sys.executable, "-m", "aisociety.serving", "--bind", host, "--port", str(port)),
            *("--verbosity", "0", "--application-close-timeout", str(patience)),
            *("--ping-interval", "20", "--ping-timeout", "30", "--no-server-name"),
            # Watchers say little; see world/stream/said.py.
            *("--websocket-max-message-size", LONGEST_SAID),
            *("--websocket-max-frame-size", LONGEST_SAID),
            "aisociety.asgi:application",
        ],
        "engine": [
            *(*worker, "--queues", "engine", "--concurrency", "1"),
            *("--hostname", f"engine-{here}"),
        ],
        # One event loop with many calls in flight: no child process, so a signal reaches it.
        "minds": [*worker, "--queues", "minds", "--pool", "solo", "--hostname", f"minds-{here}"],
        "beat": [*celery, "beat", "--pidfile", ""],
    }


def run(host: str, port: int) -> int:
    """Run the processes until one ends or a signal comes; returns the exit code.

    Each is collected at a port of its own, METRICS_PORT and those after it.
    """
    manager = Manager()
    manager._process_ctor = Tethered
    for place, (name, command) in enumerate(commands(host, port).items()):
        measured = (
            {"METRICS_PORT": str(settings.METRICS_PORT + place)} if settings.METRICS_PORT else {}
        )
        manager.add_process(name, f"exec {shlex.join(command)}", env=os.environ | QUIET | measured)
    manager.loop()
    return int(manager.returncode or 0)
