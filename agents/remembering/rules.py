"""The rules of memory: memory.yaml."""

from typing import Annotated

from pydantic import AfterValidator, Field, PositiveInt, model_validator

from agents.conversations.vocabulary import TOPICS, Emotion
from memory.models import MOST
from world.scenario import Bilingual, Section, Strict, check_names

EMOTIONS = tuple(emotion.name.lower() for emotion in Emotion)

Importance = Annotated[int, Field(ge=0, le=MOST)]

EmotionKey = Annotated[str, AfterValidator(lambda key: _one_of(key, EMOTIONS))]
TopicKey = Annotated[str, AfterValidator(lambda key: _one_of(key, TOPICS))]

MOMENTS = {
    "known": {"who", "because"},
    "closer": {"who", "tie"},
    "apart": {"who", "tie"},
    "quarrel": {"who"},
    "reconciled": {"who"},
    "love": {"who"},
    "rejected": {"who"},
    "parted": {"who"},
    "closed": {"place"},
    "full": {"place"},
    "unaffordable": {"place"},
    "need": {"need"},
    "agreed": {"who", "place", "when", "what"},
    "intends": {"place", "when", "what"},
    "invited": {"who", "place", "when"},
    "hosts": {"place", "when"},
    "stood-up": {"who", "place"},
    "missed": {"who", "place"},
    "came": {"who", "place"},
    "decided": {"thought"},
}
"""What is kept in mind beside talk, with what its words may name."""

TEXTS_OF_TALK = {
    "about": {"place", "people", "topic"},
    "plain": {"place", "people"},
    "heard": {"who", "words"},
    "said": {"words"},
}

TEXTS_OF_SUMMARIES = {
    "span": {"since", "until"},
    "talks": {"people"},
    "topics": {"topics"},
    "times": {"who", "n"},
    "others": {"n"},
}


class MoreSince(Strict):
    """A conversation of so many messages matters so much more."""

    since: PositiveInt
    more: Importance


class Moved(Strict):
    """A conversation that moved a tie by so many points matters so much more."""

    points: PositiveInt
    more: Importance


class TalkMemorySpec(Strict):
    """How much a conversation matters, and in which words it is kept."""

    importance: Importance
    brief: Importance
    messages: list[MoreSince]
    emotion: Importance
    emotions: list[EmotionKey]
    moved: Moved
    topic: Importance
    topics: list[TopicKey]
    texts: dict[str, Bilingual]

    @model_validator(mode="after")
    def words_are_there(self) -> "TalkMemorySpec":
        """Every text is there, and names what it may."""
        _check(self.texts, TEXTS_OF_TALK)
        return self


class MomentSpec(Strict):
    """Something that is kept in mind. counted: how a summary tells of several."""

    importance: Importance
    text: Bilingual
    counted: Bilingual


class ForgettingSpec(Strict):
    """What is forgotten when, and how summaries put it. faint: points of importance."""

    half_life_days: Annotated[float, Field(gt=0)]
    faint: Annotated[float, Field(gt=0, le=MOST)]
    never: list[str]
    importance: Importance
    people: PositiveInt
    topics: PositiveInt
    texts: dict[str, Bilingual]

    @model_validator(mode="after")
    def words_are_there(self) -> "ForgettingSpec":
        """Every text is there, and names what it may; what is never forgotten is known."""
        _check(self.texts, TEXTS_OF_SUMMARIES)
        for subject in self.never:
            _one_of(subject, tuple(MOMENTS))
        return self


class ReflectionSpec(Strict):
    """When somebody reflects, on how much, and what comes of it.

    threshold: the sum of importance from which on. insights: at most. considered: memories that
    are looked back at, at most. importance: of an insight of a model. late_hours: after so many an
    answer of a model is not waited for. again_days: for so many instinct does not come to see the
    same thing again.
    """

    threshold: PositiveInt = 150
    insights: Annotated[int, Field(ge=1, le=10)] = 3
    considered: PositiveInt = 40
    importance: Importance = 50
    late_hours: PositiveInt = 6
    again_days: PositiveInt = 3


class MemorySpec(Strict):
    """memory.yaml. Worlds that were founded before they reflected do so by the usual figures."""

    talk: TalkMemorySpec
    moments: dict[str, MomentSpec]
    forgetting: ForgettingSpec
    reflection: ReflectionSpec = ReflectionSpec()

    @model_validator(mode="after")
    def moments_are_there(self) -> "MemorySpec":
        """Every moment is there, and its words name what they may."""
        _check({key: moment.text for key, moment in self.moments.items()}, MOMENTS)
        counted = {key: moment.counted for key, moment in self.moments.items()}
        _check(counted, {key: {"n"} for key in MOMENTS})
        return self


def _one_of(key: str, known: tuple[str, ...]) -> str:
    if key not in known:
        raise ValueError(f"expected one of {', '.join(known)} (found {key!r})")
    return key


def _check(texts: dict[str, Bilingual], expected: dict[str, set[str]]) -> None:
    if set(texts) != set(expected):
        raise ValueError(f"expected exactly {', '.join(expected)}")
    for key, text in texts.items():
        check_names(key, text, expected[key])


SECTION = Section("memory", MemorySpec)
