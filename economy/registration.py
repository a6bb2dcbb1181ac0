"""What the economy brings to the world's registry."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from economy import events, presentation
from economy.books import record_payments
from economy.classes import Classes
from economy.founding import found_economy
from economy.models import Account, Business
from economy.money import fen
from economy.sections import SECTIONS
from world import registry
from world.hot_tables import HotTable
from world.rules import Rules


def register() -> None:
    """Called once, when Django is ready; importing events registers their kinds."""
    registry.register_presenter(events.PAID, presentation.present_payments)
    registry.register_presenter(events.SETTLED, presentation.present_settlements)
    for section in SECTIONS:
        registry.register_section(section)
    registry.register_founder("economy", found_economy, rank=30)
    registry.register_hot_table(HotTable("accounts", Account))
    registry.register_recorder("payments", record_payments)
    registry.register_constant(
        "classes", lambda rules, _: Classes.compile(rules["economy"].classes)
    )
    registry.register_constant("pay", lambda rules, _: rules["economy"].pay)
    registry.register_constant("fixed_costs", lambda rules, _: rules["economy"].fixed_costs)
    registry.register_constant("prices", _prices)
    registry.register_constant("institutions", _institutions)
    registry.register_constant("sold_outside", _sold_outside)
    registry.register_constant("owners", _owners)


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
    for place, number in Business.objects.filter(actor__world=rules.world).values_list(
        "place", "actor__number"
    ):
        owners[place] = number
    return owners


def _sold_outside(rules: Rules, constants: Mapping[str, Any]) -> NDArray[np.int64]:
    """int64[P + 1]: per cent of its wages for which the world outside buys what a place makes."""
    bought = {
        business.kind: 100 + business.margin
        for business in rules["economy"].businesses
        if business.outside_market
    }
    kinds = rules.world.locations.order_by("number").values_list("kind", flat=True)
    return np.array([0, *(bought.get(kind, 0) for kind in kinds)], dtype=np.int64)
