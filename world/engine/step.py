"""A step: one instant of one world while its systems live it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.engine.columns import Rows
from world.engine.draws import Draws
from world.engine.events import EventLog
from world.engine.inbox import Answer, InboxRow, Stamp
from world.engine.outbox import Question


class Step:
    """What systems share within one instant and nobody keeps beyond it.

    instant: game seconds. due: rows of the actors whose timers have come, ascending.
    draws: the chance of this instant. inbox: the rows that take effect now, in canonical order.

    Systems speak to the systems after them by marks: named sets of rows ("these must decide"), and
    by notes: named records of what came to pass ("these stopped doing that").
    """

    def __init__(
        self,
        *,
        stamp: Stamp,
        seed: int,
        due: Rows,
        inbox: Sequence[InboxRow],
        log: EventLog,
    ) -> None:
        self.stamp = stamp
        self.instant = stamp.instant
        self.due = due
        self.inbox = tuple(inbox)
        self.draws = Draws(seed, stamp.instant)
        self.answers: list[Answer] = []
        self.questions: list[Question] = []
        self.recasts = False
        self._log = log
        self._marks: dict[str, list[Rows]] = {}
        self._notes: dict[str, list[dict[str, NDArray[Any]]]] = {}

    def emit(
        self, kind: int, *, data: Sequence[dict[str, Any] | None] | None = None, **fields: ArrayLike
    ) -> None:
        """Record events of a kind at this instant; fields as in `EventLog.emit`."""
        self._log.emit(kind, self.instant, data=data, **fields)

    def mark(self, name: str, rows: ArrayLike) -> None:
        """Add rows to the set of this name."""
        marked = np.asarray(rows, dtype=np.int64).reshape(-1)
        if len(marked):
            self._marks.setdefault(name, []).append(marked)

    def unmark(self, name: str) -> None:
        """Empty the set of this name."""
        self._marks.pop(name, None)

    def marked(self, name: str) -> NDArray[np.int64]:
        """The rows in the set of this name, ascending and without repetition."""
        chunks = self._marks.get(name)
        if not chunks:
            return np.zeros(0, dtype=np.int64)
        # As np.unique, in a third of the time.
        rows = np.concatenate(chunks)
        if len(rows) == 1:
            return rows
        rows.sort()
        first = np.ones(len(rows), dtype=np.bool_)
        np.not_equal(rows[1:], rows[:-1], out=first[1:])
        return rows[first]

    def note(self, name: str, **columns: NDArray[Any]) -> None:
        """Add records to those of this name: equally long columns, always the same ones."""
        self._notes.setdefault(name, []).append(columns)

    def noted(self, name: str) -> dict[str, NDArray[Any]] | None:
        """The records of this name in the order of noting; None if there are none."""
        chunks = self._notes.get(name)
        if not chunks:
            return None
        if len(chunks) > 1:
            # Several systems ask for the same records; joined once, they stay so.
            columns = chunks[0]
            chunks[:] = [
                {name: np.concatenate([each[name] for each in chunks]) for name in columns}
            ]
        return chunks[0]

    def ask(self, kind: str, subject: int, content: dict[str, Any]) -> None:
        """Ask something of the outside, once this instant is committed."""
        self.questions.append(Question(kind, self.instant, subject, content))

    def recast(self) -> None:
        """Say that the outside adds actors of this instant: no later one is lived without them."""
        self.recasts = True

    def accept(self, row: InboxRow) -> None:
        """Say that an inbox row was carried out."""
        self.answers.append(Answer(row.identity, self.stamp, accepted=True))

    def refuse(self, row: InboxRow, reason: str) -> None:
        """Say that an inbox row was refused, and why (a code)."""
        self.answers.append(Answer(row.identity, self.stamp, accepted=False, reason=reason))
