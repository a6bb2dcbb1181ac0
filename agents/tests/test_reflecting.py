"""Reflections in a town: when they come about, what they rest on, and whose they are."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agents import events
from agents.minds.recollection import come_to_mind
from agents.models import Thought
from agents.provenance import StandIn
from agents.remembering.forgetting import forget
from agents.systems.reflected import REFLECTED
from agents.tests.pages import told
from memory.evidence import evidence_of
from memory.models import Accumulation, Memory
from tests.laws.minds import answer_somehow, think_with_a_model
from tests.laws.talk import chatty, pensive
from world.advance import advance
from world.engine.gametime import HOUR, MINUTE, WEEK
from world.models import Event, World
from world.replay import found_replay
from world.scenario import Scenario
from world.telling import tell

Found = Callable[..., World]

KEPT = (
    *("actor__number", "at", "ordinal", "kind", "importance", "valence", "subject", "people"),
    *("text_zh", "text_en", "evidence", "stand_in", "cause"),
)


def memories(world: World) -> list[tuple[Any, ...]]:
    kept = Memory.objects.filter(actor__world=world).order_by(*KEPT[:3])
    return list(kept.values_list(*KEPT))


def reflections(world: World) -> list[Memory]:
    kept = Memory.objects.filter(actor__world=world, kind=Memory.Kind.REFLECTION)
    return list(kept.select_related("actor").order_by("at", "actor__number", "ordinal"))


def live(world: World, seconds: int, span: int = HOUR) -> None:
    advance(world_id=world.pk, until=world.lived_until + seconds, span=span)
    world.refresh_from_db()


@pytest.fixture(scope="module")
def lived(found_shared: Found, hamlet: Scenario) -> int:
    world = found_shared(seed=3, scenario=pensive(chatty(hamlet)))
    live(world, 10 * HOUR)
    return world.pk


@pytest.fixture
def town(lived: int, db: None) -> World:
    """A hamlet of people who reflect on little, after its first morning."""
    return World.objects.get(pk=lived)


def test_nothing_hangs_on_how_the_town_is_advanced(found_town: Found, hamlet: Scenario) -> None:
    kept = []
    for span in (10 * HOUR, 7 * MINUTE):
        world = found_town(seed=5, scenario=pensive(chatty(hamlet)))
        live(world, 10 * HOUR, span)
        sums = Accumulation.objects.filter(actor__world=world).order_by("actor__number")
        fields = ("actor__number", "importance", "reflected_at", "reflected_before")
        kept.append((memories(world), list(sums.values_list(*fields))))
    assert kept[0] == kept[1]
    assert sum(row[3] == Memory.Kind.REFLECTION for row in kept[0][0]) > 10


def test_insights_rest_on_memories_of_their_own_since_the_last_time(town: World) -> None:
    found = reflections(town)
    assert found
    drawn = evidence_of(found)
    for each in found:
        assert each.evidence
        assert len(drawn[each.pk]) == len(each.evidence)
        for memory in drawn[each.pk]:
            assert memory.actor_id == each.actor_id
            assert (memory.at, memory.ordinal) < (each.at, each.ordinal)
            assert set(each.people) <= {*memory.people, memory.source}
        assert not each.stand_in
    sums = Accumulation.objects.filter(actor__world=town)
    assert all(one.importance < 60 and one.reflected_at and not one.waiting for one in sums)
    for one in sums:
        since = Memory.objects.filter(actor=one.actor_id, at__gt=one.reflected_at)
        since = since.exclude(kind=Memory.Kind.REFLECTION)
        assert sum(since.values_list("importance", flat=True)) == one.importance


def test_what_was_forgotten_leads_to_its_summary(town: World) -> None:
    reflection = reflections(town)[0]
    Memory.objects.filter(pk=reflection.pk).update(recalled_at=52 * WEEK)
    forget(town, 52 * WEEK)
    reflection.refresh_from_db()
    (summary,) = evidence_of([reflection])[reflection.pk]
    assert summary.kind == Memory.Kind.SUMMARY
    assert summary.replaced is not None
    assert reflection.evidence
    at, _ = reflection.evidence[0]
    assert summary.replaced["since"] <= at <= summary.replaced["until"]
    assert reflections(town) == [reflection], "reflections fade, too"


def test_hearsay_that_has_faded_is_counted(town: World) -> None:
    memory = Memory.objects.filter(actor__world=town, kind=Memory.Kind.CONVERSATION).first()
    assert memory is not None
    kind = Memory.Kind.OBSERVATION
    Memory.objects.filter(pk=memory.pk).update(kind=kind, subject="couple", people=[8, 9])
    forget(town, 52 * WEEK)
    summary = Memory.objects.get(actor=memory.actor_id, kind=Memory.Kind.SUMMARY)
    assert summary.replaced is not None
    assert summary.replaced["moments"]["hearsay"] == 1


def test_a_reflection_comes_to_mind(town: World) -> None:
    reflection = max(reflections(town), key=lambda each: len(each.text_zh))
    asked = (reflection.actor_id, town.lived_until, reflection.text_zh)
    (recalled,) = come_to_mind([asked], most=5)
    assert recalled[0]["kind"] == Memory.Kind.REFLECTION
    assert recalled[0]["zh"] == reflection.text_zh


def test_readers_see_what_a_reflection_was_drawn_from(
    town: World, client: Client, admin_client: Client
) -> None:
    reflection = reflections(town)[0]
    number, world = reflection.actor.number, f"world={town.slug}"
    page = told(client, f"agents/{number}/memories?{world}&kind=reflection&limit=100")
    identity = f"{reflection.at}-{reflection.ordinal}"
    (line,) = [each for each in page["memories"] if each["id"] == identity]
    assert (line["text"], line["stand_in"]) == (reflection.text_zh, "")
    drawn = evidence_of([reflection])[reflection.pk]
    assert [each["text"] for each in line["evidence"]] == [each.text_zh for each in drawn]
    english = told(
        client, f"agents/{number}/memories?{world}&q={reflection.text_en}", language="en"
    )
    (again,) = [each for each in english["memories"] if each["id"] == identity]
    assert [each["text"] for each in again["evidence"]] == [each.text_en for each in drawn]
    shown = admin_client.get(f"/admin/memory/memory/{reflection.pk}/change/").content.decode()
    for each in drawn:
        assert f"/admin/memory/memory/{each.pk}/change/" in shown
    assert admin_client.get("/admin/memory/accumulation/").status_code == 200


@pytest.fixture(scope="module")
def question(found_shared: Found, hamlet: Scenario) -> int:
    world = found_shared(seed=3, scenario=pensive(chatty(hamlet)))
    live(world, 8 * HOUR)
    think_with_a_model(world)
    thoughts = Thought.objects.filter(world=world, purpose="reflect")
    while not thoughts.exists():
        live(world, 10 * MINUTE)
    return thoughts[0].pk


@pytest.fixture
def asked(question: int, db: None) -> Thought:
    """Somebody in a hamlet who is asked what they make of what they kept."""
    return Thought.objects.get(pk=question)


def answer(thought: Thought, **content: Any) -> None:
    payload = {"asked_at": thought.asked_at, **content}
    world = World.objects.get(pk=thought.world_id)
    number = thought.actor.number
    tell(world=world, kind=REFLECTED.name, subject=number, payload=payload, source=1)
    live(world, MINUTE)


def of(thought: Thought) -> list[Memory]:
    kept = Memory.objects.filter(actor=thought.actor_id, kind=Memory.Kind.REFLECTION)
    return list(kept.order_by("at", "ordinal"))


def test_a_models_insights_are_kept_and_nothing_waits_for_them(asked: Thought) -> None:
    assert (asked.status, asked.urgency) == (Thought.Status.WAITING, 30)
    assert Accumulation.objects.get(actor=asked.actor_id).waiting
    before = len(of(asked))
    last = asked.situation["memories"][-1]
    assert last["at"] == asked.asked_at
    cited = [last["at"], last["ordinal"]]
    answer(asked, insights=[{"text": "我想通了。", "evidence": [cited]}])
    reflection = of(asked)[-1]
    assert reflection.text_zh == reflection.text_en == "我想通了。"
    assert (reflection.evidence, reflection.cause) == ([cited], asked.asked_at)
    assert not reflection.stand_in
    (memory,) = evidence_of([reflection])[reflection.pk]
    assert memory.text_zh == last["zh"]
    event = Event.objects.get(world=asked.world_id, kind=events.REFLECTED)
    assert (event.actor, event.amount) == (asked.actor.number, asked.asked_at)
    answer(asked, insights=[{"text": "又想通了。", "evidence": [cited]}])
    assert len(of(asked)) == before + 1, "what nobody waits for is not kept"


def test_instinct_stands_in_where_a_model_fails(asked: Thought) -> None:
    answer(asked, failure="budget")
    assert all(each.stand_in == StandIn.BUDGET for each in of(asked) if each.at > asked.asked_at)
    assert not Accumulation.objects.get(actor=asked.actor_id).waiting


def test_instinct_stands_in_where_no_answer_comes(asked: Thought, client: Client) -> None:
    world = World.objects.get(pk=asked.world_id)
    live(world, 12 * HOUR)
    due = asked.asked_at + 6 * HOUR
    late = [each for each in reflections(world) if each.stand_in]
    assert {each.stand_in for each in late} == {StandIn.LATE}
    assert min(each.at for each in late) >= due
    asked.refresh_from_db()
    assert asked.status == Thought.Status.WITHDRAWN
    answer(asked, insights=[{"text": "晚了。", "evidence": [[1, 1]]}])
    assert world.inbox.get(kind=REFLECTED.name).reason == "late"
    number = late[0].actor.number
    page = told(client, f"agents/{number}/memories?world={world.slug}&kind=reflection")
    assert "late" in {each["stand_in"] for each in page["memories"]}


def test_a_replay_of_seed_and_inbox_has_the_same_memories(
    found_town: Found, hamlet: Scenario
) -> None:
    luck, world = random.Random(5), found_town(seed=5, scenario=pensive(chatty(hamlet)))
    think_with_a_model(world)
    for _ in range(8 * 12):
        live(world, 5 * MINUTE)
        answer_somehow(world, luck, silent=0.3)
    live(world, MINUTE)
    kept = memories(world)
    kinds = {(bool(row[11]), bool(row[12])) for row in kept if row[3] == Memory.Kind.REFLECTION}
    assert kinds >= {(False, True), (True, False)}, "a model's, and instinct's in its place"
    for span in (10 * MINUTE, 24 * HOUR):
        again = found_replay(of=world, slug=f"again-{span}")
        advance(world_id=again.pk, until=world.lived_until, span=span)
        assert memories(again) == kept
