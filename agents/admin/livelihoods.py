"""Admin: how residents make a living, and the posts that there are."""

from django.contrib import admin
from unfold.decorators import display

from agents.admin.states import OfResidents
from agents.models import AgentState, Livelihood, Position
from world.admin import OfWorld, called
from world.engine.lines import POINT
from world.rest.language import language, say_lazily
from world.stage import stage_of


@admin.register(Livelihood)
class LivelihoodAdmin(OfResidents):
    """How each stands in work: performance, warnings, and days that count."""

    list_display = ("actor", "does_well", "warnings", "jobless_days", "debt_days", "lives_here")

    @display(description=say_lazily(zh="工作表现", en="performance"), ordering="performance")
    def does_well(self, living: Livelihood) -> str:
        """How well the work is done, points."""
        return f"{living.performance / POINT:.0f}"

    @display(description=say_lazily(zh="住在镇上", en="lives here"), boolean=True)
    def lives_here(self, living: Livelihood) -> bool:
        """Whether they have not moved away."""
        return not living.left_at


@admin.register(Position)
class PositionAdmin(OfWorld):
    """Posts at workplaces, and how many of them are taken."""

    list_display = ("number", "where", "as_what", "posts", "taken", "world")
    ordering = ("-world", "number")

    @display(description=say_lazily(zh="地点", en="where"), ordering="place")
    def where(self, position: Position) -> str:
        """The workplace."""
        return called(position.world, position.place, place=True)

    @display(description=say_lazily(zh="职业", en="occupation"), ordering="occupation")
    def as_what(self, position: Position) -> str:
        """The occupation."""
        spec = stage_of(position.world).rules["occupations"][position.occupation]
        return str(getattr(spec.name, language()))

    @display(description=say_lazily(zh="在岗", en="taken"))
    def taken(self, position: Position) -> int:
        """How many people have such a post."""
        return AgentState.objects.filter(
            actor__world=position.world, workplace=position.place, shift=position.shift
        ).count()
