"""Replies that come in pieces."""

from typing import Any

from openai import AsyncOpenAI

from agents.fake_llm.running import FakeModel
from agents.fake_llm.tests.asking import chat, prompt, using


def streamed(fake: FakeModel, **parameters: Any) -> list[Any]:
    async def ask(client: AsyncOpenAI) -> list[Any]:
        stream = await client.chat.completions.create(
            messages=prompt(), stream=True, **{"model": "fake-chat"} | parameters
        )
        return [chunk async for chunk in stream]

    return using(fake, ask)


def joined(chunks: list[Any], name: str) -> str:
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    return "".join(getattr(delta, name, None) or "" for delta in deltas)


def test_a_stream_says_what_the_whole_reply_says(model: FakeModel) -> None:
    whole = chat(model, model="fake-reasoner").choices[0].message
    chunks = streamed(model, model="fake-reasoner")
    assert len(chunks) > 5
    assert joined(chunks, "content") == whole.content
    assert joined(chunks, "reasoning_content") == whole.reasoning_content
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert {chunk.usage for chunk in chunks} == {None}


def test_a_stream_tells_its_usage_at_the_end_if_asked(model: FakeModel) -> None:
    whole = chat(model)
    *chunks, last = streamed(model, stream_options={"include_usage": True})
    assert last.choices == []
    assert last.usage.completion_tokens == whole.usage.completion_tokens
    assert last.usage.prompt_tokens == whole.usage.prompt_tokens
    assert joined(chunks, "content") == whole.choices[0].message.content


def test_a_stream_whose_reply_is_cut_says_so(model: FakeModel) -> None:
    chunks = streamed(model, max_tokens=3)
    assert chunks[-1].choices[0].finish_reason == "length"
    assert len(joined(chunks, "content")) == 12


def test_a_stream_is_counted_as_one_call(model: FakeModel) -> None:
    streamed(model)
    counters = model.counters()
    assert (counters["requests"], counters["answered"], counters["in_flight"]) == (1, 1, 0)
