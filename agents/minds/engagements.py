"""Engagements: what somebody has agreed to, or means to do, as prompts tell it."""

from agents.minds.voice import Voice
from agents.models import Thought
from agents.news.wording import when


def occasion_told(voice: Voice, at: int, place: int, activity: int, *, now: int) -> str:
    """When, where and what, as it is said at `now`."""
    time, where, what = when(voice.stage, at, now), voice.place(place), voice.activity(activity)
    return voice.say(zh=f"{time['zh']}在{where}{what}", en=f"{time['en']}, {what} at {where}")


def appointments_told(voice: Voice, thought: Thought) -> list[str]:
    """A line for each appointment of whoever is asked."""
    told = []
    for at, place, activity, other, news in thought.situation.get("appointments", ()):
        what = occasion_told(voice, at, place, activity, now=thought.asked_at)
        alone = other == thought.actor.number
        if news:
            time, where = when(voice.stage, at, thought.asked_at), voice.place(place)
            zh, en = (
                ("你自己的", "your own")
                if alone
                else (f"{voice.person(other)}的", f"{voice.person(other)}'s")
            )
            what = voice.say(
                zh=f"{zh}聚会，{time['zh']}在{where}", en=f"{en} party, {time['en']} at {where}"
            )
        elif not alone:
            what = voice.say(
                zh=f"和{voice.person(other)}约好：{what}",
                en=f"agreed with {voice.person(other)}: {what}",
            )
        told.append(what)
    return told
