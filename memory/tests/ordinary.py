"""What an ordinary life leaves in mind: memories made of a scenario's own words."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from memory.models import Memory
from memory.writing import Impression
from world.engine.gametime import DAY, HOUR
from world.scenario import Bilingual, Scenario

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, Language] = ("zh", "en")

WAKING = (7 * HOUR, 23 * HOUR)
CIRCLE = 15
"""With how many people somebody has to do."""
TALKS = 0.8
"""How many of one's memories are of talk; the rest are moments."""
MOMENTS = {
    "closed": 18,
    "full": 18,
    "unaffordable": 6,
    "need": 18,
    "closer": 12,
    "apart": 12,
    "quarrel": 6,
    "reconciled": 6,
    "love": 1,
    "rejected": 2,
    "parted": 1,
}
"""How often moments are kept in mind, beside each other."""
LONG, LONGER, MOVING, SERVED = 0.5, 0.15, 0.1, 0.15
"""How many talks have five messages and more, or eight; move a tie; are a word over a counter."""


class Life:
    """Somebody's days, drawn by a seed."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._scenario = scenario
        self._chance = random.Random(seed)
        people = [each.name for each in scenario["residents"]]
        self._circle = self._chance.sample(people, CIRCLE)
        self._places = [each.name for each in scenario["places"]]
        self._activities = [each.name for each in scenario["activities"]]
        self._topics = scenario["talk"].topics
        self._told = _sentences(scenario, "share")
        self._answered = _sentences(scenario, "respond")

    def memories(self, count: int, days: int) -> list[Impression]:
        """So many, of so many days, in order; nobody's yet."""
        moments = sorted(
            self._chance.randrange(days) * DAY + self._chance.randrange(*WAKING)
            for _ in range(count)
        )
        return [self._memory(at) for at in moments]

    def _memory(self, at: int) -> Impression:
        return self._talk(at) if self._chance.random() < TALKS else self._moment(at)

    def _talk(self, at: int) -> Impression:
        chance, spec = self._chance, self._scenario["memory"].talk
        (topic,) = chance.choices(self._topics, [each.weight for each in self._topics])
        who = chance.choice(self._circle)
        heard = chance.sample(self._told[topic.key], 2)
        said = chance.choice(self._answered[topic.key])
        names = self._names()
        text = {}
        for language in LANGUAGES:
            known = {name: getattr(what, language) for name, what in names.items()}
            known |= {"who": getattr(who, language), "people": getattr(who, language)}
            known["topic"] = getattr(topic.name, language)
            parts = [
                _filled(spec.texts["about"], language, known),
                _filled(
                    spec.texts["heard"],
                    language,
                    known | {"words": " ".join(_filled(each, language, known) for each in heard)},
                ),
                _filled(
                    spec.texts["said"], language, known | {"words": _filled(said, language, known)}
                ),
            ]
            text[language] = {"zh": "", "en": " "}[language].join(parts)
        return Impression(
            actor=0,
            at=at,
            kind=Memory.Kind.CONVERSATION,
            importance=self._importance(topic.key),
            subject=topic.key,
            text=text,
        )

    def _importance(self, topic: str) -> int:
        """By the scenario's rules of what a talk weighs."""
        chance, spec = self._chance, self._scenario["memory"].talk
        if chance.random() < SERVED:
            return int(spec.brief)
        length = chance.random()
        importance = spec.importance
        if length < LONGER:
            importance += spec.messages[-1].more
        elif length < LONG:
            importance += spec.messages[0].more
        importance += spec.emotion * (chance.random() < 0.3)
        importance += spec.moved.more * (chance.random() < MOVING)
        return int(importance + spec.topic * (topic in spec.topics))

    def _moment(self, at: int) -> Impression:
        chance = self._chance
        (key,) = chance.choices(list(MOMENTS), list(MOMENTS.values()))
        moment = self._scenario["memory"].moments[key]
        names = self._names() | {
            "need": chance.choice(self._scenario["needs"].needs).name,
            "tie": chance.choice(self._scenario["talk"].ties).name,
        }
        return Impression(
            actor=0,
            at=at,
            kind=Memory.Kind.OBSERVATION,
            importance=moment.importance,
            subject=key,
            text={
                language: _filled(
                    moment.text,
                    language,
                    {name: getattr(what, language) for name, what in names.items()},
                )
                for language in LANGUAGES
            },
        )

    def _names(self) -> dict[str, Any]:
        """Somebody, somewhere, doing something."""
        chance = self._chance
        return {
            "who": chance.choice(self._circle),
            "you": chance.choice(self._circle),
            "person": chance.choice(self._circle),
            "place": chance.choice(self._places),
            "activity": chance.choice(self._activities),
        }


def _sentences(scenario: Scenario, act: str) -> Mapping[str, Sequence[Bilingual]]:
    """What is said in an act, by topic."""
    by_topic: dict[str, list[Bilingual]] = defaultdict(list)
    for spec in _specs(scenario):
        if spec.act == act:
            by_topic[spec.key.partition(".")[0]] += spec.lines
    return by_topic


def _specs(scenario: Scenario) -> Iterator[Any]:
    for part in ("manners", "services", "trades", "topics", "replies", "affairs"):
        yield from scenario[part]


def _filled(text: Bilingual, language: Language, known: Mapping[str, str]) -> str:
    return str(getattr(text, language)).format(**known)
