"""A world is proved by living its seed and inbox again; whoever tampers with it is found out."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from agents.provenance import Source
from world.advance import advance
from world.engine.gametime import HOUR
from world.models import Event, World
from world.proving import ProofUnderWayError, prove
from world.replay import found_replay
from world.telling import tell

Found = Callable[..., World]


@pytest.fixture
def lived(found_town: Found) -> World:
    """A hamlet that has lived ten hours, with an order in its inbox."""
    world = found_town(seed=5)
    advance(world_id=world.pk, until=world.lived_until + 3 * HOUR)
    world.refresh_from_db()
    tell(world=world, kind="agent_move", subject=3, payload={"place": 4}, source=Source.OPERATOR)
    advance(world_id=world.pk, until=world.lived_until + 7 * HOUR)
    world.refresh_from_db()
    return world


def test_a_world_that_lived_is_what_its_seed_and_inbox_make(lived: World) -> None:
    reached: list[int] = []
    proof = prove(lived, reached.append)
    assert proof.same
    assert proof.events == lived.seq
    assert reached[-1] == proof.lived_until == lived.lived_until
    assert World.objects.count() == 1, "nothing is left behind"


def test_an_event_that_was_changed_is_found(lived: World) -> None:
    event = Event.objects.filter(world=lived, amount__gt=0).order_by("-seq").first()
    assert event is not None
    Event.objects.filter(pk=event.pk).update(amount=event.amount + 1)
    proof = prove(lived)
    assert not proof.same
    assert 0 < proof.events < lived.seq
    with pytest.raises(
        CommandError, match=f"differs from its seed and inbox after {proof.events:,}"
    ):
        call_command("prove", world=lived.slug)


def test_an_order_that_was_struck_out_is_found(lived: World) -> None:
    lived.inbox.all().delete()
    assert not prove(lived).same


def test_events_that_are_missing_at_the_end_are_found(lived: World) -> None:
    Event.objects.filter(world=lived, seq=lived.seq).delete()
    proof = prove(lived)
    assert (proof.events, proof.ours) == (lived.seq - 1, b"")
    assert proof.again


def test_what_a_killed_proof_left_is_deleted_only_if_one_says_so(lived: World) -> None:
    found_replay(of=lived, slug=f"proof-of-{lived.slug}")
    with pytest.raises(ProofUnderWayError):
        prove(lived)
    assert prove(lived, anew=True).same


def test_the_command_says_how_much_was_compared(
    lived: World, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("prove")
    assert f"{lived.seq:,} events" in capsys.readouterr().out
    with pytest.raises(CommandError, match="there is no world 'atlantis'"):
        call_command("prove", world="atlantis")
