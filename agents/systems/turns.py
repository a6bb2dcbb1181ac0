"""Turns: conversations go on, sentence by sentence, and come to their ends."""

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events
from agents.conversations import talking
from agents.conversations.bonds import Bonds
from agents.conversations.circle import Present, listener_of, speaker_of
from agents.conversations.instinct import speak
from agents.conversations.outlook import READS as OUTLOOK_READS
from agents.conversations.outlook import Heard, TurnOutlook
from agents.conversations.rules import TalkRules
from agents.conversations.talking import Talking
from agents.conversations.turn import Luck, Sentence
from agents.conversations.vocabulary import Act, Change, Emotion, Ending, Love, Phase
from agents.needs import TRAITS, milli
from agents.provenance import Source
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.pipeline import System
from world.engine.step import Step

LUCK = purpose("agents.turns.luck")

USUAL, DRAWS = 16, 48
"""Draws that a turn takes usually, and at most."""

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
        heard = self._whose_turns(hosts, self._luck(step, hosts))
        turns = self.outlook.of(step, heard)
        sentences = [speak(turn, luck) for turn, luck in zip(turns, heard.luck, strict=True)]
        self._say(step, heard, sentences)
        endings = self._endings(hosts, sentences)
        for index, sentence in enumerate(sentences):
            if sentence.act in MEANT:
                self._mean_it(step, heard, index, sentence.act)
            if sentence.leaves:
                self.talking.leave(step, int(heard.speakers[index]), Ending.GOODBYE)
        # It may be the host who left.
        hosts = np.searchsorted(self.residents.numbers, self.talks.host[heard.listeners])
        self._wait(step, hosts, endings, heard.luck)
        over = endings > 0
        if over.any():
            self.talking.end(step, hosts[over], endings[over])

    def _luck(self, step: Step, hosts: Rows) -> list[Luck]:
        """The luck of each conversation; what few turns use up is drawn only for these."""
        numbers = self.residents.numbers[hosts]
        drawn = step.draws.below(100, numbers[:, None], LUCK, index=np.arange(USUAL))
        return [
            chain(first, _more_luck(step, number))
            for first, number in zip(drawn.tolist(), numbers.tolist(), strict=True)
        ]

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

    def _whose_turns(self, hosts: Rows, luck: Sequence[Luck]) -> Heard:
        """Who speaks to whom in each conversation; those that are long enough come to an end."""
        t = self.talks
        long_enough = (t.turns[hosts] > 2) & (t.turns[hosts] >= t.limit[hosts] - 2)
        self.talking.close(hosts[long_enough], Ending.GOODBYE)
        circles = self._circles(hosts)
        pairs = []
        for circle, addressed, last, own in zip(
            circles, t.turn_of[hosts].tolist(), t.speaker[hosts].tolist(), luck, strict=True
        ):
            speaker = speaker_of(circle, addressed, last, own)
            pairs.append((speaker.row, listener_of(circle, speaker, last, own).row))
        speakers, listeners = np.array(pairs, dtype=np.int64).T
        return Heard(hosts, speakers, listeners, [len(circle) for circle in circles], luck)

    def _circles(self, hosts: Rows) -> list[list[Present]]:
        """Those who are in each of these conversations."""
        people, talk = self.talking.people(hosts)
        weights = 10 + self.traits.levels[people, _EXTRAVERSION].astype(np.int64)
        numbers = self.residents.numbers[people]
        columns = (people.tolist(), numbers.tolist(), weights.tolist())
        present = [Present(*each) for each in zip(*columns, strict=True)]
        bounds = np.searchsorted(talk, np.arange(len(hosts) + 1)).tolist()
        return [present[begin:end] for begin, end in pairwise(bounds)]

    def _say(self, step: Step, heard: Heard, sentences: Sequence[Sentence]) -> None:
        """What is said in this instant, all of it at once."""
        r, t, ties = self.residents, self.talks, self.bonds.ties
        hosts, speakers = heard.hosts, heard.speakers
        one, other = r.numbers[speakers], r.numbers[heard.listeners]
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
            amount=self.talking.numbers(hosts),
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

    def _mean_it(self, step: Step, heard: Heard, index: int, act: Act) -> None:
        """What is said in this one of the turns changes what two people are to each other."""
        host, speaker, listener = (
            int(rows[index]) for rows in (heard.hosts, heard.speakers, heard.listeners)
        )
        spec, ties = self.rules.spec.strength, self.bonds.ties
        one, other = np.array([speaker, listener]), np.array([listener, speaker])
        numbers = self.residents.numbers
        pairs = ties.ensure(numbers[one], numbers[other])
        match act:
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
                raise ValueError(f"{act!r} changes nothing")
        self.bonds.change(
            step,
            one,
            other,
            points=np.full(2, milli(points)),
            reason=np.full(2, change),
            conversation=self.talking.numbers(np.array([host]))[0],
            regard=milli(regard),
            place=self.residents.place[speaker],
        )

    def _endings(self, hosts: Rows, sentences: Sequence[Sentence]) -> NDArray[np.int64]:
        """How each conversation ends after its sentence (Ending), 0 if it goes on."""
        t = self.talks
        is_over = (t.turns[hosts] >= t.limit[hosts]) & (t.phase[hosts] != Phase.CLOSING)
        by_itself = np.where(is_over, int(Ending.LIMIT), 0).tolist()
        why = np.where(t.ending[hosts] > 0, t.ending[hosts], int(Ending.GOODBYE)).tolist()
        endings = [_ending(*each) for each in zip(sentences, why, by_itself, strict=True)]
        return np.array(endings, dtype=np.int64)

    def _wait(
        self, step: Step, hosts: Rows, endings: NDArray[np.int64], luck: Sequence[Luck]
    ) -> None:
        """Where it goes on, the next sentence comes when this one has been heard."""
        going_on = np.flatnonzero(endings == 0)
        drawn = np.array([next(luck[index]) for index in going_on.tolist()], dtype=np.int64)
        shortest, longest = self.rules.turn
        at = step.instant + shortest + drawn * (longest - shortest) // 99
        self.residents.talk_at[hosts[going_on]] = -(-at // self.grid) * self.grid


def _more_luck(step: Step, number: int) -> Luck:
    yield from step.draws.below(100, number, LUCK, index=np.arange(USUAL, DRAWS)).tolist()


def _ending(sentence: Sentence, why: int, by_itself: int) -> int:
    """How a conversation ends after this sentence. why: if it is closed; by_itself: if not."""
    if sentence.declines:
        return Ending.DECLINED
    if sentence.act in (Act.ORDER, Act.HEED):
        return Ending.SERVED
    if sentence.ends and sentence.emotion == Emotion.ANGRY:
        return Ending.QUARREL
    return why if sentence.ends else by_itself
