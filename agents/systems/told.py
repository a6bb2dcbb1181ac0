"""Told: what systems that answer operators' orders to single residents have in common."""

from abc import abstractmethod
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from world.engine.columns import locate
from world.engine.inbox import InboxRow
from world.engine.pipeline import System
from world.engine.step import Step

READS = ("livelihoods.left_at",)


class ToldSystem(System):
    """Carries out the orders that it handles, in canonical order, or says why it cannot be done.

    What such a system reads includes READS.
    """

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.livelihoods = columns.livelihoods

    def run(self, step: Step) -> None:
        for order in self.orders(step):
            row, found = locate(self.columns.residents.numbers, [order.subject])
            if not found[0]:
                refusal: str | None = "unknown_agent"
            elif self.livelihoods.left_at[row][0]:
                refusal = "departed"
            else:
                refusal = self.carry_out(step, order, row)
            if refusal:
                step.refuse(order, refusal)
            else:
                step.accept(order)

    @abstractmethod
    def carry_out(self, step: Step, order: InboxRow, row: Any) -> str | None:
        """Do what a resident (its row) is told; returns why not (a code), if it cannot be done."""
