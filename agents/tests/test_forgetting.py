"""Forgetting: what has faded gives way to summaries, and nothing of what it was is miscounted."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from agents.remembering.forgetting import forget
from memory.forgetting import MONTH, YEAR, lifetimes
from memory.models import MOST, Memory
from memory.retrieval import touch
from memory.writing import Impression, remember
from world.advance import advance
from world.engine.gametime import DAY, HOUR, WEEK
from world.models import Actor, World
from world.scenario import Scenario
from world.stage import stage_of

Found = Callable[..., World]

pytestmark = pytest.mark.django_db

MOMENTS = ("closed", "need", "quarrel", "closer")
TOPICS = ("work", "life", "deep", "")


@pytest.fixture
def town(found_town: Found) -> World:
    """A hamlet in which nobody remembers anything yet."""
    world = found_town()
    Memory.objects.filter(actor__world=world).delete()
    return world


def days_of(people: list[Actor], since: int, days: int, seed: int = 1) -> Iterator[Impression]:
    """Some memories a day for everybody, by lot."""
    luck = random.Random(seed)
    for day in range(since, since + days):
        for person in people:
            for _ in range(luck.randrange(4, 9)):
                talk = luck.random() < 0.8
                at = day * DAY + luck.randrange(DAY)
                yield Impression(
                    actor=person.pk,
                    at=at,
                    kind=Memory.Kind.CONVERSATION if talk else Memory.Kind.OBSERVATION,
                    importance=luck.choice((15, 15, 30, 50, 70, 100)),
                    subject=luck.choice(TOPICS if talk else MOMENTS),
                    text={"zh": "说了几句话。", "en": "Had a few words."},
                    people=[luck.randrange(1, 13)],
                    cause=at * 2**20 + person.number if talk else 0,
                )


def residents(world: World, count: int) -> list[Actor]:
    return list(Actor.objects.filter(world=world, kind="resident").order_by("number")[:count])


def counted(world: World) -> Counter[Any]:
    """With whom, about what and what else, over memories and all that summaries stand for."""
    counts: Counter[Any] = Counter()
    for memory in Memory.objects.filter(actor__world=world):
        told = memory.replaced or {
            "memories": 1,
            "talks": {str(who): 1 for who in memory.people} if memory.kind == 2 else {},
            "topics": {memory.subject: 1} if memory.kind == 2 and memory.subject else {},
            "moments": {memory.subject: 1} if memory.kind == 1 else {},
            "conversations": [memory.cause] if memory.kind == 2 else [],
        }
        counts["memories"] += told["memories"]
        for part in ("talks", "topics", "moments"):
            for key, times in told[part].items():
                counts[memory.actor_id, part, key] += times
        counts.update((memory.actor_id, number) for number in told["conversations"])
    return counts


def test_nothing_is_miscounted_and_what_matters_lasts_longer(town: World) -> None:
    remember(list(days_of(residents(town, 2), 0, 120)))
    before, total = counted(town), Memory.objects.filter(actor__world=town).count()
    for week in range(1, 30):
        forget(town, week * WEEK)
        assert counted(town) == before
    left = Memory.objects.filter(actor__world=town)
    assert left.count() < total / 4
    spec = stage_of(town).rules["memory"].forgetting
    lasting = lifetimes(round(spec.half_life_days * DAY), spec.faint / MOST)
    assert lasting == sorted(lasting)
    for memory in left.exclude(kind=Memory.Kind.SUMMARY):
        assert memory.recalled_at + lasting[memory.importance] >= 29 * WEEK
    for summary in left.filter(kind=Memory.Kind.SUMMARY):
        assert summary.replaced is not None
        since, until = summary.replaced["since"], summary.replaced["until"]
        assert since <= until == summary.at
        assert since // summary.replaced["length"] == until // summary.replaced["length"]
        assert any("\u4e00" <= letter <= "\u9fff" for letter in summary.text_zh)
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in summary.text_en)


def test_what_comes_to_mind_again_is_kept(town: World) -> None:
    (person,) = residents(town, 1)
    for at in (HOUR, 2 * HOUR):
        remember(
            [
                Impression(
                    actor=person.pk,
                    at=at,
                    kind=Memory.Kind.OBSERVATION,
                    importance=50,
                    subject="need",
                    text={"zh": "饿。", "en": "Hungry."},
                )
            ]
        )
    touch([(person.pk, HOUR, 0, 100 * DAY, 1)])
    forget(town, 15 * WEEK)
    kinds = Memory.objects.filter(actor=person).order_by("at").values_list("at", "kind")
    assert list(kinds) == [
        (HOUR, Memory.Kind.OBSERVATION),
        (2 * HOUR, Memory.Kind.SUMMARY),
    ]


def test_why_one_knows_somebody_is_never_forgotten(
    found_town: Found, read_scenario: Callable[[str], Scenario]
) -> None:
    world = found_town(scenario=read_scenario("sunshine"))
    known = Memory.objects.filter(actor__world=world, subject="known")
    before = known.count()
    forget(world, 500 * WEEK)
    assert known.count() == before > 0


def test_twice_in_a_night_is_once(town: World) -> None:
    remember(list(days_of(residents(town, 2), 0, 100)))
    forget(town, 20 * WEEK)
    fields = ("actor", "at", "ordinal", "text_zh", "replaced")
    once = list(Memory.objects.order_by("actor", "at", "ordinal").values_list(*fields))
    forget(town, 20 * WEEK)
    assert list(Memory.objects.order_by("actor", "at", "ordinal").values_list(*fields)) == once


def test_memory_stays_bounded_over_years(town: World) -> None:
    (person,) = residents(town, 1)
    counts = []
    for week in range(3 * 52):
        remember(list(days_of([person], week * 7, 7, seed=week)))
        forget(town, (week + 1) * WEEK)
        counts.append(Memory.objects.filter(actor=person).count())
    first, last = max(counts[:52]), max(counts[-52:])
    assert last < 1.1 * first
    summaries = Memory.objects.filter(actor=person, kind=Memory.Kind.SUMMARY)
    lengths = Counter(summary.replaced["length"] for summary in summaries if summary.replaced)
    assert set(lengths) == {WEEK, MONTH, YEAR}
    assert lengths[YEAR] <= 2


def test_a_town_forgets_by_itself_in_the_night_to_monday(
    found_town: Found, hamlet: Scenario
) -> None:
    spec = hamlet["memory"].forgetting
    quick = hamlet["memory"].model_copy(
        update={"forgetting": spec.model_copy(update={"half_life_days": 0.5})}
    )
    content = hamlet.content | {"memory": quick}
    world = found_town(seed=3, scenario=replace(hamlet, content=content))
    advance(world_id=world.pk, until=7 * DAY - HOUR)
    kept = Memory.objects.filter(actor__world=world)
    assert not kept.filter(kind=Memory.Kind.SUMMARY).exists()
    before = kept.count()
    advance(world_id=world.pk, until=7 * DAY + HOUR)
    summaries = kept.filter(kind=Memory.Kind.SUMMARY)
    assert summaries.count() == 12
    assert kept.count() < before / 2
