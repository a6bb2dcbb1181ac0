"""Founding: the town's institutions and businesses, and what everybody starts with."""

from economy import events
from economy.books import write_transfers
from economy.models import Account, Business
from economy.money import Category, fen
from economy.sections import BusinessSpec
from world.engine.events import EventLog
from world.founding import Founding
from world.models import Actor, Location
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
    businesses = [
        _business(owner, place, specs[place.kind], world.instant)
        for owner, place in zip(owners, places, strict=True)
    ]
    Business.objects.bulk_create(
        [
            *(
                Business(actor=institution, settled_at=world.instant)
                for institution in institutions.values()
            ),
            *businesses,
        ]
    )
    opening = dict.fromkeys(people, fen(economy.resident_opening))
    for owner, place in zip(owners, places, strict=True):
        if not specs[place.kind].vacant:
            opening[owner] = fen(specs[place.kind].capital)
    gifts = {actor: amount for actor, amount in opening.items() if amount}
    _open_accounts(founding, institutions["treasury"], gifts)


def _business(owner: Actor, place: Location, spec: BusinessSpec, now: int) -> Business:
    return Business(
        actor=owner,
        place=place.number,
        stock=0 if spec.vacant else fen(spec.shelves),
        closed_at=now if spec.vacant else 0,
        settled_at=now,
    )


def _open_accounts(founding: Founding, treasury: Actor, opening: dict[Actor, int]) -> None:
    """Give everyone an account, and what they start with."""
    world = founding.world
    Account.objects.bulk_create(
        Account(actor=actor, balance=opening.get(actor, 0), entered=opening.get(actor, 0))
        for actor in founding.actors.values()
        if actor != treasury
    )
    given = -sum(opening.values())
    Account.objects.create(actor=treasury, balance=given, entered=given)
    log = EventLog()
    log.emit(
        events.PAID,
        world.instant,
        actor=treasury.number,
        other=[actor.number for actor in opening],
        amount=list(opening.values()),
        reason=Category.OPENING,
    )
    batch = log.take()
    write_transfers(world, batch)
    founding.record(batch)
