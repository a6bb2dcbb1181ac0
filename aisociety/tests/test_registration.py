"""A process that has only started knows all that is registered, and has loaded nothing idle."""

import json
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from world import registry

STARTED = """
import json, sys, django
django.setup()
from world import registry
known = [sorted(registry.inbox_kinds), sorted(registry.event_kinds)]
import aisociety.town
print(json.dumps([*known, [name for name in sys.argv[1:] if name in sys.modules]]))
"""

APPS = ("world", "memory", "economy", "agents")

LARGE = ("openai", "scipy.stats", "daphne")
"""Each takes as long to load as all of Django, and few processes need it."""


@pytest.fixture(scope="module")
def started() -> Any:
    """Kinds of rows and of events, and what is loaded of LARGE once a town could be founded."""
    told = subprocess.run(
        [sys.executable, "-c", STARTED, *LARGE],
        cwd=Path(__file__).resolve().parents[2],
        env={"DJANGO_SETTINGS_MODULE": "aisociety.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(told.stdout)


def test_every_kind_of_row_and_event_is_known_from_the_start(started: Any) -> None:
    made = set()
    for app in APPS:
        for found in pkgutil.walk_packages(import_module(app).__path__, f"{app}."):
            if not {"tests", "migrations", "conftest"} & set(found.name.split(".")):
                things = vars(import_module(found.name)).values()
                made |= {thing.name for thing in things if isinstance(thing, registry.InboxKind)}
    kinds, events, _ = started
    assert kinds == sorted(made)
    assert events == sorted(registry.event_kinds)


def test_what_is_large_and_seldom_needed_is_not_loaded(started: Any) -> None:
    *_, loaded = started
    assert loaded == []
