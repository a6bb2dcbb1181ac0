"""What instinct is like: stories of single residents, asked many times over."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from agents.minds.situation import Situations
from agents.needs import NEEDS, TRAITS
from agents.provenance import Motive
from agents.systems.decisions import Decisions
from world import residence
from world.advance import advance
from world.engine.draws import Draws
from world.engine.gametime import DAY, HOUR
from world.models import World

Found = Callable[..., World]
Story = Callable[..., Counter[str]]

TIMES = 400


@pytest.fixture
def story(found_town: Found) -> Story:
    """Puts the same resident before the same choice TIMES over, with other luck each time.

    `story(at="12:00", needs={"satiety": 20})` counts the activities that are chosen.
    """
    world = found_town()
    advance(world_id=world.pk, until=world.instant + 60)
    world.refresh_from_db()
    pipeline = residence.kept_pipeline(world.pk, world.version)
    assert pipeline is not None
    rules = next(each for each in pipeline._systems if isinstance(each, Decisions))

    def tell(
        *,
        at: str,
        who: int = 0,
        weekend: bool = False,
        needs: dict[str, int] | None = None,
        traits: dict[str, int] | None = None,
        change: Callable[[Situations], dict[str, Any]] = lambda _: {},
    ) -> Counter[str]:
        hour, minute = at.split(":")
        now = (5 if weekend else 0) * DAY + int(hour) * HOUR + int(minute) * 60
        situation = rules.outlook.situations(np.array([who]), now)
        told_needs = np.array([[(needs or {}).get(need, 80) for need in NEEDS]]) * 1000
        told_traits = np.array([[(traits or {}).get(trait, 50) for trait in TRAITS]])
        situation = replace(situation, needs=told_needs, traits=told_traits)
        situation = replace(situation, **change(situation))
        chosen: Counter[str] = Counter()
        for luck in range(TIMES):
            choice = rules.instinct.decide(situation, now=now, draws=Draws(1, luck))
            assert choice.decided[0]
            chosen[rules.instinct.activities.keys[choice.activity[0]]] += 1
            chosen[f"because of {Motive(int(choice.motive[0])).name.lower()}"] += 1
            chosen[f"to {int(choice.place[0])}"] += 1
        return chosen

    tell.rules = rules  # type: ignore[attr-defined]
    return tell


def test_the_hungry_eat(story: Story) -> None:
    hungry = story(at="19:00", weekend=True, needs={"satiety": 15})
    assert hungry["eat"] + hungry["quick-eat"] > TIMES * 0.9
    assert hungry["because of satiety"] > TIMES * 0.9
    assert story(at="19:00", weekend=True, needs={"satiety": 100})["eat"] < TIMES * 0.2


def test_the_tired_sleep_at_night_and_not_by_day(story: Story) -> None:
    assert story(at="23:30", needs={"energy": 40})["sleep"] > TIMES * 0.8
    assert story(at="16:00", weekend=True, needs={"energy": 40})["sleep"] < TIMES * 0.2


def test_the_dirty_wash(story: Story) -> None:
    assert story(at="20:00", needs={"hygiene": 15})["wash"] > TIMES * 0.8


def test_duty_calls_on_workdays_and_the_conscientious_hear_it_best(story: Story) -> None:
    lax = story(at="09:00", traits={"conscientiousness": 0})["work"]
    careful = story(at="09:00", traits={"conscientiousness": 100})["work"]
    assert careful > TIMES * 0.95
    assert lax < careful
    assert story(at="09:00", weekend=True)["work"] == 0


def test_extraverts_talk_more(story: Story) -> None:
    def talks(extraversion: int) -> int:
        return story(
            at="19:00",
            weekend=True,
            needs={"social": 75},
            traits={"extraversion": extraversion},
            change=lambda _: {"crowd": np.array([20])},
        )["talk"]

    assert talks(90) > talks(10) * 1.5


def test_rain_keeps_people_out_of_the_open(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    weather = story.rules.instinct.weather  # type: ignore[attr-defined]

    def outdoors(kind: str) -> int:
        code = weather.keys.index(kind)
        monkeypatch.setattr(weather, "kind_at", lambda _: code)
        return story(at="10:00", weekend=True, needs={"fun": 40})["exercise"]

    assert outdoors("sunny") > outdoors("rain") * 1.5


def test_those_without_money_do_not_buy(story: Story) -> None:
    rules = story.rules  # type: ignore[attr-defined]
    classes = rules.instinct.classes
    prices = rules.outlook.offers.price

    def bought(key: str) -> int:
        money_class = np.array([classes.keys.index(key)])
        chosen = story(
            at="15:00",
            weekend=True,
            needs={"fun": 30},
            change=lambda _: {"money_class": money_class},
        )
        return chosen["shop"] + chosen["coffee"] + chosen["quick-eat"]

    assert prices.max() > 0
    assert bought("wealthy") > bought("struggling")


def test_what_is_impossible_is_never_chosen(story: Story) -> None:
    def but_one(situation: Situations) -> dict[str, Any]:
        possible = np.zeros_like(situation.possible)
        possible[0, 3] = True
        return {"possible": possible}

    rules: SimpleNamespace = story.rules  # type: ignore[attr-defined]
    offers = rules.outlook.offers
    chosen = story(at="10:00", change=but_one)
    assert chosen[rules.instinct.activities.keys[offers.activity[3]]] == TIMES
    assert chosen[f"to {offers.public[3]}"] == TIMES


def test_with_nothing_possible_nothing_is_decided(story: Story) -> None:
    rules = story.rules  # type: ignore[attr-defined]
    situation = rules.outlook.situations(np.array([0, 1]), 10 * HOUR)
    possible = situation.possible.copy()
    possible[0] = False
    choices = rules.instinct.decide(
        replace(situation, possible=possible), now=10 * HOUR, draws=Draws(1, 1)
    )
    assert choices.decided.tolist() == [False, True]
