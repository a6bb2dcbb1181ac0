"""Admin: what the engine lives of residents. It is shown, as of the last commit."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.decorators import display

from agents.admin.minds import mind_name, with_mind_names
from agents.minds.presentation import stand_in_name
from agents.models import AgentMind, AgentState, Personality, Skills
from world.admin import ReadOnly
from world.engine.gametime import MINUTE
from world.labels import in_words
from world.rest.language import say_lazily


class OfResidents(ReadOnly):
    """What the engine keeps of residents."""

    list_filter: tuple[str, ...] = ("actor__world",)
    list_select_related: tuple[str, ...] = ("actor",)
    search_fields = ("actor__name_zh", "actor__name_en")


@admin.register(AgentState)
class AgentStateAdmin(OfResidents):
    """Hot state."""

    list_display = ("actor", "place", "bound_for", "activity", "energy", "satiety", "social")


@admin.register(Personality)
class PersonalityAdmin(OfResidents):
    """The Big Five."""

    list_display = ("actor", "openness", "conscientiousness", "extraversion", "agreeableness")


@admin.register(Skills)
class SkillsAdmin(OfResidents):
    """Skills, in thousandths of a point."""

    list_display = ("actor", "programming", "design", "art", "social", "teaching", "cooking")


@admin.register(AgentMind)
class AgentMindAdmin(OfResidents):
    """Whose mind decides, and the plan that it has made."""

    list_display = ("actor", "mind", "obstacle", "minutes", "steps", "following")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AgentMind]:
        return with_mind_names(super().get_queryset(request), "code")

    @display(description=say_lazily(zh="心智", en="mind"), ordering="code")
    def mind(self, mind: AgentMind) -> str:
        """The model that decides, or instinct."""
        return mind_name(mind)

    @display(description=say_lazily(zh="现在不问的原因", en="not asked because"), ordering="closed")
    def obstacle(self, mind: AgentMind) -> str:
        """Why its model is not asked at present."""
        return in_words(stand_in_name(mind.closed)) if mind.closed else "—"

    @display(
        description=say_lazily(zh="至少隔几分钟问一次", en="minutes between questions"),
        ordering="cadence",
    )
    def minutes(self, mind: AgentMind) -> int:
        """Game minutes between two questions at least."""
        return mind.cadence // MINUTE
