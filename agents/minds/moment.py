"""The present moment, and the day so far, as prompts tell them."""

from typing import Any

import numpy as np

from agents.events import MOVED, NEEDED, REFUSED, STARTED
from agents.minds.past import Happening
from agents.minds.portrait import weekday
from agents.minds.voice import Voice
from world.calendar import date_at
from world.engine.gametime import DAY, second_of_day
from world.engine.gametime import weekday as weekday_of
from world.engine.lines import POINT
from world.sections import write_time_of_day

LOW, CRITICAL = 30 * POINT, 10 * POINT


def happening_line(voice: Voice, happening: Happening) -> str:
    """A line of what happened; of being on the way only the goal is worth a word."""
    time = write_time_of_day(second_of_day(happening.time))
    place, what = happening.place, happening.activity
    match happening.kind:
        case _ if happening.kind == MOVED:
            told = voice.say(
                zh=f"动身去{voice.place(place)}（{voice.activity(what)}）",
                en=f"set out for {voice.place(place)} ({voice.activity(what)})",
            )
        case _ if happening.kind == STARTED:
            told = voice.deed(what, place)
        case _ if happening.kind == REFUSED:
            told = voice.refusal(happening.reason, place)
        case _:
            assert happening.kind == NEEDED
            need = voice.need(happening.reason - 1)
            told = voice.say(zh=f"感到{need}不足", en=f"felt a lack of {need}")
    return f"{time} {told}"


def moment_told(voice: Voice, time: int) -> dict[str, Any]:
    """What templates call `now`."""
    stage, second = voice.stage, second_of_day(time)
    calendar, weather = stage.rules["calendar"], stage.constants["weather"]
    period = [each for each in calendar.periods if each.since <= second][-1]
    coming = [each for each in calendar.moments if each.at > second][:1]
    return {
        "date": date_at(stage.first_day, time).isoformat(),
        "weekday": weekday(voice, weekday_of(time)),
        "time": write_time_of_day(second),
        "period": voice.name(period),
        "weather": voice.name(stage.rules["weather"].kinds[weather.kind_at(time)]),
        "degrees": weather.degrees_at(time),
        "next": "".join(
            voice.say(
                zh=f"{write_time_of_day(each.at)} {voice.name(each)}。",
                en=f"{write_time_of_day(each.at)}: {voice.name(each)}.",
            )
            for each in coming
        ),
    }


def needs_told(voice: Voice, values: list[int]) -> list[dict[str, Any]]:
    """What templates call `needs`: of milli-points."""
    told = []
    for index, value in enumerate(values):
        word = ""
        if value < CRITICAL:
            word = voice.say(zh="危急", en="critical")
        elif value < LOW:
            word = voice.say(zh="难受", en="low")
        told.append({"name": voice.need(index), "points": value // POINT, "word": word})
    return told


def duty_line(voice: Voice, situation: dict[str, Any], time: int) -> str:
    """Whether one is expected at work now, or when next."""
    shifts = voice.stage.constants["shifts"]
    shift, workdays = situation["shift"], situation["workdays"]
    if not shift:
        return ""
    if shifts.on_duty(shift, workdays, time):
        free = second_of_day(int(shifts.free_at(shift, time)))
        until = write_time_of_day(free)
        return voice.say(
            zh=f"现在是你的上班时间，到 {until}。", en=f"You are on duty until {until}."
        )
    called = int(shifts.called_at(np.array([shift]), np.array([workdays]), time)[0])
    when = write_time_of_day(second_of_day(called))
    day = weekday(voice, weekday_of(called))
    if called // DAY == time // DAY:
        day = voice.say(zh="今天", en="today")
    return voice.say(zh=f"下次当班：{day} {when}。", en=f"Your next duty: {day} {when}.")
