"""Classes of wealth."""

import numpy as np
import pytest

from economy.classes import Classes
from economy.money import YUAN
from world.scenario import Scenario


@pytest.fixture
def classes(hamlet: Scenario) -> Classes:
    return Classes.compile(hamlet["economy"].classes)


@pytest.mark.parametrize(
    ("yuan", "key"),
    [
        (15_000.01, "wealthy"),
        (15_000, "stable"),
        (5_000.01, "stable"),
        (5_000, "tight"),
        (1_300, "struggling"),
        (0, "struggling"),
        (-0.01, "in-debt"),
        (-100_000, "in-debt"),
    ],
)
def test_a_balance_has_its_class(classes: Classes, yuan: float, key: str) -> None:
    (row,) = classes.of(np.array([round(yuan * YUAN)]))
    assert classes.keys[row] == key


def test_the_poorer_spend_less_and_work_more(classes: Classes) -> None:
    assert list(classes.spends) == sorted(classes.spends, reverse=True)
    assert list(classes.works) == sorted(classes.works)
