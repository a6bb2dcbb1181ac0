"""The scenario file that describes money: economy.yaml."""

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from world.scenario import Bilingual, Scenario, Section, Strict
from world.sections import Key

Yuan = Annotated[float, Field(ge=0, le=1e9)]
InstitutionKey = Literal["treasury", "bank", "landlord"]


class InstitutionSpec(Strict):
    """Somebody who is no resident. The treasury stands for the world outside, too."""

    key: InstitutionKey
    name: Bilingual


class BusinessSpec(Strict):
    """What runs every place of a kind. capital: yuan at the start.

    outside_market: the world outside buys its output, for the wages that it pays and `margin` per
    cent more.
    """

    kind: Key
    capital: Yuan
    outside_market: bool = False
    margin: Annotated[int, Field(ge=0, le=1000)] = 0


class PriceSpec(Strict):
    """What an activity costs at a kind of place, yuan."""

    at: Key
    activity: Key
    yuan: Annotated[float, Field(gt=0, le=1e6)]


class FixedCostSpec(Strict):
    """What living costs every day, yuan, paid at midnight. owners_exempt: not in one's own home."""

    category: Literal["rent", "food", "transport", "phone"]
    yuan: Yuan
    to: InstitutionKey
    owners_exempt: bool = False


class PaySpec(Strict):
    """How pay depends on who works. skill: thousandths of the rate for each point of the main skill
    above 50, and as much less below. gloomy: per cent of it for those who are not content.
    """

    skill: Annotated[int, Field(ge=0, le=20)]
    gloomy: Annotated[int, Field(ge=0, le=100)]


class ClassSpec(Strict):
    """A class of wealth, from the richest down. above: yuan; null for the poorest.

    spends, works: per cent of the usual readiness to spend and to work. stress: per cent of the
    usual. happiness: points more or less.
    """

    key: Key
    name: Bilingual
    above: float | None
    spends: Annotated[int, Field(ge=0, le=1000)]
    works: Annotated[int, Field(ge=0, le=1000)]
    stress: Annotated[int, Field(ge=0, le=1000)]
    happiness: Annotated[int, Field(ge=-100, le=100)] = 0
    social: Annotated[int, Field(ge=-100, le=100)] = 0


class EconomySpec(Strict):
    """economy.yaml. resident_opening: yuan that everyone starts with."""

    resident_opening: Yuan
    institutions: list[InstitutionSpec]
    businesses: list[BusinessSpec]
    pay: PaySpec
    prices: list[PriceSpec]
    fixed_costs: list[FixedCostSpec]
    classes: Annotated[list[ClassSpec], Field(min_length=1)]

    @model_validator(mode="after")
    def institutions_are_complete(self) -> "EconomySpec":
        """The treasury, the bank and the landlord are all there, once."""
        keys = sorted(institution.key for institution in self.institutions)
        if keys != ["bank", "landlord", "treasury"]:
            raise ValueError("expected the institutions treasury, bank and landlord, once each")
        return self

    @model_validator(mode="after")
    def classes_go_down(self) -> "EconomySpec":
        """Thresholds sink from the first class to the last, which has none."""
        levels = [each.above for each in self.classes]
        above = [level for level in levels[:-1] if level is not None]
        falling = all(upper > lower for upper, lower in pairwise(above))
        if len(above) != len(levels) - 1 or levels[-1] is not None or not falling:
            raise ValueError("expected classes from the richest down, the last with above: null")
        return self


def check_economy(scenario: Scenario) -> None:
    """Prices and businesses are of kinds of places that exist; what has a price has a seller."""
    economy = scenario["economy"]
    offered = {(place.kind, offer) for place in scenario["places"] for offer in place.offers}
    kinds = {place.kind for place in scenario["places"]}
    run = {business.kind for business in economy.businesses}
    for index, business in enumerate(economy.businesses):
        if business.kind not in kinds:
            scenario.problem(
                "economy",
                ("businesses", index, "kind"),
                f"expected a kind of place of places.yaml (found {business.kind!r})",
            )
    for index, price in enumerate(economy.prices):
        if (price.at, price.activity) not in offered:
            scenario.problem(
                "economy",
                ("prices", index, "activity"),
                f"expected an activity that a place of kind {price.at} offers"
                f" (found {price.activity!r})",
            )
        if price.at not in run:
            scenario.problem(
                "economy",
                ("prices", index, "at"),
                f"expected a kind of place that a business runs (found {price.at!r})",
            )


SECTIONS = (Section("economy", EconomySpec, check_economy),)
