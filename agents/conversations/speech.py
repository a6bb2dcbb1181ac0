"""Speech: what a model's mind may do with a sentence, and what becomes of it in the engine."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from agents.appointments.occasions import Occasion
from agents.appointments.vocabulary import OPEN
from agents.conversations.instinct import LIKES
from agents.conversations.rules import ACQUAINTANCE, BEST
from agents.conversations.turn import Sentence, Turn
from agents.conversations.vocabulary import IN_PASSING, Act, Emotion, Topic
from world.registry import InboxKind

LONGEST = 400
"""Characters of a sentence at most."""

MOST_IMPRESSION = 3
"""Points by which one sentence changes at most what its speaker thinks of the listener."""

_QUARRELLING = frozenset({Act.QUARREL, Act.RETORT})
_QUESTION_MARKS = ("?", "？")


class Meeting(BaseModel):
    """What somebody is invited to. at: game time. place: its number. activity: a code."""

    model_config = ConfigDict(extra="forbid")

    at: Annotated[int, Field(ge=0, lt=2**53)]
    place: Annotated[int, Field(ge=1, lt=2**31)]
    activity: Annotated[int, Field(ge=0, lt=2**15)]


class SpeechReply(BaseModel):
    """What somebody says whose mind is a model's, or why it says nothing (a name of StandIn).

    does: one of what `offered` gives. emotion, topic: names of Emotion and Topic in small letters.
    to: the number of whom it is said to, 0 for whoever spoke last. impression: points. news: the
    number of what is told with it, 0 for none. meet: what the listener is invited to.
    """

    model_config = ConfigDict(extra="forbid")

    asked_at: int
    failure: str = ""
    text: Annotated[str, Field(max_length=LONGEST)] = ""
    does: str = "say"
    emotion: str = "neutral"
    topic: str = "none"
    to: Annotated[int, Field(ge=0)] = 0
    impression: Annotated[int, Field(ge=-MOST_IMPRESSION, le=MOST_IMPRESSION)] = 0
    news: Annotated[int, Field(ge=0, lt=2**31)] = 0
    meet: Meeting | None = None


SPEECH = InboxKind("speech_reply", 51, SpeechReply)


def offered(turn: Turn) -> list[str]:
    """What the speaker may do with their sentence; the first is what it is without a choice."""
    me, you = turn.speaker, turn.listener
    does = ["goodbye" if turn.closing else "say"]
    if turn.turns == 0:
        does.append("silent")
    elif turn.act == Act.GREET:
        does.append("decline")
    elif turn.group > 2:
        does.append("leave")
    elif not turn.closing:
        does.append("goodbye")
    if turn.act in _QUARRELLING:
        does.append("walk_off")
    if me.sore or turn.act in _QUARRELLING:
        does.append("apologise")
    if turn.invited:
        does += ["agree", "turn_down"]
    elif _may_invite(turn):
        does.append("invite")
    if turn.act == Act.SORRY:
        does += ["forgive", "refuse"]
    if turn.act == Act.CONFESS:
        does += ["accept", "reject"]
    elif me.in_love:
        does.append("break_up")
    elif (
        turn.turns > 1
        and me.kind >= BEST
        and me.regard > LIKES
        and not (me.love or you.love)
        and not turn.third_persons().beloved
    ):
        does.append("confess")
    return does


def _may_invite(turn: Turn) -> bool:
    """Whether there is a time at which these two, who know each other, could meet."""
    fits = turn.turns > 1 and not turn.closing and turn.appointment not in OPEN
    return bool(fits and turn.speaker.kind >= ACQUAINTANCE and turn.occasions())


def speech_of(turn: Turn, reply: dict[str, Any]) -> Sentence | None:
    """What a reply (a `SpeechReply`) becomes in this turn; None if nothing is to be said.

    What cannot be done any more is only said.
    """
    may = offered(turn)
    does = reply["does"] if reply["does"] in may else may[0]
    meets = Occasion(**reply["meet"]) if does == "invite" and reply["meet"] else None
    if does == "invite" and meets is None:
        does = may[0]
    if does == "silent" or not reply["text"]:
        return None
    emotion = _named(Emotion, reply["emotion"], Emotion.NEUTRAL)
    act, ends = _ACTS[does] if does in _ACTS else (_act(turn, reply["text"], emotion), False)
    if act == Act.BYE and turn.act == Act.BYE:
        act, ends = Act.BYE_BACK, True
    return Sentence(
        act,
        text=reply["text"],
        thought=reply["asked_at"],
        emotion=emotion,
        topic=_named(Topic, reply["topic"], Topic.NONE),
        impression=reply["impression"],
        news=reply["news"] if act in (Act.SHARE, Act.ASK, Act.GREET, Act.GREET_BACK) else 0,
        meets=meets,
        ends=ends,
        declines=act == Act.DECLINE,
        leaves=act == Act.LEAVE,
    )


_ACTS = {
    "goodbye": (Act.BYE, False),
    "decline": (Act.DECLINE, False),
    "leave": (Act.LEAVE, False),
    "walk_off": (Act.CALM, True),
    "apologise": (Act.SORRY, False),
    "forgive": (Act.FORGIVE, False),
    "refuse": (Act.REFUSE, True),
    "confess": (Act.CONFESS, False),
    "accept": (Act.YES, False),
    "reject": (Act.NO, True),
    "break_up": (Act.BREAK_OFF, False),
    "invite": (Act.INVITE, False),
    "agree": (Act.ACCEPT, False),
    "turn_down": (Act.TURN_DOWN, False),
}
"""What is meant by what a mind does, and whether nothing is to be answered."""


def _act(turn: Turn, text: str, emotion: Emotion) -> Act:
    """What is done by merely saying this."""
    first = {Act.GREET: Act.GREET_BACK, Act.JOINING: Act.JOIN, Act.JOIN: Act.WELCOME}
    if turn.turns == 0:
        return Act.GREET
    if turn.act in first:
        return first[turn.act]
    if emotion == Emotion.ANGRY:
        return Act.RETORT if turn.act in _QUARRELLING else Act.QUARREL
    return Act.ASK if text.rstrip("”』」\"'）)~～ ").endswith(_QUESTION_MARKS) else Act.SHARE


def _named(kind: Any, name: str, other: Any) -> Any:
    return kind.__members__.get(name.upper(), other)


def speaks_for_itself(turn: Turn) -> bool:
    """Whether a model is asked for such a sentence: not for a routine word with staff."""
    return not IN_PASSING[turn.why]
