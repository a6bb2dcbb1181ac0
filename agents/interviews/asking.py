"""Asking: one question to a resident, answered as of the last commit.

Nothing of it reaches the town: no event, no memory, no recollection is noted. What it cost is on
the books, and the thought is kept for operators. Only if it is to be remembered an inbox row tells
the resident that it took place.
"""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from agents.interviews.instinct import instinct_answer
from agents.interviews.memories import Remembered, remembered
from agents.interviews.situation import situation_of
from agents.minds.asking import close_connection
from agents.minds.client import Clients
from agents.minds.gate import Gate
from agents.minds.preparing import Errand, prepare
from agents.minds.settling import Finished, settle
from agents.minds.spoken import thought_key
from agents.minds.thinking import Thinker
from agents.models import Thought
from agents.provenance import Source
from agents.systems.interviewed import INTERVIEWED
from world.models import Actor, InboxEntry, World
from world.rest.language import language
from world.stage import Stage
from world.telling import tell


@dataclass(frozen=True, slots=True)
class Answer:
    """What a resident answers.

    source: whose words, model or instinct. stand_in: why instinct spoke for a model (a name of
    StandIn), empty if it did not. thought: the key of the thought, if a model was asked. told: the
    inbox row, if it is remembered.
    """

    text: str
    source: Source
    stand_in: str = ""
    thought: str = ""
    model: str = ""
    remembered: Sequence[Remembered] = ()
    told: InboxEntry | None = None


def interview(
    *,
    world: World,
    stage: Stage,
    agent: Any,
    question: str,
    before: Sequence[tuple[str, str]] = (),
    remember: bool = False,
    told_by: str = "",
) -> Answer:
    """Ask a resident a question. before: earlier questions with their answers."""
    at_hand = remembered(stage, agent.pk, world.lived_until, question)
    code = agent.mind.code
    if code:
        situation = situation_of(agent, stage, world.lived_until) | {
            "model": code,
            "question": question,
            "before": [list(pair) for pair in before],
            "language": language(),
        }
        answer = _by_model(world, agent, situation, at_hand)
    else:
        text = instinct_answer(agent, at_hand)
        answer = Answer(text, Source.INSTINCT, remembered=at_hand)
    if not remember:
        return answer
    entry = tell(
        world=world,
        kind=INTERVIEWED.name,
        subject=agent.number,
        payload={"question": question, "answer": answer.text},
        source=Source.OPERATOR,
        told_by=told_by,
    )
    return replace(answer, told=entry)


def _by_model(
    world: World,
    agent: Actor,
    situation: dict[str, Any],
    at_hand: Sequence[Remembered],
) -> Answer:
    thought = Thought(
        world=world,
        actor=agent,
        purpose=Thought.Purpose.INTERVIEW,
        asked_at=world.lived_until,
        decision=0,
        urgency=0,
        situation=situation,
        recalled=[each.kept for each in at_hand],
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
