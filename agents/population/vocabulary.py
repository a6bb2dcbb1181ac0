"""Why people come and go: codes that events carry."""

from enum import IntEnum


class Attraction(IntEnum):
    """What brought somebody to the town."""

    CHANCE = 1
    JOB = 2
    LONELY = 3
    ORDER = 4


class Departure(IntEnum):
    """What drove somebody away."""

    DEBT = 1
    GLOOM = 2
    ORDER = 3
    WORK = 4
