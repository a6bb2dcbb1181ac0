"""The residents' part of the snapshot."""

from typing import Any

from agents.minds.wording import Language
from agents.models import AgentState
from agents.presentation import motive_name, route, source_name, thought
from world.models import World
from world.stage import Stage, stage_of

PROFILE = ("name_zh", "name_en", "agent__age", "agent__gender")
STATE = (
    "number",
    "state__occupation",
    "state__home",
    "state__place",
    "state__cell",
    "state__bound_for",
    "state__departed_at",
    "state__arrives_at",
    "state__activity",
    "state__intent",
    "state__started_at",
    "state__motive",
    "state__source",
)


def residents_part(stage: Stage, world: World) -> dict[str, Any]:
    """Every resident as columns, walks that are under way, and the words for what they do."""
    occupations = stage.rules["occupations"]
    activities = stage.rules["activities"]
    rows = world.actors.filter(kind="resident").order_by("number").values_list(*PROFILE, *STATE)
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    routes = []
    for name_zh, name_en, age, gender, *state in rows:
        told = dict(zip((field.removeprefix("state__") for field in STATE), state, strict=True))
        [[x, y]] = stage.points([told["cell"]])
        row = {
            "id": told["number"],
            "name": {"zh": name_zh, "en": name_en},
            "age": age,
            "gender": gender,
            "occupation": occupations[told["occupation"]].key,
            "home": told["home"],
            "place": told["place"],
            "x": x,
            "y": y,
            "activity": activities[told["activity"]].key,
            "since": told["started_at"],
            "motive": motive_name(told["motive"]),
            "source": source_name(told["source"]),
            "thought": _thought(stage, told),
        }
        for name, column in columns.items():
            column.append(row[name])
        if told["bound_for"]:
            routes.append({"agent": told["number"]} | _route(stage, told))
    return {
        "agents": columns,
        "routes": routes,
        "words": {
            "activities": {spec.key: spec.name.model_dump() for spec in activities},
            "occupations": {spec.key: spec.name.model_dump() for spec in occupations},
        },
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


def current_thoughts(world: World) -> dict[int, dict[Language, str]]:
    """What every resident of a world thinks of what they are doing now, by number."""
    stage = stage_of(world)
    fields = [field.removeprefix("state__") for field in STATE[1:]]
    states = AgentState.objects.filter(actor__world=world).values("actor__number", *fields)
    return {
        state["actor__number"]: _thought(stage, state | {"number": state["actor__number"]})
        for state in states
    }


def residents_status(stage: Stage, world: World) -> dict[str, Any]:
    """What the status of a world tells of its residents."""
    return {"agent_count": world.actors.filter(kind="resident").count()}


def _thought(stage: Stage, state: dict[str, Any]) -> dict[Language, str]:
    going = state["bound_for"] > 0
    return thought(
        stage,
        moment="going" if going else "doing",
        cause=motive_name(state["motive"]),
        activity=state["intent"] if going else state["activity"],
        who=state["number"],
        when=state["started_at"],
        place=state["bound_for"] or state["place"],
    )


def _route(stage: Stage, state: dict[str, Any]) -> dict[str, Any]:
    return route(
        stage,
        origin=state["cell"],
        to=state["bound_for"],
        departs=state["departed_at"],
        arrives=state["arrives_at"],
    )
