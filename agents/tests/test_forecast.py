"""The forecast: from what was used, at today's prices, with a range."""

import datetime as dt
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agents.minds.forecast import NothingRecordedError, forecast
from agents.minds.prices import NoPriceError
from agents.models import LanguageModel, Thought
from agents.tests.models import language_model
from world.engine.gametime import DAY
from world.models import World

Found = Callable[..., World]


@pytest.fixture
def model(db: None) -> LanguageModel:
    return language_model(name="recorded")


def record(world: World, model: LanguageModel, *, days: int = 2) -> None:
    """Resident n made n calls a day, of 1,000 tokens in (half of them cached) and 100 out."""
    Thought.objects.bulk_create(
        Thought(
            world=world,
            actor=actor,
            purpose="decide",
            asked_at=day * DAY * days // (days * actor.number) + (day * 60),
            decision=day,
            urgency=10,
            situation={},
            status="answered",
            model_name=model.name,
            calls=1,
            tokens_in=1000,
            tokens_cached=500,
            tokens_out=100,
        )
        for actor in world.actors.filter(kind="resident")
        for day in range(days * actor.number)
    )
    Thought.objects.filter(world=world, asked_at=0).update()
    last = Thought.objects.filter(world=world).latest("asked_at")
    Thought.objects.filter(pk=last.pk).update(asked_at=days * DAY)


def test_expected_use_is_that_on_record_and_the_range_holds_it(
    found_town: Found, model: LanguageModel
) -> None:
    world = found_town()
    record(world, model)
    told = forecast(world=world, days=10)
    assert (told.residents, told.recorded_residents, told.model) == (12, 12, "recorded")
    assert told.recorded_days == pytest.approx(2)
    mean = sum(range(1, 13)) / 12
    calls = told.measures["calls"]
    assert calls.expected == pytest.approx(mean * 12 * 10)
    assert calls.low < calls.expected < calls.high
    usd = told.measures["usd"]
    per_call = (500 * 1 + 500 * 0.1 + 100 * 2) / 1_000_000
    assert usd.expected == pytest.approx(calls.expected * per_call, rel=1e-6)
    assert forecast(world=world, days=10) == told, "the same record gives the same forecast"
    half = forecast(world=world, days=5, residents=6)
    assert half.measures["calls"].expected == pytest.approx(calls.expected / 4)


def test_it_is_told_at_the_prices_of_another_model(found_town: Found, model: LanguageModel) -> None:
    world = found_town()
    record(world, model)
    dear = language_model(name="dear", price={"input": "10", "cached_input": "1", "output": "20"})
    cheap, costly = forecast(world=world, days=1), forecast(world=world, days=1, model=dear)
    assert costly.measures["usd"].expected == pytest.approx(10 * cheap.measures["usd"].expected)
    unpriced = language_model(name="unpriced", price=None)
    with pytest.raises(NoPriceError):
        forecast(world=world, days=1, model=unpriced)
    tomorrow = dt.date(2200, 1, 1)
    with pytest.raises(NoPriceError):
        forecast(world=world, days=1, model=language_model(name="late", price={"since": tomorrow}))


def test_without_a_record_it_says_what_to_do(found_town: Found) -> None:
    with pytest.raises(NothingRecordedError, match="fake_llm"):
        forecast(world=found_town(), days=1)


def test_the_command_prints_it_and_refuses_nonsense(
    found_town: Found, model: LanguageModel
) -> None:
    world = found_town()
    out = StringIO()
    with pytest.raises(CommandError, match="no thoughts on record"):
        call_command("forecast", world=world.slug)
    record(world, model)
    call_command("forecast", days=3, world=world.slug, stdout=out)
    assert "usd" in out.getvalue()
    assert "80 %" in out.getvalue()
    for wrong in ({"days": 0}, {"agents": 0}, {"model": "nobody"}, {"world": "nowhere"}):
        with pytest.raises(CommandError):
            call_command("forecast", **{"world": world.slug} | wrong)
