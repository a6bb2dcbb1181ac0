"""Chances: what may befall somebody at midnight, for better or worse."""

from collections.abc import Mapping
from enum import IntEnum
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events, needs
from agents.activities import need_vector
from agents.systems.conduct import RENEW
from economy.ledger import Ledger
from economy.money import Category, fen
from economy.sections import ChanceSpec
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.step import Step

READS = ("residents.shift", "residents.workplace")
WRITES = needs.COLUMNS

LOT = purpose("agents.chances.lot")


class Chance(IntEnum):
    """What befell somebody."""

    BONUS = 1
    MEDICAL = 2
    GIFT = 3
    REPAIR = 4


class Chances:
    """columns: granted tables, READS readable, WRITES and those of the ledger writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.ledger = Ledger(columns)
        self.rules: list[ChanceSpec] = constants["chances"]
        self.owners: NDArray[np.int64] = constants["owners"]
        self.institutions: dict[str, int] = constants["institutions"]
        self.runners: dict[str, int] = constants["runners"]

    def strike(self, step: Step, rows: Rows) -> None:
        """Draw for each of these residents what the day has in store beside."""
        for rule in self.rules:
            chance = Chance[rule.key.upper()]
            candidates = rows
            if rule.employed_only:
                at_work = self.owners[self.residents.workplace[rows]] > 0
                candidates = rows[at_work & (self.residents.shift[rows] > 0)]
            drawn = step.draws.chance(
                rule.per_million, self.residents.numbers[candidates], LOT, index=int(chance)
            )
            self._befall(step, candidates[drawn], rule, chance)

    def _befall(self, step: Step, rows: Rows, rule: ChanceSpec, chance: Chance) -> None:
        payer, payee = self._party(rule.payer, rows), self._party(rule.payee, rows)
        # An employer whom a bonus would ruin pays none.
        needed = fen(rule.yuan) * rule.holds // 100
        able = (rule.payer != "employer") | (self.ledger.balance_of(payer) >= needed)
        able &= (payer > 0) & (payee > 0)
        rows, payer, payee = rows[able], payer[able], payee[able]
        if not len(rows):
            return
        r = self.residents
        self.ledger.post(
            step,
            payer=payer,
            payee=payee,
            amount=fen(rule.yuan),
            category=Category[rule.key.upper()],
        )
        values = needs.values_at(r, rows, step.instant) + need_vector(rule.needs)
        needs.anchor(r, rows, values, None, step.instant)
        step.mark(RENEW, rows)
        sign = 1 if rule.payee == "self" else -1
        step.emit(
            events.BEFELL, actor=r.numbers[rows], reason=int(chance), amount=sign * fen(rule.yuan)
        )

    def _party(self, key: str, rows: Rows) -> NDArray[np.int64]:
        """Who pays or is paid: the number of an actor for each row, 0 for nobody."""
        if key == "self":
            numbers: NDArray[np.int64] = self.residents.numbers[rows]
            return numbers
        if key == "employer":
            return self.owners[self.residents.workplace[rows]]
        return np.full(len(rows), (self.institutions | self.runners).get(key, 0), dtype=np.int64)
