"""Ties that people have when the town begins: ties.yaml."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from agents import events
from agents.conversations.vocabulary import Change, Love
from agents.models import Relationship
from agents.needs import milli
from world.engine.draws import WORD, Draws, purpose
from world.engine.events import EventLog
from world.founding import Founding
from world.models import Actor
from world.rules import Rules
from world.scenario import Bilingual, Scenario, Section, Strict
from world.sections import Key

ACQUAINTED = purpose("agents.ties.acquainted")

Regard = Annotated[int, Field(ge=-100, le=100)]


class KnownSpec(Strict):
    """Two residents who know each other. strength: points. regard: what each thinks of the other,
    in the order of `between`. because: why. love: whether they are a couple. calls: what the first
    calls the second, and the second the first, if not by name.
    """

    between: tuple[Key, Key]
    strength: Annotated[int, Field(ge=1, le=100)]
    regard: tuple[Regard, Regard] = (0, 0)
    because: Bilingual
    love: bool = False
    calls: tuple[Bilingual, Bilingual] | None = None


def check_ties(scenario: Scenario) -> None:
    """Ties are between two residents each, and told once."""
    residents = {resident.key for resident in scenario["residents"]}
    seen: set[frozenset[str]] = set()
    for index, tie in enumerate(scenario["ties"]):
        pair = frozenset(tie.between)
        for position, key in enumerate(tie.between):
            if key not in residents:
                scenario.problem(
                    "ties",
                    (index, "between", position),
                    f"expected a resident of residents.yaml (found {key!r})",
                )
        if len(pair) < 2:
            scenario.problem("ties", (index, "between"), "expected two different residents")
        if pair in seen:
            scenario.problem("ties", (index, "between"), "expected each pair once only")
        seen.add(pair)


SECTION = Section("ties", list[KnownSpec], check_ties)


def found_ties(founding: Founding) -> None:
    """Let those know each other who did before; in every district alike."""
    world = founding.world
    specs = founding.scenario["residents"]
    residents = sorted(
        (actor for actor in founding.actors.values() if actor.kind == "resident"),
        key=lambda actor: actor.number,
    )
    log, rows = EventLog(), []
    for first in range(0, len(residents), len(specs)):
        district = residents[first : first + len(specs)]
        known = _told(founding.scenario, district)
        known |= _acquainted(founding, district, but=set(known))
        for (one, other), tie in sorted(known.items(), key=lambda item: _numbers(item[0])):
            rows.append(
                Relationship(
                    actor=one,
                    other=other,
                    strength=tie.strength,
                    regard=tie.regard,
                    love=tie.love,
                )
            )
            log.emit(
                events.TIE_CHANGED,
                world.instant,
                actor=one.number,
                other=other.number,
                reason=Change.FOUNDING,
                amount=tie.strength,
                until=tie.strength,
                data=[tie.data],
            )
    Relationship.objects.bulk_create(rows)
    founding.record(log.take())


Pair = tuple[Actor, Actor]


@dataclass(frozen=True)
class _Tie:
    """What one is to the other from the beginning; milli-points. data: what the event tells."""

    strength: int
    regard: int = 0
    love: Love = Love.NONE
    data: dict[str, int] | None = None


def _numbers(pair: Pair) -> tuple[int, int]:
    return pair[0].number, pair[1].number


def _told(scenario: Scenario, district: list[Actor]) -> dict[Pair, _Tie]:
    """The ties of ties.yaml among the people of a district, both ways."""
    people = {spec.key: actor for spec, actor in zip(scenario["residents"], district, strict=False)}
    known = {}
    for index, spec in enumerate(scenario["ties"]):
        if not all(key in people for key in spec.between):
            continue
        pair = [people[key] for key in spec.between]
        for one, other, regard in zip(pair, pair[::-1], spec.regard, strict=True):
            known[one, other] = _Tie(
                milli(spec.strength),
                milli(regard),
                Love.LOVERS if spec.love else Love.NONE,
                {"because": index},
            )
    return known


def _acquainted(founding: Founding, district: list[Actor], but: set[Pair]) -> dict[Pair, _Tie]:
    """Some of those who live or work together, who know each other a little."""
    rules = founding.scenario["talk"].acquainted
    specs = founding.scenario["residents"]
    draws = Draws(founding.world.seed, founding.world.instant)
    lowest, highest = (milli(points) for points in rules.strength)
    known = {}
    people = list(zip(district, specs, strict=False))
    for index, (one, spec) in enumerate(people):
        for other, another in people[index + 1 :]:
            share = max(
                rules.neighbours if spec.home == another.home else 0,
                rules.colleagues if spec.workplace and spec.workplace == another.workplace else 0,
            )
            if not share or (one, other) in but:
                continue
            lot, drawn = draws.words(one.number, ACQUAINTED, other=other.number, index=[0, 1])
            if int(lot) < share * WORD:
                tie = _Tie(lowest + int(drawn) * (highest - lowest) // WORD)
                known[one, other] = known[other, one] = tie
    return known


def forms_of_address(rules: Rules) -> dict[tuple[int, int], dict[Literal["zh", "en"], str]]:
    """What residents call each other, if not by name, by their numbers; in every district alike."""
    keys = [spec.key for spec in rules["residents"]]
    called: dict[tuple[int, int], dict[Literal["zh", "en"], str]] = {}
    for first in range(0, rules.world.districts * len(keys), len(keys)):
        for tie in rules["ties"]:
            if tie.calls is None:
                continue
            one, other = (first + keys.index(key) + 1 for key in tie.between)
            called[one, other] = {"zh": tie.calls[0].zh, "en": tie.calls[0].en}
            called[other, one] = {"zh": tie.calls[1].zh, "en": tie.calls[1].en}
    return called
