"""Obstacles: what a model is told of a plan that cannot be carried out."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from agents.activities import Where
from agents.minds.obstacles import obstacle_to
from agents.minds.prompts import choice_code
from agents.minds.replies import Plan, Step
from agents.minds.voice import Language, Voice
from agents.models import Thought
from agents.tests.models import language_model
from agents.tests.towns import let_ask
from economy.models import Business
from world.models import World
from world.scenario import Scenario
from world.stage import Stage, stage_of
from world.telling import tell

Found = Callable[..., World]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_gate")]


POOR = 4
"""The number of somebody who owns ten yuan, in a town in which all costs a quarter more."""


@pytest.fixture(scope="module")
def asked(found_shared: Found, read_scenario: Callable[[str], Scenario]) -> int:
    world = found_shared(scenario=read_scenario("sunshine"))
    Business.objects.filter(actor__world=world).update(price=1250)
    tell(world=world, kind="agent_purse", subject=POOR, payload={"fen": -999_000})
    return let_ask(world, language_model()).pk


@pytest.fixture
def thoughts(asked: int) -> list[Thought]:
    """What everybody in a sunshine town is asked in the first minutes of a Monday."""
    thoughts = Thought.objects.filter(world=asked).select_related("actor", "world")
    return list(thoughts.order_by("asked_at", "actor__number"))


class Case:
    """A thought and ways to answer it."""

    def __init__(self, thought: Thought) -> None:
        self.thought = thought
        self.now: dict[str, Any] = thought.situation
        self.stage: Stage = stage_of(thought.world)
        self.specs = {spec.key: spec for spec in self.stage.constants["activity_specs"]}

    def told(self, *choices: str, language: Language = "en", **changes: Any) -> str:
        steps = [Step(choice=choice, minutes=10) for choice in choices]
        return obstacle_to(
            Plan(thought="Well.", steps=steps),
            self.now | changes,
            Voice(self.stage, language),
            self.thought.asked_at,
        )

    def both(self, *choices: str, **changes: Any) -> tuple[str, str]:
        return (
            self.told(*choices, **changes),
            self.told(*choices, language="zh", **changes),
        )

    def codes(self) -> list[str]:
        """What may be chosen."""
        specs = self.stage.constants["activity_specs"]
        return [choice_code(specs[what], place) for place, what, *_ in self.now["options"]]

    def name(self, place: int, language: Language = "en") -> str:
        return Voice(self.stage, language).place(place)

    def place_with(self, key: str, *, open_: bool, priced: bool | None = None) -> int:
        """A place of others which offers an activity, open or closed just now."""
        own = (self.now["home"], self.now["workplace"])
        code = self.stage.constants["activities"].codes[key]
        for number, place in self.stage.locations.items():
            price = self.stage.constants["offers"].price_of(np.array([code]), np.array([number]))
            is_open = bool(
                self.stage.constants["places"].is_open(number - 1, self.thought.asked_at)
            )
            fits = priced is None or bool(price[0]) is priced
            if key in place.offers and number not in own and is_open is open_ and fits:
                return number
        raise AssertionError(f"no such place for {key}")


@pytest.fixture
def case(thoughts: list[Thought]) -> Case:
    """Somebody with a workplace, at home."""
    return Case(next(t for t in thoughts if t.situation["workplace"] and t.situation["shift"]))


def test_whatever_is_offered_has_no_obstacle(thoughts: list[Thought]) -> None:
    for thought in thoughts:
        case = Case(thought)
        codes = case.codes()
        assert codes
        for code in codes:
            assert case.told(code) == ""
            assert case.told(codes[0], code) == ""


def test_an_activity_that_there_is_not(case: Case) -> None:
    assert case.both("1/fly") == (
        "There is no activity 'fly'.",
        "没有“fly”这种活动。",
    )


def test_walking_is_no_activity(case: Case) -> None:
    english, chinese = case.both("1/walk")
    assert english.startswith("Walking is no activity")
    assert chinese.startswith("走路不是活动")


def test_a_place_that_there_is_not(case: Case) -> None:
    beyond = max(case.stage.locations) + 1
    assert case.both(f"{beyond}/eat") == (
        f"There is no place {beyond}.",
        f"没有 {beyond} 号地点。",
    )


def test_an_activity_without_a_place(case: Case) -> None:
    english, chinese = case.both("0/sleep")
    assert english == "sleep needs a place: write number/key."
    assert chinese == "“sleep”要有地点，写成 编号/代号。"


@pytest.mark.parametrize(("key", "own"), [("sleep", "home"), ("work", "workplace")])
def test_the_homes_and_workplaces_of_others(case: Case, key: str, own: str) -> None:
    other = next(n for n in case.stage.locations if n not in (case.now[own], case.now["place"]))
    english, chinese = case.both(f"{other}/{key}")
    assert english.startswith(f"{case.name(other)} is not where you do this: ")
    assert chinese.startswith(f"{case.name(other, 'zh')}不是你")


def test_a_place_that_does_not_offer_it(case: Case) -> None:
    place = next(n for n, each in case.stage.locations.items() if "eat" not in each.offers)
    assert case.both(f"{place}/eat") == (
        f"{case.name(place)} does not offer this: eating.",
        f"{case.name(place, 'zh')}不能吃饭。",
    )


def test_what_cannot_be_paid(thoughts: list[Thought]) -> None:
    """At today's price."""
    case = Case(next(each for each in thoughts if each.actor.number == POOR))
    assert case.now["balance"] == 1000
    place = case.place_with("quick-eat", open_=True, priced=True)
    assert f"{place}/quick-eat" not in case.codes()
    english, chinese = case.both(f"{place}/quick-eat")
    assert english == f"That costs 18.75 yuan at {case.name(place)}; you cannot pay that."
    assert chinese == f"在{case.name(place, 'zh')}买点吃的要 18.75 元，你付不起。"


def test_what_is_closed(case: Case) -> None:
    place = case.place_with("read", open_=False)
    assert case.both(f"{place}/read") == (
        f"{case.name(place)} is closed now.",
        f"{case.name(place, 'zh')}现在没有开门。",
    )


def test_work_before_its_time(thoughts: list[Thought]) -> None:
    """At six on a Monday hardly anybody is expected anywhere."""
    case = next(
        case
        for case in map(Case, thoughts)
        if (work := case.now["workplace"])
        and "work" in case.stage.locations[work].offers
        and f"{work}/work" not in case.codes()
    )
    english, chinese = case.both(f"{case.now['workplace']}/work")
    assert english == "You are not expected there now (40 minutes early at most)."
    assert chinese == "现在还不是你当班的时间（最多提前 40 分钟）。"


def test_a_chat_with_nobody(thoughts: list[Thought]) -> None:
    case = Case(thoughts[0])
    sociable = next(key for key, spec in case.specs.items() if spec.sociable)
    place = next(n for n, each in case.stage.locations.items() if sociable in each.offers)
    english, chinese = case.both(f"{place}/{sociable}", place=place, home=place, options=[])
    assert english == "Nobody is here to talk to."
    assert chinese == "这里没有别人可以说话。"


def test_what_cannot_be_done_for_reasons_that_one_cannot_tell(case: Case) -> None:
    free = case.place_with("exercise", open_=True, priced=False)
    english, chinese = case.both(f"{free}/exercise", options=[])
    assert english.startswith(f"{free}/exercise cannot be done now; the first step must be one")
    assert chinese.startswith(f"{free}/exercise 现在做不成；第一步只能从方括号里的选。")


def test_later_steps_may_be_what_is_not_possible_yet_but_not_what_never_will_be(
    case: Case,
) -> None:
    first, closed = case.codes()[0], case.place_with("read", open_=False)
    assert case.told(f"{closed}/read")
    assert case.told(first, f"{closed}/read", f"{case.now['workplace']}/work") == ""
    for never in ("1/fly", "1/walk", "999/eat", "0/sleep"):
        assert case.told(first, f"{closed}/read", never) == case.told(never)
    anywhere = next(k for k, s in case.specs.items() if Where[s.where.upper()] == Where.ANYWHERE)
    assert case.told(first, f"0/{anywhere}") == ""
