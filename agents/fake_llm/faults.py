"""Faults: what goes wrong on purpose, how often, and whom it befalls.

Each fault has a share of the calls. Which call gets which is drawn from decks of a hundred cards
that are shuffled with a seed, so that shares hold in every hundred calls and a run can be repeated.
"""

import math
import random
from collections.abc import Iterable, Mapping
from typing import Any

from agents.fake_llm.replies import text_of_answer

BEFORE_ANSWERING = ("429", "500", "unauthorized", "timeout", "slow_first_byte", "dropped")
IN_THE_CONTENT = ("malformed", "blank", "wrong_schema", "impossible", "empty")
"""These befall chat only: an embedding has no content to spoil."""
FAULTS = (*BEFORE_ANSWERING, *IN_THE_CONTENT)

DECK = 100
NOT_OFFERED = "999999/eat"
BLANKS = " \n\n  \n"
OF_ANOTHER_SHAPE = {"unexpected": ["shape", {"of": "answer"}, None]}


class FaultError(ValueError):
    """No such fault, or no such share; says why."""


def checked_shares(shares: Mapping[str, Any]) -> dict[str, float]:
    """The shares as numbers, without those that are 0. Raises FaultError."""
    checked: dict[str, float] = {}
    for name, share in shares.items():
        if name not in FAULTS:
            raise FaultError(f"there is no fault {name!r}; there are: {', '.join(FAULTS)}")
        is_number = isinstance(share, int | float) and not isinstance(share, bool)
        if not is_number or not 0 <= share <= 1:
            raise FaultError(f"the share of {name} must be a number from 0 to 1")
        if share:
            checked[name] = float(share)
    if math.fsum(checked.values()) > 1 + 1e-9:
        raise FaultError("the shares of all faults must not be more than 1 together")
    return checked


def shares_from(arguments: Iterable[str]) -> dict[str, float]:
    """The shares that a command line names, such as `timeout=0.1`. Raises FaultError."""
    shares: dict[str, float] = {}
    for argument in arguments:
        name, _, share = argument.partition("=")
        try:
            shares[name] = float(share)
        except ValueError:
            raise FaultError(
                f"{argument!r} is no fault: say its name and share, such as timeout=0.1"
            ) from None
    return checked_shares(shares)


class Deck:
    """Deals faults, or None, in their shares."""

    def __init__(self, shares: Mapping[str, float], seed: int) -> None:
        self._shares = shares
        self._random = random.Random(seed)  # noqa: S311 (nothing is secret here)
        self._cards: list[int] = []

    def deal(self) -> str | None:
        """What befalls the next call."""
        if not self._shares:
            return None
        if not self._cards:
            self._cards = self._random.sample(range(DECK), DECK)
        drawn = (self._cards.pop() + self._random.random()) / DECK
        for name, share in self._shares.items():
            drawn -= share
            if drawn < 0:
                return name
        return None


def spoilt(fault: str | None, answer: Any) -> str:
    """The content of a message with this answer, after what befell it."""
    match fault:
        case "blank":
            return BLANKS
        case "wrong_schema":
            return text_of_answer(OF_ANOTHER_SHAPE)
        case "impossible":
            return text_of_answer(_with_impossible_choices(answer))
        case "empty":
            return text_of_answer(_emptied(answer))
        case "malformed":
            content = text_of_answer(answer)
            return content[: len(content) // 2]
    return text_of_answer(answer)


def _with_impossible_choices(answer: Any, key: str = "") -> Any:
    match answer:
        case dict():
            return {name: _with_impossible_choices(one, name) for name, one in answer.items()}
        case list():
            return [_with_impossible_choices(one, key) for one in answer]
        case str() if key == "choice":
            return NOT_OFFERED
    return answer


def _emptied(answer: Any) -> dict[str, Any]:
    """The object with its lists empty; one that has none becomes an object with an empty list."""
    if isinstance(answer, dict) and any(isinstance(one, list) for one in answer.values()):
        return {name: [] if isinstance(one, list) else one for name, one in answer.items()}
    return {"items": []}
