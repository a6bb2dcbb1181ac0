"""Examinations: what the doctor finds, one finding for each thing that can go wrong."""

from typing import Literal

from pydantic import BaseModel

from world.rest.language import say

Condition = Literal["well", "weak", "ill", "unknown"]


class Finding(BaseModel):
    """What was looked at, how it is, what was seen, and what to do; in the reader's language."""

    name: str
    condition: Condition
    seen: str
    advice: str = ""


def well(name: str, *, zh: str, en: str) -> Finding:
    """Nothing is wrong."""
    return Finding(name=name, condition="well", seen=say(zh=zh, en=en))


def wrong(
    name: str, condition: Condition, *, seen: tuple[str, str], advice: tuple[str, str]
) -> Finding:
    """Something is wrong. seen, advice: in Chinese and in English."""
    return Finding(
        name=name,
        condition=condition,
        seen=say(zh=seen[0], en=seen[1]),
        advice=say(zh=advice[0], en=advice[1]),
    )
