"""The plain way to ask models: batch after batch, each as slow as its slowest answer."""

import asyncio
from typing import Any

from asgiref.sync import sync_to_async


def ask_in_batches(size: int) -> int:
    """Ask until nothing is left, `size` thoughts at a time; returns how many were answered."""
    from agents.minds import preparing, settling, thoughts
    from agents.minds.client import Clients
    from agents.minds.gate import Gate
    from agents.minds.thinking import Thinker

    async def in_database(work: Any, *args: Any) -> Any:
        return await sync_to_async(work)(*args)

    async def run() -> int:
        answered = 0
        async with Clients() as clients, Gate() as gates:
            thinker = Thinker(clients, gates, in_database)
            while taken := await in_database(lambda: thoughts.claim(count=size)):
                errands = await in_database(preparing.prepare, taken)
                finished = await asyncio.gather(*map(thinker.think, errands))
                await in_database(settling.settle, finished)
                answered += len(finished)
        return answered

    return asyncio.run(run())
