"""What conversations are made of: codes that columns and events carry."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

STEP_OF_INITIATOR = 2**20
"""A conversation's number is the time at which it began, times this, plus its initiator."""


def conversation_number(
    began: NDArray[np.int64], initiator: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The identity of each conversation in its world: nobody begins two at once."""
    return began * STEP_OF_INITIATOR + initiator


class Phase(IntEnum):
    """How far a conversation has come."""

    NONE = 0
    GREETING = 1
    ACTIVE = 2
    CLOSING = 3
    ENDED = 4


class Why(IntEnum):
    """Why somebody began to talk."""

    CHANCE = 1
    LONELY = 2
    SERVICE = 3
    LESSON = 4
    APPOINTMENT = 5
    ORDER = 6
    HOSTING = 7


class Ending(IntEnum):
    """How a conversation came to its end, or why somebody left one."""

    GOODBYE = 1
    LIMIT = 2
    SILENCE = 3
    NEED = 4
    DUTY = 5
    CLOSING = 6
    DECLINED = 7
    QUARREL = 8
    LEFT = 9
    SERVED = 10
    ORDER = 11


class Topic(IntEnum):
    """What a conversation is about."""

    NONE = 0
    WORK = 1
    LIFE = 2
    RELATIONSHIP = 3
    HOBBY = 4
    GOSSIP = 5
    PLAN = 6
    DEEP = 7
    HELP = 8
    COMPLAINT = 9
    CASUAL = 10


TOPICS = tuple(topic.name.lower() for topic in Topic if topic)


class Emotion(IntEnum):
    """What a sentence was said with."""

    NEUTRAL = 0
    HAPPY = 1
    SAD = 2
    ANGRY = 3
    CURIOUS = 4
    EXCITED = 5
    WORRIED = 6
    TIRED = 7
    TENDER = 8


IS_GLAD = np.isin(list(Emotion), (Emotion.HAPPY, Emotion.EXCITED, Emotion.TENDER))
"""By Emotion."""

IN_PASSING = np.isin(range(max(Why) + 1), (Why.SERVICE, Why.LESSON))
"""By Why: a word with staff, which is no company."""


class Change(IntEnum):
    """Why a tie changed."""

    FOUNDING = 1
    TALK = 2
    LONG_TALK = 3
    GLAD_TALK = 4
    DEEP_TALK = 5
    GOSSIP = 6
    HELP = 7
    COMPLAINT = 8
    QUARREL = 9
    SERVICE = 10
    APART = 11
    RECONCILED = 12
    LOVE = 13
    REJECTED = 14
    PARTED = 15
    KEPT = 16
    MISSED = 17
    REPAID = 18
    DEFAULTED = 19
    TREATED = 20


class Act(IntEnum):
    """What is done with a sentence; the answer depends on it."""

    NONE = 0
    GREET = 1
    GREET_BACK = 2
    SERVE = 3
    ORDER = 4
    TEACH = 5
    HEED = 6
    JOIN = 7
    WELCOME = 8
    SHARE = 9
    ASK = 10
    RESPOND = 11
    RECALL = 12
    QUARREL = 13
    RETORT = 14
    CALM = 15
    SORRY = 16
    FORGIVE = 17
    REFUSE = 18
    CONFESS = 19
    YES = 20
    NO = 21
    SWEET = 22
    BREAK_OFF = 23
    BYE = 24
    BYE_BACK = 25
    DECLINE = 26
    LEAVE = 27
    NEWS = 28
    THANKS = 29
    KNOWN = 30
    INVITE = 31
    ACCEPT = 32
    TURN_DOWN = 33
    REMIND = 34
    LATE = 35
    REPROACH = 36
    SAY = 37
    JOINING = 38


class Love(IntEnum):
    """What one is to the other beyond friendship."""

    NONE = 0
    LOVERS = 1
    REJECTED = 2
    PARTED = 3
