"""What instinct says: the next sentence of somebody without a language model.

It answers what was said last; else it brings something up, out of who they are, what they have just
done, what they feel and what they remember of each other.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from agents.conversations.rules import BEST, CLOSE, FRIEND
from agents.conversations.vocabulary import Act, Emotion, Ending, Topic, Why
from agents.needs import NEEDS
from world.engine.gametime import DAY, HOUR, second_of_day
from world.engine.lines import POINT

LACKING = 45 * POINT
"""A need below is worth a complaint."""

GLOOMY, CROSS = 45 * POINT, 30 * POINT
"""Means of all needs below which somebody is in low spirits, or in a bad temper."""

LIKES, DISLIKES = 20 * POINT, -20 * POINT
"""Regard above which one is fond of somebody, and below which one is not."""

REMEMBERED = 6 * HOUR
"""After so long one comes back to what was talked about last."""

EARLY = 4
"""Sentences of a talk within which one comes back to the last one."""

MORNING, EVENING = 6 * HOUR, 18 * HOUR
"""When people speak of the weather."""

LEAVING = 25
"""Per cent of the turns in a group at which somebody who has had their say leaves it."""

PERCENT = 100


@dataclass(frozen=True)
class Side:
    """Somebody as they take part: number, traits by name, needs in milli-points, what they are.

    before, here: activities by key, empty for none. before_place: number, 0 for none.
    met, met_in: with whom they last talked, and where.
    regard: what they think of the other, milli-points; kind: the row of the tie.
    """

    number: int
    traits: Mapping[str, int]
    needs: list[int]
    occupation: str
    money: int
    before: str
    before_place: int
    met: int
    met_in: int
    regard: int
    kind: int
    love: int
    sore: bool

    @property
    def spirits(self) -> int:
        """How well one is, milli-points."""
        return sum(self.needs) // len(self.needs)

    @property
    def in_love(self) -> bool:
        return self.love == 1


@dataclass(frozen=True)
class Turn:
    """A turn in a conversation: what was, and who speaks to whom.

    act: what was done with the last sentence. said: sentences of the speaker so far. group: how
    many take part. angry: it has become a quarrel that nobody has made
    up. talked_at, talked_of: when these two last talked
    before, 0 for never, and about what. weather: its key. third_persons: looks for a
    friend of the speaker, and for one whom they love; 0 for none.
    """

    speaker: Side
    listener: Side
    why: Why
    act: Act
    topic: Topic
    turns: int
    said: int
    group: int
    closing: bool
    angry: bool
    ending: Ending
    now: int
    place: int
    place_kind: str
    weather: str
    talked_at: int
    talked_of: Topic
    third_persons: Callable[[], tuple[int, int]]
    refused_by: int
    topic_weights: tuple[int, ...]
    topic_kinds: tuple[int, ...]
    has: Callable[[str, str], bool]
    quarrel: int


@dataclass
class Sentence:
    """What is said. names: what placeholders stand for, by name: numbers and codes; `near` if the
    listener is called as friends call them.

    topic: what the conversation is about from now on, NONE to leave it. ends: nothing is to be
    answered. declines: the speaker does not want to talk. leaves: the speaker leaves a group.
    """

    act: Act
    line: tuple[str, str]
    emotion: Emotion = Emotion.NEUTRAL
    topic: Topic = Topic.NONE
    names: dict[str, int | str] = field(default_factory=dict)
    ends: bool = False
    declines: bool = False
    leaves: bool = False


Luck = Iterator[int]
"""Draws from 0 to 99."""


def speak(turn: Turn, luck: Luck) -> Sentence:
    """What the speaker says."""
    sentence = _sentence(turn, luck)
    if turn.speaker.kind >= FRIEND:
        sentence.names["near"] = 1
    return sentence


def _sentence(turn: Turn, luck: Luck) -> Sentence:
    if turn.closing and turn.act not in DEMANDING:
        return _goodbye(turn)
    answer = _ANSWERS.get(turn.act)
    if answer is not None:
        return answer(turn, luck)
    return _bring_up(turn, luck)


TIES = ("stranger", "acquaintance", "friend", "close", "lover")


def _to(turn: Turn, act: str) -> tuple[str, str]:
    """What is said to somebody this close, or at least to those less close."""
    me = turn.speaker
    closest = BEST if me.in_love and me.kind >= BEST else min(me.kind, CLOSE)
    return act, next(tie for tie in TIES[closest::-1] if turn.has(act, tie))


def _open(turn: Turn, luck: Luck) -> Sentence:
    if turn.why in (Why.SERVICE, Why.LESSON):
        act, line = (
            (Act.TEACH, ("teach", "any"))
            if turn.why == Why.LESSON
            else (Act.SERVE, ("serve", _counter(turn, "serve")))
        )
        return Sentence(act, line, names={"place": turn.place})
    feeling = Emotion.NEUTRAL
    if turn.speaker.in_love:
        feeling = Emotion.TENDER
    elif turn.speaker.regard > LIKES or turn.speaker.kind >= FRIEND:
        feeling = Emotion.HAPPY
    return Sentence(Act.GREET, _to(turn, "greet"), feeling)


def _counter(turn: Turn, act: str) -> str:
    return turn.place_kind if turn.has(act, turn.place_kind) else "other"


def _greet_back(turn: Turn, luck: Luck) -> Sentence:
    me = turn.speaker
    unwilling = 60 if me.regard < 2 * DISLIKES else 30 if me.spirits < CROSS else 3
    if next(luck) < unwilling:
        cross = me.regard < DISLIKES or me.traits["agreeableness"] < 30
        emotion = Emotion.ANGRY if me.regard < 2 * DISLIKES else Emotion.TIRED
        line = ("decline", "cross" if cross else "any")
        return Sentence(Act.DECLINE, line, emotion, declines=True)
    feeling = _open(turn, luck).emotion if turn.why < Why.SERVICE else Emotion.NEUTRAL
    return Sentence(Act.GREET_BACK, _to(turn, "greet-back"), feeling)


DEMANDING = frozenset(
    {Act.QUARREL, Act.RETORT, Act.SORRY, Act.CONFESS, Act.BREAK_OFF, Act.JOIN, Act.ASK}
)
"""What nobody leaves without an answer."""


def _goodbye(turn: Turn) -> Sentence:
    if turn.angry:
        return Sentence(Act.CALM, ("quarrel", "calm"), Emotion.ANGRY, ends=True)
    if turn.act == Act.BYE:
        return Sentence(Act.BYE_BACK, _to(turn, "bye-back"), _open_feeling(turn), ends=True)
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
    return _share(turn, turn.topic or Topic.LIFE, luck)


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
    Act.ASK: _share_asked,
    Act.QUARREL: _retort,
    Act.RETORT: _retort,
    Act.SORRY: _forgive,
    Act.CONFESS: _to_confession,
    Act.SWEET: _to_tenderness,
    Act.BREAK_OFF: _to_end_of_love,
}


def _bring_up(turn: Turn, luck: Luck) -> Sentence:
    """Something new, or more of the same."""
    me = turn.speaker
    if turn.group > 2 and turn.said > 1 and next(luck) < LEAVING:
        return Sentence(Act.LEAVE, ("leave", "any"), leaves=True)
    if me.sore:
        return _after_a_quarrel(turn, luck)
    return _love(turn, luck) or _quarrel(turn, luck) or _talk_on(turn, luck)


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


def _remembers(turn: Turn) -> bool:
    """Whether there is something to come back to."""
    long_ago = turn.talked_at and turn.now > turn.talked_at + REMEMBERED
    return bool(long_ago and turn.talked_of not in (Topic.NONE, Topic.CASUAL))


def _talk_on(turn: Turn, luck: Luck) -> Sentence:
    if turn.turns < EARLY and _remembers(turn) and next(luck) < 25:
        known = turn.talked_of.name.lower()
        line = ("recall", known if turn.has("recall", known) else "any")
        days = turn.now // DAY - turn.talked_at // DAY
        names: dict[str, int | str] = {"days": days, "topic": known}
        return Sentence(Act.RECALL, line, Emotion.CURIOUS, turn.talked_of, names)
    topic = turn.topic if turn.topic and next(luck) < 65 else _topic(turn, luck)
    if next(luck) < 30:
        return Sentence(Act.ASK, ("ask", topic.name.lower()), Emotion.CURIOUS, topic)
    return _share(turn, topic, luck)


def _after_a_quarrel(turn: Turn, luck: Luck) -> Sentence:
    me = turn.speaker
    if next(luck) < 25 + me.traits["agreeableness"] // 2:
        return Sentence(Act.SORRY, ("peace", "sorry"), Emotion.SAD, Topic.RELATIONSHIP)
    if next(luck) < 20:
        return Sentence(Act.QUARREL, ("quarrel", "any"), Emotion.ANGRY, Topic.COMPLAINT)
    return _share(turn, Topic.CASUAL, luck)


def _loves_in_secret(turn: Turn) -> bool:
    """Best friends, both without anybody, of whom one wants more; not every pair is made for it."""
    me, you = turn.speaker, turn.listener
    close = me.kind >= BEST and me.regard > LIKES and not (me.love or you.love)
    made_for_each_other = (me.number * 7919 + you.number * 104729) % 10 < 3
    return close and made_for_each_other and not turn.third_persons()[1]


def _quarrel(turn: Turn, luck: Luck) -> Sentence | None:
    """The bad-tempered pick quarrels, more so with whom they do not like."""
    me = turn.speaker
    temper = (PERCENT - me.traits["agreeableness"]) * (20 + me.traits["neuroticism"])
    likely = turn.quarrel * temper // 3500
    if me.regard < DISLIKES:
        likely *= 4
    if me.spirits < GLOOMY:
        likely *= 2
    drawn = next(luck) * 10_000 + next(luck) * 100 + next(luck)
    if drawn >= likely:
        return None
    key = "money" if me.money >= 3 and next(luck) < 40 else "manners" if next(luck) < 50 else "any"
    return Sentence(Act.QUARREL, ("quarrel", key), Emotion.ANGRY, Topic.COMPLAINT)


def _topic(turn: Turn, luck: Luck) -> Topic:
    """What comes up, by weight, among what people this close talk about."""
    me = turn.speaker
    weights = [
        weight if me.kind >= kind else 0
        for weight, kind in zip(turn.topic_weights, turn.topic_kinds, strict=True)
    ]
    if min(me.needs) < LACKING:
        weights[Topic.COMPLAINT] *= 3
    if me.traits["neuroticism"] > 70:
        weights[Topic.COMPLAINT] *= 2
    if me.traits["openness"] > 70:
        weights[Topic.DEEP] *= 2
        weights[Topic.HOBBY] *= 2
    if me.money < 3:
        weights[Topic.HELP] = weights[Topic.HELP] // 2
    if not me.met or me.met == turn.listener.number:
        weights[Topic.GOSSIP] //= 2
    ticket = (next(luck) * 100 + next(luck)) * sum(weights) // 10_000
    for topic, weight in enumerate(weights):
        if ticket < weight:
            return Topic(topic)
        ticket -= weight
    return Topic.CASUAL


def _share(turn: Turn, topic: Topic, luck: Luck) -> Sentence:
    key, emotion, names = _SHARES[topic](turn, luck)
    return Sentence(Act.SHARE, ("share", key), emotion, topic, names)


Told = tuple[str, Emotion, dict[str, int | str]]


def _work(turn: Turn, luck: Luck) -> Told:
    key = f"work.{turn.speaker.occupation}"
    known = turn.has("share", key)
    return key if known and next(luck) < 85 else "work.any", Emotion.NEUTRAL, {}


def _life(turn: Turn, luck: Luck) -> Told:
    return _recent(turn, luck) or ("life.any", Emotion.NEUTRAL, {})


def _recent(turn: Turn, luck: Luck) -> Told | None:
    me = turn.speaker
    if next(luck) >= 40 or not me.before_place:
        return None
    if me.before == "sleep":
        return "recent.home", Emotion.NEUTRAL, {}
    if me.before in ("", "idle", "walk", "talk", "wash"):
        return None
    names: dict[str, int | str] = {"activity": me.before, "place": me.before_place}
    return "recent.done", Emotion.NEUTRAL, names


def _relationship(turn: Turn, luck: Luck) -> Told:
    friend, beloved = turn.third_persons()
    if beloved and next(luck) < 60:
        return "relationship.lover", Emotion.TENDER, {"person": beloved}
    if friend and next(luck) < 60:
        return "relationship.friend", Emotion.HAPPY, {"person": friend}
    if turn.speaker.needs[NEEDS.index("social")] < LACKING:
        return "relationship.lonely", Emotion.SAD, {}
    return "relationship.any", Emotion.TENDER, {}


def _hobby(turn: Turn, luck: Luck) -> Told:
    key = f"hobby.{turn.speaker.before}"
    if turn.has("share", key) and next(luck) < 70:
        return key, Emotion.HAPPY, {}
    favourite = _FAVOURITES[max(_FAVOURITES, key=lambda trait: turn.speaker.traits[trait])]
    key = f"hobby.{favourite}"
    return key if turn.has("share", key) and next(luck) < 50 else "hobby.any", Emotion.HAPPY, {}


_FAVOURITES = {
    "openness": "read",
    "conscientiousness": "exercise",
    "extraversion": "shop",
    "agreeableness": "eat",
    "neuroticism": "entertain",
}


def _gossip(turn: Turn, luck: Luck) -> Told:
    me = turn.speaker
    if me.met and me.met_in and me.met != turn.listener.number and next(luck) < 70:
        return "gossip.seen", Emotion.CURIOUS, {"person": me.met, "place": me.met_in}
    return "gossip.any", Emotion.CURIOUS, {}


def _plan(turn: Turn, luck: Luck) -> Told:
    return "plan.any", Emotion.EXCITED, {}


def _deep(turn: Turn, luck: Luck) -> Told:
    traits = turn.speaker.traits
    if traits["neuroticism"] > 60 and next(luck) < 60:
        return "deep.anxious", Emotion.WORRIED, {}
    if traits["openness"] > 55 and next(luck) < 60:
        return "deep.hopeful", Emotion.TENDER, {}
    return "deep.any", Emotion.TENDER, {}


def _help(turn: Turn, luck: Luck) -> Told:
    short = turn.speaker.money >= 3 and next(luck) < 60
    return "help.money" if short else "help.any", Emotion.WORRIED, {}


def _complaint(turn: Turn, luck: Luck) -> Told:
    me = turn.speaker
    if turn.refused_by and next(luck) < 70:
        return "complaint.refused", Emotion.ANGRY, {"place": turn.refused_by}
    worst = min(range(len(NEEDS)), key=lambda index: me.needs[index])
    if me.needs[worst] < LACKING and next(luck) < 70:
        sad = NEEDS[worst] in ("social", "fun")
        return f"complaint.{NEEDS[worst]}", Emotion.SAD if sad else Emotion.TIRED, {}
    if me.money >= 2 and next(luck) < 50:
        return "complaint.money", Emotion.WORRIED, {}
    return "complaint.any", Emotion.TIRED, {}


def _casual(turn: Turn, luck: Luck) -> Told:
    by_day = MORNING <= second_of_day(turn.now) < EVENING
    if by_day and turn.has("share", f"casual.{turn.weather}") and next(luck) < 45:
        return f"casual.{turn.weather}", Emotion.NEUTRAL, {}
    return _recent(turn, luck) or ("casual.any", Emotion.NEUTRAL, {"place": turn.place})


_SHARES: dict[Topic, Callable[[Turn, Luck], Told]] = {
    Topic.WORK: _work,
    Topic.LIFE: _life,
    Topic.RELATIONSHIP: _relationship,
    Topic.HOBBY: _hobby,
    Topic.GOSSIP: _gossip,
    Topic.PLAN: _plan,
    Topic.DEEP: _deep,
    Topic.HELP: _help,
    Topic.COMPLAINT: _complaint,
    Topic.CASUAL: _casual,
}
