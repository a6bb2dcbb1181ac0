"""By model: the answer of a resident who thinks with one, asked at once and waited for."""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from agents.interviews.answer import Answer
from agents.interviews.instinct import instinct_answer
from agents.minds.asking import close_connection
from agents.minds.client import Clients
from agents.minds.gate import Gate
from agents.minds.preparing import Errand, prepare
from agents.minds.recollection import Kept
from agents.minds.settling import Finished, settle
from agents.minds.spoken import thought_key
from agents.minds.thinking import Thinker
from agents.models import Thought
from agents.provenance import Source
from world.models import Actor, World


def by_model(
    world: World,
    agent: Actor,
    situation: dict[str, Any],
    at_hand: Sequence[Kept],
) -> Answer:
    """What a model has a resident answer; instinct's answer, and why, if it has nothing to say."""
    thought = Thought(
        world=world,
        actor=agent,
        purpose=Thought.Purpose.INTERVIEW,
        asked_at=world.lived_until,
        decision=0,
        urgency=0,
        situation=situation,
        recalled=list(at_hand),
        # Nobody else may take it up, and nobody waits for it.
        status=Thought.Status.ANSWERED,
        claim=uuid.uuid4(),
    )
    thought.save()
    (errand,) = prepare([thought])
    finished = _think(errand)
    settle([finished])
    model = errand.model.name if errand.model else ""
    key = thought_key(agent.number, thought.asked_at, Thought.Purpose.INTERVIEW)
    if finished.answer is None:
        text = instinct_answer(agent, at_hand)
        return Answer(text, Source.INSTINCT, finished.failure, key, model, at_hand)
    return Answer(finished.answer.answer, Source.MODEL, "", key, model, at_hand)  # type: ignore[attr-defined]


def _think(errand: Errand) -> Finished:
    """Put one thought to its model, and wait."""
    with ThreadPoolExecutor(1, thread_name_prefix="interview-database") as database:

        async def in_database(work: Callable[..., Any], *args: Any) -> Any:
            return await asyncio.get_running_loop().run_in_executor(database, work, *args)

        async def think() -> Finished:
            async with Clients() as clients, Gate() as gates:
                return await Thinker(clients, gates, in_database).think(errand)

        try:
            return asyncio.run(think())
        finally:
            database.submit(close_connection).result()
