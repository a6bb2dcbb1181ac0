"""A reflection: what a resident comes to see in what they remember, with what it is drawn from."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from agents.minds.filling import filled
from agents.minds.matter import ImpossibleReplyError, Messages, Shape, UnreadableReplyError
from agents.minds.moment import moment_told
from agents.minds.portrait import portrait
from agents.minds.recollection import memory_line
from agents.minds.replies import Words, read_as
from agents.minds.voice import Language, Voice
from agents.models import Thought
from agents.systems.reflected import LONGEST, MOST, REFLECTED
from world.stage import stage_of


class Insight(BaseModel):
    """Something that a resident comes to see. evidence: numbers of memories, as they were told."""

    text: Words
    evidence: Annotated[
        list[int], BeforeValidator(lambda told: told if isinstance(told, list) else [told])
    ]


class Insights(BaseModel):
    """What a model has its resident come to see."""

    insights: Annotated[list[Insight], Field(min_length=1)]


class Reflection:
    """The matter of `Thought.Purpose.REFLECT`."""

    reply = REFLECTED.name
    shape = Shape(
        "reflection",
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["insights"],
            "properties": {
                "insights": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["text", "evidence"],
                        "properties": {
                            "text": {"type": "string"},
                            "evidence": {"type": "array", "items": {"type": "integer"}},
                        },
                    },
                }
            },
        },
    )

    def prompts(
        self, thoughts: Sequence[Thought], *, language: Language, asking: str
    ) -> list[Messages]:
        """As `Matter.prompts`."""
        stage = stage_of(thoughts[0].world)
        voice = Voice(stage, language)
        rules = filled(f"{language}/reflect-rules.txt", {"town": voice.name(stage.rules["town"])})
        return [
            [
                {"role": "system", "content": rules},
                {
                    "role": "user",
                    "content": filled(
                        f"{language}/reflect.txt",
                        {
                            "who": portrait(voice, thought),
                            "memories": [
                                memory_line(voice, each) for each in thought.situation["memories"]
                            ],
                            "now": moment_told(voice, thought.asked_at),
                            "most": thought.situation["insights"],
                        },
                    ),
                },
            ]
            for thought in thoughts
        ]

    def read(self, text: str, thought: Thought, voice: Voice, asking: str) -> Insights:
        """As `Matter.read`: each insight says something, and by memories that there are."""
        told = read_as(Insights, text)
        told.insights = told.insights[: thought.situation["insights"]]
        last = len(thought.situation["memories"])
        for insight in told.insights:
            insight.text = " ".join(insight.text.split())[:LONGEST]
            if not insight.text:
                raise UnreadableReplyError("insights.text: nothing is said")
            insight.evidence = list(dict.fromkeys(insight.evidence))[:MOST]
            wrong = [number for number in insight.evidence if not 1 <= number <= last]
            if wrong or not insight.evidence:
                raise ImpossibleReplyError(_not_there(voice, wrong, last))
        return told

    def told(
        self, thought: Thought, voice: Voice, answer: Insights | None, failure: str
    ) -> dict[str, Any]:
        """As `Matter.told`, an `agents.systems.reflected.ReflectionReply`."""
        told: dict[str, Any] = {"asked_at": thought.asked_at, "failure": failure}
        if answer is not None:
            memories = thought.situation["memories"]
            cited = [(each["at"], each["ordinal"]) for each in memories]
            told["insights"] = [
                {
                    "text": insight.text,
                    "evidence": [cited[number - 1] for number in sorted(insight.evidence)],
                }
                for insight in answer.insights
            ]
        return told


def _not_there(voice: Voice, wrong: Sequence[int], last: int) -> str:
    """What is wrong with evidence, to be told to the model."""
    if not wrong:
        return voice.say(
            zh="每条感悟都要有依据的编号。", en="Every insight needs the numbers of its evidence."
        )
    numbers = ", ".join(map(str, wrong))
    return voice.say(
        zh=f"依据里的编号 {numbers} 不存在，编号是 1 到 {last}。",
        en=f"There are no memories with the numbers {numbers}; they go from 1 to {last}.",
    )
