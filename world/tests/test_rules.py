"""The rules of a world, and what is compiled from them."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from world import registry
from world.models import World
from world.rules import Rules, compile_constants
from world.scenario import Scenario

RULES = Rules(World(seed=7))


def test_a_world_keeps_the_rules_that_it_was_founded_with(
    found_town: Callable[..., World], hamlet: Scenario
) -> None:
    rules = Rules(found_town())
    assert rules.content == hamlet.content
    assert rules["town"].slug == "hamlet"


def test_every_constant_is_built_once_and_after_those_that_it_asks_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    built: list[str] = []

    def builds(name: str, *asks_for: str) -> registry.Constant:
        def build(rules: Rules, constants: Mapping[str, Any]) -> str:
            assert rules is RULES
            parts = [constants[each] for each in asks_for]
            built.append(name)
            return f"{name}({','.join(parts)})"

        return build

    constants = {
        "walls": builds("walls", "bricks", "clay"),
        "house": builds("house", "walls", "roof"),
        "bricks": builds("bricks", "clay"),
        "roof": builds("roof"),
        "clay": builds("clay"),
    }
    monkeypatch.setattr(registry, "constants", constants)
    compiled = compile_constants(RULES)
    assert compiled["house"] == "house(walls(bricks(clay()),clay()),roof())"
    assert set(compiled) == set(constants)
    assert sorted(built) == sorted(constants)


def test_asking_for_a_constant_that_nobody_registered_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "constants", {"house": lambda _, constants: constants["walls"]})
    with pytest.raises(KeyError, match="walls"):
        compile_constants(RULES)
