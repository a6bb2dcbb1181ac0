"""What is known of residents, for people to read."""

from agents.minds.wording import Language, Wording
from agents.models import AgentState
from agents.provenance import Motive
from world import residence
from world.models import World


def current_thoughts(world: World, language: Language) -> dict[int, str]:
    """What every resident of a world thinks of what they are doing now, by number."""
    constants = residence.constants_of(world)
    wording: Wording = constants["wording"]  # type: ignore[assignment]
    activities = constants["activity_specs"]
    places = dict(world.locations.values_list("number", f"name_{language}"))
    states = AgentState.objects.filter(actor__world=world).values_list(
        "actor__number", "activity", "intent", "motive", "started_at", "place", "bound_for"
    )
    thoughts = {}
    for number, activity, intent, motive, started_at, place, bound_for in states:
        spec = activities[intent if bound_for else activity]  # type: ignore[index]
        thoughts[number] = wording.thought(
            moment="going" if bound_for else "doing",
            cause=Motive(motive).name.lower(),
            activity=spec.key,
            who=number,
            when=started_at,
            language=language,
            place_name=places.get(bound_for or place, ""),
            activity_name=getattr(spec.name, language),
        )
    return thoughts
