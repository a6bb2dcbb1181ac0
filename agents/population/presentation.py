"""What the world outside is told of those who come to live in the town, and of those who go."""

from typing import Any

from agents import events
from agents.minds.catalogue import names_of_minds
from agents.occupations import Occupations
from agents.population.vocabulary import Attraction, Departure
from agents.presentation import IDLE, motive_name, source_name, thought
from agents.provenance import Motive, Source
from world.engine.events import EventBatch
from world.stage import Stage


def present_newcomers(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
    """Who has come, what brought them, and what they will live by."""
    keys = stage.constants["occupations"].keys
    minds = names_of_minds()
    told = []
    for index, row in enumerate(batch.records()):
        who = batch.data[index]
        newcomer = {
            "reason": Attraction(row["reason"]).name.lower(),
            "age": who["age"],
            "gender": who["gender"],
            "occupation": keys[who["occupation"]],
        }
        if who["workplace"]:
            newcomer["workplace"] = stage.place(who["workplace"])
        told.append(newcomer | {"changes": {"agents": [_as_they_arrive(stage, row, who, minds)]}})
    return told


def _as_they_arrive(
    stage: Stage, row: dict[str, int], who: dict[str, Any], minds: dict[int, str]
) -> dict[str, Any]:
    """The row of a newcomer in the snapshot: they stand before their new home.

    minds: names by code.
    """
    occupations: Occupations = stage.constants["occupations"]
    x, y = stage.door(row["place"])
    return {
        "id": row["actor"],
        "name": who["name"],
        "age": who["age"],
        "gender": who["gender"],
        "occupation": occupations.keys[who["occupation"]],
        "home": row["place"],
        "place": 0,
        "x": x,
        "y": y,
        "activity": IDLE,
        "since": row["world_time"],
        "motive": motive_name(Motive.NONE),
        "source": source_name(Source.RULE),
        "stand_in": "",
        "mind": minds.get(who.get("mind", 0), ""),
        "thinking": 0,
        "thought": thought(
            stage,
            moment="doing",
            cause=motive_name(Motive.NONE),
            activity=stage.constants["activities"].codes[IDLE],
            who=row["actor"],
            when=row["world_time"],
            place=0,
        ),
        "route": None,
    }


def present_departures(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
    """Why somebody does not live here any more."""
    return [
        {
            "reason": Departure(row["reason"]).name.lower(),
            "source": source_name(row["source"]),
            "changes": {"agents": [{"id": row["actor"], "gone": True}]},
        }
        for row in batch.records()
    ]


PRESENTERS = {
    events.MOVED_IN: present_newcomers,
    events.MOVED_AWAY: present_departures,
}
"""How each kind of event is told."""
