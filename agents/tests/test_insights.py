"""What instinct makes of what somebody kept: only what that supports."""

import pytest

from agents.provenance import Motive
from agents.remembering.insights import CITED, Insight, insights_from
from memory.models import Memory
from memory.stretches import Kept

LI, WANG, ZHAO, SUN = 2, 3, 4, 5


def talk(at: int, *people: int, topic: str = "", valence: int = 0, place: int = 0) -> Kept:
    kind = Memory.Kind.CONVERSATION
    return Kept(at, 0, kind, 40, valence, at + 1000, place, 0, topic, people, "聊。", "Talked.")


def moment(at: int, subject: str, *people: int, place: int = 0, cause: int = 0) -> Kept:
    kind = Memory.Kind.OBSERVATION
    return Kept(at, 0, kind, 30, 0, cause, place, 0, subject, people, "事。", "Something.")


def hearsay(at: int, source: int, subject: str = "couple") -> Kept:
    kind = Memory.Kind.OBSERVATION
    return Kept(at, 0, kind, 35, 0, 0, 0, source, subject, (8, 9), "听说。", "Heard.")


def seen(*kept: Kept, most: int = 9) -> dict[str, Insight]:
    return {each.key: each for each in insights_from(kept, most=most)}


def times(insight: Insight) -> list[int]:
    return [each.at for each in insight.evidence]


def test_of_little_nothing_is_made() -> None:
    assert seen() == {}
    assert seen(talk(1, LI), talk(2, WANG), moment(3, "closed", place=7)) == {}
    assert seen(moment(1, "need", cause=Motive.ENERGY)) == {}
    assert seen(hearsay(1, LI)) == {}


@pytest.mark.parametrize(("valence", "key"), [(3, "glad"), (1, "familiar"), (-2, "strained")])
def test_whom_one_talks_with_most_and_how_that_was(valence: int, key: str) -> None:
    found = seen(talk(1, LI, valence=valence), talk(2, WANG), talk(3, LI, valence=valence))
    assert set(found) == {key}
    assert found[key].person == LI
    assert times(found[key]) == [1, 3]


def test_whoever_let_one_down_is_not_said_to_be_dear() -> None:
    found = seen(talk(1, LI, valence=9), talk(2, LI), moment(2, "quarrel", LI))
    assert set(found) == {"hurt"}
    assert (found["hurt"].person, times(found["hurt"])) == (LI, [2])


def test_whoever_did_not_come_has_let_one_down() -> None:
    found = seen(moment(1, "stood-up", LI, place=7), moment(2, "missed", WANG, place=7))
    assert {key: each.person for key, each in found.items()} == {"let_down": LI}


def test_making_up_ends_what_was_sore() -> None:
    found = seen(moment(1, "quarrel", LI), moment(5, "reconciled", LI))
    assert set(found) == {"made_up"}
    assert times(found["made_up"]) == [1, 5]
    assert "hurt" in seen(talk(1, LI), moment(2, "quarrel", LI))


@pytest.mark.parametrize(
    ("subject", "key"),
    [("apart", "drifted"), ("rejected", "heartache"), ("closer", "closer"), ("love", "in_love")],
)
def test_what_became_of_two(subject: str, key: str) -> None:
    found = seen(moment(4, subject, WANG))
    assert set(found) == {key}
    assert found[key].person == WANG


def test_a_quarrel_of_others_is_not_ones_own() -> None:
    assert seen(hearsay(1, 0, "quarrel"), hearsay(2, SUN, "quarrel")) == {}


def test_a_topic_comes_up_again_where_it_does_with_one_and_the_other() -> None:
    often = [talk(1, LI, topic="work"), talk(2, WANG, topic="work"), talk(3, ZHAO)]
    assert seen(*often)["topic"].subject == "topic.work"
    assert times(seen(*often)["topic"]) == [1, 2]
    assert "topic" not in seen(talk(1, LI, topic="work"), talk(2, LI, topic="work"))
    assert "topic" not in seen(talk(1, LI, topic="casual"), talk(2, WANG, topic="casual"))


def test_needs_doors_and_places() -> None:
    worn = seen(*(moment(at, "need", cause=Motive.ENERGY) for at in (1, 2)))
    assert [each.subject for each in worn.values()] == [f"worn.{Motive.ENERGY - 1}"]
    assert set(seen(moment(1, "need", cause=Motive.SOCIAL))) == {"lonely"}
    assert "worn" not in seen(
        moment(1, "need", cause=Motive.ENERGY), moment(2, "need", cause=Motive.FUN)
    )
    shut = seen(moment(1, "closed", place=7), moment(2, "full", place=7))
    assert (set(shut), shut["shut_out"].place) == ({"shut_out"}, 7)
    assert set(seen(moment(1, "unaffordable", place=7))) == {"short"}
    haunt = seen(*(talk(at, at % 2 + LI, place=6) for at in (1, 2, 3)))
    assert haunt["haunt"].place == 6


def test_news_of_one_and_of_several() -> None:
    of_one = seen(hearsay(1, SUN), hearsay(2, SUN, "split"))
    assert (set(of_one), of_one["newsmonger"].person) == ({"newsmonger"}, SUN)
    assert set(seen(hearsay(1, SUN), hearsay(2, LI))) == {"abuzz"}


def test_a_round_is_with_nobody_twice() -> None:
    talks = [talk(at, who) for at, who in enumerate((LI, WANG, ZHAO, SUN))]
    assert set(seen(*talks)) == {"round"}
    assert "round" not in seen(*talks, talk(9, LI))


def test_the_weightiest_come_first_each_person_once_and_nothing_again() -> None:
    kept = [talk(at, LI, valence=5, place=6) for at in range(9)]
    kept += [moment(10, "closer", LI), moment(11, "need", cause=Motive.SOCIAL)]
    found = insights_from(kept, most=3)
    assert [each.person for each in found].count(LI) == 1
    assert [each.weight for each in found] == sorted((each.weight for each in found), reverse=True)
    assert all(len(each.evidence) <= CITED for each in found)
    assert len(insights_from(kept, most=1)) == 1
    again = insights_from(kept, most=3, besides={each.matter for each in found})
    assert not {each.matter for each in again} & {each.matter for each in found}
