"""Residents, how they think, what it costs, and what their models said."""

from agents.models.language_model import LanguageModel, ModelPrice
from agents.models.mind import PLAN_STEPS, AgentMind
from agents.models.recording import Recording
from agents.models.resident import Agent, AgentState, Personality, Skills
from agents.models.spending import MindsPolicy, Spending
from agents.models.thought import Thought

__all__ = [
    "PLAN_STEPS",
    "Agent",
    "AgentMind",
    "AgentState",
    "LanguageModel",
    "MindsPolicy",
    "ModelPrice",
    "Personality",
    "Recording",
    "Skills",
    "Spending",
    "Thought",
]
