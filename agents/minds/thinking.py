"""Thinking: one thought, turn by turn, until there is an answer or a reason to give up.

A model is asked once, once more if its answer cannot be read, and once more if what it chose cannot
be done. A call that the line or the endpoint failed is repeated once. Every call is paid for before
it is made.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from agents.minds import cassette, gate, preparing
from agents.minds.client import CallError, Clients, Said
from agents.minds.gate import Gate
from agents.minds.matter import ImpossibleReplyError, Messages, UnreadableReplyError
from agents.minds.preparing import Errand
from agents.minds.settling import Finished
from agents.provenance import StandIn

InDatabase = Callable[..., Awaitable[Any]]
"""Runs a function with these arguments where the database may be used."""

TURNS = 3
"""The answer, one repair, and one more try if the choice is impossible."""

OVERALL = 2.5
"""All turns together may take so many times what one call may."""

LEASE_BEYOND = 15
"""Seconds for which a place at the gate is kept beyond the time that a call may take."""


class Thinker:
    """Puts thoughts to models through clients and their gate."""

    def __init__(self, clients: Clients, gates: Gate, in_database: InDatabase) -> None:
        self._clients = clients
        self._gate = gates
        self._in_database = in_database

    async def think(self, errand: Errand) -> Finished:
        """All turns of a thought, within so many times what one call may take."""
        finished = Finished(errand, errand.messages)
        seconds = errand.model.timeout_seconds if errand.model else 1
        try:
            async with asyncio.timeout(seconds * OVERALL):
                return await self._take_turns(finished)
        except TimeoutError:
            return _failed(finished, CallError(StandIn.TIMEOUT, "all turns together took too long"))

    async def _take_turns(self, finished: Finished) -> Finished:
        errand = finished.errand
        repaired = refused = False
        for turn in range(TURNS):
            outcome = await self._outcome(finished, turn)
            if isinstance(outcome, CallError):
                return _failed(finished, outcome)
            finished.text, finished.reasoning = outcome.text, outcome.reasoning
            why, wrong = _judge(finished, outcome)
            if finished.answer is not None:
                return finished
            if repaired if why == StandIn.INVALID else refused:
                return _failed(finished, CallError(why, wrong))
            repaired, refused = (
                repaired or why == StandIn.INVALID,
                refused or why != StandIn.INVALID,
            )
            finished.messages = [*finished.messages, *_answer_back(errand, outcome, wrong)]
        return _failed(finished, CallError(why, wrong))

    async def _outcome(self, finished: Finished, turn: int) -> cassette.Outcome:
        """What a model says to the messages so far: from the cassette, or by wire."""
        errand, messages = finished.errand, finished.messages
        if errand.refused is not None:
            return errand.refused
        known = errand.known if turn == 0 else None
        if turn:
            known = await self._in_database(preparing.look_up, errand, messages, turn)
        if known is not None:
            errand.via = errand.via or "cassette"
            if isinstance(known, Said):
                errand.usage += known.usage
            return known
        outcome = await self._by_wire(errand, messages)
        finished.turns.append((turn, messages, outcome))
        return outcome

    async def _by_wire(self, errand: Errand, messages: Messages) -> cassette.Outcome:
        errand.via = "wire"
        outcome = await self._paid_call(errand, messages)
        if isinstance(outcome, CallError) and outcome.again:
            await asyncio.sleep(outcome.pause)
            outcome = await self._paid_call(errand, messages)
        return outcome

    async def _paid_call(self, errand: Errand, messages: Messages) -> cassette.Outcome:
        if not errand.funded:
            refused = await self._in_database(preparing.fund, errand, messages)
            if refused is not None:
                return refused
        model = errand.model
        assert model is not None
        deadline = time.monotonic() + model.timeout_seconds
        lease = model.timeout_seconds + LEASE_BEYOND
        while True:
            verdict, wait, token = await self._gate.admit(
                model, urgent=errand.urgent, lease_seconds=lease
            )
            if verdict == gate.ADMITTED:
                break
            if verdict == gate.OPEN:
                told = f"{model.name} failed too often; it is tried again in {wait:.0f} s"
                return CallError(StandIn.UNREACHABLE, told)
            if time.monotonic() + wait > deadline:
                return CallError(StandIn.TIMEOUT, f"no place at {model.name} in time")
            await asyncio.sleep(wait)
        how, pause = gate.UNKNOWN, 0.0
        # From here on the call may cost something, whatever becomes of it.
        errand.funded, errand.calls = False, errand.calls + 1
        errand.unpaid = errand.thought.reserved
        try:
            said = await self._clients.call(model, errand.key, messages, errand.matter.shape)
            how = gate.WELL
        except CallError as error:
            how, pause = (gate.BADLY if error.counts else gate.UNKNOWN), error.pause
            errand.unpaid = errand.thought.reserved if error.unseen else 0
            return error
        finally:
            await self._gate.leave(model, token, how, pause)
        # An endpoint that does not count leaves us with what the call may have cost at most.
        if said.usage.tokens_in or said.usage.out:
            errand.unpaid = preparing.cost(errand, said.usage)
        errand.usage += said.usage
        errand.seconds += said.seconds
        return said


def _judge(finished: Finished, said: Said) -> tuple[StandIn, str]:
    """Read the answer; why there is none (INVALID or IMPOSSIBLE), in words."""
    errand = finished.errand
    try:
        if said.finish == "length":
            raise UnreadableReplyError("the answer was cut off because it was too long")
        finished.answer = errand.matter.read(said.text, errand.thought, errand.voice, errand.asking)
    except UnreadableReplyError as error:
        return StandIn.INVALID, str(error)
    except ImpossibleReplyError as error:
        return StandIn.IMPOSSIBLE, str(error)
    return StandIn.INVALID, ""


def _answer_back(errand: Errand, said: Said, wrong: str) -> Messages:
    told = errand.voice.say(
        zh=f"这个回答不能用：{wrong} 请只用一个 JSON 对象重新回答。",
        en=f"That answer cannot be used: {wrong} Answer again with one JSON object only.",
    )
    # Some endpoints refuse a message without content.
    return [
        {"role": "assistant", "content": said.text.strip() or "…"},
        {"role": "user", "content": told},
    ]


def _failed(finished: Finished, error: CallError) -> Finished:
    finished.failure, finished.detail = error.why.name.lower(), error.detail
    return finished
