"""Told: what systems that answer operators' orders to single residents have in common."""

from abc import abstractmethod
from typing import Any

from world.engine.columns import locate
from world.engine.inbox import InboxRow
from world.engine.pipeline import System
from world.engine.step import Step


class ToldSystem(System):
    """Carries out the orders that it handles, in canonical order, or says why it cannot be done."""

    def run(self, step: Step) -> None:
        for order in self.orders(step):
            row, found = locate(self.columns.residents.numbers, [order.subject])
            refusal = self.carry_out(step, order, row) if found[0] else "unknown_agent"
            if refusal:
                step.refuse(order, refusal)
            else:
                step.accept(order)

    @abstractmethod
    def carry_out(self, step: Step, order: InboxRow, row: Any) -> str | None:
        """Do what a resident (its row) is told; returns why not (a code), if it cannot be done."""
