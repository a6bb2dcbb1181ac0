"""Telling: what people bring up, out of who they are, what they did and feel, and whom they met."""

from collections.abc import Callable

from agents.conversations.inviting import plan_of
from agents.conversations.turn import Luck, Sentence, Turn
from agents.conversations.vocabulary import Act, Emotion, Topic
from agents.needs import NEEDS
from world.engine.gametime import HOUR, second_of_day
from world.engine.lines import POINT

LACKING = 45 * POINT
"""A need below is worth a complaint."""

MORNING, EVENING = 6 * HOUR, 18 * HOUR
"""When people speak of the weather."""


def topic_of(turn: Turn, luck: Luck) -> Topic:
    """What comes up, by weight, among what people this close talk about."""
    me = turn.speaker
    weights = [
        weight if me.kind >= kind else 0
        for weight, kind in zip(turn.scene.topic_weights, turn.scene.topic_kinds, strict=True)
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


def share(turn: Turn, topic: Topic, luck: Luck) -> Sentence:
    key, emotion, names = _SHARES[topic](turn, luck)
    return Sentence(Act.SHARE, ("share", key), emotion, topic, names)


Told = tuple[str, Emotion, dict[str, int | str]]


def _work(turn: Turn, luck: Luck) -> Told:
    key = f"work.{turn.speaker.occupation}"
    known = turn.scene.has("share", key)
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
    others = turn.third_persons()
    if others.beloved and next(luck) < 60:
        return "relationship.lover", Emotion.TENDER, {"person": others.beloved}
    if others.sore and next(luck) < 50:
        return "relationship.sore", Emotion.SAD, {"person": others.sore}
    if others.friend and next(luck) < 60:
        return "relationship.friend", Emotion.HAPPY, {"person": others.friend}
    if turn.speaker.needs[NEEDS.index("social")] < LACKING:
        return "relationship.lonely", Emotion.SAD, {}
    return "relationship.any", Emotion.TENDER, {}


def _hobby(turn: Turn, luck: Luck) -> Told:
    key = f"hobby.{turn.speaker.before}"
    if turn.scene.has("share", key) and next(luck) < 70:
        return key, Emotion.HAPPY, {}
    favourite = _FAVOURITES[max(_FAVOURITES, key=lambda trait: turn.speaker.traits[trait])]
    key = f"hobby.{favourite}"
    return (
        key if turn.scene.has("share", key) and next(luck) < 50 else "hobby.any",
        Emotion.HAPPY,
        {},
    )


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
    plan = plan_of(turn)
    if plan is not None and next(luck) < 70:
        return "plan.later", Emotion.EXCITED, plan
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
    by_day = MORNING <= second_of_day(turn.scene.now) < EVENING
    if by_day and turn.scene.has("share", f"casual.{turn.scene.weather}") and next(luck) < 45:
        return f"casual.{turn.scene.weather}", Emotion.NEUTRAL, {}
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
