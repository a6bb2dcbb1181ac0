"""Logs for programs: lines of JSON that say what they are about."""

import json
import os
import subprocess
import sys
from typing import Any

from aisociety.configuration import BASE_DIR

LIVES = """
import django
django.setup()
import structlog
from celery.signals import task_prerun
from aisociety.logs import bind_tasks
bind_tasks()
class task:
    name = "world.heartbeat"
task_prerun.send(sender=task, task_id="17", task=task)
with structlog.contextvars.bound_contextvars(world="sunshine"):
    try:
        password = "sesame"
        raise RuntimeError("it failed")
    except RuntimeError:
        structlog.get_logger("world.pace").exception("heartbeat_failed")
structlog.get_logger("agents.minds.client").info("model_asked", model="m")
structlog.get_logger("world.pace").debug("nothing of weight")
import logging
logging.getLogger("some.library").warning("plain %s", "words")
"""


def lines(**environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", LIVES],
        cwd=BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "aisociety.settings"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stderr.splitlines()


def test_a_line_is_an_object_that_says_where_it_comes_from() -> None:
    told: list[dict[str, Any]] = [json.loads(line) for line in lines(LOG_JSON="on")]
    failed, asked, plain = told
    assert failed["event"] == "heartbeat_failed"
    assert (failed["task"], failed["task_id"], failed["world"]) == (
        "world.heartbeat",
        "17",
        "sunshine",
    )
    assert (failed["level"], failed["logger"]) == ("error", "world.pace")
    assert failed["timestamp"].endswith("Z")
    assert "RuntimeError: it failed" in failed["exception"]
    assert asked["event"] == "model_asked"
    assert "world" not in asked, "what was bound holds no longer than what it is about"
    assert (plain["event"], plain["logger"]) == ("plain words", "some.library")


def test_no_line_has_the_values_of_variables() -> None:
    for json_lines in ("on", "off"):
        told = "\n".join(lines(LOG_JSON=json_lines)).replace('password = "sesame"', "")
        assert "it failed" in told
        assert "sesame" not in told


def test_at_a_terminal_calls_to_models_are_no_news() -> None:
    assert not any("model_asked" in line for line in lines(LOG_JSON="off"))


def test_what_weighs_less_is_left_out() -> None:
    told = [json.loads(line)["event"] for line in lines(LOG_JSON="on", LOG_LEVEL="ERROR")]
    assert told == ["heartbeat_failed"]
