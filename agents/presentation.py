"""What the world outside is told of residents: what they do, why, and what it changes."""

from collections.abc import Mapping
from typing import Any

from agents.minds.spoken import Step, reasons, thought_key
from agents.minds.wording import NOTHING, Language, Moment, Wording
from agents.needs import NEEDS
from agents.provenance import Motive, Refusal, Source
from world.engine.events import EventBatch
from world.engine.lines import POINT
from world.stage import Stage

IDLE, WALK = "idle", "walk"


def motive_name(code: int) -> str:
    """A motive as it is told."""
    return Motive(code).name.lower()


def source_name(code: int) -> str:
    """Whose decision something is, as it is told."""
    return Source(code).name.lower()


def thought(
    stage: Stage, *, moment: Moment, cause: str, activity: int, who: int, when: int, place: int
) -> dict[Language, str]:
    """What a resident thinks, in both languages. activity: a code. place: a number, 0 for none."""
    wording: Wording = stage.constants["wording"]
    spec = stage.constants["activity_specs"][activity]
    return wording.thought(
        moment=moment,
        cause=cause,
        activity=spec.key,
        who=who,
        when=when,
        place_name=stage.place(place)["name"] if place else NOTHING,
        activity_name={"zh": spec.name.zh, "en": spec.name.en},
    )


def current_thought(
    stage: Stage, who: int, state: Mapping[str, Any], spoken: str | None
) -> dict[Language, str]:
    """What a resident thinks of what they are doing.

    state: fields of `AgentState` by name. spoken: what the resident's model said, if it did.
    """
    if spoken is not None and state["source"] == Source.MODEL:
        return own_words(spoken)
    going = state["bound_for"] > 0
    return thought(
        stage,
        moment="going" if going else "doing",
        cause=motive_name(state["motive"]),
        activity=state["intent"] if going else state["activity"],
        who=who,
        when=state["started_at"],
        place=state["bound_for"] or state["place"],
    )


def own_words(text: str) -> dict[Language, str]:
    """What a model said; it keeps its own language."""
    return {"zh": text, "en": text}


def route(stage: Stage, *, origin: int, to: int, departs: int, arrives: int) -> dict[str, Any]:
    """A walk that is under way. origin: the cell in which it began. to: number of a place."""
    path = stage.path(origin, to)
    return {"to": to, "path": path, "departs": departs, "arrives": arrives}


def present_moves(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """Departures, with the way that the walker takes."""
    told = []
    spoken = _spoken(stage, events)
    for index, row in enumerate(events.records()):
        way = route(
            stage,
            origin=row["amount"],
            to=row["place"],
            departs=row["world_time"],
            arrives=row["until"],
        )
        start = way["path"][0]
        choice = _choice(stage, row, "going", events.data.get(index), spoken.get(index))
        told.append(
            choice
            | way
            | {"from": start}
            | _changes(row, choice, place=0, point=start, activity=WALK, route=way)
        )
    return told


def present_starts(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """Beginnings of activities."""
    told = []
    spoken = _spoken(stage, events)
    for index, row in enumerate(events.records()):
        choice = _choice(stage, row, "doing", events.data.get(index), spoken.get(index))
        place = row["place"]
        point = stage.door(place) if place else None
        told.append(
            choice
            | {"until": row["until"]}
            | _changes(row, choice, place=place, point=point, activity=choice["activity"])
        )
    return told


def present_refusals(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """Doors that did not open."""
    told = []
    for row in events.records():
        reason = Refusal(row["reason"]).name.lower()
        door = stage.door(row["place"])
        said = _thought_of(stage, row, moment="refused", cause=reason)
        standing = {
            "reason": "none",
            "source": "rule",
            "thought": thought(
                stage,
                moment="doing",
                cause="none",
                activity=stage.constants["activities"].codes[IDLE],
                who=row["actor"],
                when=row["world_time"],
                place=0,
            ),
        }
        told.append(
            {"reason": reason, "activity": _activity(stage, row), "thought": said}
            | _changes(row, standing, place=0, point=door, activity=IDLE)
        )
    return told


def present_alerts(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """Needs that became pressing; the points that are left of them."""
    told = []
    for row in events.records():
        need = NEEDS[row["reason"] - 1]
        said = _thought_of(stage, row, moment="alert", cause=need)
        told.append({"reason": need, "amount": row["amount"] / POINT, "thought": said})
    return told


def present_edits(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """What operators changed."""
    return [
        {"source": source_name(row["source"]), "edited": events.data[index]}
        for index, row in enumerate(events.records())
    ]


def _spoken(stage: Stage, events: EventBatch) -> dict[int, str]:
    """What models said of their decisions, by the index of the event."""
    steps = {
        index: Step(int(events.rows["actor"][index]), data["thought"], data["step"])
        for index, data in events.data.items()
        if "thought" in data
    }
    told = reasons(stage.world_id, steps.values())
    return {index: told[step] for index, step in steps.items() if step in told}


def _choice(
    stage: Stage,
    row: dict[str, int],
    moment: Moment,
    data: dict[str, Any] | None,
    spoken: str | None,
) -> dict[str, Any]:
    """What was chosen, whose choice it was, why, and in what words.

    data: what the event says of the mind behind it. spoken: what a model said, if one did.
    """
    reason = motive_name(row["reason"])
    choice = {
        "activity": _activity(stage, row),
        "source": source_name(row["source"]),
        "reason": reason,
        "thought": own_words(spoken)
        if spoken is not None
        else _thought_of(stage, row, moment=moment, cause=reason),
    }
    if data is not None and "thought" in data:
        choice["asked"] = thought_key(row["actor"], data["thought"])
    if data is not None and "stand_in" in data:
        choice["stand_in"] = data["stand_in"]
    return choice


def _activity(stage: Stage, row: dict[str, int]) -> str:
    key: str = stage.constants["activity_specs"][row["activity"]].key
    return key


def _thought_of(
    stage: Stage, row: dict[str, int], *, moment: Moment, cause: str
) -> dict[Language, str]:
    return thought(
        stage,
        moment=moment,
        cause=cause,
        activity=row["activity"],
        who=row["actor"],
        when=row["world_time"],
        place=row["place"],
    )


def _changes(
    row: dict[str, int],
    choice: dict[str, Any],
    *,
    place: int,
    point: list[int] | None,
    activity: str,
    route: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The columns of a resident in the snapshot that an event changes."""
    columns = {
        "id": row["actor"],
        "place": place,
        "activity": activity,
        "since": row["world_time"],
        "motive": choice["reason"],
        "source": choice["source"],
        "stand_in": choice.get("stand_in", ""),
        "thought": choice["thought"],
        "route": route,
    }
    if point is not None:
        columns["x"], columns["y"] = point
    return {"changes": {"agents": [columns]}}


def present_moving_house(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """From where somebody moved, and that they live elsewhere now."""
    return [
        {
            "from": stage.place(int(row["amount"])),
            "changes": {"agents": [{"id": int(row["actor"]), "home": int(row["place"])}]},
        }
        for row in events.rows
    ]
