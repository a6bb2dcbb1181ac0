"""What the economy brings to the world's registry."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from economy import events, presentation
from economy.books import record_days, record_payments
from economy.classes import Classes
from economy.enterprises import Terms
from economy.founding import found_economy
from economy.models import Account, Business, Loan
from economy.money import fen
from economy.pricing import Pricing
from economy.sections import SECTIONS
from economy.taxes import Taxes
from world import registry
from world.hot_tables import HotTable
from world.hot_things import HotThings
from world.rules import Rules


def register() -> None:
    """Called once, when Django is ready; importing events registers their kinds."""
    registry.register_presenter(events.PAID, presentation.present_payments)
    registry.register_presenter(events.SETTLED, presentation.present_settlements)
    registry.register_presenter(events.BUSINESS_OPENED, presentation.present_openings)
    registry.register_presenter(events.BUSINESS_CLOSED, presentation.present_closings)
    for section in SECTIONS:
        registry.register_section(section)
    registry.register_founder("economy", found_economy, rank=30)
    registry.register_hot_table(HotTable("accounts", Account))
    registry.register_hot_table(HotTable("businesses", Business))
    registry.register_hot_table(HotThings("loans", Loan))
    registry.register_recorder("payments", record_payments)
    registry.register_recorder("days", record_days)
    registry.register_constant(
        "classes", lambda rules, _: Classes.compile(rules["economy"].classes)
    )
    registry.register_constant("pay", lambda rules, _: rules["economy"].pay)
    registry.register_constant("fixed_costs", lambda rules, _: rules["economy"].fixed_costs)
    registry.register_constant("prices", _prices)
    registry.register_constant("institutions", _institutions)
    registry.register_constant("taxes", lambda rules, _: Taxes.compile(rules["market"].taxes))
    registry.register_constant("pricing", lambda rules, _: Pricing(rules["market"].pricing))
    registry.register_constant("failure", lambda rules, _: rules["market"].failure)
    registry.register_constant("relief", lambda rules, _: rules["market"].relief)
    registry.register_constant("credit", lambda rules, _: rules["market"].credit)
    registry.register_constant("chances", lambda rules, _: rules["market"].chances)
    registry.register_constant("run", _run)
    registry.register_constant("terms", _terms)
    registry.register_constant("owners", _owners)
    registry.register_constant("business_rows", _business_rows)
    registry.register_constant("runners", _runners)


def _prices(rules: Rules, constants: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    """Fen by (kind of place, key of an activity)."""
    return {(price.at, price.activity): fen(price.yuan) for price in rules["economy"].prices}


def _institutions(rules: Rules, constants: Mapping[str, Any]) -> dict[str, int]:
    """The number of the actor that each institution is, by key."""
    keys = [institution.key for institution in rules["economy"].institutions]
    return dict(rules.world.actors.filter(kind__in=keys).values_list("kind", "number"))


def _owners(rules: Rules, constants: Mapping[str, Any]) -> NDArray[np.int64]:
    """int64[P + 1]: the number of the actor that runs each place, by its number; 0 for nobody."""
    owners = np.zeros(len(constants["places"]) + 1, dtype=np.int64)
    for place, number in constants["run"]:
        owners[place] = number
    return owners


def _business_rows(rules: Rules, constants: Mapping[str, Any]) -> NDArray[np.int64]:
    """int64[P + 1]: the row in the table of businesses that runs each place; -1 for none."""
    rows = np.full(len(constants["places"]) + 1, -1, dtype=np.int64)
    for row, (place, _) in enumerate(constants["run"], start=len(constants["institutions"])):
        rows[place] = row
    return rows


def _runners(rules: Rules, constants: Mapping[str, Any]) -> dict[str, int]:
    """The number of the first business of each kind of place."""
    kinds = dict(rules.world.locations.values_list("number", "kind"))
    return {kinds[place]: number for place, number in reversed(constants["run"])}


def _run(rules: Rules, _: Mapping[str, Any]) -> list[tuple[int, int]]:
    """(place, number of its business) of every place that a business runs."""
    run = Business.objects.filter(actor__world=rules.world, place__gt=0)
    return list(run.order_by("actor__number").values_list("place", "actor__number"))


def _terms(rules: Rules, constants: Mapping[str, Any]) -> Terms:
    """Institutions come first among businesses: they were founded first."""
    specs = {spec.kind: spec for spec in rules["economy"].businesses}
    kinds = dict(rules.world.locations.values_list("number", "kind"))
    run = [specs[kinds[place]] for place, _ in constants["run"]]
    return Terms.compile([*[None] * len(constants["institutions"]), *run])
