"""Hearsay: what instinct says of news - telling it, and hearing it."""

from agents.conversations.rules import ACQUAINTANCE
from agents.conversations.turn import Luck, Sentence, Turn
from agents.conversations.vocabulary import Act, Emotion, Topic
from agents.news.knowing import Tiding
from agents.news.vocabulary import Kind

WARM = 4
"""Sentences of a talk after which strangers, too, tell each other what is new."""


def tell_news(turn: Turn, luck: Luck) -> Sentence | None:
    """What one has heard and the other may not have."""
    tiding = turn.tiding() if turn.speaker.kind >= ACQUAINTANCE or turn.turns > WARM else None
    if tiding is None:
        return None
    if next(luck) * 10_000 + next(luck) * 100 + next(luck) >= tiding.chance:
        return None
    return _told(turn, tiding)


def ask_guest(turn: Turn) -> Sentence | None:
    """Tell whoever has not heard of it of a gathering of one's own."""
    tiding = turn.tiding()
    if tiding is None or tiding.known or tiding.kind != Kind.GATHERING:
        return None
    mine = tiding.about == turn.speaker.number and tiding.starts > turn.scene.now
    return _told(turn, tiding) if mine else None


def _told(turn: Turn, tiding: Tiding) -> Sentence:
    kind, mine = tiding.kind, tiding.about == turn.speaker.number
    feeling = _TELLING[kind]
    names: dict[str, int | str] = {"news": tiding.number}
    if kind == Kind.GATHERING:
        key, names = ("own-party" if mine else "party"), names | {"when": tiding.starts}
        names |= {"place": tiding.place} | ({} if mine else {"person": tiding.about})
    elif kind == Kind.ANNOUNCEMENT:
        key = "announcement"
    elif turn.speaker.number in (tiding.about, tiding.other):
        key, feeling = f"own-{kind.name.lower()}", _OF_ONESELF[kind]
        names |= {"person": tiding.about + tiding.other - turn.speaker.number}
    else:
        key, names = kind.name.lower(), names | {"person": tiding.about, "other": tiding.other}
    topic = Topic.PLAN if kind == Kind.GATHERING else Topic.GOSSIP
    sentence = Sentence(Act.NEWS, ("news", key), feeling, topic, names)
    sentence.news = tiding.number
    return sentence


_TELLING = {
    Kind.ANNOUNCEMENT: Emotion.NEUTRAL,
    Kind.GATHERING: Emotion.EXCITED,
    Kind.COUPLE: Emotion.CURIOUS,
    Kind.SPLIT: Emotion.WORRIED,
    Kind.QUARREL: Emotion.CURIOUS,
}

_OF_ONESELF = {
    Kind.COUPLE: Emotion.HAPPY,
    Kind.SPLIT: Emotion.SAD,
    Kind.QUARREL: Emotion.WORRIED,
}


def hear_news(turn: Turn, luck: Luck) -> Sentence:
    """Thanks for what is new to one, or comfort."""
    kind, new, of_teller = turn.told()
    if not new:
        return Sentence(Act.KNOWN, ("known", "any"))
    key, emotion = _HEARING.get(kind, ("any", Emotion.NEUTRAL))
    if of_teller and key == "sorry":
        return Sentence(Act.RESPOND, ("respond", "complaint"), Emotion.TENDER)
    return Sentence(Act.THANKS, ("thanks", key), emotion)


_HEARING: dict[Kind | None, tuple[str, Emotion]] = {
    Kind.GATHERING: ("glad", Emotion.HAPPY),
    Kind.COUPLE: ("glad", Emotion.HAPPY),
    Kind.SPLIT: ("sorry", Emotion.SAD),
    Kind.QUARREL: ("sorry", Emotion.WORRIED),
}
