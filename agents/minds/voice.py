"""A voice: the language in which a mind is spoken to, and what the town calls things in it."""

from typing import Any, Literal

from agents.provenance import Refusal, Surprise
from world.stage import Stage

Language = Literal["zh", "en"]


class Voice:
    """Speaks of one town in one language."""

    def __init__(self, stage: Stage, language: Language) -> None:
        self.stage = stage
        self.language = language

    def say(self, *, zh: str, en: str) -> str:
        """A sentence."""
        return zh if self.language == "zh" else en

    def name(self, spec: Any) -> str:
        """The name of something of the scenario."""
        return str(getattr(spec.name, self.language))

    def place(self, number: int) -> str:
        """A place by its number, 0 for the street."""
        if not number:
            return self.say(zh="街上", en="the street")
        return str(self.stage.place(number)["name"][self.language])

    def person(self, number: int) -> str:
        """Somebody by their number."""
        return str(self.stage.person(number)["name"][self.language])

    def activity(self, code: int) -> str:
        """An activity by its code."""
        return self.name(self.stage.constants["activity_specs"][code])

    def need(self, index: int) -> str:
        """A need by its position in NEEDS."""
        return self.name(self.stage.rules["needs"].needs[index])

    def deed(self, activity: int, place: int) -> str:
        """Doing something somewhere."""
        where, what = self.place(place), self.activity(activity)
        return self.say(zh=f"在{where}{what}", en=f"{what} at {where}" if place else what)

    def refusal(self, code: int, place: int) -> str:
        """Being turned away at a door."""
        where = self.place(place)
        return {
            Refusal.CLOSED: self.say(zh=f"{where}关着门", en=f"{where} was closed"),
            Refusal.FULL: self.say(zh=f"{where}满座了", en=f"{where} was full"),
            Refusal.SOLD_OUT: self.say(zh=f"{where}东西卖光了", en=f"{where} was sold out"),
            Refusal.OUT_OF_BUSINESS: self.say(
                zh=f"{where}已经停业", en=f"{where} had gone out of business"
            ),
            Refusal.UNAFFORDABLE: self.say(
                zh=f"到了{where}却付不起", en=f"you could not pay at {where}"
            ),
        }[Refusal(code)]

    def surprise(self, code: int, place: int, activity: int) -> str:
        """What made a plan void; nothing for 0."""
        if not code:
            return ""
        plain = {
            Surprise.NEED: self.say(
                zh="有一项需求已经很危急。", en="one of your needs has become critical."
            ),
            Surprise.ORDER: self.say(
                zh="你被叫去做了别的事，原来的打算作废了。",
                en="you were told to do something else, so your plan is void.",
            ),
            Surprise.STOOD_IN: self.say(
                zh="有一阵子你没来得及细想，凭习惯过的。",
                en="for a while you went by habit, without thinking.",
            ),
            Surprise.WORDS: self.say(zh="有人跟你说话。", en="somebody spoke to you."),
        }
        if code in plain:
            return plain[Surprise(code)]
        where, what = self.place(place), self.activity(activity)
        if code == Surprise.APPOINTMENT:
            return self.say(
                zh=f"到了约好的时候，该去{where}了（{what}）。",
                en=f"it is time for what you meant to do at {where}: {what}.",
            )
        if code == Surprise.TURNED_AWAY:
            return self.say(
                zh=f"你想去{where}{what}，却没能进门。",
                en=f"you went to {where} for {what} and were not let in.",
            )
        return self.say(
            zh=f"你打算在{where}{what}，但现在做不成。",
            en=f"you meant to do this at {where}: {what}; it cannot be done now.",
        )
