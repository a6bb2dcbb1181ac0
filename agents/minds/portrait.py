"""Portraits: who a resident is, as their model is told."""

from typing import Any

from agents.activities import SKILLS
from agents.minds.voice import Voice
from agents.models import Thought
from agents.needs import TRAITS
from world.engine.lines import POINT
from world.sections import write_time_of_day

HIGH, LOW = 70, 30
"""Points from which on, or up to which, a trait shows."""

SKILL_WORDS = {
    "programming": ("编程", "programming"),
    "design": ("设计", "design"),
    "art": ("艺术", "art"),
    "social": ("社交", "social"),
    "teaching": ("教学", "teaching"),
    "cooking": ("烹饪", "cooking"),
    "business": ("经商", "business"),
}
GENDERS = {"male": ("男", "male"), "female": ("女", "female"), "other": ("其他性别", "other")}
SHOWN = {
    ("openness", True): ("喜欢新鲜事物。", "You like what is new."),
    ("openness", False): ("喜欢老样子。", "You like things as they are."),
    ("conscientiousness", True): ("守时、有条理。", "You are punctual and orderly."),
    ("conscientiousness", False): ("随性，常迟到。", "You take it easy and are often late."),
    ("extraversion", True): ("爱热闹，找人作伴。", "You seek company."),
    ("extraversion", False): ("爱独处，人多会累。", "You seek solitude; crowds tire you."),
    ("agreeableness", True): ("待人友善，容易原谅。", "You befriend easily and forgive."),
    ("agreeableness", False): ("脾气硬，爱计较。", "You are blunt and keep accounts."),
    ("neuroticism", True): ("情绪起伏大，爱操心。", "Your moods swing and you worry."),
    ("neuroticism", False): ("心宽，不容易慌。", "You stay calm."),
}


def portrait(voice: Voice, thought: Thought) -> dict[str, Any]:
    """What the template calls `who`: whose thought it is, as the thought found them."""
    stage, spoken = voice.stage, voice.language
    agent, situation = thought.actor.agent, thought.situation
    traits = dict(zip(TRAITS, situation["traits"], strict=True))
    occupation = stage.rules["occupations"][situation["occupation"]]
    workplace = situation["workplace"]
    duty = stage.constants["duties"][situation["occupation"]]
    return {
        "name": voice.person(thought.actor.number),
        "age": agent.age,
        "gender": voice.say(zh=GENDERS[agent.gender][0], en=GENDERS[agent.gender][1]),
        "occupation": voice.name(occupation),
        "backstory": getattr(agent, f"backstory_{spoken}"),
        "goal": getattr(agent, f"goal_{spoken}"),
        "traits": traits,
        "character": voice.say(zh="", en=" ").join(
            voice.say(zh=zh, en=en)
            for (trait, high), (zh, en) in SHOWN.items()
            if (traits[trait] > HIGH if high else traits[trait] < LOW)
        ),
        "skills": [
            {
                "name": voice.say(zh=SKILL_WORDS[skill][0], en=SKILL_WORDS[skill][1]),
                "level": level // POINT,
            }
            for skill, level in zip(SKILLS, situation["skills"], strict=True)
        ],
        "home": {"name": voice.place(situation["home"]), "number": situation["home"]},
        "workplace": workplace and {"name": voice.place(workplace), "number": workplace},
        "duty": voice.activity(duty) if duty >= 0 else voice.say(zh="去处", en="Your place"),
        "hours": _hours(voice, situation),
    }


def _hours(voice: Voice, situation: dict[str, Any]) -> str:
    """When duty calls, as words."""
    shift = situation["shift"]
    if not shift:
        return voice.say(zh="时间自由", en="at hours of your own")
    shifts = voice.stage.constants["shifts"]
    begins, ends, break_begins, break_ends = (
        int(column[shift])
        for column in (shifts.begins, shifts.ends, shifts.break_begins, shifts.break_ends)
    )
    span = f"{write_time_of_day(begins)}-{write_time_of_day(ends)}"
    days = voice.say(zh="、", en=", ").join(
        weekday(voice, day) for day in range(7) if situation["workdays"] >> day & 1
    )
    pause = ""
    if break_ends > break_begins:
        lunch = f"{write_time_of_day(break_begins)}-{write_time_of_day(break_ends)}"
        pause = voice.say(zh=f"，{lunch} 休息", en=f", break {lunch}")
    return f"{days} {span}{pause}"


def weekday(voice: Voice, day: int) -> str:
    """The name of a day of the week, 0 for Monday."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return voice.say(zh=f"星期{'一二三四五六日'[day]}", en=names[day])
