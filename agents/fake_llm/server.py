"""The server: OpenAI's addresses under /v1, and those by which a test looks at it and steers it.

POST /v1/chat/completions   POST /v1/embeddings   GET /v1/models
GET, POST /control          the shares of faults; what a POST does not name goes right
GET /counters               POST /counters/reset
GET /requests?last=N        the last bodies of requests, oldest first, never their headers
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn

import orjson
from aiohttp import web

from agents.fake_llm import completions, refusals
from agents.fake_llm.behaviour import Behaviour, Options
from agents.fake_llm.counters import Counters, DroppedError
from agents.fake_llm.embeddings import embeddings_of
from agents.fake_llm.faults import IN_THE_CONTENT, FaultError, spoilt
from agents.fake_llm.prompts import read_prompt
from agents.fake_llm.refusals import RefusalError
from agents.fake_llm.replies import answer_to, digest_of, reasoning_for
from agents.fake_llm.requests import (
    check_chat,
    dimensions_of,
    embedding_inputs,
    parsed,
    token_limit,
)
from agents.fake_llm.schemas import SchemaError
from agents.fake_llm.usage import PrefixCache, tokens_of

REMEMBERED = 200
"""Bodies of requests that are kept."""
LARGEST = 16 * 2**20
"""Bytes of a request."""
HELD = 120.0
"""Seconds that a call that times out is held, if its client does not leave."""

STREAM_HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache"}

Body = dict[str, Any]
Answer = Callable[[web.Request, Body], Awaitable[web.StreamResponse]]


class FakeServer:
    """One server: its behaviour, its counters, and what it remembers."""

    def __init__(self, options: Options, behaviour: Behaviour) -> None:
        self._options = options
        self._behaviour = behaviour
        self._counters = Counters()
        self._cache = PrefixCache()
        self._bodies: deque[bytes] = deque(maxlen=REMEMBERED)

    def application(self) -> web.Application:
        """What aiohttp serves."""
        application = web.Application(client_max_size=LARGEST, middlewares=[_refusing])
        application.add_routes(
            [
                web.post("/v1/chat/completions", self._call(self._chat)),
                web.post("/v1/embeddings", self._call(self._embed)),
                web.get("/v1/models", self._models),
                web.get("/control", self._read_control),
                web.post("/control", self._change_control),
                web.get("/counters", self._read_counters),
                web.post("/counters/reset", self._reset_counters),
                web.get("/requests", self._requests),
                web.route("*", "/{path:.*}", _not_found),
            ]
        )
        return application

    def _call(self, answer: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """A handler that lets only known bearers and models in, and counts."""

        async def handle(request: web.Request) -> web.StreamResponse:
            with self._counters.call():
                try:
                    self._check_key(request)
                    raw = await request.read()
                    body = parsed(raw, None if self._options.any_model else self._options.models)
                    self._bodies.append(raw)
                    self._counters.count_model(body["model"])
                    return await answer(request, body)
                except RefusalError as refusal:
                    return _refused(refusal)

        return handle

    async def _chat(self, request: web.Request, body: Body) -> web.StreamResponse:
        check_chat(body)
        limit = token_limit(body)
        prompt = read_prompt(body)
        if prompt.schema is not None and self._options.refuse_schema:
            raise refusals.no_schemas()
        digest = digest_of(body)
        try:
            answer = answer_to(prompt, digest)
        except SchemaError as error:
            raise RefusalError(400, str(error), param="response_format") from error
        fault = await self._befallen(request)
        serialised = orjson.dumps(body["messages"])
        model = body["model"]
        reply = completions.reply_of(
            model=model,
            digest=digest,
            content=spoilt(fault, answer),
            reasoning=reasoning_for(prompt, digest) if "reason" in model else None,
            limit=limit,
            prompt_tokens=tokens_of(len(serialised)),
            cached_tokens=self._cache.cached_tokens(model, serialised),
        )
        await self._take_time(digest)
        self._counters.count_usage(
            prompt=reply.usage["prompt_tokens"],
            completion=reply.usage["completion_tokens"],
            cached=reply.usage["prompt_tokens_details"]["cached_tokens"],
        )
        if not body.get("stream"):
            return _json(completions.whole(reply))
        response = web.StreamResponse(headers=STREAM_HEADERS)
        await response.prepare(request)
        with_usage = bool((body.get("stream_options") or {}).get("include_usage"))
        for event in completions.streamed(reply, with_usage=with_usage):
            await response.write(event)
        await response.write_eof()
        return response

    async def _embed(self, request: web.Request, body: Body) -> web.StreamResponse:
        inputs = embedding_inputs(body)
        dimensions = dimensions_of(body, self._options.dimensions)
        await self._befallen(request, spare=IN_THE_CONTENT)
        await self._take_time(digest_of(body))
        answer, tokens = embeddings_of(
            model=body["model"],
            inputs=inputs,
            dimensions=dimensions,
            as_base64=body.get("encoding_format") == "base64",
        )
        self._counters.count_usage(prompt=tokens)
        return _json(answer)

    async def _befallen(self, request: web.Request, spare: tuple[str, ...] = ()) -> str | None:
        """Draw a fault and let it happen, unless it is to happen to the content: return that."""
        fault = self._behaviour.next_fault()
        if fault is None or fault in spare:
            return None
        self._counters.count_fault(fault)
        match fault:
            case "429":
                raise refusals.too_many()
            case "500":
                raise refusals.broken()
            case "unauthorized":
                raise refusals.wrong_key()
            case "timeout":
                await asyncio.sleep(HELD)
                _drop(request)
            case "dropped":
                _drop(request)
            case "slow_first_byte":
                await asyncio.sleep(self._behaviour.slow)
        return fault

    async def _take_time(self, digest: bytes) -> None:
        delay = self._behaviour.next_delay(digest)
        if delay:
            await asyncio.sleep(delay)

    def _check_key(self, request: web.Request) -> None:
        key = self._options.key
        if key is not None and request.headers.get("Authorization") != f"Bearer {key}":
            raise refusals.wrong_key()

    async def _models(self, request: web.Request) -> web.Response:
        self._check_key(request)
        models = [
            {"id": name, "object": "model", "created": completions.CREATED, "owned_by": "fake"}
            for name in self._options.models
        ]
        return _json(orjson.dumps({"object": "list", "data": models}))

    async def _read_control(self, request: web.Request) -> web.Response:
        return _json(orjson.dumps(self._behaviour.read()))

    async def _change_control(self, request: web.Request) -> web.Response:
        try:
            wanted = orjson.loads(await request.read())
            if not isinstance(wanted, dict):
                raise FaultError("the shares of faults must be an object of JSON")
            self._behaviour.change(wanted)
        except ValueError as error:
            raise RefusalError(400, str(error)) from error
        return _json(orjson.dumps(self._behaviour.read()))

    async def _read_counters(self, request: web.Request) -> web.Response:
        return _json(orjson.dumps(self._counters.read()))

    async def _reset_counters(self, request: web.Request) -> web.Response:
        self._counters.reset()
        self._bodies.clear()
        return _json(orjson.dumps(self._counters.read()))

    async def _requests(self, request: web.Request) -> web.Response:
        last = request.query.get("last", str(REMEMBERED))
        if not last.isdecimal():
            raise RefusalError(400, "last must be a whole number, at least 0")
        first = max(0, len(self._bodies) - int(last))
        return _json(b"[" + b",".join(list(self._bodies)[first:]) + b"]")


@web.middleware
async def _refusing(request: web.Request, handler: Any) -> web.StreamResponse:
    try:
        response: web.StreamResponse = await handler(request)
    except RefusalError as refusal:
        return _refused(refusal)
    return response


async def _not_found(request: web.Request) -> web.Response:
    raise RefusalError(404, f"Invalid URL ({request.method} {request.path})")


def _drop(request: web.Request) -> NoReturn:
    """Cut the connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    raise DroppedError


def _refused(refusal: RefusalError) -> web.Response:
    return _json(orjson.dumps(refusal.body), refusal.status, dict(refusal.headers or {}))


def _json(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")
