"""What goes wrong on purpose, as the client sees it."""

import asyncio
import time
from collections import Counter
from typing import Any

import openai
import orjson
import pytest
from openai import AsyncOpenAI

from agents.fake_llm.faults import NOT_OFFERED, Deck, FaultError, shares_from, spoilt
from agents.fake_llm.running import FakeModel
from agents.fake_llm.tests.asking import EXAMPLE, answer, chat, content, prompt, using


def test_too_many_requests_are_told_to_wait(model: FakeModel) -> None:
    model.control(**{"429": 1})
    with pytest.raises(openai.RateLimitError) as caught:
        chat(model)
    assert caught.value.response.headers["Retry-After"] == "1"


def test_a_client_that_tries_again_comes_through(model: FakeModel) -> None:
    model.control(**{"429": 0.5})
    completions = [
        using(
            model,
            lambda client: client.chat.completions.create(model="fake-chat", messages=prompt()),
            max_retries=10,
        )
        for _ in range(2)
    ]
    assert all(completion.choices for completion in completions)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("500", openai.InternalServerError),
        ("unauthorized", openai.AuthenticationError),
        ("dropped", openai.APIConnectionError),
    ],
)
def test_a_call_that_fails_raises_what_the_client_has_for_it(
    model: FakeModel, fault: str, error: type[Exception]
) -> None:
    model.control(**{fault: 1})
    began = time.monotonic()
    with pytest.raises(error):
        chat(model, timeout=20)
    assert time.monotonic() - began < 5
    counters = model.counters()
    assert counters["by_fault"] == {fault: 1}
    assert counters["abandoned"] == counters["in_flight"] == 0
    assert counters["answered"] == (fault != "dropped")


def test_a_call_that_is_never_answered_is_abandoned_by_its_client(model: FakeModel) -> None:
    model.control(timeout=1)
    with pytest.raises(openai.APITimeoutError):
        chat(model, timeout=0.3)
    counters = model.counters()
    assert (counters["abandoned"], counters["answered"], counters["in_flight"]) == (1, 0, 0)
    assert counters["by_fault"] == {"timeout": 1}


def test_a_call_may_be_slow_to_begin(model: FakeModel) -> None:
    model.control(slow_first_byte=1, slow=0.4)
    began = time.monotonic()
    assert answer(model)["plan"]
    assert time.monotonic() - began >= 0.4


def test_content_may_be_broken(model: FakeModel) -> None:
    model.control(malformed=1)
    with pytest.raises(orjson.JSONDecodeError):
        answer(model)


def test_content_may_be_blanks(model: FakeModel) -> None:
    model.control(blank=1)
    said = content(chat(model))
    assert said
    assert not said.strip()


def test_content_may_be_of_another_shape(model: FakeModel) -> None:
    model.control(wrong_schema=1)
    assert not set(EXAMPLE) & set(answer(model))


def test_choices_may_be_none_that_were_offered(model: FakeModel) -> None:
    model.control(impossible=1)
    reply = answer(model)
    assert {step["choice"] for step in reply["plan"]} == {NOT_OFFERED}
    assert set(reply) == set(EXAMPLE)


def test_lists_may_be_empty(model: FakeModel) -> None:
    model.control(empty=1)
    assert answer(model)["plan"] == []
    assert answer(model, prompt(system="Be brief.")) == {"items": []}


@pytest.mark.parametrize("value", [{}, {"a": 1}, [1], "a sentence"])
def test_what_is_malformed_is_never_json(value: Any) -> None:
    with pytest.raises(orjson.JSONDecodeError):
        orjson.loads(spoilt("malformed", value))


def test_embeddings_have_no_content_to_spoil(model: FakeModel) -> None:
    model.control(blank=0.5, malformed=0.5)
    using(model, lambda client: client.embeddings.create(model="fake-chat", input="a"))
    assert model.counters()["by_fault"] == {}
    model.control(**{"500": 1})
    with pytest.raises(openai.InternalServerError):
        using(model, lambda client: client.embeddings.create(model="fake-chat", input="a"))


def test_shares_hold_in_every_hundred_calls(model: FakeModel) -> None:
    model.control(blank=0.25, **{"429": 0.1})

    async def ask(client: AsyncOpenAI) -> None:
        calls = [
            client.chat.completions.create(model="fake-chat", messages=prompt()) for _ in range(100)
        ]
        await asyncio.gather(*calls, return_exceptions=True)

    using(model, ask)
    assert model.counters()["by_fault"] == {"blank": 25, "429": 10}


def test_small_shares_hold_in_the_long_run() -> None:
    deck = Deck({"500": 0.002, "429": 0.003}, seed=1)
    dealt = Counter(deck.deal() for _ in range(20_000))
    assert dealt["500"] == pytest.approx(40, abs=20)
    assert dealt["429"] == pytest.approx(60, abs=25)


def test_the_same_seed_deals_the_same_faults() -> None:
    first, second, other = (Deck({"500": 0.3}, seed) for seed in (1, 1, 2))
    dealt = [first.deal() for _ in range(200)]
    assert [second.deal() for _ in range(200)] == dealt
    assert [other.deal() for _ in range(200)] != dealt


def test_what_a_post_does_not_name_goes_right(model: FakeModel) -> None:
    assert model.control(timeout=0.2, latency=0.5)["timeout"] == 0.2
    assert model.control(blank=0.1) == {"latency": 0.5, "spread": 0.5, "slow": 10, "blank": 0.1}
    assert model.settings() == {"latency": 0.5, "spread": 0.5, "slow": 10, "blank": 0.1}


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"tiemout": 0.5}, "there is no fault 'tiemout'; there are: 429, 500"),
        ({"timeout": 1.5}, "the share of timeout must be a number from 0 to 1"),
        ({"timeout": "often"}, "the share of timeout must be a number"),
        ({"timeout": 0.6, "blank": 0.6}, "must not be more than 1 together"),
        ({"latency": -1}, "latency must be a number, at least 0"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_and_changes_nothing(
    model: FakeModel, wanted: dict[str, Any], said: str
) -> None:
    before = model.control(blank=0.1)
    with pytest.raises(ValueError, match=said):
        model.control(**wanted)
    assert model.settings() == before


@pytest.mark.parametrize("argument", ["timeout", "timeout=", "timeout=x", "timeout=nan", "=0.1"])
def test_a_fault_that_nobody_can_read_is_refused(argument: str) -> None:
    with pytest.raises(FaultError):
        shares_from([argument])
