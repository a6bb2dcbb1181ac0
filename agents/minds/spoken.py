"""Spoken: the reasons that models gave, from the replies in the inbox, for whole batches.

Every world has them there, live, replayed or asked about later.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from agents.models import Thought
from agents.systems.replies import REPLY, reply_key
from world.models import InboxEntry


class Step(NamedTuple):
    """A step of a plan: whose, when it was asked for, and which step."""

    who: int
    asked_at: int
    step: int


def reasons(world_id: int, steps: Iterable[Step]) -> dict[Step, str]:
    """Why each of these steps is taken, in the words of the model, in its own language.

    Where a step has no reason of its own, what its maker thought when the plan was made.
    """
    wanted = set(steps)
    replies = replies_to(world_id, {(step.who, step.asked_at) for step in wanted})
    told = {}
    for step in wanted:
        payload = replies.get((step.who, step.asked_at))
        if payload is not None and 0 <= step.step < len(payload["steps"]):
            told[step] = payload["steps"][step.step]["why"] or payload["thought"]
    return told


def replies_to(world_id: int, asked: set[tuple[int, int]]) -> dict[tuple[int, int], dict[str, Any]]:
    """The replies to decisions, by who was asked and when."""
    if not asked:
        return {}
    keys = {reply_key(Thought.Purpose.DECIDE, when): when for _, when in asked}
    rows = InboxEntry.objects.filter(
        world_id=world_id,
        kind=REPLY.name,
        subject__in={who for who, _ in asked},
        key__in=keys,
    ).values_list("subject", "key", "payload")
    return {(who, keys[key]): payload for who, key, payload in rows}


def thought_key(who: int, asked_at: int, purpose: str = Thought.Purpose.DECIDE) -> str:
    """The public identity of a thought, by whom (a number) and when it was asked for."""
    return f"{who}-{asked_at}-{purpose}"


def current_step(who: int, mind: Mapping[str, Any]) -> Step:
    """What a resident is doing of their plan. mind: fields of `AgentMind` by name."""
    return Step(who, mind["thought"], mind["step"])
