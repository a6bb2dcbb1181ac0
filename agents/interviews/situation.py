"""The situation of somebody who is interviewed, from the rows of the last commit."""

from typing import Any

from agents.activities import SKILLS
from agents.needs import TRAITS
from agents.selectors import condition_of
from world.stage import Stage


def situation_of(agent: Any, stage: Stage, time: int) -> dict[str, Any]:
    """What prompts need of a resident at a game time: codes and numbers, as in a briefing."""
    state = agent.state
    return {
        "traits": [getattr(agent.personality, trait) for trait in TRAITS],
        "skills": [getattr(agent.skills, skill) for skill in SKILLS],
        "needs": condition_of([agent], stage, time).needs[0].tolist(),
        "balance": agent.account.balance,
        "place": state.place,
        "activity": state.activity,
        "since": state.started_at,
        "home": state.home,
        "workplace": state.workplace,
        "occupation": state.occupation,
        "shift": state.shift,
        "workdays": state.workdays,
    }
