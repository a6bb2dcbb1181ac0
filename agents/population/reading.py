"""Reading: who has moved away, when and why, as the doors tell it."""

from collections.abc import Iterable
from typing import Any

from agents.answers import Departed
from agents.events import MOVED_AWAY
from agents.population.vocabulary import Departure
from world.models import Actor, Event
from world.rest.errors import Refusal
from world.rest.language import name_of, say
from world.stage import Stage

CODE = "AGENT_DEPARTED"
"""The code of a refusal: who is asked for has moved away."""


def departures(people: Iterable[Any], stage: Stage) -> dict[int, Departed]:
    """When and why those of these people moved away who did, by number; one query."""
    times = {each.number: each.livelihood.left_at for each in people if each.livelihood.left_at}
    if not times:
        return {}
    told = Event.objects.filter(world_id=stage.world_id, actor__in=times, kind=MOVED_AWAY)
    reasons = dict(told.order_by("seq").values_list("actor", "reason"))
    return {
        number: Departed(
            at=stage.time(left_at),
            reason=Departure(reasons[number]).name.lower(),  # type: ignore[arg-type]
            text=_words(Departure(reasons[number])),
        )
        for number, left_at in times.items()
    }


def refuse_departed(person: Actor, stage: Stage) -> None:
    """Raise a Refusal if somebody has moved away, who says when and why."""
    gone = departures([person], stage).get(person.number)
    if gone is None:
        return
    name = name_of(person)
    raise Refusal(
        CODE,
        409,
        say(
            zh=f"{name}已在 {gone.at} 搬离小镇：{gone.text}。",
            en=f"{name} moved away at {gone.at}: {gone.text}.",
        ),
        gone.model_dump(mode="json"),
    )


def _words(why: Departure) -> str:
    match why:
        case Departure.DEBT:
            return say(zh="欠债太多，撑不下去了", en="too deep in debt")
        case Departure.GLOOM:
            return say(zh="长期过得不开心", en="unhappy for too long")
        case Departure.WORK:
            return say(zh="长期找不到工作", en="no work to be had")
        case Departure.ORDER:
            return say(zh="管理员的安排", en="by order of an operator")
