"""The residents' part of the snapshot."""

from typing import Any

from django.db.models import F

from agents.minds.catalogue import names_of_minds
from agents.minds.presentation import stand_in_name
from agents.minds.spoken import current_step, reasons
from agents.presentation import current_thought, motive_name, route, source_name
from agents.provenance import Source
from agents.selectors import residents
from world.engine.gametime import NEVER
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

MIND = {name: F(f"mind__{name}") for name in ("code", "stand_in", "asked_at", "step")}
MIND["asked_for"] = F("mind__thought")
MIND["answer_by"] = F("state__answer_by")

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
    "stand_in",
    "mind",
    "thinking",
    "thought",
)


def residents_part(stage: Stage, world: World) -> dict[str, Any]:
    """Every resident as columns, walks that are under way, and the words for what they do."""
    occupations = stage.rules["occupations"]
    activities = stage.rules["activities"]
    rows: list[Any] = list(
        residents(world).values("number", "name_zh", "name_en", **PROFILE, **STATE, **MIND)
    )
    names = names_of_minds()
    plans = {
        row["number"]: current_step(row["number"], row | {"thought": row["asked_for"]})
        for row in rows
        if row["source"] == Source.MODEL
    }
    told = reasons(world.pk, plans.values())
    spoken = {number: told[step] for number, step in plans.items() if step in told}
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
            "stand_in": stand_in_name(row["stand_in"]) if row["source"] == Source.INSTINCT else "",
            "mind": names.get(row["code"], ""),
            "thinking": row["asked_at"] if row["answer_by"] < NEVER else 0,
            "thought": current_thought(stage, row["number"], row, spoken.get(row["number"])),
        }
        for row, (x, y) in zip(rows, stage.points([row["cell"] for row in rows]), strict=True)
    ]
    return {
        "agents": {name: [agent[name] for agent in agents] for name in COLUMNS},
        "routes": [
            {"agent": row["number"]} | _route(stage, row) for row in rows if row["bound_for"]
        ],
        "words": {
            "classes": {
                spec.key: spec.name.model_dump() for spec in stage.rules["economy"].classes
            },
            "activities": {spec.key: spec.name.model_dump() for spec in activities},
            "occupations": {spec.key: spec.name.model_dump() for spec in occupations},
        },
    }


def residents_status(stage: Stage, world: World) -> dict[str, Any]:
    """What the status of a world tells of its residents."""
    return {"agent_count": residents(world).count()}


def _route(stage: Stage, row: dict[str, Any]) -> dict[str, Any]:
    return route(
        stage,
        origin=row["cell"],
        to=row["bound_for"],
        departs=row["departed_at"],
        arrives=row["arrives_at"],
    )
