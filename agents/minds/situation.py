"""Situations: all that a mind may know when it decides, for n residents at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.minds.climate import Climate
from agents.options import Options

Column = NDArray[np.int64]


@dataclass(frozen=True)
class Situations:
    """One row for each of n residents who must decide at the same instant.

    number: who. traits: int64[n, 5]. needs: int64[n, 6], milli-points now; sinking: int64[n, 6],
    milli-points per game hour if nothing is done about them. crowd: per cent of the seats here that
    others have taken, -1 in the street. money_class: row of `economy.classes.Classes`. hosting:
    bool[n], they give a gathering of which not everybody knows. seeking: bool[n], they have no work
    and want some. climate: what goes on in the town.

    Of every option, int64[n, C] or bool[n, C]: prices, fen, of today; here, it is where one is;
    outdoors; arrives_at, the time at which it could begin; ends_by, when it would have to end for
    closing time or duty; possible, as far as one can know from here.
    """

    number: Column
    traits: Column
    needs: Column
    sinking: Column
    crowd: Column
    money_class: Column
    hosting: NDArray[np.bool_]
    seeking: NDArray[np.bool_]
    climate: Climate
    options: Options
    prices: Column
    here: NDArray[np.bool_]
    outdoors: NDArray[np.bool_]
    arrives_at: Column
    ends_by: Column
    possible: NDArray[np.bool_]


@dataclass(frozen=True)
class Choices:
    """What n residents decided: place and activity (codes), and the Motive that moved them most.

    Where `decided` is False nothing was possible.
    """

    place: Column
    activity: Column
    motive: Column
    decided: NDArray[np.bool_]
