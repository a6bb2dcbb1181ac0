"""Language models for the laws: rows that lead to a fake model on a socket."""

import random
from typing import Any

from agents.fake_llm.running import FakeModel
from agents.models import LanguageModel
from agents.tests.models import language_model


def model_at(fake: FakeModel, **fields: Any) -> LanguageModel:
    """A model whose endpoint is the fake one; every call costs something."""
    known: dict[str, Any] = {
        # What is known at the gate of a model outlives the database of a test.
        "code": random.SystemRandom().randrange(1000, 2**15),
        "base_url": fake.base_url,
        "structure": "json_object",
        "timeout_seconds": 20,
        "max_output_tokens": 1000,
    }
    return language_model(**known | fields)
