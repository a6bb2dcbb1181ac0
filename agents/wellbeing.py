"""Wellbeing: how happy the state of one's needs and one's purse makes one."""

import numpy as np
from numpy.typing import NDArray

from economy.classes import Classes
from world.engine.lines import FULL

CONTENT = FULL // 2
"""Milli-points of happiness above which one is content."""


def happiness(
    needs: NDArray[np.int64], money_class: NDArray[np.int64], classes: Classes
) -> NDArray[np.int64]:
    """Milli-points of happiness of n residents, 0 to FULL.

    needs: int64[n, 6], milli-points now. money_class: int64[n], rows of `classes`.
    """
    mean = needs.sum(axis=1) // needs.shape[1]
    return np.clip(mean + classes.happiness[money_class], 0, FULL)
