"""What somebody knows as they are about to say something."""

import zlib
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents import needs
from agents.activities import Activities
from agents.conversations.bonds import Bonds
from agents.conversations.grammar import SIMPLE, WIDTH, Grammar
from agents.conversations.instinct import Side, Turn
from agents.conversations.parting import ANGRY_TALK
from agents.conversations.rules import FRIEND, TalkRules
from agents.conversations.vocabulary import Act, Ending, Love, Phase, Topic, Why
from agents.needs import TRAITS
from agents.occupations import Occupations
from economy.classes import Classes
from world.engine.step import Step
from world.weather import Weather

READS = (
    "accounts.balance",
    "residents.activity",
    "residents.bound_for",
    "residents.occupation",
    "residents.place",
    "residents.shunned",
    "residents.shunned_until",
    "talks.before",
    "talks.before_place",
    "traits.levels",
)


class TurnOutlook:
    """Puts turns before minds. columns: granted tables, READS and the ties readable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.talks = columns.talks
        self.traits = columns.traits
        self.accounts = columns.accounts
        self.bonds = Bonds(columns, constants)
        self.rules: TalkRules = constants["talk"]
        self.grammar: Grammar = constants["grammar"]
        self.activities: Activities = constants["activities"]
        self.occupations: Occupations = constants["occupations"]
        self.classes: Classes = constants["classes"]
        self.weather: Weather = constants["weather"]
        self.kinds: list[str] = constants["place_kinds"]
        self.seed: int = constants["seed"]
        self._weights = tuple(self.rules.topic_weights.tolist())
        self._kinds = tuple(self.rules.topic_levels.tolist())

    def of(self, step: Step, host: int, speaker: int, listener: int, group: int) -> Turn:
        """The turn of `speaker` (rows) to say something to `listener`; so many take part."""
        r, t, ties = self.residents, self.talks, self.bonds.ties
        numbers, now = r.numbers, step.instant
        rows = np.array([speaker, listener])
        pairs = ties.find(numbers[rows], numbers[rows[::-1]])
        values = needs.values_at(r, rows, now)
        account = np.searchsorted(self.accounts.numbers, numbers[rows])
        money = self.classes.of(self.accounts.balance[account])
        me, you = (
            self._side(row, pair, values[index].tolist(), int(money[index]))
            for index, (row, pair) in enumerate(zip(rows.tolist(), pairs.tolist(), strict=True))
        )
        friend, beloved = self._third_persons(speaker, listener)
        known = pairs[0] >= 0
        place = int(r.place[speaker])
        return Turn(
            speaker=me,
            listener=you,
            why=Why(int(t.why[host])),
            act=Act(int(t.act[host])),
            topic=Topic(int(t.topic[host])),
            turns=int(t.turns[host]),
            said=int(t.said[speaker]),
            group=group,
            closing=bool(t.phase[host] == Phase.CLOSING),
            angry=bool(t.angry[host] >= ANGRY_TALK),
            ending=Ending(int(t.ending[host]) or Ending.GOODBYE),
            now=now,
            place=place,
            place_kind=self.kinds[(place - 1) % len(self.kinds)],
            weather=self.weather.keys[self.weather.kind_at(now)],
            talked_at=int(ties.met_at[pairs[0]]) if known else 0,
            talked_of=Topic(int(ties.topic[pairs[0]])) if known else Topic.NONE,
            friend=friend,
            beloved=beloved,
            refused_by=int(r.shunned[speaker]) if now < r.shunned_until[speaker] else 0,
            topic_weights=self._weights,
            topic_kinds=self._kinds,
            has=self.grammar.has,
            quarrel=self.rules.quarrel,
        )

    def _side(self, row: int, pair: int, values: list[int], money: int) -> Side:
        r, t, ties = self.residents, self.talks, self.bonds.ties
        before = int(t.before[row])
        strength = int(ties.strength[pair]) if pair >= 0 else 0
        return Side(
            number=int(r.numbers[row]),
            traits=dict(zip(TRAITS, self.traits.levels[row].tolist(), strict=True)),
            needs=values,
            occupation=self.occupations.keys[r.occupation[row]],
            money=money,
            before=self.activities.keys[before] if before >= 0 else "",
            before_place=int(t.before_place[row]),
            met=int(t.met[row]),
            met_in=int(t.met_in[row]),
            strength=strength,
            regard=int(ties.regard[pair]) if pair >= 0 else 0,
            kind=int(self.rules.kind_of(np.array([strength]))[0]),
            love=int(ties.love[pair]) if pair >= 0 else 0,
            sore=bool(ties.sore[pair]) if pair >= 0 else False,
        )

    def _third_persons(self, speaker: int, listener: int) -> tuple[int, int]:
        """The closest friend, and the lover, of the speaker; 0 for none. Not the listener."""
        ties, numbers = self.bonds.ties, self.residents.numbers
        known = ties.of(int(numbers[speaker]))
        known = known[ties.seconds(known) != numbers[listener]]
        if not len(known):
            return 0, 0
        closest = known[np.argmax(ties.strength[known])]
        is_friend = ties.strength[closest] >= self.rules.levels[FRIEND]
        lovers = known[ties.love[known] == Love.LOVERS]
        return (
            int(ties.seconds(closest)) if is_friend else 0,
            int(ties.seconds(lovers[0])) if len(lovers) else 0,
        )

    def variant(self, one: int, other: int, line: tuple[str, str], spoken: int) -> int:
        """Which sentence comes next, when so many were said to that person before.

        Each pair begins somewhere else, so that not everybody hears the same one first.
        """
        cores = self.grammar.cores_of(*line)
        begins = zlib.crc32(f"{self.seed} {one} {other} {line}".encode())
        round_, core = divmod(spoken, cores)
        # At first as it is, then with every opener and every tail, then with both.
        dress = round_ % WIDTH
        if 0 < dress < SIMPLE:
            dress = 1 + (dress - 1 + begins // cores) % (SIMPLE - 1)
        return dress * cores + (core + begins) % cores
