"""Plans: what the database did for a statement, while it believed a table to be empty."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection


def believe_empty(table: str) -> None:
    """As after a vacuum of a table that was empty then, and has long been filled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET reltuples = 0, relpages = 100 WHERE relname = %s", [table]
        )


def steps_of(statement: str) -> list[dict[str, Any]]:
    """The nodes of its plan, as it was run, those that ask before those that are asked."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement)
        ((plan,),) = cursor.fetchall()
    return list(_nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
