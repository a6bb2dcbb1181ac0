"""Prices: what calls cost, in whole nano-dollars, rounded up."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from agents.models import LanguageModel, ModelPrice

_PER_TOKEN = Decimal(1000)
"""Nano-dollars for a token of what costs a dollar for a million of them."""

OVERHEAD = 16
"""Tokens that an endpoint adds to each message at most: its role and its ends."""

SATURDAY = 5


class NoPriceError(LookupError):
    """Nobody knows what a model costs, so it is not asked."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more calls; `cached` are among `tokens_in`, `reasoning` among `out`."""

    tokens_in: int = 0
    cached: int = 0
    out: int = 0
    reasoning: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.tokens_in + other.tokens_in,
            self.cached + other.cached,
            self.out + other.out,
            self.reasoning + other.reasoning,
        )


def price_at(model: LanguageModel, moment: dt.datetime) -> ModelPrice:
    """The price that holds at a moment. Raises NoPriceError."""
    day = moment.astimezone(dt.UTC).date()
    known = [price for price in model.prices.all() if price.since <= day]
    if not known:
        raise NoPriceError(f"{model.name} has no price that holds on {day}")
    return max(known, key=lambda price: price.since)


def cost_of(price: ModelPrice, usage: Usage, moment: dt.datetime) -> int:
    """What a call cost that was made at this moment, nano-dollars."""
    per_input, per_cached, per_output = _rates(price, peak=is_peak(price, moment))
    fresh = usage.tokens_in - usage.cached
    return _nano(per_input * fresh + per_cached * usage.cached + per_output * usage.out)


def ceiling_of(price: ModelPrice, messages: list[dict[str, str]], most_out: int) -> int:
    """What a call can cost at most, at the peak price with no prefix in any cache.

    A token is at least one byte of UTF-8, so there are no more tokens than bytes.
    """
    size = sum(len(message["content"].encode()) + OVERHEAD for message in messages)
    per_input, per_cached, per_output = (
        max(pair) for pair in zip(_rates(price, peak=True), _rates(price, peak=False), strict=True)
    )
    return _nano(max(per_input, per_cached) * size + per_output * most_out)


def is_peak(price: ModelPrice, moment: dt.datetime) -> bool:
    """Whether the peak prices hold at a moment: within the hours, on weekdays, UTC."""
    now = moment.astimezone(dt.UTC)
    if not price.peak_hours or now.weekday() >= SATURDAY:
        return False
    time = f"{now:%H:%M}"
    spans = (span.split("-") for span in price.peak_hours.split())
    return any(since <= time < until for since, until in spans)


def _rates(price: ModelPrice, *, peak: bool) -> tuple[Decimal, Decimal, Decimal]:
    usual = (price.input, price.cached_input, price.output)
    if not peak:
        return usual
    at_peak = (price.peak_input, price.peak_cached_input, price.peak_output)
    input_, cached, output = (
        high if high is not None else low for high, low in zip(at_peak, usual, strict=True)
    )
    return input_, cached, output


def _nano(dollars_per_million: Decimal) -> int:
    return int((dollars_per_million * _PER_TOKEN).to_integral_value(ROUND_CEILING))
