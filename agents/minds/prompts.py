"""Prompts: what a model is told, from the stable to the present, so that prefix caches hit.

First what is the same for everybody in a town, then who is asked, then the day so far, then what
comes to mind, and the present moment last. A prompt is a function of the briefing, the log and the
memories up to its instant, the resident's profile and the rules of the town.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings
from django.template import Context, Engine, Template

from agents.activities import Where
from agents.events import MOVED, NEEDED, REFUSED, STARTED
from agents.minds.past import Happening, todays
from agents.minds.portrait import portrait, weekday
from agents.minds.recollection import recollection_lines
from agents.minds.voice import Language, Voice
from agents.models import Agent, MindsPolicy, Thought
from economy.money import YUAN
from world.calendar import date_at
from world.engine.gametime import DAY, DAYS_OF_A_WEEK, MINUTE, second_of_day
from world.engine.gametime import weekday as weekday_of
from world.engine.lines import POINT
from world.models import Location
from world.sections import write_time_of_day
from world.stage import stage_of

Message = dict[str, str]

LOW, CRITICAL = 30 * POINT, 10 * POINT

_rules: dict[tuple[UUID, Language, bool], str] = {}


def prompts_for(
    thoughts: Sequence[Thought], *, language: Language, asking: str
) -> list[list[Message]]:
    """The messages that put each thought to a model. The thoughts are of one world."""
    if not thoughts:
        return []
    stage = stage_of(thoughts[0].world)
    voice = Voice(stage, language)
    plain = asking == MindsPolicy.Asking.PLAIN
    people = [thought.actor_id for thought in thoughts]
    agents = Agent.objects.select_related("actor").in_bulk(people)
    days = todays([(each.world_id, each.actor.number, each.asked_at) for each in thoughts])
    return [
        [
            {"role": "system", "content": rules_of_life(voice, plain=plain)},
            {
                "role": "user",
                "content": _filled(
                    f"{language}/decide.txt",
                    _moment(voice, agents[thought.actor_id], thought, day)
                    | {"plain": plain, "memories": recollection_lines(voice, thought)},
                ),
            },
        ]
        for thought, day in zip(thoughts, days, strict=True)
    ]


def rules_of_life(voice: Voice, *, plain: bool) -> str:
    """What is the same for everybody in a town: its rules, its places, how to answer."""
    key = (UUID(voice.stage.epoch), voice.language, plain)
    if key not in _rules:
        _rules[key] = _filled(f"{voice.language}/rules.txt", _town(voice) | {"plain": plain})
    return _rules[key]


@lru_cache
def _template(name: str) -> Template:
    engine = Engine(dirs=[str(settings.BASE_DIR / "templates" / "prompts")], autoescape=False)
    return engine.get_template(name)


def _filled(name: str, content: dict[str, Any]) -> str:
    return str(_template(name).render(Context(content, autoescape=False, use_l10n=False)))


def _town(voice: Voice) -> dict[str, Any]:
    stage = voice.stage
    specs = stage.constants["activity_specs"]
    return {
        "town": voice.name(stage.rules["town"]),
        "places": _places(voice),
        "anywhere": [
            {"key": spec.key, "name": voice.name(spec)}
            for spec in specs
            if Where[spec.where.upper()] == Where.ANYWHERE
        ],
        "activities": [
            {"key": spec.key, "shortest": spec.minutes[0], "longest": spec.minutes[1]}
            for spec in specs
            if Where[spec.where.upper()] != Where.STREET
        ],
    }


def _places(voice: Voice) -> list[dict[str, Any]]:
    """Every place; those that are alike stand together, as the houses of a street do."""
    alike: dict[tuple[Any, ...], dict[str, Any]] = {}
    for location in voice.stage.locations.values():
        told = _place(voice, location)
        offers = tuple((offer["key"], offer["price"]) for offer in told["offers"])
        key = (told["zone"], told["hours"], offers)
        name = {"number": location.number, "name": voice.place(location.number)}
        alike.setdefault(key, told | {"names": []})["names"].append(name)
    return list(alike.values())


def _place(voice: Voice, location: Location) -> dict[str, Any]:
    specs = {spec.key: spec for spec in voice.stage.constants["activity_specs"]}
    prices = voice.stage.constants["prices"]
    return {
        "zone": getattr(location.zone, f"name_{voice.language}"),
        "hours": _opening_hours(voice, location),
        "offers": [
            {
                "key": key,
                "name": voice.name(specs[key]),
                "price": _yuan(prices.get((location.kind, key), 0)),
            }
            for key in location.offers
        ],
    }


def _opening_hours(voice: Voice, location: Location) -> str:
    days = list(zip(location.opens, location.closes, strict=True))
    if all(opens <= 0 and closes >= DAY for opens, closes in days):
        return voice.say(zh="全天", en="always open")
    told = []
    for (opens, closes), same in groupby(range(DAYS_OF_A_WEEK), key=lambda day: days[day]):
        span = list(same)
        name = weekday(voice, span[0])
        if len(span) > 1:
            name = voice.say(
                zh=f"{name}至{weekday(voice, span[-1])}", en=f"{name} to {weekday(voice, span[-1])}"
            )
        hours = (
            f"{write_time_of_day(opens)}-{write_time_of_day(closes)}"
            if opens < closes
            else voice.say(zh="不开门", en="closed")
        )
        told.append(hours if len(span) == DAYS_OF_A_WEEK else f"{name} {hours}")
    return voice.say(zh="，", en=", ").join(told)


def _moment(
    voice: Voice, agent: Agent, thought: Thought, day: Sequence[Happening]
) -> dict[str, Any]:
    """What the template of a decision needs."""
    situation, time = thought.situation, thought.asked_at
    classes = voice.stage.constants["classes"]
    status = voice.stage.rules["economy"].classes[int(classes.of(situation["balance"]))]
    return {
        "who": portrait(voice, agent, situation),
        "past": [_happening(voice, happening) for happening in day],
        "now": _now(voice, time),
        "here": _here(voice, situation),
        "needs": _needs(voice, situation["needs"]),
        "money": {"yuan": f"{situation['balance'] / YUAN:.0f}", "status": voice.name(status)},
        "duty": _duty(voice, situation, time),
        "surprise": voice.surprise(*situation["surprise"]),
        "plan": voice.say(zh="；", en="; ").join(
            f"{voice.deed(activity, place)} {lasts // MINUTE} {voice.say(zh='分钟', en='min')}"
            for activity, place, lasts in situation["plan"]
        ),
        "options": _options(voice, situation),
    }


def _happening(voice: Voice, happening: Happening) -> str:
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


def _now(voice: Voice, time: int) -> dict[str, Any]:
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


def _here(voice: Voice, situation: dict[str, Any]) -> dict[str, str]:
    place, present = situation["place"], situation["present"]
    where = voice.place(place)
    people = voice.say(zh="、", en=", ").join(voice.person(number) for number in present)
    crowd = situation["crowd"]
    company = voice.say(zh="身边没有别人。", en="Nobody else is here.")
    if present:
        company = voice.say(
            zh=f"这里还有：{people}（座位占了 {crowd}%）。",
            en=f"Also here: {people} (others take {crowd} % of the seats).",
        )
    return {
        "where": voice.say(zh=f"在{where}", en=f"at {where}" if place else "in the street"),
        "doing": voice.say(
            zh=f"刚才在{voice.activity(situation['activity'])}",
            en=f"last busy with {voice.activity(situation['activity'])}",
        ),
        "since": write_time_of_day(second_of_day(situation["since"])),
        "company": company if place else "",
    }


def _needs(voice: Voice, values: list[int]) -> list[dict[str, Any]]:
    told = []
    for index, value in enumerate(values):
        word = ""
        if value < CRITICAL:
            word = voice.say(zh="危急", en="critical")
        elif value < LOW:
            word = voice.say(zh="难受", en="low")
        told.append({"name": voice.need(index), "points": value // POINT, "word": word})
    return told


def _duty(voice: Voice, situation: dict[str, Any], time: int) -> str:
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


def _options(voice: Voice, situation: dict[str, Any]) -> list[dict[str, Any]]:
    """What is possible, by place in the order of the way there."""
    specs = voice.stage.constants["activity_specs"]
    rows = sorted(situation["options"], key=lambda row: (row[2], row[0]))
    places = []
    for (seconds, place), offered in groupby(rows, key=lambda row: (row[2], row[0])):
        places.append(
            {
                "name": voice.place(place),
                "minutes": -(-seconds // MINUTE),
                "offers": [
                    {
                        "choice": choice_code(specs[activity], place),
                        "name": voice.name(specs[activity]),
                        "price": _yuan(fen),
                    }
                    for _, activity, _, fen in offered
                ],
            }
        )
    return places


def choice_code(spec: Any, place: int) -> str:
    """How a choice is written; what can be done anywhere is written as if nowhere."""
    anywhere = Where[spec.where.upper()] == Where.ANYWHERE
    return f"{0 if anywhere else place}/{spec.key}"


def _yuan(fen: int) -> str:
    return f"{fen / YUAN:g}" if fen else ""
