"""Adoption: worlds that were founded before a section existed take it from their scenario's files.

What a world was founded on never changes; what nobody had thought of then is added once, after the
migrations of a new version.
"""

from typing import Any

import structlog
from django.conf import settings

from world import registry, residence
from world.models import World
from world.rules import store_sections
from world.scenario import ScenarioError, read

logger = structlog.get_logger(__name__)


def adopt_new_sections(**_: Any) -> None:
    """Give every world the sections that its rules lack; called when migrations are done."""
    for world in World.objects.exclude(status=World.Status.ARCHIVED):
        has = set(world.rulebooks.values_list("section", flat=True))
        missing = set(registry.sections) - has
        if not missing:
            continue
        try:
            scenario = read(settings.SCENARIOS_DIR / world.scenario, registry.sections)
        except ScenarioError as error:
            logger.error("rules_not_adopted", world=world.slug, reason=str(error))
            continue
        store_sections(world, {name: scenario[name] for name in missing})
        residence.forget_rules()
        for name in sorted(missing & set(registry.adopters)):
            registry.adopters[name](world, scenario[name])
        logger.info("rules_adopted", world=world.slug, sections=sorted(missing))
