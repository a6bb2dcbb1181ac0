"""Turns: conversations go on, sentence by sentence, and come to their ends."""

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events
from agents.conversations import arranging, questions, talking
from agents.conversations.arranging import ARRANGED, Arranging
from agents.conversations.bonds import Bonds
from agents.conversations.circle import Present, listener_of, speaker_of
from agents.conversations.instinct import speak
from agents.conversations.meaning import MEANT, Meaning
from agents.conversations.outlook import READS as OUTLOOK_READS
from agents.conversations.outlook import Heard, TurnOutlook
from agents.conversations.questions import Questions
from agents.conversations.rules import TalkRules
from agents.conversations.speech import SPEECH, speech_of
from agents.conversations.talking import Talking
from agents.conversations.turn import Luck, Sentence, Turn
from agents.conversations.vocabulary import Act, Emotion, Ending, Phase
from agents.needs import TRAITS, milli
from agents.news import knowing
from agents.news.knowing import Knowing
from agents.news.noting import note_told
from agents.provenance import Source, StandIn
from world.engine.columns import Rows, locate
from world.engine.draws import purpose
from world.engine.lines import FULL
from world.engine.pipeline import System
from world.engine.step import Step

LUCK = purpose("agents.turns.luck")

USUAL, DRAWS = 3, 48
"""Draws that most turns take, and that any takes at most."""

GOODBYES = 6
"""Sentences that a conversation may go on when it is over."""

_EXTRAVERSION = TRAITS.index("extraversion")


class Turns(System):
    """Lets whoever's turn it is say something, by instinct or as their model has it."""

    reads = (*talking.READS, *OUTLOOK_READS, *questions.READS, *knowing.WRITES)
    writes = (*talking.WRITES, *arranging.WRITES)
    handles = (SPEECH.name,)

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.talks = columns.talks
        self.traits = columns.traits
        self.rules: TalkRules = constants["talk"]
        self.bonds = Bonds(columns, constants)
        self.talking = Talking(columns, constants)
        self.outlook = TurnOutlook(columns, constants)
        self.questions = Questions(columns, constants)
        self.knowing = Knowing(columns, constants)
        self.meaning = Meaning(columns, constants)
        self.arranging = Arranging(columns, constants)
        self.minds = columns.minds
        self.grid: int = constants["walks"].grid

    def run(self, step: Step) -> None:
        self._let_go(step)
        replies = self._replies(step)
        waiting = (self.talks.asked_at[:] > 0).nonzero()[0]
        hosts = step.due[self.residents.talk_at[step.due] <= step.instant]
        if len(waiting):
            hosts = np.union1d(hosts, self._answered(waiting, replies))
            hosts = self._break_silence(step, hosts)
        if not len(hosts):
            return
        heard = self._whose_turns(hosts, self._luck(step, hosts), replies)
        turns = self.outlook.of(step, heard)
        sentences = self._sentences(step, heard, turns, replies)
        spoken = [index for index, sentence in enumerate(sentences) if sentence is not None]
        if len(spoken) < len(hosts):
            heard = heard.among(spoken)
        if spoken:
            self._go_on(step, heard, [each for each in sentences if each is not None])

    def _go_on(self, step: Step, heard: Heard, sentences: Sequence[Sentence]) -> None:
        """Let these be said, with all that follows from it."""
        self._say(step, heard, sentences)
        endings = self._endings(heard.hosts, sentences)
        for index, sentence in enumerate(sentences):
            if sentence.act in MEANT:
                self.meaning.take(step, heard, index, sentence.act)
            if sentence.act in ARRANGED:
                self.arranging.take(step, heard, index, sentence)
            if sentence.leaves:
                self.talking.leave(step, int(heard.speakers[index]), Ending.GOODBYE)
        # It may be the host who left.
        hosts = self.residents.numbers.searchsorted(self.talks.host[heard.listeners])
        self._wait(step, hosts, endings, heard.luck)
        over = endings > 0
        if over.any():
            self.talking.end(step, hosts[over], endings[over])

    def _replies(self, step: Step) -> dict[int, dict[str, Any]]:
        """What models have their residents say, or why they do not: by row."""
        taken = {}
        for order in self.orders(step):
            rows, found = locate(self.residents.numbers, [order.subject])
            row = int(rows[0])
            if not found[0]:
                step.refuse(order, "unknown_agent")
            elif self.talks.asked_at[row] != order.payload["asked_at"]:
                step.refuse(order, "late")
            else:
                step.accept(order)
                taken[row] = order.payload
        return taken

    def _answered(self, waiting: Rows, replies: Mapping[int, Any]) -> Rows:
        """The hosts of those who need not wait any more: for their model, or because they have
        none."""
        mindless = waiting[self.minds.code[waiting] == 0]
        rows = np.union1d(mindless, np.array([*replies], dtype=np.int64))
        return np.searchsorted(self.residents.numbers, self.talks.host[rows])

    def _break_silence(self, step: Step, hosts: Rows) -> Rows:
        """End those of these conversations that have been silent for too long; gives the others."""
        silent = self.questions.silent(step, hosts)
        if silent.any():
            self.talking.end(step, hosts[silent], np.full(silent.sum(), int(Ending.SILENCE)))
        return hosts[~silent]

    def _sentences(
        self,
        step: Step,
        heard: Heard,
        turns: Sequence[Turn],
        replies: Mapping[int, dict[str, Any]],
    ) -> list[Sentence | None]:
        """What each speaker says; None where a model is asked, or would rather say nothing."""
        speakers = heard.speakers
        if not self.minds.code[speakers].any() and not self.talks.asked_at[speakers].any():
            return [speak(turn, luck) for turn, luck in zip(turns, heard.luck, strict=True)]
        asked = self.talks.asked_at[speakers] > 0
        why = self.questions.reasons(step, speakers, turns)
        sentences: list[Sentence | None] = []
        silent, unasked = [], []
        for index, (turn, luck) in enumerate(zip(turns, heard.luck, strict=True)):
            row, sentence = int(speakers[index]), None
            reply = replies.get(row)
            if reply is not None and not reply["failure"]:
                sentence = speech_of(turn, reply)
                if sentence is None:
                    silent.append(index)
                elif not self.knowing.knows(self.residents.numbers[row], sentence.news)[0]:
                    sentence.news = 0
            elif asked[index] or why[index] != 0:
                sentence = speak(turn, luck)
                reason = _reason(reply) if asked[index] and why[index] >= 0 else int(why[index])
                sentence.stand_in = max(reason, 0)
            else:
                unasked.append(index)
            sentences.append(sentence)
        answered = np.isin(speakers, [*replies])
        self.talks.asked_at[speakers[answered]] = 0
        self.talking.forget_questions(step, speakers[asked & ~answered])
        if unasked:
            self.questions.ask(step, heard, unasked, turns)
        if silent:
            nobody = np.full(len(silent), int(Ending.SILENCE))
            self.talking.end(step, heard.hosts[silent], nobody)
        return sentences

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
        talking = (t.host[:] > 0).nonzero()[0]
        if not len(talking):
            return
        hosts = r.numbers.searchsorted(t.host[talking])
        # They talk where most of them are; the host may be the one who went.
        asleep = self.outlook.activities.until_rested[r.activity[talking]]
        gone = (r.place[talking] == 0) | (r.bound_for[talking] > 0) | asleep
        apart = ~gone & (r.place[talking] != r.place[hosts]) & (r.place[hosts] > 0)
        for row in talking[gone | apart].tolist():
            if t.host[row] > 0:
                self.talking.leave(step, row, Ending.LEFT)

    def _whose_turns(
        self, hosts: Rows, luck: Sequence[Luck], replies: Mapping[int, dict[str, Any]]
    ) -> Heard:
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
            chosen = replies.get(speaker.row, {}).get("to", 0)
            listener = listener_of(circle, speaker, last, own)
            for each in circle:
                if each.number == chosen and each is not speaker:
                    listener = each
            pairs.append((speaker.row, listener.row))
        speakers, listeners = np.array(pairs, dtype=np.int64).T
        return Heard(hosts, speakers, listeners, [len(circle) for circle in circles], luck)

    def _circles(self, hosts: Rows) -> list[list[Present]]:
        """Those who are in each of these conversations."""
        people, talk = self.talking.people(hosts)
        weights = 10 + self.traits.levels[people, _EXTRAVERSION].astype(np.int64)
        numbers = self.residents.numbers[people]
        columns = (people.tolist(), numbers.tolist(), weights.tolist())
        present = [Present(*each) for each in zip(*columns, strict=True)]
        bounds = talk.searchsorted(np.arange(len(hosts) + 1)).tolist()
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
            source=np.array(
                [Source.MODEL if sentence.text else Source.INSTINCT for sentence in sentences]
            ),
            reason=emotion,
            amount=self.talking.numbers(hosts),
            until=t.turns[hosts],
            data=[
                self._told(sentence, first, second, before)
                for sentence, first, second, before in zip(
                    sentences, one.tolist(), other.tolist(), spoken, strict=True
                )
            ],
        )
        self._think_of(pairs, sentences)
        self._tell(step, heard, sentences)
        t.turns[hosts] = t.turns[hosts] + 1
        t.speaker[hosts], t.turn_of[hosts] = one, other
        t.spoke_at[hosts] = step.instant
        t.act[hosts] = act
        t.topic[hosts] = np.where(topic > 0, topic, t.topic[hosts])
        angry = t.angry[hosts] + (emotion == int(Emotion.ANGRY))
        t.angry[hosts] = np.where(act == int(Act.FORGIVE), 0, angry)
        t.said[speakers] = t.said[speakers] + 1
        t.feeling[speakers] = np.where(emotion > 0, emotion, t.feeling[speakers])
        fresh = hosts[(t.phase[hosts] == int(Phase.GREETING)) & (t.turns[hosts] >= 2)]
        t.phase[fresh] = Phase.ACTIVE

    def _told(self, sentence: Sentence, one: int, other: int, before: int) -> dict[str, Any]:
        """What the event of a sentence has, of `agents.events.SAID`. before: sentences so far."""
        if sentence.text:
            told = {"text": sentence.text, "thought": sentence.thought}
            told |= {"impression": sentence.impression} if sentence.impression else {}
            return told | ({"news": sentence.news} if sentence.news else {})
        told = {
            "line": "/".join(sentence.line),
            "n": self.outlook.variant(one, other, sentence.line, before),
            **sentence.names,
        }
        if sentence.stand_in:
            told["stand_in"] = StandIn(sentence.stand_in).name.lower()
        return told

    def _tell(self, step: Step, heard: Heard, sentences: Sequence[Sentence]) -> None:
        """Let all who are there hear the news that is told."""
        self.talks.news[heard.hosts] = np.array([sentence.news for sentence in sentences])
        for index, sentence in enumerate(sentences):
            if sentence.news:
                host, speaker = heard.hosts[index : index + 1], heard.speakers[index]
                people, _ = self.talking.people(host)
                note_told(
                    step,
                    speaker=int(self.residents.numbers[speaker]),
                    news=sentence.news,
                    conversation=int(self.talking.numbers(host)[0]),
                    hearers=people[people != speaker],
                )

    def _think_of(self, pairs: Rows, sentences: Sequence[Sentence]) -> None:
        """Let models have their speakers think better or worse of whom they talk to."""
        ties = self.bonds.ties
        for pair, sentence in zip(pairs.tolist(), sentences, strict=True):
            if sentence.impression:
                regard = int(ties.regard[pair]) + milli(sentence.impression)
                ties.regard[pair] = min(max(regard, -FULL), FULL)

    def _endings(self, hosts: Rows, sentences: Sequence[Sentence]) -> NDArray[np.int64]:
        """How each conversation ends after its sentence (Ending), 0 if it goes on."""
        t = self.talks
        # Whoever does not find an end to their goodbyes is left standing.
        most = t.limit[hosts] + np.where(t.phase[hosts] == int(Phase.CLOSING), GOODBYES, 0)
        is_over = t.turns[hosts] >= most
        by_itself = np.where(is_over, int(Ending.LIMIT), 0).tolist()
        why = np.where(t.ending[hosts] > 0, t.ending[hosts], int(Ending.GOODBYE)).tolist()
        endings = [_ending(*each) for each in zip(sentences, why, by_itself, strict=True)]
        return np.array(endings, dtype=np.int64)

    def _wait(
        self, step: Step, hosts: Rows, endings: NDArray[np.int64], luck: Sequence[Luck]
    ) -> None:
        """Where it goes on, the next sentence comes when this one has been heard."""
        going_on = (endings == 0).nonzero()[0]
        drawn = np.array([next(luck[index]) for index in going_on.tolist()], dtype=np.int64)
        shortest, longest = self.rules.turn
        at = step.instant + shortest + drawn * (longest - shortest) // 99
        self.residents.talk_at[hosts[going_on]] = -(-at // self.grid) * self.grid


def _more_luck(step: Step, number: int) -> Luck:
    for begin in range(USUAL, DRAWS, USUAL):
        index = np.arange(begin, begin + USUAL)
        yield from step.draws.below(100, number, LUCK, index=index).tolist()


def _reason(reply: Mapping[str, Any] | None) -> int:
    """Why instinct speaks (a StandIn) after a question to which this came, if anything."""
    if reply is None:
        return StandIn.LATE
    failure = reply["failure"].upper()
    return StandIn[failure] if failure in StandIn.__members__ else StandIn.INVALID


def _ending(sentence: Sentence, why: int, by_itself: int) -> int:
    """How a conversation ends after this sentence. why: if it is closed; by_itself: if not."""
    if sentence.declines:
        return Ending.DECLINED
    if sentence.act in (Act.ORDER, Act.HEED):
        return Ending.SERVED
    if sentence.ends and sentence.emotion == Emotion.ANGRY:
        return Ending.QUARREL
    return why if sentence.ends else by_itself
