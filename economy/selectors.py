"""What is known of money, for people to read."""

from django.db.models import Q, Sum

from economy.models import Transfer
from world.models import World


def moved_since(world: World, number: int, since: int) -> tuple[int, int]:
    """What an actor was paid and paid after the game time `since`, fen."""
    moved = Transfer.objects.filter(world=world, world_time__gt=since)
    total = moved.aggregate(
        income=Sum("amount", filter=Q(payee=number), default=0),
        expense=Sum("amount", filter=Q(payer=number), default=0),
    )
    return total["income"], total["expense"]
