"""Knowing: news in the columns - how it comes up, who learns of it, and what one may pass on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agents import events
from agents.needs import TRAITS
from agents.news.noting import LEARNT
from agents.news.rules import NewsRules
from agents.news.vocabulary import OF_PEOPLE, How, Kind
from world.engine.columns import Rows
from world.engine.step import Step

NEWS = ("about", "at", "kind", "other", "place", "starts", "until", "urgency")
KNOWLEDGE = ("heard_at", "how", "source", "told", "told_at")

NAMED = ("kind", "about", "other", "place", "starts")
"""What is told of news."""

READS = ("residents.place", "traits.levels")
WRITES = (*(f"news.{name}" for name in NEWS), *(f"knowledge.{name}" for name in KNOWLEDGE))

_EXTRAVERSION = TRAITS.index("extraversion")


@dataclass(frozen=True, slots=True)
class Tiding:
    """Something that somebody might tell. chance: how likely, millionths. known: the other has
    heard of it. The rest as in `News`."""

    number: int
    kind: Kind
    about: int
    other: int
    place: int
    starts: int
    chance: int
    known: bool


class Told(NamedTuple):
    """What was told with a sentence, if any: which kind of news, whether it was new to whoever it
    was told, and whether it is about whoever told it."""

    kind: Kind | None = None
    new: bool = False
    of_teller: bool = False


class Knowing:
    """The news of one world. columns: granted tables, READS and those of WRITES."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.traits = columns.traits
        self.news = columns.news
        self.knowledge = columns.knowledge
        self.rules: NewsRules = constants["news"]

    def rise(self, step: Step, kind: Kind, **about: int) -> int:
        """Let something new come up, of which nobody knows yet; returns its number.

        about: the columns of `News` that are not 0.
        """
        number = len(self.news) + 1
        row = self.news.ensure([0], [number])
        values = {"at": step.instant, "until": step.instant + int(self.rules.lasts[kind])} | about
        self.news.kind[row] = kind
        for name, value in values.items():
            getattr(self.news, name)[row] = value
        return number

    def learn(
        self,
        step: Step,
        rows: Rows,
        number: int,
        how: How,
        *,
        source: int = 0,
        conversation: int = 0,
    ) -> None:
        """Let those of these who do not know it learn of something, from somebody (a number)."""
        people = self.residents.numbers[rows]
        news = np.full(len(people), number)
        unknown = self.knowledge.find(people, news) < 0
        rows, people = rows[unknown], people[unknown]
        if not len(people):
            return
        known = self.knowledge.ensure(people, news[unknown])
        self.knowledge.heard_at[known] = step.instant
        self.knowledge.how[known] = how
        self.knowledge.source[known] = source
        step.note(LEARNT, rows=rows, news=news[unknown])
        step.emit(
            events.NEWS_HEARD,
            actor=people,
            other=np.full(len(people), source),
            place=self.residents.place[rows],
            reason=np.full(len(people), int(how)),
            amount=news[unknown],
            data=[{"conversation": conversation} if conversation else None] * len(people),
        )

    def pass_on(self, step: Step, who: int, number: int) -> None:
        """Note that somebody (a number) has told what they know."""
        row = self.knowledge.find([who], [number])
        self.knowledge.told[row] = self.knowledge.told[row] + 1
        self.knowledge.told_at[row] = step.instant

    def knows(self, people: ArrayLike, number: int) -> NDArray[np.bool_]:
        """Which of these (numbers) know it."""
        people = np.atleast_1d(np.asarray(people))
        return np.asarray(self.knowledge.find(people, np.full(len(people), number)) >= 0)

    def told(self, who: int, teller: int, number: int, since: int) -> Told:
        """What a teller has told somebody (numbers) with news, 0 for none; new to them if they have
        heard of it since then only."""
        if not number:
            return Told()
        news, known = self.news.find([0], [number]), self.knowledge.find([who], [number])
        return Told(
            kind=Kind(int(self.news.kind[news][0])),
            new=bool(known[0] >= 0 and self.knowledge.heard_at[known][0] >= since),
            of_teller=teller in (self.news.about[news][0], self.news.other[news][0]),
        )

    def to_tell(self, now: int, speaker: int, listener: int, *, confides: bool) -> Tiding | None:
        """What a speaker (a row) is likeliest to tell a listener (a row); None for nothing."""
        told = self.all_to_tell(now, speaker, listener, confides=confides)
        return max(told, key=lambda each: (each.chance, each.number)) if told else None

    def all_to_tell(
        self, now: int, speaker: int, listener: int, *, confides: bool
    ) -> Sequence[Tiding]:
        """All that a speaker (a row) knows and has not told a listener (a row), by number.

        Nobody is told what they told themselves, or what is about them. confides: the speaker may
        speak of what came to pass between themselves and others.
        """
        if not len(self.news):
            return ()
        numbers = self.residents.numbers
        known = self.knowledge.of(int(numbers[speaker]))
        if not len(known):
            return ()
        told = self.knowledge.seconds(known)
        rows = self.news.find(np.zeros(len(told)), told)
        you = int(numbers[listener])
        theirs = self.knowledge.find(np.full(len(told), you), told)
        knows = theirs >= 0
        from_me = knows & (self._of("source", theirs) == numbers[speaker])
        about = np.stack([self.news.about[rows], self.news.other[rows]])
        of_me = (about == numbers[speaker]).any(axis=0) & np.isin(self.news.kind[rows], OF_PEOPLE)
        wanted = (
            (self.news.until[rows] > now)
            & (confides | ~of_me)
            & (self.knowledge.source[known] != you)
            & ~from_me
            & (about != you).all(axis=0)
        )
        chance = self._chance(now, speaker, rows)
        chance = np.where(knows, chance * self.rules.again // 100, chance)
        columns = [getattr(self.news, name)[rows] for name in NAMED]
        return [
            Tiding(number, Kind(kind), about, other, place, starts, likely, heard)
            for number, kind, about, other, place, starts, likely, heard, tells in zip(
                *(each.tolist() for each in (told, *columns, chance, knows, wanted)), strict=True
            )
            if tells and likely > 0
        ]

    def _of(self, column: str, rows: Rows) -> NDArray[np.int64]:
        """A column of what is known, 0 where it is not."""
        found = np.zeros(len(rows), dtype=np.int64)
        found[rows >= 0] = getattr(self.knowledge, column)[rows[rows >= 0]]
        return found

    def _chance(self, now: int, speaker: int, rows: Rows) -> NDArray[np.int64]:
        """How likely each is told by somebody, millionths: less as it grows old, more by those who
        like to talk."""
        news, rules = self.news, self.rules
        kind, urgency = news.kind[rows], news.urgency[rows]
        announced = kind == Kind.ANNOUNCEMENT
        chance = np.where(announced, rules.urgent[urgency], rules.tell[kind])
        mine = news.about[rows] == self.residents.numbers[speaker]
        chance = np.where(mine & (kind == Kind.GATHERING), rules.own, chance)
        halves = (now - news.at[rows]) // rules.half_life
        outgoing = 50 + int(self.traits.levels[speaker, _EXTRAVERSION])
        return (chance >> np.minimum(halves, 30)) * outgoing // 100
