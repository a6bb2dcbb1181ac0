"""Arranging: sentences that make, answer and settle appointments."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from agents.appointments import diary
from agents.appointments.diary import Diary
from agents.appointments.occasions import Occasion
from agents.conversations.outlook import Heard
from agents.conversations.talking import Talking
from agents.conversations.turn import Sentence
from agents.conversations.vocabulary import Act
from world.engine.step import Step

WRITES = diary.WRITES

ARRANGED = frozenset({Act.INVITE, Act.ACCEPT, Act.TURN_DOWN, Act.REPROACH})
"""Acts that concern appointments."""


class Arranging:
    """columns: granted tables, as `Talking` and `Diary` have them."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.diary = Diary(columns, constants)
        self.talking = Talking(columns, constants)
        self.place_count = len(constants["places"])
        self.activity_count = len(constants["activities"].keys)

    def take(self, step: Step, heard: Heard, index: int, sentence: Sentence) -> None:
        """What is said in this one of the turns is entered into diaries."""
        numbers = self.residents.numbers
        me, you = int(numbers[heard.speakers[index]]), int(numbers[heard.listeners[index]])
        match sentence.act:
            case Act.INVITE if sentence.meets is not None and self._can_be(step, sentence.meets):
                self.diary.ask(me, you, sentence.meets)
            case Act.ACCEPT:
                asked = self.diary.asked(you, me)
                if asked is not None:
                    hosts = heard.hosts[index : index + 1]
                    number = int(self.talking.numbers(hosts)[0])
                    self.diary.agree(step, you, me, asked, conversation=number)
            case Act.TURN_DOWN if self.diary.asked(you, me) is not None:
                self.diary.settle(you, me)
            case Act.REPROACH:
                self.diary.settle(me, you)

    def _can_be(self, step: Step, occasion: Occasion) -> bool:
        """Whether it is to come, somewhere in this town: models are told so, and may be late."""
        known = occasion.place <= self.place_count and occasion.activity < self.activity_count
        return occasion.at > step.instant and known
