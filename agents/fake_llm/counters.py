"""Counters: what has been asked of the server, and how much of it at once."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class DroppedError(ConnectionResetError):
    """The server itself cut the connection: nobody abandoned the call, and nobody answered it."""


class Counters:
    """Counts calls of models since the server began, or since they were reset.

    A call is answered if its answer was sent whole, whatever it says; abandoned if its client left
    before; in flight until one of these.
    """

    def __init__(self) -> None:
        self._in_flight = 0
        self.reset()

    def reset(self) -> None:
        """From 0 again; what is in flight stays in flight."""
        self._requests = self._answered = self._abandoned = 0
        self._prompt_tokens = self._completion_tokens = self._cached_tokens = 0
        self._by_fault: Counter[str] = Counter()
        self._by_model: Counter[str] = Counter()
        self._most_in_flight = self._in_flight
        self._concurrent_seconds = 0.0
        self._changed = time.monotonic()

    @contextmanager
    def call(self) -> Iterator[None]:
        """A call from its headers to the end of its answer."""
        self._requests += 1
        self._now_in_flight(+1)
        try:
            yield
        except DroppedError:
            raise
        except (asyncio.CancelledError, ConnectionError):
            self._abandoned += 1
            raise
        else:
            self._answered += 1
        finally:
            self._now_in_flight(-1)

    def count_model(self, model: str) -> None:
        """A call named this model, which there is."""
        self._by_model[model] += 1

    def count_fault(self, fault: str) -> None:
        """A fault befell a call."""
        self._by_fault[fault] += 1

    def count_usage(self, *, prompt: int, completion: int = 0, cached: int = 0) -> None:
        """An answer took so many tokens."""
        self._prompt_tokens += prompt
        self._completion_tokens += completion
        self._cached_tokens += cached

    def read(self) -> dict[str, Any]:
        """All of them; `concurrent_seconds` is the sum of how long each call was in flight."""
        self._now_in_flight(0)
        return {
            "requests": self._requests,
            "answered": self._answered,
            "in_flight": self._in_flight,
            "most_in_flight": self._most_in_flight,
            "abandoned": self._abandoned,
            "by_fault": dict(self._by_fault),
            "by_model": dict(self._by_model),
            "prompt_tokens": self._prompt_tokens,
            "completion_tokens": self._completion_tokens,
            "cached_tokens": self._cached_tokens,
            "concurrent_seconds": round(self._concurrent_seconds, 3),
        }

    def _now_in_flight(self, change: int) -> None:
        now = time.monotonic()
        self._concurrent_seconds += self._in_flight * (now - self._changed)
        self._changed = now
        self._in_flight += change
        self._most_in_flight = max(self._most_in_flight, self._in_flight)
