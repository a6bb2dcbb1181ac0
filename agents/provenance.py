"""Whose decision it was, and what moved it: codes that events carry."""

from enum import IntEnum


class Source(IntEnum):
    """Whose decision an event comes from."""

    RULE = 0
    MODEL = 1
    INSTINCT = 2
    OPERATOR = 3


class Motive(IntEnum):
    """What spoke most for a choice; 1 to 6 are the needs in the order of NEEDS."""

    NONE = 0
    ENERGY = 1
    SATIETY = 2
    SOCIAL = 3
    FUN = 4
    HYGIENE = 5
    COMFORT = 6
    DUTY = 7
    HABIT = 8
    CHARACTER = 9
    COMPANY = 10
    WEATHER = 11
    MONEY = 12
    ORDER = 13
    APPOINTMENT = 14


class Refusal(IntEnum):
    """Why somebody was turned away at a door."""

    CLOSED = 1
    FULL = 2
    UNAFFORDABLE = 3
    SOLD_OUT = 4
    OUT_OF_BUSINESS = 5


class StandIn(IntEnum):
    """Why instinct decided for a mind that is a model's."""

    TIMEOUT = 1
    LATE = 2
    BUDGET = 3
    INVALID = 4
    UNREACHABLE = 5
    IMPOSSIBLE = 6
    SOON = 7
    UNRECORDED = 8


class Surprise(IntEnum):
    """What makes a plan void, so that its maker is asked again."""

    TURNED_AWAY = 1
    NEED = 2
    IMPOSSIBLE = 3
    ORDER = 4
    STOOD_IN = 5
    WORDS = 6
    APPOINTMENT = 7
