"""Money: its unit, what it moves for, and why."""

from enum import IntEnum

YUAN = 100
"""Fen in a yuan."""


class Category(IntEnum):
    """What a transfer was for."""

    OPENING = 1
    WAGE = 2
    PURCHASE = 3
    RENT = 4
    FOOD = 5
    TRANSPORT = 6
    PHONE = 7
    STIPEND = 8
    PROFIT = 9
    OUTPUT = 10
    GRANT = 11
    COMMISSION = 12
    ARTWORK = 13
    SEVERANCE = 14
    TAX = 15
    STOCK = 16
    PREMISES = 17
    LOAN = 18
    REPAYMENT = 19
    TREAT = 20
    BONUS = 21
    MEDICAL = 22
    GIFT = 23
    REPAIR = 24
    CAPITAL = 25
    WRITE_OFF = 26
    COVER = 27
    INTEREST = 28
    RELIEF = 29


class Cause(IntEnum):
    """Why money moved; which one of its kind is told by a number that comes with it.

    FOUNDING and MOVE: none, it happens to everyone once. ACTIVITY: the game time at which what is
    paid for began. WORK: that at which the spell of work began. SETTLEMENT, EMPLOYMENT: the
    midnight of that day. LOAN: the loan. ORDER: the game time at which an operator's order was
    carried out. BUSINESS: the game time at which a business was opened or given up.
    """

    FOUNDING = 1
    ACTIVITY = 2
    WORK = 3
    SETTLEMENT = 4
    EMPLOYMENT = 5
    LOAN = 6
    ORDER = 7
    BUSINESS = 8


CAUSES = {
    Category.OPENING: Cause.FOUNDING,
    Category.WAGE: Cause.WORK,
    Category.PURCHASE: Cause.ACTIVITY,
    Category.TREAT: Cause.ACTIVITY,
    Category.SEVERANCE: Cause.EMPLOYMENT,
    Category.LOAN: Cause.LOAN,
    Category.REPAYMENT: Cause.LOAN,
    Category.GRANT: Cause.ORDER,
    Category.CAPITAL: Cause.BUSINESS,
    Category.WRITE_OFF: Cause.BUSINESS,
}
"""The cause of each category that does not come from a day's settlement."""

FINANCING = frozenset(
    {
        Category.OPENING,
        Category.GRANT,
        Category.LOAN,
        Category.REPAYMENT,
        Category.CAPITAL,
        Category.WRITE_OFF,
        Category.COVER,
    }
)
"""What is neither income nor spending: it moves what somebody owns or owes."""

TAXED = frozenset(
    {
        Category.WAGE,
        Category.COMMISSION,
        Category.ARTWORK,
        Category.BONUS,
        Category.PROFIT,
    }
)
"""What residents pay tax on."""


def cause_of(category: int) -> Cause:
    """Why money of a category moves."""
    return CAUSES.get(Category(category), Cause.SETTLEMENT)


def fen(yuan: float) -> int:
    """Yuan as whole fen."""
    return round(yuan * YUAN)
