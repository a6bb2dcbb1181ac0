"""Tethers: processes that do not outlive the manager that started them, even if it was killed."""

import os
import signal
import threading
import time
from contextlib import suppress
from typing import Any

from honcho.process import Process

POLL_SECONDS = 0.5
FAREWELL_SECONDS = 5
"""What a command gets to end by itself, as from honcho's manager."""


class Tethered(Process):
    """A process of honcho's manager, which reads what a command prints and outlives the manager.

    So it sees to it that the command and its children do not.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._manager = os.getpid()

    def run(self, *arguments: Any, **options: Any) -> None:
        """As honcho's, in a process of its own."""
        threading.Thread(target=self._end_with_manager, daemon=True).start()
        super().run(*arguments, **options)

    def _end_with_manager(self) -> None:
        while os.getppid() == self._manager or self._child is None:
            time.sleep(POLL_SECONDS)
        # A command has a session of its own, so its group is named after it.
        for how in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, how)
            time.sleep(FAREWELL_SECONDS)
