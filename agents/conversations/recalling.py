"""Recalling: what instinct says of the past - what two have done or talked about, and what has
happened to one since."""

from agents.appointments.vocabulary import State
from agents.conversations.lived import Lived
from agents.conversations.rules import ACQUAINTANCE
from agents.conversations.turn import Luck, Sentence, Turn
from agents.conversations.vocabulary import Act, Emotion, Topic
from world.engine.gametime import DAY, HOUR

REMEMBERED = 6 * HOUR
"""After so long one comes back to what was talked about last."""

PAST = 3 * HOUR
"""After so long a meeting is over."""

EARLY = 4
"""Sentences of a talk within which one comes back to the past."""

LIVED, TALKED = 50, 25
"""Per cent of the turns at which one speaks of what one has lived through, and of the last talk."""


def recall(turn: Turn, luck: Luck) -> Sentence | None:
    """Come back to something, early in a talk."""
    if turn.turns >= EARLY:
        return None
    return _of_meetings(turn, luck) or _of_talk(turn, luck)


def _of_meetings(turn: Turn, luck: Luck) -> Sentence | None:
    if turn.speaker.kind < ACQUAINTANCE:
        return None
    over = (each for each in turn.past() if turn.scene.now > each.at + PAST)
    said = (_with_both(turn, each) or _with_another(turn, each) for each in over)
    sentence = next(filter(None, said), None)
    return sentence if sentence is not None and next(luck) < LIVED else None


def _with_both(turn: Turn, lived: Lived) -> Sentence | None:
    """What speaker and listener did, if it is what they last met for."""
    with_you = lived.person == turn.listener.number and not lived.party
    if not with_you or lived.state != State.KEPT or turn.talked_at > lived.at + PAST:
        return None
    names = _where(turn, lived)
    return Sentence(Act.RECALL, ("recall", "meeting"), Emotion.HAPPY, Topic.LIFE, names)


def _with_another(turn: Turn, lived: Lived) -> Sentence | None:
    """What happened to the speaker since these two last talked."""
    if lived.person == turn.listener.number or turn.talked_at > lived.at:
        return None
    key, emotion, topic = _TOLD[lived.state, lived.party]
    names = _where(turn, lived) | {"person": lived.person}
    return Sentence(Act.SHARE, ("share", key), emotion, topic, names)


def _where(turn: Turn, lived: Lived) -> dict[str, int | str]:
    return {"place": lived.place, "activity": turn.scene.activities[lived.activity]}


_TOLD = {
    (State.KEPT, False): ("life.met", Emotion.HAPPY, Topic.LIFE),
    (State.KEPT, True): ("life.party", Emotion.HAPPY, Topic.LIFE),
    (State.STOOD_UP, False): ("complaint.stood-up", Emotion.SAD, Topic.COMPLAINT),
}


def _of_talk(turn: Turn, luck: Luck) -> Sentence | None:
    """What they talked about last, if that was some time ago."""
    long_ago = turn.talked_at and turn.scene.now > turn.talked_at + REMEMBERED
    of_something = turn.talked_of not in (Topic.NONE, Topic.CASUAL)
    if not (long_ago and of_something) or next(luck) >= TALKED:
        return None
    known = turn.talked_of.name.lower()
    line = ("recall", known if turn.scene.has("recall", known) else "any")
    days = turn.scene.now // DAY - turn.talked_at // DAY
    names: dict[str, int | str] = {"days": days, "topic": known}
    return Sentence(Act.RECALL, line, Emotion.CURIOUS, turn.talked_of, names)
