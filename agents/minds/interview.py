"""An interview: what a resident answers to somebody who asks them something."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from agents.minds.engagements import appointments_told
from agents.minds.filling import filled
from agents.minds.matter import Messages, Shape, UnreadableReplyError
from agents.minds.moment import happening_line, moment_told, needs_told
from agents.minds.past import todays
from agents.minds.portrait import portrait
from agents.minds.recollection import recollection_lines
from agents.minds.replies import Words, read_as
from agents.minds.voice import Language, Voice
from agents.models import Thought
from world.stage import stage_of


class Told(BaseModel):
    """What somebody answers, and what they think of it."""

    thought: Words = ""
    answer: Words


class Interview:
    """The matter of `Thought.Purpose.INTERVIEW`, of which the town is told nothing."""

    reply = ""
    shape = Shape(
        "interview",
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["thought", "answer"],
            "properties": {"thought": {"type": "string"}, "answer": {"type": "string"}},
        },
    )

    def prompts(
        self, thoughts: Sequence[Thought], *, language: Language, asking: str
    ) -> list[Messages]:
        """As `Matter.prompts`, in the language of whoever asks."""
        stage = stage_of(thoughts[0].world)
        days = todays([(each.world_id, each.actor.number, each.asked_at) for each in thoughts])
        prompts = []
        for thought, day in zip(thoughts, days, strict=True):
            voice = Voice(stage, thought.situation["language"])
            content = {
                "town": voice.name(stage.rules["town"]),
                "who": portrait(voice, thought),
                "past": [happening_line(voice, each) for each in day],
                "memories": recollection_lines(voice, thought),
                "now": moment_told(voice, thought.asked_at),
                "needs": needs_told(voice, thought.situation["needs"]),
                "appointments": appointments_told(voice, thought),
                "deed": voice.deed(thought.situation["activity"], thought.situation["place"]),
                "question": thought.situation["question"],
                "before": thought.situation["before"],
            }
            prompts.append(
                [
                    {
                        "role": role,
                        "content": filled(f"{voice.language}/interview-{name}.txt", content),
                    }
                    for role, name in (("system", "rules"), ("user", "question"))
                ]
            )
        return prompts

    def read(self, text: str, thought: Thought, voice: Voice, asking: str) -> Told:
        """As `Matter.read`."""
        told = read_as(Told, text)
        if not told.answer.strip():
            raise UnreadableReplyError("answer: nothing is answered")
        return told

    def told(
        self, thought: Thought, voice: Voice, answer: Told | None, failure: str
    ) -> dict[str, Any]:
        """As `Matter.told`; never asked for."""
        raise NotImplementedError("the town is told nothing of an interview")
