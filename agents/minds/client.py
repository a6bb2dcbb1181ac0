"""The client: one call to a model at an OpenAI-compatible endpoint, and all that can go wrong."""

import ssl
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx2
import openai
import structlog
from openai import AsyncOpenAI, DefaultAioHttpClient

from agents.minds.keys import base_url_of, without_secrets
from agents.minds.matter import Messages, Shape
from agents.minds.measures import CALL_SECONDS, CALLS, IN_FLIGHT
from agents.minds.prices import Usage
from agents.minds.replies import storable
from agents.models import LanguageModel
from agents.provenance import StandIn

logger = structlog.get_logger(__name__)

TOO_MANY, SERVER_ERROR = 429, 500

MOST_DETAIL = 400
"""Characters of an error that are kept."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a model said. finish: why it stopped. seconds: how long it took."""

    text: str
    reasoning: str
    finish: str
    usage: Usage
    seconds: float


class CallError(RuntimeError):
    """A call came to nothing. why: what instinct stands in for; detail: for people, no secrets.

    counts: whether the endpoint is to blame. again: whether to ask once more may help, after
    `pause` seconds. unseen: nobody saw the end of it, so it may have cost something.
    """

    def __init__(
        self,
        why: StandIn,
        detail: str,
        *,
        counts: bool = False,
        again: bool = False,
        pause: float = 0,
        unseen: bool = False,
    ) -> None:
        super().__init__(detail)
        self.why = why
        self.detail = storable(detail)
        self.counts = counts
        self.again = again
        self.pause = pause
        self.unseen = unseen


def request_of(model: LanguageModel, messages: Messages, shape: Shape) -> dict[str, Any]:
    """The body of a call; with the model's name it is all that the answer depends on.

    shape: of the answer.
    """
    body: dict[str, Any] = {
        "model": model.remote_name,
        "messages": messages,
        str(model.limit_parameter): model.max_output_tokens,
    }
    if model.temperature is not None:
        body["temperature"] = model.temperature
    match model.structure:
        case LanguageModel.Structure.JSON_SCHEMA:
            schema = {"name": shape.name, "strict": True, "schema": shape.schema}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        case LanguageModel.Structure.JSON_OBJECT:
            body["response_format"] = {"type": "json_object"}
    if model.extra_body:
        body["extra_body"] = model.extra_body
    return body


@dataclass
class Clients:
    """Clients by endpoint, for the length of one event loop; a context."""

    _open: dict[tuple[str, str], AsyncOpenAI] = field(default_factory=dict)

    async def __aenter__(self) -> "Clients":
        return self

    async def __aexit__(self, *error: object) -> None:
        for client in self._open.values():
            await client.close()

    async def call(self, model: LanguageModel, key: str, messages: Messages, shape: Shape) -> Said:
        """Ask a model for an answer of a shape. Raises CallError."""
        with IN_FLIGHT.track_inprogress():
            try:
                said = await self._call(model, key, messages, shape)
            except CallError as error:
                outcome = error.why.name.lower()
                CALLS.labels(model.name, outcome).inc()
                logger.info("model_asked", model=model.name, outcome=outcome)
                raise
        CALLS.labels(model.name, "answered").inc()
        CALL_SECONDS.labels(model.name).observe(said.seconds)
        logger.info(
            "model_asked",
            model=model.name,
            outcome="answered",
            seconds=round(said.seconds, 3),
            tokens_in=said.usage.tokens_in,
            tokens_out=said.usage.out,
        )
        return said

    async def _call(self, model: LanguageModel, key: str, messages: Messages, shape: Shape) -> Said:
        client = self._client(model, key)
        began = time.perf_counter()
        try:
            answer = await client.chat.completions.create(
                **request_of(model, messages, shape), timeout=model.timeout_seconds
            )
            choice = answer.choices[0]
            text, finish = choice.message.content or "", choice.finish_reason or ""
        except openai.OpenAIError as error:
            seconds = time.perf_counter() - began
            raise _failure(error, model, key, seconds) from None
        except (IndexError, AttributeError, TypeError, ValueError) as error:
            told = without_secrets(f"{type(error).__name__}: {error}", key)[:MOST_DETAIL]
            raise CallError(StandIn.INVALID, told, unseen=True) from None
        reasoning = getattr(choice.message, "reasoning_content", None)
        return Said(
            text=storable(text),
            reasoning=storable(reasoning) if isinstance(reasoning, str) else "",
            finish=finish,
            usage=_usage(answer.usage),
            seconds=time.perf_counter() - began,
        )

    def _client(self, model: LanguageModel, key: str) -> AsyncOpenAI:
        address = (base_url_of(model), key)
        if address not in self._open:
            self._open[address] = AsyncOpenAI(
                base_url=address[0],
                # The client insists on a key even where the endpoint wants none.
                api_key=key or "none",
                # Only the one who pays may ask twice.
                max_retries=0,
                http_client=DefaultAioHttpClient(verify=_trusted()),
            )
        return self._open[address]


@cache
def _trusted() -> ssl.SSLContext:
    """Whom to trust, read from the disk once: it takes longer than many a call."""
    return httpx2.create_ssl_context()


def _usage(told: Any) -> Usage:
    """Tokens as the endpoint counts them; what it does not say is 0."""
    inputs = getattr(told, "prompt_tokens_details", None)
    outputs = getattr(told, "completion_tokens_details", None)
    tokens_in = getattr(told, "prompt_tokens", None) or 0
    cached = getattr(inputs, "cached_tokens", None) or getattr(told, "prompt_cache_hit_tokens", 0)
    return Usage(
        tokens_in=tokens_in,
        cached=min(cached or 0, tokens_in),
        out=getattr(told, "completion_tokens", None) or 0,
        reasoning=getattr(outputs, "reasoning_tokens", None) or 0,
    )


def _failure(
    error: openai.OpenAIError, model: LanguageModel, key: str, seconds: float
) -> CallError:
    """What an error of the client means that came after so many seconds."""
    # A connection that breaks comes as a time-out too, but at once.
    if isinstance(error, openai.APITimeoutError) and seconds >= model.timeout_seconds * 0.9:
        told = f"no answer within {model.timeout_seconds} s"
        return CallError(StandIn.TIMEOUT, told, counts=True, unseen=True)
    if isinstance(error, openai.APIStatusError):
        told = without_secrets(f"{error.status_code}: {error.message}", key)[:MOST_DETAIL]
        busy = error.status_code == TOO_MANY
        return CallError(
            StandIn.UNREACHABLE,
            told,
            counts=not busy,
            again=busy or error.status_code >= SERVER_ERROR,
            pause=_retry_after(error) if busy else 0,
        )
    cause = error.__cause__ or error
    told = without_secrets(f"{type(cause).__name__}: {cause}", key)[:MOST_DETAIL]
    if isinstance(error, openai.APIConnectionError):
        # Where nobody was reached nothing was asked; where the line broke, it may have been.
        never_asked = isinstance(cause.__cause__ or cause, ConnectionRefusedError | OSError)
        return CallError(StandIn.UNREACHABLE, told, counts=True, again=True, unseen=not never_asked)
    return CallError(StandIn.INVALID, told, unseen=True)


def _retry_after(error: openai.APIStatusError) -> float:
    try:
        return min(max(float(error.response.headers.get("retry-after", "1")), 0), 60)
    except ValueError:
        return 1
