"""Wording: memories in words, in both languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from agents.conversations.presentation import topic_name
from agents.minds.voice import Language, Voice
from agents.remembering.fortunes import moments_of
from agents.remembering.insights import Insight
from agents.remembering.rules import MemorySpec
from economy.money import YUAN
from world.scenario import Bilingual
from world.stage import Stage

Texts = dict[Language, str]


class Wording:
    """Puts what is kept in mind into words. People, places and so on are told by their numbers."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.spec: MemorySpec = stage.rules["memory"]
        self.moments = moments_of(stage.rules)
        self._voices = (Voice(stage, "zh"), Voice(stage, "en"))
        self._topics: dict[str, Mapping[Language, str]] = {}

    def moment(self, key: str, **about: int | Mapping[Language, str]) -> Texts:
        """One of `rules.MOMENTS` or `fortunes.MOMENTS`; about: who, place, need, yuan, or words
        that are known already."""
        text = self.moments[key].text
        return {
            voice.language: _filled(
                text, voice, {name: _named(voice, name, what) for name, what in about.items()}
            )
            for voice in self._voices
        }

    def activity(self, code: int) -> Texts:
        """What an activity is called."""
        return {voice.language: voice.activity(code) for voice in self._voices}

    def talk(
        self,
        place: int,
        others: Sequence[int],
        topic: str,
        *,
        heard: Sequence[tuple[int, Texts]],
        said: Sequence[Texts],
    ) -> Texts:
        """A conversation as one who was in it keeps it: with whom, about what, and a few words.

        topic: a key, empty for none.
        """
        told: Texts = {}
        for voice in self._voices:
            language, texts = voice.language, self.spec.talk.texts
            people = voice.say(zh="、", en=", ").join(map(voice.person, others))
            about = {"place": voice.place(place), "people": people}
            parts = [
                _filled(texts["about"], voice, about | {"topic": self._topic(topic)[language]})
                if topic
                else _filled(texts["plain"], voice, about)
            ]
            parts += [
                _filled(texts["heard"], voice, {"who": voice.person(who), "words": words[language]})
                for who, words in heard
            ]
            parts += [_filled(texts["said"], voice, {"words": words[language]}) for words in said]
            told[language] = voice.say(zh="", en=" ").join(parts)
        return told

    def insight(self, insight: Insight, variant: int) -> Texts:
        """What instinct has come to see, in one of its wordings."""
        line = self.stage.rules["reflections"].insights[insight.key].lines[variant]
        told: Texts = {}
        for voice in self._voices:
            about = {
                "who": voice.person(insight.person) if insight.person else "",
                "place": voice.place(insight.place),
            }
            if insight.key == "topic":
                about["topic"] = self._topic(insight.what)[voice.language]
            elif insight.key == "worn":
                about["need"] = voice.need(int(insight.what))
            words = _filled(line, voice, about)
            told[voice.language] = words[:1].upper() + words[1:]
        return told

    def _topic(self, key: str) -> Mapping[Language, str]:
        if key not in self._topics:
            self._topics[key] = topic_name(self.stage, key)
        return self._topics[key]


def _named(voice: Voice, name: str, what: Any) -> str:
    match name:
        case "who":
            return voice.person(what)
        case "place":
            return voice.place(what)
        case "need":
            return voice.need(what)
        case "yuan":
            return f"{what / YUAN:g}"
        case _:
            return str(what[voice.language])


def _filled(text: Bilingual, voice: Voice, about: Mapping[str, str]) -> str:
    return str(getattr(text, voice.language)).format(**about)
