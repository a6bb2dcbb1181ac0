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
    """What runs every place of a kind. capital: yuan at the start, and what it keeps of its gains.

    outside_market: the world outside buys its output, for the wages that it pays and `margin` per
    cent more. public: the treasury bears its losses, so it never closes. premises: yuan of rent a
    day. goods: per cent of the list price that what it sells has cost, 0 for services; shelves:
    yuan of goods, at cost, that it keeps in stock. commission: per cent of the day's sales that go
    to those whose occupation is paid by them. vacant: nobody runs it until somebody starts to.
    """

    kind: Key
    capital: Yuan
    outside_market: bool = False
    margin: Annotated[int, Field(ge=0, le=1000)] = 0
    public: bool = False
    premises: Yuan = 0
    goods: Annotated[int, Field(ge=0, le=100)] = 0
    shelves: Yuan = 0
    commission: Annotated[int, Field(ge=0, le=100)] = 0
    vacant: bool = False


class PricingSpec(Strict):
    """How prices move at midnight, thousandths of the list prices.

    step: by how much at most. lowest, highest: their bounds. busy, quiet: per cent of what is usual
    above and below which demand counts as high and low. dear, cheap: per cent of what was sold that
    wages, goods and premises make up, above and below which selling counts as dear and as cheap.
    crowded, empty: the same for the beds of the town, and rent.
    """

    step: Annotated[int, Field(ge=0, le=200)]
    lowest: Annotated[int, Field(ge=100, le=1000)]
    highest: Annotated[int, Field(ge=1000, le=10_000)]
    busy: Annotated[int, Field(ge=100, le=1000)]
    quiet: Annotated[int, Field(ge=0, le=100)]
    dear: Annotated[int, Field(ge=0, le=1000)]
    cheap: Annotated[int, Field(ge=0, le=1000)]
    crowded: Annotated[int, Field(ge=0, le=100)]
    empty: Annotated[int, Field(ge=0, le=100)]


class BracketSpec(Strict):
    """What of something lies above so many yuan is taxed by so many thousandths."""

    above: Yuan
    per_mille: Annotated[int, Field(ge=0, le=1000)]


class TaxesSpec(Strict):
    """What the treasury takes at midnight: of the day's income, and of what somebody owns."""

    income: list[BracketSpec]
    wealth: list[BracketSpec]

    @model_validator(mode="after")
    def brackets_rise(self) -> "TaxesSpec":
        """Each bracket begins above the one before."""
        for brackets in (self.income, self.wealth):
            levels = [bracket.above for bracket in brackets]
            if levels != sorted(set(levels)):
                raise ValueError("expected brackets in rising order of `above`")
        return self


class ReliefSpec(Strict):
    """What the treasury gives at midnight to whoever owns less than so many yuan."""

    below: Annotated[float, Field(ge=-1e9, le=1e9)]
    yuan: Yuan


class FailureSpec(Strict):
    """When a business gives up, and who may begin anew.

    days: so many in a row at whose end it owes money. start: per million and day, how likely
    somebody starts who has the skill (more than `skill` points of business) and, beside the
    capital, `keeps` per cent of it for themselves. rescue: days after which somebody from outside
    takes over what nobody in town did; 0 for never.
    """

    days: Annotated[int, Field(ge=1, le=365)]
    start: Annotated[int, Field(ge=0, le=1_000_000)]
    skill: Annotated[int, Field(ge=0, le=100)]
    keeps: Annotated[int, Field(ge=0, le=1000)]
    rescue: Annotated[int, Field(ge=0, le=3650)]


class CreditSpec(Strict):
    """How people borrow. interest: millionths of a debt a day, which the bank takes.

    asks_below: yuan below which somebody asks a friend for a loan; sums: the least and most, yuan.
    holds: per cent of the sum that the lender owns at least. strength: points of the tie at least.
    days: until it is due; grace: days more until it counts as broken. broken, kept: points of the
    tie that this costs, or that paying brings; treated: points for a treat. treats: per million,
    how likely somebody of middling agreeableness treats a friend who buys something beside them.
    """

    interest: Annotated[int, Field(ge=0, le=1_000_000)]
    asks_below: Annotated[float, Field(ge=-1e6, le=1e6)]
    sums: tuple[Yuan, Yuan]
    holds: Annotated[int, Field(ge=100, le=10_000)]
    strength: Annotated[int, Field(ge=0, le=100)]
    days: Annotated[int, Field(ge=1, le=3650)]
    grace: Annotated[int, Field(ge=0, le=3650)]
    broken: Annotated[int, Field(ge=0, le=100)]
    kept: Annotated[int, Field(ge=0, le=100)]
    treated: Annotated[int, Field(ge=0, le=100)]
    treats: Annotated[int, Field(ge=0, le=1_000_000)]


class ChanceSpec(Strict):
    """Something that may happen to somebody at midnight. per_million: how likely a day.

    yuan: what the `payer` pays the `payee`: oneself, one's employer, the treasury or the bank, or
    whoever runs a kind of place. holds: per cent of the sum that an employer must own to pay it.
    employed_only: it happens to those who work for pay. needs: points.
    """

    key: Literal["bonus", "medical", "gift", "repair"]
    per_million: Annotated[int, Field(ge=0, le=1_000_000)]
    yuan: Annotated[float, Field(gt=0, le=1e6)]
    payer: Key
    payee: Key
    holds: Annotated[int, Field(ge=100, le=10_000)] = 100
    employed_only: bool = False
    needs: dict[
        Literal["energy", "satiety", "social", "fun", "hygiene", "comfort"],
        Annotated[float, Field(ge=-100, le=100)],
    ] = {}


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


class MarketSpec(Strict):
    """market.yaml: how prices, taxes, businesses, credit and chance move money."""

    pricing: PricingSpec
    taxes: TaxesSpec
    relief: ReliefSpec
    failure: FailureSpec
    credit: CreditSpec
    chances: list[ChanceSpec]


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


def check_market(scenario: Scenario) -> None:
    """Whoever pays or is paid by chance is somebody, or runs a kind of place."""
    run = {business.kind for business in scenario["economy"].businesses}
    parties = {"self", "employer", "treasury", "bank", *run}
    for index, chance in enumerate(scenario["market"].chances):
        for side in ("payer", "payee"):
            party = getattr(chance, side)
            if party not in parties:
                scenario.problem(
                    "market",
                    ("chances", index, side),
                    f"expected one of {', '.join(sorted(parties))} (found {party!r})",
                )


SECTIONS = (
    Section("economy", EconomySpec, check_economy),
    Section("market", MarketSpec, check_market),
)
