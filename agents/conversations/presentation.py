"""What the world outside is told of conversations and ties; sentences in both languages."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from agents import events
from agents.conversations.grammar import Grammar, Language
from agents.conversations.rules import TalkRules, TieSpec
from agents.conversations.vocabulary import Change, Emotion, Ending, Love, Topic, Why
from agents.news.selectors import text_of
from agents.news.wording import when
from agents.provenance import Source
from world.engine.events import EventBatch
from world.engine.gametime import HOUR, second_of_day
from world.engine.lines import POINT
from world.registry import Presenter
from world.scenario import Bilingual
from world.stage import Stage

FULL_NAME = 3
"""Characters of a Chinese name whose given name is long enough to be called by."""

Names = Mapping[str, Mapping[Language, str]]

HELLOS: tuple[tuple[int, Mapping[Language, str]], ...] = (
    (9 * HOUR, {"zh": "早上好", "en": "good morning"}),
    (12 * HOUR, {"zh": "上午好", "en": "good morning"}),
    (14 * HOUR, {"zh": "中午好", "en": "hello"}),
    (18 * HOUR, {"zh": "下午好", "en": "good afternoon"}),
    (24 * HOUR, {"zh": "晚上好", "en": "good evening"}),
)
"""How people greet each other until each hour of the day."""


def conversation_key(number: int) -> str:
    """The public identity of a conversation."""
    return str(number)


def words_of(stage: Stage, row: Mapping[str, int], data: Mapping[str, Any]) -> dict[Language, str]:
    """What was said, in both languages; what a model said keeps its own.

    row, data: the event.
    """
    if "text" in data:
        return {"zh": data["text"], "en": data["text"]}
    grammar: Grammar = stage.constants["grammar"]
    act, _, key = data["line"].partition("/")
    return grammar.sentence(act, key, data["n"], _names(stage, row, data))


def _names(stage: Stage, row: Mapping[str, int], data: Mapping[str, Any]) -> Names:
    """What the placeholders of a sentence stand for."""
    hour = second_of_day(row["world_time"])
    names: dict[str, Mapping[Language, str]] = {
        "you": _called(stage, row, near="near" in data),
        "hello": next(hello for until, hello in HELLOS if hour < until),
    }
    if "person" in data:
        names["person"] = stage.person(data["person"])["name"]
    if "place" in data:
        names["place"] = stage.place(data["place"])["name"]
    if "activity" in data:
        code = stage.constants["activities"].codes[data["activity"]]
        names["activity"] = stage.constants["activity_specs"][code].name.model_dump()
    if "topic" in data:
        names["topic"] = topic_name(stage, data["topic"])
    if "days" in data:
        names["days"] = days_ago(data["days"])
    if "other" in data:
        names["other"] = stage.person(data["other"])["name"]
    if "when" in data:
        names["when"] = when(stage, data["when"], row["world_time"])
    if "news" in data:
        names["news"] = text_of(stage, data["news"])
    return names


def _called(stage: Stage, row: Mapping[str, int], *, near: bool) -> Mapping[Language, str]:
    """How the listener is called: by a name of their own, by the given name, or by the whole."""
    own = stage.constants["called"].get((row["actor"], row["other"]))
    if own is not None:
        return own
    name = stage.person(row["other"])["name"]
    if not near:
        return name
    if len(name["zh"]) < FULL_NAME:
        return name
    return {"zh": name["zh"][1:], "en": name["en"].split()[-1]}


def topic_name(stage: Stage, key: str) -> Mapping[Language, str]:
    """What a topic is called, by its key."""
    topics = stage.rules["talk"].topics
    name: dict[Language, str] = next(t.name for t in topics if t.key == key).model_dump()
    return name


def days_ago(days: int) -> Mapping[Language, str]:
    """How long ago something was, in words."""
    if days == 0:
        return {"zh": "今天早些时候", "en": "earlier today"}
    if days == 1:
        return {"zh": "昨天", "en": "yesterday"}
    return {"zh": f"{days}天前", "en": f"{days} days ago"}


def _beginnings(stage: Stage, row: dict[str, int], data: dict[str, Any]) -> dict[str, Any]:
    key, reason = conversation_key(row["amount"]), _name(Why, row["reason"])
    begun = {
        "id": key,
        "place": row["place"],
        "since": row["world_time"],
        "reason": reason,
        "people": [row["actor"], row["other"]],
        "message_count": 0,
        "latest": None,
        "thinking": 0,
    }
    return {"conversation": key, "reason": reason} | _changes(begun)


def _sentences(stage: Stage, row: dict[str, int], data: dict[str, Any]) -> dict[str, Any]:
    key, turn = conversation_key(row["amount"]), row["until"] + 1
    latest = latest_of(stage, row, data)
    return {
        "conversation": key,
        "text": latest["text"],
        "emotion": latest["emotion"],
        "turn": turn,
        "source": latest["source"],
        "stand_in": latest["stand_in"],
    } | _changes({"id": key, "message_count": turn, "latest": latest, "thinking": 0})


def _questions(stage: Stage, row: dict[str, int], data: dict[str, Any]) -> dict[str, Any]:
    key = conversation_key(row["amount"])
    return {"conversation": key, "until": row["until"]} | _changes(
        {"id": key, "thinking": row["actor"]}
    )


def latest_of(stage: Stage, row: Mapping[str, int], data: Mapping[str, Any]) -> dict[str, Any]:
    """A sentence as the snapshot has the latest of each conversation."""
    return {
        "speaker": row["actor"],
        "listener": row["other"],
        "text": words_of(stage, row, data),
        "emotion": _name(Emotion, row["reason"]),
        "at": row["world_time"],
        "source": _name(Source, row["source"]),
        "stand_in": data.get("stand_in", ""),
    }


def _changes(conversation: dict[str, Any]) -> dict[str, Any]:
    """What an event changes in the snapshot's conversations."""
    return {"changes": {"conversations": [conversation]}}


def _joined(stage: Stage, row: dict[str, int], data: dict[str, Any]) -> dict[str, Any]:
    key = conversation_key(row["amount"])
    return {"conversation": key} | _changes({"id": key, "joined": row["actor"]})


def _left(stage: Stage, row: dict[str, int], data: dict[str, Any]) -> dict[str, Any]:
    key = conversation_key(row["amount"])
    return {"conversation": key, "reason": _name(Ending, row["reason"])} | _changes(
        {"id": key, "left": row["actor"]}
    )


def _endings(stage: Stage, row: dict[str, int], data: dict[str, Any]) -> dict[str, Any]:
    key = conversation_key(row["amount"])
    return {
        "conversation": key,
        "reason": _name(Ending, row["reason"]),
        "topic": _name(Topic, data["topic"]),
        "people": [stage.person(number) for number in data["people"]],
        "message_count": row["until"],
    } | _changes({"id": key, "over": True})


def _ties(stage: Stage, row: dict[str, int], data: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "reason": _name(Change, row["reason"]),
        "before": (row["until"] - row["amount"]) / POINT,
        "after": row["until"] / POINT,
        "tie": tie_row(stage, row["until"]).key,
    }
    if "conversation" in data:
        told["conversation"] = conversation_key(data["conversation"])
    if "because" in data:
        told["because"] = stage.rules["ties"][data["because"]].because.model_dump()
    return told


def tie_row(stage: Stage, strength: int) -> TieSpec:
    """The kind of a tie of so many milli-points."""
    rules: TalkRules = stage.constants["talk"]
    return rules.spec.ties[int(rules.kind_of(np.array([strength]))[0])]


def tie_name(stage: Stage, strength: int, love: int) -> Bilingual:
    """What a tie of so many milli-points is called; love: a Love."""
    kind = tie_row(stage, strength)
    return kind.love if love == Love.LOVERS and kind.love else kind.name


def _name(kind: Any, code: int) -> str:
    return str(kind(code).name).lower()


def _each(
    present: Callable[[Stage, dict[str, int], dict[str, Any]], dict[str, Any]],
) -> Presenter:
    def present_all(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
        return [
            present(stage, row, batch.data.get(index, {}))
            for index, row in enumerate(batch.records())
        ]

    return present_all


PRESENTERS = {
    events.TALK_BEGAN: _each(_beginnings),
    events.SAID: _each(_sentences),
    events.SPEECH_ASKED: _each(_questions),
    events.TALK_JOINED: _each(_joined),
    events.TALK_LEFT: _each(_left),
    events.TALK_ENDED: _each(_endings),
    events.TIE_CHANGED: _each(_ties),
}
"""How each kind of event is told."""
