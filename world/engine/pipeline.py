"""The pipeline: the rules of town life in order, and the instants at which they have work."""

from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from world.engine.columns import Columns
from world.engine.events import EventLog
from world.engine.gametime import NEVER, next_after, on_or_after
from world.engine.inbox import InboxRow, Stamp
from world.engine.step import Step


class System:
    """One rule of town life, called in every instant in which anything is due.

    reads, writes: the columns it may see and change, as "table.column"; a column that is written
    may also be read. Asking for anything else fails when the world is loaded. The inbox rows of
    the kinds that a system `handles` are answered by it and by no other.
    """

    reads: ClassVar[tuple[str, ...]] = ()
    writes: ClassVar[tuple[str, ...]] = ()
    handles: ClassVar[tuple[str, ...]] = ()

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        """columns: the granted tables. constants: what the scenario fixed, by section."""
        self.columns = columns
        self.constants = constants

    def next_due(self, after: int) -> int:
        """The first time later than `after` at which the system itself has work."""
        return NEVER

    def on_time(self, step: Step) -> None:
        """Do what `next_due` announced for this instant; called just before `run`."""

    def run(self, step: Step) -> None:
        """Live this instant: change columns, emit events, leave marks."""

    def orders(self, step: Step) -> Iterable[InboxRow]:
        """The inbox rows of this instant that this system handles, in canonical order."""
        return (row for row in step.inbox if row.kind in self.handles)


class Pipeline:
    """A world's systems bound to its columns; lives one instant at a time.

    position: the last stamp that was lived.
    """

    def __init__(
        self,
        *,
        systems: Sequence[type[System]],
        columns: Columns,
        constants: Mapping[str, Any],
        seed: int,
        grid: int,
        position: Stamp,
        actors: str,
    ) -> None:
        """actors: the name of the table whose timers make rows due."""
        self.columns = columns
        self.grid = grid
        self.position = position
        self.log = EventLog()
        self._seed = seed
        self._actors = columns[actors]
        self._systems = [
            system(columns.grant(reads=system.reads, writes=system.writes), constants)
            for system in systems
        ]
        self._announcing = [
            system for system in self._systems if type(system).next_due is not System.next_due
        ]
        self._due_at: NDArray[np.int64] | None = None
        self._announced: dict[System, int] | None = None
        self._handled = {kind for system in systems for kind in system.handles}

    def next_stamp(self, inbox: Sequence[InboxRow]) -> Stamp:
        """When something next happens: to an actor, by a system, or through the inbox.

        inbox: the rows that wait, in canonical order. The result lies on the grid and is later
        than `position`; at NEVER nothing will ever happen by itself.
        """
        self._due_at = self._actors.due_at()
        due = int(self._due_at.min(initial=NEVER))
        self._announced = self._announcements()
        soonest = min(due, *self._announced.values(), NEVER)
        earliest = next_after(self.position.instant, self.grid)
        planned = Stamp(max(on_or_after(soonest, self.grid), earliest))
        return min(planned, inbox[0].stamp) if inbox else planned

    def live(self, stamp: Stamp, inbox: Sequence[InboxRow]) -> Step:
        """Live one stamp with the inbox rows that take effect at it, and say what came of it.

        In an inbox-only step (round above 0) nobody is due; systems carry out orders only.
        Raises ValueError if a row is of no known kind or does not belong to this stamp.
        """
        for row in inbox:
            if row.kind not in self._handled:
                raise ValueError(f"no system handles inbox rows of kind {row.kind!r}")
            if row.stamp != stamp:
                raise ValueError(f"an inbox row for {row.stamp} came at {stamp}")
        orders_only = stamp.round > 0
        if orders_only:
            due = np.zeros(0, dtype=np.int64)
        else:
            due_at = self._actors.due_at() if self._due_at is None else self._due_at
            due = (due_at <= stamp.instant).nonzero()[0]
        on_time = set() if orders_only else self._on_time(stamp.instant)
        step = Step(stamp=stamp, seed=self._seed, due=due, inbox=inbox, log=self.log)
        for system in self._systems:
            if system in on_time:
                system.on_time(step)
            system.run(step)
        self._due_at = self._announced = None
        self.position = stamp
        return step

    def _announcements(self) -> dict[System, int]:
        """When each of the systems that announce something next has work."""
        return {system: system.next_due(self.position.instant) for system in self._announcing}

    def _on_time(self, instant: int) -> set[System]:
        """The systems that have announced work for an instant, or for a time before it."""
        announced = self._announcements() if self._announced is None else self._announced
        return {system for system, at in announced.items() if at <= instant}
