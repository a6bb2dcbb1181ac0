"""Admin: the forms in which operators invite somebody to the town, or let somebody move away."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldBooleanWidget

from agents.commands import invite, let_go
from agents.selectors import residents
from world.models import InboxEntry, World
from world.ordering import ordering
from world.rest.language import language, name_of, say, say_lazily
from world.stage import Stage


class InvitationForm(forms.Form):
    """Who is to come."""

    occupation = forms.ChoiceField(
        label=say_lazily(zh="职业", en="Occupation"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=say_lazily(
            zh="有空缺的岗位就直接上岗，没有就先找工作。小镇住满时会被拒绝。",
            en="They take a free post, or look for one. It is refused when the town is full.",
        ),
    )

    def __init__(self, world: World, stage: Stage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.world = world
        names = [(spec.key, getattr(spec.name, language())) for spec in stage.rules["occupations"]]
        occupation: Any = self.fields["occupation"]
        occupation.choices = [("", say(zh="谁都行", en="anybody's")), *names]

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The field under its title."""
        return [(say(zh="新居民", en="Newcomer"), [self["occupation"]])]

    def tell(self, told_by: str) -> InboxEntry | None:
        """Invite them, as REST does; None if that cannot be, with the reason in `errors`."""
        if not self.is_valid():
            return None
        return invite(world=self.world, occupation=self.cleaned_data["occupation"], told_by=told_by)


class DepartureForm(forms.Form):
    """Who is to go."""

    resident = forms.TypedChoiceField(
        label=say_lazily(zh="居民", en="Resident"), coerce=int, widget=UnfoldAdminSelectWidget
    )
    sure = forms.BooleanField(
        label=say_lazily(zh="确定", en="I am sure"),
        widget=UnfoldBooleanWidget,
        help_text=say_lazily(
            zh="搬走的人不会再回来；经历、账目和记忆都会保留。",
            en="Whoever moves away does not come back; their history, books and memories stay.",
        ),
    )

    def __init__(
        self, world: World, stage: Stage, *args: Any, chosen: str = "", **kwargs: Any
    ) -> None:
        """chosen: the number of who is proposed."""
        super().__init__(*args, **kwargs)
        self.world = world
        self.initial["resident"] = chosen
        self.people = {actor.number: actor for actor in residents(world)}
        resident: Any = self.fields["resident"]
        resident.choices = [("", "—"), *((n, name_of(who)) for n, who in self.people.items())]

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their title."""
        return [(say(zh="谁搬走", en="Who moves away"), [self[name] for name in self.fields])]

    def tell(self, told_by: str) -> InboxEntry | None:
        """Let them go, as REST does; None if that cannot be, with the reason in `errors`."""
        if not self.is_valid():
            return None
        agent = self.people[self.cleaned_data["resident"]]
        return let_go(world=self.world, agent=agent, told_by=told_by)


def inviting(view: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The page on which somebody is invited."""
    return ordering(
        view,
        request,
        InvitationForm,
        title=say(zh="邀请新居民", en="Invite a newcomer"),
        send=say(zh="邀请", en="Invite"),
        done=lambda time: say(zh=f"将在 {time} 到来。", en=f"Comes at {time}."),
    )


def letting_go(view: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The page on which somebody is let go, with the resident of the query proposed."""
    return ordering(
        view,
        request,
        partial(DepartureForm, chosen=request.GET.get("resident", "")),
        title=say(zh="让居民搬走", en="Let somebody move away"),
        send=say(zh="搬走", en="Move away"),
        done=lambda time: say(zh=f"将在 {time} 搬走。", en=f"Moves away at {time}."),
    )
