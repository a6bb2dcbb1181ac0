"""Beginnings: what begins is paid for, told, and has an end."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events
from agents.credit import treating
from agents.credit.treating import Treating
from agents.provenance import Source
from agents.systems import attribution, purse, timing
from agents.systems.attribution import attribution as attributed
from agents.systems.conduct import BEGUN, PAID_FOR
from agents.systems.purse import Purse
from agents.systems.timing import Timing
from world.engine.columns import Rows, flags
from world.engine.pipeline import System
from world.engine.step import Step


class Beginnings(System):
    """Plans the end of every activity that began in this instant, and lets its doer pay."""

    reads = (
        *timing.READS,
        *purse.READS,
        *attribution.READS,
        *treating.READS,
        "minds.lasts",
        "residents.activity",
        "residents.motive",
        "residents.source",
    )
    writes = (*purse.COLUMNS, *treating.WRITES, "residents.ends_at")

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.minds = columns.minds
        self.timing = Timing(columns, constants)
        self.purse = Purse(columns, constants)
        self.treating = Treating(columns, constants)

    def run(self, step: Step) -> None:
        r = self.residents
        rows = step.marked(BEGUN)
        rows = rows[r.bound_for[rows] == 0]
        if not len(rows):
            return
        activity, place = r.activity[rows].astype("i8"), r.place[rows]
        source = r.source[rows]
        wished = np.where(source == int(Source.MODEL), self.minds.lasts[rows], 0)
        ends = self.timing.planned_end(step, rows, activity, wished)
        r.ends_at[rows] = ends
        step.emit(
            events.STARTED,
            actor=r.numbers[rows],
            place=place,
            activity=activity,
            reason=r.motive[rows],
            source=source,
            until=ends,
            data=attributed(self.minds, rows, source),
        )
        owing = ~flags(step.marked(PAID_FOR), len(r.numbers))[rows]
        self._pay(step, rows[owing], activity[owing], place[owing])

    def _pay(self, step: Step, rows: Rows, activity: NDArray[Any], place: NDArray[Any]) -> None:
        """Everybody pays for what they begin, but for whom a friend treats."""
        taken = self.purse.taken(rows, activity, place)
        rows, activity, place, taken = (each[taken > 0] for each in (rows, activity, place, taken))
        if not len(rows):
            return
        price = self.purse.enterprises.charged(place, activity, taken)
        hosts = self.treating.hosts(step, rows, activity, price)
        treated = (hosts >= 0) & (price > 0)
        self.purse.charge(step, rows[~treated], activity[~treated], place[~treated])
        if treated.any():
            self.treating.treat(
                step,
                hosts[treated],
                rows[treated],
                owner=self.purse.owners[place[treated]],
                price=price[treated],
                activity=activity[treated],
            )
            self.purse.enterprises.sell(place[treated], taken[treated])
