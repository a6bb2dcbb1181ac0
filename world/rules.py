"""The rules that a world lives by: its scenario, as it was stored when the world was founded."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from world import registry
from world.models import Rulebook, World
from world.scenario import from_plain, to_plain


class Rules:
    """A world and the sections of its scenario by name."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __getitem__(self, section: str) -> Any:
        return self.content[section]

    @cached_property
    def content(self) -> dict[str, Any]:
        """The content of every section, as its schema says."""
        return {
            section: from_plain(registry.sections[section], plain)
            for section, plain in self.world.rulebooks.values_list("section", "content")
        }


def store_sections(world: World, content: Mapping[str, Any]) -> None:
    """Keep sections of a scenario, by name, with a world that lives by them."""
    # Row by row: in one statement they would be an array, whose quotes take longer to escape.
    Rulebook.objects.bulk_create(
        [
            Rulebook(
                world=world, section=section, content=to_plain(registry.sections[section], rules)
            )
            for section, rules in content.items()
        ],
        batch_size=1,
    )


class _Constants(dict[str, Any]):
    """Constants that are built when somebody first asks for them."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, name: str) -> Any:
        self[name] = registry.constants[name](self._rules, self)
        return self[name]


def compile_constants(rules: Rules) -> dict[str, Any]:
    """Every registered constant of a world by name, each built after those that it asks for."""
    constants = _Constants(rules)
    return {name: constants[name] for name in registry.constants}
