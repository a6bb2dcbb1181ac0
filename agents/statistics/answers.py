"""The shapes of what the REST doors of statistics give."""

from pydantic import BaseModel, Field

from agents.answers import Place
from agents.conversations.answers import ConversationLine
from agents.statistics.economy import Economy
from world.answers import Named


class Population(BaseModel):
    """Residents: all, and by what they are. Groups of age and genders are all there, also empty."""

    total: int
    by_occupation: dict[str, int]
    by_age: dict[str, int]
    by_gender: dict[str, int]


class Connected(BaseModel):
    """A resident with many ties. strength: the sum over them, up to 100 each."""

    agent: Named
    ties: int
    strength: float


class Social(BaseModel):
    """The social network, of acquaintances and closer, and how much people talk."""

    residents: int
    ties: int
    density: float = Field(description="Ties of those that could be, 0 to 1.")
    average_clustering: float = Field(
        description="How often two whom somebody knows know each other, 0 to 1."
    )
    components: int = Field(description="Parts of the town that do not know each other.")
    largest_component: int = Field(description="Residents in the biggest.")
    mean_strength: float = Field(description="Of ties, 0 to 100.")
    ties_by_kind: dict[str, int]
    most_connected: list[Connected] = Field(description="At most 10.")
    isolated: list[Named] = Field(description="Residents without a tie.")
    conversations_total: int
    conversations_today: int = Field(description="Began since midnight.")
    mean_talks_today: float = Field(
        description="Conversations of today that a resident took part in."
    )


class Society(BaseModel):
    """What a town's people are like as a whole."""

    world_time: str
    population: Population
    social: Social
    economy: Economy


class HotPlace(Place):
    """A place, who is in it, and the conversations that go on there."""

    current_occupants: list[Named]
    conversations: list[ConversationLine]


class HotPlaces(BaseModel):
    """Places, the hottest first."""

    world_time: str
    locations: list[HotPlace]
