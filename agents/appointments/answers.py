"""The shapes of what the REST door of appointments gives."""

from pydantic import BaseModel, Field

from world.answers import Named


class AppointmentLine(BaseModel):
    """What somebody has agreed to or means to do; the last with that other."""

    other: Named | None = Field(
        description="Whom to meet, or who gives the gathering; null for what is done alone."
    )
    at: str
    location: Named
    activity: str
    state: str = Field(
        description="asked (without an answer so far), agreed, due, kept, missed (one was not"
        " there), stood_up (the other was not) or lapsed (neither)."
    )
    news: int | None = Field(description="The number of the gathering that it is, if it is one.")
    conversation: str | None = Field(description="In which conversation it was agreed, if in one.")


class AppointmentPage(BaseModel):
    """A page of them, those furthest ahead first."""

    total: int
    page: int
    limit: int
    appointments: list[AppointmentLine]
