"""The form in which operators change a resident."""

from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
)

from agents.activities import SKILLS
from agents.minds.catalogue import (
    INSTINCT,
    UnknownModelError,
    enabled_models,
    model_named,
    names_of_minds,
)
from agents.minds.governor import why_unusable
from agents.models import Agent, LanguageModel
from agents.needs import NEEDS, TRAITS
from agents.population.reading import departures
from economy.money import fen
from world.engine.lines import POINT
from world.rest.language import language, say, say_lazily
from world.stage import Stage

PROFILE = ("age", "gender", "goal_zh", "goal_en", "backstory_zh", "backstory_en")
"""What is saved at once; the engine does not live with it."""

PREFIXES = {"traits": TRAITS, "skills": SKILLS, "needs": NEEDS}


def field_names(part: str) -> list[str]:
    """The names of the fields of a part of PREFIXES."""
    return [f"{part}_{name}" for name in PREFIXES[part]]


class AgentForm(forms.ModelForm):
    """A resident's profile, saved at once; and what the engine lives with, told to the inbox.

    current: what the engine lives with now, by the names of the fields. current_mind: the name of
    the mind that decides now; it may be kept, even if its model is disabled or gone.
    """

    go_to = forms.TypedChoiceField(
        label=say_lazily(zh="让 TA 去", en="Send to"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=UnfoldAdminSelectWidget,
    )
    mind = forms.ChoiceField(
        label=say_lazily(zh="心智", en="Mind"),
        widget=UnfoldAdminSelectWidget,
        help_text=say_lazily(
            zh="由谁替这位居民做决定：本能，或某个语言模型。",
            en="What decides for this resident: instinct, or a language model.",
        ),
    )
    do = forms.ChoiceField(
        label=say_lazily(zh="让 TA 做", en="Have do"),
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    give_yuan = forms.DecimalField(
        label=say_lazily(zh="给（元）", en="Give (yuan)"),
        required=False,
        max_digits=12,
        decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget,
        help_text=say_lazily(
            zh="从国库给这位居民的钱；负数则收回。",
            en="What the treasury gives this resident; it takes what is below 0.",
        ),
    )

    stage: ClassVar[Stage]
    current: ClassVar[dict[str, float]]
    current_mind: ClassVar[str]

    class Meta:
        model = Agent
        fields = PROFILE
        widgets = {
            "age": UnfoldAdminIntegerFieldWidget,
            "gender": UnfoldAdminSelectWidget,
            **dict.fromkeys(PROFILE[2:], UnfoldAdminTextareaWidget),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage, spoken = self.stage, language()
        places = [(n, stage.place(n)["name"][spoken]) for n in stage.locations]
        activities = [(a.key, getattr(a.name, spoken)) for a in stage.rules["activities"]]
        self.fields["go_to"].choices = [("", "—"), *places]  # type: ignore[attr-defined]
        self.fields["do"].choices = [("", "—"), *activities]  # type: ignore[attr-defined]
        self.fields["mind"].choices = minds_to_choose(self.current_mind)  # type: ignore[attr-defined]
        self.fields["mind"].initial = self.current_mind
        for name, value in self.current.items():
            self.fields[name].initial = value

    def clean_mind(self) -> LanguageModel | None:
        """The model to think with, None for instinct. Of no meaning if nothing was changed."""
        name = self.cleaned_data["mind"]
        if name == self.current_mind:
            return None
        try:
            return model_named(name)
        except UnknownModelError as error:
            raise forms.ValidationError(say(zh=f"没有可用的模型：{error}", en=str(error))) from None

    def clean(self) -> dict[str, Any]:
        """Whoever has moved away is told nothing any more."""
        told: dict[str, Any] = super().clean() or {}
        gone = departures([self.instance.actor], self.stage).get(self.instance.actor.number)
        if gone and set(self.changed_data) - set(PROFILE):
            raise forms.ValidationError(
                say(
                    zh=f"这位居民已在 {gone.at} 搬离小镇（{gone.text}），只能修改档案。",
                    en=f"This resident moved away at {gone.at} ({gone.text}); only the profile can"
                    " be edited.",
                )
            )
        return told

    def edits(self) -> dict[str, dict[str, float]]:
        """The new values of what was changed, as `agents.systems.edits.AgentEdit` has them."""
        changed = set(self.changed_data)
        told: dict[str, dict[str, float]] = {}
        for part, names in PREFIXES.items():
            for name in names:
                if f"{part}_{name}" in changed:
                    told.setdefault(part, {})[name] = self.cleaned_data[f"{part}_{name}"]
        return told

    def given_fen(self) -> int:
        """What the treasury gives."""
        return fen(float(self.cleaned_data.get("give_yuan") or 0))


def _field(part: str, name: str) -> forms.Field:
    """The field for a number of PREFIXES; traits are whole numbers."""
    label = capfirst(gettext_lazy(name))
    if part == "traits":
        widget = UnfoldAdminIntegerFieldWidget
        return forms.IntegerField(label=label, min_value=0, max_value=100, widget=widget)
    widget = UnfoldAdminDecimalFieldWidget
    return forms.FloatField(label=label, min_value=0, max_value=100, widget=widget)


for _part, _known in PREFIXES.items():
    for _field_name, _name in zip(field_names(_part), _known, strict=True):
        AgentForm.base_fields[_field_name] = _field(_part, _name)
        AgentForm.declared_fields[_field_name] = AgentForm.base_fields[_field_name]


def current_values(agent: Any, needs: list[int]) -> dict[str, float]:
    """What the engine lives with, as of the last commit, by the names of the form's fields."""
    actor = agent.actor
    values = {f"traits_{trait}": getattr(actor.personality, trait) for trait in TRAITS}
    values |= {f"skills_{s}": round(getattr(actor.skills, s) / POINT, 1) for s in SKILLS}
    values |= {f"needs_{n}": round(v / POINT, 1) for n, v in zip(NEEDS, needs, strict=True)}
    return values


def minds_to_choose(current: str) -> list[tuple[str, str]]:
    """Instinct, the models that are enabled, and the current mind, with what they are called."""
    told = {INSTINCT: capfirst(gettext(INSTINCT))}
    for model in enabled_models().prefetch_related("prices"):
        told[model.name] = f"{model.name} · {model.provider}"
        if why_unusable(model):
            told[model.name] += say(zh="（现在用不了）", en=" (cannot be used at present)")
    told.setdefault(current, current + say(zh="（不再提供）", en=" (not offered any more)"))
    return list(told.items())


def current_mind(agent: Any) -> str:
    """The name of the mind that decides for a resident, as of the last commit."""
    return names_of_minds().get(agent.actor.mind.code, "?")
