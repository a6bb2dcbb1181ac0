"""Forgetting: once a week, what has faded gives way to summaries that say what it was.

A summary counts: with whom one talked, about what, what else befell one; and it keeps the numbers
of the conversations, whose every word stands in the log.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from agents.minds.voice import Voice
from agents.remembering.fortunes import moments_of
from agents.remembering.insights import is_hearsay
from agents.remembering.rules import ForgettingSpec, MemorySpec
from economy.events import SETTLED
from memory.forgetting import faded, lifetimes, replace, span_at, summaries_of
from memory.models import MOST, Memory
from memory.writing import Impression, Text
from world.calendar import date_at
from world.engine.events import EventBatch
from world.engine.gametime import DAY, weekday
from world.models import World
from world.scenario import Bilingual
from world.stage import Stage, stage_of

NAMED = 8
"""People whom a summary is about, the most frequent."""


@dataclass
class Tally:
    """What a summary stands for. talks: by number of the other; topics, moments: by key.

    since, until: when the first and the last of it was laid down; conversations: their numbers.
    """

    since: int
    until: int
    length: int = 0
    memories: int = 0
    talks: Counter[int] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    moments: Counter[str] = field(default_factory=Counter)
    conversations: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, memory: Memory) -> Self:
        """That of one memory, which may be a summary itself."""
        if memory.replaced is not None:
            told = memory.replaced
            return cls(
                **{name: told[name] for name in ("since", "until", "length", "memories")},
                talks=Counter({int(who): times for who, times in told["talks"].items()}),
                topics=Counter(told["topics"]),
                moments=Counter(told["moments"]),
                conversations=list(told["conversations"]),
            )
        tally = cls(memory.at, memory.at, memories=1)
        if memory.kind == Memory.Kind.CONVERSATION:
            tally.talks.update(memory.people)
            tally.topics.update([memory.subject] if memory.subject else [])
            tally.conversations.append(memory.cause)
        else:
            tally.moments[_counted_as(memory)] += 1
        return tally

    def add(self, other: "Tally") -> None:
        """Count another in."""
        self.since, self.until = min(self.since, other.since), max(self.until, other.until)
        self.memories += other.memories
        self.talks += other.talks
        self.topics += other.topics
        self.moments += other.moments
        self.conversations = sorted({*self.conversations, *other.conversations})

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it, and `of` reads it."""
        return {
            "since": self.since,
            "until": self.until,
            "length": self.length,
            "memories": self.memories,
            "talks": {str(who): times for who, times in _ranked(self.talks)},
            "topics": dict(_ranked(self.topics)),
            "moments": dict(_ranked(self.moments)),
            "conversations": self.conversations,
        }


def nights_of_forgetting(batch: EventBatch) -> list[int]:
    """When what has faded gives way to summaries: each midnight to Monday in a commit."""
    settled = batch.rows["world_time"][batch.rows["kind"] == SETTLED].tolist()
    return [now for now in settled if weekday(now) == 0]


def forget(world: World, now: int) -> None:
    """Let what has faded by a game time give way to summaries."""
    stage = stage_of(world)
    rules: MemorySpec = stage.rules["memory"]
    spec = rules.forgetting
    lasting = lifetimes(round(spec.half_life_days * DAY), spec.faint / MOST)
    gone = list(faded(world.pk, now, lasting=lasting, besides=spec.never))
    summaries = summaries_of({memory.actor_id for memory in gone})
    tallies, replaced = _gathered([*summaries, *gone], now)
    wording = Summaries(stage, rules)
    replace(
        replaced,
        [wording.impression(actor, tally) for (actor, *_), tally in sorted(tallies.items())],
    )


def _gathered(
    memories: Iterable[Memory], now: int
) -> tuple[dict[tuple[int, int, int], Tally], list[int]]:
    """What new summaries stand for, by actor and span; and which memories they replace.

    A summary that stays what it is, is left alone.
    """
    groups: dict[tuple[int, int, int], list[Memory]] = defaultdict(list)
    for memory in memories:
        groups[memory.actor_id, *span_at(memory.at, now)].append(memory)
    tallies, replaced = {}, []
    for (actor, begin, length), group in groups.items():
        if len(group) == 1 and (group[0].replaced or {}).get("length") == length:
            continue
        tally = Tally.of(group[0])
        for memory in group[1:]:
            tally.add(Tally.of(memory))
        tally.length = length
        tallies[actor, begin, length] = tally
        replaced += [memory.pk for memory in group]
    return tallies, replaced


def _counted_as(memory: Memory) -> str:
    """What a summary counts a memory as: a moment of memory.yaml, or one of COUNTED."""
    if memory.kind == Memory.Kind.REFLECTION:
        return "reflection"
    return "hearsay" if is_hearsay(memory.subject, memory.people) else memory.subject


class Summaries:
    """Puts summaries into words."""

    def __init__(self, stage: Stage, rules: MemorySpec) -> None:
        self.stage = stage
        self.rules = rules
        self.spec: ForgettingSpec = rules.forgetting
        self._counted: dict[str, Bilingual] = {
            **{key: moment.counted for key, moment in moments_of(stage.rules).items()},
            **stage.rules["reflections"].counted,
        }
        self._topics = {topic.key: topic.name for topic in stage.rules["talk"].topics}

    def impression(self, actor: int, tally: Tally) -> Impression:
        """The summary that an actor (a primary key) keeps."""
        topics = _ranked(tally.topics)
        return Impression(
            actor=actor,
            at=tally.until,
            kind=Memory.Kind.SUMMARY,
            importance=self.spec.importance,
            subject=topics[0][0] if topics else "",
            text=self._text(tally),
            people=[who for who, _ in _ranked(tally.talks)[:NAMED]],
            replaced=tally.plain(),
        )

    def _text(self, tally: Tally) -> Text:
        return {
            "zh": self._told(Voice(self.stage, "zh"), tally),
            "en": self._told(Voice(self.stage, "en"), tally),
        }

    def _told(self, voice: Voice, tally: Tally) -> str:
        parts = []
        if tally.talks:
            parts.append(self._say(voice, "talks", people=self._people(voice, tally)))
        topics = [key for key, _ in _ranked(tally.topics)[: self.spec.topics]]
        if topics:
            names = [getattr(self._topics[key], voice.language) for key in topics]
            parts.append(self._say(voice, "topics", topics=_listed(voice, names)))
        for key, times in _ranked(tally.moments):
            counted = self._counted[key]
            parts.append(getattr(counted, voice.language).format(n=times))
        first = self.stage.first_day
        since, until = (date_at(first, at).isoformat() for at in (tally.since, tally.until))
        span = self._say(voice, "span", since=since, until=until)
        return span + voice.say(zh="；", en="; ").join(parts) + voice.say(zh="。", en=".")

    def _people(self, voice: Voice, tally: Tally) -> str:
        ranked = _ranked(tally.talks)
        named, others = ranked[: self.spec.people], ranked[self.spec.people :]
        told = [self._say(voice, "times", who=voice.person(who), n=times) for who, times in named]
        if others:
            told.append(self._say(voice, "others", n=len(others)))
        return _listed(voice, told)

    def _say(self, voice: Voice, key: str, **about: Any) -> str:
        return str(getattr(self.spec.texts[key], voice.language)).format(**about)


def _listed(voice: Voice, names: list[str]) -> str:
    return voice.say(zh="、", en=", ").join(names)


def _ranked(counts: Mapping[Any, int]) -> list[tuple[Any, int]]:
    """The most frequent first; of equals, by their order."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
