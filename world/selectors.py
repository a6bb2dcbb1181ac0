"""Which worlds there are, for people and programs that ask."""

from world.models import World


class UnknownWorldError(LookupError):
    """There is no such world; says which there are."""


def world_of_slug(slug: str = "") -> World:
    """A world by its name; without one the primary world: the oldest that is still lived.

    Raises UnknownWorldError.
    """
    worlds = World.objects.select_related("clock")
    living = worlds.exclude(status=World.Status.ARCHIVED).order_by("pk")
    found = worlds.filter(slug=slug).first() if slug else living.first()
    if found is None:
        known = ", ".join(living.values_list("slug", flat=True)) or "none"
        wanted = f"there is no world {slug!r}" if slug else "no world has been founded yet"
        raise UnknownWorldError(f"{wanted}; there are: {known}")
    return found
