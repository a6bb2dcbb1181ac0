"""The gate before a model: places, minutes, and the circuit breaker, on a real Valkey."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from agents.minds import gate
from agents.minds.gate import ADMITTED, BADLY, OPEN, UNKNOWN, WAIT, WELL, Gate, GateState
from agents.models import LanguageModel

T = TypeVar("T")

LEASE = 5.0

pytestmark = pytest.mark.usefixtures("fresh_gate")


@pytest.fixture(autouse=True)
def short_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "OPEN_SECONDS", 0.3)
    monkeypatch.setattr(gate, "OPEN_SECONDS_AT_MOST", 1.0)


def model_with(code: int = 901, **fields: int) -> LanguageModel:
    """A model that is in no database: the gate needs none."""
    limits = {"concurrency": 20, "requests_per_minute": 100_000} | fields
    return LanguageModel(name=f"model-{code}", code=code, **limits)


def at_gate(work: Callable[[Gate], Awaitable[T]]) -> T:
    async def run() -> T:
        async with Gate() as gates:
            return await work(gates)

    return asyncio.run(run())


def state(model: LanguageModel) -> GateState:
    with gate.shared() as connection:
        return gate.state_of(model, connection)


async def admitted(gates: Gate, model: LanguageModel, *, urgent: bool = False) -> str:
    """The token of somebody who must get in."""
    verdict, wait, token = await gates.admit(model, urgent=urgent, lease_seconds=LEASE)
    assert (verdict, wait) == (ADMITTED, 0)
    assert token
    return token


async def verdict_of(gates: Gate, model: LanguageModel, *, urgent: bool = False) -> int:
    """What somebody is told who gives the place back at once, with no news."""
    verdict, wait, token = await gates.admit(model, urgent=urgent, lease_seconds=LEASE)
    if verdict == ADMITTED:
        await gates.leave(model, token, UNKNOWN)
    else:
        assert wait > 0
        assert token == ""
    return verdict


async def fail(gates: Gate, model: LanguageModel, times: int) -> None:
    for _ in range(times):
        await gates.leave(model, await admitted(gates, model), BADLY)


def test_no_more_than_the_limit_are_in_flight_of_200_who_ask_at_once() -> None:
    model = model_with()
    inside = most = 0

    async def call(gates: Gate, number: int) -> None:
        nonlocal inside, most
        while True:
            verdict, wait, token = await gates.admit(
                model, urgent=number % 2 == 0, lease_seconds=LEASE
            )
            if verdict == ADMITTED:
                break
            await asyncio.sleep(wait)
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.01)
        inside -= 1
        await gates.leave(model, token, WELL)

    async def run(gates: Gate) -> None:
        await asyncio.gather(*(call(gates, number) for number in range(200)))

    at_gate(run)
    assert most == 20
    assert state(model).in_flight == 0


def test_a_quarter_of_the_places_is_kept_for_what_is_urgent() -> None:
    model = model_with()

    async def run(gates: Gate) -> None:
        for _ in range(15):
            await admitted(gates, model)
        assert await verdict_of(gates, model) == WAIT
        for _ in range(5):
            await admitted(gates, model, urgent=True)
        assert await verdict_of(gates, model, urgent=True) == WAIT

    at_gate(run)
    assert state(model).in_flight == 20


@pytest.mark.parametrize(("limit", "routine"), [(1, 1), (2, 1), (3, 2), (4, 3), (8, 6)])
def test_a_small_gate_lets_routine_calls_in_too(limit: int, routine: int) -> None:
    model = model_with(concurrency=limit)

    async def run(gates: Gate) -> int:
        count = 0
        while await verdict_of(gates, model) == ADMITTED:
            await admitted(gates, model)
            count += 1
        return count

    assert at_gate(run) == routine


def test_models_do_not_share_a_gate() -> None:
    one, other = model_with(901, concurrency=1), model_with(902, concurrency=1)

    async def run(gates: Gate) -> None:
        await admitted(gates, one)
        assert await verdict_of(gates, one) == WAIT
        assert await verdict_of(gates, other) == ADMITTED

    at_gate(run)


def test_no_more_calls_begin_in_a_minute_than_may() -> None:
    model = model_with(requests_per_minute=7)

    async def run(gates: Gate) -> tuple[int, float, str]:
        for _ in range(7):
            await gates.leave(model, await admitted(gates, model), WELL)
        return await gates.admit(model, urgent=True, lease_seconds=LEASE)

    verdict, wait, _ = at_gate(run)
    assert verdict == WAIT
    assert 50 < wait <= 60


def test_the_place_of_a_dead_worker_is_free_after_its_lease() -> None:
    model = model_with(concurrency=1)

    async def run(gates: Gate) -> None:
        await gates.admit(model, urgent=True, lease_seconds=0.3)
        assert await verdict_of(gates, model) == WAIT
        await asyncio.sleep(0.35)
        await admitted(gates, model)

    at_gate(run)
    assert state(model).in_flight == 1


def test_the_breaker_opens_after_five_failures_in_a_row_and_not_before() -> None:
    model = model_with()

    async def run(gates: Gate) -> None:
        await fail(gates, model, 4)
        await gates.leave(model, await admitted(gates, model), WELL)
        await fail(gates, model, 4)
        await gates.leave(model, await admitted(gates, model), UNKNOWN)
        assert await verdict_of(gates, model) == ADMITTED
        assert state(model) == GateState(in_flight=0, open_for=0, failing=4)
        await fail(gates, model, 1)
        verdict, wait, token = await gates.admit(model, urgent=True, lease_seconds=LEASE)
        assert (verdict, token) == (OPEN, "")
        assert 0 < wait <= 0.3

    at_gate(run)
    assert state(model).failing == 5


async def until_half_open(gates: Gate, model: LanguageModel) -> float:
    """Wait until the breaker lets somebody try; returns how long it said it would be open."""
    span = state(model).open_for
    assert await verdict_of(gates, model, urgent=True) == OPEN
    await asyncio.sleep(span + 0.02)
    return span


def test_of_all_who_wait_before_an_open_breaker_one_may_try() -> None:
    model = model_with()

    async def run(gates: Gate) -> list[int]:
        await fail(gates, model, 5)
        await until_half_open(gates, model)
        tries = [gates.admit(model, urgent=True, lease_seconds=LEASE) for _ in range(50)]
        return [verdict for verdict, *_ in await asyncio.gather(*tries)]

    verdicts = at_gate(run)
    assert verdicts.count(ADMITTED) == 1
    assert verdicts.count(OPEN) == 49


def test_the_state_can_be_seen_while_somebody_tries() -> None:
    model = model_with()

    async def run(gates: Gate) -> GateState:
        await fail(gates, model, 5)
        await until_half_open(gates, model)
        await admitted(gates, model)
        return state(model)

    assert at_gate(run) == GateState(in_flight=1, open_for=0, failing=5)


def test_the_breaker_closes_when_the_try_went_well() -> None:
    model = model_with()

    async def run(gates: Gate) -> None:
        await fail(gates, model, 5)
        await until_half_open(gates, model)
        await gates.leave(model, await admitted(gates, model), WELL)
        for _ in range(10):
            await admitted(gates, model)
        await fail(gates, model, 4)
        assert await verdict_of(gates, model) == ADMITTED, "failures are counted anew"

    at_gate(run)


def test_the_breaker_stays_open_twice_as_long_with_each_try_that_failed_up_to_the_most() -> None:
    model = model_with()

    async def run(gates: Gate) -> list[float]:
        await fail(gates, model, 5)
        spans = []
        for _ in range(4):
            spans.append(await until_half_open(gates, model))
            await fail(gates, model, 1)
        return spans

    assert at_gate(run) == pytest.approx([0.3, 0.6, 1.0, 1.0], abs=0.05)


def test_a_try_that_brought_no_news_leaves_the_next_one_to_another() -> None:
    model = model_with()

    async def run(gates: Gate) -> None:
        await fail(gates, model, 5)
        await until_half_open(gates, model)
        token = await admitted(gates, model)
        assert await verdict_of(gates, model) == OPEN
        await gates.leave(model, token, UNKNOWN)
        await admitted(gates, model)

    at_gate(run)


def test_a_try_by_a_worker_that_died_is_over_after_its_lease() -> None:
    model = model_with()

    async def run(gates: Gate) -> None:
        await fail(gates, model, 5)
        await until_half_open(gates, model)
        await gates.admit(model, urgent=False, lease_seconds=0.2)
        assert await verdict_of(gates, model) == OPEN
        await asyncio.sleep(0.25)
        await admitted(gates, model)

    at_gate(run)


def test_a_call_from_before_does_not_let_a_second_one_try() -> None:
    """Calls that began before the breaker opened end while somebody tries; that is no news."""
    model = model_with()

    async def run(gates: Gate) -> None:
        old = await admitted(gates, model)
        await fail(gates, model, 5)
        await until_half_open(gates, model)
        await admitted(gates, model)
        await gates.leave(model, old, UNKNOWN)
        assert await verdict_of(gates, model) == OPEN

    at_gate(run)


def test_nobody_is_let_in_while_the_endpoint_wants_a_pause() -> None:
    model = model_with()

    async def run(gates: Gate) -> None:
        await gates.leave(model, await admitted(gates, model), UNKNOWN, pause_seconds=0.3)
        verdict, wait, _ = await gates.admit(model, urgent=True, lease_seconds=LEASE)
        assert verdict == WAIT
        assert 0.2 < wait <= 0.3
        await asyncio.sleep(0.35)
        await admitted(gates, model)

    at_gate(run)
    assert state(model).open_for == 0, "being busy is no failure"


def test_a_pause_holds_even_if_a_call_from_before_goes_well() -> None:
    model = model_with()

    async def run(gates: Gate) -> None:
        old = await admitted(gates, model)
        await gates.leave(model, await admitted(gates, model), UNKNOWN, pause_seconds=5)
        await gates.leave(model, old, WELL)
        assert await verdict_of(gates, model) == WAIT

    at_gate(run)
