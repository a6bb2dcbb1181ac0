"""Replies: what a model says, read, checked, and told what is wrong with it; and plans."""

import math
import re
from typing import Annotated, Any, TypeVar

import orjson
from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from agents.minds.matter import UnreadableReplyError
from agents.models import PLAN_STEPS
from agents.systems.replies import LONGEST

CHOICE = re.compile(r"^\[?\s*(\d{1,7})\s*/\s*([a-z][a-z0-9-]*)\s*\]?$")
_BLOCK = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)

MOST_WORDS = 500
"""Characters of a thought or a reason that are kept."""


def _minutes(value: Any) -> Any:
    """Whole minutes within bounds: a plan is no worse for being a little too long."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return value
    return min(max(round(value), 1), LONGEST)


def _words(value: Any) -> Any:
    return storable(value)[:MOST_WORDS] if isinstance(value, str) else value


def storable(text: str) -> str:
    """A text without what the database refuses: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


Words = Annotated[str, BeforeValidator(_words)]
Kind = TypeVar("Kind", bound=BaseModel)


class Step(BaseModel):
    """One step: "number of a place/key of an activity", for how long, and why."""

    choice: Annotated[str, Field(pattern=CHOICE.pattern)]
    minutes: Annotated[int, BeforeValidator(_minutes)]
    why: Words = ""

    @property
    def place(self) -> int:
        """The number of the place, 0 for wherever one is."""
        return int(self._parts()[0])

    @property
    def activity(self) -> str:
        """The key of the activity."""
        return self._parts()[1]

    def _parts(self) -> tuple[str, str]:
        found = CHOICE.match(self.choice)
        assert found is not None
        return found[1], found[2]


class Plan(BaseModel):
    """What a resident means to do, and what they think and feel."""

    thought: Words
    feeling: Words = ""
    steps: Annotated[
        list[Step],
        Field(min_length=1),
        BeforeValidator(lambda value: value[:PLAN_STEPS] if isinstance(value, list) else value),
    ]


def read_plan(text: str) -> Plan:
    """The plan in a reply, which may be wrapped in other words. Raises UnreadableReplyError."""
    return read_as(Plan, text)


def read_as(kind: type[Kind], text: str) -> Kind:
    """The answer of a kind in a reply, as `read_plan` reads one. Raises UnreadableReplyError."""
    if not text.strip():
        raise UnreadableReplyError("the answer was empty")
    try:
        return kind.model_validate(_object_in(text))
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'answer'}: {fault['msg']}"
            for fault in error.errors()[:5]
        )
        raise UnreadableReplyError(faults) from None


def _object_in(text: str) -> Any:
    """The JSON object in a text: all of it, within a fence, or between the outermost braces."""
    candidates = [text, *_BLOCK.findall(text)]
    first, last = text.find("{"), text.rfind("}")
    if 0 <= first < last:
        candidates.append(text[first : last + 1])
    for candidate in candidates:
        try:
            found = orjson.loads(candidate)
        except orjson.JSONDecodeError:
            continue
        if isinstance(found, dict):
            return found
    raise UnreadableReplyError("the answer is not a JSON object")


SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["thought", "feeling", "steps"],
    "properties": {
        "thought": {"type": "string"},
        "feeling": {"type": "string"},
        "steps": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["choice", "minutes", "why"],
                "properties": {
                    "choice": {"type": "string"},
                    "minutes": {"type": "integer"},
                    "why": {"type": "string"},
                },
            },
        },
    },
}
"""The shape of a plan for endpoints that enforce one; only what every such endpoint knows."""
