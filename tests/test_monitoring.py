"""What Prometheus and Grafana are set up to ask for is what the town tells."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from aisociety.configuration import BASE_DIR
from aisociety.metrics.town import Town

DEPLOY = BASE_DIR / "deploy"
RULES = DEPLOY / "prometheus" / "alerts.yml"
DASHBOARDS = sorted((DEPLOY / "grafana" / "dashboards").glob("*.json"))

OF_OTHERS = re.compile(r"^(up|node_\w+|process_\w+)$")
"""What Prometheus itself, the machine's exporter and the client library tell."""

MEASURING = (
    "agents.minds.measures",
    "aisociety.backups.daily",
    "aisociety.metrics.requests",
    "aisociety.metrics.statements",
    "aisociety.metrics.tasks",
    "memory.measures",
    "world.measures",
)

WORDS = re.compile(r"[a-zA-Z_:][\w:]*")
LANGUAGE = frozenset(
    ["by", "on", "and", "sum", "rate", "increase", "histogram_quantile", "time", "avg", "max", "le"]
)


def alerts() -> Iterator[dict[str, Any]]:
    for group in yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]:
        yield from group["rules"]


def panels() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in DASHBOARDS:
        for panel in json.loads(path.read_text(encoding="utf-8"))["panels"]:
            yield path.name, panel


def queries() -> list[str]:
    asked = [alert["expr"] for alert in alerts()]
    return asked + [target["expr"] for _, panel in panels() for target in panel["targets"]]


def asked_for(query: str) -> set[str]:
    """The names of measures in a query: what is no label, no value, no word of the language."""
    bare = re.sub(r"\{[^}]*\}|\[[^]]*\]", " ", query)
    bare = re.sub(r"\b(by|on)\s*\([^)]*\)", " ", bare)
    return {word for word in WORDS.findall(bare) if word not in LANGUAGE}


@pytest.fixture
def told(db: None, found_town: Any) -> set[str]:
    """The names of everything that a process and the town tell."""
    for module in MEASURING:
        import_module(module)
    found_town()
    names: set[str] = set()
    for registry in (REGISTRY, Town()):
        for metric in registry.collect():
            suffixes = {
                "counter": ("_total",),
                "histogram": ("_bucket", "_sum", "_count"),
            }.get(metric.type, ("",))
            names |= {metric.name + suffix for suffix in suffixes}
    # Told only where a worker has done something.
    return names | {"aisociety_beat_silent_seconds", "aisociety_engine_silent_seconds"}


def test_every_query_asks_for_what_there_is(told: set[str]) -> None:
    assert len(queries()) > 50
    for query in queries():
        names = {name for name in asked_for(query) if not OF_OTHERS.match(name)}
        assert names <= told, f"nobody tells {names - told} in {query}"
        assert asked_for(query)


def test_a_query_for_what_nobody_tells_would_be_found(told: set[str]) -> None:
    assert asked_for('sum by (le) (rate(aisociety_nothing_bucket{door="x"}[5m])) > 1') == {
        "aisociety_nothing_bucket"
    }
    assert "aisociety_nothing_bucket" not in told


def test_alerts_say_how_grave_they_are_and_what_is_wrong() -> None:
    names = [alert["alert"] for alert in alerts()]
    assert len(names) == len(set(names)) > 15
    for alert in alerts():
        assert alert["labels"]["severity"] in {"page", "ticket"}
        assert alert["annotations"]["summary"]


def test_dashboards_are_whole() -> None:
    assert [path.stem for path in DASHBOARDS] == ["minds", "system", "town"]
    boards = [json.loads(path.read_text(encoding="utf-8")) for path in DASHBOARDS]
    assert len({board["uid"] for board in boards}) == 3
    sources = yaml.safe_load(
        (DEPLOY / "grafana/provisioning/datasources/prometheus.yml").read_text(encoding="utf-8")
    )["datasources"]
    for board in boards:
        places = [tuple(panel["gridPos"].values()) for panel in board["panels"]]
        assert len(places) == len(set(places))
        assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    for board, panel in panels():
        assert panel["title"], board
        assert panel["datasource"]["uid"] == sources[0]["uid"]
        assert panel["targets"]


def test_every_measure_of_ours_is_looked_at(told: set[str]) -> None:
    asked = set().union(*map(asked_for, queries()))
    ours = {name for name in told if name.startswith("aisociety_")}
    # A histogram is looked at by its buckets.
    unseen = {name for name in ours - asked if not name.endswith(("_sum", "_count"))}
    assert unseen == {"aisociety_world_running", "aisociety_world_broken"} - asked


@pytest.mark.skipif(not shutil.which("promtool"), reason="Prometheus is not installed")
def test_prometheus_takes_it() -> None:
    for what, path in (("config", "prometheus.yml"), ("rules", "alerts.yml")):
        command = ["promtool", "check", what, path]
        done = subprocess.run(
            command, cwd=RULES.parent, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
