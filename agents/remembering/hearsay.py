"""Memories of news: what one has come to know, and from whom."""

from collections.abc import Iterator

from agents import events
from agents.models import News
from agents.news.rules import NewsSpec
from agents.news.selectors import text
from agents.news.vocabulary import Kind, Urgency
from agents.remembering.wording import Wording
from memory.models import Memory
from memory.writing import Impression
from world.engine.events import EventBatch

KINDS = {Kind.ANNOUNCEMENT: Memory.Kind.ANNOUNCEMENT, Kind.GATHERING: Memory.Kind.ANNOUNCEMENT}


def memories_of_news(wording: Wording, batch: EventBatch) -> Iterator[Impression]:
    """One for each who comes to know something."""
    rows = batch.rows[batch.rows["kind"] == events.NEWS_HEARD]
    if not len(rows):
        return
    stage = wording.stage
    told = News.objects.filter(world=stage.world_id, number__in=set(rows["amount"].tolist()))
    known = {each.number: each for each in told}
    for row in rows:
        news = known[int(row["amount"])]
        kind = Kind(news.kind)
        yield Impression(
            actor=stage.key(int(row["actor"])),
            at=int(row["world_time"]),
            kind=KINDS.get(kind, Memory.Kind.OBSERVATION),
            importance=importance_of(stage.rules["hearsay"], news),
            subject=kind.name.lower(),
            text=text(stage, news),
            place=int(row["place"]),
            people=[number for number in (news.about, news.other) if number],
            source=int(row["other"]),
        )


def importance_of(spec: NewsSpec, news: News) -> int:
    """How much something matters to who hears of it, 0 to MOST."""
    if news.urgency:
        return spec.urgency[Urgency(news.urgency).name.lower()].matters
    return spec.kinds[Kind(news.kind).name.lower()].matters
