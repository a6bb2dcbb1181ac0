"""A fake language model that runs beside a test, in a process of its own.

    with fake_llm(latency=0.2, fault={"timeout": 0.1}) as model:
        client = AsyncOpenAI(base_url=model.base_url, api_key="anything")
        ...
        assert model.counters()["abandoned"] == 0

The process ends with the block, and with the test if that is killed.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

MANAGE = Path(__file__).resolve().parent.parent.parent / "manage.py"
SECONDS_TO_ANSWER = 30
SECONDS_TO_END = 5
WITHOUT_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class NotRunningError(RuntimeError):
    """The server did not start; says what it said."""


class FakeModel:
    """A server that runs. base_url: for clients. pid: of its process."""

    def __init__(self, base_url: str, pid: int) -> None:
        self.base_url = base_url
        self.pid = pid
        self._root = base_url.removesuffix("/v1")

    def control(self, **faults: float) -> dict[str, float]:
        """Let these faults befall these shares of the calls from now on, and no others.

        `latency`, `spread` and `slow` may stand among them, in seconds; one that does not stays.
        A name that is a number: `control(**{"429": 0.5})`. Returns what holds now; raises
        ValueError with the server's reason if it cannot be.
        """
        settings: dict[str, float] = self._ask("/control", faults)
        return settings

    def settings(self) -> dict[str, float]:
        """The shares of faults and the times that hold now."""
        settings: dict[str, float] = self._ask("/control")
        return settings

    def counters(self) -> dict[str, Any]:
        """What has been asked so far; see `counters.Counters`."""
        counters: dict[str, Any] = self._ask("/counters")
        return counters

    def reset(self) -> None:
        """Count from 0 and forget the requests; the cache of prompts and the settings stay."""
        self._ask("/counters/reset", {})

    def requests(self, last: int = 200) -> list[dict[str, Any]]:
        """The bodies of the last requests, oldest first; at most 200 are kept."""
        bodies: list[dict[str, Any]] = self._ask(f"/requests?last={last}")
        return bodies

    def _ask(self, path: str, posted: Mapping[str, Any] | None = None) -> Any:
        data = None if posted is None else orjson.dumps(posted)
        try:
            with WITHOUT_PROXY.open(self._root + path, data, SECONDS_TO_ANSWER) as answer:
                return orjson.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                message = orjson.loads(error.read())["error"]["message"]
            raise ValueError(message) from None


@contextmanager
def fake_llm(**options: Any) -> Iterator[FakeModel]:
    """Run a server while the block runs.

    options: those of `manage.py fake_llm`, with `_` for `-`: `key="k"`, `model=["a", "b"]`,
    `refuse_schema=True`, `fault={"429": 0.1}`. Raises NotRunningError if it does not take them.
    """
    arguments = [*_arguments({"port": 0} | options), "--until-stdin-closes"]
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [sys.executable, str(MANAGE), "fake_llm", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        with process:
            try:
                assert process.stdout is not None
                found = re.search(r"http://\S+", process.stdout.readline())
                if found is None:
                    process.wait()
                    complaints.seek(0)
                    raise NotRunningError(complaints.read().decode(errors="replace").strip())
                yield FakeModel(found[0], process.pid)
            finally:
                _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        os.kill(process.pid, signal.SIGTERM)
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()


def _arguments(options: Mapping[str, Any]) -> Iterator[str]:
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        match value:
            case False | None:
                pass
            case True:
                yield option
            case Mapping():
                yield from (f"{option}={key}={one}" for key, one in value.items())
            case list() | tuple():
                yield from (f"{option}={one}" for one in value)
            case _:
                yield f"{option}={value}"
