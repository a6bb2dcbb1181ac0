"""A process of its own that asks models for the test database, to be watched or killed.

`python -m tests.minds_process DATABASE IN_FLIGHT` asks until the queue is empty, and prints a line
when it begins.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import django


def start(*, database: str, in_flight: int) -> "subprocess.Popen[str]":
    """Start asking."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.minds_process", database, str(in_flight)],
        cwd=Path(__file__).resolve().parent.parent,
        stdout=subprocess.PIPE,
        text=True,
    )


def main(database: str, in_flight: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "aisociety.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from agents.minds.asking import Asking
    from agents.minds.stopping import stopping

    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    sys.stdout.write("asking\n")
    sys.stdout.flush()
    Asking(in_flight=in_flight, stopping=stopping.is_set).run()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
