"""What instinct says: the next sentence of somebody without a language model.

It answers what was said last; else it brings something up.
"""

from collections.abc import Callable

from agents.conversations.hearsay import ask_guest, hear_news, tell_news
from agents.conversations.inviting import answer_invitation, excuse, invite, remind, reproach
from agents.conversations.recalling import recall
from agents.conversations.rules import BEST, CLOSE, FRIEND
from agents.conversations.telling import share, topic_of
from agents.conversations.turn import Luck, Sentence, Turn
from agents.conversations.vocabulary import IN_PASSING, Act, Emotion, Ending, Topic, Why
from world.engine.lines import POINT

GLOOMY, CROSS = 45 * POINT, 30 * POINT
"""Means of all needs below which somebody is in low spirits, or in a bad temper."""

LIKES, DISLIKES = 20 * POINT, -20 * POINT
"""Regard above which one is fond of somebody, and below which one is not."""

LEAVING = 25
"""Per cent of the turns in a group at which somebody who has had their say leaves it."""

PERCENT = 100


def speak(turn: Turn, luck: Luck) -> Sentence:
    """What the speaker says."""
    sentence = _sentence(turn, luck)
    if turn.speaker.kind >= FRIEND:
        sentence.names["near"] = 1
    return sentence


def _sentence(turn: Turn, luck: Luck) -> Sentence:
    if turn.closing and turn.act not in DEMANDING:
        before_that = invite(turn, luck) if turn.ending == Ending.GOODBYE else None
        return before_that or _goodbye(turn)
    answer = _ANSWERS.get(turn.act)
    if answer is not None:
        return answer(turn, luck)
    return _bring_up(turn, luck)


TIES = ("stranger", "acquaintance", "friend", "close", "lover")


def _to(turn: Turn, act: str) -> tuple[str, str]:
    """What is said to somebody this close, or at least to those less close."""
    me = turn.speaker
    closest = BEST if me.in_love and me.kind >= BEST else min(me.kind, CLOSE)
    return act, next(tie for tie in TIES[closest::-1] if turn.scene.has(act, tie))


def _open(turn: Turn, luck: Luck) -> Sentence:
    if IN_PASSING[turn.why]:
        invitation = ask_guest(turn)
        if invitation is not None:
            return invitation
        act, line = (
            (Act.TEACH, ("teach", "any"))
            if turn.why == Why.LESSON
            else (Act.SERVE, ("serve", _counter(turn, "serve")))
        )
        return Sentence(act, line, names={"place": turn.place})
    feeling = Emotion.NEUTRAL
    if turn.why == Why.APPOINTMENT:
        key = "late" if turn.late else "meeting"
        return Sentence(Act.GREET, ("greet", key), Emotion.HAPPY)
    if turn.speaker.in_love:
        feeling = Emotion.TENDER
    elif turn.speaker.regard > LIKES or turn.speaker.kind >= FRIEND:
        feeling = Emotion.HAPPY
    return Sentence(Act.GREET, _to(turn, "greet"), feeling)


def _counter(turn: Turn, act: str) -> str:
    return turn.place_kind if turn.scene.has(act, turn.place_kind) else "other"


def _greet_back(turn: Turn, luck: Luck) -> Sentence:
    me = turn.speaker
    unwilling = 60 if me.regard < 2 * DISLIKES else 30 if me.spirits < CROSS else 3
    if next(luck) < unwilling:
        cross = me.regard < DISLIKES or me.traits["agreeableness"] < 30
        emotion = Emotion.ANGRY if me.regard < 2 * DISLIKES else Emotion.TIRED
        line = ("decline", "cross" if cross else "any")
        return Sentence(Act.DECLINE, line, emotion, declines=True)
    feeling = _open(turn, luck).emotion if not IN_PASSING[turn.why] else Emotion.NEUTRAL
    return Sentence(Act.GREET_BACK, _to(turn, "greet-back"), feeling)


DEMANDING = frozenset(
    {
        *(Act.QUARREL, Act.RETORT, Act.SORRY, Act.CONFESS, Act.BREAK_OFF, Act.JOIN, Act.ASK),
        *(Act.INVITE, Act.REPROACH),
    }
)
"""What nobody leaves without an answer."""


def _goodbye(turn: Turn) -> Sentence:
    if turn.angry:
        return Sentence(Act.CALM, ("quarrel", "calm"), Emotion.ANGRY, ends=True)
    if turn.act == Act.BYE:
        return Sentence(Act.BYE_BACK, _to(turn, "bye-back"), _open_feeling(turn), ends=True)
    until_then = remind(turn)
    if until_then is not None:
        return until_then
    hurry = {Ending.DUTY: "duty", Ending.NEED: "need", Ending.CLOSING: "closing"}
    line = ("bye", hurry[turn.ending]) if turn.ending in hurry else _to(turn, "bye")
    return Sentence(Act.BYE, line, _open_feeling(turn))


def _open_feeling(turn: Turn) -> Emotion:
    return Emotion.TENDER if turn.speaker.in_love else Emotion.NEUTRAL


def _respond(turn: Turn, luck: Luck) -> Sentence:
    me = turn.speaker
    drawn = next(luck)
    if me.regard < DISLIKES or (me.spirits < CROSS and me.traits["agreeableness"] < 50):
        return Sentence(Act.RESPOND, ("respond", "cross"), Emotion.ANGRY)
    if me.spirits < GLOOMY and drawn < 50:
        return Sentence(Act.RESPOND, ("respond", "flat"), Emotion.TIRED)
    if drawn < 10 + (50 - me.traits["extraversion"]) // 5:
        return Sentence(Act.RESPOND, ("respond", "flat"))
    if drawn > 85 or turn.topic == Topic.NONE:
        return Sentence(Act.RESPOND, ("respond", "warm"), Emotion.HAPPY)
    return Sentence(Act.RESPOND, ("respond", turn.topic.name.lower()), _SYMPATHY[turn.topic])


_SYMPATHY = {
    Topic.WORK: Emotion.NEUTRAL,
    Topic.LIFE: Emotion.HAPPY,
    Topic.RELATIONSHIP: Emotion.TENDER,
    Topic.HOBBY: Emotion.HAPPY,
    Topic.GOSSIP: Emotion.CURIOUS,
    Topic.PLAN: Emotion.EXCITED,
    Topic.DEEP: Emotion.TENDER,
    Topic.HELP: Emotion.HAPPY,
    Topic.COMPLAINT: Emotion.NEUTRAL,
    Topic.CASUAL: Emotion.HAPPY,
}


def _share_asked(turn: Turn, luck: Luck) -> Sentence:
    return share(turn, turn.topic or Topic.LIFE, luck)


def _retort(turn: Turn, luck: Luck) -> Sentence:
    me = turn.speaker
    if next(luck) < me.traits["agreeableness"] - 20:
        return Sentence(Act.SORRY, ("peace", "sorry"), Emotion.SAD)
    if next(luck) < 50:
        return Sentence(Act.RETORT, ("quarrel", "retort"), Emotion.ANGRY)
    return Sentence(Act.CALM, ("quarrel", "calm"), Emotion.ANGRY, ends=True)


def _forgive(turn: Turn, luck: Luck) -> Sentence:
    me = turn.speaker
    if next(luck) < 40 + me.traits["agreeableness"] // 2:
        return Sentence(Act.FORGIVE, ("peace", "forgive"), Emotion.TENDER)
    return Sentence(Act.REFUSE, ("peace", "refuse"), Emotion.ANGRY, ends=True)


def _to_confession(turn: Turn, luck: Luck) -> Sentence:
    me = turn.speaker
    if me.kind >= BEST and me.regard > LIKES and next(luck) < 75:
        return Sentence(Act.YES, ("love", "yes"), Emotion.TENDER, Topic.RELATIONSHIP)
    return Sentence(Act.NO, ("love", "no"), Emotion.SAD, Topic.RELATIONSHIP, ends=True)


def _to_tenderness(turn: Turn, luck: Luck) -> Sentence:
    if turn.speaker.in_love and next(luck) < 60:
        return Sentence(Act.RESPOND, ("love", "sweet"), Emotion.TENDER)
    return Sentence(Act.RESPOND, ("respond", "warm"), Emotion.TENDER)


def _to_end_of_love(turn: Turn, luck: Luck) -> Sentence:
    return Sentence(Act.CALM, ("quarrel", "calm"), Emotion.SAD, ends=True)


_ANSWERS: dict[Act, Callable[[Turn, Luck], Sentence]] = {
    Act.NONE: _open,
    Act.GREET: _greet_back,
    Act.SERVE: lambda turn, _: Sentence(
        Act.ORDER, ("order", _counter(turn, "order")), names={"place": turn.place}, ends=True
    ),
    Act.TEACH: lambda turn, _: Sentence(Act.HEED, ("heed", "any"), ends=True),
    Act.JOINING: lambda turn, _: Sentence(Act.JOIN, ("join", "any"), Emotion.HAPPY),
    Act.JOIN: lambda turn, _: Sentence(Act.WELCOME, ("welcome", "any"), Emotion.HAPPY),
    Act.SHARE: _respond,
    Act.RECALL: _respond,
    Act.NEWS: hear_news,
    Act.ASK: _share_asked,
    Act.QUARREL: _retort,
    Act.RETORT: _retort,
    Act.SORRY: _forgive,
    Act.CONFESS: _to_confession,
    Act.SWEET: _to_tenderness,
    Act.BREAK_OFF: _to_end_of_love,
    Act.INVITE: answer_invitation,
    Act.REPROACH: excuse,
}


def _bring_up(turn: Turn, luck: Luck) -> Sentence:
    """Something new, or more of the same."""
    me = turn.speaker
    if turn.group > 2 and turn.said > 1 and next(luck) < LEAVING:
        return Sentence(Act.LEAVE, ("leave", "any"), leaves=True)
    invitation = ask_guest(turn) if turn.why == Why.HOSTING else None
    if invitation is not None:
        return invitation
    if me.sore:
        return _after_a_quarrel(turn, luck)
    return reproach(turn) or _love(turn, luck) or _quarrel(turn, luck) or _talk_on(turn, luck)


def _love(turn: Turn, luck: Luck) -> Sentence | None:
    """Tenderness between lovers, and what is hard to say before that."""
    line, act, likely = (
        (("love", "sweet"), Act.SWEET, 35)
        if turn.speaker.in_love
        else (("love", "confess"), Act.CONFESS, 8 if _loves_in_secret(turn) else 0)
    )
    if next(luck) >= likely:
        return None
    return Sentence(act, line, Emotion.TENDER, Topic.RELATIONSHIP)


def _talk_on(turn: Turn, luck: Luck) -> Sentence:
    past = tell_news(turn, luck) or recall(turn, luck)
    if past is not None:
        return past
    topic = turn.topic if turn.topic and next(luck) < 65 else topic_of(turn, luck)
    invitation = invite(turn, luck) if topic == Topic.PLAN else None
    if invitation is not None:
        return invitation
    if next(luck) < 30:
        return Sentence(Act.ASK, ("ask", topic.name.lower()), Emotion.CURIOUS, topic)
    return share(turn, topic, luck)


def _after_a_quarrel(turn: Turn, luck: Luck) -> Sentence:
    me = turn.speaker
    if next(luck) < 25 + me.traits["agreeableness"] // 2:
        return Sentence(Act.SORRY, ("peace", "sorry"), Emotion.SAD, Topic.RELATIONSHIP)
    if next(luck) < 20:
        return Sentence(Act.QUARREL, ("quarrel", "any"), Emotion.ANGRY, Topic.COMPLAINT)
    return share(turn, Topic.CASUAL, luck)


def _loves_in_secret(turn: Turn) -> bool:
    """Best friends, both without anybody, of whom one wants more; not every pair is made for it."""
    me, you = turn.speaker, turn.listener
    close = me.kind >= BEST and me.regard > LIKES and not (me.love or you.love)
    made_for_each_other = (me.number * 7919 + you.number * 104729) % 10 < 3
    return close and made_for_each_other and not turn.third_persons().beloved


def _quarrel(turn: Turn, luck: Luck) -> Sentence | None:
    """The bad-tempered pick quarrels, more so with whom they do not like."""
    me = turn.speaker
    temper = (PERCENT - me.traits["agreeableness"]) * (20 + me.traits["neuroticism"])
    likely = turn.scene.quarrel * temper // 3500
    if me.regard < DISLIKES:
        likely *= 4
    if me.spirits < GLOOMY:
        likely *= 2
    drawn = next(luck) * 10_000 + next(luck) * 100 + next(luck)
    if drawn >= likely:
        return None
    key = "money" if me.money >= 3 and next(luck) < 40 else "manners" if next(luck) < 50 else "any"
    return Sentence(Act.QUARREL, ("quarrel", key), Emotion.ANGRY, Topic.COMPLAINT)
