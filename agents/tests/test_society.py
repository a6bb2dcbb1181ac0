"""The social network and the doors of statistics, against brute force and a hamlet that talks."""

from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from shutil import copy
from typing import Any

import networkx as nx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from agents.conversations.network import figures_of, network_of
from agents.conversations.selectors import went_on
from agents.heat import HeatRules
from agents.models import Agent, Conversation, Participation, Relationship
from agents.statistics.society import age_group
from agents.tests.pages import told
from world import registry
from world.advance import advance
from world.engine.gametime import HOUR, MINUTE
from world.engine.lines import POINT
from world.models import Actor, World
from world.scenario import Scenario, ScenarioError, read
from world.stage import stage_of

Found = Callable[..., World]

KINDS = ((86, "best"), (61, "close"), (31, "friend"), (11, "acquaintance"))


pytestmark = pytest.mark.usefixtures("nobody_has_asked_before")


def known(world: World) -> dict[frozenset[int], list[Relationship]]:
    """Both sides of each tie, by the numbers of the two."""
    pairs: dict[frozenset[int], list[Relationship]] = {}
    rows = Relationship.objects.filter(actor__world=world).select_related("actor", "other")
    for row in rows.order_by("actor__number"):
        pairs.setdefault(frozenset((row.actor.number, row.other.number)), []).append(row)
    return pairs


def mean(sides: list[Relationship]) -> float:
    return sum(side.strength for side in sides) / 2 / POINT


def test_the_network_is_what_both_sides_of_ties_make(talking: World) -> None:
    graph = network_of(talking, stage_of(talking))
    people = Actor.objects.filter(world=talking, kind="resident").select_related("agent")
    assert {number: data["name_zh"] for number, data in graph.nodes(data=True)} == {
        person.number: person.name_zh for person in people
    }
    assert {number: data["age"] for number, data in graph.nodes(data=True)} == {
        person.number: person.agent.age for person in people
    }
    tied = {pair: sides for pair, sides in known(talking).items() if mean(sides) >= 11}
    assert {frozenset(edge) for edge in graph.edges} == set(tied)
    assert tied
    for pair, (mine, theirs) in tied.items():
        edge = graph.edges[tuple(pair)]
        strength = mean([mine, theirs])
        assert (edge["one"], edge["other"]) == (mine.actor.number, theirs.actor.number)
        assert edge["strength"] == pytest.approx(strength)
        assert edge["kind"] == next(kind for since, kind in KINDS if strength >= since)
        assert edge["regard_of_one"] == mine.regard / POINT
        assert edge["regard_of_other"] == theirs.regard / POINT
        assert edge["talks"] == mine.talks == theirs.talks
        assert edge["lovers"] == (mine.love == theirs.love == 1)


@pytest.mark.parametrize(
    ("mine", "theirs", "kind"),
    [
        (11_000, 11_000, "acquaintance"),
        (10_999, 11_000, None),
        (22_000, 0, "acquaintance"),
        (21_999, 0, None),
        (100_000, 72_000, "best"),
        (100_000, 71_999, "close"),
        (None, 100_000, "friend"),
        (None, 21_999, None),
    ],
)
def test_a_tie_is_one_by_the_mean_of_its_sides(
    found_town: Found, mine: int | None, theirs: int, kind: str | None
) -> None:
    world = found_town()
    one, other = Actor.objects.filter(world=world, number__in=(1, 2)).order_by("number")
    Relationship.objects.filter(actor__world=world).delete()
    if mine is not None:
        Relationship.objects.create(actor=one, other=other, strength=mine)
    Relationship.objects.create(actor=other, other=one, strength=theirs)
    graph = network_of(world, stage_of(world))
    assert [each for *_, each in graph.edges(data="kind")] == ([kind] if kind else [])


def test_the_network_takes_two_queries_whatever_its_size(talking: World) -> None:
    stage = stage_of(talking)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        network_of(talking, stage)
    assert len(queries) == 2


def brute_force(people: int, ties: set[tuple[int, int]]) -> dict[str, float]:
    """The same figures by counting, pair by pair."""
    friends = {who: {a + b - who for a, b in ties if who in (a, b)} for who in range(people)}
    shares = []
    for mine in friends.values():
        pairs = list(combinations(sorted(mine), 2))
        shares.append(sum(pair in ties for pair in pairs) / len(pairs) if pairs else 0)
    parts = {who: {who} for who in range(people)}
    for a, b in ties:
        whole = parts[a] | parts[b]
        for who in whole:
            parts[who] = whole
    possible = people * (people - 1) / 2
    return {
        "density": len(ties) / possible if possible else 0,
        "clustering": sum(shares) / people if people else 0,
        "components": len({frozenset(part) for part in parts.values()}),
        "largest": max(map(len, parts.values()), default=0),
        "isolated": sum(not mine for mine in friends.values()),
    }


@pytest.fixture(scope="module")
def some_stage(hamlet: Scenario) -> Any:
    """No world, but the kinds of ties of one."""
    from agents.conversations.rules import TalkRules

    class Stage:
        constants = {"talk": TalkRules.compile(hamlet["talk"])}

    return Stage()


@given(people=st.integers(0, 9), data=st.data())
def test_figures_are_those_that_counting_gives(
    some_stage: Any, people: int, data: st.DataObject
) -> None:
    pairs = list(combinations(range(people), 2))
    ties = data.draw(st.sets(st.sampled_from(pairs))) if pairs else set()
    strengths = {pair: data.draw(st.integers(11, 100)) for pair in sorted(ties)}
    graph = nx.Graph()
    graph.add_nodes_from(range(people))
    for (a, b), strength in strengths.items():
        kind = next(kind for since, kind in KINDS if strength >= since)
        graph.add_edge(a, b, strength=strength, kind=kind)
    figures = figures_of(graph, some_stage)
    expected = brute_force(people, ties)
    assert (figures.nodes, figures.ties) == (people, len(ties))
    assert figures.density == pytest.approx(expected["density"])
    assert figures.clustering == pytest.approx(expected["clustering"])
    assert figures.components == expected["components"]
    assert figures.largest == expected["largest"]
    assert len(figures.isolated) == expected["isolated"]
    assert sum(figures.kinds.values()) == len(ties)
    assert figures.strength == pytest.approx(sum(strengths.values()) / max(len(ties), 1))
    assert [each[1:] for each in figures.best_connected] == sorted(
        (
            (len(mine), sum(mine))
            for who in range(people)
            if (mine := [s for pair, s in strengths.items() if who in pair])
        ),
        reverse=True,
    )


def test_society_is_told(talking: World, client: Client) -> None:
    answer = told(client, f"stats/society?world={talking.slug}")
    population, social = answer["population"], answer["social"]
    agents = Agent.objects.filter(actor__world=talking)
    assert population["total"] == agents.count() == social["residents"]
    for part in ("by_occupation", "by_age", "by_gender"):
        assert sum(population[part].values()) == population["total"]
    assert population["by_gender"] == {
        gender: agents.filter(gender=gender).count() for gender in ("male", "female", "other")
    }
    assert population["by_age"]["26-35"] == agents.filter(age__gte=26, age__lte=35).count()
    assert sum(social["ties_by_kind"].values()) == social["ties"] > 0
    assert social["conversations_total"] == Conversation.objects.filter(world=talking).count()
    assert social["conversations_today"] == social["conversations_total"]
    parts = Participation.objects.filter(conversation__world=talking)
    pairs = set(parts.values_list("conversation", "actor"))
    assert social["mean_talks_today"] == pytest.approx(len(pairs) / agents.count(), abs=0.005)
    (first, *_) = social["most_connected"]
    page = told(client, f"agents/{first['agent']['id']}/relationships?world={talking.slug}")
    assert first["ties"] <= page["total"]
    english = told(client, f"stats/society?world={talking.slug}", language="en")["social"]
    assert english["most_connected"][0]["agent"]["name"].isascii()


def test_yesterday_is_not_today(talking: World, client: Client) -> None:
    advance(world_id=talking.pk, until=(talking.instant // 86400 + 1) * 86400)
    social = told(client, f"stats/society?world={talking.slug}")["social"]
    assert social["conversations_today"] == 0
    assert social["mean_talks_today"] == 0
    assert social["conversations_total"] > 0


def test_nobody_knows_anybody(found_town: Found, client: Client) -> None:
    world = found_town()
    Relationship.objects.filter(actor__world=world).delete()
    social = told(client, f"stats/society?world={world.slug}")["social"]
    assert social["ties"] == social["density"] == social["mean_strength"] == 0
    assert social["components"] == social["residents"] == len(social["isolated"])
    assert social["most_connected"] == []


@pytest.mark.parametrize(
    ("age", "group"),
    [
        (18, "18-25"),
        (25, "18-25"),
        (26, "26-35"),
        (35, "26-35"),
        (36, "36-50"),
        (50, "36-50"),
        (51, "51-65"),
        (65, "51-65"),
        (66, "66+"),
        (80, "66+"),
    ],
)
def test_groups_of_age(age: int, group: str) -> None:
    assert age_group(age) == group


@pytest.mark.parametrize(
    ("kind", "hour", "there", "expected"),
    [
        ("bank", 10, (0, 0), 0),
        ("bank", 10, (10, 0), 50),
        ("bank", 3, (10, 0), 50),
        ("bank", 10, (5, 2), 35),
        ("bank", 10, (0, 7), 30),
        ("bank", 10, (30, 1), 100),
        ("restaurant", 11.99, (10, 0), 40),
        ("restaurant", 12, (10, 0), 75),
        ("restaurant", 24 + 13.99, (10, 1), 80),
        ("house", 0, (10, 0), 5),
        ("house", 23, (10, 0), 15),
    ],
)
def test_heat_is_of_people_at_their_hour_and_of_talk(
    hamlet: Scenario, kind: str, hour: float, there: tuple[int, int], expected: float
) -> None:
    count, talks = there
    heat = HeatRules.compile(hamlet["heat"], hamlet["calendar"])
    at = round(hour * HOUR)
    assert heat.of(kind, at, count=count, capacity=10, talks=talks) == expected


def heat_of(world: World, number: int, at: int, count: int, talks: int) -> float:
    """By the formula of the reference, with the factor that the scenario has for the hour."""
    location = world.locations.get(number=number)
    factor = stage_of(world).constants["heat"].factor(location.kind, at)
    return round(min(50 * factor * count / location.capacity + min(5 * talks, 30), 100), 1)


def test_a_factor_of_no_period_is_told(tmp_path: Path, hamlet: Scenario) -> None:
    for file in hamlet.folder.glob("*.yaml"):
        copy(file, tmp_path)
    base = hamlet.folder.parent / "sunshine"
    for file in base.glob("*.yaml"):
        if not (tmp_path / file.name).exists():
            copy(file, tmp_path)
    (tmp_path / "heat.yaml").write_text(
        "full: 50\ntalk: 5\nmost: 30\nminutes: 30\nfactors:\n  cafe: {midnight: 1.5}\n"
    )
    with pytest.raises(
        ScenarioError, match=r"heat\.yaml, line 6: .*expected a period of calendar\.yaml"
    ):
        read(tmp_path, registry.sections)


def test_hot_places_come_by_heat(talking: World, client: Client) -> None:
    world, now = f"world={talking.slug}", talking.lived_until
    places = told(client, f"stats/hot-locations?{world}&limit=100")["locations"]
    lines = {line["id"]: line for line in told(client, f"world/locations?{world}")}
    assert {place["id"] for place in places} == set(lines)
    heats = [place["heat"] for place in places]
    assert heats == sorted(heats, reverse=True)
    rows = list(Conversation.objects.filter(world=talking))
    for place in places:
        talks = sum(
            each.place == place["id"] and (each.ended is None or each.ended > now - 30 * MINUTE)
            for each in rows
        )
        people = len(place["current_occupants"])
        assert (
            place["heat"]
            == lines[place["id"]]["heat"]
            == heat_of(talking, place["id"], now, people, talks)
        )
        assert people == lines[place["id"]]["current_occupants"]
        assert {each["id"] for each in place["conversations"]} == {
            str(each.number) for each in rows if each.ended is None and each.place == place["id"]
        }
    assert any(place["conversations"] for place in places)
    assert told(client, f"stats/hot-locations?{world}&limit=1")["locations"] == places[:1]
    for limit in ("0", "101", "many"):
        error = told(client, f"stats/hot-locations?{world}&limit={limit}", 400)
        assert error["code"] == "INVALID_PARAMETER"


def test_the_heat_of_the_last_hours_counts_talk_too(talking: World, client: Client) -> None:
    rows = list(Conversation.objects.filter(world=talking))
    place = Counter(each.place for each in rows).most_common(1)[0][0]
    detail = told(client, f"world/locations/{place}?world={talking.slug}")
    warm = 0
    for index, hour in enumerate(reversed(detail["heat_history"])):
        at = talking.lived_until // HOUR * HOUR - index * HOUR
        talks = sum(
            each.place == place
            and each.began <= at
            and (each.ended is None or each.ended > at - 30 * MINUTE)
            for each in rows
        )
        assert hour["heat"] == heat_of(talking, place, at, hour["occupants"], talks)
        warm += talks
    assert warm


def test_what_went_on_is_what_was_not_over_before_and_had_begun(talking: World) -> None:
    rows = list(Conversation.objects.filter(world=talking))
    for since in range(talking.lived_until - 3 * HOUR, talking.lived_until, 20 * MINUTE):
        until = since + 30 * MINUTE
        assert set(went_on(talking, since=since, until=until)) == {
            each
            for each in rows
            if each.began <= until and (each.ended is None or each.ended > since)
        }
