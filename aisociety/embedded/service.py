"""A server that several processes share: the first starts it, the last one out stops it.

Three locks per server, in `<data>/locks`, are the whole truth; no pid is trusted on its own:

- `<name>.turn`: held alone while starting or stopping, so that these never overlap;
- `<name>.users`: shared by every user for as long as it lives;
- `<name>.server`: held alone by the server itself, which inherits it. Free means that neither
  the server nor a child of it is left; taken, the file holds the server's pid.

Whoever is killed lets go of its locks. A server that outlived its users is found by the next
one. A forked child counts as a user until it exits, and never stops the server: if it outlives
its parent, the server waits for the next last user.
"""

import fcntl
import os
import signal
import subprocess
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import ClassVar

from aisociety.embedded.errors import ServiceError
from aisociety.embedded.folders import make_passage, open_file
from aisociety.embedded.location import Location
from aisociety.embedded.locks import Lock

START_SECONDS = 180  # recovery after a kill replays up to max_wal_size
POLL_SECONDS = 0.1  # PostgreSQL logs each attempt during recovery
LOG_BYTES = 10_000_000
LOG_LINES_SHOWN = 5


class Service(ABC):
    name: ClassVar[str]
    title: ClassVar[str]
    socket_name: ClassVar[str]
    # Signals that ask the server to stop, each with the seconds it gets before the next.
    farewell: ClassVar[tuple[tuple[signal.Signals, float], ...]]

    def __init__(self, data: Path) -> None:
        self.location = Location(data, self.name, self.socket_name)
        self.log = self.location.data / f"{self.name}.log"
        locks = self.location.data / "locks"
        self._turn = Lock(locks / f"{self.name}.turn")
        self._users = Lock(locks / f"{self.name}.users")
        self._server = Lock(locks / f"{self.name}.server")

    @abstractmethod
    def command(self) -> list[str]:
        """The server's command line; it stays in the foreground and logs to standard error."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether the server serves requests now."""

    @abstractmethod
    def prepare(self, lock: int) -> None:
        """Before the server starts: make its data, and remove what a killed one left behind.

        A helper process inherits the server's `lock`, and so counts as the server while it runs.
        """

    @abstractmethod
    def furnish(self) -> None:
        """After the server answers, for every user: make what must exist and does not yet."""

    @property
    def pid(self) -> int | None:
        """The running server's process id; None if none runs."""
        if not self._server.path.exists() or self._server.is_free():
            return None
        written = self._server.path.read_text().strip()
        return int(written) if written else None

    @contextmanager
    def used(self) -> Iterator[None]:
        """Have the server running for the length of a `with` block."""
        with self._troubles_told():
            make_passage(self._turn.path.parent)
            with self._turn.turn():
                users = self._users.take(fcntl.LOCK_SH)
                try:
                    self._ensure_running()
                    self.furnish()
                except BaseException:
                    self._leave(users)
                    raise
        user = os.getpid()
        try:
            yield
        finally:
            if os.getpid() == user:
                with self._troubles_told(), self._turn.turn():
                    self._leave(users)

    def spawn(self, command: list[str], lock: int) -> subprocess.Popen[bytes]:
        """Start a program as the server's account, its output in the log.

        Its pid is written by a shell that then becomes it, so that not even a kill of ours right
        after the start leaves a server behind whose pid nobody knows.
        """
        os.ftruncate(lock, 0)
        os.lseek(lock, 0, os.SEEK_SET)
        log = open_file(self.log, os.O_WRONLY | os.O_APPEND)
        try:
            return subprocess.Popen(
                ["/bin/sh", "-c", 'echo $$; exec "$@" >&2', self.name, *command],
                stdin=subprocess.DEVNULL,
                stdout=lock,
                stderr=log,
                pass_fds=(lock,),
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C"},
                start_new_session=True,  # Ctrl-C in the terminal is for us, not for the server
                **self.location.account.process_options(),
            )
        finally:
            os.close(log)

    def failure(self) -> ServiceError:
        """What to raise when a program that `spawn` started has failed."""
        lines = self.log.read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:]
        return ServiceError(
            "\n  ".join([f"{self.title} could not start; {self.log} ends with:", *lines])
        )

    def _ensure_running(self) -> None:
        if self._await_answer():
            return
        lock = self._server.take(fcntl.LOCK_EX)
        try:
            self._rotate_log()
            self.location.make()
            self.prepare(lock)
            process = self.spawn(self.command(), lock)
        finally:
            os.close(lock)
        # Reaps the server whenever it ends, also long after we left it to other users.
        threading.Thread(target=process.wait, name=f"{self.name} reaper", daemon=True).start()
        if not self._await_answer():
            raise self.failure()

    def _await_answer(self) -> bool:
        """True as soon as the server answers, False as soon as there is none."""
        deadline = time.monotonic() + START_SECONDS
        while not self._server.is_free():
            if self.answers():
                return True
            if time.monotonic() > deadline:
                raise ServiceError(
                    f"{self.title} runs as process {self.pid} but does not answer at "
                    f"{self.location.socket}: see {self.log}."
                )
            time.sleep(POLL_SECONDS)
        return False

    def _leave(self, users: int) -> None:
        """Stop being a user, and stop the server if no other is left."""
        # Closed and taken anew: locking `users` itself would take it from our forked children.
        os.close(users)
        try:
            alone = self._users.take(fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        try:
            self._stop()
        finally:
            os.close(alone)

    def _stop(self) -> None:
        for farewell, seconds in self.farewell:
            if (pid := self.pid) is not None:
                with suppress(ProcessLookupError):  # gone, and a last child of it holds the lock
                    os.kill(pid, farewell)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                if self._server.is_free():
                    self.location.tidy()
                    return
                time.sleep(POLL_SECONDS)

    def _rotate_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))

    @contextmanager
    def _troubles_told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = f"{error.strerror} ({error.filename})" if error.filename else str(error)
            raise ServiceError(
                f"{self.title} cannot run with its data in {self.location.data}: {reason}. "
                "AISOCIETY_DATA_DIR names another folder."
            ) from error


@contextmanager
def running(*services: Service) -> Iterator[None]:
    """Have all `services` running for the length of a `with` block, whoever started them.

    Raises ServiceError if one cannot run. A signal that ends the process at once (SIGTERM, unless
    handled) skips the end of the block and leaves the servers to the next user.
    """
    with ExitStack() as stack:
        for service in services:
            stack.enter_context(service.used())
        yield
