"""Prices: what calls cost, to the nano-dollar, and never more than was set aside for them."""

import datetime as dt
import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from agents.minds.prices import (
    OVERHEAD,
    NoPriceError,
    Usage,
    ceiling_of,
    cost_of,
    is_peak,
    price_at,
)
from agents.models import ModelPrice
from agents.tests.models import language_model, model_price

NEW_YEAR = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
WEDNESDAY, SATURDAY, SUNDAY = (dt.date(2026, 9, day) for day in (2, 5, 6))

figures = st.decimals(0, 100, places=4)
maybe_figures = st.none() | figures
clock_times = st.times().map(lambda time: f"{time:%H:%M}")
spans = st.lists(clock_times, max_size=6, unique=True).map(
    lambda times: " ".join(
        f"{since}-{until}" for since, until in list(pairwise(sorted(times)))[::2]
    )
)
minutes = st.integers(0, 366 * 24 * 60)
moments = minutes.map(lambda after: NEW_YEAR + dt.timedelta(minutes=after))
prices = st.builds(
    ModelPrice,
    input=figures,
    cached_input=figures,
    output=figures,
    peak_input=maybe_figures,
    peak_cached_input=maybe_figures,
    peak_output=maybe_figures,
    peak_hours=spans,
)


@st.composite
def usages(draw: st.DrawFn, most_in: int = 10**6, most_out: int = 10**5) -> Usage:
    """Any usage within bounds; the cached tokens are among those that came in."""
    tokens_in = draw(st.integers(0, most_in))
    return Usage(tokens_in, draw(st.integers(0, tokens_in)), draw(st.integers(0, most_out)))


def at(day: dt.date, time: str, zone: dt.tzinfo = dt.UTC) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.fromisoformat(time), zone)


@given(prices, usages(), moments)
def test_a_call_costs_what_plain_arithmetic_says_rounded_up(
    price: ModelPrice, usage: Usage, moment: dt.datetime
) -> None:
    peak = is_peak(price, moment)

    def rate(name: str) -> Fraction:
        high = getattr(price, f"peak_{name}")
        return Fraction(high if peak and high is not None else getattr(price, name))

    dollars = (
        rate("input") * (usage.tokens_in - usage.cached)
        + rate("cached_input") * usage.cached
        + rate("output") * usage.out
    ) / 1_000_000
    assert cost_of(price, usage, moment) == math.ceil(dollars * 1_000_000_000)


@given(prices, st.lists(st.text(max_size=200), max_size=4), st.integers(0, 5000), st.data())
def test_no_call_costs_more_than_its_ceiling(
    price: ModelPrice, texts: list[str], most_out: int, data: st.DataObject
) -> None:
    messages = [{"role": "user", "content": text} for text in texts]
    size = sum(len(text.encode()) + OVERHEAD for text in texts)
    usage = data.draw(usages(most_in=size, most_out=most_out))
    assert cost_of(price, usage, data.draw(moments)) <= ceiling_of(price, messages, most_out)


def test_chinese_text_counts_by_its_bytes() -> None:
    price = ModelPrice(input=Decimal(1), cached_input=Decimal(1), output=Decimal(1))
    one, two = ([{"role": "user", "content": text}] for text in ("x" * 3, "小镇的"))
    assert ceiling_of(price, two, 0) - ceiling_of(price, one, 0) == 6 * 1000


def test_parts_of_a_nano_dollar_count_in_full() -> None:
    price = ModelPrice(input=Decimal("0.0001"), cached_input=Decimal(0), output=Decimal(0))
    moment = at(WEDNESDAY, "12:00")
    assert cost_of(price, Usage(), moment) == 0
    assert cost_of(price, Usage(tokens_in=1), moment) == 1
    assert cost_of(price, Usage(tokens_in=10), moment) == 1
    assert cost_of(price, Usage(tokens_in=11), moment) == 2


def test_cached_tokens_cost_what_cached_tokens_cost() -> None:
    price = ModelPrice(input=Decimal(1), cached_input=Decimal("0.1"), output=Decimal(2))
    usage = Usage(tokens_in=1000, cached=600, out=50, reasoning=40)
    assert cost_of(price, usage, at(WEDNESDAY, "12:00")) == 400_000 + 60_000 + 100_000


@pytest.mark.parametrize(
    ("day", "time", "peak"),
    [
        (WEDNESDAY, "00:59", False),
        (WEDNESDAY, "01:00", True),
        (WEDNESDAY, "03:59:59", True),
        (WEDNESDAY, "04:00", False),
        (WEDNESDAY, "23:59", True),
        (SATURDAY, "01:30", False),
        (SUNDAY, "23:30", False),
    ],
)
def test_peak_hours_hold_on_weekdays_from_their_first_minute_to_before_their_end(
    day: dt.date, time: str, peak: bool
) -> None:
    price = ModelPrice(peak_hours="01:00-04:00 23:00-24:00")
    assert is_peak(price, at(day, time)) is peak
    assert not is_peak(ModelPrice(peak_hours=""), at(day, time))


def test_peak_hours_are_those_of_utc() -> None:
    price = ModelPrice(peak_hours="01:00-04:00")
    china = dt.timezone(dt.timedelta(hours=8))
    assert is_peak(price, at(WEDNESDAY, "09:30", china))
    assert not is_peak(price, at(WEDNESDAY, "01:30", china))
    monday = dt.date(2026, 9, 7)
    late = ModelPrice(peak_hours="16:00-24:00")
    assert not is_peak(late, at(monday, "01:00", china)), "it is still Sunday in UTC"


@pytest.mark.django_db
def test_the_newest_price_that_is_not_of_the_future_holds() -> None:
    model = language_model(price=None)
    for since, figure in ((dt.date(2026, 1, 1), 1), (SATURDAY, 2), (dt.date(2027, 1, 1), 3)):
        model_price(model, since=since, input=figure)
    west = dt.timezone(-dt.timedelta(hours=8))
    assert price_at(model, at(SATURDAY - dt.timedelta(days=1), "23:59")).input == 1
    assert price_at(model, at(SATURDAY, "00:00")).input == 2
    assert price_at(model, at(SATURDAY - dt.timedelta(days=1), "20:00", west)).input == 2
    assert price_at(model, at(dt.date(2026, 12, 31), "23:59")).input == 2


@pytest.mark.django_db
def test_without_a_price_that_holds_nobody_knows_what_a_model_costs() -> None:
    model = language_model(price=None)
    with pytest.raises(NoPriceError, match="fake-chat has no price"):
        price_at(model, at(WEDNESDAY, "12:00"))
    model_price(model, since=SATURDAY)
    with pytest.raises(NoPriceError, match="2026-09-02"):
        price_at(model, at(WEDNESDAY, "12:00"))


@pytest.mark.django_db
@pytest.mark.parametrize("hours", ["1:00-4:00", "01:00", "25:00-26:00", "01:00-04:00,06:00-10:00"])
def test_hours_that_make_no_sense_are_refused(hours: str) -> None:
    price = model_price(language_model(price=None))
    price.peak_hours = hours
    with pytest.raises(ValidationError, match="Spans such as"):
        price.full_clean()
