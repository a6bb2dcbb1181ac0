"""Law 3: a snapshot and the events since are what a newly fetched snapshot says.

The reducer is the page's own, run by node: what is tested is what watchers see.
"""

import json
import os
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.laws.livelihoods import eventful, let_people_be_close
from tests.laws.minds import answer_somehow, change_a_mind, think_with_a_model
from tests.laws.orders import tell_something
from tests.laws.talk import chatty, pensive
from world import registry
from world.advance import advance_once
from world.engine.gametime import DAY, HOUR
from world.models import World
from world.scenario import Scenario
from world.stage import stage_of
from world.stream.frames import frames_since
from world.stream.snapshot import snapshot
from world.telling import tell

ROOT = Path(__file__).resolve().parents[2]

AT_ONCE = 3
"""Instants to a transaction: each has a frame of its own, and the last can be looked at."""

LOOKED_AT = 0.3
"""Of these, so many are compared with a new snapshot, each of which takes its time."""

Found = Callable[..., World]


def fetched(world: World) -> dict[str, Any]:
    return dict(orjson.loads(orjson.dumps(snapshot(world_id=world.pk))))


def test_a_snapshot_and_the_events_since_are_a_new_snapshot(
    found_town: Found, hamlet: Scenario, tmp_path: Path
) -> None:
    luck = random.Random(1)
    world = found_town(seed=4, scenario=eventful(pensive(chatty(hamlet))))
    let_people_be_close(world)
    # Past midnight, when the day is settled.
    until = world.instant + 19 * HOUR
    think_with_a_model(world)
    first, steps = fetched(world), []
    kinds: set[str] = set()
    every_kind = {kind.name for kind in registry.event_kinds.values()}
    # What is rare may take some days.
    while world.lived_until < until or (
        kinds != every_kind and world.lived_until < until + 3 * DAY
    ):
        answer_somehow(world, luck)
        if luck.random() < 0.3:
            tell_something(world, luck)
        if luck.random() < 0.15:
            change_a_mind(world, luck)
        if luck.random() < 0.06:
            words = {"question": "还好吗？", "answer": "还行。"}
            tell(world=world, kind="interviewed", subject=luck.randrange(1, 13), payload=words)
        before = world.seq
        advance_once(world_id=world.pk, until=until + 3 * DAY, instants=AT_ONCE)
        world.refresh_from_db()
        for frame in frames_since(stage_of(world), before, world.seq):
            content = json.loads(frame.text)
            kinds |= {event["kind"] for event in content["events"]}
            steps.append({"frame": content, "after": None})
        if luck.random() < LOOKED_AT and world.seq > before:
            steps[-1]["after"] = fetched(world)
    steps.append({"frame": None, "after": fetched(world)})
    assert kinds == every_kind
    told = tmp_path / "told.json"
    told.write_bytes(orjson.dumps({"snapshot": first, "steps": steps}))
    done = subprocess.run(
        ["npx", "vitest", "run", "static/src/town/replay.test.ts"],
        cwd=ROOT,
        env=os.environ | {"TOLD_TOWN": str(told)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "1 passed" in done.stdout


if not (ROOT / "node_modules").exists():
    pytest.skip("the page's packages are not installed: make client", allow_module_level=True)
