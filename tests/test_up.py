"""`manage.py up`: from nothing to a living town, stopped without a trace, and on from there."""

import os
import signal
import socket
import time
from pathlib import Path

import pytest

from tests.running import Running


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(scope="module")
def hamlet_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data of a hamlet that whoever needs one founds, and the others find."""
    return tmp_path_factory.mktemp("hamlet") / "data"


@pytest.fixture(scope="module")
def townless_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data for those who never come to found a town."""
    return tmp_path_factory.mktemp("townless") / "data"


def test_a_town_from_nothing_lives_stops_cleanly_and_goes_on(data: Path) -> None:
    town = Running(data)
    try:
        town.await_answer()
        town.await_seq(town.get("/api/world/status")["seq"])
        told = town.get("/api/world/status")
        assert told["agent_count"] >= 50, "somebody may have moved in"
        assert (told["status"], told["time_scale"]) == ("running", 10)
        assert told["day_count"] == 2, "it has a day behind it"
        assert town.login()[0] == "operator"
        seq = town.await_seq(told["seq"])
    finally:
        seconds = town.stop()
    assert seconds < 10
    assert town.processes() == []
    assert "Traceback" not in town.printed

    again = Running(data)
    try:
        # 10 s are promised on a machine of its own; here another test runs beside it.
        assert again.await_answer() < 30
        resumed = again.get("/api/world/status")
        assert resumed["epoch"] == told["epoch"]
        assert 0 <= resumed["seq"] - seq < 40, "it goes on at the instant where it was"
        again.await_seq(resumed["seq"])
        assert again.printed.count(", password ") == 1, "a password is made once"
    finally:
        assert again.stop(signal.SIGINT) < 10
    assert again.processes() == []


def test_a_service_that_dies_takes_the_rest_along_and_leaves_nobody(hamlet_data: Path) -> None:
    town = Running(hamlet_data, "--scenario", "hamlet")
    try:
        town.await_answer()
        (beat,) = [
            int(folder.name)
            for folder in Path("/proc").glob("[0-9]*")
            if _is_beat(folder, str(hamlet_data).encode())
        ]

        os.kill(beat, signal.SIGKILL)
        town.process.wait(timeout=30)
        assert town.process.returncode != 0
    finally:
        if town.process.poll() is None:
            town.stop()
    deadline = time.monotonic() + 10
    while town.processes() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert town.processes() == []


def test_killed_it_leaves_nobody_who_would_hold_its_port(hamlet_data: Path) -> None:
    town = Running(hamlet_data, "--scenario", "hamlet")
    town.await_answer()
    epoch = town.get("/api/world/status")["epoch"]
    town.stop(signal.SIGKILL)
    deadline = time.monotonic() + 15
    while _serves(town.port) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not _serves(town.port)

    again = Running(hamlet_data, port=town.port)
    try:
        again.await_answer()
        assert again.get("/api/world/status")["epoch"] == epoch
    finally:
        again.stop()
    assert again.processes() == []


def _serves(port: int) -> bool:
    with socket.socket() as visitor:
        return visitor.connect_ex(("127.0.0.1", port)) == 0


def _is_beat(folder: Path, mark: bytes) -> bool:
    try:
        command = (folder / "cmdline").read_bytes().split(b"\0")
        return b"beat" in command and mark in (folder / "environ").read_bytes()
    except OSError:
        return False


def test_a_port_that_is_taken_is_told_in_a_sentence(townless_data: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        town = Running(townless_data, port=port)
        town.process.wait(timeout=60)
    assert town.process.returncode != 0
    assert f"Port {port} is taken" in town.printed
    assert "Traceback" not in town.printed
    assert town.processes() == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--scenario", "atlantis"], "atlantis"),
        (["--agents", "0"], "at least one resident"),
        (["--host", "203.0.113.9"], "203.0.113.9"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(
    townless_data: Path, arguments: list[str], told: str
) -> None:
    town = Running(townless_data, *arguments)
    town.process.wait(timeout=60)
    assert town.process.returncode != 0
    assert told in town.printed
    assert "Traceback" not in town.printed


def test_stopped_in_its_first_day_it_lives_the_rest_of_it(data: Path) -> None:
    town = Running(data, "--agents", "150")
    deadline = time.monotonic() + 60
    while "first day" not in town.printed and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)
    assert town.stop() < 15
    assert town.processes() == []
    again = Running(data)
    try:
        again.await_answer(120)
        came = again.get("/api/world/events?kind=agent_created")["events"]
        assert again.get("/api/world/status")["agent_count"] == 150 + len(came)
        assert again.get("/api/world/status")["day_count"] == 2
    finally:
        again.stop()
