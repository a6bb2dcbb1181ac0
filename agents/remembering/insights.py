"""Insights: what instinct makes of what somebody kept, by rules, and of what each is drawn.

Nothing is said that what was kept does not say. Words stand in the scenario's reflections.yaml.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from agents.news.vocabulary import Kind as News
from agents.provenance import Motive
from memory.models import Memory
from memory.stretches import Kept

CITED = 6
"""Memories that an insight names as its evidence at most, the latest."""

OFTEN, REPEATEDLY = 2, 3
"""So many times stand out with the same person, topic or need, and in the same place."""

GLAD = 2
"""Points that a talk leaves on average where two get on well."""

ROUND = 4
"""So many people in turn are company of all sorts."""

NEWS = frozenset(kind.name.lower() for kind in News)
DOORS = ("closed", "full")
SORE = {
    "quarrel": "hurt",
    "stood-up": "let_down",
    "apart": "drifted",
    "rejected": "heartache",
    "parted": "heartache",
}
FOND = {"closer": "closer", "love": "in_love"}

Seen = Sequence[Kept]


@dataclass(frozen=True, slots=True)
class Insight:
    """A key of reflections.yaml, what it is drawn from, and whom or what it is about.

    person, place: numbers, 0 for none. what: the key of a topic, or the position of a need.
    """

    key: str
    evidence: tuple[Kept, ...]
    person: int = 0
    place: int = 0
    what: str = ""

    @property
    def subject(self) -> str:
        """What it is about, as its memory says."""
        return f"{self.key}.{self.what}" if self.what else self.key

    @property
    def matter(self) -> tuple[str, int, int]:
        """What would be the same insight again, in whichever words."""
        return self.subject, self.person, self.place

    @property
    def weight(self) -> int:
        """How much its evidence matters."""
        return sum(each.importance for each in self.evidence)


def insights_from(
    kept: Seen, *, most: int, besides: Collection[tuple[str, int, int]] = ()
) -> list[Insight]:
    """The insights with the weightiest evidence, at most so many, of each person one.

    kept: in order. besides: matters that are known already.
    """
    kept = [each for each in kept if each.kind not in _DRAWN_ALREADY]
    found = [each for rule in RULES for each in rule(kept) if each.matter not in besides]
    told: list[Insight] = []
    for each in sorted(found, key=lambda insight: -insight.weight):
        spoken_of = {other.person for other in told if other.person}
        if len(told) < most and each.person not in spoken_of:
            told.append(each)
    return told


_DRAWN_ALREADY = (Memory.Kind.REFLECTION, Memory.Kind.SUMMARY)


def _insight(
    key: str, evidence: Seen, *, person: int = 0, place: int = 0, what: str = ""
) -> Insight:
    return Insight(key, tuple(evidence[-CITED:]), person, place, what)


def _talks(kept: Seen) -> list[Kept]:
    return [each for each in kept if each.kind == Memory.Kind.CONVERSATION]


def _moments(kept: Seen, subjects: Collection[str]) -> list[Kept]:
    """What befell oneself, not others of whom one heard."""
    return [
        each
        for each in kept
        if each.kind == Memory.Kind.OBSERVATION
        and each.subject in subjects
        and not is_hearsay(each.subject, each.people)
    ]


def is_hearsay(subject: str, people: Collection[int]) -> bool:
    """Whether a memory is of news. A quarrel of one's own is about the other alone."""
    return subject in NEWS and (subject != "quarrel" or len(people) > 1)


def _made_up_since(kept: Seen, moment: Kept, person: int) -> bool:
    """Whether two made up after something that stood between them."""
    return any(
        person in each.people and each.identity > moment.identity
        for each in _moments(kept, ("reconciled", "love"))
    )


def _company(kept: Seen) -> Iterator[Insight]:
    """Whom one talked with most, and how that was."""
    talks = _talks(kept)
    counts = Counter(person for each in talks for person in each.people)
    if not counts or max(counts.values()) < OFTEN:
        return
    person = min(counts, key=lambda who: (-counts[who], who))
    shared = [each for each in talks if person in each.people]
    valence = sum(each.valence for each in shared)
    sore = [each for each in _moments(kept, ("quarrel",)) if person in each.people]
    if sore and not _made_up_since(kept, sore[-1], person):
        return
    key = "strained" if valence < 0 else "glad" if valence >= GLAD * len(shared) else "familiar"
    yield _insight(key, shared, person=person)


def _soreness(kept: Seen) -> Iterator[Insight]:
    """Who let one down, unless that is made up."""
    for each in _moments(kept, SORE):
        if not _made_up_since(kept, each, each.people[0]):
            yield _insight(SORE[each.subject], [each], person=each.people[0])


def _making_up(kept: Seen) -> Iterator[Insight]:
    """With whom one made up, after what."""
    for each in _moments(kept, ("reconciled",)):
        person = each.people[0]
        before = [
            quarrel
            for quarrel in _moments(kept, ("quarrel",))
            if person in quarrel.people and quarrel.identity < each.identity
        ]
        yield _insight("made_up", [*before, each], person=person)


def _fondness(kept: Seen) -> Iterator[Insight]:
    """Who became dearer, by which talks."""
    for each in _moments(kept, FOND):
        person = each.people[0]
        talks = [talk for talk in _talks(kept) if person in talk.people and talk.at <= each.at]
        evidence = sorted([*talks, each], key=lambda one: one.identity)
        yield _insight(FOND[each.subject], evidence, person=person)


def _topics(kept: Seen) -> Iterator[Insight]:
    """What half of one's talks are about, with one and the other."""
    by_topic, all_talks = defaultdict(list), _talks(kept)
    for each in all_talks:
        if each.subject and each.subject != "casual":
            by_topic[each.subject].append(each)
    for topic, talks in by_topic.items():
        people = {person for each in talks for person in each.people}
        if len(people) >= OFTEN and 2 * len(talks) >= len(all_talks) >= OFTEN:
            yield _insight("topic", talks, what=topic)


def _needs(kept: Seen) -> Iterator[Insight]:
    """Being worn out the same way more than once; and company that is missed."""
    by_need = defaultdict(list)
    for each in _moments(kept, ("need",)):
        if each.cause:
            by_need[each.cause].append(each)
    for need, moments in by_need.items():
        if need == Motive.SOCIAL:
            yield _insight("lonely", moments)
        elif len(moments) >= OFTEN:
            yield _insight("worn", moments, what=str(need - 1))


def _doors(kept: Seen) -> Iterator[Insight]:
    """Places that did not let one in, and what one could not pay."""
    by_place = defaultdict(list)
    for each in _moments(kept, DOORS):
        by_place[each.place].append(each)
    for place, moments in by_place.items():
        if len(moments) >= OFTEN:
            yield _insight("shut_out", moments, place=place)
    poor = _moments(kept, ("unaffordable",))
    if poor:
        yield _insight("short", poor, place=poor[-1].place)


def _haunts(kept: Seen) -> Iterator[Insight]:
    """Where one meets people."""
    by_place = defaultdict(list)
    for each in _talks(kept):
        by_place[each.place].append(each)
    for place, talks in by_place.items():
        people = {person for each in talks for person in each.people}
        if place and len(talks) >= REPEATEDLY and len(people) >= OFTEN:
            yield _insight("haunt", talks, place=place)


def _hearsay(kept: Seen) -> Iterator[Insight]:
    """From whom one has the news, or that all are full of it."""
    heard = [each for each in kept if each.source and is_hearsay(each.subject, each.people)]
    by_source = defaultdict(list)
    for each in heard:
        by_source[each.source].append(each)
    for person, told in by_source.items():
        if len(told) >= OFTEN:
            yield _insight("newsmonger", told, person=person)
    if len(by_source) >= OFTEN:
        yield _insight("abuzz", heard)


def _round(kept: Seen) -> Iterator[Insight]:
    """Having talked with one after the other, and with nobody twice."""
    talks = _talks(kept)
    counts = Counter(person for each in talks for person in each.people)
    if len(counts) >= ROUND and max(counts.values()) == 1:
        yield _insight("round", talks)


RULES: tuple[Callable[[Seen], Iterator[Insight]], ...] = (
    _soreness,
    _making_up,
    _fondness,
    _company,
    _needs,
    _doors,
    _hearsay,
    _topics,
    _haunts,
    _round,
)
"""In this order where evidence weighs the same."""
