"""What the world outside is told of news; sentences in both languages."""

from typing import Any

from agents import events
from agents.news.selectors import text_of
from agents.news.vocabulary import How, Kind
from world.engine.events import EventBatch
from world.stage import Stage


def present_news(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
    """What has come up, by an announcement or among people."""
    return [
        {
            "news": row["amount"],
            "reason": Kind(row["reason"]).name.lower(),
            "text": text_of(stage, row["amount"]),
        }
        | (
            {"urgency": batch.data[index]["urgency"], "until": row["until"]}
            if row["kind"] == events.ANNOUNCED
            else {}
        )
        for index, row in enumerate(batch.records())
    ]


def present_hearing(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
    """Who comes to know what."""
    told = []
    for index, row in enumerate(batch.records()):
        data = batch.data.get(index, {})
        hearing = {
            "news": row["amount"],
            "reason": How(row["reason"]).name.lower(),
            "text": text_of(stage, row["amount"]),
        }
        if "conversation" in data:
            hearing["conversation"] = str(data["conversation"])
        told.append(hearing)
    return told


PRESENTERS = {
    events.ANNOUNCED: present_news,
    events.NEWS_ROSE: present_news,
    events.NEWS_HEARD: present_hearing,
}
"""How each kind of event is told."""
