"""A town with a mind, as a newcomer gives it one: told by two variables, unplugged, plugged in."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agents.fake_llm.running import fake_llm
from tests.running import ROOT, Running

KEY = "sk-a-key-that-nobody-may-see-1234567890"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def until(town: Running, what: Callable[[], Any], seconds: float = 60) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline, town.printed
        assert town.process.poll() is None, town.printed
        time.sleep(0.3)
    return found


def manage(data: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=town_environment(data),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def town_environment(data: Path) -> dict[str, str]:
    import os

    clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    return clean | {"AISOCIETY_DATA_DIR": str(data)}


class Operator:
    """Asks what only operators may know."""

    def __init__(self, town: Running, token: str) -> None:
        self.town = town
        self.token = token

    def get(self, path: str) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.town.port}{path}",
            headers={"Authorization": f"Token {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)["data"]


def test_a_town_thinks_is_unplugged_lives_on_and_thinks_again(data: Path) -> None:
    with fake_llm(latency=0.2, key=KEY) as fake:
        port = int(fake.base_url.rsplit(":", 1)[1].split("/")[0])
        town = Running(
            data,
            "--scenario",
            "hamlet",
            OPENAI_BASE_URL=fake.base_url,
            OPENAI_API_KEY=KEY,
        )
        try:
            town.await_answer()
            assert "think with openai" in town.printed
            operator = Operator(town, token_of(data))
            # Who thinks with what is an order, which the first commit carries out.
            models = until(town, lambda: town.get("/api/world/status")["minds"]["models"])
            assert models == {"openai": 12}
            control(town, operator, {"action": "set_speed", "speed": 10})
            thought = until(town, lambda: decided(operator))
            whole = operator.get(f"/api/thoughts/{thought['id']}")
            assert [message["role"] for message in whole["messages"]] == ["system", "user"]
            assert whole["reply"]
            assert whole["cost_usd"] > 0
            stranger_sees_no_prompts(town, thought["id"])
            found = operator.get("/api/doctor")
            assert found["healthy"], found
        except BaseException:
            town.stop()
            raise
    # The model is gone; its port answers nobody.
    try:
        closed = until(town, lambda: town.get("/api/world/status")["minds"]["closed"])
        assert closed == {"openai": "unreachable"}
        seq = town.get("/api/world/status")["seq"]
        town.await_seq(seq)
        until(town, lambda: marked(town))
        ill = {
            finding["name"]
            for finding in operator.get("/api/doctor")["findings"]
            if finding["condition"] == "ill"
        }
        assert "endpoint of openai" in ill
        with fake_llm(latency=0.2, key=KEY, port=port) as again:
            until(town, lambda: again.counters()["requests"] > 0, seconds=150)
            until(town, lambda: not town.get("/api/world/status")["minds"]["closed"])
        assert town.stop() < 10
    finally:
        if town.process.poll() is None:
            town.stop()
    assert town.processes() == []
    assert "Traceback" not in town.printed
    nobody_sees_the_key(town, data)


def token_of(data: Path) -> str:
    made = manage(data, "drf_create_token", "operator")
    assert made.returncode == 0, made.stderr
    return made.stdout.split()[2]


def control(town: Running, operator: Operator, action: dict[str, Any]) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{town.port}/api/world/control",
        data=json.dumps(action).encode(),
        headers={"Authorization": f"Token {operator.token}", "Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=20).close()


def decided(operator: Operator) -> Any:
    """A thought whose reply the engine has taken in."""
    for number in range(1, 13):
        for thought in operator.get(f"/api/agents/{number}/thoughts")["thoughts"]:
            if thought["source"] == "model" and thought["outcome"] == "accepted":
                return thought
    return None


def marked(town: Running) -> bool:
    """Whether somebody's deed says that instinct stands in."""
    return any(
        town.get(f"/api/agents/{number}")["state"]["thinking"]["stand_in"]
        for number in range(1, 13)
    )


def stranger_sees_no_prompts(town: Running, thought: str) -> None:
    for path in (f"/api/thoughts/{thought}", "/api/agents/1/thoughts", "/api/minds/usage"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            town.get(path)
        assert refused.value.code == 401
        refused.value.close()


def nobody_sees_the_key(town: Running, data: Path) -> None:
    """Not in the log, and nowhere in the database: events, thoughts, inbox, admin's own log."""
    assert KEY not in town.printed
    dump = manage(data, "dumpdata", "--natural-foreign")
    assert dump.returncode == 0, dump.stderr
    assert "thought_reply" in dump.stdout
    assert KEY not in dump.stdout
