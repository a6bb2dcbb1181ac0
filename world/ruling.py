"""Ruling: the rules of a town and what goes on in it, for people to read and to change."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from world.answers import Named, named
from world.engine.gametime import NEVER
from world.happenings import FIGURES, HAPPENING, OPERATOR, RULE, SWITCHES, USUAL, Kind
from world.models import Happening, InboxEntry, World
from world.stage import Stage
from world.telling import tell

FEN = 100


class Rule(BaseModel):
    """A rule of the town. on: of a switch. value: of a figure, None for what the scenario says."""

    rule: str
    on: bool | None = None
    value: float | None = None
    since: str | None = None
    until: str | None = None


class Rules(BaseModel):
    """All rules of a town."""

    world_time: str
    rules: list[Rule]


class RulePatch(BaseModel):
    """Rules as they are to be from now on, by name. Figures: pension and allowance in yuan a day,
    tax in per cent of the usual; null for what the scenario says. days: how long, for good without.
    """

    model_config = ConfigDict(extra="forbid")

    curfew: bool | None = None
    festival: bool | None = None
    crisis: bool | None = None
    day_off: bool | None = None
    pension: float | None = Field(default=None, ge=0, le=1_000_000)
    allowance: float | None = Field(default=None, ge=0, le=1_000_000)
    tax: float | None = Field(default=None, ge=0, le=1000)
    days: int = Field(default=0, ge=0, le=3650)


class NewHappening(BaseModel):
    """Something that is to happen. location_id: where, needed but for a shock. strength: of a
    shock, what the world outside buys, per cent of the usual."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["celebration", "disaster", "shock"]
    location_id: int | None = None
    hours: int = Field(ge=1, le=24 * 365)
    strength: int = Field(default=100, ge=0, le=500)


class HappeningLine(BaseModel):
    """Something that goes on, or went on. strength: per cent, of a shock."""

    number: int
    kind: str
    location: Named | None
    began: str
    until: str | None
    over: bool
    strength: int | None


class HappeningPage(BaseModel):
    """Happenings, the latest first."""

    total: int
    page: int
    limit: int
    happenings: list[HappeningLine]


class NoSuchPlaceError(LookupError):
    """There is no such place, or none was named where one is needed."""


def rules_in_force(world: World, stage: Stage) -> Rules:
    """Every rule, as of the last commit."""
    now = world.lived_until
    rows = Happening.objects.filter(
        world=world, kind__in=(*SWITCHES, *FIGURES), began__lte=now, until__gt=now
    ).order_by("number")
    held = {row.kind: row for row in rows}
    return Rules(
        world_time=stage.time(now),
        rules=[_rule(stage, kind, held.get(kind)) for kind in (*SWITCHES, *FIGURES)],
    )


def _rule(stage: Stage, kind: Kind, row: Happening | None) -> Rule:
    told: dict[str, Any] = {"rule": kind.name.lower()}
    if kind in SWITCHES:
        told["on"] = row is not None
    elif row is not None:
        told["value"] = row.strength if kind == Kind.TAX else row.strength / FEN
    if row is not None:
        told["since"] = stage.time(row.began)
        told["until"] = stage.time(row.until) if row.until < NEVER else None
    return Rule(**told)


def change_rules(*, world: World, wanted: RulePatch, told_by: str) -> list[InboxEntry]:
    """Put every rule that a patch names into the inbox, with its full new value."""
    orders = []
    for kind in (*SWITCHES, *FIGURES):
        name = kind.name.lower()
        if name not in wanted.model_fields_set:
            continue
        value: Any = getattr(wanted, name)
        if kind in SWITCHES:
            value = int(bool(value))
        elif value is not None:
            value = round(value if kind == Kind.TAX else value * FEN)
        payload = {"rule": name, "value": value, "days": wanted.days}
        orders.append(
            tell(world=world, kind=RULE.name, payload=payload, source=OPERATOR, told_by=told_by)
        )
    return orders


def let_happen(*, world: World, stage: Stage, wanted: NewHappening, told_by: str) -> InboxEntry:
    """Put a happening into the inbox. Raises NoSuchPlaceError."""
    place = wanted.location_id or 0
    if wanted.kind != "shock" and place not in stage.locations:
        raise NoSuchPlaceError(str(wanted.location_id))
    return tell(
        world=world,
        kind=HAPPENING.name,
        payload={
            "kind": wanted.kind,
            "place": 0 if wanted.kind == "shock" else place,
            "hours": wanted.hours,
            "strength": wanted.strength * USUAL // 100,
        },
        source=OPERATOR,
        told_by=told_by,
    )


def happening_line(world: World, stage: Stage, row: Happening) -> HappeningLine:
    """A happening, as of the last commit."""
    return HappeningLine(
        number=row.number,
        kind=Kind(row.kind).name.lower(),
        location=named(stage.place(row.place)) if row.place else None,
        began=stage.time(row.began),
        until=stage.time(row.until) if row.until < NEVER else None,
        over=row.until <= world.lived_until,
        strength=row.strength * 100 // USUAL if row.kind == Kind.SHOCK else None,
    )
