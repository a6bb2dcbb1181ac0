"""Language models for the laws: rows that lead to a fake model on a socket."""

import random
from typing import Any

from agents.fake_llm.running import FakeModel
from agents.models import LanguageModel, ModelPrice


def model_at(fake: FakeModel, **fields: Any) -> LanguageModel:
    """A model whose endpoint is the fake one, with a price; every call costs something."""
    known: dict[str, Any] = {
        # What is known at the gate of a model outlives the database of a test.
        "code": random.SystemRandom().randrange(1000, 2**15),
        "name": "fake",
        "provider": "fake",
        "remote_name": "fake-chat",
        "base_url": fake.base_url,
        "structure": "json_object",
        "concurrency": 256,
        "requests_per_minute": 100_000,
        "timeout_seconds": 20,
        "max_output_tokens": 1000,
    }
    model = LanguageModel.objects.create(**known | fields)
    ModelPrice.objects.create(
        model=model, since="2020-01-01", input=1, cached_input="0.1", output=2, source="a test"
    )
    return model
