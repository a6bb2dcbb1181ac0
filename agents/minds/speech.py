"""Saying: what a resident says when it is their turn in a conversation."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator

from agents.conversations.lexicon import EMOTIONS, Lexicon
from agents.conversations.speech import LONGEST, MOST_IMPRESSION, SPEECH
from agents.conversations.vocabulary import TOPICS
from agents.minds.matter import Messages, Shape, UnreadableReplyError
from agents.minds.replies import Words, read_as
from agents.minds.speech_prompts import speech_prompts
from agents.minds.voice import Language, Voice
from agents.models import Thought

_QUOTES = (("“", "”"), ("「", "」"), ('"', '"'), ("'", "'"))


def _points(value: Any) -> int:
    """Whole points within bounds; none where it is no number."""
    try:
        points = float(value)
    except (TypeError, ValueError):
        return 0
    whole = round(points) if math.isfinite(points) else 0
    return min(max(whole, -MOST_IMPRESSION), MOST_IMPRESSION)


def _number(value: Any) -> int:
    """A number as models write numbers, 0 for anything else."""
    told = str(value).strip().strip("[]")
    return int(told) if told.isdecimal() and len(told) < 10 else 0


def _key(value: Any) -> str:
    return value.strip().strip("[]").lower() if isinstance(value, str) else ""


Key = Annotated[str, BeforeValidator(_key)]


class Speech(BaseModel):
    """What a model has its resident say. say: empty for nothing. to: a name, empty for nobody."""

    thought: Words = ""
    say: Words
    emotion: Key = ""
    topic: Key = ""
    does: Key = ""
    to: Words = ""
    impression: Annotated[int, BeforeValidator(_points)] = 0
    news: Annotated[int, BeforeValidator(_number)] = 0
    meet: Annotated[int, BeforeValidator(_number)] = 0

    def addressed(self, names: Mapping[str, int]) -> int:
        """Who is meant, by name or by @name in what is said; 0 for nobody. names: of the others."""
        to = self.to.strip().lstrip("@")
        said = (number for name, number in names.items() if f"@{name}" in self.say)
        return names[to] if to in names else next(said, 0)


class Saying:
    """The matter of `Thought.Purpose.SPEAK`."""

    reply = SPEECH.name
    shape = Shape(
        "speech",
        {
            "type": "object",
            "additionalProperties": False,
            "required": [*Speech.model_fields],
            "properties": {
                "thought": {"type": "string"},
                "say": {"type": "string"},
                "emotion": {"type": "string", "enum": list(EMOTIONS)},
                "topic": {"type": "string", "enum": list(TOPICS)},
                "does": {"type": "string"},
                "to": {"type": "string"},
                "impression": {"type": "integer"},
                "news": {"type": "integer"},
                "meet": {"type": "integer"},
            },
        },
    )

    def prompts(
        self, thoughts: Sequence[Thought], *, language: Language, asking: str
    ) -> list[Messages]:
        """As `Matter.prompts`."""
        return speech_prompts(thoughts, language=language)

    def read(self, text: str, thought: Thought, voice: Voice, asking: str) -> Speech:
        """As `Matter.read`: what is not said of emotion and topic, the lexicon tells."""
        speech = read_as(Speech, text)
        may = thought.situation["does"]
        speech.does = speech.does if speech.does in may else may[0]
        speech.news = speech.news if speech.news in thought.situation["news"] else 0
        if speech.does == "invite" and not 0 < speech.meet <= len(thought.situation["meets"]):
            raise UnreadableReplyError("meet: expected the number of one of those listed")
        speech.say = _spoken(speech.say, voice.person(thought.actor.number))
        if not speech.say and speech.does != "silent":
            raise UnreadableReplyError("say: nothing is said")
        lexicon: Lexicon = voice.stage.constants["lexicon"]
        if speech.emotion not in EMOTIONS:
            speech.emotion = lexicon.emotion_of(speech.say).name.lower()
        if speech.topic not in TOPICS:
            speech.topic = lexicon.topic_of(speech.say).name.lower()
        return speech

    def told(
        self, thought: Thought, voice: Voice, answer: Speech | None, failure: str
    ) -> dict[str, Any]:
        """As `Matter.told`, an `agents.conversations.speech.SpeechReply`."""
        told: dict[str, Any] = {"asked_at": thought.asked_at, "failure": failure}
        if answer is not None:
            others = [other["number"] for other in thought.situation["others"]]
            told |= {
                "text": answer.say,
                "does": answer.does,
                "emotion": answer.emotion,
                "topic": answer.topic,
                "to": answer.addressed({voice.person(number): number for number in others}),
                "impression": answer.impression,
                "news": answer.news,
                "meet": _meeting(thought, answer),
            }
        return told


def _meeting(thought: Thought, speech: Speech) -> dict[str, int] | None:
    """What the listener is invited to, as an `agents.conversations.speech.Meeting`."""
    if speech.does != "invite":
        return None
    at, place, activity = thought.situation["meets"][speech.meet - 1]
    return {"at": at, "place": place, "activity": activity}


def _spoken(text: str, speaker: str) -> str:
    """Only what is said: on one line, without the speaker's name before it or quotes around it."""
    said = re.sub(r"\s+", " ", text).strip()
    said = re.sub(rf"^{re.escape(speaker)}\s*[:：]\s*", "", said)
    for opens, closes in _QUOTES:
        if said.startswith(opens) and said.endswith(closes) and len(said) > 1:
            said = said[1:-1].strip()
    return said[:LONGEST]
