"""Deliberation: how those decide whose mind is a model's.

Their plan's next step is taken as it falls due. When the plan is over, or something unexpected
makes it void, they are asked again, and wait; when they cannot be asked, instinct stands in and
says why.
"""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events
from agents.minds import briefing
from agents.minds.briefing import Briefing
from agents.minds.situation import Situations
from agents.models.mind import PLAN_BLOCKS
from agents.provenance import Motive, Source, StandIn, Surprise
from agents.systems import conduct, outlook
from agents.systems.conduct import HEARD, PAID_FOR, SENT_OUT, SURPRISE, Conduct
from agents.systems.outlook import Outlook
from agents.systems.replies import ANSWERED, STAND_IN, THINK
from world.engine.columns import Rows
from world.engine.gametime import MINUTE, NEVER
from world.engine.step import Step

TOO_LATE = 30 * MINUTE
"""After so long nobody waits for an answer any more."""

CADENCE = 10 * MINUTE
"""How often a mind is asked at most; it is longer while a budget has to be stretched."""

RETRIES = 1
"""How often a mind is asked again because what it chose cannot be done."""

READS = (
    *conduct.READS,
    *outlook.READS,
    *briefing.READS,
    "minds.cadence",
    "minds.closed",
    "minds.plan_of",
)
WRITES = (
    *conduct.COLUMNS,
    *(f"minds.{block}" for block in PLAN_BLOCKS),
    "minds.asked_at",
    "minds.decision",
    "minds.following",
    "minds.lasts",
    "minds.retries",
    "minds.stand_in",
    "minds.step",
    "minds.steps",
    "minds.surprise",
    "minds.surprise_activity",
    "minds.surprise_place",
    "minds.thought",
    "residents.answer_by",
)

Mask = NDArray[np.bool_]


class Deliberation:
    """The decisions of models' minds. columns: granted tables, WRITES writable, READS readable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.minds = columns.minds
        self.conduct = Conduct(columns, constants)
        self.outlook = Outlook(columns, constants)
        self.briefing = Briefing(columns, constants)

    def decide(self, step: Step, rows: Rows) -> Rows:
        """Let these rows, who must decide and have models for minds, act, ask or wait.

        Returns those for whom instinct must decide.
        """
        r, m, now = self.residents, self.minds, step.instant
        self._take_surprises(step, rows)
        forced = self._stand_ins(step, rows)
        fresh = np.isin(rows, step.marked(ANSWERED))
        ends = r.ends_at[rows]
        waits = (forced == 0) & (r.answer_by[rows] < NEVER)
        surprised = (m.surprise[rows] > 0) & ~fresh
        busy = (ends > now) & (ends < NEVER) & ~surprised & ~fresh & (forced == 0)
        r.think_at[rows[waits | busy]] = NEVER
        self.conduct.step_out(step, np.intersect1d(rows[waits], step.marked(SENT_OUT)))
        acting = rows[~waits & ~busy & (forced == 0)]
        undone = self._follow_plans(step, acting)
        self._stand_in(rows[forced > 0], forced[forced > 0])
        asked, refused, why = self._ask(step, undone)
        self._stand_in(refused, why)
        self.conduct.step_out(step, np.intersect1d(asked, step.marked(SENT_OUT)))
        return np.union1d(rows[forced > 0], refused)

    def _take_surprises(self, step: Step, rows: Rows) -> None:
        """Remember what unexpected things befell these rows, until they are asked about it."""
        noted = step.noted(SURPRISE)
        if noted is None:
            return
        here = np.isin(noted["rows"], rows)
        who = noted["rows"][here]
        self.minds.surprise[who] = noted["what"][here]
        self.minds.surprise_place[who] = noted["place"][here]
        self.minds.surprise_activity[who] = noted["activity"][here]

    def _stand_ins(self, step: Step, rows: Rows) -> NDArray[np.int64]:
        """Why instinct must decide for each row, as a StandIn; 0 where it need not."""
        why = np.zeros(len(rows), dtype=np.int64)
        noted = step.noted(STAND_IN)
        if noted is not None:
            here = np.isin(noted["rows"], rows)
            why[np.searchsorted(rows, noted["rows"][here])] = noted["code"][here]
        return why

    def _follow_plans(self, step: Step, rows: Rows) -> Rows:
        """Let those take the next step of their plan who can; returns the others."""
        m, r = self.minds, self.residents
        following = m.following[rows]
        own = (following == 0) | (r.source[rows] == Source.MODEL)
        # What befell somebody before the plan was made was known to whoever made it.
        valid = (following == 0) | (m.surprise[rows] == 0)
        planned = (following < m.steps[rows]) & own & valid
        who, k = rows[planned], following[planned]
        if not len(who):
            self._explain(rows)
            return rows
        here = r.place[who]
        activity = m.plan_activity[who, k]
        place = np.where(m.plan_place[who, k] == 0, here, m.plan_place[who, k])
        situations = self.outlook.situations(who, step.instant, own_judgement=True)
        can = _offered(situations, place, activity)
        self._block(step, who[~can], place[~can], activity[~can])
        lasts = m.plan_lasts[who, k]
        self._carry_out(step, who[can], place[can], activity[can], lasts[can])
        rest = rows[~planned]
        self._explain(rest)
        return np.union1d(rest, who[~can])

    def _carry_out(
        self,
        step: Step,
        rows: Rows,
        place: NDArray[np.int64],
        activity: NDArray[np.int64],
        lasts: NDArray[np.int64],
    ) -> None:
        m, r, now = self.minds, self.residents, step.instant
        m.thought[rows] = m.plan_of[rows]
        m.step[rows] = m.following[rows]
        m.following[rows] = m.following[rows] + 1
        m.lasts[rows] = lasts
        m.surprise[rows] = m.retries[rows] = m.stand_in[rows] = 0
        r.decision[rows] = r.decision[rows] + 1
        running = (r.ends_at[rows] > now) & (r.ends_at[rows] < NEVER)
        stays = place == r.place[rows]
        step.mark(PAID_FOR, rows[running & stays & (activity == r.activity[rows])])
        self.conduct.begin(step, rows[stays], activity[stays], Motive.NONE, Source.MODEL)
        self.conduct.depart(
            step,
            rows[~stays],
            place=place[~stays],
            intent=activity[~stays],
            motive=Motive.NONE,
            source=Source.MODEL,
        )

    def _block(
        self, step: Step, rows: Rows, place: NDArray[np.int64], activity: NDArray[np.int64]
    ) -> None:
        """These rows cannot do what their plan says."""
        m = self.minds
        m.surprise[rows] = Surprise.IMPOSSIBLE
        m.surprise_place[rows] = place
        m.surprise_activity[rows] = activity

    def _explain(self, rows: Rows) -> None:
        """Say why a plan is over that was not followed to its end."""
        m, source = self.minds, self.residents.source[rows]
        left = (m.following[rows] < m.steps[rows]) & (m.surprise[rows] == 0)
        m.surprise[rows[left & (source == Source.OPERATOR)]] = Surprise.ORDER
        m.surprise[rows[left & (source == Source.INSTINCT)]] = Surprise.STOOD_IN

    def _ask(self, step: Step, rows: Rows) -> tuple[Rows, Rows, NDArray[np.int64]]:
        """Ask those who may be asked; returns them, the others, and why not (StandIns)."""
        m, now = self.minds, step.instant
        first_step = (m.following[rows] == 0) & (m.steps[rows] > 0)
        again = first_step & (m.surprise[rows] == Surprise.IMPOSSIBLE)
        cadence = m.cadence[rows]
        rested = (m.asked_at[rows] == 0) | (now >= m.asked_at[rows] + cadence)
        soon = np.where(cadence > CADENCE, int(StandIn.BUDGET), int(StandIn.SOON))
        # Who is spoken to thinks of it, however little ago they did.
        spoken_to = m.surprise[rows] == Surprise.WORDS
        resting = ~again & ~rested & ~spoken_to
        why = np.select(
            [m.closed[rows] > 0, again & (m.retries[rows] >= RETRIES), resting],
            [m.closed[rows], int(StandIn.IMPOSSIBLE), soon],
            0,
        )
        asked = rows[why == 0]
        m.retries[asked] = np.where(again[why == 0], m.retries[asked] + 1, 0)
        self._put_questions(step, asked)
        return asked, rows[why > 0], why[why > 0]

    def _put_questions(self, step: Step, rows: Rows) -> None:
        if not len(rows):
            return
        m, r, now = self.minds, self.residents, step.instant
        situations = self.outlook.situations(rows, now, own_judgement=True)
        heard = _heard(step)
        for row, number, content in zip(
            rows.tolist(),
            r.numbers[rows].tolist(),
            self.briefing.of(step, rows, situations),
            strict=True,
        ):
            content["words"] = heard.get(row, "")
            step.ask(THINK, number, dict(content))
        r.answer_by[rows] = now + TOO_LATE
        r.think_at[rows] = NEVER
        m.asked_at[rows] = now
        m.decision[rows] = r.decision[rows]
        step.emit(
            events.ASKED,
            actor=r.numbers[rows],
            reason=m.surprise[rows],
            amount=r.decision[rows],
            until=r.answer_by[rows],
        )
        m.steps[rows] = m.following[rows] = m.surprise[rows] = 0

    def _stand_in(self, rows: Rows, why: NDArray[np.int64]) -> None:
        """Instinct decides for these rows: their plan is void."""
        m = self.minds
        m.stand_in[rows] = why
        m.steps[rows] = m.following[rows] = m.lasts[rows] = m.retries[rows] = 0


def _heard(step: Step) -> dict[int, str]:
    """What was said to each row in this instant."""
    noted = step.noted(HEARD)
    if noted is None:
        return {}
    return dict(zip(noted["rows"].tolist(), noted["text"].tolist(), strict=True))


def _offered(situations: Situations, place: NDArray[np.int64], activity: NDArray[np.int64]) -> Mask:
    """Whether each resident can do this activity in this place, as far as they know."""
    options = situations.options
    wanted = (options.place == place[:, None]) & (options.activity == activity[:, None])
    return np.asarray((wanted & situations.possible).any(axis=1))
