"""The status of memory: by whose vectors it is searched."""

from typing import Any

from django.core.cache import cache

from agents.remembering import embedder
from agents.remembering.reader import FAILURE
from memory.models import Embedder, ModelVector
from world.models import World
from world.stage import Stage


def memory_status(stage: Stage, world: World) -> dict[str, Any]:
    """What the status of a world tells of its memory.

    embedding_model: none where everything is found by the lexical vectors. state: off, waiting
    until the model has read something, failing while it cannot, or reading.
    """
    model = embedder.model()
    return {
        "memory": {
            "embedder": Embedder.LEXICAL,
            "embedding_model": model or None,
            "state": _state(model),
        }
    }


def _state(model: str) -> str:
    if not model:
        return "off"
    if cache.get(FAILURE):
        return "failing"
    has_read = ModelVector.objects.filter(embedder__name=model).exists()
    return "reading" if has_read else "waiting"
