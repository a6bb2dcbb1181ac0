"""A turn: what somebody knows who is about to say something, and what they say."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from agents.appointments.occasions import Occasion
from agents.appointments.vocabulary import State
from agents.conversations.lived import Lived
from agents.conversations.vocabulary import Act, Emotion, Ending, Topic, Why
from agents.news.knowing import Tiding, Told

Luck = Iterator[int]
"""Draws from 0 to 99."""


class Scene(NamedTuple):
    """What is the same for all who say something in one instant.

    now: game seconds. weather: its key. topic_weights, topic_kinds: by Topic, how often it comes up
    and the kind of tie from which on. has: whether anything can be said for an act and a key.
    quarrel: how likely one is, millionths. invites: how likely one asks a friend to meet when plans
    come up, per cent. activities: their keys, by code.
    """

    now: int
    weather: str
    topic_weights: tuple[int, ...]
    topic_kinds: tuple[int, ...]
    has: Callable[[str, str], bool]
    quarrel: int
    invites: int
    activities: tuple[str, ...]


class Side(NamedTuple):
    """Somebody as they take part, and what the other is to them.

    traits: by name, 0 to 100. needs: by NEEDS, milli-points. occupation: its key. money: the row of
    their class. before, before_place: what they did last (its key, empty for nothing), and the
    number of the place, 0 for none. met, met_in: the numbers of whom they last talked with, and of
    the place, 0 for none. regard: milli-points. kind: the row of the tie. love: Love. sore: there
    was a quarrel that nobody has made up.
    """

    number: int
    traits: Mapping[str, int]
    needs: list[int]
    occupation: str
    money: int
    before: str
    before_place: int
    met: int
    met_in: int
    regard: int
    kind: int
    love: int
    sore: bool

    @property
    def spirits(self) -> int:
        """How well one is, milli-points."""
        return sum(self.needs) // len(self.needs)

    @property
    def in_love(self) -> bool:
        return self.love == 1


class ThirdPersons(NamedTuple):
    """Numbers of others than the two who talk, 0 for nobody: the closest friend of the speaker, one
    whom they love, and one with whom they have quarrelled and not made up."""

    friend: int = 0
    beloved: int = 0
    sore: int = 0


class Turn(NamedTuple):
    """A turn in a conversation: what was, and who speaks to whom.

    act: what was done with the last sentence. turns, said: sentences so far, of all and of the
    speaker. group: how many take part. closing, ending: it comes to an end, and why. angry: it has
    become a quarrel. place: its number. talked_at, talked_of: when these two last talked before
    (game seconds, 0 for never), and about what. third_persons: looks for whom the speaker
    might speak of. past: looks for what the speaker remembers of meeting others, the latest first.
    refused_by: the number of the place that
    turned the speaker away, 0 for none. tiding: looks for news that the speaker may tell the
    listener. told: what kind of news was told with the last sentence, and whether it was new to the
    speaker. appointment: what has become of the last one that the speaker has with the listener.
    invited: the last sentence was the listener's invitation. late: the speaker has come late to
    what was agreed. occasion: looks for what these two have agreed on; plan: for what the speaker
    means to do alone; occasions: for times at which both could meet.
    """

    scene: Scene
    speaker: Side
    listener: Side
    why: Why
    act: Act
    topic: Topic
    turns: int
    said: int
    group: int
    closing: bool
    angry: bool
    ending: Ending
    place: int
    place_kind: str
    talked_at: int
    talked_of: Topic
    third_persons: Callable[[], ThirdPersons]
    past: Callable[[], Sequence[Lived]]
    refused_by: int
    tiding: Callable[[], Tiding | None]
    told: Callable[[], Told]
    appointment: State
    invited: bool
    late: bool
    occasion: Callable[[], Occasion | None]
    plan: Callable[[], Occasion | None]
    occasions: Callable[[], Sequence[Occasion]]


@dataclass
class Sentence:
    """What is said: a line of the grammar, or a text of the speaker's own.

    names: what placeholders of the line stand for, by name: numbers and codes; `near` if the
    listener is called as friends call them. topic: what the conversation is about from now on,
    NONE to leave it. ends: nothing is to be answered. declines: the speaker does not want to talk.
    leaves: the speaker leaves a group. thought: when the model was asked whose text it is.
    impression: points by which the speaker thinks better of the listener. stand_in: why instinct
    spoke for a model (a StandIn), 0 if it did not. news: the number of what is told with it, 0 for
    none. meets: what the listener is invited to.
    """

    act: Act
    line: tuple[str, str] = ("", "")
    emotion: Emotion = Emotion.NEUTRAL
    topic: Topic = Topic.NONE
    names: dict[str, int | str] = field(default_factory=dict)
    ends: bool = False
    declines: bool = False
    leaves: bool = False
    text: str = ""
    thought: int = 0
    impression: int = 0
    stand_in: int = 0
    news: int = 0
    meets: Occasion | None = None
