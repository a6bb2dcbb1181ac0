"""Language models for tests: the shipped ones are gone once a test has flushed the database."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from agents.models import LanguageModel, ModelPrice

NOWHERE = "http://127.0.0.1:9/v1"
"""An address at which nobody listens."""

PRICE: Mapping[str, Any] = {"input": "1", "cached_input": "0.1", "output": "2"}

PLENTY = {"concurrency": 200, "requests_per_minute": 100_000}
"""What holds nobody up at the gate."""


def language_model(
    *,
    name: str = "fake-chat",
    base_url: str = NOWHERE,
    price: Mapping[str, Any] | None = PRICE,
    **fields: Any,
) -> LanguageModel:
    """Make a model, with a price unless that is None; dollars per million tokens."""
    model = LanguageModel(
        **{
            "name": name,
            "provider": "Fake",
            "remote_name": "fake-chat",
            "base_url": base_url,
            **PLENTY,
            **fields,
        }
    )
    model.save()
    model.refresh_from_db()
    if price is not None:
        model_price(model, **price)
    return model


def model_price(model: LanguageModel, **fields: Any) -> ModelPrice:
    """Give a model a price, as the database keeps it."""
    given = {"since": dt.date(2026, 1, 1), "source": "made up", **PRICE, **fields}
    price = ModelPrice.objects.create(model=model, **given)
    price.refresh_from_db()
    return price
