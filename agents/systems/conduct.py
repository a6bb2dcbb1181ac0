"""Conduct: what it means for the columns to begin an activity, to set out, to be turned away."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from agents import events
from agents.provenance import Motive, Source, Surprise
from agents.systems import attribution, purse, timing
from agents.systems.attribution import attribution as attributed
from agents.systems.purse import Purse
from agents.systems.timing import Timing
from world.engine.columns import Rows
from world.engine.gametime import NEVER
from world.engine.step import Step

DECIDE = "decide"
"""Mark: these rows must decide in this instant."""
SENT_OUT = "sent_out"
"""Mark: the place where these rows are closes, so they cannot stay."""
BEGUN = "begun"
"""Mark: these rows began an activity in this instant, and may have gone on to something else."""
PAID_FOR = "paid_for"
"""Mark: these rows go on with what they were doing, which they have paid for."""
ENTERED = "entered"
"""Mark: these rows have come into a place in this instant."""
RENEW = "renew"
"""Mark: what these rows do has changed, so their needs go on at other rates."""
SPELL = "spell"
"""Note: these rows stopped doing `activity` in `place`, which they began at `began`."""
HEARD = "heard"
"""Note: something was said to these rows: `text`."""
SURPRISE = "surprise"
"""Note: something unexpected befell these rows: `what` (a Surprise), `place`, `activity`."""

COLUMNS = tuple(
    f"residents.{column}"
    for column in (
        "activity",
        "arrives_at",
        "bound_for",
        "cell",
        "departed_at",
        "ends_at",
        "intent",
        "motive",
        "place",
        "shunned",
        "shunned_until",
        "source",
        "started_at",
        "think_at",
        "decision",
    )
)
READS = (*timing.READS, *purse.READS, *attribution.READS)


def note_spell(step: Step, residents: Any, rows: Rows) -> None:
    """Tell the systems that come later what these rows have been doing so far."""
    step.note(
        SPELL,
        rows=rows,
        activity=residents.activity[rows],
        place=residents.place[rows],
        began=residents.started_at[rows],
    )


class Conduct:
    """The deeds of residents, by the rules of one world.

    columns: granted tables, with COLUMNS writable and READS readable.
    """

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.minds = columns.minds
        self.timing = Timing(columns, constants)
        self.purse = Purse(columns, constants)
        self.activities = self.timing.activities
        self.walks = self.timing.walks

    def begin(
        self, step: Step, rows: Rows, activity: ArrayLike, motive: ArrayLike, source: ArrayLike
    ) -> None:
        """Begin an activity where one is (or in the street); its price and end come later.

        Whoever cannot afford it must not be among the rows.
        """
        if not len(rows):
            return
        r = self.residents
        note_spell(step, r, rows)
        r.activity[rows] = activity
        r.intent[rows] = 0
        r.started_at[rows] = step.instant
        r.ends_at[rows] = NEVER
        r.arrives_at[rows] = NEVER
        r.think_at[rows] = NEVER
        r.motive[rows] = motive
        r.source[rows] = source
        step.mark(BEGUN, rows)
        step.mark(RENEW, rows)

    def depart(
        self,
        step: Step,
        rows: Rows,
        *,
        place: ArrayLike,
        intent: ArrayLike,
        motive: ArrayLike,
        source: ArrayLike,
    ) -> None:
        """Set out for a place, from where one stands, to do something there."""
        if not len(rows):
            return
        r = self.residents
        goal = np.full(rows.shape, place, dtype=np.int64)
        origin = self.timing.standing_at(rows, step.instant)
        way = self.timing.seconds_to(rows, goal[:, None] - 1, step.instant)[:, 0]
        arrives = step.instant + way
        note_spell(step, r, rows)
        r.cell[rows] = origin
        r.place[rows] = 0
        r.bound_for[rows] = goal
        r.departed_at[rows] = step.instant
        r.arrives_at[rows] = arrives
        r.activity[rows] = self.activities.codes["walk"]
        r.intent[rows] = intent
        r.started_at[rows] = step.instant
        r.ends_at[rows] = NEVER
        r.think_at[rows] = NEVER
        r.motive[rows] = motive
        r.source[rows] = source
        step.mark(RENEW, rows)
        step.emit(
            events.MOVED,
            actor=r.numbers[rows],
            place=goal,
            activity=intent,
            reason=motive,
            source=source,
            amount=origin,
            until=arrives,
            data=attributed(self.minds, rows, source),
        )

    def turn_away(self, step: Step, rows: Rows, reason: ArrayLike, shun: int) -> None:
        """Leave walkers standing at a door that did not open to them; they choose once more."""
        if not len(rows):
            return
        r = self.residents
        door = r.bound_for[rows]
        step.emit(
            events.REFUSED,
            actor=r.numbers[rows],
            place=door,
            activity=r.intent[rows],
            reason=reason,
        )
        step.note(
            SURPRISE,
            rows=rows,
            what=np.full(len(rows), int(Surprise.TURNED_AWAY)),
            place=door,
            activity=r.intent[rows],
        )
        note_spell(step, r, rows)
        r.cell[rows] = self.walks.doors[door - 1]
        r.shunned[rows] = door
        r.shunned_until[rows] = step.instant + shun
        r.bound_for[rows] = 0
        r.arrives_at[rows] = NEVER
        r.intent[rows] = 0
        r.activity[rows] = self.activities.codes["idle"]
        r.started_at[rows] = step.instant
        r.motive[rows] = Motive.NONE
        r.source[rows] = Source.RULE
        step.mark(RENEW, rows)
        step.mark(DECIDE, rows)

    def step_out(self, step: Step, rows: Rows) -> None:
        """Leave a place that closes, and stand before its door without having decided anything."""
        if not len(rows):
            return
        self.begin(step, rows, self.activities.codes["idle"], Motive.NONE, Source.RULE)
        self.residents.place[rows] = 0

    def enter(self, rows: Rows) -> None:
        """Walkers are inside the place they went to."""
        r = self.residents
        goal = r.bound_for[rows]
        r.place[rows] = goal
        r.cell[rows] = self.walks.doors[goal - 1]
        r.bound_for[rows] = 0
        r.arrives_at[rows] = NEVER
