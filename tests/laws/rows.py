"""What readers find of talk and ties, and what the engine keeps of them, is what the log tells."""

from collections import defaultdict

from agents.conversations.rules import HALF_AN_HOUR
from agents.conversations.vocabulary import Phase
from agents.models import Conversation, Participation, Relationship
from tests.laws.talk import Reader
from world import residence

LONGEST = 2 * HALF_AN_HOUR
"""Game seconds within which every conversation has ended: ten sentences of two minutes each."""

ROW = (
    "number",
    "place",
    "initiator",
    "began",
    "ended",
    "why",
    "topic",
    "ending",
    "messages",
    "first_seq",
    "last_seq",
)


def check_ends(reader: Reader) -> None:
    """Every conversation ends, and soon."""
    for number, talk in reader.talks.items():
        until = reader.world.lived_until if talk.ended is None else talk.ended
        assert until - talk.began < LONGEST, f"{number} never ends"


def check_rows(reader: Reader) -> None:
    """Conversations, and who was in them since when and until when, are those of the log."""
    told = {
        (
            number,
            talk.place,
            talk.initiator,
            talk.began,
            talk.ended,
            talk.why,
            talk.topic,
            talk.ending,
            talk.said,
            talk.first_seq,
            talk.last_seq,
        )
        for number, talk in reader.talks.items()
    }
    rows = list(Conversation.objects.filter(world=reader.world).values_list(*ROW))
    assert len(rows) == len(told)
    assert set(rows) == told
    parts = defaultdict(list)
    for number, *part in Participation.objects.filter(conversation__world=reader.world).values_list(
        "conversation__number", "actor__number", "joined", "left"
    ):
        parts[number].append(tuple(part))
    for number, talk in reader.talks.items():
        there = [(who, joined, None) for who, joined in talk.joined.items()]
        assert sorted(parts.pop(number), key=str) == sorted([*talk.parts, *there], key=str)
    assert not parts


def check_ties(reader: Reader) -> None:
    """Both sides of every tie are what their history adds up to."""
    ties = Relationship.objects.filter(actor__world=reader.world).select_related("actor", "other")
    known = {(tie.actor.number, tie.other.number): tie.strength for tie in ties}
    assert {pair: each for pair, each in known.items() if each} == {
        pair: each for pair, each in reader.strength.items() if each
    }
    # Two of whom one went away without an answer have nothing in common yet.
    talks = {(tie.actor.number, tie.other.number): tie.talks for tie in ties}
    common = {pair: each for pair, each in talks.items() if each or known[pair]}
    assert {(two, one): each for (one, two), each in common.items()} == common, "known by one only"


def check_columns(reader: Reader) -> None:
    """What the engine keeps of who talks is what the log tells."""
    pipeline = residence.pipeline_of(reader.world)
    talks, residents = pipeline.columns["talks"].arrays, pipeline.columns["residents"]
    for row, number in enumerate(residents.numbers.tolist()):
        talking = reader.people[number].talk
        assert bool(talks["host"][row]) == bool(talking)
        hosts = talks["phase"][row] in (Phase.GREETING, Phase.ACTIVE, Phase.CLOSING)
        assert (residents.arrays["talk_at"][row] < 2**62) == (hosts and bool(talking))
