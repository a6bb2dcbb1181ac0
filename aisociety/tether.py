"""Tethers: processes that do not outlive the one that started them, even if it was killed."""

import ctypes
import os
import signal
import sys
from functools import partial
from typing import Any

from honcho.process import Popen, Process

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def _end_with(parent: int, how: signal.Signals) -> None:
    """Get this signal when `parent`, which started this process, is gone. Linux alone can do it."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, int(how))
    if os.getppid() != parent:
        os.kill(os.getpid(), how)


class _TetheredCommand(Popen):
    """A command that is asked to stop when whoever reads what it prints is gone."""

    def __init__(self, command: str, **options: Any) -> None:
        asked = partial(_end_with, os.getpid(), signal.SIGTERM)
        super().__init__(command, preexec_fn=asked, **options)


class Tethered(Process):
    """A process of honcho's manager: a reader of what a command prints, and the command.

    A manager that is killed takes its readers along, and they their commands.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._child_ctor = _TetheredCommand
        self._manager = os.getpid()

    def run(self, *arguments: Any, **options: Any) -> None:
        """As honcho's, in a process of its own."""
        _end_with(self._manager, signal.SIGKILL)
        super().run(*arguments, **options)
