"""Treating: friends who can afford it pay for each other."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events
from agents.conversations import bonds
from agents.conversations.bonds import Bonds
from agents.conversations.vocabulary import Change
from agents.needs import TRAITS, milli
from economy.classes import Classes
from economy.ledger import Ledger
from economy.money import Category
from economy.sections import CreditSpec
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.step import Step

READS = ("residents.activity", "residents.place", *bonds.READS)
WRITES = bonds.WRITES

GENEROUS = purpose("agents.treating.generous")

FRIEND = 31
"""Points of a tie from which on somebody treats the other."""

AT_EASE = 100
"""Per cent of the usual readiness to spend from which on one treats others."""

_AGREEABLENESS = TRAITS.index("agreeableness")


class Treating:
    """columns: granted tables, READS readable, WRITES and those of the ledger writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.traits = columns.traits
        self.ledger = Ledger(columns)
        self.bonds = Bonds(columns, constants)
        self.classes: Classes = constants["classes"]
        self.rules: CreditSpec = constants["credit"]

    def hosts(
        self, step: Step, guests: Rows, activity: NDArray[Any], price: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Who pays for each of these, who begin something that costs `price` fen: a row, or -1.

        That is a friend who does the same in the same place; nobody pays for two at once.
        """
        chosen = np.full(len(guests), -1, dtype=np.int64)
        index, hosts = self._companions(guests, activity)
        if not len(hosts):
            return chosen
        numbers = self.residents.numbers
        who = guests[index]
        strength = self.bonds.strength(hosts, who)
        owned = self.ledger.balance_of(numbers[hosts])
        at_ease = self.classes.spends[self.classes.of(owned)] >= AT_EASE
        care = self.traits.levels[hosts, _AGREEABLENESS].astype(np.int64)
        likely = self.rules.treats * care // 50
        generous = step.draws.chance(likely, numbers[hosts], GENEROUS, other=numbers[who])
        willing = np.flatnonzero(
            (strength >= milli(FRIEND)) & at_ease & generous & (owned >= price[index])
        )
        order = np.lexsort((numbers[hosts[willing]], -strength[willing], index[willing]))
        for each in willing[order].tolist():
            if chosen[index[each]] < 0 and hosts[each] not in chosen:
                chosen[index[each]] = hosts[each]
        return chosen

    def _companions(self, guests: Rows, activity: NDArray[Any]) -> tuple[Rows, Rows]:
        """Who does the same in the same place: pairs of an index into `guests` and a row."""
        r = self.residents
        index, hosts = [], []
        for position, (guest, what) in enumerate(
            zip(guests.tolist(), activity.tolist(), strict=True)
        ):
            others = np.flatnonzero((r.place[:] == r.place[guest]) & (r.activity[:] == what))
            others = others[~np.isin(others, guests)]
            index.append(np.full(len(others), position, dtype=np.int64))
            hosts.append(others)
        if not hosts:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        return np.concatenate(index), np.concatenate(hosts)

    def treat(
        self,
        step: Step,
        hosts: Rows,
        guests: Rows,
        *,
        owner: NDArray[np.int64],
        price: NDArray[np.int64],
        activity: NDArray[Any],
    ) -> None:
        """Let each of `hosts` pay the owner of the place for a guest, which brings both closer."""
        r = self.residents
        place = r.place[guests]
        self.ledger.post(
            step,
            payer=r.numbers[hosts],
            payee=owner,
            amount=price,
            category=Category.TREAT,
            place=place,
            activity=activity,
        )
        step.emit(
            events.TREATED,
            actor=r.numbers[hosts],
            other=r.numbers[guests],
            place=place,
            activity=activity,
            amount=price,
        )
        points = np.full(len(hosts), milli(self.rules.treated))
        for one, other in ((hosts, guests), (guests, hosts)):
            self.bonds.change(
                step,
                one,
                other,
                points=self.bonds.bent(one, other, points),
                reason=np.full(len(one), int(Change.TREATED)),
                place=place,
            )
