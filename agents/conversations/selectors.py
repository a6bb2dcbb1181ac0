"""Conversations and ties, for those who read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet

from agents import events
from agents.models import AgentTalk, Conversation, Participation, Relationship
from world.engine.gametime import DAY
from world.models import Event, World


def conversations(world: World) -> QuerySet[Conversation]:
    """All conversations of a world, the latest first."""
    return Conversation.objects.filter(world=world).order_by("-began", "-number")


def going_on(world: World) -> QuerySet[Conversation]:
    """Those that nobody has ended, the longest first."""
    return conversations(world).filter(ended=None).order_by("began", "number")


def history(
    world: World, *, who: int | None = None, since: int | None = None, until: int | None = None
) -> QuerySet[Conversation]:
    """Conversations of somebody (a number), that began within a span of game time."""
    told = conversations(world)
    if who is not None:
        parts = Participation.objects.filter(actor__world=world, actor__number=who)
        told = told.filter(pk__in=parts.values("conversation"))
    if since is not None:
        told = told.filter(began__gte=since)
    if until is not None:
        told = told.filter(began__lt=until)
    return told


def went_on(world: World, *, since: int, until: int) -> QuerySet[Conversation]:
    """Those that went on at some time after `since` and up to `until`, game times."""
    # Nobody talks for a whole day: with that, the index by time keeps old conversations out.
    lately = conversations(world).filter(began__gt=since - DAY, began__lte=until)
    return lately.filter(Q(ended=None) | Q(ended__gt=since))


def people_of(told: Iterable[Conversation]) -> Mapping[int, list[int]]:
    """The numbers of all who took part, by the primary key of the conversation."""
    people: dict[int, list[int]] = defaultdict(list)
    rows = Participation.objects.filter(conversation__in=told).order_by("joined", "actor__number")
    for conversation, number in rows.values_list("conversation", "actor__number"):
        if number not in people[conversation]:
            people[conversation].append(number)
    return people


def present_in(told: Iterable[Conversation]) -> Mapping[int, list[int]]:
    """The numbers of those who are in them now, by the primary key of the conversation."""
    people: dict[int, list[int]] = defaultdict(list)
    rows = Participation.objects.filter(conversation__in=told, left=None)
    for conversation, number in rows.order_by("actor__number").values_list(
        "conversation", "actor__number"
    ):
        people[conversation].append(number)
    return people


def thinking_of_words(world: World) -> QuerySet[AgentTalk, int]:
    """The numbers of those whose models are asked what they say."""
    asked = AgentTalk.objects.filter(actor__world=world, asked_at__gt=0)
    return asked.values_list("actor__number", flat=True)


def sentences(told: Conversation) -> list[Event]:
    """What was said, in order."""
    return list(_within(told).filter(kind=events.SAID).order_by("seq"))


def said_last(world_id: int, number: int, count: int) -> list[Event]:
    """The last sentences, at most `count`, of a conversation, in order; for one that goes on."""
    told = Conversation.objects.get(world_id=world_id, number=number)
    said = _within(told).filter(kind=events.SAID).order_by("-seq")[:count]
    return list(reversed(said))


def said_in(told: Sequence[Conversation], *, until: int) -> Mapping[int, list[Event]]:
    """What was said in conversations of one world up to a seq, in order, by their numbers."""
    said: dict[int, list[Event]] = defaultdict(list)
    if not told:
        return said
    ends = [until if each.last_seq is None else each.last_seq for each in told]
    events_of_them = Event.objects.filter(
        world=told[0].world_id,
        kind=events.SAID,
        seq__gte=min(each.first_seq for each in told),
        seq__lte=min(max(ends), until),
        amount__in=[each.number for each in told],
    )
    for event in events_of_them.order_by("seq"):
        said[event.amount].append(event)
    return said


def changes_through(told: Conversation) -> list[Event]:
    """How it changed what people are to each other."""
    return list(
        _within(told, inclusive=False)
        .filter(kind=events.TIE_CHANGED, data__conversation=told.number)
        .order_by("seq")
    )


def _within(told: Conversation, *, inclusive: bool = True) -> QuerySet[Event]:
    found = Event.objects.filter(world_id=told.world_id, seq__gte=told.first_seq)
    if inclusive:
        found = found.filter(amount=told.number)
    return found.filter(seq__lte=told.last_seq) if told.last_seq is not None else found


def last_sentences(told: list[Conversation]) -> Mapping[int, Event]:
    """What was last said in each, by number; nothing where nobody has spoken."""
    if not told:
        return {}
    said = Event.objects.filter(
        world_id=told[0].world_id,
        kind=events.SAID,
        seq__gte=min(each.first_seq for each in told),
        amount__in=[each.number for each in told],
    )
    ends = [each.last_seq for each in told if each.last_seq is not None]
    if len(ends) == len(told):
        said = said.filter(seq__lte=max(ends))
    return {event.amount: event for event in said.order_by("seq")}


def relationships(world: World, who: int) -> QuerySet[Relationship]:
    """What somebody (a number) is to others, the closest first."""
    return (
        Relationship.objects.filter(actor__world=world, actor__number=who)
        .select_related("actor", "other")
        .order_by("-strength", "other__number")
    )


def changes_between(world: World, one: int, other: int) -> QuerySet[Event]:
    """All that changed what two people are to each other, on both sides, the latest first."""
    sides = Q(actor=one, other=other) | Q(actor=other, other=one)
    return Event.objects.filter(sides, world=world, kind=events.TIE_CHANGED).order_by("-seq")
