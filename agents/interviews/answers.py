"""The shapes of what the REST door of interviews gives and takes."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agents.remembering.answers import Scores
from agents.systems.interviewed import LONGEST
from world.answers import Named

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]

MOST_BEFORE = 20


class Exchange(BaseModel):
    """A question of before, and what was answered."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: Words
    answer: Words


class Question(BaseModel):
    """What a resident is asked."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: Words
    before: Annotated[list[Exchange], Field(max_length=MOST_BEFORE)] = Field(
        [], description="What was asked and answered before in this interview."
    )
    remember: bool = Field(
        False, description="Whether the resident is to remember it; without, it leaves no trace."
    )


class InMind(BaseModel):
    """A memory that came to the resident's mind."""

    time: str
    text: str
    scores: Scores


class Answered(BaseModel):
    """What a resident answers."""

    agent: Named
    world_time: str = Field(description="The moment as of which they answer.")
    question: str
    answer: str
    source: str = Field(description="Whose words: model or instinct.")
    stand_in: str = Field(description="Why instinct answered for a model; empty if it did not.")
    model: str
    thought: str = Field(description="The thought, if a model was asked.")
    memories: list[InMind] = Field(description="What came to mind, the best match first.")
    remembered_at: str | None = Field(
        description="When the resident will remember it; none if it leaves no trace."
    )
