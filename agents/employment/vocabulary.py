"""Why people lose their work, or are warned: codes that events carry."""

from enum import IntEnum


class Loss(IntEnum):
    """Why somebody has no work any more."""

    DISMISSED = 1
    LAID_OFF = 2
    CLOSED = 3


class Fault(IntEnum):
    """What somebody was warned for."""

    ABSENT = 1
    POOR_WORK = 2
