"""A town in which a day brings what elsewhere takes weeks: work, failure, credit, new people."""

from dataclasses import replace

from agents.conversations.vocabulary import Love
from agents.models import AgentState, Relationship
from world import residence
from world.models import World
from world.scenario import Scenario
from world.telling import tell


def eventful(scenario: Scenario) -> Scenario:
    """The same town, but its cafe fails at once and is opened again, people lose work and find it,
    come, go, fall ill, make art, and lend and treat wherever they can."""
    market, work = scenario["market"], scenario["employment"]
    sure = 1_000_000
    economy = scenario["economy"]
    businesses = [
        spec.model_copy(update={"capital": 3000, "premises": 9000}) if spec.kind == "cafe" else spec
        for spec in economy.businesses
    ]
    failure = {"days": 1, "start": sure, "skill": 10, "keeps": 0, "rescue": 1}
    credit = {"asks_below": 45_000, "holds": 100, "strength": 0, "days": 1, "grace": 0}
    changed = {
        "economy": economy.model_copy(
            # Those who are well off treat each other.
            update={"businesses": businesses, "resident_opening": 40_000}
        ),
        "market": market.model_copy(
            update={
                "failure": market.failure.model_copy(update=failure),
                "credit": market.credit.model_copy(update=credit | {"treats": sure}),
                "chances": [
                    chance.model_copy(update={"per_million": sure // 3})
                    for chance in market.chances
                ],
            }
        ),
        "employment": work.model_copy(
            update={
                "lay_offs": sure // 3,
                "search_hours": 1,
                "art": work.art.model_copy(update={"hours": 1}),
                "performance": work.performance.model_copy(update={"poor": 100}),
            }
        ),
        "population": scenario["population"].model_copy(update={"chance": sure, "debt_days": 1}),
    }
    return replace(scenario, content=scenario.content | changed)


def let_people_be_close(world: World) -> None:
    """Everybody is a friend of everybody; the first two are a couple, one of whom camps elsewhere;
    and the third one is ruined."""
    everybody = list(world.actors.filter(kind="resident").order_by("number"))
    one, other = everybody[:2]
    Relationship.objects.filter(actor__world=world).delete()
    Relationship.objects.bulk_create(
        Relationship(
            actor=me,
            other=you,
            strength=90_000 if {me, you} == {one, other} else 50_000,
            love=Love.LOVERS if {me, you} == {one, other} else Love.NONE,
        )
        for me in everybody
        for you in everybody
        if me != you
    )
    elsewhere = world.locations.exclude(number=one.state.home).order_by("number")[0]
    AgentState.objects.filter(actor=other).update(home=elsewhere.number)
    residence.forget_all()
    ruin = {"fen": -9_000_000}
    tell(world=world, kind="agent_purse", subject=everybody[2].number, payload=ruin)
