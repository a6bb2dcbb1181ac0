"""An answer in an interview, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from agents.minds.recollection import Kept
from agents.provenance import Source
from world.models import InboxEntry


@dataclass(frozen=True, slots=True)
class Answer:
    """What a resident answers.

    source: whose words, model or instinct. stand_in: why instinct spoke for a model (a name of
    StandIn), empty if it did not. thought: the key of the thought, if a model was asked. told: the
    inbox row, if it is remembered.
    """

    text: str
    source: Source
    stand_in: str = ""
    thought: str = ""
    model: str = ""
    remembered: Sequence[Kept] = ()
    told: InboxEntry | None = None
