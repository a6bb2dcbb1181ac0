"""Entries: what stands in somebody's diary, as columns have it."""

from typing import Any

import numpy as np

from agents.appointments.vocabulary import IS_OPEN
from world.engine.columns import Rows


def open_of(appointments: Any, number: int) -> Rows:
    """The entries of somebody (a number) that are still to come. appointments: the granted table,
    with `state` readable."""
    mine = appointments.of(number)
    return np.asarray(mine[IS_OPEN[appointments.state[mine]]])
