"""Society: a world seen as the people in it and what they are to each other."""

from world.models import World


class Society(World):
    """A world, by its social network; a view of `World`, without a table of its own."""

    class Meta:
        proxy = True
        verbose_name_plural = "societies"
