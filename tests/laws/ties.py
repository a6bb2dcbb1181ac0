"""What talks do to ties, worked out from the log and the figures of the scenario alone."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from agents import events
from agents.appointments.vocabulary import State
from agents.conversations.rules import TalkSpec
from agents.conversations.vocabulary import TOPICS, Change, Emotion, Why
from economy.sections import CreditSpec
from world.engine.lines import FULL, POINT
from world.models import Event

GLAD = {Emotion.HAPPY, Emotion.EXCITED, Emotion.TENDER}
IN_PASSING = {Why.SERVICE, Why.LESSON}
MEANT = {
    Change.RECONCILED: "reconciled",
    Change.LOVE: "love",
    Change.REJECTED: "rejected",
    Change.PARTED: "rejected",
}
"""What changes a tie while people talk still, and the figure of it."""
OF_MONEY = {Change.REPAID: "kept", Change.DEFAULTED: "broken", Change.TREATED: "treated"}
"""What changes a tie for the sake of money, and the figure of it."""


@dataclass
class Told:
    """A conversation as far as ties are concerned. feeling: of the last sentence that had one."""

    why: int
    said: int = 0
    angry: int = 0
    feeling: dict[int, int] = field(default_factory=dict)
    waiting: list[tuple[Event, bool]] = field(default_factory=list)
    """Changes at a parting whose topic comes with the next event, and whether both were glad."""


@dataclass
class Arithmetic:
    """Follows the log and objects to a change that the figures do not explain.

    characters: traits of residents by number, in points.
    """

    spec: TalkSpec
    credit: CreditSpec
    characters: dict[int, dict[str, int]]
    talks: dict[int, Told] = field(default_factory=dict)
    appointments: dict[frozenset[int], Event] = field(default_factory=dict)
    """What came last of those of each two people."""
    explained: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """How many changes were explained, by reason."""

    def take_in(self, event: Event) -> None:
        """One event of the log, in its order. Raises AssertionError."""
        match event.kind:
            case events.EDITED:
                self.characters[event.actor] |= (event.data or {}).get("traits", {})
            case events.TALK_BEGAN:
                self.talks[event.amount] = Told(why=event.reason)
            case events.TALK_JOINED:
                self.talks[event.amount].feeling.pop(event.actor, None)
            case events.SAID:
                self._say(self.talks[event.amount], event)
            case events.TALK_LEFT | events.TALK_ENDED:
                talk = self.talks[event.amount]
                for change, glad in talk.waiting:
                    self._check(talk, change, glad, (event.data or {})["topic"])
                talk.waiting.clear()
            case events.APPOINTMENT_OVER:
                self.appointments[frozenset((event.actor, event.other))] = event
            case events.TIE_CHANGED:
                self._change(event)

    def _say(self, talk: Told, event: Event) -> None:
        talk.said += 1
        if event.reason:
            talk.feeling[event.actor] = event.reason
        talk.angry += event.reason == Emotion.ANGRY
        if (event.data or {}).get("line") == "peace/forgive":
            talk.angry = 0

    def _change(self, event: Event) -> None:
        data: dict[str, Any] = event.data or {}
        if event.reason == Change.FOUNDING:
            return
        if event.reason == Change.APART:
            before = event.until - event.amount
            apart = self.spec.apart
            stays = max(before - round(apart.points * POINT), apart.stays * POINT)
            self._holds(event, stays - before)
        elif event.reason in (Change.KEPT, Change.MISSED):
            self._after_appointment(event)
        elif event.reason in OF_MONEY:
            figure = getattr(self.credit, OF_MONEY[Change(event.reason)])
            sign = -1 if event.reason == Change.DEFAULTED else 1
            self._clipped(event, self._bent(event, sign * round(figure * POINT)))
        elif event.reason in MEANT:
            figure = getattr(self.spec.strength, MEANT[Change(event.reason)])
            assert self.talks[data["conversation"]].said, "nobody has said anything"
            self._clipped(event, round(figure * POINT))
        else:
            talk = self.talks[data["conversation"]]
            glad = {talk.feeling.get(who, 0) for who in (event.actor, event.other)} <= GLAD
            talk.waiting.append((event, glad))

    def _after_appointment(self, event: Event) -> None:
        over = self.appointments[frozenset((event.actor, event.other))]
        assert over.world_time == event.world_time
        if event.reason == Change.KEPT:
            assert over.reason == State.KEPT
            self._clipped(event, round(self.spec.strength.kept * POINT))
        else:
            assert (over.reason, over.actor) == (State.MISSED, event.other), "the wrong one is hurt"
            self._clipped(event, round(self.spec.strength.missed * POINT))

    def _check(self, talk: Told, event: Event, glad: bool, topic: int) -> None:
        """A change that a parting left."""
        figures = self.spec.strength
        if talk.angry >= 2:
            points = figures.quarrel
            assert event.reason == Change.QUARREL
        elif talk.why in IN_PASSING:
            points = figures.service
            assert event.reason == Change.SERVICE
        else:
            points = figures.long_talk if talk.said >= self.spec.long_turns else figures.talk
            points += figures.both_glad * glad
            key = TOPICS[topic - 1] if topic else ""
            points += sum(each.strength for each in self.spec.topics if each.key == key)
        self._clipped(event, self._bent(event, round(points * POINT)))

    def _bent(self, event: Event, points: int) -> int:
        """Whole milli-points, as the character of the one who feels it has it."""
        mine, theirs = self.characters[event.actor], self.characters[event.other]
        if points <= 0:
            return points // 2 if mine["agreeableness"] > 70 else points
        if abs(mine["extraversion"] - theirs["extraversion"]) <= 15:
            points = points * self.spec.strength.alike // 100
        if abs(mine["agreeableness"] - theirs["agreeableness"]) >= 40:
            points = points * self.spec.strength.opposite // 100
        return points

    def _clipped(self, event: Event, points: int) -> None:
        before = event.until - event.amount
        self._holds(event, min(max(before + points, 0), FULL) - before)

    def _holds(self, event: Event, amount: int) -> None:
        reason = Change(event.reason)
        assert event.amount == amount, f"{reason.name} of {event.amount}, explained is {amount}"
        self.explained[reason] += 1
