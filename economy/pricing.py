"""Pricing: how what things cost follows demand and wages, once a day and within bounds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from economy.sections import PricingSpec

Column = NDArray[np.int64]


@dataclass(frozen=True)
class Pricing:
    """The rule of the scenario. Prices are thousandths of the list prices."""

    rule: PricingSpec

    def moved(self, price: Column, *, sold: Column, usual: Column, cost: Column) -> Column:
        """Prices after a day, int64[n].

        sold, usual: fen that were sold, and on a usual day. cost: fen that selling it took. Demand
        and cost pull by half a step each.
        """
        rule = self.rule
        demand = (sold * 100 > usual * rule.busy).astype(np.int64)
        demand -= sold * 100 < usual * rule.quiet
        pressed = (cost * 100 > sold * price // 1000 * rule.dear).astype(np.int64)
        pressed -= cost * 100 < sold * price // 1000 * rule.cheap
        pull = np.where(usual > 0, demand, 0) + pressed
        return self._within(price + pull * rule.step // 2)

    def rent(self, price: Column, beds_taken: int) -> Column:
        """Rents after a day. beds_taken: per cent."""
        rule = self.rule
        pull = int(beds_taken > rule.crowded) - int(beds_taken < rule.empty)
        return self._within(price + pull * rule.step // 2)

    def _within(self, price: Column) -> Column:
        return np.clip(price, self.rule.lowest, self.rule.highest)
