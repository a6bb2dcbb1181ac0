"""What Prometheus reads from a running town: of every process, and of the town as a whole."""

import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from aisociety.metrics import town
from aisociety.metrics.serving import serve
from aisociety.metrics.town import Town
from tests.web_process import free_port
from world import pace
from world.models import World


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def collected() -> dict[tuple[str, tuple[str, ...]], float]:
    """Every measure of the town: by its name and the values of its labels."""
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for metric in Town().collect()
        for sample in metric.samples
    }


@pytest.mark.django_db
def test_a_running_town_is_told_as_it_stands(found_town: Callable[..., World]) -> None:
    world = found_town(seed=5)
    pace.start(world=world)
    told = collected()
    name = (world.slug,)
    assert told["aisociety_world_running", name] == 1
    assert told["aisociety_world_broken", name] == 0
    assert told["aisociety_residents", name] == 12
    assert told["aisociety_thoughts", (world.slug, "waiting")] == 0
    assert told["aisociety_budget_dollars", (world.slug, "month")] == 200
    assert told["aisociety_database_bytes", ()] > 1_000_000
    assert told["aisociety_queue_tasks", ("engine",)] >= 0
    assert all(told["aisociety_looked", (part,)] == 1 for part in town.LOOKS)
    World.objects.update(status=World.Status.STOPPED)
    told = collected()
    assert told["aisociety_world_broken", name] == 1
    assert told["aisociety_world_running", name] == 0


@pytest.mark.django_db
def test_a_town_that_falls_behind_says_by_how_much(found_town: Callable[..., World]) -> None:
    world = found_town(seed=5)
    pace.start(world=world, now=lambda: 0)
    lag = collected()["aisociety_world_lag_seconds", (world.slug,)]
    assert lag > 1_000_000


def test_what_cannot_be_looked_at_is_told_and_holds_nothing_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> Any:
        raise OperationalError("no database")
        yield

    def fine() -> Any:
        return iter(())

    monkeypatch.setattr(town, "LOOKS", {"database": broken, "redis": fine})
    assert collected() == {
        ("aisociety_looked", ("database",)): 0,
        ("aisociety_looked", ("redis",)): 1,
    }


@pytest.mark.django_db
def test_requests_are_counted_by_the_names_of_their_doors(client: Client) -> None:
    labels = {"door": "health-live", "method": "GET", "status": "200"}
    before = value("aisociety_requests_total", **labels)
    client.get("/api/health/live")
    assert value("aisociety_requests_total", **labels) == before + 1
    assert value("aisociety_request_seconds_count", door="health-live") > 0
    nowhere = {"door": "none", "method": "GET", "status": "404"}
    before = value("aisociety_requests_total", **nowhere)
    for path in ("/nowhere", "/nobody"):
        client.get(path)
    assert value("aisociety_requests_total", **nowhere) == before + 2


@pytest.mark.django_db(transaction=True)
def test_a_port_of_its_own_tells_of_the_process_and_of_the_town() -> None:
    port = free_port()
    server = serve(port, "127.0.0.1")
    assert server is not None
    try:
        for path, expected in (("/metrics", "aisociety_instants"), ("/town", "aisociety_looked")):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                text = answer.read().decode()
            names = {family.name for family in text_string_to_metric_families(text)}
            assert expected in names
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/admin", timeout=10)
        assert serve(port, "127.0.0.1") is None, "a port that is taken stops nobody"
    finally:
        server.shutdown()
        server.server_close()
