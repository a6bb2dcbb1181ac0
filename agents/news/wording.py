"""Wording: what is known, in a sentence of both languages."""

from collections.abc import Mapping
from typing import Any

from agents.minds.voice import Language, Voice
from agents.models import News
from agents.news.rules import NewsSpec
from agents.news.vocabulary import Kind
from world.calendar import date_at
from world.engine.gametime import DAY, DAYS_OF_A_WEEK, second_of_day, weekday
from world.sections import write_time_of_day
from world.stage import Stage

Texts = dict[Language, str]


def when(stage: Stage, time: int, now: int | None = None) -> Texts:
    """A day and a time of day, as people say them; near days as they are called at `now`."""
    date, clock = date_at(stage.first_day, time), write_time_of_day(second_of_day(time))
    ahead = -1 if now is None else time // DAY - now // DAY
    if 0 <= ahead < len(_NEAR):
        zh, en = _NEAR[ahead]
        return {"zh": f"{zh}{clock}", "en": f"{en} at {clock}"}
    if len(_NEAR) <= ahead < DAYS_OF_A_WEEK:
        zh, en = _WEEKDAYS[weekday(time)]
        return {"zh": f"{zh}{clock}", "en": f"on {en} at {clock}"}
    return {
        "zh": f"{date.month}月{date.day}日{clock}",
        "en": f"on {date.day} {_MONTHS[date.month - 1]} at {clock}",
    }


_NEAR = (("今天", "today"), ("明天", "tomorrow"), ("后天", "the day after tomorrow"))

_WEEKDAYS = (
    *(("周一", "Monday"), ("周二", "Tuesday"), ("周三", "Wednesday"), ("周四", "Thursday")),
    *(("周五", "Friday"), ("周六", "Saturday"), ("周日", "Sunday")),
)

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def announced(texts: Mapping[str, str]) -> Texts:
    """What an announcement says; what is said in one language alone stands in both."""
    zh, en = texts["zh"], texts["en"]
    return {"zh": zh or en, "en": en or zh}


def known(stage: Stage, news: News) -> Texts:
    """What one knows who knows this."""
    if news.text_zh or news.text_en:
        return announced({"zh": news.text_zh, "en": news.text_en})
    spec: NewsSpec = stage.rules["hearsay"]
    text = spec.kinds[Kind(news.kind).name.lower()].text
    assert text is not None
    told: Texts = {}
    for language in ("zh", "en"):
        voice = Voice(stage, language)
        about: dict[str, Any] = {"place": voice.place(news.place)}
        if news.about:
            about["person"] = voice.person(news.about)
        if news.other:
            about["other"] = voice.person(news.other)
        if news.starts:
            about["when"] = when(stage, news.starts)[language]
        told[language] = getattr(text, language).format(**about)
    return told
