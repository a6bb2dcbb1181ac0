"""Founding: the town's institutions and businesses, and what everybody starts with."""

from economy import events
from economy.models import Account, Business, Transfer
from economy.money import Category, fen
from world.founding import Founding
from world.models import Actor, Event
from world.scenario import Bilingual


def found_economy(founding: Founding) -> None:
    """Make institutions and businesses, and open an account for every actor of the new world.

    All money comes from the treasury, by a transfer.
    """
    world, economy = founding.world, founding.scenario["economy"]
    people = [actor for (kind, _), actor in founding.actors.items() if kind == "resident"]
    institutions = {
        institution.key: founding.add_actors(institution.key, [("", institution.name)])[0]
        for institution in economy.institutions
    }
    specs = {spec.kind: spec for spec in economy.businesses}
    places = [place for place in world.locations.order_by("number") if place.kind in specs]
    owners = founding.add_actors(
        "business",
        [(str(place.number), Bilingual(zh=place.name_zh, en=place.name_en)) for place in places],
    )
    Business.objects.bulk_create(
        Business(actor=owner, place=place.number)
        for owner, place in zip(owners, places, strict=True)
    )
    opening = dict.fromkeys(people, fen(economy.resident_opening))
    for owner, place in zip(owners, places, strict=True):
        opening[owner] = fen(specs[place.kind].capital)
    _open_accounts(founding, institutions["treasury"], opening)


def _open_accounts(founding: Founding, treasury: Actor, opening: dict[Actor, int]) -> None:
    """Give everyone an account, and what they start with."""
    world = founding.world
    Account.objects.bulk_create(
        Account(actor=actor, balance=opening.get(actor, 0))
        for actor in founding.actors.values()
        if actor != treasury
    )
    Account.objects.create(actor=treasury, balance=-sum(opening.values()))
    given = [(actor, amount) for actor, amount in opening.items() if amount]
    first = world.seq + 1
    Event.objects.bulk_create(
        Event(
            world=world,
            seq=seq,
            world_time=world.instant,
            kind=events.PAID,
            actor=treasury.number,
            other=actor.number,
            amount=amount,
            reason=Category.OPENING,
        )
        for seq, (actor, amount) in enumerate(given, start=first)
    )
    Transfer.objects.bulk_create(
        Transfer(
            world=world,
            seq=seq,
            world_time=world.instant,
            payer=treasury.number,
            payee=actor.number,
            amount=amount,
            category=Category.OPENING,
        )
        for seq, (actor, amount) in enumerate(given, start=first)
    )
    world.seq += len(given)
    world.save(update_fields=["seq"])
