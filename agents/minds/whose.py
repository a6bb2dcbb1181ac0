"""Whose: the mind that a resident had at a game time of a commit."""

from collections import defaultdict

from agents import events
from agents.minds.catalogue import INSTINCT
from agents.models import LanguageModel
from world.engine.columns import Columns
from world.engine.events import EventBatch
from world.models import Event, World

UNKNOWN = -1
"""The code of a model that is gone."""


class Whose:
    """Knows the minds of a world's residents while the events of a commit came about."""

    def __init__(self, world: World, columns: Columns, batch: EventBatch) -> None:
        self._world = world
        self._residents = columns["residents"]
        self._codes = columns["minds"].arrays["code"]
        self._changes: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for index in (batch.rows["kind"] == events.MIND_CHANGED).nonzero()[0].tolist():
            actor, time = batch.rows[index][["actor", "world_time"]].item()
            self._changes[actor].append((time, batch.data[index]["model"]))

    def code(self, number: int, at: int) -> int:
        """What the engine calls the mind of a resident (a number) then; 0 for instinct."""
        changes = self._changes.get(number, [])
        if not changes or changes[-1][0] <= at:
            return int(self._codes[self._residents.rows_of([number])[0]])
        until_then = [name for time, name in changes if time <= at]
        name = until_then[-1] if until_then else self._before(number)
        if name == INSTINCT:
            return 0
        model = LanguageModel.objects.filter(name=name).first()
        return model.code if model else UNKNOWN

    def _before(self, number: int) -> str:
        """What the mind of a resident was called before this commit."""
        earlier = Event.objects.filter(
            world=self._world, actor=number, kind=events.MIND_CHANGED, seq__lte=self._world.seq
        )
        last = earlier.order_by("-seq").first()
        return str((last.data or {})["model"]) if last else INSTINCT
