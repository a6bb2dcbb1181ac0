"""The catalogue: which models there are, which one residents get, and giving it to them."""

from django.conf import settings
from django.db.models import QuerySet

from agents.minds.keys import MissingKeyError, key_of
from agents.models import LanguageModel
from agents.provenance import Source
from agents.systems.mind_orders import MIND, MindState
from world.models import Actor, InboxEntry, World
from world.telling import tell

INSTINCT = "instinct"


class UnknownModelError(LookupError):
    """There is no such model, or it is disabled; says which there are."""


def enabled_models() -> QuerySet[LanguageModel]:
    """The models that residents may be given, the preferred ones first."""
    return LanguageModel.objects.filter(enabled=True)


def model_named(name: str) -> LanguageModel | None:
    """A model by its name; None for instinct. Raises UnknownModelError."""
    if name == INSTINCT:
        return None
    model = enabled_models().filter(name=name).first()
    if model is None:
        known = ", ".join([INSTINCT, *enabled_models().values_list("name", flat=True)])
        raise UnknownModelError(f"there is no model {name!r} that is enabled; there are: {known}")
    return model


def names_of_minds() -> dict[int, str]:
    """What the engine's codes are called."""
    return {0: INSTINCT, **dict(LanguageModel.objects.values_list("code", "name"))}


def default_model() -> LanguageModel | None:
    """What residents of a new town think with; None for instinct. Raises UnknownModelError.

    Without a word in the environment that is the preferred model whose key is there. One that needs
    no key is not chosen by itself, because nobody knows whether it runs.
    """
    if settings.DEFAULT_MODEL:
        return model_named(settings.DEFAULT_MODEL)
    for model in enabled_models().exclude(key_variable=""):
        try:
            key_of(model)
        except MissingKeyError:
            continue
        return model
    return None


def give_mind(
    *, world: World, model: LanguageModel | None, agent: Actor | None = None, told_by: str = ""
) -> InboxEntry:
    """Let a resident, or all of them, think with a model, or with instinct, from now on.

    Whether the model can be asked at present is for the governor to say.
    """
    name, code = (model.name, model.code) if model else (INSTINCT, 0)
    return tell(
        world=world,
        kind=MIND.name,
        subject=agent.number if agent else 0,
        payload=MindState(model=name, code=code).model_dump(),
        source=Source.OPERATOR,
        told_by=told_by,
    )
