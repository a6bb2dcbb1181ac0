"""Credit: those who have just talked may lend each other money."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents.conversations.parting import PARTED
from agents.credit import lending
from agents.credit.lending import Lending
from world.engine.pipeline import System
from world.engine.step import Step


class Credit(System):
    """Lets who is short of money ask the friend with whom they have talked, unless in anger."""

    reads = lending.READS
    writes = lending.WRITES

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.lending = Lending(columns, constants)

    def run(self, step: Step) -> None:
        parted = step.noted(PARTED)
        if parted is None:
            return
        calm = parted["calm"]
        one, other = parted["one"][calm], parted["other"][calm]
        _, first = np.unique(np.stack([one, other]), axis=1, return_index=True)
        self.lending.ask(step, one[first], other[first])
