"""Residents, how they think and what it costs, what they say and what they are to each other."""

from agents.models.appointment import Appointment
from agents.models.language_model import LanguageModel, ModelPrice
from agents.models.livelihood import Livelihood, Position
from agents.models.mind import PLAN_STEPS, AgentMind
from agents.models.news import Knowledge, News
from agents.models.recording import Recording
from agents.models.resident import Agent, AgentState, Personality, Skills
from agents.models.society import Society
from agents.models.spending import MindsPolicy, Spending
from agents.models.talk import AgentTalk, Conversation, Participation, Relationship
from agents.models.thought import Thought

__all__ = [
    "PLAN_STEPS",
    "Agent",
    "AgentMind",
    "AgentState",
    "AgentTalk",
    "Appointment",
    "Conversation",
    "Knowledge",
    "LanguageModel",
    "Livelihood",
    "MindsPolicy",
    "ModelPrice",
    "News",
    "Participation",
    "Personality",
    "Position",
    "Recording",
    "Relationship",
    "Skills",
    "Society",
    "Spending",
    "Thought",
]
