"""What must hold after a drill: nothing lost, doubled or out of order, and the books balanced."""

import re

from deploy.stack.stack import Stack
from tests.chaos.watching import Watchers

STATE = """
from world.models import World
world = World.objects.get(status="active")
events = world.events.filter(seq__lte=world.seq).count()
print(world.slug, world.seq, events, world.lived_until)
"""


def assert_sound(stack: Stack, watchers: Watchers) -> int:
    """How many events are as if nothing had happened. Raises AssertionError or StackError."""
    slug, seq, count, _ = told(stack, STATE)
    assert seq == count, f"{slug} has {count} events, and the last has number {seq}"
    watchers.await_all(int(seq))
    for heard in watchers.heard:
        assert not heard.faults, heard.faults
        assert heard.missing(int(seq)) == 0
    assert "the books add up" in stack.manage("audit")
    # Lives the world's seed and inbox again, and compares event by event.
    proof = stack.manage("prove", "--anew")
    assert (proved := re.search(r"([\d,]+) events", proof)), proof
    assert int(proved[1].replace(",", "")) >= int(seq)
    return int(seq)


def told(stack: Stack, code: str) -> list[str]:
    """The words of the last line that some lines of Python print in the town's Django."""
    return stack.manage("shell", "--no-imports", "-c", code).splitlines()[-1].split()
