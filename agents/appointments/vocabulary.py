"""What appointments are made of: codes that columns and events carry."""

from enum import IntEnum

import numpy as np


class State(IntEnum):
    """How far an entry in somebody's diary has come.

    ASKED: somebody was asked and has not answered. DUE: it is time, and one means to keep it.
    STOOD_UP: one was there, the other was not. LAPSED: neither was.
    """

    NONE = 0
    ASKED = 1
    AGREED = 2
    DUE = 3
    KEPT = 4
    MISSED = 5
    STOOD_UP = 6
    LAPSED = 7


OPEN = (State.AGREED, State.DUE)
"""What is still to come."""
IS_OPEN = np.array([state in OPEN for state in State], dtype=np.bool_)
