"""How residents think: whose mind decides, what it is asked, and the plan that it has made."""

from django.db import models

from world.models import Actor

PLAN_STEPS = 6
"""Steps that a plan has at most."""


class AgentMind(models.Model):
    """The hot state of a resident's mind, written by `world.commit` alone.

    code: which LanguageModel decides, 0 for instinct. closed: why it is not asked at present (a
    `StandIn`), 0 while it is. cadence: game seconds between two questions at least. asked_at: when
    it was last asked. decision: the number of the decision that it was asked for. retries: times
    that it was asked again because its answer could not be carried out. stand_in: why instinct
    decided what is being done (a `StandIn`), 0 if it did not have to. thought, step: the asked_at
    of the answer from which what is being done comes, and which step of it that is. lasts: game
    seconds that it should take, 0 for as long as usual. surprise, surprise_place,
    surprise_activity: what made the plan void (a `Surprise`), where, and what was to be done there.
    plan_of: the asked_at of the answer from which the plan comes. steps: its length; following: how
    many of its steps were taken. A step is an activity
    (code), a place (number, 0 for wherever one is) and how long, in game seconds.
    """

    actor = models.OneToOneField(
        Actor, on_delete=models.CASCADE, primary_key=True, related_name="mind"
    )
    asked_at = models.BigIntegerField(default=0)
    thought = models.BigIntegerField(default=0)
    plan_of = models.BigIntegerField(default=0)
    cadence = models.IntegerField(default=600)
    decision = models.IntegerField(default=0)
    lasts = models.IntegerField(default=0)
    surprise_place = models.IntegerField(default=0)
    code = models.SmallIntegerField(default=0)
    closed = models.SmallIntegerField(default=0)
    retries = models.SmallIntegerField(default=0)
    stand_in = models.SmallIntegerField(default=0)
    surprise = models.SmallIntegerField(default=0)
    surprise_activity = models.SmallIntegerField(default=0)
    step = models.SmallIntegerField(default=0)
    steps = models.SmallIntegerField(default=0)
    following = models.SmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"mind of {self.actor}"


PLAN_BLOCKS = {
    block: tuple(f"{block}_{step}" for step in range(PLAN_STEPS))
    for block in ("plan_activity", "plan_place", "plan_lasts")
}
"""Columns of the steps of a plan, which stand side by side."""

for _block, _names in PLAN_BLOCKS.items():
    for _name in _names:
        AgentMind.add_to_class(_name, models.IntegerField(default=0))
