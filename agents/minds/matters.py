"""Matters: all that minds are asked about, by the purpose of the thought."""

from agents.minds.decision import Decision
from agents.minds.interview import Interview
from agents.minds.matter import Matter
from agents.minds.reflection import Reflection
from agents.minds.speech import Saying
from agents.models import Thought

MATTERS: dict[str, Matter] = {
    Thought.Purpose.DECIDE: Decision(),
    Thought.Purpose.SPEAK: Saying(),
    Thought.Purpose.INTERVIEW: Interview(),
    Thought.Purpose.REFLECT: Reflection(),
}


def matter_of(thought: Thought) -> Matter:
    """What a thought is about."""
    return MATTERS[thought.purpose]
