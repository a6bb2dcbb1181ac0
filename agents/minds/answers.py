"""The shapes of what the REST doors of minds give and take."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from agents.remembering.answers import Scores
from world.answers import Named


class ThoughtLine(BaseModel):
    """A thought in a list. Cost in US dollars; latency is that of the model."""

    id: str
    agent: int
    purpose: str
    asked_at: str
    status: str
    model: str
    source: Literal["model", "instinct", ""] = Field(
        description="Whose decision came of it; empty while nobody has answered."
    )
    failure: str
    detail: str
    via: str
    thought: str
    feeling: str
    calls: int
    tokens_in: int
    tokens_cached: int
    tokens_out: int
    tokens_reasoning: int
    cost_usd: float
    latency_ms: int
    outcome: str = Field(description="What the engine did with it: waiting, accepted or refused.")


class ThoughtPage(BaseModel):
    """A page of thoughts, the newest first."""

    total: int
    page: int
    limit: int
    thoughts: list[ThoughtLine]


class Recollection(BaseModel):
    """A memory that had come to mind, as it was then, and why."""

    time: str
    kind: str
    text: str
    source: Named | None = Field(description="Who told it; none for what one witnessed.")
    scores: Scores


class ThoughtDetail(ThoughtLine):
    """All that is known of a thought."""

    language: str
    messages: list[dict[str, str]]
    reply: str
    reasoning: str
    parsed: dict[str, Any] | None
    situation: dict[str, Any]
    recalled: list[Recollection] = Field(description="What had come to mind, the best match first.")
    attempts: int


class Price(BaseModel):
    """US dollars per million tokens; the second set holds at peak hours (UTC, weekdays)."""

    since: str
    input: float
    cached_input: float
    output: float
    peak_input: float | None
    peak_cached_input: float | None
    peak_output: float | None
    peak_hours: str
    source: str


class ModelLine(BaseModel):
    """A model; `why` says in words what keeps it from being used."""

    name: str
    provider: str
    remote_name: str
    enabled: bool
    usable: bool
    why: str
    structure: str
    thinking: str
    price: Price | None


class ModelList(BaseModel):
    """Every model that is known; instinct is always possible."""

    models: list[ModelLine]


class UsageLine(BaseModel):
    """Thoughts of one model, purpose and real day (UTC)."""

    day: str
    model: str
    purpose: str
    thoughts: int
    failed: int
    calls: int
    tokens_in: int
    tokens_cached: int
    tokens_out: int
    tokens_reasoning: int
    cost_usd: float


class Usage(BaseModel):
    """What minds used, what is left, and whose the last decisions were."""

    days: int
    usage: list[UsageLine]
    budget: dict[str, Any]
    decisions_lately: dict[str, int]


class NewMind(BaseModel):
    """Which mind a resident is given: the name of a model, or instinct."""

    model_config = ConfigDict(extra="forbid", strict=True)

    model: str
