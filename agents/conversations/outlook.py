"""What somebody knows as they are about to say something."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs
from agents.activities import Activities
from agents.appointments import diary, occasions
from agents.appointments.diary import Diary
from agents.appointments.occasions import Occasions
from agents.appointments.vocabulary import State
from agents.conversations.bonds import Bonds
from agents.conversations.grammar import SIMPLE, WIDTH, Grammar
from agents.conversations.lived import Past
from agents.conversations.parting import ANGRY_TALK
from agents.conversations.rules import FRIEND, TalkRules
from agents.conversations.turn import Luck, Scene, Side, ThirdPersons, Turn
from agents.conversations.vocabulary import Act, Ending, Love, Phase, Topic, Why
from agents.needs import TRAITS
from agents.news import knowing
from agents.news.knowing import Knowing
from agents.occupations import Occupations
from economy.classes import Classes
from world.engine.columns import Rows
from world.engine.gametime import MINUTE
from world.engine.step import Step
from world.weather import Weather

READS = (
    *diary.READS,
    *diary.WRITES,
    *occasions.READS,
    *knowing.READS,
    "accounts.balance",
    "residents.activity",
    "residents.bound_for",
    "residents.occupation",
    "residents.shunned",
    "residents.shunned_until",
    "talks.before",
    "talks.before_place",
)


# Looking codes up is several times as fast as calling their classes.
_WHY = {int(why): why for why in Why}
_ACT = {int(act): act for act in Act}
_TOPIC = {int(topic): topic for topic in Topic}
_STATE = {int(state): state for state in State}
_ENDING = {int(ending): ending for ending in Ending}

LATE = 10 * MINUTE
"""So long after the time agreed one comes late."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Whose turn it is in n conversations: rows of residents, [n] each.

    hosts: on whose rows they stand. groups: how many take part. luck: draws from 0 to 99.
    """

    hosts: Rows
    speakers: Rows
    listeners: Rows
    groups: Sequence[int]
    luck: Sequence[Luck]

    def among(self, indices: Sequence[int]) -> "Heard":
        """Those of these conversations at `indices`."""
        return Heard(
            self.hosts[indices],
            self.speakers[indices],
            self.listeners[indices],
            [self.groups[index] for index in indices],
            [self.luck[index] for index in indices],
        )


class TurnOutlook:
    """Puts turns before minds. columns: granted tables, READS and the ties readable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.talks = columns.talks
        self.traits = columns.traits
        self.accounts = columns.accounts
        self.bonds = Bonds(columns, constants)
        self.knowing = Knowing(columns, constants)
        self.rules: TalkRules = constants["talk"]
        self.grammar: Grammar = constants["grammar"]
        self.activities: Activities = constants["activities"]
        self.occupations: Occupations = constants["occupations"]
        self.classes: Classes = constants["classes"]
        self.weather: Weather = constants["weather"]
        self.kinds: list[str] = constants["place_kinds"]
        self.seed: int = constants["seed"]
        self.diary = Diary(columns, constants)
        self.occasions = Occasions(columns, constants)
        self.past = Past(columns)
        self._weights = tuple(self.rules.topic_weights.tolist())
        self._kinds = tuple(self.rules.topic_levels.tolist())

    def of(self, step: Step, heard: Heard) -> list[Turn]:
        """The turns of these speakers to say something to these listeners."""
        r, t, bonds, now = self.residents, self.talks, self.bonds, step.instant
        hosts, speakers, listeners = heard.hosts, heard.speakers, heard.listeners
        ties = bonds.between(speakers, listeners)
        back = bonds.between(listeners, speakers)
        both, all_ties = np.concatenate([speakers, listeners]), np.concatenate([ties, back])
        sides = self._sides(both, all_ties, now)
        columns = (
            t.why[hosts],
            t.act[hosts],
            t.topic[hosts],
            t.turns[hosts],
            t.said[speakers],
            t.phase[hosts] == int(Phase.CLOSING),
            t.angry[hosts] >= ANGRY_TALK,
            t.ending[hosts],
            r.place[speakers],
            bonds.of("met_at", ties),
            bonds.of("topic", ties),
            np.where(now < r.shunned_until[speakers], r.shunned[speakers], 0),
            t.news[hosts],
            t.spoke_at[hosts],
            speakers,
            listeners,
            *self._appointments(r.numbers[speakers], r.numbers[listeners]),
        )
        scene = self._scene(now)
        return [
            Turn(
                scene=scene,
                speaker=me,
                listener=you,
                why=_WHY[why],
                act=_ACT[act],
                topic=_TOPIC[topic],
                turns=turns,
                said=said,
                group=group,
                closing=closing,
                angry=angry,
                ending=_ENDING[ending or Ending.GOODBYE],
                place=place,
                place_kind=self.kinds[(place - 1) % len(self.kinds)],
                talked_at=at,
                talked_of=_TOPIC[of],
                third_persons=partial(self._third_persons, speaker, listener),
                past=partial(self.past.of, now, me.number),
                refused_by=refused_by,
                appointment=_STATE[state],
                invited=act == Act.INVITE and theirs == State.ASKED,
                late=why == Why.APPOINTMENT and now > agreed_for + LATE,
                occasion=partial(self.diary.agreed, me.number, you.number),
                plan=partial(self.diary.agreed, me.number, me.number),
                occasions=partial(self.occasions.for_two, now, speaker, listener),
                tiding=partial(
                    self.knowing.to_tell, now, speaker, listener, confides=me.kind >= FRIEND
                ),
                told=partial(self.knowing.told, me.number, you.number, news, spoke_at),
            )
            for (
                me,
                you,
                group,
                why,
                act,
                topic,
                turns,
                said,
                closing,
                angry,
                ending,
                place,
                at,
                of,
                refused_by,
                news,
                spoke_at,
                speaker,
                listener,
                state,
                theirs,
                agreed_for,
            ) in zip(
                sides[: len(hosts)],
                sides[len(hosts) :],
                heard.groups,
                *(column.tolist() for column in columns),
                strict=True,
            )
        ]

    def _appointments(
        self, me: NDArray[np.int64], you: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The states of the last appointments of these people, and of theirs with them, and for
        when the first are."""
        a = self.diary.appointments
        if not len(a):
            return np.zeros_like(me), np.zeros_like(me), np.zeros_like(me)
        mine, theirs = a.find(me, you), a.find(you, me)
        # Where there is none, whatever stands last is put aside.
        return (
            np.where(mine >= 0, a.state[mine], int(State.NONE)),
            np.where(theirs >= 0, a.state[theirs], int(State.NONE)),
            np.where(mine >= 0, a.at[mine], 0),
        )

    def _scene(self, now: int) -> Scene:
        return Scene(
            now=now,
            weather=self.weather.keys[self.weather.kind_at(now)],
            topic_weights=self._weights,
            topic_kinds=self._kinds,
            has=self.grammar.has,
            quarrel=self.rules.quarrel,
            invites=self.diary.rules.invites,
            activities=self.activities.keys,
        )

    def _sides(self, rows: Rows, ties: Rows, now: int) -> list[Side]:
        """How these take part. ties: to the other, one for each, -1 for none."""
        r, t, bonds = self.residents, self.talks, self.bonds
        numbers = r.numbers[rows]
        account = self.accounts.numbers.searchsorted(numbers)
        columns = (
            numbers,
            self.traits.levels[rows],
            needs.values_at(r, rows, now),
            r.occupation[rows],
            self.classes.of(self.accounts.balance[account]),
            t.before[rows],
            t.before_place[rows],
            t.met[rows],
            t.met_in[rows],
            bonds.of("regard", ties),
            self.rules.kind_of(bonds.of("strength", ties)),
            bonds.of("love", ties),
            bonds.of("sore", ties),
        )
        keys = (*self.activities.keys, "")
        return [
            Side(
                number=number,
                traits=dict(zip(TRAITS, traits, strict=True)),
                needs=values,
                occupation=self.occupations.keys[occupation],
                money=money,
                before=keys[before],
                before_place=before_place,
                met=met,
                met_in=met_in,
                regard=regard,
                kind=kind,
                love=love,
                sore=bool(sore),
            )
            for (
                number,
                traits,
                values,
                occupation,
                money,
                before,
                before_place,
                met,
                met_in,
                regard,
                kind,
                love,
                sore,
            ) in zip(*(column.tolist() for column in columns), strict=True)
        ]

    def _third_persons(self, speaker: int, listener: int) -> ThirdPersons:
        ties, numbers = self.bonds.ties, self.residents.numbers
        known = ties.of(int(numbers[speaker]))
        known = known[ties.seconds(known) != numbers[listener]]
        if not len(known):
            return ThirdPersons()
        closest = known[np.argmax(ties.strength[known])]
        is_friend = ties.strength[closest] >= self.rules.levels[FRIEND]
        lovers = known[ties.love[known] == Love.LOVERS]
        sore = known[ties.sore[known] == 1]
        return ThirdPersons(
            friend=int(ties.seconds(closest)) if is_friend else 0,
            beloved=int(ties.seconds(lovers[0])) if len(lovers) else 0,
            sore=int(ties.seconds(sore[0])) if len(sore) else 0,
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
