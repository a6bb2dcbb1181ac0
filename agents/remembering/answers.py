"""The shapes of what the REST doors of memory give."""

from pydantic import BaseModel, Field

from world.answers import Named


class Scores(BaseModel):
    """Why a memory came up: each part from 0 to 1, and the weighted sum."""

    recency: float
    importance: float
    relevance: float
    total: float


class Replaced(BaseModel):
    """What a summary stands for: so many memories, and the conversations among them."""

    since: str
    until: str
    memories: int
    conversations: list[str]


class Evidence(BaseModel):
    """A memory that a reflection was drawn from, or the summary to which it gave way."""

    id: str
    time: str
    kind: str
    text: str


class MemoryLine(BaseModel):
    """Something that a resident remembers, in the reader's language."""

    id: str
    time: str
    kind: str
    importance: int
    text: str
    subject: str
    people: list[Named]
    location: Named | None
    source: Named | None = Field(description="Who told it; none for what one witnessed.")
    conversation: str | None = Field(description="The id of the one that it comes from.")
    replaced: Replaced | None = Field(description="What a summary stands for.")
    evidence: list[Evidence] = Field(description="What a reflection was drawn from.")
    stand_in: str = Field(
        description="Why instinct reflected in the place of a model; empty where it did not."
    )
    recalls: int
    last_recalled: str | None
    scores: Scores | None = Field(description="None where nothing was asked for.")


class MemoryPage(BaseModel):
    """A page of memories: the latest first, or the best match for what is asked for."""

    total: int
    page: int
    limit: int
    embedder: str | None = Field(
        description="By whose vectors relevance is judged; none where nothing was asked for."
    )
    memories: list[MemoryLine]


class FoundMemory(MemoryLine):
    """Something that somebody in the town remembers."""

    agent: Named


class MemorySearch(BaseModel):
    """What anybody remembers of a matter. embedder: what relevance is judged by."""

    embedder: str
    exact: bool = Field(description="Whether every memory was looked at.")
    memories: list[FoundMemory]
