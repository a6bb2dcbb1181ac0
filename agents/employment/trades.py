"""Trades: what is earned by the piece - commission on sales, and works of art."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events
from agents.activities import SKILLS
from agents.employment.rules import ArtSpec
from agents.occupations import Occupations
from economy.enterprises import Enterprises
from economy.ledger import Ledger
from economy.money import Category, fen
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.gametime import HOUR
from world.engine.lines import POINT
from world.engine.step import Step

READS = (
    "businesses.sales",
    "businesses.price",
    "livelihoods.worked",
    "residents.workplace",
    "residents.occupation",
    "skills.levels",
)
WRITES = ("livelihoods.made", "livelihoods.works")

BUYER = purpose("agents.trades.buyer")
TASTE = purpose("agents.trades.taste")

FAIR_HAND = 70
"""Points of art at which a piece brings what the scenario says."""
APPEAL = 50
"""Per cent by which what a buyer gives may be more or less than that."""

_ART = SKILLS.index("art")


class Trades:
    """columns: granted tables, READS readable, WRITES and those of the ledger writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.skills = columns.skills
        self.ledger = Ledger(columns)
        self.enterprises = Enterprises(columns, constants)
        self.occupations: Occupations = constants["occupations"]
        self.art: ArtSpec = constants["employment"].art
        self.treasury: int = constants["institutions"]["treasury"]

    def pay_commissions(self, step: Step) -> None:
        """What clerks get of what their place has sold today, by the hours each was there."""
        terms, b = self.enterprises.terms, self.enterprises.businesses
        r, worked = self.residents, self.livelihoods.worked[:].astype(np.int64)
        rows = self.enterprises.rows_of_places[r.workplace[:]]
        clerks = np.flatnonzero(
            (worked > 0)
            & (rows >= 0)
            & (terms.commission[rows] > 0)
            & (self.occupations.pay[r.occupation[:]] > 0)
        )
        if not len(clerks):
            return
        shop = rows[clerks]
        hours = np.bincount(shop, weights=worked[clerks], minlength=len(terms.goods))
        earned = b.sales[shop] * b.price[shop] // 1000 * terms.commission[shop] // 100
        self.ledger.post(
            step,
            payer=b.numbers[shop],
            payee=r.numbers[clerks],
            amount=earned * worked[clerks] // hours[shop].astype(np.int64),
            category=Category.COMMISSION,
            place=r.workplace[clerks],
        )

    def sell_art(self, step: Step, rows: Rows) -> None:
        """Let pieces be finished, and some of those that are find a buyer outside."""
        self._finish(step, rows)
        live, numbers = self.livelihoods, self.residents.numbers
        offering = rows[live.works[rows] > 0]
        sold = offering[step.draws.chance(self.art.sells, numbers[offering], BUYER)]
        if not len(sold):
            return
        self.ledger.post(
            step,
            payer=self.treasury,
            payee=numbers[sold],
            amount=self._price(step, sold),
            category=Category.ARTWORK,
            place=self.residents.workplace[sold],
        )
        live.works[sold] = live.works[sold] - 1

    def _finish(self, step: Step, rows: Rows) -> None:
        live, takes = self.livelihoods, self.art.hours * HOUR
        finished = rows[live.made[rows] >= takes]
        if not len(finished):
            return
        pieces = live.made[finished] // takes
        live.made[finished] = live.made[finished] % takes
        live.works[finished] = live.works[finished] + pieces
        step.emit(
            events.ART_MADE,
            actor=self.residents.numbers[finished],
            place=self.residents.workplace[finished],
            amount=live.works[finished],
        )

    def _price(self, step: Step, rows: Rows) -> NDArray[np.int64]:
        """Fen for a piece: by skill, and by the taste of who buys it."""
        level = self.skills.levels[rows, _ART].astype(np.int64) // POINT
        taste = step.draws.below(2 * APPEAL + 1, self.residents.numbers[rows], TASTE) - APPEAL
        return fen(self.art.yuan) * level // FAIR_HAND * (100 + taste) // 100
