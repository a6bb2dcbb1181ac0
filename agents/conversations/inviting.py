"""Inviting: what instinct says of appointments - asking, answering, coming and not coming."""

from agents.appointments.vocabulary import OPEN, State
from agents.conversations.rules import ACQUAINTANCE, FRIEND
from agents.conversations.turn import Luck, Sentence, Turn
from agents.conversations.vocabulary import Act, Emotion, Topic
from world.engine.gametime import DAY
from world.engine.lines import POINT

WILLING, BY_TIE = 30, 12
"""Per cent of invitations that are accepted from anybody, and more for each kind of tie."""

MILD = 50
"""Agreeableness above which somebody who was stood up is sad rather than angry."""

AT_PARTING = 4
"""So many times less likely one asks somebody to meet on taking leave than when plans come up."""


def invite(turn: Turn, luck: Luck) -> Sentence | None:
    """Ask the listener to meet, if there is a time at which both can."""
    me = turn.speaker
    if turn.group > 2 or me.kind < ACQUAINTANCE or turn.appointment in OPEN:
        return None
    rarer = (1 if me.kind >= FRIEND else 2) * (AT_PARTING if turn.closing else 1)
    if next(luck) >= turn.scene.invites // rarer:
        return None
    occasions = turn.occasions()
    if not occasions:
        return None
    occasion = occasions[next(luck) % len(occasions)]
    names: dict[str, int | str] = {
        "when": occasion.at,
        "place": occasion.place,
        "activity": turn.scene.activities[occasion.activity],
    }
    return Sentence(
        Act.INVITE, ("invite", "any"), Emotion.EXCITED, Topic.PLAN, names, meets=occasion
    )


def answer_invitation(turn: Turn, luck: Luck) -> Sentence:
    """Say yes or no to it; first comes what is to be said of the last time."""
    grudge = reproach(turn)
    if grudge is not None:
        return grudge
    me = turn.speaker
    willing = WILLING + BY_TIE * me.kind
    willing += (me.traits["extraversion"] - 50) // 4 + me.regard // (4 * POINT)
    if next(luck) < willing:
        return Sentence(Act.ACCEPT, ("accept", "any"), Emotion.HAPPY, Topic.PLAN)
    return Sentence(Act.TURN_DOWN, ("turn-down", "any"), Emotion.NEUTRAL, Topic.PLAN)


def reproach(turn: Turn) -> Sentence | None:
    """Tell the listener that one waited for them in vain."""
    if turn.appointment != State.STOOD_UP:
        return None
    mild = turn.speaker.traits["agreeableness"] > MILD
    emotion = Emotion.SAD if mild else Emotion.ANGRY
    return Sentence(Act.REPROACH, ("reproach", "any"), emotion, Topic.COMPLAINT)


def excuse(turn: Turn, luck: Luck) -> Sentence:
    """Say why one did not come."""
    return Sentence(Act.RESPOND, ("excuse", "any"), Emotion.SAD)


def remind(turn: Turn) -> Sentence | None:
    """Take leave until one meets as agreed."""
    occasion = turn.occasion() if turn.appointment in OPEN else None
    if occasion is None:
        return None
    names: dict[str, int | str] = {"when": occasion.at, "place": occasion.place}
    return Sentence(Act.BYE, ("bye", "meeting"), names=names)


def plan_of(turn: Turn) -> dict[str, int | str] | None:
    """What the speaker means to do later today, as sentences name it."""
    occasion = turn.plan()
    if occasion is None or occasion.at <= turn.scene.now:
        return None
    if occasion.at // DAY != turn.scene.now // DAY:
        return None
    return {"place": occasion.place, "activity": turn.scene.activities[occasion.activity]}
