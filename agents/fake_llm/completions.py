"""Completions: a reply in OpenAI's form, whole or as a stream.

A model with `reason` in its name also says what it thought, as DeepSeek's do. The same reply has
the same id and, since nothing here hangs on time, the same instant of creation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from agents.fake_llm.usage import BYTES_PER_TOKEN, tokens_of, usage_of

CREATED = 1_767_225_600
PIECE = 24
"""Characters of a chunk of a stream."""
END_OF_STREAM = b"data: [DONE]\n\n"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said. reasoning: None if it does not reason. usage: OpenAI's object."""

    id: str
    model: str
    content: str
    reasoning: str | None
    finish_reason: str
    usage: dict[str, Any]


def reply_of(
    *,
    model: str,
    digest: bytes,
    content: str,
    reasoning: str | None,
    limit: int | None,
    prompt_tokens: int,
    cached_tokens: int,
) -> Reply:
    """A reply that keeps to its limit of tokens; what is thought uses up the limit first."""
    said = content.encode()
    thought = (reasoning or "").encode()
    cut = limit is not None and tokens_of(len(thought)) + tokens_of(len(said)) > limit
    if limit is not None and cut:
        room = limit * BYTES_PER_TOKEN
        thought = _cut(thought, room)
        said = _cut(said, (room - len(thought)) // BYTES_PER_TOKEN * BYTES_PER_TOKEN)
    reasoning_tokens = tokens_of(len(thought))
    return Reply(
        id=f"chatcmpl-{digest.hex()[:24]}",
        model=model,
        content=said.decode(),
        reasoning=None if reasoning is None else thought.decode(),
        finish_reason="length" if cut else "stop",
        usage=usage_of(
            prompt=prompt_tokens,
            cached=cached_tokens,
            completion=max(1, reasoning_tokens + tokens_of(len(said))),
            reasoning=reasoning_tokens,
        ),
    )


def whole(reply: Reply) -> bytes:
    """The body of an answer that is no stream."""
    message: dict[str, Any] = {"role": "assistant", "content": reply.content, "refusal": None}
    if reply.reasoning is not None:
        message["reasoning_content"] = reply.reasoning
    return orjson.dumps(
        {
            "id": reply.id,
            "object": "chat.completion",
            "created": CREATED,
            "model": reply.model,
            "choices": [
                {
                    "index": 0,
                    "message": message,
                    "logprobs": None,
                    "finish_reason": reply.finish_reason,
                }
            ],
            "usage": reply.usage,
        }
    )


def streamed(reply: Reply, *, with_usage: bool) -> Iterator[bytes]:
    """The events of a stream, to its end."""
    yield _chunk(reply, {"role": "assistant", "content": ""})
    for piece in _pieces(reply.reasoning or ""):
        yield _chunk(reply, {"reasoning_content": piece})
    for piece in _pieces(reply.content):
        yield _chunk(reply, {"content": piece})
    yield _chunk(reply, {}, finish_reason=reply.finish_reason)
    if with_usage:
        yield _event(reply, {"choices": [], "usage": reply.usage})
    yield END_OF_STREAM


def _chunk(reply: Reply, delta: Mapping[str, Any], finish_reason: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
    return _event(reply, {"choices": [choice]})


def _event(reply: Reply, part: Mapping[str, Any]) -> bytes:
    event = {
        "id": reply.id,
        "object": "chat.completion.chunk",
        "created": CREATED,
        "model": reply.model,
        **part,
    }
    return b"data: " + orjson.dumps(event) + b"\n\n"


def _pieces(text: str) -> Iterator[str]:
    return (text[at : at + PIECE] for at in range(0, len(text), PIECE))


def _cut(text: bytes, size: int) -> bytes:
    """At most so many bytes of it, in whole characters."""
    return text[:size].decode(errors="ignore").encode()
