"""What is told where a part of the house is down: never a traceback, always a way to find it."""

import json
import urllib.error
import urllib.request

import pytest
from django.db import connection

from tests.web_process import serving


def answer_of(url: str) -> tuple[int, dict[str, object]]:
    try:
        with urllib.request.urlopen(url, timeout=40) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_down_is_an_internal_error_with_a_request_id() -> None:
    nowhere = "postgres://nobody@127.0.0.1:1/nothing"
    with serving("nothing", DATABASE_URL=nowhere, DATABASE_TIMEOUT="1") as port:
        status, told = answer_of(f"http://127.0.0.1:{port}/api/world/status")
        error = told["error"]
        assert status == 500
        assert isinstance(error, dict)
        assert error["code"] == "INTERNAL_ERROR"
        assert error["details"]["request_id"]
        assert "Traceback" not in json.dumps(told)
        status, told = answer_of(f"http://127.0.0.1:{port}/health/ready")
        assert (status, told["success"]) == (503, False)
        assert answer_of(f"http://127.0.0.1:{port}/health/live")[0] == 200


@pytest.mark.django_db(transaction=True)
def test_without_a_queue_the_town_can_still_be_read() -> None:
    nowhere = "redis://127.0.0.1:1/0"
    with serving(connection.settings_dict["NAME"], REDIS_URL=nowhere) as port:
        status, told = answer_of(f"http://127.0.0.1:{port}/api/world/events")
        assert (status, told["success"]) == (404, False), "there is no world, and it says so"
        status, told = answer_of(f"http://127.0.0.1:{port}/api/health/ready")
        assert status == 503
        assert "ConnectionError" in json.dumps(told)
