"""Admin: what residents have agreed to and mean to do."""

from django.contrib import admin
from unfold.decorators import display

from agents.admin.states import OfResidents
from agents.appointments.vocabulary import State
from agents.models import Appointment
from world.labels import in_words
from world.rest.language import language, say_lazily
from world.stage import Stage, stage_of


@admin.register(Appointment)
class AppointmentAdmin(OfResidents):
    """The last of each with each other, those furthest ahead first."""

    list_display = ("actor", "other", "when", "where", "what", "outcome")
    list_select_related = ("actor__world", "other")
    ordering = ("-at",)

    @display(description=say_lazily(zh="什么时候（游戏时间）", en="when"), ordering="at")
    def when(self, entry: Appointment) -> str:
        """For when it is."""
        return self._stage(entry).time(entry.at)

    @display(description=say_lazily(zh="哪里", en="where"))
    def where(self, entry: Appointment) -> str:
        """In which place."""
        return (
            str(self._stage(entry).place(entry.place)["name"][language()]) if entry.place else "–"
        )

    @display(description=say_lazily(zh="做什么", en="what"))
    def what(self, entry: Appointment) -> str:
        """What is to be done there."""
        spec = self._stage(entry).constants["activity_specs"][entry.activity]
        return str(getattr(spec.name, language()))

    @display(description=say_lazily(zh="结果", en="state"), ordering="state")
    def outcome(self, entry: Appointment) -> str:
        """How far it has come."""
        return in_words(State(entry.state).name.lower())

    def _stage(self, entry: Appointment) -> Stage:
        return stage_of(entry.actor.world)
