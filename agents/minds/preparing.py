"""Preparing: all that a thought needs before it is asked, from the database, for whole batches."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from agents.minds import budget, cassette
from agents.minds.client import CallError
from agents.minds.keys import MissingKeyError, base_url_of, key_of
from agents.minds.matter import Matter, Messages
from agents.minds.matters import MATTERS, matter_of
from agents.minds.prices import NoPriceError, Usage, ceiling_of, cost_of, price_at
from agents.minds.voice import Voice
from agents.models import LanguageModel, ModelPrice, Thought
from agents.provenance import StandIn
from world.stage import stage_of


@dataclass
class Errand:
    """A thought on its way to its model and back.

    known: what is on the cassette for its first turn. refused: why it cannot be asked at all.
    funded: money is set aside for the next call. unpaid: nano-dollars that the last one cost and
    that are not booked yet; cost: those that are. seconds: what calls took.
    """

    thought: Thought
    voice: Voice
    asking: str
    messages: Messages
    model: LanguageModel | None = None
    price: ModelPrice | None = None
    key: str = field(default="", repr=False)
    known: cassette.Outcome | None = None
    refused: CallError | None = None
    usage: Usage = field(default_factory=Usage)
    funded: bool = False
    unpaid: int = 0
    cost: int = 0
    calls: int = 0
    seconds: float = 0
    via: str = ""

    @property
    def matter(self) -> Matter:
        """What it is about."""
        return matter_of(self.thought)

    @property
    def urgent(self) -> bool:
        """Whether somebody stands and waits for words."""
        return self.thought.purpose in (Thought.Purpose.SPEAK, Thought.Purpose.INTERVIEW)


def prepare(thoughts: Sequence[Thought]) -> list[Errand]:
    """Put the prompts together, find the models and their keys, and reserve the money."""
    models = LanguageModel.objects.prefetch_related("prices").in_bulk(
        {thought.situation["model"] for thought in thoughts}, field_name="code"
    )
    by_world: dict[int, list[Thought]] = defaultdict(list)
    for thought in thoughts:
        by_world[thought.world_id].append(thought)
    errands = []
    for of_world in by_world.values():
        errands += _prepare_in_world(of_world, models)
    return errands


def _prepare_in_world(thoughts: list[Thought], models: dict[int, LanguageModel]) -> list[Errand]:
    world = thoughts[0].world
    policy = budget.policy_of(world)
    voice = Voice(stage_of(world), policy.language)  # type: ignore[arg-type]
    errands = []
    for purpose, matter in MATTERS.items():
        about = [thought for thought in thoughts if thought.purpose == purpose]
        if not about:
            continue
        prompts = matter.prompts(about, language=voice.language, asking=policy.asking)
        errands += [
            Errand(thought, voice, policy.asking, messages, models.get(thought.situation["model"]))
            for thought, messages in zip(about, prompts, strict=True)
        ]
    if cassette.is_on():
        _look_up(errands)
    _equip([errand for errand in errands if errand.known is None and errand.refused is None])
    paying = [errand for errand in errands if errand.known is None and errand.refused is None]
    granted = budget.reserve(
        world=world,
        thoughts=[errand.thought for errand in paying],
        ceilings=[ceiling(errand, errand.messages) for errand in paying],
    )
    allowed = {thought.pk for thought in granted}
    for errand in paying:
        errand.funded = errand.thought.pk in allowed
        if not errand.funded:
            errand.refused = CallError(StandIn.BUDGET, "the budget is used up")
    return errands


def _look_up(errands: list[Errand]) -> None:
    keys = {
        cassette.key_of_request(errand.model, errand.messages, errand.matter.shape): errand
        for errand in errands
        if errand.model is not None
    }
    for key, outcome in cassette.recorded(keys).items():
        keys[key].known = outcome
    if cassette.replays():
        for errand in errands:
            if errand.known is None:
                told = cassette.mismatch(errand.thought, errand.messages, 0)
                errand.refused = CallError(StandIn.UNRECORDED, told)


def _equip(errands: list[Errand]) -> None:
    """Find the key and the price of each; say what is missing."""
    now = timezone.now()
    for errand in errands:
        model = errand.model
        if model is None or not model.enabled:
            told = f"the model {model.name} is disabled" if model else "the model is gone"
            errand.refused = CallError(StandIn.UNREACHABLE, told)
            continue
        try:
            errand.key = key_of(model)
            errand.price = price_at(model, now)
        except (MissingKeyError, NoPriceError) as error:
            errand.refused = CallError(StandIn.UNREACHABLE, str(error))
        if not base_url_of(model):
            errand.refused = CallError(StandIn.UNREACHABLE, f"{model.name} has no address")


def ceiling(errand: Errand, messages: Messages) -> int:
    """What a call can cost at most, nano-dollars."""
    assert errand.model is not None
    assert errand.price is not None
    return ceiling_of(errand.price, messages, errand.model.max_output_tokens)


def cost(errand: Errand, usage: Usage) -> int:
    """What a call cost that was made just now, nano-dollars."""
    assert errand.price is not None
    return cost_of(errand.price, usage, timezone.now())


def fund(errand: Errand, messages: Messages) -> CallError | None:
    """Book what the last call cost and set aside what one more may cost; or why that cannot be."""
    if errand.price is None:
        _equip([errand])
        if errand.refused is not None:
            return errand.refused
    thought = errand.thought
    with transaction.atomic():
        held = Thought.objects.select_for_update(no_key=True).filter(
            pk=thought.pk, claim=thought.claim
        )
        if not held.exists():
            return CallError(StandIn.UNREACHABLE, "another worker has taken it over")
        budget.settle([(thought, errand.unpaid)])
        thought.save(update_fields=["reserved", "reserved_on"])
    errand.cost, errand.unpaid = errand.cost + errand.unpaid, 0
    ceilings = [ceiling(errand, messages)]
    if not budget.reserve(world=thought.world, thoughts=[thought], ceilings=ceilings):
        return CallError(StandIn.BUDGET, "the budget is used up")
    errand.funded = True
    return None


def look_up(errand: Errand, messages: Messages, turn: int) -> cassette.Outcome | None:
    """What is on the cassette for a later turn; in a replay, a CallError if nothing is."""
    if not cassette.is_on() or errand.model is None:
        return None
    key = cassette.key_of_request(errand.model, messages, errand.matter.shape)
    known = cassette.recorded([key]).get(key)
    if known is None and cassette.replays():
        return CallError(StandIn.UNRECORDED, cassette.mismatch(errand.thought, messages, turn))
    return known
