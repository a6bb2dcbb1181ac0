"""Law 7: money is conserved, and every balance equals its entries."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from economy import events
from economy.audit import audit
from economy.models import Account, Transfer
from economy.money import Category
from tests.laws.orders import plan_orders
from world.advance import WorldNotActiveError, advance
from world.engine.gametime import DAY, HOUR
from world.integrity import IntegrityError
from world.models import Event, World

Found = Callable[..., World]


@pytest.fixture(scope="module")
def _lived(found_shared: Found) -> int:
    world = found_shared(seed=5)
    plan_orders(world, until=world.instant + DAY, count=40, seed=5)
    advance(world_id=world.pk, until=world.instant + 2 * DAY)
    return world.pk


@pytest.fixture
def lived(_lived: int, db: None) -> World:
    return World.objects.get(pk=_lived)


def test_the_books_add_up(lived: World) -> None:
    found = audit(lived)
    assert found.passed, found
    assert found.transfers > 100
    assert Account.objects.filter(actor__world=lived).aggregate(Sum("balance"))["balance__sum"] == 0


def test_a_new_town_has_books_too(found_town: Found) -> None:
    found = audit(found_town())
    assert found.passed
    assert found.transfers > 0


def test_money_moved_in_many_ways(lived: World) -> None:
    used = set(Transfer.objects.filter(world=lived).values_list("category", flat=True))
    assert len(used) > 12, sorted(used)


def test_the_first_transfer_that_is_not_what_was_told_is_named(found_town: Found) -> None:
    world = found_town()
    first, second = Transfer.objects.filter(world=world).order_by("seq")[3:5]
    assert audit(world).false is None
    Transfer.objects.filter(pk__in=(first.pk, second.pk)).update(amount=7)
    assert audit(world).false == first.seq
    assert f"transfer {first.seq} is not what history told" in audit(world).complaint
    Transfer.objects.filter(pk=first.pk).delete()
    assert audit(world).false == first.seq, "one that is missing is as wrong"


def test_transfers_are_the_payments_of_history(lived: World) -> None:
    paid = Event.objects.filter(world=lived, kind=events.PAID).order_by("seq")
    kept = Transfer.objects.filter(world=lived).order_by("seq")
    same = ("seq", "world_time", "place", "activity", "amount")
    assert list(paid.values_list(*same, "actor", "other", "reason")) == list(
        kept.values_list(*same, "payer", "payee", "category")
    )


def test_nobody_buys_what_they_cannot_pay(lived: World, found_town: Found) -> None:
    """A town of the poor: nothing that has a price is done, but the rent is still due."""
    poor = found_town()
    people = Account.objects.filter(actor__world=poor, actor__kind="resident")
    _take_everything(poor, people)
    advance(world_id=poor.pk, until=poor.instant + 12 * HOUR)
    bought = Transfer.objects.filter(world=poor, category=Category.PURCHASE)
    for purchase in bought:
        earned = Transfer.objects.filter(
            world=poor, payee=purchase.payer, seq__lt=purchase.seq, world_time__gt=poor.instant
        )
        assert earned.exists(), "somebody without a fen bought something"
    assert audit(poor).passed


def _take_everything(world: World, people: object) -> None:
    """Undo the openings, so that the books still add up."""
    opening = Transfer.objects.filter(world=world, category=Category.OPENING)
    numbers = world.actors.filter(kind="resident").values_list("number", flat=True)
    taken = opening.filter(payee__in=numbers)
    treasury = Account.objects.get(actor__world=world, actor__kind="treasury")
    treasury.balance += taken.aggregate(Sum("amount"))["amount__sum"]
    treasury.entered = treasury.balance
    treasury.save()
    Event.objects.filter(world=world, seq__in=taken.values("seq")).delete()
    taken.delete()
    people.update(balance=0, entered=0)  # type: ignore[attr-defined]


def test_a_balance_from_nowhere_stops_the_world(found_town: Found) -> None:
    world = found_town()
    account = Account.objects.filter(actor__world=world).order_by("actor__number")[2]
    account.balance += 1
    account.save()
    assert audit(world).differences == (
        (account.actor.number, account.balance, account.balance - 1),
    )
    with pytest.raises(CommandError, match="are wrong"):
        call_command("audit", world=world.slug)
    world.refresh_from_db()
    assert world.status == World.Status.STOPPED, "the audit itself stops it"

    World.objects.filter(pk=world.pk).update(status=World.Status.ACTIVE)
    number = account.actor.number
    with pytest.raises(IntegrityError, match=f"actor {number} holds {account.balance} fen"):
        advance(world_id=world.pk, until=world.instant + HOUR)
    world.refresh_from_db()
    assert world.status == World.Status.STOPPED
    assert f"its transfers make {account.balance - 1}" in world.status_reason
    assert world.version == 0, "nothing of it was committed"
    with pytest.raises(WorldNotActiveError):
        advance(world_id=world.pk, until=world.instant + HOUR)
