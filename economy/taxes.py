"""Taxes: what the treasury takes of a day's income, and of what somebody owns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from economy.money import fen
from economy.sections import BracketSpec, TaxesSpec

Fen = NDArray[np.int64]


@dataclass(frozen=True)
class Brackets:
    """A progressive tax: what lies above each level is taxed by a rate more.

    above: int64[B], fen, ascending. more: int64[B], thousandths beyond the bracket before.
    """

    above: Fen
    more: NDArray[np.int64]

    @classmethod
    def compile(cls, specs: list[BracketSpec]) -> "Brackets":
        """From brackets as the scenario gives them, with the rate of each."""
        rates = [0, *(spec.per_mille for spec in specs)]
        return cls(
            above=np.array([fen(spec.above) for spec in specs], dtype=np.int64),
            more=np.array(rates[1:], dtype=np.int64) - np.array(rates[:-1], dtype=np.int64),
        )

    def of(self, base: Fen) -> Fen:
        """The tax on each of these sums, fen, int64[n]; none on what is negative."""
        exceeding = np.maximum(base[:, None] - self.above, 0)
        tax: Fen = (exceeding * self.more).sum(axis=1) // 1000
        return tax


@dataclass(frozen=True)
class Taxes:
    """What is due at midnight."""

    income: Brackets
    wealth: Brackets

    @classmethod
    def compile(cls, spec: TaxesSpec) -> "Taxes":
        """From the taxes of the section `economy`."""
        return cls(Brackets.compile(spec.income), Brackets.compile(spec.wealth))

    def due(self, taxable: Fen, balance: Fen) -> Fen:
        """Fen that each owes for what they earned in the day and what they own, int64[n].

        Never more than what somebody owns: taxes lead nobody into debt.
        """
        due = self.income.of(taxable) + self.wealth.of(balance)
        return np.minimum(due, np.maximum(balance, 0))
