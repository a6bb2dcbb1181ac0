"""Turns: conversations go on, sentence by sentence, and come to their ends."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents import events
from agents.conversations import talking
from agents.conversations.bonds import Bonds
from agents.conversations.instinct import Sentence, speak
from agents.conversations.outlook import READS as OUTLOOK_READS
from agents.conversations.outlook import Heard, TurnOutlook
from agents.conversations.rules import TalkRules
from agents.conversations.talking import Talking
from agents.conversations.vocabulary import Act, Change, Emotion, Ending, Love, Phase
from agents.needs import TRAITS, milli
from agents.provenance import Source
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.gametime import on_or_after
from world.engine.pipeline import System
from world.engine.step import Step

LUCK = purpose("agents.turns.luck")

DRAWS = 48
"""Draws that a turn takes at most."""

MEANT = frozenset({Act.FORGIVE, Act.YES, Act.NO, Act.BREAK_OFF})
"""Acts that change what two people are to each other."""

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
        heard = self._whose_turns(hosts, [iter(each) for each in drawn.tolist()])
        turns = self.outlook.of(step, heard)
        sentences = [speak(turn, each.luck) for turn, each in zip(turns, heard, strict=True)]
        self._say(step, heard, sentences)
        over: dict[int, Ending] = {}
        for each, sentence in zip(heard, sentences, strict=True):
            self._mean_it(step, each, sentence)
            host = each.host
            if sentence.leaves:
                self.talking.leave(step, each.speaker, Ending.GOODBYE)
                host = int(np.searchsorted(self.residents.numbers, self.talks.host[each.listener]))
            ending = self._ending(host, sentence)
            if ending is None:
                self._wait(step, host, each.luck)
            else:
                over[host] = ending
        if over:
            self.talking.end(step, list(over), list(over.values()))

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

    def _whose_turns(self, hosts: Rows, luck: list[Iterator[int]]) -> list[Heard]:
        """Who speaks to whom in each conversation; those that are long enough come to an end."""
        t, numbers = self.talks, self.residents.numbers
        long_enough = (t.turns[hosts] > 2) & (t.turns[hosts] >= t.limit[hosts] - 2)
        for host in hosts[long_enough].tolist():
            self.talking.close(host, Ending.GOODBYE)
        talking = np.flatnonzero(t.host[:] > 0)
        talking = talking[np.argsort(t.host[talking], kind="stable")]
        begins = np.searchsorted(t.host[talking], numbers[hosts], side="left")
        ends = np.searchsorted(t.host[talking], numbers[hosts], side="right")
        heard = []
        for host, begin, end, own in zip(
            hosts.tolist(), begins.tolist(), ends.tolist(), luck, strict=True
        ):
            people = talking[begin:end]
            speaker = self._speaker(host, people, own)
            listener = self._listener(host, people, speaker, own)
            heard.append(Heard(host, speaker, listener, len(people), own))
        return heard

    def _speaker(self, host: int, people: Rows, luck: Iterator[int]) -> int:
        """Whoever was addressed; else somebody by extraversion, but not who spoke last."""
        r, t = self.residents, self.talks
        addressed = people[r.numbers[people] == t.turn_of[host]]
        if len(addressed):
            return int(addressed[0])
        others = people[r.numbers[people] != t.speaker[host]]
        weights = 10 + self.traits.levels[others, _EXTRAVERSION].astype(np.int64)
        ticket = next(luck) * int(weights.sum()) // 100
        return int(others[np.searchsorted(np.cumsum(weights), ticket, side="right")])

    def _listener(self, host: int, people: Rows, speaker: int, luck: Iterator[int]) -> int:
        """Who spoke last, if there is an answer to be given; in a group now and then another."""
        r, t = self.residents, self.talks
        others = people[people != speaker]
        if len(others) == 1:
            return int(others[0])
        last = others[r.numbers[others] == t.speaker[host]]
        if len(last) and next(luck) < 60:
            return int(last[0])
        return int(others[next(luck) * len(others) // 100])

    def _say(self, step: Step, heard: list[Heard], sentences: list[Sentence]) -> None:
        """What is said in this instant, all of it at once."""
        r, t, ties = self.residents, self.talks, self.bonds.ties
        hosts = np.array([each.host for each in heard])
        speakers = np.array([each.speaker for each in heard])
        one, other = r.numbers[speakers], r.numbers[[each.listener for each in heard]]
        emotion = np.array([sentence.emotion for sentence in sentences], dtype=np.int64)
        topic = np.array([sentence.topic for sentence in sentences], dtype=np.int64)
        act = np.array([sentence.act for sentence in sentences], dtype=np.int64)
        pairs = ties.ensure(one, other)
        spoken = ties.lines[pairs].tolist()
        ties.lines[pairs] = ties.lines[pairs] + 1
        step.emit(
            events.SAID,
            actor=one,
            other=other,
            place=r.place[speakers],
            source=Source.INSTINCT,
            reason=emotion,
            amount=[self.talking.number(each.host) for each in heard],
            until=t.turns[hosts],
            data=[
                {
                    "line": "/".join(sentence.line),
                    "n": self.outlook.variant(first, second, sentence.line, before),
                    **sentence.names,
                }
                for sentence, first, second, before in zip(
                    sentences, one.tolist(), other.tolist(), spoken, strict=True
                )
            ],
        )
        t.turns[hosts] = t.turns[hosts] + 1
        t.speaker[hosts], t.turn_of[hosts] = one, other
        t.spoke_at[hosts] = step.instant
        t.act[hosts] = act
        t.topic[hosts] = np.where(topic > 0, topic, t.topic[hosts])
        angry = t.angry[hosts] + (emotion == Emotion.ANGRY)
        t.angry[hosts] = np.where(act == Act.FORGIVE, 0, angry)
        t.said[speakers] = t.said[speakers] + 1
        t.feeling[speakers] = np.where(emotion > 0, emotion, t.feeling[speakers])
        fresh = hosts[(t.phase[hosts] == Phase.GREETING) & (t.turns[hosts] >= 2)]
        t.phase[fresh] = Phase.ACTIVE

    def _mean_it(self, step: Step, heard: Heard, sentence: Sentence) -> None:
        """Sentences that change what two people are to each other."""
        if sentence.act not in MEANT:
            return
        speaker, listener = heard.speaker, heard.listener
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
                raise ValueError(f"{sentence.act!r} changes nothing")
        self.bonds.change(
            step,
            one,
            other,
            points=np.full(2, milli(points)),
            reason=np.full(2, change),
            conversation=self.talking.number(heard.host),
            regard=milli(regard),
            place=self.residents.place[speaker],
        )

    def _ending(self, host: int, sentence: Sentence) -> Ending | None:
        """How a conversation ends after this sentence, if it does."""
        t = self.talks
        if sentence.declines:
            return Ending.DECLINED
        if sentence.act in (Act.ORDER, Act.HEED):
            return Ending.SERVED
        if sentence.ends and sentence.emotion == Emotion.ANGRY:
            return Ending.QUARREL
        if sentence.ends:
            return Ending(int(t.ending[host])) if t.ending[host] else Ending.GOODBYE
        is_over = t.turns[host] >= t.limit[host] and t.phase[host] != Phase.CLOSING
        return Ending.LIMIT if is_over else None

    def _wait(self, step: Step, host: int, luck: Iterator[int]) -> None:
        """The next sentence comes when this one has been heard."""
        shortest, longest = self.rules.turn
        pause = shortest + next(luck) * (longest - shortest) // 99
        self.residents.talk_at[host] = on_or_after(step.instant + pause, self.grid)
