"""The shapes of what the REST doors of conversations and ties give."""

from pydantic import BaseModel, Field

from world.answers import Named


class Message(BaseModel):
    """Something that was said. A model's words keep their own language."""

    turn: int
    time: str
    speaker: Named
    listener: Named
    text: str
    emotion: str
    source: str = Field(description="Whose words: model or instinct.")
    stand_in: str = Field(description="Why instinct spoke for a model; empty if it did not.")
    thought: str = Field(description="The thought from which a model's words come, or empty.")


class ConversationLine(BaseModel):
    """A conversation in a list."""

    id: str
    participants: list[Named]
    location: Named
    started_at: str
    ended_at: str | None
    reason: str = Field(description="Why it began: chance, lonely, service, lesson, ...")
    ending: str = Field(description="How it ended; empty while it goes on.")
    topic: str
    message_count: int
    latest_message: Message | None


class ConversationList(BaseModel):
    """Conversations that go on."""

    conversations: list[ConversationLine]


class ConversationPage(BaseModel):
    """A page of conversations, the latest first."""

    total: int
    page: int
    limit: int
    conversations: list[ConversationLine]


class TieChange(BaseModel):
    """How what one is to another changed. Points of strength."""

    time: str
    agent: Named
    other: Named
    before: float
    after: float
    reason: str
    conversation: str | None = Field(description="The id of the one that it comes from.")
    because: str = Field(description="In words, where the scenario gives them.")


class ConversationDetail(ConversationLine):
    """All of a conversation."""

    messages: list[Message]
    relationship_change: list[TieChange]


class RelationshipLine(BaseModel):
    """What one is to another. strength: 0 to 100; regard: -100 to 100, what one thinks of them."""

    agent: Named
    strength: float
    regard: float
    kind: str
    kind_name: str
    lovers: bool
    quarrelled: bool = Field(description="And not made up since.")
    known_since: str | None
    last_talk: str | None
    talks: int
    last_topic: str


class RelationshipPage(BaseModel):
    """A page of ties, the closest first."""

    total: int
    page: int
    limit: int
    relationships: list[RelationshipLine]


class RelationshipDetail(BaseModel):
    """Both sides of a tie, and a page of what made them so, the latest first."""

    mine: RelationshipLine
    theirs: RelationshipLine | None
    total: int
    page: int
    limit: int
    history: list[TieChange]
