"""The reader: lets the embedding model read what is remembered, in the background.

A thread of the minds worker. The memories themselves are the queue: what has no vector of this
model is to be read, so a kill loses nothing, and another model reads everything again.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection

from agents.minds.stopping import stopping
from agents.remembering import embedder
from agents.remembering.embedder import EmbeddingError
from memory.model_vectors import embedder_of, keep, unread

logger = structlog.get_logger(__name__)

EMBED = "agents.embed"

AT_ONCE = 64
"""Memories in a call."""
SECONDS = 30
"""A call may take."""
PAUSE = 5
"""Seconds until it is looked again whether there is anything to read."""
ANEW = 600
"""Seconds after which everything is looked through, and not only what is new."""
NEW = 10_000
"""Memories that are looked through for what others have laid down at the same time."""
FIRST_PAUSE, LONGEST_PAUSE = 5, 300
"""Seconds to wait after a failure: twice as long each time, up to the most."""

FAILURE = "embedding_failure"
"""In the cache while the endpoint fails: why."""
PROBE = "记忆 memory"
"""What is read first, to know how long this model's vectors are."""

_LOCK = 0x6D656D6F7279
"""Whoever holds this lock of the database reads; the others wait for their turn."""


@dataclass
class Reader:
    """Reads what is unread, batch by batch, in the order in which it was laid down."""

    model: str = ""
    embedder: int = 0
    after: int = 0
    newest: int = 0
    looked: float = float("-inf")

    def step(self) -> int:
        """Let the model read a batch; returns how much that was. Raises EmbeddingError."""
        if self.model != settings.EMBEDDING_MODEL:
            (probe,) = embedder.embed([PROBE], seconds=SECONDS)
            self.model = settings.EMBEDDING_MODEL
            self.embedder = embedder_of(self.model, len(probe)).pk
            self.looked = float("-inf")
        if time.monotonic() - self.looked >= ANEW:
            self.after, self.looked = 0, time.monotonic()
        batch = unread(self.embedder, after=self.after, most=AT_ONCE)
        if not batch:
            self.after = max(self.newest - NEW, 0)
            return 0
        vectors = embedder.embed([each.text for each in batch], seconds=SECONDS)
        self.embedder = embedder_of(self.model, vectors.shape[1]).pk
        keep(self.embedder, [each.memory for each in batch], list(vectors))
        self.after = batch[-1].memory
        self.newest = max(self.newest, self.after)
        return len(batch)


def read_on(waits: Callable[[float], bool]) -> None:
    """Read until `waits` (so many seconds) says that it is time to stop."""
    reader, pause = Reader(), FIRST_PAUSE
    while True:
        try:
            count = _step_alone(reader)
            if count or pause > FIRST_PAUSE:
                cache.delete(FAILURE)
            pause = FIRST_PAUSE
            if waits(0 if count else PAUSE):
                return
        except (EmbeddingError, DatabaseError) as error:
            logger.warning("memories_not_read", reason=str(error), again_after=pause)
            if isinstance(error, DatabaseError):
                connection.close()
            cache.set(FAILURE, str(error), timeout=2 * LONGEST_PAUSE)
            reader, waited = Reader(), pause
            pause = min(2 * pause, LONGEST_PAUSE)
            if waits(waited):
                return


def _step_alone(reader: Reader) -> int:
    """A step, unless another worker reads just now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        try:
            return reader.step()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def start_reading() -> None:
    """Start the thread of this process, if there is a model and it does not run yet."""
    if embedder.is_there() and not any(each.name == EMBED for each in threading.enumerate()):
        threading.Thread(target=read_on, args=(stopping.wait,), name=EMBED, daemon=True).start()
