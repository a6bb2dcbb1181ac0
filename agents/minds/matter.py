"""A matter: what a mind can be asked about, from the prompt to the answer that the town is told."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from pydantic import BaseModel

from agents.minds.voice import Language, Voice
from agents.models import Thought

Messages = list[dict[str, str]]


class Shape(NamedTuple):
    """The shape of an answer for endpoints that enforce one; only what every such endpoint knows.

    schema: JSON schema.
    """

    name: str
    schema: dict[str, Any]


class UnreadableReplyError(ValueError):
    """What a model said is no answer; says what is wrong, to be told to the model."""


class ImpossibleReplyError(ValueError):
    """What a model said cannot be done; says why, to be told to the model."""


class Matter(Protocol):
    """One of the purposes of thoughts. reply: the kind of inbox rows that tell the town of it."""

    shape: Shape
    reply: str

    def prompts(
        self, thoughts: Sequence[Thought], *, language: Language, asking: str
    ) -> list[Messages]:
        """The messages that put each thought to a model: some thoughts, of one world."""

    def read(self, text: str, thought: Thought, voice: Voice, asking: str) -> BaseModel:
        """The answer in what a model said. Raises UnreadableReplyError, ImpossibleReplyError."""

    def told(
        self, thought: Thought, voice: Voice, answer: Any | None, failure: str
    ) -> dict[str, Any]:
        """What the town is told: the answer (as `read` gave it), or a failure (of StandIn)."""
