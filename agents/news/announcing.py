"""Announcing: the words of what is announced are kept with it; a recorder."""

from agents import events
from agents.models import News
from agents.news.wording import announced
from world.engine.columns import Columns
from world.engine.events import EventBatch
from world.models import World


def record_announcements(world: World, columns: Columns, batch: EventBatch) -> None:
    """Keep the texts of what was announced; its numbers are written by then."""
    for index in (batch.rows["kind"] == events.ANNOUNCED).nonzero()[0].tolist():
        text = batch.data[index]["text"]
        if not any(text.values()):
            continue
        told = announced(text)
        News.objects.filter(world=world, number=batch.rows["amount"][index]).update(
            text_zh=told["zh"], text_en=told["en"]
        )
