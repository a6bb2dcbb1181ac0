"""A process that has only started knows everything that any part of the code brings."""

import json
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from world import registry

STARTED = """
import json, django
django.setup()
from world import registry
print(json.dumps([sorted(registry.inbox_kinds), sorted(registry.event_kinds)]))
"""

APPS = ("world", "memory", "economy", "agents")


def test_every_kind_of_row_and_event_is_known_from_the_start() -> None:
    made = set()
    for app in APPS:
        for found in pkgutil.walk_packages(import_module(app).__path__, f"{app}."):
            if not {"tests", "migrations", "conftest"} & set(found.name.split(".")):
                things = vars(import_module(found.name)).values()
                made |= {thing.name for thing in things if isinstance(thing, registry.InboxKind)}
    started = subprocess.run(
        [sys.executable, "-c", STARTED],
        cwd=Path(__file__).resolve().parents[2],
        env={"DJANGO_SETTINGS_MODULE": "aisociety.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    kinds, events = json.loads(started.stdout)
    assert kinds == sorted(made)
    assert events == sorted(registry.event_kinds)
