"""What a watcher may say."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from world.registry import Channel


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Subscribe(_Said):
    """Hear of channels, or no more."""

    type: Literal["subscribe", "unsubscribe"]
    channels: list[Literal["all"] | Channel]


class SubscribeAgent(_Said):
    """Hear of a resident, or no more."""

    type: Literal["subscribe_agent", "unsubscribe_agent"]
    agent_id: int


class Resume(_Said):
    """Go on after an event."""

    type: Literal["resume"]
    after_seq: int


class Acknowledge(_Said):
    """Everything up to an event has been taken in."""

    type: Literal["ack"]
    seq: int


class Ping(_Said):
    """Are you there?"""

    type: Literal["ping"]


Said = Subscribe | SubscribeAgent | Resume | Acknowledge | Ping

SAID: TypeAdapter[Said] = TypeAdapter(Annotated[Said, Field(discriminator="type")])
"""Reads what a watcher says; raises pydantic.ValidationError."""
