"""The lexicon: what words tell of a sentence whose speaker did not say what they feel."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import model_validator

from agents.conversations.vocabulary import TOPICS, Emotion, Topic
from world.scenario import Bilingual, Section, Strict

EMOTIONS = tuple(emotion.name.lower() for emotion in Emotion)


class WordsSpec(Strict):
    """Words of each language that tell of something."""

    key: str
    zh: list[str]
    en: list[str]


class EmotionSpec(WordsSpec):
    """Words that tell of an emotion, and its name."""

    name: Bilingual


class LexiconSpec(Strict):
    """lexicon.yaml."""

    emotions: list[EmotionSpec]
    topics: list[WordsSpec]

    @model_validator(mode="after")
    def everything_is_there(self) -> "LexiconSpec":
        """Every emotion and every topic is there once."""
        for found, expected in ((self.emotions, EMOTIONS), (self.topics, TOPICS)):
            if sorted(each.key for each in found) != sorted(expected):
                raise ValueError(f"expected exactly {', '.join(expected)}")
        return self


SECTION = Section("lexicon", LexiconSpec)

Count = Callable[[str], int]


@dataclass(frozen=True)
class Lexicon:
    """emotions, topics: how often words of each are in a text, by code."""

    names: dict[Emotion, Bilingual]
    emotions: dict[Emotion, Count]
    topics: dict[Topic, Count]

    @classmethod
    def compile(cls, spec: LexiconSpec) -> "Lexicon":
        """From the section `lexicon`."""
        return cls(
            names={Emotion[each.key.upper()]: each.name for each in spec.emotions},
            emotions={Emotion[each.key.upper()]: _counts(each) for each in spec.emotions},
            topics={Topic[each.key.upper()]: _counts(each) for each in spec.topics},
        )

    def emotion_of(self, text: str) -> Emotion:
        """The emotion of which most words tell, the first of these in `Emotion`."""
        most = max(Emotion, key=lambda emotion: (self.emotions[emotion](text), -emotion))
        return most if self.emotions[most](text) else Emotion.NEUTRAL

    def topic_of(self, text: str) -> Topic:
        """The topic of which most words tell; NONE if none does."""
        most = max(self.topics, key=lambda topic: (self.topics[topic](text), -topic))
        return most if self.topics[most](text) else Topic.NONE


def _counts(spec: WordsSpec) -> Count:
    patterns = [_any_of(spec.zh), _any_of(spec.en, whole=True)]
    return lambda text: sum(len(pattern.findall(text)) for pattern in patterns)


def _any_of(words: Sequence[str], *, whole: bool = False) -> re.Pattern[str]:
    if not words:
        return re.compile("(?!)")
    alternatives = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"\b(?:{alternatives})\b" if whole else alternatives, re.IGNORECASE)
