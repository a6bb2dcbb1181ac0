"""What news is made of: codes that columns and events carry."""

from enum import IntEnum


class Kind(IntEnum):
    """What has come to pass, or will."""

    ANNOUNCEMENT = 1
    GATHERING = 2
    COUPLE = 3
    SPLIT = 4
    QUARREL = 5


class How(IntEnum):
    """How somebody came to know."""

    WITNESSED = 1
    ANNOUNCED = 2
    TOLD = 3
    HOSTING = 4


class Urgency(IntEnum):
    """How loudly something is announced."""

    LOW = 1
    NORMAL = 2
    HIGH = 3
    URGENT = 4


OF_PEOPLE = (Kind.COUPLE, Kind.SPLIT, Kind.QUARREL)
"""What comes up among people by itself."""
