"""What is known of money, for people to read."""

from collections.abc import Sequence
from typing import Literal

from django.db.models import Q, QuerySet, Sum

from economy.models import Business, DayFigures, Loan, Transfer
from economy.money import Category
from world.engine.gametime import DAY
from world.models import World

Direction = Literal["in", "out", ""]


def transfers_of(
    world: World,
    number: int,
    *,
    direction: Direction = "",
    category: Category | None = None,
    day: int | None = None,
) -> QuerySet[Transfer]:
    """What an actor paid and was paid, the latest first.

    day: only that of the day that begins at this game time, with the settlement at its end.
    """
    sides = {"in": Q(payee=number), "out": Q(payer=number)}
    chosen = Transfer.objects.filter(sides.get(direction, Q(payee=number) | Q(payer=number)))
    if category is not None:
        chosen = chosen.filter(category=category)
    if day is not None:
        chosen = chosen.filter(world_time__gt=day, world_time__lte=day + DAY)
    return chosen.filter(world=world).order_by("-seq")


def balances_after(world: World, number: int, transfers: Sequence[Transfer]) -> dict[int, int]:
    """Fen that an actor owned after each of these transfers of theirs, by seq; two queries."""
    if not transfers:
        return {}
    seqs = [transfer.seq for transfer in transfers]
    everything = transfers_of(world, number)
    before = everything.filter(seq__lt=min(seqs)).aggregate(
        income=Sum("amount", filter=Q(payee=number), default=0),
        expense=Sum("amount", filter=Q(payer=number), default=0),
    )
    balance = before["income"] - before["expense"]
    owned = {}
    between = everything.filter(seq__gte=min(seqs), seq__lte=max(seqs)).order_by("seq")
    for seq, payee, amount in between.values_list("seq", "payee", "amount"):
        balance += amount if payee == number else -amount
        owned[seq] = balance
    return {seq: owned[seq] for seq in seqs}


def moved_by_category(world: World, number: int, since: int) -> dict[Category, tuple[int, int]]:
    """Fen that an actor was paid and paid after the game time `since`, by category."""
    moved = Transfer.objects.filter(world=world, world_time__gt=since)
    sums = (
        moved.filter(Q(payee=number) | Q(payer=number))
        .values("category")
        .annotate(
            income=Sum("amount", filter=Q(payee=number), default=0),
            expense=Sum("amount", filter=Q(payer=number), default=0),
        )
        .order_by("category")
    )
    return {Category(row["category"]): (row["income"], row["expense"]) for row in sums}


def loans_of(
    world: World, number: int, *, role: Literal["lender", "borrower", ""] = ""
) -> QuerySet[Loan]:
    """What somebody lent or borrowed, the latest first."""
    sides = {"lender": Q(lender=number), "borrower": Q(borrower=number)}
    chosen = sides.get(role, Q(lender=number) | Q(borrower=number))
    return Loan.objects.filter(chosen, world=world).order_by("-number")


def businesses(world: World) -> QuerySet[Business]:
    """Those who run a place, in the order of their numbers."""
    return (
        Business.objects.filter(actor__world=world, place__gt=0)
        .select_related("actor__account")
        .order_by("actor__number")
    )


def days(
    world: World, *, since: int | None = None, until: int | None = None
) -> QuerySet[DayFigures]:
    """The figures of days that were settled, the first one first.

    since, until: game times between which days must begin, the latter excluded; None for no bound.
    """
    told = DayFigures.objects.filter(world=world)
    if since is not None:
        told = told.filter(midnight__gte=since + DAY)
    if until is not None:
        told = told.filter(midnight__lt=until + DAY)
    return told.order_by("midnight")
