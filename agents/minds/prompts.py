"""Prompts: what a model is told, from the stable to the present, so that prefix caches hit.

First what is the same for everybody in a town, then who is asked, then the day so far, then what
comes to mind, and the present moment last. A prompt is a function of the briefing, the log and the
memories up to its instant, the resident's profile and the rules of the town.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from weakref import WeakKeyDictionary

from agents.activities import Where
from agents.minds.engagements import appointments_told
from agents.minds.filling import filled
from agents.minds.matter import Messages
from agents.minds.moment import duty_line, happening_line, moment_told, needs_told
from agents.minds.past import Happening, todays
from agents.minds.portrait import portrait, weekday
from agents.minds.recollection import recollection_lines
from agents.minds.voice import Language, Voice
from agents.models import MindsPolicy, Thought
from economy.money import YUAN
from world.engine.gametime import DAY, DAYS_OF_A_WEEK, MINUTE, second_of_day
from world.models import Location
from world.sections import write_time_of_day
from world.stage import Stage, stage_of

_rules: WeakKeyDictionary[Stage, dict[tuple[Language, bool], str]] = WeakKeyDictionary()


def prompts_for(thoughts: Sequence[Thought], *, language: Language, asking: str) -> list[Messages]:
    """The messages that put each thought to a model. The thoughts are of one world."""
    stage = stage_of(thoughts[0].world)
    voice = Voice(stage, language)
    plain = asking == MindsPolicy.Asking.PLAIN
    days = todays([(each.world_id, each.actor.number, each.asked_at) for each in thoughts])
    return [
        [
            {"role": "system", "content": rules_of_life(voice, plain=plain)},
            {
                "role": "user",
                "content": filled(
                    f"{language}/decide.txt",
                    _moment(voice, thought, day)
                    | {"plain": plain, "memories": recollection_lines(voice, thought)},
                ),
            },
        ]
        for thought, day in zip(thoughts, days, strict=True)
    ]


def rules_of_life(voice: Voice, *, plain: bool) -> str:
    """What is the same for everybody in a town: its rules, its places, how to answer."""
    kept, key = _rules.setdefault(voice.stage, {}), (voice.language, plain)
    if key not in kept:
        kept[key] = filled(f"{voice.language}/rules.txt", _town(voice) | {"plain": plain})
    return kept[key]


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


def _moment(voice: Voice, thought: Thought, day: Sequence[Happening]) -> dict[str, Any]:
    """What the template of a decision needs."""
    situation, time = thought.situation, thought.asked_at
    classes = voice.stage.constants["classes"]
    status = voice.stage.rules["economy"].classes[int(classes.of(situation["balance"]))]
    return {
        "who": portrait(voice, thought),
        "past": [happening_line(voice, happening) for happening in day],
        "now": moment_told(voice, time),
        "here": _here(voice, situation),
        "needs": needs_told(voice, situation["needs"]),
        "appointments": appointments_told(voice, thought),
        "money": {"yuan": f"{situation['balance'] / YUAN:.0f}", "status": voice.name(status)},
        "duty": duty_line(voice, situation, time),
        "surprise": voice.surprise(*situation["surprise"]),
        "words": situation.get("words", ""),
        "plan": voice.say(zh="；", en="; ").join(
            f"{voice.deed(activity, place)} {lasts // MINUTE} {voice.say(zh='分钟', en='min')}"
            for activity, place, lasts in situation["plan"]
        ),
        "options": _options(voice, situation),
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
