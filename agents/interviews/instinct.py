"""What instinct answers: what it remembers that has to do with the question."""

from collections.abc import Sequence

from agents.minds.recollection import Kept
from world.models import Actor
from world.rest.language import language, say

RELEVANT = 0.12
"""Relevance from which on a memory has to do with the question."""

TOLD = 3
"""Memories that are told at most."""


def instinct_answer(agent: Actor, at_hand: Sequence[Kept]) -> str:
    """An answer in the reader's language, first person."""
    fitting = sorted(
        (each for each in at_hand if each["relevance"] >= RELEVANT),
        key=lambda each: (-each["relevance"], each["at"]),
    )[:TOLD]
    spoken = language()
    if fitting:
        told = [each[spoken] for each in fitting]
        return say(zh="我记得：", en="This is what I remember. ") + say(zh="", en=" ").join(told)
    goal = getattr(agent.agent, f"goal_{spoken}")
    return say(
        zh=f"这我说不上来。我心里惦记的是：{goal}",
        en=f"I could not say. What is on my mind is this: {goal}",
    )
