"""The minds worker: asks whatever is to be asked, and says that it is alive meanwhile."""

import time

from django.conf import settings
from django.core.cache import cache

from agents.minds.asking import Asking
from agents.minds.stopping import stopping
from agents.minds.waking import ALIVE

ALIVE_SECONDS = 3


def ask_everything() -> int:
    """Ask until nothing is left or the worker is told to stop; returns how many were answered."""
    marked = float("-inf")

    def mark() -> None:
        nonlocal marked
        if time.monotonic() - marked >= 1:
            marked = time.monotonic()
            cache.set(ALIVE, True, timeout=ALIVE_SECONDS)

    asking = Asking(in_flight=settings.MINDS_IN_FLIGHT, stopping=stopping.is_set, alive=mark)
    try:
        return asking.run()
    finally:
        cache.delete(ALIVE)
