"""The shapes of what the REST doors of the residents give and take."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

from agents.conversations.answers import RelationshipLine
from agents.remembering.answers import MemoryLine
from world.answers import Accepted, Named

Emotion = Literal[
    "happy",
    "calm",
    "sad",
    "tired",
    "hungry",
    "lonely",
    "bored",
    "unkempt",
    "uneasy",
]


class Action(BaseModel):
    """What somebody does: a key of activities.yaml, and its name in the reader's language."""

    key: str
    name: str
    target: Named | None = Field(None, description="Where a walk leads.")
    since: str


class Departed(BaseModel):
    """When and why somebody moved away; text: in the reader's language."""

    at: str
    reason: Literal["debt", "gloom", "order"]
    text: str


class AgentLine(BaseModel):
    """A resident in a list."""

    id: int
    name: str
    age: int
    gender: str
    occupation: str
    position: list[int]
    current_location: Named | None = Field(description="None in the street.")
    current_action: Action
    current_emotion: Emotion
    economic_status: str
    departed: Departed | None = Field(description="None while they live here.")


class AgentPage(BaseModel):
    """A page of residents, in a stable order."""

    total: int
    page: int
    limit: int
    agents: list[AgentLine]


class Thought(BaseModel):
    """What somebody thinks of what they do, what moved them most, and whose decision it was."""

    text: str
    motive: str
    source: str
    stand_in: str = Field(description="Why instinct decided for a model; empty if it did not.")


class Means(BaseModel):
    """Yuan. income_today and expense_today are since midnight, without loans and capital."""

    balance: float
    income_today: float
    expense_today: float
    status: str


class Work(BaseModel):
    """How somebody stands in what they live by. performance: points. hours: game hours."""

    performance: float | None = Field(
        description="How well the work is done, 60 of who is new; None of who is not paid for any."
    )
    warnings: int = Field(description="Since the work was last done well.")
    hired_at: str | None = Field(description="None for a job from the beginning, or none.")
    hours_today: float = Field(description="Of work, or of school.")
    hours_sought: float = Field(description="Of looking for work since the last job.")
    jobless_days: int
    artworks: int = Field(description="Pieces that wait for a buyer.")


class PlanStep(BaseModel):
    """A step of a plan; `done` once it was begun."""

    activity: str
    place: Named | None = Field(description="None for wherever one is.")
    minutes: int
    why: str
    done: bool


class LastThought(BaseModel):
    """What a model was last asked, and what came of it."""

    id: str
    asked_at: str
    failure: str = Field(description="Why instinct stood in; empty for a plan.")
    feeling: str
    thought: str
    plan: list[PlanStep]


class Mind(BaseModel):
    """Whose mind decides, and what that cost on this real day (UTC)."""

    model: str
    thinking_since: str | None
    asked_today: int
    spent_today_usd: float
    last: LastThought | None


class Route(BaseModel):
    """A walk under way."""

    to: Named
    path: list[list[int]]
    departs: str
    arrives: str


class Profile(BaseModel):
    """Who somebody is."""

    personality: dict[str, int]
    skills: dict[str, float]
    goal: str
    backstory: str
    model_name: str
    home: Named
    workplace: Named | None
    arrived_at: str | None = Field(description="None for who was here from the beginning.")


class State(BaseModel):
    """How somebody is. needs: points, 100 is best."""

    needs: dict[str, float]
    happiness: float
    economy: Means
    work: Work
    thinking: Thought
    mind: Mind
    emotion: Emotion
    route: Route | None


class AgentDetail(AgentLine):
    """All that is public of a resident."""

    profile: Profile
    state: State
    relationships: list[RelationshipLine] = Field(description="The closest ones.")
    recent_memories: list[MemoryLine] = Field(description="The latest ones.")


class Visit(BaseModel):
    """Something that somebody began to do, or a walk."""

    time: str
    location: Named | None
    action: str
    kind: Literal["move", "activity"]


class Trajectory(BaseModel):
    """Where somebody was, oldest first."""

    hours: int
    visits: list[Visit]


class Zone(BaseModel):
    """A part of the map."""

    key: str
    name: str


class Place(BaseModel):
    """A place. heat: 0 to 100, how lively it is."""

    id: int
    name: str
    type: str
    zone: Zone
    position: list[int]
    size: list[int]
    capacity: int
    is_open: bool
    heat: float


class PlaceLine(Place):
    """A place in the list; how many people are in it."""

    current_occupants: int


class PlaceList(RootModel[list[PlaceLine]]):
    """Every place."""


class Heat(BaseModel):
    """How many people were in a place, and its heat, at a full hour."""

    time: str
    occupants: int
    heat: float


class PlaceDetail(Place):
    """All that is public of a place."""

    key: str
    offers: list[str]
    open_today: list[str] = Field(description="From and until; empty where it is closed today.")
    current_occupants: list[Named]
    recent_events: list[dict[str, Any]]
    heat_history: list[Heat]


class _Command(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Move(_Command):
    """Go to a place."""

    type: Literal["move"]
    location_id: int


class Do(_Command):
    """Do something where one is."""

    type: Literal["activity"]
    activity: str


class Words(_Command):
    """Say something, which the resident follows in their own way, or does not."""

    type: Literal["words"]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class Command(RootModel[Annotated[Move | Do | Words, Field(discriminator="type")]]):
    """What an operator tells a resident."""


class NewAgent(BaseModel):
    """Somebody who is to come. occupation: a key, any without."""

    model_config = ConfigDict(extra="forbid", strict=True)

    occupation: str = ""


class Ordered(Accepted):
    """An order about a resident."""

    agent: Named
