"""Money is whole fen, 1/100 yuan. Codes that transfers and events carry."""

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


def fen(yuan: float) -> int:
    """Yuan as whole fen."""
    return round(yuan * YUAN)
