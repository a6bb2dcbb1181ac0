"""News: what is announced, what comes to pass among people, and who learns of it."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from agents import events
from agents.activities import Activities
from agents.news import knowing
from agents.news.knowing import Knowing
from agents.news.noting import TIDING, TOLD
from agents.news.rules import URGENCIES, NewsRules
from agents.news.vocabulary import How, Kind, Urgency
from agents.systems.conduct import ENTERED
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.gametime import DAY, HOUR
from world.engine.inbox import InboxRow
from world.engine.pipeline import System
from world.engine.step import Step
from world.registry import InboxKind
from world.scenario import Bilingual

NOTICED = purpose("agents.news.noticed")

PARTY = 3 * HOUR
"""How long after its beginning nobody speaks of a gathering any more."""

LONGEST = 300
"""Characters of an announcement at most."""


class Announcement(BaseModel):
    """What is to be known. text: may be empty for a gathering.

    urgency: low is taken in by some of those who are there, normal by all of them, high also by who
    comes later, urgent by everybody wherever they are. place: a number, where it is announced; 0:
    in every place that is nobody's home. to: the number of the only one who is told; 0: nobody.
    host, starts: of a gathering in `place`: who gives it (a number), and when (game time); it is
    told to the host and, if there is one, to `to`.
    days: for how long people speak of it; 0: as long as usual; of a gathering never longer than
    until PARTY after it has begun.
    """

    model_config = ConfigDict(extra="forbid")

    text: Bilingual = Bilingual(zh="", en="")
    urgency: str = "normal"
    place: Annotated[int, Field(ge=0)] = 0
    to: Annotated[int, Field(ge=0)] = 0
    host: Annotated[int, Field(ge=0)] = 0
    starts: Annotated[int, Field(ge=0)] = 0
    days: Annotated[int, Field(ge=0, le=60)] = 0

    @model_validator(mode="after")
    def makes_sense(self) -> "Announcement":
        """It says something, at most so much; a gathering has a host, a place and a time."""
        if self.urgency not in URGENCIES:
            raise ValueError(f"expected an urgency of {', '.join(URGENCIES)}")
        if max(len(self.text.zh), len(self.text.en)) > LONGEST:
            raise ValueError(f"expected at most {LONGEST} characters")
        gathering = bool(self.host or self.starts)
        if gathering and not (self.host and self.starts and self.place):
            raise ValueError("a gathering needs host, starts and place")
        if not gathering and not (self.text.zh and self.text.en):
            raise ValueError("expected a text")
        return self


ANNOUNCE = InboxKind("announcement", 30, Announcement)


class Spread(System):
    """Lets people learn what is announced, what they witness, and what they are told."""

    reads = (
        *knowing.READS,
        "livelihoods.left_at",
        "residents.activity",
        "residents.home",
    )
    writes = knowing.WRITES
    handles = (ANNOUNCE.name,)

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.news = columns.news
        self.knowing = Knowing(columns, constants)
        self.rules: NewsRules = constants["news"]
        self.activities: Activities = constants["activities"]
        self.place_count = len(constants["places"])

    def run(self, step: Step) -> None:
        self._come_in(step)
        for order in self.orders(step):
            refusal = self._announce(step, order)
            if refusal:
                step.refuse(order, refusal)
            else:
                step.accept(order)
        self._witness(step)
        self._hear(step)

    def _announce(self, step: Step, order: InboxRow) -> str | None:
        told, r = order.payload, self.residents
        if told["place"] > self.place_count:
            return "unknown_place"
        for who in (told["to"], told["host"]):
            if who and not (r.numbers == who).any():
                return "unknown_agent"
            if who and self.livelihoods.left_at[r.numbers == who].any():
                return "departed"
        if told["starts"] and told["starts"] <= step.instant:
            return "over_already"
        kind = Kind.GATHERING if told["host"] else Kind.ANNOUNCEMENT
        urgency = Urgency[told["urgency"].upper()]
        until = step.instant + (told["days"] * DAY or int(self.rules.lasts[kind]))
        if told["host"]:
            over = told["starts"] + PARTY
            until = min(until, over) if told["days"] else over
        alone = 0 if told["host"] else told["to"]
        number = self.knowing.rise(
            step,
            kind,
            about=told["host"],
            other=alone,
            place=told["place"],
            starts=told["starts"],
            urgency=urgency,
            until=until,
        )
        step.emit(
            events.ANNOUNCED,
            actor=told["host"],
            other=alone,
            place=told["place"],
            reason=kind,
            amount=number,
            until=until,
            source=order.source,
            data=[{key: told[key] for key in ("text", "urgency", "starts")}],
        )
        self.knowing.learn(step, self._who(told["host"]), number, How.HOSTING)
        self.knowing.learn(step, self._reached(step, told, urgency), number, How.ANNOUNCED)
        return None

    def _who(self, number: int) -> Rows:
        return np.flatnonzero(self.residents.numbers == number)

    def _reached(self, step: Step, told: Mapping[str, Any], urgency: Urgency) -> Rows:
        """Who takes in what is announced as it is; of a gathering, the guest."""
        r = self.residents
        if told["to"] or told["host"]:
            return self._who(told["to"])
        if urgency == Urgency.URGENT and not told["place"]:
            return np.flatnonzero(self.livelihoods.left_at[:] == 0)
        rows = np.flatnonzero(self._is_heard(r.place[:], told["place"]))
        if urgency > Urgency.LOW:
            return rows
        return rows[step.draws.chance(self.rules.noticed, r.numbers[rows], NOTICED)]

    def _come_in(self, step: Step) -> None:
        """Whoever comes into a place reads what is posted there; not what one alone was told."""
        entered = step.marked(ENTERED)
        if not len(entered) or not len(self.news):
            return
        posted = (
            (self.news.kind[:] == Kind.ANNOUNCEMENT)
            & (self.news.urgency[:] >= Urgency.HIGH)
            & (self.news.until[:] > step.instant)
            & (self.news.other[:] == 0)
        )
        for row in np.flatnonzero(posted).tolist():
            reads = self._is_heard(self.residents.place[entered], int(self.news.place[row]))
            self.knowing.learn(step, entered[reads], self._number(row), How.ANNOUNCED)

    def _is_heard(self, here: NDArray[Any], place: int) -> NDArray[np.bool_]:
        """Who is where something is announced: in a place, or (0) in any that is nobody's home."""
        if place:
            return np.asarray(here == place)
        return np.asarray((here > 0) & ~np.isin(here, self.residents.home[:]))

    def _number(self, row: int) -> int:
        return int(self.news.seconds(np.array([row]))[0])

    def _witness(self, step: Step) -> None:
        """What came to pass is known to those who were there."""
        noted = step.noted(TIDING)
        if noted is None:
            return
        what = np.stack([noted[name] for name in ("kind", "about", "other", "place")], axis=1)
        distinct, index = np.unique(what, axis=0, return_inverse=True)
        for i, (kind, about, other, place) in enumerate(distinct.tolist()):
            number = self.knowing.rise(step, Kind(kind), about=about, other=other, place=place)
            step.emit(
                events.NEWS_ROSE, actor=about, other=other, place=place, reason=kind, amount=number
            )
            witnesses = np.unique(noted["witness"][index.ravel() == i])
            if kind == Kind.QUARREL:
                witnesses = np.union1d(witnesses, self._overhearing(step, number, place))
            self.knowing.learn(step, witnesses, number, How.WITNESSED)

    def _overhearing(self, step: Step, number: int, place: int) -> Rows:
        """Who takes in that others quarrel where they are."""
        r = self.residents
        awake = ~self.activities.until_rested[r.activity[:]]
        rows = np.flatnonzero((place > 0) & (r.place[:] == place) & awake)
        lot = step.draws.chance(
            self.rules.noticed, r.numbers[rows], NOTICED, other=np.full(len(rows), number)
        )
        return rows[lot]

    def _hear(self, step: Step) -> None:
        """What was told is known to those who were there."""
        noted = step.noted(TOLD)
        if noted is None:
            return
        what = np.stack([noted[name] for name in ("speaker", "news", "conversation")], axis=1)
        distinct, index = np.unique(what, axis=0, return_inverse=True)
        for i, (speaker, news, conversation) in enumerate(distinct.tolist()):
            self.knowing.pass_on(step, speaker, news)
            hearers = np.unique(noted["hearer"][index.ravel() == i])
            self.knowing.learn(
                step, hearers, news, How.TOLD, source=speaker, conversation=conversation
            )
