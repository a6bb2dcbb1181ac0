"""Briefings for speech: what a model may know when it is asked what its resident says.

Codes and numbers, written down by the engine in the instant of the question, as those for decisions
are in `agents.minds.briefing`; what was said so far stands in the log.
"""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, TypedDict

import numpy as np

from agents.appointments import diary
from agents.appointments.diary import Diary
from agents.conversations import bonds
from agents.conversations.bonds import Bonds
from agents.conversations.rules import FRIEND
from agents.conversations.speech import offered
from agents.conversations.talking import Talking
from agents.conversations.turn import Turn
from agents.minds import person
from agents.minds.person import Person, person_of
from agents.news import knowing
from agents.news.knowing import Knowing
from world.engine.columns import Rows

MOST_NEWS = 4
"""Of what one might tell, so much comes to mind."""

READS = (
    *diary.READS,
    *diary.WRITES,
    *knowing.READS,
    *bonds.READS,
    *person.READS,
)


class Other(TypedDict):
    """Somebody else in the conversation, and what they are to the speaker, as the speaker sees it.

    strength, regard: milli-points. love: Love. sore: 1 after a quarrel. talks, met_at, topic: how
    often they talked before, when last (0 for never) and about what (Topic).
    """

    number: int
    occupation: int
    strength: int
    regard: int
    love: int
    sore: int
    talks: int
    met_at: int
    topic: int


class Content(Person):
    """One briefing. Places and people are numbers; needs in milli-points.

    conversation: its number. turn: how many sentences were said so far. why, act, topic, ending:
    codes of `vocabulary`; ending: why it comes to an end, 0 while it does not. listener: who is
    spoken to unless the mind chooses another. does: what may be done with the sentence. news: the
    numbers of what one knows and has not told the listener, the likeliest last. invited: what the
    listener has asked the speaker for, and meets: for what these two could meet, if the speaker may
    ask, as [game time, place, activity].
    """

    needs: list[int]
    conversation: int
    turn: int
    why: int
    act: int
    topic: int
    ending: int
    listener: int
    others: list[Other]
    does: list[str]
    news: list[int]
    invited: list[int]
    meets: list[list[int]]


class Briefing:
    """Puts briefings together. columns: granted tables with READS, talks and ties readable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.columns = columns
        self.residents = columns.residents
        self.bonds = Bonds(columns, constants)
        self.talking = Talking(columns, constants)
        self.knowing = Knowing(columns, constants)
        self.diary = Diary(columns, constants)

    def of(self, now: int, host: int, speaker: int, turn: Turn) -> Content:
        """The briefing of a speaker whose turn it is in the conversation on the row `host`."""
        people, _ = self.talking.people(np.array([host]))
        does = offered(turn)
        return Content(
            **person_of(self.columns, speaker),
            needs=turn.speaker.needs,
            conversation=int(self.talking.numbers(np.array([host]))[0]),
            turn=turn.turns,
            why=turn.why,
            act=turn.act,
            topic=turn.topic,
            ending=turn.ending if turn.closing else 0,
            listener=turn.listener.number,
            others=self._others(speaker, people[people != speaker]),
            does=does,
            invited=list(self.diary.asked(turn.listener.number, turn.speaker.number) or ())
            if turn.invited
            else [],
            meets=[list(each) for each in turn.occasions()] if "invite" in does else [],
            news=self._news(now, speaker, turn),
        )

    def _news(self, now: int, speaker: int, turn: Turn) -> list[int]:
        row = int(np.searchsorted(self.residents.numbers, turn.listener.number))
        confides = turn.speaker.kind >= FRIEND
        told = self.knowing.all_to_tell(now, speaker, row, confides=confides)
        ranked = sorted(told, key=lambda each: (each.chance, each.number))
        return [each.number for each in ranked[-MOST_NEWS:]]

    def _others(self, speaker: int, people: Rows) -> list[Other]:
        r, ties = self.residents, self.bonds.between(np.full(len(people), speaker), people)
        columns = {
            name: self.bonds.of(name, ties).tolist()
            for name in ("strength", "regard", "love", "sore", "talks", "met_at", "topic")
        }
        return [
            Other(
                number=int(r.numbers[row]),
                occupation=int(r.occupation[row]),
                **{name: values[index] for name, values in columns.items()},  # type: ignore[typeddict-item]
            )
            for index, row in enumerate(people.tolist())
        ]
