"""Commands: what operators let be known, on its way into the inbox."""

from agents.commands import UnknownPlaceError
from agents.news.answers import NewAnnouncement
from agents.population.reading import refuse_departed
from agents.provenance import Source
from agents.selectors import everybody
from agents.systems.news import ANNOUNCE
from world.calendar import read_world_time
from world.models import InboxEntry, World
from world.stage import Stage
from world.telling import tell


class NoSuchAgentError(LookupError):
    """There is no such resident; says which parameter names them."""


class NoSuchTimeError(ValueError):
    """That is no world time to come."""


def announce(*, world: World, stage: Stage, wanted: NewAnnouncement, told_by: str) -> InboxEntry:
    """Let something be known. Raises UnknownPlaceError, NoSuchAgentError or NoSuchTimeError,
    or a Refusal if who is named has moved away."""
    gathering = wanted.gathering
    if wanted.location_id is not None and wanted.location_id not in stage.locations:
        raise UnknownPlaceError(str(wanted.location_id))
    for parameter, who in (
        ("agent_id", wanted.agent_id),
        ("gathering.host_id", gathering and gathering.host_id),
    ):
        if not who:
            continue
        person = everybody(world).filter(number=who).first()
        if person is None:
            raise NoSuchAgentError(parameter)
        refuse_departed(person, stage)
    starts = 0
    if gathering:
        try:
            starts = read_world_time(stage.first_day, gathering.starts_at)
        except ValueError:
            raise NoSuchTimeError(gathering.starts_at) from None
        if starts <= world.lived_until:
            raise NoSuchTimeError(gathering.starts_at)
    return tell(
        world=world,
        kind=ANNOUNCE.name,
        payload={
            "text": {
                "zh": wanted.text.strip() or wanted.text_en.strip(),
                "en": wanted.text_en.strip() or wanted.text.strip(),
            },
            "urgency": wanted.urgency,
            "place": wanted.location_id or 0,
            "to": wanted.agent_id or 0,
            "host": gathering.host_id if gathering else 0,
            "starts": starts,
            "days": wanted.days,
        },
        source=Source.OPERATOR,
        told_by=told_by,
    )
