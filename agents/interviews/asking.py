"""Asking: one question to a resident, answered as of the last commit.

Nothing of it reaches the town: no event, no memory, no recollection is noted. What it cost is on
the books, and the thought is kept for operators. Only if it is to be remembered an inbox row tells
the resident that it took place.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agents.interviews.answer import Answer
from agents.interviews.instinct import instinct_answer
from agents.interviews.situation import situation_of
from agents.minds.recollection import come_to_mind
from agents.provenance import Source
from agents.systems.interviewed import INTERVIEWED
from world.models import World
from world.rest.language import language
from world.stage import Stage
from world.telling import tell

MOST = 8
"""Memories that somebody has in mind when they are asked something."""


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
    (at_hand,) = come_to_mind([(agent.pk, world.lived_until, question)], most=MOST)
    code = agent.mind.code
    if code:
        # Only where a model answers are its clients needed, which are large.
        from agents.interviews.by_model import by_model

        situation = situation_of(agent, stage, world.lived_until) | {
            "model": code,
            "question": question,
            "before": [list(pair) for pair in before],
            "language": language(),
        }
        answer = by_model(world, agent, situation, at_hand)
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
