"""Turns: conversations go on, sentence by sentence, and come to their ends."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events
from agents.conversations import talking
from agents.conversations.bonds import Bonds
from agents.conversations.instinct import Sentence, speak
from agents.conversations.outlook import READS as OUTLOOK_READS
from agents.conversations.outlook import TurnOutlook
from agents.conversations.rules import TalkRules
from agents.conversations.talking import Talking
from agents.conversations.vocabulary import Act, Change, Emotion, Ending, Love, Phase
from agents.needs import TRAITS, milli
from agents.provenance import Source
from world.engine.draws import purpose
from world.engine.gametime import on_or_after
from world.engine.pipeline import System
from world.engine.step import Step

LUCK = purpose("agents.turns.luck")

DRAWS = 48
"""Draws that a turn takes at most."""

_EXTRAVERSION = TRAITS.index("extraversion")


class Turns(System):
    """Lets whoever's turn it is say something."""

    reads = (*talking.READS, *OUTLOOK_READS)
    writes = talking.WRITES

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.talks = columns.talks
        self.traits = columns.traits
        self.rules: TalkRules = constants["talk"]
        self.bonds = Bonds(columns, constants)
        self.talking = Talking(columns, constants)
        self.outlook = TurnOutlook(columns, constants)
        self.grid: int = constants["walks"].grid

    def run(self, step: Step) -> None:
        self._let_go(step)
        hosts = step.due[self.residents.talk_at[step.due] <= step.instant]
        if not len(hosts):
            return
        numbers = self.residents.numbers[hosts]
        drawn = step.draws.below(100, numbers[:, None], LUCK, index=np.arange(DRAWS))
        for host, luck in zip(hosts.tolist(), drawn.tolist(), strict=True):
            self._take_turn(step, host, iter(luck))

    def _let_go(self, step: Step) -> None:
        """Whoever has gone away from those they talk with, or fallen asleep, has left them."""
        r, t = self.residents, self.talks
        talking = np.flatnonzero(t.host[:] > 0)
        if not len(talking):
            return
        hosts = np.searchsorted(r.numbers, t.host[talking])
        # They talk where most of them are; the host may be the one who went.
        asleep = self.outlook.activities.until_rested[r.activity[talking]]
        gone = (r.place[talking] == 0) | (r.bound_for[talking] > 0) | asleep
        apart = ~gone & (r.place[talking] != r.place[hosts]) & (r.place[hosts] > 0)
        for row in talking[gone | apart].tolist():
            if t.host[row] > 0:
                self.talking.leave(step, row, Ending.LEFT)

    def _take_turn(self, step: Step, host: int, luck: Iterator[int]) -> None:
        t = self.talks
        people = self.talking.people(host)
        if self.bonds.residents.numbers[host] != t.host[host] or len(people) < 2:
            return
        speaker = self._speaker(host, people, luck)
        listener = self._listener(host, people, speaker, luck)
        if self._is_long_enough(host):
            self.talking.close(host, Ending.GOODBYE)
        turn = self.outlook.of(step, host, speaker, listener, len(people))
        sentence = speak(turn, luck)
        self._say(step, host, speaker, listener, sentence)
        if sentence.leaves:
            self.talking.leave(step, speaker, Ending.GOODBYE)
            host = int(np.searchsorted(self.residents.numbers, self.talks.host[listener]))
        self._go_on(step, host, sentence, luck)

    def _is_long_enough(self, host: int) -> bool:
        t = self.talks
        return bool(t.turns[host] > 2 and t.turns[host] >= t.limit[host] - 2)

    def _speaker(self, host: int, people: NDArray[np.int64], luck: Iterator[int]) -> int:
        """Whoever was addressed; else somebody by extraversion, but not who spoke last."""
        r, t = self.residents, self.talks
        addressed = people[r.numbers[people] == t.turn_of[host]]
        if len(addressed):
            return int(addressed[0])
        others = people[r.numbers[people] != t.speaker[host]]
        weights = 10 + self.traits.levels[others, _EXTRAVERSION].astype(np.int64)
        ticket = next(luck) * int(weights.sum()) // 100
        return int(others[np.searchsorted(np.cumsum(weights), ticket, side="right")])

    def _listener(
        self, host: int, people: NDArray[np.int64], speaker: int, luck: Iterator[int]
    ) -> int:
        """Who spoke last, if there is an answer to be given; in a group now and then another."""
        r, t = self.residents, self.talks
        others = people[people != speaker]
        last = others[r.numbers[others] == t.speaker[host]]
        if len(last) and (len(others) == 1 or next(luck) < 60):
            return int(last[0])
        return int(others[next(luck) * len(others) // 100])

    def _say(self, step: Step, host: int, speaker: int, listener: int, sentence: Sentence) -> None:
        r, t, ties = self.residents, self.talks, self.bonds.ties
        one, other = r.numbers[speaker], r.numbers[listener]
        pair = ties.ensure(one, other)
        spoken = int(ties.lines[pair][0])
        ties.lines[pair] = spoken + 1
        variant = self.outlook.variant(one, other, sentence.line, spoken)
        step.emit(
            events.SAID,
            actor=one,
            other=other,
            place=r.place[speaker],
            source=Source.INSTINCT,
            reason=sentence.emotion,
            amount=self.talking.number(host),
            until=t.turns[host],
            data=[{"line": "/".join(sentence.line), "n": variant} | sentence.names],
        )
        t.turns[host] = t.turns[host] + 1
        t.speaker[host], t.turn_of[host] = one, other
        t.spoke_at[host] = step.instant
        t.act[host] = sentence.act
        if sentence.topic:
            t.topic[host] = sentence.topic
        if sentence.emotion == Emotion.ANGRY:
            t.angry[host] = t.angry[host] + 1
        t.said[speaker] = t.said[speaker] + 1
        if sentence.emotion or not t.feeling[speaker]:
            t.feeling[speaker] = sentence.emotion
        if sentence.act == Act.FORGIVE:
            t.angry[host] = 0
        if t.phase[host] == Phase.GREETING and t.turns[host] >= 2:
            t.phase[host] = Phase.ACTIVE
        self._mean_it(step, host, speaker, listener, sentence)

    def _mean_it(
        self, step: Step, host: int, speaker: int, listener: int, sentence: Sentence
    ) -> None:
        """Sentences that change what two people are to each other."""
        spec, ties = self.rules.spec.strength, self.bonds.ties
        one, other = np.array([speaker, listener]), np.array([listener, speaker])
        numbers = self.residents.numbers
        pairs = ties.ensure(numbers[one], numbers[other])
        match sentence.act:
            case Act.FORGIVE:
                ties.sore[pairs] = 0
                change, points, regard = Change.RECONCILED, spec.reconciled, 10
            case Act.YES:
                ties.love[pairs] = Love.LOVERS
                change, points, regard = Change.LOVE, spec.love, 15
            case Act.NO:
                ties.love[pairs] = Love.REJECTED
                change, points, regard = Change.REJECTED, spec.rejected, -5
            case Act.BREAK_OFF:
                ties.love[pairs] = Love.PARTED
                change, points, regard = Change.PARTED, spec.rejected, -20
            case _:
                return
        self.bonds.change(
            step,
            one,
            other,
            points=np.full(2, milli(points)),
            reason=np.full(2, change),
            conversation=self.talking.number(host),
            regard=milli(regard),
            place=self.residents.place[speaker],
        )

    def _go_on(self, step: Step, host: int, sentence: Sentence, luck: Iterator[int]) -> None:
        """When the next sentence comes, or how it ends."""
        r, t = self.residents, self.talks
        if sentence.declines:
            self.talking.end(step, host, Ending.DECLINED)
        elif sentence.ends:
            ending = Ending(int(t.ending[host])) if t.ending[host] else Ending.GOODBYE
            if sentence.act in (Act.ORDER, Act.HEED):
                ending = Ending.SERVED
            elif sentence.emotion == Emotion.ANGRY:
                ending = Ending.QUARREL
            self.talking.end(step, host, ending)
        elif t.turns[host] >= t.limit[host] and t.phase[host] != Phase.CLOSING:
            self.talking.end(step, host, Ending.LIMIT)
        else:
            shortest, longest = self.rules.turn
            pause = shortest + next(luck) * (longest - shortest) // 99
            r.talk_at[host] = on_or_after(step.instant + pause, self.grid)
