"""A process of its own that advances a world of the test database, to be watched or killed.

`python -m tests.engine_process DATABASE WORLD UNTIL SPAN` prints one line for each transaction.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import django


def start(world_id: int, *, database: str, until: int, span: int) -> "subprocess.Popen[str]":
    """Start an engine on a world; its standard output has a line for each transaction."""
    arguments = [database, str(world_id), str(until), str(span)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.engine_process", *arguments],
        cwd=Path(__file__).resolve().parent.parent,
        stdout=subprocess.PIPE,
        text=True,
    )


def main(database: str, world_id: int, until: int, span: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "aisociety.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from world.advance import advance_once

    while True:
        progress = advance_once(world_id=world_id, until=until, span=span)
        told = f"{progress.lived_until} {int(progress.busy)} {progress.instants}\n"
        sys.stdout.write(told)
        sys.stdout.flush()
        if progress.done:
            return
        if progress.busy:
            time.sleep(0.02)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
