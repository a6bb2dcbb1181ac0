"""A circle: those who are in one conversation, and who of them speaks to whom."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from agents.conversations.turn import Luck


class Present(NamedTuple):
    """Somebody in a circle. row: of residents. weight: how readily they speak."""

    row: int
    number: int
    weight: int


def speaker_of(circle: Sequence[Present], addressed: int, last: int, luck: Luck) -> Present:
    """Whoever was addressed (a number); else somebody by weight, but not who spoke last."""
    for each in circle:
        if each.number == addressed:
            return each
    others = [each for each in circle if each.number != last]
    reach = list(accumulate(each.weight for each in others))
    return others[bisect(reach, next(luck) * reach[-1] // 100)]


def listener_of(circle: Sequence[Present], speaker: Present, last: int, luck: Luck) -> Present:
    """Who spoke last, if there is an answer to be given; in a group now and then another."""
    others = [each for each in circle if each is not speaker]
    if len(others) == 1:
        return others[0]
    answered = [each for each in others if each.number == last]
    if answered and next(luck) < 60:
        return answered[0]
    return others[next(luck) * len(others) // 100]
