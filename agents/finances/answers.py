"""The shapes of what the REST doors of money give. Sums are in yuan."""

from typing import Literal

from pydantic import BaseModel, Field

from world.answers import Named


class CauseTold(BaseModel):
    """Why money moved, and what exactly that was.

    kind: founding (nothing else), activity and work (that which began at `at`), settlement and
    employment (of `day`), loan, order (carried out at `at`), business (opened or given up at `at`).
    """

    kind: Literal[
        "founding",
        "activity",
        "work",
        "settlement",
        "employment",
        "loan",
        "order",
        "business",
    ]
    at: str | None = None
    day: str | None = None
    loan: int | None = None
    event: int | None = Field(None, description="Its number in the log, if it stands there.")


class TransactionLine(BaseModel):
    """A movement of money as one side sees it. amount: below 0 for what was paid."""

    seq: int = Field(description="The number of the event that told it.")
    time: str
    amount: float
    balance: float = Field(description="After it.")
    counterparty: Named
    category: str
    category_name: str
    location: Named | None
    activity: str | None
    activity_name: str | None
    cause: CauseTold


class TransactionPage(BaseModel):
    """A page of them, the latest first."""

    total: int
    page: int
    limit: int
    transactions: list[TransactionLine]


class LoanLine(BaseModel):
    """What one lent the other. amount: at first; owed: still."""

    id: int
    lender: Named
    borrower: Named
    amount: float
    owed: float
    lent_at: str
    due_at: str
    state: Literal["active", "paid", "defaulted"]


class LoanPage(BaseModel):
    """A page of them, the latest first."""

    total: int
    page: int
    limit: int
    loans: list[LoanLine]


class BusinessLine(BaseModel):
    """Whoever runs a place. Sums and customers of today are since the last settlement."""

    id: int
    name: str
    location: Named
    type: str = Field(description="The kind of the place.")
    owner: Named | None = Field(description="None: the town.")
    trading: bool
    closed_at: str | None
    price_level: float = Field(description="Of the list prices: 1 is what the list says.")
    balance: float
    stock: float
    sales_today: float
    customers_today: int
    usual_sales: float = Field(description="On a day.")
    payroll_today: float
    days_in_debt: int
    free: str | None = Field(description="The activity that costs nothing there at present.")
    posts: int
    staff: int


class BusinessPage(BaseModel):
    """A page of them, by number."""

    total: int
    page: int
    limit: int
    businesses: list[BusinessLine]


class Moved(BaseModel):
    """What came in and went out for one thing."""

    category: str
    category_name: str
    income: float
    expense: float


class BusinessDetail(BusinessLine):
    """All that is public of a business. lately: of the last seven days."""

    lately: list[Moved]
    employees: list[Named]
