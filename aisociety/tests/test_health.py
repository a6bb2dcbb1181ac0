"""Health doors: what a process needs, and whether the town lives, told apart."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from agents.minds.governor import GOVERNED_AT
from world import pace
from world.models import World, WorldClock
from world.realtime import real_now

pytestmark = pytest.mark.django_db


def answer(client: Client, door: str) -> tuple[int, dict[str, Any]]:
    told = client.get(f"/api/health/{door}")
    return told.status_code, told.json()["data"]


@pytest.fixture(autouse=True)
def beating(settings: Any) -> None:
    cache.set(GOVERNED_AT, time.time())


def test_all_is_well(client: Client, found_town: Callable[..., World]) -> None:
    pace.start(world=found_town())
    WorldClock.objects.update(alive_at=real_now())
    status, told = answer(client, "ready")
    assert (status, told["status"]) == (200, "ready"), told
    assert answer(client, "started") == (
        200,
        {"status": "ready", "checks": dict.fromkeys(("database", "schema", "client"), "ok")},
    )
    assert client.get("/api/health/live").status_code == 200


def test_a_town_that_does_not_live_can_still_be_looked_at(
    client: Client, found_town: Callable[..., World]
) -> None:
    pace.start(world=found_town(), now=lambda: real_now() - 100_000_000)
    cache.delete(GOVERNED_AT)
    status, told = answer(client, "ready")
    assert (status, told["status"]) == (200, "degraded")
    assert told["checks"]["beat"] == "nobody sends heartbeats"
    assert told["checks"]["engine"] == "no engine serves a running world"
    assert "town-1 is 10" in told["checks"]["lag"]
    assert told["checks"]["database"] == "ok"


def test_heartbeats_that_fail_are_told(
    client: Client, found_town: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**told: Any) -> None:
        raise OperationalError("could not extend file: No space left on device")

    world = found_town()
    pace.start(world=world)
    monkeypatch.setattr(pace, "advance_once", full)
    pace.heartbeat_all()
    status, told = answer(client, "ready")
    assert (status, told["status"]) == (200, "degraded")
    assert told["checks"]["engine"] == f"heartbeats of {world.slug} fail"
    cache.delete(pace.FAILING.format(world.slug))
    assert answer(client, "ready")[1]["status"] == "ready"


def test_without_its_page_a_process_is_not_ready(
    client: Client, settings: Any, tmp_path: Any
) -> None:
    settings.VITE_MANIFEST = tmp_path / "none"
    for door in ("ready", "started"):
        status, told = answer(client, door)
        assert (status, told["status"]) == (503, "not ready")
        assert told["checks"]["client"] == "the client has not been built"


def test_probes_come_by_plain_http_from_inside(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/api/health/live").status_code == 200
    assert client.get("/health/ready").status_code == 200
    assert client.get("/").status_code == 301
