"""Which worlds this process keeps in memory, and whether what it keeps is still true.

A resident world is its columns bound to its systems. It is fenced by `World.version`: every commit
raises it, so columns of another version are another process's past and are loaded anew. What was
compiled from the rules that a world was founded with never changes. All of it is kept of the worlds
that were used last, and is loaded and compiled anew for others.
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from world import registry
from world.engine.columns import Columns
from world.engine.pipeline import Pipeline
from world.hot_tables import load_tables
from world.models import World
from world.rules import Rules, compile_constants

ACTORS = "residents"
"""The hot table whose timers make rows due."""

_pipelines: dict[int, tuple[int, Pipeline]] = {}


def pipeline_of(world: World) -> Pipeline:
    """The world's pipeline as of the version in `world`, loaded if what is kept is another."""
    kept = kept_pipeline(world.pk, world.version)
    if kept is not None:
        return kept
    forget(world.pk)
    return load(world)


def kept_pipeline(world_id: int, version: int) -> Pipeline | None:
    """The pipeline that is kept for this very version, if any."""
    kept = _pipelines.get(world_id)
    return kept[1] if kept is not None and kept[0] == version else None


def keep(world: World, pipeline: Pipeline) -> None:
    """Remember the pipeline as true for the world's version, which was committed."""
    forget(world.pk)
    _pipelines[world.pk] = (world.version, pipeline)
    while len(_pipelines) > settings.WORLDS_AT_HAND:
        forget(next(iter(_pipelines)))


def forget(world_id: int) -> None:
    """Drop what is kept of a world, because it may not be true any more."""
    _pipelines.pop(world_id, None)


@lru_cache(maxsize=settings.WORLDS_AT_HAND)
def rules_of(world: World) -> Rules:
    """What a world was founded on, which never changes."""
    return Rules(world)


@lru_cache(maxsize=settings.WORLDS_AT_HAND)
def constants_of(world: World) -> dict[str, Any]:
    """What apps compiled from the rules of a world, by name."""
    return compile_constants(rules_of(world))


def load(world: World) -> Pipeline:
    """The world as the database has it, which the caller has locked."""
    return Pipeline(
        systems=[import_string(path) for path in settings.SIMULATION_SYSTEMS],
        columns=Columns(load_tables(list(registry.hot_tables.values()), world.pk)),
        constants=constants_of(world),
        seed=world.seed,
        grid=world.grid,
        position=world.position,
        actors=ACTORS,
    )


def forget_all() -> None:
    """Drop everything that is kept."""
    _pipelines.clear()
    forget_rules()


def forget_rules() -> None:
    """Drop the rules that are kept, and what was compiled from them."""
    rules_of.cache_clear()
    constants_of.cache_clear()
