"""The shapes of what the REST doors of the stage take and give."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from world.rest.language import language

Speed = Literal[1, 2, 5, 10, 60]


class Named(BaseModel):
    """Something with a public number and a name in the reader's language."""

    id: int
    name: str


def named(known: Mapping[str, Any]) -> Named:
    """Somebody or some place, as `world.stage.Stage` knows them, in the reader's language."""
    return Named(id=known["id"], name=known["name"][language()])


class WeatherNow(BaseModel):
    """kind: a key of weather.yaml. degrees: Celsius."""

    kind: str
    name: str
    degrees: int


class Status(BaseModel):
    """How a world is. Parts that other apps register are merged into it."""

    model_config = ConfigDict(extra="allow")

    world: str = Field(description="The name of the world in addresses.")
    name: str
    epoch: str
    seq: int
    status: Literal["running", "paused", "asleep", "stopped", "archived"]
    status_reason: str
    world_time: str
    real_time: datetime
    time_scale: int = Field(description="Game seconds that pass in a real second.")
    time_period: str
    is_daytime: bool
    day_count: int
    weather: WeatherNow
    agent_count: int = 0
    active_conversations: int = 0


class ClockState(BaseModel):
    """The clock after it was set."""

    world: str
    epoch: str
    status: str
    world_time: str
    time_scale: int
    speed: float = Field(description="In multiples of the town's usual pace.")
    paused: bool


class Control(BaseModel):
    """What an operator wants of the clock, or of the whole world."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["pause", "resume", "speed_up", "slow_down", "set_speed", "reset"]
    speed: Speed | None = None
    confirmation: str = Field("", description="For reset: the token that the first try answered.")
    seed: int | None = Field(None, ge=0, lt=2**32, description="For reset: of the new world.")


class Accepted(BaseModel):
    """An order in the inbox takes effect at a world time."""

    takes_effect_at: str


class EventPage(BaseModel):
    """A part of the log. last_seq: the world's; next_after_seq: what to ask for next."""

    events: list[dict[str, Any]]
    last_seq: int
    next_after_seq: int


class Ticket(BaseModel):
    """What lets one connection into the stream: `/api/stream?ticket=...`."""

    ticket: str
    expires_in: int = Field(description="Real seconds until it is worth nothing.")
