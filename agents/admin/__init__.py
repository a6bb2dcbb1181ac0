"""Admin: residents, their talk and ties, the models they think with, and what these may cost."""

from agents.admin.appointments import AppointmentAdmin
from agents.admin.budgets import MindsPolicyAdmin, SpendingAdmin
from agents.admin.conversations import (
    AgentTalkAdmin,
    ConversationAdmin,
    ParticipationAdmin,
    RelationshipAdmin,
)
from agents.admin.language_models import LanguageModelAdmin, ModelPriceAdmin
from agents.admin.livelihoods import LivelihoodAdmin, PositionAdmin
from agents.admin.news import KnowledgeAdmin, NewsAdmin
from agents.admin.residents import AgentAdmin
from agents.admin.society import SocietyAdmin
from agents.admin.states import AgentMindAdmin, AgentStateAdmin, PersonalityAdmin, SkillsAdmin
from agents.admin.thoughts import RecordingAdmin, ThoughtAdmin

__all__ = [
    "AgentAdmin",
    "AgentMindAdmin",
    "AgentStateAdmin",
    "AgentTalkAdmin",
    "AppointmentAdmin",
    "ConversationAdmin",
    "KnowledgeAdmin",
    "LanguageModelAdmin",
    "LivelihoodAdmin",
    "MindsPolicyAdmin",
    "ModelPriceAdmin",
    "NewsAdmin",
    "ParticipationAdmin",
    "PersonalityAdmin",
    "PositionAdmin",
    "RecordingAdmin",
    "RelationshipAdmin",
    "SkillsAdmin",
    "SocietyAdmin",
    "SpendingAdmin",
    "ThoughtAdmin",
]
