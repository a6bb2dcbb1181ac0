"""A portrait: what has become of a town's people, in a few figures for whoever let it live."""

from typing import Any

from django.db.models import Count

from agents import events
from agents.appointments.vocabulary import State
from agents.conversations import selectors
from agents.conversations.network import figures_of, network_of
from agents.conversations.vocabulary import Change, Love
from agents.models import Knowledge, Relationship
from agents.news.selectors import news, text_of
from agents.news.vocabulary import How
from memory.models import Memory
from world.models import Event, World
from world.stage import stage_of


def portrait(world: World) -> dict[str, Any]:
    """Ties, talk, appointments, news and memories of a world, by name; counts but for `density`
    and `clustering` (0 to 1), `memories` (of a resident, on average) and the two in words."""
    stage = stage_of(world)
    figures = figures_of(network_of(world, stage), stage)
    told = Event.objects.filter(world=world)
    sides = Relationship.objects.filter(actor__world=world)
    quarrels = told.filter(kind=events.TIE_CHANGED, reason=Change.QUARREL)
    outcomes = told.filter(kind=events.APPOINTMENT_OVER, other__gt=0)
    memories = Memory.objects.filter(actor__world=world)
    known = Knowledge.objects.filter(news__world=world)
    widest = known.values("news__number").annotate(n=Count("id")).order_by("-n", "-news__number")
    connected = figures.best_connected[:1]
    return {
        "ties": dict(figures.kinds),
        "density": round(figures.density, 3),
        "clustering": round(figures.clustering, 3),
        "best_connected": [
            f"{stage.person(number)['name']['en']} ({ties})" for number, ties, _ in connected
        ],
        "couples": sides.filter(love=Love.LOVERS).count() // 2,
        "quarrels": quarrels.values("data__conversation").distinct().count(),
        "conversations": selectors.conversations(world).count(),
        "sentences": told.filter(kind=events.SAID).count(),
        "met_as_agreed": outcomes.filter(reason=State.KEPT).count(),
        "stood_up": outcomes.filter(reason=State.MISSED).count(),
        "news": news(world).count(),
        "told_of_news": known.filter(how=How.TOLD).count(),
        "widest_news": [
            f"{text_of(stage, each['news__number'])['en']} ({each['n']})" for each in widest[:1]
        ],
        "memories": round(memories.count() / max(figures.nodes, 1), 1),
        "summaries": memories.filter(kind=Memory.Kind.SUMMARY).count(),
        "insights": memories.filter(kind=Memory.Kind.REFLECTION).count(),
    }
