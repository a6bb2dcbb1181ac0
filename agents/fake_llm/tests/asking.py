"""Asking the fake model as the product asks models: by OpenAI's client over aiohttp."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import orjson
from openai import AsyncOpenAI, DefaultAioHttpClient

from agents.fake_llm.running import FakeModel

T = TypeVar("T")

EXAMPLE = {
    "plan": [{"choice": "3/read", "minutes": 30, "why": "It is calm.", "weight": 8}],
    "mood": "fine",
}
SYSTEM = f"Answer like this:\n```json\n{orjson.dumps(EXAMPLE).decode()}\n```\nand nothing else."
USER = "You may do one of these: [7/eat] eat at home, [12/go-for-walk] walk, [0/idle] nothing."
OFFERED = {"7/eat", "12/go-for-walk", "0/idle"}


def prompt(user: str = USER, system: str = SYSTEM) -> list[Any]:
    """The messages of a request."""
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def using(fake: FakeModel, use: Callable[[AsyncOpenAI], Awaitable[T]], **options: Any) -> T:
    """What `use` returns, given a client that does not try again."""
    asked: dict[str, Any] = {"api_key": "anything", "max_retries": 0, "timeout": 20} | options

    async def run() -> T:
        transport = DefaultAioHttpClient()
        async with AsyncOpenAI(base_url=fake.base_url, http_client=transport, **asked) as client:
            return await use(client)

    return asyncio.run(run())


def chat(fake: FakeModel, messages: list[Any] | None = None, **parameters: Any) -> Any:
    """One completion."""
    parameters = {"model": "fake-chat", "messages": messages or prompt()} | parameters
    return using(fake, lambda client: client.chat.completions.create(**parameters))


def content(completion: Any) -> str:
    """What its message says."""
    said: str = completion.choices[0].message.content
    return said


def answer(fake: FakeModel, messages: list[Any] | None = None, **parameters: Any) -> Any:
    """What one completion says, parsed."""
    return orjson.loads(content(chat(fake, messages, **parameters)))
