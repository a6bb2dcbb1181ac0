"""Admin: the forms in which operators change the rules of a town, or let something happen in it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from unfold.admin import ModelAdmin
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldBooleanWidget,
)

from world.happenings import BY_OPERATORS, FIGURES, SWITCHES, Kind
from world.labels import in_words
from world.models import InboxEntry, World
from world.ordering import ordering
from world.rest.language import language, say, say_lazily
from world.ruling import (
    NewHappening,
    NoSuchPlaceError,
    RulePatch,
    change_rules,
    let_happen,
    rules_in_force,
)
from world.stage import Stage

UNITS = {
    Kind.PENSION: say_lazily(
        zh="元/天；不填则照剧本", en="yuan a day; empty: as the scenario has it"
    ),
    Kind.ALLOWANCE: say_lazily(
        zh="元/天；不填则照剧本", en="yuan a day; empty: as the scenario has it"
    ),
    Kind.TAX: say_lazily(zh="平常税收的百分之几；不填则为 100", en="per cent of usual; empty: 100"),
}


class RulesForm(forms.Form):
    """The rules of a town, as they are and are to be."""

    days = forms.IntegerField(
        label=say_lazily(zh="实行几天", en="For how many days"),
        required=False,
        min_value=0,
        max_value=3650,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=say_lazily(zh="不填则一直实行。", en="Empty: for good."),
    )

    def __init__(self, world: World, stage: Stage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.world, self.stage = world, stage
        held = {rule.rule: rule for rule in rules_in_force(world, stage).rules}
        for kind in SWITCHES:
            name = kind.name.lower()
            self.fields[name] = forms.BooleanField(
                label=capfirst(in_words(name)),
                required=False,
                initial=held[name].on,
                widget=UnfoldBooleanWidget,
            )
        for kind in FIGURES:
            name = kind.name.lower()
            self.fields[name] = forms.FloatField(
                label=capfirst(in_words(name)),
                required=False,
                min_value=0,
                max_value=1000 if kind == Kind.TAX else 1_000_000,
                initial=held[name].value,
                widget=UnfoldAdminDecimalFieldWidget,
                help_text=UNITS[kind],
            )

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their titles."""
        return [
            (say(zh="规则", en="Rules"), [self[kind.name.lower()] for kind in SWITCHES]),
            (say(zh="数目", en="Figures"), [self[kind.name.lower()] for kind in FIGURES]),
            (say(zh="期限", en="How long"), [self["days"]]),
        ]

    def tell(self, told_by: str) -> InboxEntry | None:
        """Change what is to be another than it is; None if nothing is, or cannot be."""
        if not self.is_valid():
            return None
        changed = {name: self.cleaned_data[name] for name in self.changed_data if name != "days"}
        if not changed:
            self.add_error("days", say(zh="没有改动任何规则。", en="No rule was changed."))
            return None
        wanted = RulePatch(**changed, days=self.cleaned_data["days"] or 0)
        return change_rules(world=self.world, wanted=wanted, told_by=told_by)[0]


class HappeningForm(forms.Form):
    """Something that is to happen."""

    kind = forms.ChoiceField(
        label=say_lazily(zh="什么事", en="What"), widget=UnfoldAdminSelectWidget
    )
    place = forms.TypedChoiceField(
        label=say_lazily(zh="地点", en="Place"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=UnfoldAdminSelectWidget,
        help_text=say_lazily(
            zh="庆典和灾害要有地点；经济冲击不用。",
            en="Celebrations and disasters need one; a shock has none.",
        ),
    )
    hours = forms.IntegerField(
        label=say_lazily(zh="几个游戏小时", en="Game hours"),
        min_value=1,
        max_value=24 * 365,
        initial=6,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    strength = forms.IntegerField(
        label=say_lazily(zh="外界需求（%）", en="Demand from outside (%)"),
        required=False,
        min_value=0,
        max_value=500,
        initial=100,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=say_lazily(
            zh="只对经济冲击有用：外界买平常的百分之几。",
            en="Of a shock alone: how much of the usual the world outside buys.",
        ),
    )

    def __init__(self, world: World, stage: Stage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.world, self.stage = world, stage
        kind: Any = self.fields["kind"]
        kind.choices = [(each.name.lower(), in_words(each.name.lower())) for each in BY_OPERATORS]
        place: Any = self.fields["place"]
        names = [(n, stage.place(n)["name"][language()]) for n in stage.locations]
        place.choices = [("", "—"), *names]

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their title."""
        return [(say(zh="事件", en="Happening"), [self[name] for name in self.fields])]

    def tell(self, told_by: str) -> InboxEntry | None:
        """Let it happen, as REST does; None if it cannot, with the reason in `errors`."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        wanted = NewHappening(
            kind=given["kind"],
            location_id=given["place"],
            hours=given["hours"],
            strength=100 if given["strength"] is None else given["strength"],
        )
        try:
            return let_happen(world=self.world, stage=self.stage, wanted=wanted, told_by=told_by)
        except NoSuchPlaceError:
            self.add_error("place", say(zh="这件事要有地点。", en="This needs a place."))
            return None


def ruling(
    view: ModelAdmin,
    request: HttpRequest,
    form_of: type[RulesForm] | type[HappeningForm],
    title: str,
) -> HttpResponse:
    """The page with one of these forms."""
    return ordering(
        view,
        request,
        form_of,
        title=title,
        send=say(zh="生效", en="Put into effect"),
        done=lambda time: say(zh=f"将在 {time} 生效。", en=f"Takes effect at {time}."),
    )
