"""Law 1 in the middle of a sentence: engines are killed while people talk."""

import random
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from agents import events
from agents.models import Conversation, Participation, Relationship
from tests import engine_process
from tests.laws.orders import tell_something
from tests.laws.rows import check_ends, check_rows, check_ties
from tests.laws.talk import Reader, chatty
from world.advance import advance
from world.engine.gametime import HOUR
from world.history import history_hash
from world.models import Event, World
from world.replay import found_replay
from world.scenario import Scenario

Found = Callable[..., World]
Row = tuple[Any, ...]

pytestmark = pytest.mark.django_db(transaction=True)

SPANS = (30, 120, 600)
"""Game seconds to a transaction: a sentence of a talk, and whole talks."""


def start_engine(world: World, until: int, span: int) -> "subprocess.Popen[str]":
    database = str(connection.settings_dict["NAME"])
    return engine_process.start(world.pk, database=database, until=until, span=span)


def kill_in_a_talk(engine: "subprocess.Popen[str]", world: World, seconds: float) -> bool:
    """Let it commit until people talk, then kill it a little later; whether it was alive."""
    assert engine.stdout is not None
    for _ in engine.stdout:
        if going_on(world):
            break
    time.sleep(seconds)
    engine.kill()
    return engine.wait() != 0


def going_on(world: World) -> int:
    """How many conversations are under way, as of the last commit."""
    return Conversation.objects.filter(world=world, ended=None).count()


def said(world: World) -> dict[int, Row]:
    """All that was committed of what was said, by the numbers of the events."""
    rows = Event.objects.filter(world=world, kind=events.SAID).values_list(
        "seq", "world_time", "actor", "other", "amount", "until", "reason", "data"
    )
    return {seq: tuple(rest) for seq, *rest in rows}


def kept(world: World) -> list[list[Row]]:
    """What readers find of talk: rows without what is of one database, sorted."""
    talks = Conversation.objects.filter(world=world).order_by("number")
    parts = Participation.objects.filter(conversation__world=world)
    ties = Relationship.objects.filter(actor__world=world)
    return [
        list(talks.values_list("number", "ended", "why", "topic", "ending", "messages")),
        sorted(
            parts.values_list("conversation__number", "actor__number", "joined", "left"), key=str
        ),
        sorted(
            ties.values_list(
                "actor__number", "other__number", "strength", "regard", "talks", "lines", "love"
            )
        ),
    ]


@pytest.mark.parametrize(
    ("seed", "kills", "hours"),
    [(4, 3, 8), pytest.param(5, 60, 72, marks=pytest.mark.long)],
)
def test_engines_killed_in_the_middle_of_talks(
    found_town: Found, hamlet: Scenario, seed: int, kills: int, hours: int
) -> None:
    world = found_town(seed=seed, scenario=chatty(hamlet))
    reader = Reader(world)
    until = world.instant + hours * HOUR
    luck = random.Random(seed)
    interrupted: set[int] = set()
    committed: dict[int, Row] = {}
    for _ in range(kills):
        tell_something(world, luck)
        with start_engine(world, until, luck.choice(SPANS)) as engine:
            assert kill_in_a_talk(engine, world, luck.uniform(0, 0.2)), "it had nothing left to do"
        heard = said(world)
        assert committed.items() <= heard.items(), "what was committed is lost or another"
        committed = heard
        open_ = Conversation.objects.filter(world=world, ended=None)
        interrupted |= set(open_.values_list("number", flat=True))
    with start_engine(world, until, HOUR) as engine:
        engine.communicate(timeout=120)
    world.refresh_from_db()
    assert world.lived_until == until
    # Several kills may strike the same talk.
    assert len(interrupted) >= min(kills, 30), "hardly anybody was talking when engines were killed"

    assert committed.items() <= said(world).items()
    reader.read()
    assert all(reader.talks[number].ended is not None for number in interrupted)
    check_ends(reader)
    check_rows(reader)
    check_ties(reader)

    again = found_replay(of=world, slug="again")
    advance(world_id=again.pk, until=until)
    assert history_hash(again) == history_hash(world)
    assert kept(again) == kept(world)
