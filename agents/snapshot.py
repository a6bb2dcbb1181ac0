"""The residents' part of the snapshot."""

from typing import Any

from django.db.models import F

from agents.presentation import current_thought, motive_name, route, source_name
from world.models import World
from world.stage import Stage

PROFILE = {name: F(f"agent__{name}") for name in ("age", "gender")}
STATE = {
    name: F(f"state__{name}")
    for name in (
        "occupation",
        "home",
        "place",
        "cell",
        "bound_for",
        "departed_at",
        "arrives_at",
        "activity",
        "intent",
        "started_at",
        "motive",
        "source",
    )
}

COLUMNS = (
    "id",
    "name",
    "age",
    "gender",
    "occupation",
    "home",
    "place",
    "x",
    "y",
    "activity",
    "since",
    "motive",
    "source",
    "thought",
)


def residents_part(stage: Stage, world: World) -> dict[str, Any]:
    """Every resident as columns, walks that are under way, and the words for what they do."""
    occupations = stage.rules["occupations"]
    activities = stage.rules["activities"]
    people = world.actors.filter(kind="resident").order_by("number")
    rows: list[Any] = list(people.values("number", "name_zh", "name_en", **PROFILE, **STATE))
    agents = [
        {
            "id": row["number"],
            "name": {"zh": row["name_zh"], "en": row["name_en"]},
            "age": row["age"],
            "gender": row["gender"],
            "occupation": occupations[row["occupation"]].key,
            "home": row["home"],
            "place": row["place"],
            "x": x,
            "y": y,
            "activity": activities[row["activity"]].key,
            "since": row["started_at"],
            "motive": motive_name(row["motive"]),
            "source": source_name(row["source"]),
            "thought": current_thought(stage, row["number"], row),
        }
        for row, (x, y) in zip(rows, stage.points([row["cell"] for row in rows]), strict=True)
    ]
    return {
        "agents": {name: [agent[name] for agent in agents] for name in COLUMNS},
        "routes": [
            {"agent": row["number"]} | _route(stage, row) for row in rows if row["bound_for"]
        ],
        "words": {
            "activities": {spec.key: spec.name.model_dump() for spec in activities},
            "occupations": {spec.key: spec.name.model_dump() for spec in occupations},
        },
    }


def residents_status(stage: Stage, world: World) -> dict[str, Any]:
    """What the status of a world tells of its residents."""
    return {"agent_count": world.actors.filter(kind="resident").count()}


def _route(stage: Stage, row: dict[str, Any]) -> dict[str, Any]:
    return route(
        stage,
        origin=row["cell"],
        to=row["bound_for"],
        departs=row["departed_at"],
        arrives=row["arrives_at"],
    )
