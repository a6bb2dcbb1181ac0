"""Attribution: what events say of the mind behind them, where a model is at work."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from agents.provenance import Source, StandIn
from world.engine.columns import Rows

READS = ("minds.code", "minds.stand_in", "minds.step", "minds.thought")


def attribution(
    minds: SimpleNamespace, rows: Rows, source: ArrayLike
) -> list[dict[str, Any] | None] | None:
    """`data` of the events of these rows, as `agents.events` has it; None if no model is at work.

    minds: the granted table, with READS readable. source: whose decision each is.
    """
    code = minds.code[rows]
    if not code.any():
        return None
    told: list[dict[str, Any] | None] = []
    columns = (
        code,
        np.broadcast_to(source, rows.shape),
        minds.stand_in[rows],
        minds.thought[rows],
        minds.step[rows],
    )
    for model, whose, stand_in, thought, k in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        if whose == Source.MODEL:
            told.append({"thought": thought, "step": k})
        elif model and whose == Source.INSTINCT and stand_in:
            told.append({"stand_in": StandIn(stand_in).name.lower()})
        else:
            told.append(None)
    return told
