"""Reflecting: what is kept is laid down, and whoever has enough of it makes something of it.

By instinct at once. Whose mind is a model's is asked; its insights are kept when they come, and
instinct's in their place when it fails or is late. Nothing waits for it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from agents import events
from agents.minds import person
from agents.minds.thoughts import take_down
from agents.minds.whose import Whose
from agents.models import Thought
from agents.provenance import StandIn
from agents.remembering.insights import Insight, insights_from
from agents.remembering.wording import Wording
from memory.accumulation import Moment, Pace, Turn, accumulations, keep, turns_of
from memory.models import Memory
from memory.stretches import Kept, Stretch, kept_in
from memory.writing import Impression, remember
from world.engine.columns import Columns
from world.engine.draws import Draws, purpose
from world.engine.events import EventBatch
from world.engine.gametime import DAY, HOUR
from world.engine.outbox import Question
from world.models import World

VARIANT = purpose("agents.reflecting.variant")

REFLECT = "reflect"
"""Kind of questions: what somebody makes of what they kept."""

OF_A_MODEL = "reflection"
"""The subject of a model's insights, which may be about anything."""

Answers = Mapping[int, Sequence[tuple[int, int, int]]]
"""What comes in, by actor (a primary key): (at, asked at, its event's place in the batch)."""

Made = tuple[int, Turn]
"""Something that comes to pass with an actor (a primary key)."""


class Reflecting:
    """Lays down what people keep in a commit, and what they come to see."""

    def __init__(self, world: World, columns: Columns, batch: EventBatch, wording: Wording) -> None:
        self._world = world
        self._columns = columns
        self._batch = batch
        self._wording = wording
        self._spec = wording.spec.reflection
        self._pace = Pace(self._spec.threshold, self._spec.late_hours * HOUR)
        self._whose = Whose(world, columns, batch)
        self._answers = self._come_in()
        self._questions: list[Question] = []

    def lay_down(self, kept: Sequence[Impression], *, since: int, until: int) -> None:
        """Remember these, in their order, with what comes of them later than `since`, until `until`
        (game times)."""
        own = defaultdict(list)
        for each in kept:
            own[each.actor].append((each.at, each.importance))
        answers = {
            actor: [each for each in told if since < each[0] <= until]
            for actor, told in self._answers.items()
        }
        states = accumulations(
            self._world.pk,
            {*own, *(actor for actor, told in answers.items() if told)},
            waiting_since=until - self._pace.patience,
        )
        turns = {}
        for actor, state in sorted(states.items()):
            turns[actor] = turns_of(
                state,
                own.get(actor, ()),
                [each[:2] for each in answers.get(actor, ())],
                until=until,
                pace=self._pace,
                asks=lambda at, actor=actor: self._whose.code(self._number(actor), at) != 0,  # type: ignore[misc]
            )
        keep(states.values())
        seen: list[Impression] = []
        for memories, made in _rounds(kept, turns):
            remember([*seen, *memories])
            seen = [*self._come_to_pass(made, answers)]
        remember(seen)

    def ask(self) -> None:
        """Put down whom models are to be asked for, and for whom not any more."""
        if self._questions:
            take_down(Thought.Purpose.REFLECT, self._world, self._questions)

    def _come_in(self) -> Answers:
        told = defaultdict(list)
        rows = self._batch.rows
        for index in (rows["kind"] == events.REFLECTED).nonzero()[0].tolist():
            actor, at, asked_at = rows[index][["actor", "world_time", "amount"]].item()
            told[self._wording.stage.key(actor)].append((at, asked_at, index))
        return told

    def _number(self, actor: int) -> int:
        residents = self._columns["residents"]
        return int(residents.numbers[(residents.identities == actor).argmax()])

    def _come_to_pass(self, made: Sequence[Made], answers: Answers) -> Iterator[Impression]:
        """What is kept of what comes to pass with some, whose memories until then are laid down."""
        self._put_questions([each for each in made if each[1].moment == Moment.ASKED])
        left = []
        for actor, turn in made:
            if turn.moment == Moment.LATE:
                left.append((actor, turn, int(StandIn.LATE)))
                self._questions.append(Question(REFLECT, turn.at, self._number(actor), {}))
            elif turn.moment == Moment.ENOUGH:
                left.append((actor, turn, 0))
            elif turn.moment == Moment.CAME:
                index = answers[actor][turn.answer][2]
                reason = int(self._batch.rows["reason"][index])
                if reason:
                    left.append((actor, turn, reason))
                else:
                    yield from self._of_model(actor, turn, self._batch.data[index])
        yield from self._by_instinct(left)

    def _put_questions(self, asked: Sequence[Made]) -> None:
        """Ask the models of these, with what they remember."""
        stretches = [Stretch(actor, -1, turn.at) for actor, turn in asked]
        facts = self._columns.grant(reads=person.READS, writes=())
        residents = self._columns["residents"]
        for (actor, turn), kept in zip(
            asked, kept_in(stretches, most=self._spec.considered), strict=True
        ):
            number = self._number(actor)
            content: dict[str, Any] = dict(
                person.person_of(facts, int(residents.rows_of([number])[0]))
            )
            content |= {
                "model": self._whose.code(number, turn.at),
                "insights": self._spec.insights,
                "memories": [_told(each) for each in kept],
            }
            self._questions.append(Question(REFLECT, turn.at, number, content))

    def _of_model(self, actor: int, turn: Turn, told: Mapping[str, Any]) -> Iterator[Impression]:
        for insight in told["insights"][: self._spec.insights]:
            yield Impression(
                actor=actor,
                at=turn.at,
                kind=Memory.Kind.REFLECTION,
                importance=self._spec.importance,
                subject=OF_A_MODEL,
                text={"zh": insight["text"], "en": insight["text"]},
                cause=turn.until,
                evidence=[(at, ordinal) for at, ordinal in insight["evidence"]],
            )

    def _by_instinct(self, left: Sequence[tuple[int, Turn, int]]) -> Iterator[Impression]:
        """What instinct makes of it; for each of `left` also why, if it was not for instinct to."""
        spans = [Stretch(actor, turn.since, turn.until) for actor, turn, _ in left]
        again = self._spec.again_days * DAY
        recent = kept_in(
            [Stretch(actor, turn.at - again, turn.at) for actor, turn, _ in left],
            most=self._spec.considered,
            kind=Memory.Kind.REFLECTION,
        )
        all_kept = kept_in(spans, most=self._spec.considered)
        for (actor, turn, why), kept, known in zip(left, all_kept, recent, strict=True):
            found = insights_from(
                kept, most=self._spec.insights, besides={_matter(each) for each in known}
            )
            for position, insight in enumerate(found):
                told = self._impression(actor, turn.at, insight, position)
                yield replace(told, stand_in=why)

    def _impression(self, actor: int, at: int, insight: Insight, position: int) -> Impression:
        spec = self._wording.stage.rules["reflections"].insights[insight.key]
        draws = Draws(self._world.seed, at)
        variant = draws.below(len(spec.lines), self._number(actor), VARIANT, index=position)
        return Impression(
            actor=actor,
            at=at,
            kind=Memory.Kind.REFLECTION,
            importance=spec.importance,
            subject=insight.subject,
            text=self._wording.insight(insight, int(variant[0])),
            place=insight.place,
            people=[insight.person] if insight.person else (),
            evidence=[each.identity for each in insight.evidence],
        )


def _rounds(
    kept: Sequence[Impression], turns: Mapping[int, Sequence[Turn]]
) -> list[tuple[list[Impression], list[Made]]]:
    """Memories, and what comes to pass once these are laid down; and so on, with each actor in
    order."""
    count = max((len(each) for each in turns.values()), default=0) + 1
    rounds: list[tuple[list[Impression], list[Made]]] = [([], []) for _ in range(count)]
    seen: dict[int, int] = defaultdict(int)
    for each in kept:
        own = turns[each.actor]
        rounds[sum(turn.after <= seen[each.actor] for turn in own) if own else 0][0].append(each)
        seen[each.actor] += 1
    for actor, own in turns.items():
        for position, turn in enumerate(own):
            rounds[position][1].append((actor, turn))
    return rounds


def _told(kept: Kept) -> dict[str, Any]:
    """A memory as a thought keeps it, which may be forgotten later."""
    return {
        "at": kept.at,
        "ordinal": kept.ordinal,
        "source": kept.source,
        "zh": kept.text_zh,
        "en": kept.text_en,
    }


def _matter(kept: Kept) -> tuple[str, int, int]:
    """What a reflection that is remembered is about, as `Insight.matter`."""
    return kept.subject, kept.people[0] if kept.people else 0, kept.place
