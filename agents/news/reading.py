"""Reading: news as the REST doors tell it, in the reader's language."""

from typing import Any

from agents.conversations.presentation import conversation_key
from agents.models import News
from agents.news.answers import Knower, NewsDetail, NewsLine
from agents.news.selectors import spread, text
from agents.news.vocabulary import How, Kind, Urgency
from world.answers import named
from world.rest.language import language
from world.stage import Stage


def news_line(stage: Stage, told: Any) -> NewsLine:
    """News in a list, of `selectors.news`."""
    return NewsLine(**_line(stage, told))


def news_detail(stage: Stage, told: Any) -> NewsDetail:
    """News, and how it spread."""
    return NewsDetail(**_line(stage, told), spread=[_knower(stage, each) for each in spread(told)])


def _line(stage: Stage, told: News) -> dict[str, Any]:
    return {
        "id": told.number,
        "kind": Kind(told.kind).name.lower(),
        "text": text(stage, told)[language()],
        "time": stage.time(told.at),
        "location": named(stage.place(told.place)) if told.place else None,
        "people": [named(stage.person(who)) for who in (told.about, told.other) if who],
        "starts_at": stage.time(told.starts) if told.starts else None,
        "spoken_of_until": stage.time(told.until),
        "urgency": Urgency(told.urgency).name.lower() if told.urgency else "",
        "knowers": told.knowers,  # type: ignore[attr-defined]
    }


def _knower(stage: Stage, known: Any) -> Knower:
    return Knower(
        agent=named(stage.person(known.actor.number)),
        time=stage.time(known.heard_at),
        how=How(known.how).name.lower(),
        source=named(stage.person(known.source)) if known.source else None,
        told=known.told,
        conversation=conversation_key(known.conversation) if known.conversation else None,
    )
