"""Engaged: whoever talks does not decide on anything else until it is over, unless they must."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.conversations import talking
from agents.conversations.talking import Talking
from agents.conversations.vocabulary import Ending
from agents.provenance import Motive, Source, Surprise
from agents.systems import conduct
from agents.systems.conduct import DECIDE, SENT_OUT, SPELL, SURPRISE, Conduct
from world.engine.columns import Rows
from world.engine.gametime import NEVER
from world.engine.pipeline import System
from world.engine.step import Step


class Engaged(System):
    """Puts decisions off, and ends the talks of those who cannot put them off."""

    reads = (*conduct.READS, *talking.READS)
    writes = (*conduct.COLUMNS, *talking.WRITES, "talks.before", "talks.before_place")

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.talks = columns.talks
        self.conduct = Conduct(columns, constants)
        self.talking = Talking(columns, constants)
        self.chat: int = self.conduct.activities.codes["talk"]

    def run(self, step: Step) -> None:
        self._remember(step)
        rows = step.marked(DECIDE)
        talking = rows[self.talks.host[rows] > 0]
        if not len(talking):
            return
        must = self._leave_groups(step, talking) | self._must_go(step, talking)
        for row, ending in must.items():
            if self.talks.host[row] > 0:
                self.talking.leave(step, row, ending)
        waiting = talking[self.talks.host[talking] > 0]
        step.unmark(DECIDE)
        step.mark(DECIDE, np.setdiff1d(rows, waiting))
        self._put_off(step, waiting)

    def _remember(self, step: Step) -> None:
        """What everybody did last, and where: something to talk about."""
        spells = step.noted(SPELL)
        if spells is None:
            return
        # An order may end one thing and another begin and end in the same instant.
        told = (spells["place"] > 0) & (spells["activity"] != self.chat)
        self.talks.before[spells["rows"][told]] = spells["activity"][told]
        self.talks.before_place[spells["rows"][told]] = spells["place"][told]

    def _leave_groups(self, step: Step, talking: Rows) -> dict[int, Ending]:
        """Those who have nothing else to do any more, and whom a group can spare."""
        hosts = self.talks.host[:]
        idle = talking[self._idle(step, talking)]
        return {
            row: Ending.GOODBYE
            for row in idle.tolist()
            if np.count_nonzero(hosts == hosts[row]) > 2 and self.talks.said[row] > 0
        }

    def _idle(self, step: Step, rows: Rows) -> NDArray[np.bool_]:
        """Whose activity is over."""
        ends = self.residents.ends_at[rows]
        return np.asarray((ends <= step.instant) | (ends == NEVER))

    def _must_go(self, step: Step, talking: Rows) -> dict[int, Ending]:
        """Those whose place closes under them, or whose need is critical."""
        must = dict.fromkeys(
            np.intersect1d(talking, step.marked(SENT_OUT)).tolist(), Ending.CLOSING
        )
        noted = step.noted(SURPRISE)
        if noted is not None:
            alarmed = noted["rows"][noted["what"] == Surprise.NEED]
            must |= dict.fromkeys(np.intersect1d(talking, alarmed).tolist(), Ending.NEED)
        return must

    def _put_off(self, step: Step, rows: Rows) -> None:
        """These go on talking; with nothing else to do any more, they come to an end of it."""
        r, t = self.residents, self.talks
        t.waits[rows] = 1
        r.think_at[rows] = NEVER
        idle = rows[self._idle(step, rows)]
        hosts = np.unique(np.searchsorted(r.numbers, t.host[idle]))
        self.talking.close(hosts[t.turns[hosts] > 1], Ending.GOODBYE)
        self.conduct.begin(step, idle, self.chat, Motive.COMPANY, Source.RULE)
