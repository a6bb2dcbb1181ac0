"""Memories, for those who read."""

from django.db.models import QuerySet

from memory.models import Memory


def memories_of(actor: int, *, kind: int | None = None) -> QuerySet[Memory]:
    """What somebody (a primary key) remembers, the latest first."""
    memories = Memory.objects.filter(actor=actor).order_by("-at", "-ordinal")
    return memories.filter(kind=kind) if kind is not None else memories
