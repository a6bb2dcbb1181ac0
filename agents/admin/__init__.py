"""Admin: residents, the models they think with, what these are asked, and what that may cost."""

from agents.admin.budgets import MindsPolicyAdmin, SpendingAdmin
from agents.admin.language_models import LanguageModelAdmin, ModelPriceAdmin
from agents.admin.residents import AgentAdmin
from agents.admin.states import AgentMindAdmin, AgentStateAdmin, PersonalityAdmin, SkillsAdmin
from agents.admin.thoughts import RecordingAdmin, ThoughtAdmin

__all__ = [
    "AgentAdmin",
    "AgentMindAdmin",
    "AgentStateAdmin",
    "LanguageModelAdmin",
    "MindsPolicyAdmin",
    "ModelPriceAdmin",
    "PersonalityAdmin",
    "RecordingAdmin",
    "SkillsAdmin",
    "SpendingAdmin",
    "ThoughtAdmin",
]
