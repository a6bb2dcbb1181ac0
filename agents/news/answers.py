"""The shapes of what the REST doors of news give and take."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from agents.systems.news import LONGEST
from world.answers import Named


class Gathering(BaseModel):
    """A gathering: who gives it, and the world time at which it begins, ISO without an offset."""

    model_config = ConfigDict(extra="forbid")

    host_id: Annotated[int, Field(ge=1, lt=2**31)]
    starts_at: str


class NewAnnouncement(BaseModel):
    """Something that is to be known.

    text in one language is told in both. Either a text or a gathering is needed.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    text: Annotated[str, Field(max_length=LONGEST)] = ""
    text_en: Annotated[str, Field(max_length=LONGEST)] = ""
    urgency: Literal["low", "normal", "high", "urgent"] = Field(
        "normal",
        description="low: some of those there take it in; normal: all of them; high: also whoever"
        " comes later; urgent: everybody, wherever they are. Of a gathering, or of what one"
        " resident is told: how much it matters to whoever hears of it.",
    )
    location_id: Annotated[int, Field(ge=1, lt=2**31)] | None = Field(
        None, description="Where it is announced, or where the gathering is; everywhere without."
    )
    agent_id: Annotated[int, Field(ge=1, lt=2**31)] | None = Field(
        None, description="The only resident who is told; of a gathering, besides its host."
    )
    gathering: Gathering | None = None
    days: Annotated[int, Field(ge=0, le=60)] = Field(
        0,
        description="For how many days people speak of it; 0: as long as usual. Nobody speaks of a"
        " gathering when it is over.",
    )

    @model_validator(mode="after")
    def says_something(self) -> "NewAnnouncement":
        """A text or a gathering, which has a place."""
        if not (self.text.strip() or self.text_en.strip() or self.gathering):
            raise ValueError("a text or a gathering is needed")
        if self.gathering and self.location_id is None:
            raise ValueError("a gathering needs location_id")
        return self


class NewsLine(BaseModel):
    """Something that people tell each other."""

    id: int
    kind: str
    text: str
    time: str
    location: Named | None
    people: list[Named] = Field(description="Whom it is about, or who alone was told.")
    starts_at: str | None
    spoken_of_until: str
    urgency: str
    knowers: int = Field(description="How many residents know it.")


class NewsPage(BaseModel):
    """A page of news, the latest first."""

    total: int
    page: int
    limit: int
    news: list[NewsLine]


class Knower(BaseModel):
    """Somebody who knows it."""

    agent: Named
    time: str
    how: str = Field(description="witnessed, announced, told or hosting.")
    source: Named | None = Field(description="Who told them.")
    told: int = Field(description="How often they have told it on.")
    conversation: str | None = Field(description="The conversation in which they were told.")


class NewsDetail(NewsLine):
    """Something that people tell each other, and who has it from whom."""

    spread: list[Knower] = Field(description="In the order in which they came to know.")
