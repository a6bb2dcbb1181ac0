"""Fortunes: what is kept in mind of work, money, and coming to live here; fortunes.yaml."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator

from agents.remembering.rules import MomentSpec
from world.scenario import Bilingual, Section, Strict, check_names

MOMENTS: Mapping[str, set[str]] = {
    "hired": {"place"},
    "dismissed": {"place"},
    "laid-off": {"place"},
    "workplace-closed": {"place"},
    "warned": set(),
    "bonus": {"yuan"},
    "medical": {"yuan"},
    "gift": {"yuan"},
    "repair": {"yuan"},
    "lent": {"who", "yuan"},
    "borrowed": {"who", "yuan"},
    "repaid": {"who", "yuan"},
    "paid-back": {"who", "yuan"},
    "let-down": {"who", "yuan"},
    "defaulted": {"who", "yuan"},
    "treated": {"who", "place"},
    "treats": {"who", "place"},
    "arrived": {"place"},
    "sold_out": {"place"},
    "out_of_business": {"place"},
}
"""What is kept in mind, with what its words may name."""

REFUSALS = ("sold_out", "out_of_business")
"""Why one is turned away for want of goods or of somebody who trades: names of `Refusal`."""


class FortunesSpec(Strict):
    """fortunes.yaml. refused: what one thinks when turned away, by `REFUSALS`."""

    moments: dict[str, MomentSpec]
    refused: dict[str, Annotated[list[Bilingual], Field(min_length=3)]]

    @model_validator(mode="after")
    def everything_has_words(self) -> "FortunesSpec":
        """Every moment and refusal is there, and names what it may."""
        for there, wanted in ((self.moments, set(MOMENTS)), (self.refused, set(REFUSALS))):
            if set(there) != wanted:
                raise ValueError(f"expected exactly {', '.join(sorted(wanted))}")
        for key, moment in self.moments.items():
            check_names(key, moment.text, MOMENTS[key])
            check_names(key, moment.counted, {"n"})
        for key, lines in self.refused.items():
            for line in lines:
                check_names(key, line, {"place"})
        return self


SECTION = Section("fortunes", FortunesSpec)


def moments_of(rules: Mapping[str, Any] | Any) -> dict[str, MomentSpec]:
    """All that is kept in mind beside talk, by the sections `memory` and `fortunes`."""
    return {**rules["memory"].moments, **rules["fortunes"].moments}
