"""Addresses, keys, counters, embeddings."""

import asyncio
import time
import urllib.error
import urllib.request
from typing import Any

import numpy as np
import openai
import orjson
import pytest
from openai import AsyncOpenAI

from agents.fake_llm.running import FakeModel, fake_llm
from agents.fake_llm.tests.asking import chat, prompt, using


def posted(url: str, body: bytes, **headers: str) -> tuple[int, Any]:
    request = urllib.request.Request(
        url, body, {"Content-Type": "application/json", **headers}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.status, orjson.loads(reply.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, orjson.loads(error.read())


def test_models_are_listed(model: FakeModel) -> None:
    async def ask(client: AsyncOpenAI) -> list[str]:
        return [one.id async for one in client.models.list()]

    assert using(model, ask) == ["fake-chat", "fake-reasoner"]


def test_it_answers_to_any_name_unless_it_is_told_its_models(model: FakeModel) -> None:
    assert chat(model, model="gpt-somebody").model == "gpt-somebody"
    with fake_llm(model=["a"]) as strict, pytest.raises(openai.NotFoundError) as caught:
        chat(strict, model="gpt-nobody")
    assert caught.value.code == "model_not_found"
    assert "gpt-nobody" in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"model": 1}',
        b'{"model": "fake-chat"}',
        b'{"model": "fake-chat", "messages": []}',
        b'{"model": "fake-chat", "messages": ["hello"]}',
        b'{"model": "fake-chat", "messages": [{"role": "user", "content": 7}]}',
        b'{"model": "fake-chat", "messages": [{"role": "user"}], "max_tokens": 0}',
        b'{"model": "fake-chat", "messages": [{"role": "user"}], "response_format": "json"}',
        b'{"model": "fake-chat", "messages": [{"role": "user"}], "stream_options": 1}',
    ],
)
def test_a_body_that_cannot_be_understood_is_refused(model: FakeModel, body: bytes) -> None:
    status, refusal = posted(f"{model.base_url}/chat/completions", body)
    assert status == 400
    assert set(refusal["error"]) == {"message", "type", "param", "code"}


def test_an_unknown_address_is_not_found_in_the_same_shape(model: FakeModel) -> None:
    status, refusal = posted(f"{model.base_url}/responses", b"{}")
    assert (status, refusal["error"]["message"]) == (404, "Invalid URL (POST /v1/responses)")


def test_a_server_with_options_of_its_own() -> None:
    schema: Any = {"type": "json_schema", "json_schema": {"name": "s", "schema": {}}}
    options: dict[str, Any] = {"model": ["a", "b"], "key": "right", "dimensions": 12}
    with fake_llm(**options, refuse_schema=True, latency=0.2, spread=0) as model:
        parameters: dict[str, Any] = {"model": "a", "messages": prompt()}
        with pytest.raises(openai.AuthenticationError) as caught:
            using(model, lambda c: c.chat.completions.create(**parameters), api_key="wrong-secret")
        assert "wrong-secret" not in caught.value.response.text
        assert "wrong-secret" not in orjson.dumps(model.requests()).decode()

        async def ask(client: AsyncOpenAI) -> None:
            assert [one.id async for one in client.models.list()] == ["a", "b"]
            began = time.monotonic()
            assert (await client.chat.completions.create(**parameters)).choices
            assert 0.2 <= time.monotonic() - began < 2
            embedded = await client.embeddings.create(model="b", input="x")
            assert len(embedded.data[0].embedding) == 12
            with pytest.raises(openai.BadRequestError, match="type is unavailable now"):
                await client.chat.completions.create(**parameters, response_format=schema)

        using(model, ask, api_key="right")


def test_embeddings_are_unit_vectors_of_what_is_embedded(model: FakeModel) -> None:
    async def ask(client: AsyncOpenAI) -> list[Any]:
        return [
            await client.embeddings.create(model="fake-chat", **parameters)
            for parameters in (
                {"input": ["one", "two", "one"]},
                {"input": "one", "encoding_format": "float"},
                {"input": "one", "dimensions": 64},
                {"input": [1, 2, 3]},
            )
        ]

    batch, floats, short, of_tokens = using(model, ask)
    one, two, again = (np.array(item.embedding) for item in batch.data)
    assert one.shape == (256,)
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-5)
    assert abs(one @ two) < 0.3
    assert (one == again).all()
    assert floats.data[0].embedding == pytest.approx(one.tolist(), abs=1e-6)
    assert short.data[0].embedding == pytest.approx(
        (one[:64] / np.linalg.norm(one[:64])).tolist(), abs=1e-5
    )
    assert len(of_tokens.data) == 1
    assert batch.usage.total_tokens == 3


@pytest.mark.parametrize(
    "wanted", [{"input": []}, {"input": ["a", ""]}, {"input": "a", "dimensions": 5_000}]
)
def test_what_cannot_be_embedded_is_refused(model: FakeModel, wanted: dict[str, Any]) -> None:
    with pytest.raises(openai.BadRequestError):
        using(model, lambda client: client.embeddings.create(model="fake-chat", **wanted))


def test_calls_in_flight_are_counted(model: FakeModel) -> None:
    model.control(latency=0.5, spread=0)

    async def ask(client: AsyncOpenAI) -> None:
        calls = [
            client.chat.completions.create(model="fake-chat", messages=prompt(f"Number {n}"))
            for n in range(100)
        ]
        await asyncio.gather(*calls)

    using(model, ask)
    counters = model.counters()
    assert counters["requests"] == counters["answered"] == 100
    assert counters["by_model"] == {"fake-chat": 100}
    assert counters["most_in_flight"] == 100
    assert counters["in_flight"] == counters["abandoned"] == 0
    assert counters["concurrent_seconds"] >= 50


def test_counters_begin_again(model: FakeModel) -> None:
    chat(model)
    assert model.counters()["requests"] == len(model.requests()) == 1
    model.reset()
    counters = model.counters()
    assert model.requests() == []
    assert not any(counters.values())


def test_latency_varies_between_repeats_and_stays_below_its_cap(model: FakeModel) -> None:
    from agents.fake_llm.behaviour import Behaviour

    behaviour = Behaviour(seed=1, latency=1.0, spread=0.5)
    delays = sorted(behaviour.next_delay(b"request") for _ in range(2_001))
    assert delays[1_000] == pytest.approx(1, rel=0.1)
    assert delays[1_682] / delays[1_000] == pytest.approx(2.718**0.5, rel=0.1)
    assert Behaviour(seed=1, latency=1.0, spread=1e6).next_delay(b"unlucky") <= 60


def test_the_last_requests_can_be_looked_at(model: FakeModel) -> None:
    async def ask(client: AsyncOpenAI) -> None:
        for number in range(205):
            await client.chat.completions.create(
                model="fake-chat", messages=prompt(f"{number}"), extra_headers={"X-Told": "nobody"}
            )

    using(model, ask)
    assert len(model.requests()) == 200
    asked = [body["messages"][1]["content"] for body in model.requests(last=2)]
    assert asked == ["203", "204"]
    assert "nobody" not in str(model.requests())
    assert model.requests(last=0) == []
