"""Happenings: rules are switched, and things begin and end, by order or by chance."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from world import events, happenings
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.gametime import DAY, HOUR, NEVER, midnight_before
from world.engine.inbox import InboxRow
from world.engine.pipeline import System
from world.engine.step import Step
from world.happenings import HAPPENING, OPERATOR, RULE, SWITCHES, HappeningsSpec, Kind, falls_on

BEGUN = "happening_begun"
"""Note: something of `kind` begins in `place`, until `until`."""
OVER = "happening_over"
"""Note: something of `kind` in `place` is over."""

COMES = purpose("world.happenings.comes")
WHERE = purpose("world.happenings.where")


class Happenings(System):
    """Keeps what is in force, and tells when it begins and ends."""

    writes = happenings.WRITES
    handles = (RULE.name, HAPPENING.name)

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.happenings = columns.happenings
        self.rules: HappeningsSpec = constants["happenings"]
        self.places_of_kind: dict[str, list[int]] = constants["places_of_kind"]
        self.place_count = len(constants["places"])

    def next_due(self, after: int) -> int:
        soonest = midnight_before(after) + DAY
        if not len(self.happenings):
            return soonest
        h = self.happenings
        for times in (h.began[:][h.told[:] == 0], h.until[:][h.told[:] == 1]):
            coming = times[times > after]
            soonest = min(soonest, int(coming.min(initial=NEVER)))
        return soonest

    def on_time(self, step: Step) -> None:
        if step.instant == midnight_before(step.instant):
            self._draw(step)

    def run(self, step: Step) -> None:
        for order in self.orders(step):
            refusal = (
                self._switch(step, order) if order.kind == RULE.name else self._order(step, order)
            )
            if refusal:
                step.refuse(order, refusal)
            else:
                step.accept(order)
        if len(self.happenings):
            self._tell(step)

    def _switch(self, step: Step, order: InboxRow) -> str | None:
        kind = Kind[order.payload["rule"].upper()]
        value, days = order.payload["value"], order.payload["days"]
        if kind in SWITCHES and value not in (0, 1):
            return "not_a_switch"
        self._end_all(step, kind)
        until = step.instant + days * DAY if days else NEVER
        if value is not None and not (kind in SWITCHES and value == 0):
            row = self._add(kind, began=step.instant, until=until, strength=value)
            self.happenings.told[row] = 1
            self._note(step, BEGUN, row)
        step.emit(
            events.RULE_CHANGED,
            source=OPERATOR,
            reason=int(kind),
            amount=-1 if value is None else value,
            until=until if days else 0,
        )
        return None

    def _order(self, step: Step, order: InboxRow) -> str | None:
        told = order.payload
        kind = Kind[told["kind"].upper()]
        if told["place"] > self.place_count or (kind != Kind.SHOCK and not told["place"]):
            return "unknown_place"
        self._add(
            kind,
            began=step.instant,
            until=step.instant + told["hours"] * HOUR,
            place=0 if kind == Kind.SHOCK else told["place"],
            strength=told["strength"],
        )
        return None

    def _draw(self, step: Step) -> None:
        """What happens by chance in the day that begins, in one place of its kind."""
        for rule in self.rules.chances:
            kind = Kind[rule.key.upper()]
            places = self.places_of_kind.get(rule.at, [])
            if not places or not falls_on(rule.days, step.instant):
                continue
            if step.draws.chance(rule.per_million, int(kind), COMES)[0]:
                place = places[int(step.draws.below(len(places), int(kind), WHERE)[0])]
                begins, ends = rule.hours
                self._add(kind, began=step.instant + begins, until=step.instant + ends, place=place)

    def _add(
        self, kind: Kind, *, began: int, until: int, place: int = 0, strength: int = 0
    ) -> Rows:
        h = self.happenings
        row = h.ensure([0], [len(h) + 1])
        h.kind[row], h.place[row], h.strength[row] = int(kind), place, strength
        h.began[row], h.until[row] = began, until
        return row

    def _end_all(self, step: Step, kind: Kind) -> None:
        """Whatever is in force of a kind ends now, without a word: what follows is told."""
        h = self.happenings
        rows = np.flatnonzero((h.kind[:] == kind) & (h.until[:] > step.instant))
        h.until[rows] = step.instant
        h.told[rows] = 2
        self._note(step, OVER, rows)

    def _tell(self, step: Step) -> None:
        h = self.happenings
        rows = h.of(0)
        begun = rows[(h.told[rows] == 0) & (h.began[rows] <= step.instant)]
        over = rows[(h.told[rows] == 1) & (h.until[rows] <= step.instant)]
        if len(begun):
            h.told[begun] = 1
            self._emit(step, events.HAPPENED, begun, until=h.until[begun])
            self._note(step, BEGUN, begun)
        if len(over):
            h.told[over] = 2
            self._emit(step, events.HAPPENING_OVER, over)
            self._note(step, OVER, over)

    def _emit(self, step: Step, kind: int, rows: Rows, **fields: Any) -> None:
        h = self.happenings
        step.emit(
            kind,
            place=h.place[rows],
            reason=h.kind[rows],
            amount=h.seconds(rows),
            data=[{"strength": each} for each in h.strength[rows].tolist()],
            **fields,
        )

    def _note(self, step: Step, name: str, rows: Rows) -> None:
        if len(rows):
            h = self.happenings
            step.note(name, kind=h.kind[rows], place=h.place[rows], until=h.until[rows])
