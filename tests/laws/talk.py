"""A reader of the log that follows every conversation and objects to what cannot be."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from agents import events
from agents.conversations.rules import TalkRules
from agents.conversations.vocabulary import Change
from agents.models import Personality
from agents.needs import TRAITS
from tests.laws.ties import Arithmetic
from world import residence
from world.engine.lines import FULL
from world.models import Actor, Event, World
from world.scenario import Scenario


def chatty(scenario: Scenario) -> Scenario:
    """The same town, but everybody talks whenever they may."""
    spec = scenario["talk"]
    ties = [tie.model_copy(update={"chance": 10.0}) for tie in spec.ties]
    talk = spec.model_copy(
        update={"chance": 1.0, "again_minutes": 5, "quarrel": 0.2, "ties": ties, "turns": (2, 16)}
    )
    return replace(scenario, content=scenario.content | {"talk": talk})


def pensive(scenario: Scenario, threshold: int = 60) -> Scenario:
    """The same town, but people reflect on little."""
    memory = scenario["memory"]
    reflection = memory.reflection.model_copy(update={"threshold": threshold})
    memory = memory.model_copy(update={"reflection": reflection})
    return replace(scenario, content=scenario.content | {"memory": memory})


def quiet(scenario: Scenario) -> Scenario:
    """The same town, but nobody talks."""
    talk = scenario["talk"].model_copy(update={"chance": 0.0, "service": 0.0, "lesson": 0.0})
    ties = [tie.model_copy(update={"chance": 0.0}) for tie in talk.ties]
    talk = talk.model_copy(update={"ties": ties, "seeking": 1})
    return replace(scenario, content=scenario.content | {"talk": talk})


@dataclass
class Person:
    """Somebody, as the log tells it so far."""

    place: int = 0
    activity: str = "idle"
    talk: int = 0


@dataclass
class Talk:
    """A conversation, as the log tells it so far.

    parts: who was in it since when, and until when. first, last_seq: its first and last event.
    """

    place: int
    began: int
    people: set[int]
    initiator: int
    why: int
    first_seq: int
    parts: list[tuple[int, int, int]] = field(default_factory=list)
    joined: dict[int, int] = field(default_factory=dict)
    said: int = 0
    last: int = 0
    ended: int | None = None
    ending: int = 0
    topic: int = 0
    last_seq: int | None = None

    def leave(self, who: int, at: int) -> None:
        self.parts.append((who, self.joined.pop(who), at))


@dataclass
class Reader:
    """Follows a world through its log. talks: every conversation by number. arithmetic: of ties.

    Make it before anybody's character is edited.
    """

    world: World
    arithmetic: Arithmetic = field(init=False)
    people: dict[int, Person] = field(default_factory=lambda: defaultdict(Person))
    talks: dict[int, Talk] = field(default_factory=dict)
    strength: dict[tuple[int, int], int] = field(default_factory=dict)
    heard: dict[tuple[int, int, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        constants = residence.constants_of(self.world)
        self._activities = constants["activities"].keys
        rules: TalkRules = constants["talk"]
        self.arithmetic = Arithmetic(rules.spec, constants["credit"], self._characters())

    def _characters(self) -> dict[int, dict[str, int]]:
        """The traits of everybody as they are now, by number."""
        people = Personality.objects.filter(actor__world=self.world)
        return {row.pop("actor__number"): row for row in people.values("actor__number", *TRAITS)}

    def read(self) -> None:
        """Read all of the log. Raises AssertionError at the first thing that cannot be."""
        known = self.arithmetic.characters
        # Those who came since are as they came: orders are given to those who were there.
        known |= {who: row for who, row in self._characters().items() if who not in known}
        for number, home in Actor.objects.filter(world=self.world, kind="resident").values_list(
            "number", "state__home"
        ):
            self.people[number] = Person(place=home)
        for event in Event.objects.filter(world=self.world).order_by("seq").iterator():
            self._take_in(event)
            self.arithmetic.take_in(event)

    def _take_in(self, event: Event) -> None:
        match event.kind:
            case events.MOVED:
                self._set(event.actor, 0, "walk")
            case events.STARTED:
                self._set(event.actor, event.place, self._activities[event.activity])
            case events.REFUSED:
                self._set(event.actor, 0, "idle")
            case events.TALK_BEGAN:
                self._begin(event)
            case events.TALK_JOINED:
                talk = self._open(event)
                assert self.people[event.actor].talk == 0, "in two conversations"
                talk.people.add(event.actor)
                talk.joined[event.actor] = event.world_time
                self.people[event.actor].talk = event.amount
            case events.SAID:
                self._say(event)
            case events.TALK_LEFT:
                talk = self._open(event)
                assert event.actor in talk.people
                talk.people.remove(event.actor)
                talk.leave(event.actor, event.world_time)
                assert len(talk.people) >= 2, "one person is no conversation"
                self.people[event.actor].talk = 0
            case events.TALK_ENDED:
                talk = self._open(event)
                assert set((event.data or {})["people"]) == talk.people
                assert event.until == talk.said, "a sentence is lost"
                talk.ended, talk.ending = event.world_time, event.reason
                talk.topic, talk.last_seq = (event.data or {})["topic"], event.seq
                for number in talk.people:
                    self.people[number].talk = 0
                    talk.leave(number, event.world_time)
            case events.TIE_CHANGED:
                self._change(event)

    def _set(self, who: int, place: int, activity: str) -> None:
        self.people[who].place, self.people[who].activity = place, activity

    def _open(self, event: Event) -> Talk:
        talk = self.talks[event.amount]
        assert talk.ended is None, "it was over"
        return talk

    def _begin(self, event: Event) -> None:
        assert event.actor != event.other, "talks to themselves"
        for number in (event.actor, event.other):
            person = self.people[number]
            assert person.talk == 0, "in two conversations"
            assert person.activity not in ("sleep", "walk"), person.activity
            assert person.place == event.place, "not there"
            person.talk = event.amount
        assert event.amount not in self.talks, "it began twice"
        people = {event.actor, event.other}
        self.talks[event.amount] = Talk(
            event.place,
            event.world_time,
            people,
            initiator=event.actor,
            why=event.reason,
            first_seq=event.seq,
            joined=dict.fromkeys(people, event.world_time),
        )

    def _say(self, event: Event) -> None:
        talk = self._open(event)
        assert event.actor != event.other, "talks to themselves"
        assert {event.actor, event.other} <= talk.people
        assert event.actor != talk.last, "twice running"
        assert event.until == talk.said
        talk.said, talk.last = talk.said + 1, event.actor
        for number in (event.actor, event.other):
            assert self.people[number].activity not in ("sleep", "walk"), self.people[number]
            assert self.people[number].place == talk.place == event.place
        data: dict[str, Any] = event.data or {}
        if "line" in data:
            sentence = f"{data['line']} {data['n']}"
            key = (event.actor, event.other, sentence)
            week = 7 * 86400
            assert event.world_time - self.heard.get(key, -week) >= week, sentence
            self.heard[key] = event.world_time

    def _change(self, event: Event) -> None:
        pair = (event.actor, event.other)
        before = self.strength.get(pair, 0)
        assert event.until == before + event.amount, "the history does not add up"
        assert 0 <= event.until <= FULL
        assert event.actor != event.other
        if event.reason == Change.FOUNDING:
            assert before == 0, "they knew each other before"
        self.strength[pair] = event.until
