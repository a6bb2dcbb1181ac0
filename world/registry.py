"""Where the floors above tell the world what they bring.

Apps call these functions from `AppConfig.ready`; the world composes what was registered and never
imports upwards. Registering two things under one name is a mistake and raises ValueError.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel

from world.scenario import Section

if TYPE_CHECKING:
    from world.engine.columns import Columns
    from world.engine.events import EventBatch
    from world.engine.outbox import Question
    from world.founding import Founding
    from world.hot_pairs import HotPairs
    from world.hot_tables import HotTable
    from world.models import World
    from world.rules import Rules
    from world.stage import Stage


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event: its code is stored, its name is what the world outside sees.

    type: what clients switch on, coarser than the name. channel: which watchers hear of it.
    """

    code: int
    name: str
    type: str
    channel: "Channel"


@dataclass(frozen=True, slots=True)
class InboxKind:
    """A kind of inbox row. rank orders kinds within an instant; schema checks the payload."""

    name: str
    rank: int
    schema: type[BaseModel]


Channel = Literal["agents", "conversations", "world", "economy"]

Key = TypeVar("Key")
Value = TypeVar("Value")

Constant = Callable[["Rules", Mapping[str, Any]], Any]
"""Builds one constant of a world from its rules and the other constants."""

Adopter = Callable[["World", Any], None]
"""Makes for a world, once, what a section (its content) that it did not have before asks for."""

Recorder = Callable[["World", "Columns", "EventBatch"], None]
"""Writes in a commit what an app keeps of its events; the first has the number world.seq + 1.

Raises world.integrity.IntegrityError if what it is given cannot be true.
"""

Asker = Callable[["World", "Sequence[Question]"], None]
"""Takes down in a commit what a world asks of the outside; the questions are of one kind."""

Pacer = Callable[["World", int], int | None]
"""How far a world may go by the clock: a game time, or None for as far as it likes.

It is given the scale of the clock, game seconds in a real one.
"""

Presenter = Callable[["Stage", "EventBatch"], list[dict[str, Any]]]
"""What the world outside is told of events of one kind, beside what every event has; in order."""

Part = Callable[["Stage", "World"], dict[str, Any]]
"""A part of the snapshot, or of the status of a world, as plain content for JSON."""

sections: dict[str, Section] = {}
event_kinds: dict[int, EventKind] = {}
inbox_kinds: dict[str, InboxKind] = {}
hot_tables: dict[str, "HotTable | HotPairs"] = {}
constants: dict[str, Constant] = {}
founders: dict[str, tuple[int, Callable[["Founding"], None]]] = {}
adopters: dict[str, Adopter] = {}
recorders: dict[str, Recorder] = {}
askers: dict[str, Asker] = {}
pacers: dict[str, Pacer] = {}
presenters: dict[int, Presenter] = {}
snapshot_parts: dict[str, Part] = {}
status_parts: dict[str, Part] = {}


def _add(registered: dict[Key, Value], key: Key, value: Value) -> Value:
    if key in registered:
        raise ValueError(f"{key!r} is registered already, as {registered[key]!r}")
    registered[key] = value
    return value


def register_section(section: Section) -> Section:
    """A file that every scenario must have."""
    return _add(sections, section.name, section)


def register_event_kind(code: int, name: str, *, type: str, channel: Channel) -> int:  # noqa: A002
    """A kind of event; returns its code, which systems emit."""
    if any(kind.name == name for kind in event_kinds.values()):
        raise ValueError(f"an event kind is named {name!r} already")
    return _add(event_kinds, code, EventKind(code, name, type, channel)).code


def register_inbox_kind(kind: InboxKind) -> None:
    """A kind of inbox row, which any process can then sort and refuse."""
    _add(inbox_kinds, kind.name, kind)


def register_hot_table(table: "HotTable | HotPairs") -> None:
    """A model whose rows the engine keeps as columns."""
    _add(hot_tables, table.name, table)


def register_constant(name: str, build: Constant) -> None:
    """Something compiled from a world's stored rows for its systems, such as the map's routes."""
    _add(constants, name, build)


def register_founder(name: str, found: Callable[["Founding"], None], *, rank: int) -> None:
    """A part of founding a world from a scenario; founders run by rank."""
    _add(founders, name, (rank, found))


def register_adopter(section: str, adopt: Adopter) -> None:
    """What a world needs beside a section that it takes over after it was founded."""
    _add(adopters, section, adopt)


def register_recorder(name: str, record: Recorder) -> None:
    """Something that an app writes in every commit, from the events of it."""
    _add(recorders, name, record)


def register_asker(kind: str, ask: Asker) -> None:
    """Who looks after what systems ask under this kind."""
    _add(askers, kind, ask)


def register_pacer(name: str, pace: Pacer) -> None:
    """Something that a running world may have to wait for."""
    _add(pacers, name, pace)


def register_presenter(code: int, present: Presenter) -> None:
    """How events of a kind are told to the world outside."""
    _add(presenters, code, present)


def register_snapshot_part(name: str, build: Part) -> None:
    """Something that a watcher must know before the first frame; the key "words" is merged."""
    _add(snapshot_parts, name, build)


def register_status_part(name: str, build: Part) -> None:
    """Something that a world's status tells."""
    _add(status_parts, name, build)
