"""Questions: models are asked what their residents say, and somebody waits for the answer.

Who is asked stands in `talks.asked_at` of the speaker; the conversation's next turn is then the
moment from which on nobody waits any more.
"""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events
from agents.conversations import briefing
from agents.conversations.briefing import Briefing
from agents.conversations.outlook import Heard
from agents.conversations.rules import MILLION, TalkRules
from agents.conversations.speech import speaks_for_itself
from agents.conversations.talking import SPEAK, Talking
from agents.conversations.turn import Turn
from agents.provenance import StandIn
from agents.systems.deliberation import CADENCE, TOO_LATE
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.gametime import on_or_after
from world.engine.step import Step

STRETCHED = purpose("agents.questions.stretched")

READS = (*briefing.READS, "minds.cadence", "minds.closed")


class Questions:
    """columns: granted tables, READS readable, and those of `Talking` writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.minds = columns.minds
        self.talks = columns.talks
        self.rules: TalkRules = constants["talk"]
        self.grid: int = constants["walks"].grid
        self.briefing = Briefing(columns, constants)
        self.talking = Talking(columns, constants)

    def reasons(self, step: Step, speakers: Rows, turns: Sequence[Turn]) -> NDArray[np.int64]:
        """Why instinct speaks for each of those whose minds are models' (a StandIn).

        0 where a model is to be asked; -1 where there is none, or it is not asked for such a word.
        """
        m = self.minds
        why = m.closed[speakers].astype(np.int64)
        # Where a budget has to be stretched, it pays for as large a share of what is said.
        share = MILLION * CADENCE // np.maximum(m.cadence[speakers], CADENCE)
        paid = step.draws.chance(share, self.residents.numbers[speakers], STRETCHED)
        why = np.where((why == 0) & ~paid, int(StandIn.BUDGET), why)
        own = (m.code[speakers] > 0) & np.array([speaks_for_itself(turn) for turn in turns])
        return np.where(own, why, -1)

    def ask(self, step: Step, heard: Heard, indices: list[int], turns: Sequence[Turn]) -> None:
        """Ask the models of these of the speakers, and let their conversations wait."""
        r, t, now = self.residents, self.talks, step.instant
        for index in indices:
            host, speaker = int(heard.hosts[index]), int(heard.speakers[index])
            content = self.briefing.of(now, host, speaker, turns[index])
            step.ask(SPEAK, int(r.numbers[speaker]), dict(content))
        hosts, speakers = heard.hosts[indices], heard.speakers[indices]
        until = np.minimum(now + TOO_LATE, t.spoke_at[hosts] + self.rules.silence)
        until = np.maximum(on_or_after(until, self.grid), now + self.grid)
        t.asked_at[speakers] = now
        t.turn_of[hosts] = r.numbers[speakers]
        r.talk_at[hosts] = until
        step.emit(
            events.SPEECH_ASKED,
            actor=r.numbers[speakers],
            other=r.numbers[heard.listeners[indices]],
            amount=self.talking.numbers(hosts),
            until=until,
        )

    def silent(self, step: Step, hosts: Rows) -> NDArray[np.bool_]:
        """In which of these conversations nobody has spoken for too long."""
        return np.asarray(step.instant >= self.talks.spoke_at[hosts] + self.rules.silence)
