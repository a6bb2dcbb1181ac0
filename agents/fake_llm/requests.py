"""Requests as they come: parsed and checked before anything is answered."""

from collections.abc import Mapping
from typing import Any

import orjson

from agents.fake_llm.refusals import RefusalError, unknown_model

MOST_DIMENSIONS = 4_096


def parsed(raw: bytes, models: tuple[str, ...] | None) -> dict[str, Any]:
    """The body, if it is an object and names one of the models (None: any). Raises RefusalError."""
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        raise RefusalError(400, "We could not parse the JSON body of your request.")
    model = body.get("model")
    if not isinstance(model, str):
        raise RefusalError(400, "you must provide a model parameter", param="model")
    if models is not None and model not in models:
        raise unknown_model(model)
    return body


def check_chat(body: Mapping[str, Any]) -> None:
    """Raises RefusalError if a chat completion cannot be made of this."""
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        raise _invalid("messages", "a list of at least one message")
    for message in messages:
        if not isinstance(message, dict) or not isinstance(message.get("role"), str):
            raise _invalid("messages", "a list of objects with a role")
        if not isinstance(message.get("content"), str | list | None):
            raise _invalid("messages", "a list of objects whose content is text or parts")
    _check_format(body.get("response_format"))
    options = body.get("stream_options")
    if options is not None and not isinstance(options, dict):
        raise _invalid("stream_options", "an object")


def token_limit(body: Mapping[str, Any]) -> int | None:
    """The most tokens that a completion may have, if it says so. Raises RefusalError."""
    limits = []
    for name in ("max_tokens", "max_completion_tokens"):
        limit = body.get(name)
        if limit is not None:
            limits.append(_positive(name, limit))
    return min(limits, default=None)


def embedding_inputs(body: Mapping[str, Any]) -> list[bytes]:
    """What is to be embedded: texts or lists of token numbers, as bytes. Raises RefusalError."""
    given = body.get("input")
    is_tokens = isinstance(given, list) and bool(given) and isinstance(given[0], int)
    inputs = given if isinstance(given, list) and not is_tokens else [given]
    if not inputs or not all(isinstance(one, str | list) and one for one in inputs):
        raise _invalid("input", "text, or a list of texts, none of them empty")
    return [one.encode() if isinstance(one, str) else orjson.dumps(one) for one in inputs]


def dimensions_of(body: Mapping[str, Any], default: int) -> int:
    """How long the vectors shall be. Raises RefusalError."""
    dimensions = body.get("dimensions")
    if dimensions is None:
        return default
    if _positive("dimensions", dimensions) > MOST_DIMENSIONS:
        raise _invalid("dimensions", f"at most {MOST_DIMENSIONS}")
    return int(dimensions)


def _check_format(response_format: Any) -> None:
    if response_format is None:
        return
    if not isinstance(response_format, dict):
        raise _invalid("response_format", "an object")
    if response_format.get("type") == "json_schema":
        named = response_format.get("json_schema")
        if not isinstance(named, dict) or not isinstance(named.get("schema"), dict):
            raise _invalid("response_format.json_schema", "an object with a schema")


def _positive(name: str, number: Any) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise _invalid(name, "a whole number, at least 1")
    return number


def _invalid(param: str, wanted: str) -> RefusalError:
    return RefusalError(400, f"Invalid '{param}': expected {wanted}.", param=param)
