"""The ledger of a town as a table: every movement of money, however many there were."""

from collections.abc import Iterator, Mapping

from agents.conversations.grammar import Language
from economy.models import Transfer
from economy.money import YUAN, Category, cause_of
from world.models import World
from world.rest.spreadsheet import Cell
from world.stage import Stage

COLUMNS = (
    "seq",
    "time",
    "payer_id",
    "payer",
    "payee_id",
    "payee",
    "amount",
    "category",
    "category_name",
    "place",
    "activity",
    "cause",
    "cause_number",
)

AT_ONCE = 2000
"""Transfers that are held in memory at the same time."""


def transactions(
    world: World,
    stage: Stage,
    *,
    language: Language,
    words: Mapping[Category, str],
    since: int | None,
    until: int | None,
) -> Iterator[list[Cell]]:
    """All that was paid so far within a span of game time, in yuan, the earliest first.

    words: what categories are called. since is excluded and until included, as a day is settled at
    its end. Gives the COLUMNS; one query for AT_ONCE of them.
    """
    told = Transfer.objects.filter(world=world, seq__lte=world.seq).order_by("seq")
    if since is not None:
        told = told.filter(world_time__gt=since)
    if until is not None:
        told = told.filter(world_time__lte=until)
    activities, last = stage.constants["activities"].keys, 0
    while some := list(told.filter(seq__gt=last)[:AT_ONCE]):
        for each in some:
            category = Category(each.category)
            yield [
                each.seq,
                stage.time(each.world_time),
                each.payer,
                stage.person(each.payer)["name"][language],
                each.payee,
                stage.person(each.payee)["name"][language],
                each.amount / YUAN,
                category.name.lower(),
                words[category],
                stage.place(each.place)["name"][language] if each.place else "",
                activities[each.activity] if each.activity else "",
                cause_of(category).name.lower(),
                each.cause,
            ]
        last = some[-1].seq
