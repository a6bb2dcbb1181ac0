"""A decision: what a resident means to do in the next hours."""

from collections.abc import Sequence
from typing import Any

from agents.minds.matter import ImpossibleReplyError, Messages, Shape
from agents.minds.obstacles import obstacle_to
from agents.minds.prompts import prompts_for
from agents.minds.replies import SCHEMA, Plan, read_plan
from agents.minds.voice import Language, Voice
from agents.models import MindsPolicy, Thought
from agents.systems.deliberation import CADENCE
from agents.systems.replies import REPLY
from world.engine.gametime import MINUTE


class Decision:
    """The matter of `Thought.Purpose.DECIDE`."""

    shape = Shape("plan", SCHEMA)
    reply = REPLY.name

    def prompts(
        self, thoughts: Sequence[Thought], *, language: Language, asking: str
    ) -> list[Messages]:
        """As `Matter.prompts`."""
        return prompts_for(thoughts, language=language, asking=asking)

    def read(self, text: str, thought: Thought, voice: Voice, asking: str) -> Plan:
        """As `Matter.read`."""
        plan = read_plan(text)
        if asking == MindsPolicy.Asking.PLAIN:
            _cut_to_one_decision(plan, voice)
        if wrong := obstacle_to(plan, thought.situation, voice, thought.asked_at):
            raise ImpossibleReplyError(wrong)
        return plan

    def told(
        self, thought: Thought, voice: Voice, answer: Plan | None, failure: str
    ) -> dict[str, Any]:
        """As `Matter.told`, an `agents.systems.replies.ThoughtReply`."""
        told: dict[str, Any] = {
            "purpose": thought.purpose,
            "asked_at": thought.asked_at,
            "decision": thought.decision,
            "failure": failure,
        }
        if answer is not None:
            told |= {
                "thought": answer.thought,
                "feeling": answer.feeling,
                "steps": [
                    {
                        "activity": step.activity,
                        "place": step.place,
                        "minutes": step.minutes,
                        "why": step.why,
                    }
                    for step in answer.steps
                ],
            }
        return told


def _cut_to_one_decision(plan: Plan, voice: Voice) -> None:
    """One step until the next question; only sleep lasts as long as it was meant to."""
    plan.steps = plan.steps[:1]
    activities = voice.stage.constants["activities"]
    code = activities.codes.get(plan.steps[0].activity)
    if code is None or not activities.until_rested[code]:
        plan.steps[0].minutes = min(plan.steps[0].minutes, CADENCE // MINUTE)
