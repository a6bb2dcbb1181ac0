"""Obstacles: why a plan cannot be carried out, in a sentence that its maker is told."""

from typing import Any

import numpy as np

from agents.activities import Where
from agents.minds.prompts import choice_code
from agents.minds.replies import Plan, Step
from agents.minds.voice import Voice
from economy.money import YUAN


def obstacle_to(plan: Plan, situation: dict[str, Any], voice: Voice, time: int) -> str:
    """What is in the way of a plan made at `time`; empty if nothing is, as far as one can know.

    The first step must be possible now. Later ones must be possible at all.
    """
    first, *later = plan.steps
    for step in later:
        if told := _never(step, situation, voice):
            return told
    specs = voice.stage.constants["activity_specs"]
    offered = {choice_code(specs[activity], place) for place, activity, *_ in situation["options"]}
    if f"{first.place}/{first.activity}" in offered:
        return ""
    return (
        _never(first, situation, voice)
        or _not_now(first, situation, voice, time)
        or voice.say(
            zh=f"{first.choice} 现在做不成；第一步只能从方括号里的选。",
            en=f"{first.choice} cannot be done now; the first step must be one in square brackets.",
        )
    )


def _never(step: Step, situation: dict[str, Any], voice: Voice) -> str:  # noqa: PLR0911 (reasons)
    """Why this resident can never do that; empty if they can."""
    stage, place = voice.stage, step.place
    code = stage.constants["activities"].codes.get(step.activity)
    if code is None:
        return voice.say(
            zh=f"没有“{step.activity}”这种活动。", en=f"There is no activity {step.activity!r}."
        )
    where = Where[stage.constants["activity_specs"][code].where.upper()]
    if where == Where.STREET:
        return voice.say(
            zh="走路不是活动：去哪里、做什么，直接写目的地要做的事。",
            en="Walking is no activity: say what you mean to do where you go.",
        )
    if place and place not in stage.locations:
        return voice.say(zh=f"没有 {place} 号地点。", en=f"There is no place {place}.")
    if where == Where.ANYWHERE:
        return ""
    if not place:
        return voice.say(
            zh=f"“{step.activity}”要有地点，写成 编号/代号。",
            en=f"{step.activity} needs a place: write number/key.",
        )
    if (where == Where.HOME and place != situation["home"]) or (
        where == Where.WORKPLACE and place != situation["workplace"]
    ):
        return voice.say(
            zh=f"{voice.place(place)}不是你{voice.activity(code)}的地方。",
            en=f"{voice.place(place)} is not where you do this: {voice.activity(code)}.",
        )
    if not stage.constants["offers"].can_do(np.array([code]), np.array([place]))[0]:
        return voice.say(
            zh=f"{voice.place(place)}不能{voice.activity(code)}。",
            en=f"{voice.place(place)} does not offer this: {voice.activity(code)}.",
        )
    return ""


def _not_now(step: Step, situation: dict[str, Any], voice: Voice, time: int) -> str:
    """Why that is not possible just now; empty if one cannot tell."""
    stage, place = voice.stage, step.place
    if not place:
        return ""
    code = stage.constants["activities"].codes[step.activity]
    dear = {(at, activity): fen for at, activity, fen in situation.get("dear", ())}
    if price := dear.get((place, code)):
        return voice.say(
            zh=f"在{voice.place(place)}{voice.activity(code)}要 {price / YUAN:g} 元，你付不起。",
            en=f"That costs {price / YUAN:g} yuan at {voice.place(place)}; you cannot pay that.",
        )
    own = place in (situation["home"], situation["workplace"])
    if not own and not stage.constants["places"].is_open(place - 1, time):
        return voice.say(
            zh=f"{voice.place(place)}现在没有开门。", en=f"{voice.place(place)} is closed now."
        )
    spec = stage.constants["activity_specs"][code]
    if Where[spec.where.upper()] == Where.WORKPLACE:
        return voice.say(
            zh="现在还不是你当班的时间（最多提前 40 分钟）。",
            en="You are not expected there now (40 minutes early at most).",
        )
    if spec.sociable and place == situation["place"]:
        return voice.say(zh="这里没有别人可以说话。", en="Nobody is here to talk to.")
    return ""
