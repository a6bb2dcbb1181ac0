"""News, for those who read: what there is, who knows it, and who has it from whom."""

from weakref import WeakKeyDictionary

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from agents.models import Knowledge, News, Participation
from agents.news.wording import Texts, known
from world.models import World
from world.stage import Stage


def news(world: World) -> QuerySet[News]:
    """All news of a world, the latest first, with how many know it (`knowers`)."""
    return with_knowers(News.objects.filter(world=world)).order_by("-number")


def with_knowers(found: QuerySet[News]) -> QuerySet[News]:
    """These with how many know each, as `knowers`."""
    return found.annotate(knowers=Count("knowledge"))


def spread(told: News) -> QuerySet[Knowledge]:
    """Who knows it, in the order in which they came to know.

    With the number of the conversation in which they were told, as `conversation`.
    """
    then = OuterRef("heard_at")
    talks = Participation.objects.filter(
        Q(left=None) | Q(left__gte=then),
        actor=OuterRef("actor"),
        joined__lte=then,
        conversation__participations__actor__number=OuterRef("source"),
    ).order_by("-joined")
    return (
        Knowledge.objects.filter(news=told)
        .select_related("actor")
        .annotate(conversation=Subquery(talks.values("conversation__number")[:1]))
        .order_by("heard_at", "actor__number")
    )


def text_of(stage: Stage, number: int) -> Texts:
    """What a piece of news says, by its number; that never changes."""
    kept = _texts.get(stage, {})
    if number in kept:
        return kept[number]
    return text(stage, News.objects.get(world=stage.world_id, number=number))


def text(stage: Stage, told: News) -> Texts:
    """What a piece of news says that is at hand."""
    kept = _texts.setdefault(stage, {})
    if told.number not in kept:
        kept[told.number] = known(stage, told)
    return kept[told.number]


_texts: WeakKeyDictionary[Stage, dict[int, Texts]] = WeakKeyDictionary()
